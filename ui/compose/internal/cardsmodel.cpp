// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/cardsmodel.h"

#include "ui/parts/icons.h"
#include "ui/text/cardwords.h"
#include "ui/text/foreign.h"

#include <QMimeData>
#include <QPersistentModelIndex>
#include <QStyledItemDelegate>
#include <algorithm>

namespace rollcall {

namespace {

/// A card on its way to another place. Only this program knows what is in it, and the list may change meanwhile.
class DraggedCard final : public QMimeData {
public:
    explicit DraggedCard(const QModelIndex &card)
        : m_card(card)
    {
        setData(mimeType(), {});
    }
    static QString mimeType() { return QStringLiteral("application/x-rollcall-card"); }
    [[nodiscard]] const QPersistentModelIndex &card() const { return m_card; }

private:
    QPersistentModelIndex m_card;
};

/// Each name runs in its own direction: "(VIP) 12" stands on the left of a Hebrew name, as its reader has it.
class NameDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QString displayText(const QVariant &value, const QLocale &) const override
    {
        return QString(QChar(0x2068) + value.toString() + QChar(0x2069)); // first strong isolate
    }
};

} // namespace

CardsModel::CardsModel(std::function<qint64()> nowMs, QObject *parent)
    : QAbstractListModel(parent)
    , m_nowMs(std::move(nowMs))
{
}

int CardsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant CardsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const Card &card = m_cards[std::size_t(index.row())];
    const bool wrong = rollcall::hasError(m_notices[std::size_t(index.row())]);
    const QString name = oneLine(CardWords::cardName(card));
    switch (role) {
    case Qt::DisplayRole:
        return name;
    case Qt::AccessibleTextRole:
        return wrong ? tr("%1: something is missing or wrong").arg(name) : name;
    case Qt::DecorationRole:
        return wrong ? icon(QStringLiteral("warning")) : icon(QStringLiteral("person"));
    case Qt::ToolTipRole:
        return plainTip(name);
    default:
        return {};
    }
}

Qt::ItemFlags CardsModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // between the rows only
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

QStringList CardsModel::mimeTypes() const
{
    return {DraggedCard::mimeType()};
}

QMimeData *CardsModel::mimeData(const QModelIndexList &indexes) const
{
    return indexes.isEmpty() ? nullptr : new DraggedCard(indexes.first());
}

bool CardsModel::canDropMimeData(
    const QMimeData *data, Qt::DropAction action, int, int, const QModelIndex &parent) const
{
    const auto *dragged = dynamic_cast<const DraggedCard *>(data);
    return dragged && dragged->card().model() == this && action == Qt::MoveAction && !parent.isValid();
}

bool CardsModel::dropMimeData(
    const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    const int from = static_cast<const DraggedCard *>(data)->card().row();
    return moveRows({}, from, 1, {}, row < 0 ? count() : row);
}

bool CardsModel::moveRows(const QModelIndex &from, int first, int number, const QModelIndex &to, int before)
{
    if (number != 1 || !beginMoveRows(from, first, first, to, before))
        return false;
    const auto move = [first, before](auto &list) {
        const auto begin = list.begin();
        if (before > first)
            std::rotate(begin + first, begin + first + 1, begin + before);
        else
            std::rotate(begin + before, begin + first, begin + first + 1);
    };
    move(m_cards);
    move(m_notices);
    endMoveRows();
    emit edited();
    return true;
}

void CardsModel::check(int row)
{
    m_notices[std::size_t(row)] = checkCard(m_cards[std::size_t(row)], row, m_nowMs());
}

void CardsModel::setCards(std::vector<Card> cards)
{
    beginResetModel();
    if (cards.size() > std::size_t(mostCards))
        cards.resize(std::size_t(mostCards));
    m_cards = std::move(cards);
    m_notices.assign(m_cards.size(), {});
    for (int row = 0; row < count(); ++row)
        check(row);
    endResetModel();
    emit edited();
}

void CardsModel::setCard(int row, const Card &card)
{
    if (row < 0 || row >= count())
        return;
    m_cards[std::size_t(row)] = card;
    check(row);
    emit dataChanged(index(row), index(row));
    emit edited();
}

int CardsModel::add(std::vector<Card> cards)
{
    const int room = std::max(0, mostCards - count());
    const int fits = std::min(room, int(cards.size()));
    const int left = int(cards.size()) - fits;
    if (fits == 0)
        return left;
    beginInsertRows({}, count(), count() + fits - 1);
    for (int i = 0; i < fits; ++i) {
        m_cards.push_back(std::move(cards[std::size_t(i)]));
        m_notices.emplace_back();
        check(count() - 1);
    }
    endInsertRows();
    emit edited();
    return left;
}

void CardsModel::remove(int row)
{
    if (row < 0 || row >= count())
        return;
    beginRemoveRows({}, row, row);
    m_cards.erase(m_cards.begin() + row);
    m_notices.erase(m_notices.begin() + row);
    endRemoveRows();
    emit edited();
}

void CardsModel::move(int row, int steps)
{
    const int to = row + steps;
    if (row < 0 || row >= count() || to < 0 || to >= count())
        return;
    moveRows({}, row, 1, {}, steps > 0 ? to + 1 : to);
}

bool CardsModel::hasError() const
{
    return m_cards.empty() || count() > mostCards || firstWithError() >= 0;
}

int CardsModel::firstWithError() const
{
    const auto at = std::find_if(m_notices.begin(), m_notices.end(),
        [](const std::vector<CardNotice> &notices) { return rollcall::hasError(notices); });
    return at == m_notices.end() ? -1 : int(at - m_notices.begin());
}

CardList::CardList(QWidget *parent)
    : QListView(parent)
{
    setDragDropMode(QAbstractItemView::DragDrop);
    setDefaultDropAction(Qt::MoveAction);
    setDropIndicatorShown(true);
    setItemDelegate(new NameDelegate(this));
}

void CardList::dropEvent(QDropEvent *event)
{
    QAbstractItemView::dropEvent(event); // NOLINT(bugprone-parent-virtual-call): QListView's is what is not wanted
}

} // namespace rollcall
