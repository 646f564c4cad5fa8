// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/internal/navigation.h"

#include <QAction>

namespace rollcall {

namespace {

constexpr int navigationWidth = 184;

} // namespace

Navigation::Navigation(const QList<QAction *> &pages, QWidget *parent)
    : QListWidget(parent)
{
    setObjectName(QStringLiteral("navigation"));
    setAccessibleName(tr("Navigation"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setFixedWidth(navigationWidth);
    setUniformItemSizes(true);
    setSpacing(1);
    for (QAction *page : pages) {
        auto *item = new QListWidgetItem(page->icon(), page->iconText(), this);
        item->setToolTip(page->toolTip());
        connect(page, &QAction::toggled, this, [this, item](bool on) {
            if (on)
                setCurrentItem(item);
        });
    }
    connect(this, &QListWidget::currentRowChanged, this, [pages](int row) {
        if (row >= 0 && !pages.at(row)->isChecked())
            pages.at(row)->trigger();
    });
}

QSize Navigation::sizeHint() const
{
    return {navigationWidth, 200};
}

} // namespace rollcall
