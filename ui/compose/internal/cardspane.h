// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "ui/compose/composeneeds.h"
#include "ui/compose/internal/cardsmodel.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace rollcall {

class CardForm;
class CardList;

/// The cards of the message on the left, the form of the current one on the right.
class CardsPane final : public QWidget {
    Q_OBJECT
public:
    explicit CardsPane(const ComposeNeeds &needs, QWidget *parent = nullptr);
    [[nodiscard]] CardsModel &model() { return *m_model; }
    [[nodiscard]] const CardsModel &model() const { return *m_model; }
    [[nodiscard]] int current() const;
    void setCurrent(int row);
    void setCards(std::vector<Card> cards);
    int add(std::vector<Card> cards); ///< the first of them becomes current; answers how many found no room
    void changeCurrent(const std::function<void(Card &)> &change); ///< not by typing: the form shows it
    void focusFirstError();

signals:
    void changed(); ///< cards or which one is current
    void cardsEdited(); ///< cards only

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *addButton(QBoxLayout &row, const char *name, const char *iconName, const QString &words);
    void buildList();
    void addEmpty();
    void showCurrent();
    void showRemarks();
    void showMessageNotices();
    void tellOfMessage();
    void moveCurrent(int steps);

    const ComposeNeeds &m_needs;
    CardsModel *m_model;
    CardList *m_list;
    CardForm *m_form;
    QStackedWidget *m_stack;
    QLabel *m_counter;
    QLabel *m_notice;
    QLabel *m_same;
    QToolButton *m_add = nullptr;
    QToolButton *m_remove = nullptr;
    QToolButton *m_up = nullptr;
    QToolButton *m_down = nullptr;
    bool m_typing = false;
    std::vector<CardNotice> m_all; ///< as last read over all cards
    Call m_soon;
    Call m_checking;
};

} // namespace rollcall
