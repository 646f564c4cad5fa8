// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/blocks/blockdesk.h"

#include <QAbstractTableModel>
#include <array>
#include <map>
#include <vector>

namespace rollcall {

/// What differs between our ledger and the gateway's list, a line each, with what was chosen to be done about it.
class ReconcileModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number = 0, Difference, Choice };
    static constexpr std::size_t choiceCount = 5;
    explicit ReconcileModel(QObject *parent = nullptr);
    ~ReconcileModel() override;
    void setView(ReconcileView view);
    [[nodiscard]] const ReconcileView &view() const { return m_view; }
    /// For every line of that act, or for these rows; lines that do not allow it keep what they have. Answers how many
    /// took it.
    qint64 chooseFor(ReconcileAct act, ReconcileChoice choice);
    qint64 chooseFor(const std::vector<int> &rows, ReconcileChoice choice);
    [[nodiscard]] qint64 chosen(ReconcileChoice choice) const; ///< lines with that choice
    /// The lines of one act.
    struct Group {
        qint64 lines = 0;
        ReconcileChoice proposed = ReconcileChoice::Nothing; ///< of at least one of them
        std::array<bool, choiceCount> allowed = {}; ///< by at least one of them
        [[nodiscard]] bool allows(ReconcileChoice choice) const { return allowed[std::size_t(choice)]; }
    };
    [[nodiscard]] std::map<ReconcileAct, Group> groups() const;

    [[nodiscard]] static QString words(ReconcileAct act);
    [[nodiscard]] static QString meaning(ReconcileAct act);
    [[nodiscard]] static QString words(ReconcileChoice choice);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void choicesChanged();

private:
    void told();
    void recount();
    ReconcileView m_view;
    std::array<qint64, choiceCount> m_chosen = {}; ///< lines by choice: of tens of thousands, counted once a change
};

} // namespace rollcall
