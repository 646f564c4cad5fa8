// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cards/cardcheck.h"
#include "models/domain/card.h"

#include <QAbstractListModel>
#include <QListView>
#include <functional>
#include <vector>

namespace rollcall {

/// The cards of the message that is being written: values, in order, and what is to be said of each. At most mostCards.
/// While one is typed in only that one is looked at again.
class CardsModel final : public QAbstractListModel {
    Q_OBJECT
public:
    explicit CardsModel(std::function<qint64()> nowMs, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    /// A card of this list can be dropped in this list, at another place; nothing else, and not elsewhere.
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) const override;
    bool dropMimeData(
        const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;
    bool moveRows(const QModelIndex &from, int first, int number, const QModelIndex &to, int before) override;

    [[nodiscard]] const std::vector<Card> &cards() const { return m_cards; }
    [[nodiscard]] int count() const { return int(m_cards.size()); }
    void setCards(std::vector<Card> cards);
    void setCard(int row, const Card &card); ///< typed in
    int add(std::vector<Card> cards); ///< at the end; answers how many found no room
    void remove(int row);
    void move(int row, int steps); ///< -1 up, +1 down

    [[nodiscard]] const std::vector<CardNotice> &notices(int row) const { return m_notices[std::size_t(row)]; }
    [[nodiscard]] bool hasError() const; ///< of any card, or of their number
    [[nodiscard]] int firstWithError() const; ///< row, -1 = none

signals:
    void edited(); ///< in whatever way

private:
    void check(int row);
    std::function<qint64()> m_nowMs;
    std::vector<Card> m_cards;
    std::vector<std::vector<CardNotice>> m_notices;
};

/// The list of a CardsModel, whose cards are dragged to another place. The model decides what may be dropped and moves
/// it; QListView would move whatever is selected by itself.
class CardList final : public QListView {
    Q_OBJECT
public:
    explicit CardList(QWidget *parent = nullptr);

protected:
    void dropEvent(QDropEvent *event) override;
};

} // namespace rollcall
