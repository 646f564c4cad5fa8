// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/searchbuttons.h"

#include <QAction>
#include <QCoreApplication>
#include <QLineEdit>
#include <QToolButton>

namespace rollcall {

void nameSearchButtons(QLineEdit &search)
{
    const QList<QToolButton *> buttons = search.findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        const bool clears
            = button->defaultAction() && button->defaultAction()->objectName().contains(QLatin1String("clear"));
        button->setAccessibleName(clears ? QCoreApplication::translate("SearchField", "Clear the search")
                                         : QCoreApplication::translate("SearchField", "Search"));
    }
}

} // namespace rollcall
