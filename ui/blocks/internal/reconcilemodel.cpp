// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/internal/reconcilemodel.h"

#include "models/base/worker.h"
#include "ui/blocks/blockedwords.h"

#include <algorithm>

namespace rollcall {

namespace {

constexpr std::array<ReconcileChoice, ReconcileModel::choiceCount> choices = {ReconcileChoice::Nothing,
    ReconcileChoice::Block, ReconcileChoice::Unblock, ReconcileChoice::Adopt, ReconcileChoice::Accept};

} // namespace

ReconcileModel::ReconcileModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ReconcileModel::setView(ReconcileView view)
{
    beginResetModel();
    letGo(std::exchange(m_view, std::move(view)));
    endResetModel();
    recount();
    emit choicesChanged();
}

ReconcileModel::~ReconcileModel()
{
    letGo(std::move(m_view));
}

void ReconcileModel::recount()
{
    m_chosen = {};
    for (const ReconcileLine &line : m_view.plan.lines)
        ++m_chosen[std::size_t(line.choice)];
}

void ReconcileModel::told()
{
    recount();
    if (rowCount() > 0)
        emit dataChanged(index(0, Choice), index(rowCount() - 1, Choice));
    emit choicesChanged();
}

qint64 ReconcileModel::chooseFor(ReconcileAct act, ReconcileChoice choice)
{
    qint64 took = 0;
    for (ReconcileLine &line : m_view.plan.lines) {
        if (line.act != act || !Reconciliation::allows(line, choice))
            continue;
        line.choice = choice;
        ++took;
    }
    told();
    return took;
}

qint64 ReconcileModel::chooseFor(const std::vector<int> &rows, ReconcileChoice choice)
{
    qint64 took = 0;
    for (const int row : rows) {
        ReconcileLine &line = m_view.plan.lines[std::size_t(row)];
        if (!Reconciliation::allows(line, choice))
            continue;
        line.choice = choice;
        ++took;
    }
    told();
    return took;
}

qint64 ReconcileModel::chosen(ReconcileChoice choice) const
{
    return m_chosen[std::size_t(choice)];
}

std::map<ReconcileAct, ReconcileModel::Group> ReconcileModel::groups() const
{
    std::map<ReconcileAct, Group> groups;
    for (const ReconcileLine &line : m_view.plan.lines) {
        Group &group = groups[line.act];
        ++group.lines;
        if (line.choice != ReconcileChoice::Nothing)
            group.proposed = line.choice;
        for (const ReconcileChoice choice : choices)
            group.allowed[std::size_t(choice)] |= Reconciliation::allows(line, choice);
    }
    return groups;
}

QString ReconcileModel::words(ReconcileAct act)
{
    switch (act) {
    case ReconcileAct::Agree:
        return tr("Agree");
    case ReconcileAct::Wait:
        return tr("Under way or unknown");
    case ReconcileAct::BlockAgain:
        return tr("Blocked here, never arrived there");
    case ReconcileAct::BlockOrAccept:
        return tr("Blocked here, unblocked elsewhere");
    case ReconcileAct::Adopt:
        return tr("Blocked there, unknown to us");
    case ReconcileAct::UnblockOrAdopt:
        return tr("Unblocked here, blocked again elsewhere");
    case ReconcileAct::UnblockAgain:
        return tr("Unblocked here, still blocked there");
    case ReconcileAct::ArmedIsThere:
        return tr("Armed here, blocked there already");
    }
    return {};
}

QString ReconcileModel::meaning(ReconcileAct act)
{
    switch (act) {
    case ReconcileAct::Agree:
    case ReconcileAct::Wait:
        return {};
    case ReconcileAct::BlockAgain:
        return tr("Our ledger says blocked; no read of the gateway's list ever named them.");
    case ReconcileAct::BlockOrAccept:
        return tr("They were on the gateway's list at the last read and are gone, not by this app.");
    case ReconcileAct::Adopt:
        return tr("On the gateway's list, and not in our ledger.");
    case ReconcileAct::UnblockOrAdopt:
        return tr("They were unblocked here and appeared on the gateway's list since, not by this app.");
    case ReconcileAct::UnblockAgain:
        return tr("They were unblocked here, yet the gateway's list names them as before.");
    case ReconcileAct::ArmedIsThere:
        return tr("They waited to be blocked when they write; the gateway's list names them already.");
    }
    return {};
}

QString ReconcileModel::words(ReconcileChoice choice)
{
    switch (choice) {
    case ReconcileChoice::Nothing:
        return tr("Leave as it is");
    case ReconcileChoice::Block:
        return tr("Block at the gateway");
    case ReconcileChoice::Unblock:
        return tr("Unblock at the gateway");
    case ReconcileChoice::Adopt:
        return tr("Take into our ledger");
    case ReconcileChoice::Accept:
        return tr("Accept here: not blocked any more");
    }
    return {};
}

int ReconcileModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_view.plan.lines.size());
}

int ReconcileModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 3;
}

QVariant ReconcileModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole || index.row() >= rowCount())
        return {};
    const ReconcileLine &line = m_view.plan.lines[std::size_t(index.row())];
    switch (index.column()) {
    case Number:
        return shownAlias(line.alias, line.server.waId.isEmpty() ? line.server.userId : line.server.waId);
    case Difference:
        //: a difference and that the person is do-not-contact here
        return line.keepsStop ? tr("%1 (do not contact)").arg(words(line.act)) : words(line.act);
    default:
        return words(line.choice);
    }
}

QVariant ReconcileModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("Number");
    case Difference:
        return tr("What differs");
    default:
        return tr("What will be done");
    }
}

} // namespace rollcall
