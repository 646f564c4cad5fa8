// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/contactsmodel.h"

#include "models/store/store.h"

#include <unordered_set>

namespace rollcall {
namespace {

constexpr int firstMatches = 100; // performance.md, search: LIKE with LIMIT 100 until the buffer is there
constexpr qint64 answerPauseMs = 300; // a run stores answers many times a second; the order need not follow each

Filter withoutText(Filter filter)
{
    filter.text.clear();
    return filter;
}

} // namespace

ContactsModel::ContactsModel(Store &store, Clock &clock, ContactsWords words, QObject *parent)
    : PeopleTable(parent)
    , m_store(store)
    , m_clock(clock)
    , m_words(std::move(words))
    , m_search(store)
{
    connect(&m_store, &Store::changed, this, &ContactsModel::onChanged);
    const auto searchAgain = [this] {
        if (!m_filter.text.trimmed().isEmpty() && m_base)
            askMatches(true);
    };
    connect(&m_search, &SearchBuffer::ready, this, searchAgain);
    connect(&m_search, &SearchBuffer::updated, this, searchAgain);
}

ContactsModel::~ContactsModel() = default;

void ContactsModel::setAccount(AccountId account, qint64 keepSeconds)
{
    if (m_account == account && m_keepSeconds == keepSeconds && m_base)
        return;
    const bool sameAccount = m_account == account;
    m_account = account;
    m_keepSeconds = keepSeconds;
    if (!sameAccount)
        forgetRows();
    else
        staleAll();
    askSpine(!dependsOnAccount());
}

void ContactsModel::setFilter(const Filter &filter)
{
    if (m_filter == filter)
        return;
    const bool onlyText = withoutText(m_filter) == withoutText(filter);
    m_filter = filter;
    m_settled = false;
    if (!onlyText || !m_base)
        askSpine(false);
    else if (!m_spineCall.isOpen())
        askMatches(false);
    else
        m_sameQuestion = false; // the spine under way will ask
}

void ContactsModel::setOrder(SortOrder order)
{
    if (m_order == order)
        return;
    m_order = order;
    askSpine(false);
}

void ContactsModel::sort(int column, Qt::SortOrder order)
{
    if (column >= 0 && column < columns)
        setOrder({static_cast<PersonColumn>(column), order == Qt::DescendingOrder});
}

void ContactsModel::askSpine(bool sameQuestion)
{
    m_settled = false;
    m_again = false;
    m_soon = Call();
    m_matchCall = Call();
    m_sameQuestion = sameQuestion && (!m_spineCall.isOpen() || m_sameQuestion);
    m_spineCall = m_store.people().spine(withoutText(m_filter), m_order, m_account, [this](Result<Spine> spine) {
        if (!spine) {
            emit failed(spine.failure());
            return;
        }
        m_base = std::make_shared<const Spine>(*std::move(spine));
        const bool again = std::exchange(m_again, false);
        askMatches(m_sameQuestion);
        if (again)
            askSpineSoon();
    });
}

void ContactsModel::askSpineSoon()
{
    if (!m_soon.isOpen())
        m_soon = m_clock.after(answerPauseMs, [this] { askSpine(true); });
}

void ContactsModel::askMatches(bool sameQuestion)
{
    m_settled = false;
    if (m_filter.text.trimmed().isEmpty()) {
        m_partial = false;
        m_matchCall = Call();
        return showFound(m_base, sameQuestion);
    }
    if (m_search.isReady()) {
        m_matchCall = m_search.search(m_filter.text, m_base, [this, sameQuestion](const Shared &found) {
            m_partial = false;
            showFound(found, sameQuestion);
        });
        return;
    }
    m_matchCall = m_store.people().firstMatches(
        m_filter, m_order, m_account, firstMatches, [this, sameQuestion](Result<Spine> found) {
            if (!found) {
                emit failed(found.failure());
                return;
            }
            m_partial = static_cast<int>(found->size()) >= firstMatches;
            showFound(std::make_shared<const Spine>(*std::move(found)), sameQuestion);
        });
}

void ContactsModel::showFound(Shared found, bool sameQuestion)
{
    show(std::move(found), sameQuestion, [this] {
        m_settled = true;
        emit settled();
    });
}

bool ContactsModel::dependsOnVerdicts() const
{
    return !m_filter.verdicts.empty() || m_filter.staleOnly || m_filter.disagree
        || m_order.column == PersonColumn::Verdict;
}

bool ContactsModel::dependsOnBlocks() const
{
    return !m_filter.blocks.empty() || m_order.column == PersonColumn::Block;
}

bool ContactsModel::dependsOnAccount() const
{
    return dependsOnVerdicts() || dependsOnBlocks() || m_filter.marketingStopped
        || m_order.column == PersonColumn::Marketing;
}

void ContactsModel::onChanged(const Change &change)
{
    const bool people = (change.kinds & Change::PeopleChanged) != 0;
    const bool verdicts = (change.kinds & Change::VerdictsChanged) != 0;
    const bool blocks = (change.kinds & Change::BlocksChanged) != 0;
    if (people && !change.people.empty() && !verdicts && !blocks)
        staleRows(change.people);
    else if (people || verdicts || blocks)
        staleAll();
    if (!m_base && !m_spineCall.isOpen())
        return; // nobody looks yet
    if (people) {
        askSpine(true); // also over one under way, which may be from before the change
    } else if ((verdicts && dependsOnVerdicts()) || (blocks && dependsOnBlocks())) {
        if (m_spineCall.isOpen())
            m_again = true;
        else
            askSpineSoon();
    }
}

std::vector<PersonId> ContactsModel::resolve(const Selection &selection) const
{
    const std::unordered_set<PersonId> named(selection.ids.begin(), selection.ids.end());
    std::vector<PersonId> chosen;
    if (selection.wholeFilter && named.empty())
        return spine();
    for (const PersonId id : spine()) {
        if (named.contains(id) != selection.wholeFilter)
            chosen.push_back(id);
    }
    return chosen;
}

int ContactsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant ContactsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    switch (role) {
    case PersonIdRole:
        return keyAt(index.row()).value();
    case LoadedRole:
        return rowIfRead(index.row()) != nullptr;
    case Qt::DisplayRole:
    case Qt::ToolTipRole: {
        const PersonRow *row = role == Qt::DisplayRole ? rowAt(index.row()) : rowIfRead(index.row());
        if (!row)
            return QString();
        const auto &words = role == Qt::ToolTipRole && m_words.tip ? m_words.tip : m_words.cell;
        return words(
            *row, static_cast<PersonColumn>(index.column()), freshnessOf(row->verdict, m_store.time(), m_keepSeconds));
    }
    case VerdictRole:
    case FreshRole:
    case AgeRole:
    case DoNotContactRole:
    case ConsentRole:
    case NumberStateRole:
    case BlockRole:
    case MarketingRole:
    case LastInboundRole:
        if (const PersonRow *row = rowAt(index.row()))
            return meaning(*row, role);
        return {};
    default:
        return {};
    }
}

QVariant ContactsModel::meaning(const PersonRow &row, int role) const
{
    switch (role) {
    case VerdictRole:
        return int(row.verdict.word);
    case FreshRole:
        return freshnessOf(row.verdict, m_store.time(), m_keepSeconds).fresh;
    case AgeRole: {
        const auto age = freshnessOf(row.verdict, m_store.time(), m_keepSeconds).ageMs;
        return age ? QVariant(*age) : QVariant();
    }
    case DoNotContactRole:
        return row.doNotContact;
    case ConsentRole:
        return int(row.consent);
    case NumberStateRole:
        return int(row.fields.number.state);
    case BlockRole:
        return int(row.block);
    case MarketingRole:
        return int(row.marketing);
    case LastInboundRole:
        return row.lastInboundMs;
    default:
        return {};
    }
}

QVariant ContactsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::DisplayRole)
        return m_words.title(static_cast<PersonColumn>(section));
    if (role == Qt::ToolTipRole && m_words.about)
        return m_words.about(static_cast<PersonColumn>(section));
    return {};
}

Call ContactsModel::read(const Keys &keys, Answer then) const
{
    return m_store.people().rows(keys, m_account, std::move(then));
}

} // namespace rollcall
