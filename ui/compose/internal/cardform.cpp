// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/cardform.h"

#include "ui/parts/theme.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace rollcall {

CardForm::CardForm(QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(QStringLiteral("cardForm"));
    setAccessibleName(tr("Card"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *inner = new QWidget(this);
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(Space::small, Space::small, Space::medium, Space::medium);
    column->setSpacing(Space::tiny);
    for (const CardPart part : cardParts) {
        auto *section = new Section(sectionOf(part), inner);
        column->addWidget(section);
        m_sections.push_back(section);
        connect(section, &Section::edited, this, [this, part, section] {
            setRows(m_card, part, section->rows());
            emit edited(m_card);
        });
    }
    column->addStretch();
    setWidget(inner);
}

void CardForm::setCard(const Card &card)
{
    m_card = card;
    for (std::size_t i = 0; i < m_sections.size(); ++i)
        m_sections[i]->setRows(rowsOf(card, cardParts[i]), true);
}

void CardForm::setRemarks(const std::vector<CardRemark> &remarks)
{
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        std::vector<FieldRemark> own;
        for (const CardRemark &remark : remarks)
            if (remark.part == cardParts[i])
                own.push_back(remark.remark);
        m_sections[i]->setRemarks(own);
    }
}

void CardForm::focusFirst()
{
    m_sections.front()->focusField(0, 0);
}

void CardForm::focusRemark(const CardRemark &remark)
{
    for (std::size_t i = 0; i < m_sections.size(); ++i)
        if (cardParts[i] == remark.part) {
            m_sections[i]->focusField(remark.remark.row, remark.remark.field);
            if (QWidget *focused = focusWidget())
                ensureWidgetVisible(focused);
        }
}

} // namespace rollcall
