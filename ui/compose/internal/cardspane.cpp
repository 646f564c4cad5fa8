// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/cardspane.h"

#include "models/base/clock.h"
#include "models/base/worker.h"
#include "ui/compose/internal/cardform.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/icons.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/cardwords.h"

#include <QBoxLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

namespace {

constexpr int listWidth = 216;
constexpr qint64 pauseMs = 300; // all cards are compared with each other when the typing rests

} // namespace

CardsPane::CardsPane(const ComposeNeeds &needs, QWidget *parent)
    : QWidget(parent)
    , m_needs(needs)
    , m_model(new CardsModel([&needs] { return needs.clock.now().wallMs; }, this))
    , m_list(new CardList(this))
    , m_form(new CardForm(this))
    , m_stack(new QStackedWidget(this))
    , m_counter(new QLabel(this))
    , m_notice(plainLabel(this, "messageNotice", "warning"))
    , m_same(plainLabel(this, "cardNotice", "warning"))
{
    setObjectName(QStringLiteral("cardsPane"));
    buildList();
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(0);
    m_counter->setObjectName(QStringLiteral("cardCounter"));
    m_counter->setTextFormat(Qt::PlainText);
    buttons->addWidget(m_counter, 1);
    m_add = addButton(*buttons, "cardAdd", "add", tr("Add a card"));
    m_up = addButton(*buttons, "cardUp", "chevron-up", tr("Move the card up (Alt+Up)"));
    m_down = addButton(*buttons, "cardDown", "chevron-down", tr("Move the card down (Alt+Down)"));
    m_remove = addButton(*buttons, "cardRemove", "delete", tr("Remove the card (Del)"));
    QWidget *before = m_list; // the list, its buttons, and then the form
    for (QWidget *button : {m_add, m_up, m_down, m_remove}) {
        setTabOrder(before, button);
        before = button;
    }
    connect(m_add, &QToolButton::clicked, this, &CardsPane::addEmpty);
    connect(m_up, &QToolButton::clicked, this, [this] { moveCurrent(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveCurrent(1); });
    connect(m_remove, &QToolButton::clicked, this, [this] { m_model->remove(current()); });
    auto *left = new QVBoxLayout;
    left->setSpacing(Space::tiny);
    left->addLayout(buttons);
    left->addWidget(m_list, 1);
    left->addWidget(m_notice);
    auto *nothing = plainLabel(
        this, tr("Add a card, open a .vcf file, or choose people in Contacts and press Compose."), "muted");
    nothing->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(nothing);
    m_stack->addWidget(m_form);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_same);
    right->addWidget(m_stack, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    row->addLayout(left);
    row->addLayout(right, 1);
    connect(m_form, &CardForm::edited, this, [this](const Card &card) {
        const QScopedValueRollback typing(m_typing, true);
        m_model->setCard(current(), card);
    });
    connect(m_model, &CardsModel::edited, this, [this] {
        if (!m_typing)
            showCurrent();
        showRemarks();
        if (!m_soon.isOpen())
            m_soon = m_needs.clock.after(pauseMs, [this] { showMessageNotices(); });
        emit cardsEdited();
        emit changed();
    });
    showCurrent();
    showMessageNotices();
}

QToolButton *CardsPane::addButton(QBoxLayout &row, const char *name, const char *iconName, const QString &words)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QLatin1String(name));
    button->setIcon(icon(QLatin1String(iconName)));
    button->setAccessibleName(words);
    button->setToolTip(words);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setProperty("look", QStringLiteral("tight"));
    row.addWidget(button);
    return button;
}

void CardsPane::buildList()
{
    m_list->setObjectName(QStringLiteral("cards"));
    m_list->setAccessibleName(tr("Cards"));
    m_list->setProperty("look", QStringLiteral("framed"));
    m_list->setModel(m_model);
    m_list->setFixedWidth(listWidth);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        showCurrent();
        emit changed();
    });
}

int CardsPane::current() const
{
    return m_list->currentIndex().row();
}

void CardsPane::setCurrent(int row)
{
    m_list->setCurrentIndex(m_model->index(std::clamp(row, 0, std::max(0, m_model->count() - 1))));
}

void CardsPane::setCards(std::vector<Card> cards)
{
    m_model->setCards(std::move(cards));
    if (m_model->count() > 0)
        setCurrent(0);
    showMessageNotices();
}

int CardsPane::add(std::vector<Card> cards)
{
    const int first = m_model->count();
    const int left = m_model->add(std::move(cards));
    if (m_model->count() > first)
        setCurrent(first);
    return left;
}

void CardsPane::addEmpty()
{
    if (add({Card()}) > 0)
        return;
    m_form->focusFirst();
}

void CardsPane::changeCurrent(const std::function<void(Card &)> &change)
{
    const int row = current();
    if (row < 0 || row >= m_model->count())
        return;
    Card card = m_model->cards()[std::size_t(row)];
    change(card);
    m_model->setCard(row, card);
}

void CardsPane::showCurrent()
{
    const int row = current();
    const bool any = row >= 0 && row < m_model->count();
    m_stack->setCurrentIndex(any ? 1 : 0);
    if (any)
        m_form->setCard(m_model->cards()[std::size_t(row)]);
    m_remove->setEnabled(any);
    m_up->setEnabled(any && row > 0);
    m_down->setEnabled(any && row + 1 < m_model->count());
    m_add->setEnabled(m_model->count() < mostCards);
    m_add->setToolTip(m_model->count() < mostCards ? tr("Add a card")
                                                   : tr("No gateway takes more than %1 cards.").arg(count(mostCards)));
    //: counter: cards of the message, and how many there may be
    m_counter->setText(tr("%1 of %2 cards").arg(count(m_model->count()), count(mostCards)));
    m_counter->setProperty("look", m_model->count() >= warnCards ? QStringLiteral("warning") : QStringLiteral("muted"));
    m_counter->style()->unpolish(m_counter);
    m_counter->style()->polish(m_counter);
    showRemarks();
}

void CardsPane::showRemarks()
{
    const int row = current();
    if (row < 0 || row >= m_model->count())
        return m_same->hide();
    std::vector<CardRemark> remarks;
    QStringList ofCard;
    for (const CardNotice &notice : m_model->notices(row)) {
        if (notice.place.field == CardField::Card || notice.place.field == CardField::Message)
            ofCard << CardWords::notice(notice);
        else if (auto remark = remarkOf(notice))
            remarks.push_back(*std::move(remark));
    }
    for (const CardNotice &notice : m_all)
        if (notice.code == CardCode::SameCard && notice.place.card == row)
            ofCard << CardWords::notice(notice);
    m_form->setRemarks(remarks);
    m_same->setText(ofCard.join(u' '));
    m_same->setVisible(!ofCard.isEmpty());
}

void CardsPane::showMessageNotices()
{
    m_soon = Call();
    // 257 full cards take some 35 ms, most of it reading their numbers.
    m_checking = onWorker<std::vector<CardNotice>>(
        [cards = m_model->cards(), now = m_needs.clock.now().wallMs] { return checkCards(cards, now); },
        [this](std::vector<CardNotice> all) {
            m_all = std::move(all);
            tellOfMessage();
        });
}

void CardsPane::tellOfMessage()
{
    QStringList words;
    if (m_model->count() > 0)
        for (const CardNotice &notice : m_all)
            if (notice.place.card < 0)
                words << CardWords::notice(notice);
    m_notice->setText(words.join(u' '));
    m_notice->setVisible(!words.isEmpty());
    m_notice->setFixedWidth(listWidth);
    showRemarks();
}

void CardsPane::moveCurrent(int steps)
{
    const int row = current();
    m_model->move(row, steps);
    if (row + steps >= 0 && row + steps < m_model->count())
        setCurrent(row + steps);
    m_list->setFocus();
}

void CardsPane::focusFirstError()
{
    const int row = m_model->firstWithError();
    if (row < 0)
        return addEmpty(); // there is no card at all
    setCurrent(row);
    for (const CardNotice &notice : m_model->notices(row))
        if (notice.severity == CardSeverity::Error)
            if (const auto remark = remarkOf(notice))
                return m_form->focusRemark(*remark);
}

bool CardsPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::AltModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
            moveCurrent(key->key() == Qt::Key_Up ? -1 : 1);
            return true;
        }
        if (key->key() == Qt::Key_Delete) {
            m_model->remove(current());
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            m_form->focusFirst();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace rollcall
