// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/internal/commandmodel.h"

#include "ui/shell/actions.h"

#include <algorithm>

namespace rollcall {

namespace {

/// Smaller is better; negative = no match.
int rank(const QAction &action, const QString &text)
{
    const QString name = CommandModel::nameOf(action);
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &word : words)
        if (!name.contains(word, Qt::CaseInsensitive) && !action.statusTip().contains(word, Qt::CaseInsensitive))
            return -1;
    const bool allInName = std::all_of(
        words.begin(), words.end(), [&name](const QString &word) { return name.contains(word, Qt::CaseInsensitive); });
    const int place = name.startsWith(text, Qt::CaseInsensitive) ? 0
        : name.contains(text, Qt::CaseInsensitive)               ? 1
        : allInName                                              ? 2
                                                                 : 3; // the rest stands in what it does
    return 2 * place + (action.isEnabled() ? 0 : 1);
}

} // namespace

CommandModel::CommandModel(const QList<QAction *> &actions, QObject *parent)
    : QAbstractListModel(parent)
    , m_all(actions)
{
    search({});
}

QString CommandModel::nameOf(const QAction &action)
{
    return action.text().remove(QLatin1Char('&'));
}

void CommandModel::search(const QString &text)
{
    beginResetModel();
    m_shown.clear();
    for (QAction *action : std::as_const(m_all))
        if (rank(*action, text.trimmed()) >= 0)
            m_shown.append(action);
    std::stable_sort(m_shown.begin(), m_shown.end(),
        [wanted = text.trimmed()](const QAction *a, const QAction *b) { return rank(*a, wanted) < rank(*b, wanted); });
    endResetModel();
}

int CommandModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant CommandModel::data(const QModelIndex &index, int role) const
{
    const QAction &action = *m_shown.at(index.row());
    const QString why = Actions::whyDisabled(action);
    switch (role) {
    case Qt::DisplayRole:
        return nameOf(action);
    case Qt::AccessibleTextRole:
        //: a command of the palette that cannot be used now: %1 its name, %2 the reason
        return why.isEmpty() ? nameOf(action) : tr("%1, not available: %2").arg(nameOf(action), why);
    case Qt::DecorationRole:
        return action.icon();
    case Qt::ToolTipRole:
        return why.isEmpty() ? action.statusTip() : why;
    case ShortcutRole:
        return action.shortcut().toString(QKeySequence::NativeText);
    case WhyRole:
        return why;
    default:
        return {};
    }
}

Qt::ItemFlags CommandModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace rollcall
