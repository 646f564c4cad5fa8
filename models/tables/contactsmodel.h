// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/filter.h"
#include "models/domain/person.h"
#include "models/tables/freshness.h"
#include "models/tables/searchbuffer.h"
#include "models/tables/spinetable.h"

namespace rollcall {

/// The words of the Contacts table; made in ui/, so that a cell's text is what a person reads there.
struct ContactsWords {
    std::function<QString(PersonColumn)> title;
    std::function<QString(const PersonRow &, PersonColumn, const Freshness &)> cell;
    std::function<QString(const PersonRow &, PersonColumn, const Freshness &)> tip = {}; ///< rich or escaped text
    std::function<QString(PersonColumn)> about = {}; ///< what the column says: tooltip of its heading
};

using PeopleTable = SpineTable<PersonId, PersonRow>;

/// One row a person: all of the filter in order (id spine), rows read when painted. Columns are PersonColumn in its
/// order. Showing, scrolling and searching never cause a check.
class ContactsModel final : public PeopleTable {
    Q_OBJECT
public:
    enum Role {
        PersonIdRole = Qt::UserRole + 1, ///< qint64; known for every row
        LoadedRole, ///< bool; asking does not read the row
        VerdictRole, ///< int(VerdictWord)
        FreshRole, ///< bool
        AgeRole, ///< ms, invalid when not known
        DoNotContactRole, ///< bool
        ConsentRole, ///< int(ConsentState)
        NumberStateRole, ///< int(NumberState)
        BlockRole, ///< int(BlockLight), at the current account
        MarketingRole, ///< int(MarketingState), at the current account
        LastInboundRole, ///< qint64, UTC ms, 0 = not known
    };
    static constexpr int columns = int(PersonColumn::Note) + 1;

    ContactsModel(Store &store, Clock &clock, ContactsWords words, QObject *parent = nullptr);
    ~ContactsModel() override;

    /// Whose verdicts are shown, and how long they count. Reads everything anew.
    void setAccount(AccountId account, qint64 keepSeconds);
    [[nodiscard]] AccountId account() const { return m_account; }
    void setFilter(const Filter &filter);
    [[nodiscard]] const Filter &filter() const { return m_filter; }
    [[nodiscard]] SortOrder order() const { return m_order; }
    void setOrder(SortOrder order);
    void sort(int column, Qt::SortOrder order) override;

    /// After the first paint: the search buffer is filled; until then a search shows the first 100 the store finds.
    void loadSearch() { m_search.load(); }
    [[nodiscard]] bool isSearchReady() const { return m_search.isReady(); }

    /// What the window shows is the answer to the present question.
    [[nodiscard]] bool isSettled() const { return m_settled; }
    /// Only the first matches are shown, since the search buffer is not loaded yet.
    [[nodiscard]] bool isPartial() const { return m_partial; }

    /// The chosen people, in view order, from the spine that is shown. Made once, at the click.
    [[nodiscard]] std::vector<PersonId> resolve(const Selection &selection) const;
    /// The row's person if it has been read already.
    [[nodiscard]] const PersonRow *personAt(int row) const { return rowIfRead(row); }

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void settled(); ///< the answer to the newest question is shown
    void failed(const rollcall::Failure &failure) const;

protected:
    Call read(const Keys &keys, Answer then) const override;
    PersonId keyOf(const PersonRow &row) const override { return row.id; }
    void readFailed(const Failure &failure) const override { emit failed(failure); }

private:
    void onChanged(const Change &change);
    void askSpine(bool sameQuestion);
    void askMatches(bool sameQuestion);
    void showFound(Shared found, bool sameQuestion);
    void askSpineSoon();
    [[nodiscard]] bool dependsOnVerdicts() const;
    [[nodiscard]] bool dependsOnAccount() const;
    [[nodiscard]] bool dependsOnBlocks() const;
    [[nodiscard]] QVariant meaning(const PersonRow &row, int role) const;

    Store &m_store;
    Clock &m_clock;
    ContactsWords m_words;
    SearchBuffer m_search;
    AccountId m_account;
    qint64 m_keepSeconds = secondsFresh;
    Filter m_filter;
    SortOrder m_order;
    Shared m_base; ///< everybody in the filter but for its text; null = not read yet
    bool m_settled = false;
    bool m_partial = false;
    bool m_again = false; ///< a change came while the spine was being read
    bool m_sameQuestion = false;
    Call m_spineCall;
    Call m_matchCall;
    Call m_soon;
};

} // namespace rollcall
