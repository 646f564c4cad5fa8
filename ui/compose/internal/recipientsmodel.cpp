// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/recipientsmodel.h"

#include "ui/parts/icons.h"
#include "ui/text/cardwords.h"
#include "ui/text/foreign.h"

#include <algorithm>

namespace rollcall {

RecipientsModel::RecipientsModel(std::function<qint64()> nowMs, QObject *parent)
    : QAbstractListModel(parent)
    , m_nowMs(std::move(nowMs))
{
}

int RecipientsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_recipients.people.size() + m_recipients.numbers.size());
}

const RecipientLine *RecipientsModel::line(int row) const
{
    return isRead() && row >= 0 && row < rowCount() ? &m_lines[std::size_t(row)] : nullptr;
}

const RecipientLine *RecipientsModel::firstSentTo() const
{
    const auto first = std::find_if(m_lines.begin(), m_lines.end(), [](const auto &line) { return line.isSentTo(); });
    return isRead() && first != m_lines.end() ? &*first : nullptr;
}

int RecipientsModel::sentTo() const
{
    const auto sentTo = std::count_if(m_lines.begin(), m_lines.end(), [](const auto &line) { return line.isSentTo(); });
    return isRead() ? int(sentTo) : 0;
}

QString RecipientsModel::name(int row) const
{
    if (const RecipientLine *known = line(row))
        return CardWords::recipientAndNumber(*known);
    const auto people = int(m_recipients.people.size());
    if (row < people)
        return {};
    const PhoneNumber &number = m_recipients.numbers[std::size_t(row - people)];
    return numberText(oneLine(number.hasE164() ? number.e164Text() : number.typed));
}

QVariant RecipientsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const RecipientLine *known = line(index.row());
    const QString state = known ? CardWords::recipient(*known, m_nowMs()) : QString();
    const QString brief = known ? CardWords::recipientBrief(*known, m_nowMs()) : QString();
    switch (role) {
    case StateRole:
        return state;
    case Qt::DisplayRole:
        //: a recipient: %1 the name, %2 what is known ("Window open until 18:40 · opt-in")
        return brief.isEmpty() ? name(index.row()) : tr("%1 – %2").arg(name(index.row()), brief);
    case Qt::ToolTipRole:
        return plainTip(name(index.row()) + u'\n' + state);
    case Qt::DecorationRole:
        if (known && known->obstacle != SendObstacle::None)
            return icon(QStringLiteral("stop"));
        return icon(known && known->person.isNull() ? QStringLiteral("check-number") : QStringLiteral("person"));
    default:
        return {};
    }
}

void RecipientsModel::setRecipients(Recipients recipients)
{
    beginResetModel();
    m_recipients = std::move(recipients);
    m_lines.clear();
    endResetModel();
    emit edited();
}

int RecipientsModel::add(const std::vector<PersonId> &people, const std::vector<PhoneNumber> &numbers)
{
    Recipients all = m_recipients;
    int there = 0;
    for (const PersonId person : people) {
        if (std::find(all.people.begin(), all.people.end(), person) == all.people.end())
            all.people.push_back(person);
        else
            ++there;
    }
    for (const PhoneNumber &number : numbers) {
        const bool known = std::any_of(all.numbers.begin(), all.numbers.end(), [&number](const PhoneNumber &old) {
            return number.hasE164() ? old.e164 == number.e164 : old.typed == number.typed;
        });
        if (known)
            ++there;
        else
            all.numbers.push_back(number);
    }
    if (all.people.size() != m_recipients.people.size() || all.numbers.size() != m_recipients.numbers.size())
        setRecipients(std::move(all));
    return there;
}

void RecipientsModel::remove(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    Recipients rest = m_recipients;
    const auto people = int(rest.people.size());
    if (row < people)
        rest.people.erase(rest.people.begin() + row);
    else
        rest.numbers.erase(rest.numbers.begin() + (row - people));
    setRecipients(std::move(rest));
}

void RecipientsModel::setLines(std::vector<RecipientLine> lines)
{
    if (int(lines.size()) != rowCount())
        return;
    m_lines = std::move(lines);
    if (rowCount() > 0)
        emit dataChanged(index(0), index(rowCount() - 1));
}

} // namespace rollcall
