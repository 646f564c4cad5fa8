// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/fieldlist.h"

#include "ui/parts/theme.h"
#include "ui/parts/wraplabel.h"

#include <QFormLayout>
#include <QLabel>

namespace rollcall {

FieldList::FieldList(QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(Space::medium);
    m_form->setVerticalSpacing(Space::small);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_form->setRowWrapPolicy(QFormLayout::DontWrapRows);
}

void FieldList::clear()
{
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    m_text.clear();
}

void FieldList::add(const QString &label, const QString &value)
{
    if (value.isEmpty())
        return;
    auto *name = new QLabel(label, this);
    name->setTextFormat(Qt::PlainText);
    name->setProperty("look", QStringLiteral("muted"));
    name->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    name->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::MinimumExpanding); // stays beside the first line
    auto *words = new WrapLabel(value, this);
    words->setAccessibleName(label + QStringLiteral(": ") + value);
    m_form->addRow(name, words);
    m_text += label + QStringLiteral(": ") + value + QLatin1Char('\n');
}

bool FieldList::isEmpty() const
{
    return m_form->rowCount() == 0;
}

} // namespace rollcall
