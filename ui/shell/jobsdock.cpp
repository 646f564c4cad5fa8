// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/jobsdock.h"

#include "ui/parts/icons.h"
#include "ui/parts/theme.h"
#include "ui/shell/internal/jobcard.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMainWindow>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

namespace {
constexpr int mostShown = 2; // cards at once, unless a person drags the dock higher: the page needs the room
}

JobsDock::JobsDock(QWidget *parent)
    : QDockWidget(tr("Jobs"), parent)
    , m_empty(new QLabel(tr("Nothing is running. Imports and validations appear here with their progress."), this))
{
    setObjectName(QStringLiteral("jobs"));
    setAccessibleName(tr("Jobs"));
    setAllowedAreas(Qt::BottomDockWidgetArea | Qt::RightDockWidgetArea);
    setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable);
    m_empty->setProperty("look", QStringLiteral("muted"));
    auto *list = new QWidget(this);
    m_column = new QVBoxLayout(list);
    m_column->setContentsMargins(Space::medium, Space::tiny, Space::medium, Space::tiny);
    m_column->setSpacing(Space::tiny);
    m_column->addWidget(m_empty);
    m_column->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setMinimumHeight(56); // one card; the person may drag it higher
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(list);
    setWidget(scroll);
    setTitleBarWidget(makeTitle());
}

/// The style's own title bar has a button that follows neither our icons nor our focus ring.
QWidget *JobsDock::makeTitle()
{
    auto *bar = new QWidget(this);
    auto *title = new QLabel(windowTitle(), bar);
    title->setTextFormat(Qt::PlainText);
    title->setProperty("look", QStringLiteral("heading"));
    auto *close = new QToolButton(bar);
    close->setObjectName(QStringLiteral("jobs.close"));
    close->setIcon(icon(QStringLiteral("close")));
    close->setToolTip(tr("Hide the jobs"));
    close->setAccessibleName(tr("Hide the jobs"));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &QDockWidget::close);
    m_clear = new QToolButton(bar);
    m_clear->setObjectName(QStringLiteral("jobs.clear"));
    m_clear->setText(tr("Clear finished"));
    m_clear->setToolTip(
        tr("Takes finished jobs off this list; their results stay on the Checks page and in the journal."));
    m_clear->setAutoRaise(true);
    m_clear->setFocusPolicy(Qt::StrongFocus);
    connect(m_clear, &QToolButton::clicked, this, &JobsDock::clearFinished);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(Space::medium, 0, Space::small, 0);
    row->addWidget(title);
    row->addStretch();
    row->addWidget(m_clear);
    row->addWidget(close);
    return bar;
}

void JobsDock::showJob(const QString &key, const JobLook &look, const JobHandles &handles)
{
    JobCard *card = m_cards.value(key);
    const bool isNew = !card;
    if (isNew) {
        card = new JobCard(key, this);
        m_cards.insert(key, card);
        connect(card, &JobCard::closed, this, [this, key] { forget(key); });
    }
    const bool moves = isNew || card->isOver() != look.isOver();
    card->showJob(look, handles);
    if (moves)
        place(card);
    if (isNew)
        setVisible(true); // after it has its place: it appears with the dock
    showEmpty();
    fitHeight(card->sizeHint().height());
    emit runningChanged();
}

/// The newest first, but what runs or waits stands above what is over: the dock is seldom high enough for all.
void JobsDock::place(JobCard *card)
{
    m_column->removeWidget(card);
    int at = 0;
    if (card->isOver())
        at = int(std::count_if(m_cards.begin(), m_cards.end(), [](const JobCard *one) { return !one->isOver(); }));
    m_column->insertWidget(at, card);
}

/// As high as the jobs that run, two of them at most, and one card of what is over; a person may drag it to any other
/// height until a job begins or ends.
void JobsDock::fitHeight(int card)
{
    const Fitted now{m_cards.size(), running()};
    if (now == m_fitted)
        return;
    m_fitted = now;
    auto *window = qobject_cast<QMainWindow *>(parentWidget());
    if (!window || isFloating())
        return;
    const int shown = std::clamp(now.running, 1, mostShown);
    const int height = titleBarWidget()->sizeHint().height() + shown * (card + m_column->spacing()) + Space::small;
    window->resizeDocks({this}, {height}, Qt::Vertical);
}

void JobsDock::forget(const QString &key)
{
    if (JobCard *card = m_cards.take(key))
        card->deleteLater();
    showEmpty();
    if (m_cards.isEmpty())
        hide();
    emit runningChanged();
}

void JobsDock::clearFinished()
{
    const QStringList keys = m_cards.keys();
    for (const QString &key : keys) {
        if (m_cards.value(key)->isOver())
            forget(key);
    }
}

int JobsDock::running() const
{
    return int(std::count_if(m_cards.begin(), m_cards.end(), [](const JobCard *card) {
        return card->state() == JobLook::State::Running || card->state() == JobLook::State::Waiting;
    }));
}

void JobsDock::showEmpty()
{
    m_empty->setVisible(m_cards.isEmpty());
}

} // namespace rollcall
