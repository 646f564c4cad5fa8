// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/stepparts.h"

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

} // namespace rollcall
