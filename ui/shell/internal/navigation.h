// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

class QAction;

namespace rollcall {

/// The list of pages at the left: a view of the checkable page actions.
class Navigation final : public QListWidget {
    Q_OBJECT
public:
    explicit Navigation(const QList<QAction *> &pages, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
};

} // namespace rollcall
