// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/card.h"
#include "ui/compose/internal/cardparts.h"

#include <QScrollArea>

namespace rollcall {

/// The form of one card: the only widgets there are, whatever the number of cards.
class CardForm final : public QScrollArea {
    Q_OBJECT
public:
    explicit CardForm(QWidget *parent = nullptr);
    void setCard(const Card &card); ///< another one
    [[nodiscard]] const Card &card() const { return m_card; }
    void setRemarks(const std::vector<CardRemark> &remarks);
    void focusFirst();
    void focusRemark(const CardRemark &remark);

signals:
    void edited(const rollcall::Card &card); ///< by a person

private:
    Card m_card;
    std::vector<Section *> m_sections; ///< in the order of cardParts
};

} // namespace rollcall
