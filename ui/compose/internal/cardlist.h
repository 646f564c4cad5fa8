// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace rollcall {

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
