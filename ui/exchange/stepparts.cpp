// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/stepparts.h"

#include "ui/parts/theme.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>

namespace rollcall {

QLabel *stepLabel(QWidget *parent, const char *name, const char *look, const QString &text)
{
    auto *label = new QLabel(text, parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QString::fromLatin1(look));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLayout *stepButtons(const QWidget &dialog, QPushButton *cancel, QPushButton *back, QPushButton *next)
{
    const int order = dialog.style()->styleHint(QStyle::SH_DialogButtonLayout, nullptr, &dialog);
    const bool cancelFirst = order == QDialogButtonBox::MacLayout || order == QDialogButtonBox::GnomeLayout;
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::small);
    if (cancelFirst)
        row->addWidget(cancel);
    row->addStretch(1);
    row->addWidget(back);
    row->addWidget(next);
    if (!cancelFirst)
        row->addWidget(cancel);
    return row;
}

} // namespace rollcall
