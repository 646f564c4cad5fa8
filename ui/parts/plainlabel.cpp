// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/plainlabel.h"

#include <QLabel>

namespace rollcall {

QLabel *plainLabel(QWidget *parent, const QString &words, const char *look)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // before the words: they may be foreign
    label->setText(words);
    label->setWordWrap(true);
    label->setProperty("look", QString::fromLatin1(look));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QLabel *plainLabel(QWidget *parent, const char *objectName, const char *look)
{
    QLabel *label = plainLabel(parent, QString(), look);
    label->setObjectName(QLatin1String(objectName));
    return label;
}

} // namespace rollcall
