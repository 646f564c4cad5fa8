// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/workstep.h"

#include "ui/exchange/stepparts.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"

#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

WorkStep::WorkStep(QWidget *parent)
    : QWidget(parent)
    , m_title(stepLabel(this, "workTitle", "title"))
    , m_bar(new QProgressBar(this))
    , m_line(stepLabel(this, "workLine", "muted"))
    , m_pause(new QPushButton(tr("&Pause"), this))
{
    m_bar->setObjectName(QStringLiteral("progress"));
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setRange(0, 1000);
    m_pause->setObjectName(QStringLiteral("pause"));
    m_pause->setCheckable(true);
    m_pause->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::medium);
    column->addWidget(m_title);
    column->addWidget(m_bar);
    column->addWidget(m_line);
    column->addWidget(m_pause, 0, Qt::AlignLeft);
    column->addStretch(1);
    connect(m_pause, &QPushButton::toggled, this, [this](bool paused) {
        if (paused)
            m_pausedAt = m_clock.elapsed();
        else if (m_pausedAt >= 0)
            m_pausedMs += m_clock.elapsed() - std::exchange(m_pausedAt, -1);
        m_pause->setText(paused ? tr("&Resume") : tr("&Pause"));
        if (m_bar->maximum() <= 1) // it is not known how much there is: a bar that moves would say that work goes on
            m_bar->setRange(0, paused ? 1 : 0);
        emit pauseToggled(paused);
    });
}

void WorkStep::begin(const QString &title, bool canPause)
{
    m_title->setText(title);
    m_pausedMs = 0;
    m_pausedAt = -1;
    const QSignalBlocker quiet(m_pause);
    m_pause->setChecked(false);
    m_pause->setText(tr("&Pause"));
    m_pause->setVisible(canPause);
    m_bar->setRange(0, 0);
    m_line->setText(tr("Starting…"));
    m_clock.start();
}

void WorkStep::setPaused(bool paused)
{
    m_pause->setChecked(paused);
}

void WorkStep::setTitle(const QString &title)
{
    m_title->setText(title);
}

QString WorkStep::title() const
{
    return m_title->text();
}

QString WorkStep::line() const
{
    return m_line->text();
}

void WorkStep::showProgress(const Progress &progress, qint64 rows)
{
    if (progress.total > 0) {
        m_bar->setRange(0, 1000);
        m_bar->setValue(int(1000.0 * double(progress.done) / double(progress.total)));
    }
    const double seconds = double(m_clock.elapsed() - m_pausedMs) / 1000.0;
    if (seconds < 0.5 || rows <= 0 || progress.done <= 0) {
        m_line->setText(tr("%1 rows", nullptr, forPlural(rows)).arg(count(rows)));
        return;
    }
    const double remaining = seconds * double(progress.total - progress.done) / double(progress.done);
    //: %1 rows done, %2 rate such as "12,000/s", %3 a duration
    m_line->setText(tr("%1 rows, %2, %3 to go")
                        .arg(count(rows), rate(double(rows) / seconds), longDuration(qint64(remaining * 1000))));
}

} // namespace rollcall
