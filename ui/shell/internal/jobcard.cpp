// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/internal/jobcard.h"

#include "ui/parts/badge.h"
#include "ui/parts/icons.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace rollcall {

namespace {

constexpr int barSteps = 1000; // per mille: totals may be larger than an int

QString stateWord(JobLook::State state)
{
    switch (state) {
    case JobLook::State::Running:
        return JobCard::tr("Running");
    case JobLook::State::Waiting:
        return JobCard::tr("Waiting");
    case JobLook::State::Paused:
        return JobCard::tr("Paused");
    case JobLook::State::Done:
        return JobCard::tr("Done");
    case JobLook::State::Mixed:
        //: a job that is over: some of it was done, some was not
        return JobCard::tr("Done in part");
    case JobLook::State::Refused:
        //: a job that is over: the gateway took nothing of it
        return JobCard::tr("Refused");
    case JobLook::State::Unclear:
        return JobCard::tr("Outcome unknown");
    case JobLook::State::Failed:
        return JobCard::tr("Stopped");
    }
    return {};
}

Tone stateTone(JobLook::State state)
{
    switch (state) {
    case JobLook::State::Running:
        return Tone::Busy;
    case JobLook::State::Waiting:
    case JobLook::State::Paused:
    case JobLook::State::Mixed:
    case JobLook::State::Unclear:
        return Tone::Warning;
    case JobLook::State::Done:
        return Tone::Good;
    case JobLook::State::Refused:
    case JobLook::State::Failed:
        break;
    }
    return Tone::Bad;
}

QLabel *plain(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

JobCard::JobCard(const QString &key, QWidget *parent)
    : QFrame(parent)
    , m_title(plain(this))
    , m_state(new Badge(this))
    , m_sandbox(new Badge(tr("Sandbox"), Tone::Sandbox, QStringLiteral("sandbox"), this))
    , m_line(plain(this))
    , m_bar(new QProgressBar(this))
    , m_open(button(QStringLiteral("open"), tr("Show"), QStringLiteral("arrow-right")))
    , m_pause(button(QStringLiteral("pause"), tr("Pause"), QStringLiteral("pause")))
    , m_resume(button(QStringLiteral("resume"), tr("Resume"), QStringLiteral("resume")))
    , m_cancel(button(QStringLiteral("cancel"), tr("Cancel"), QStringLiteral("cancel")))
    , m_close(button(QStringLiteral("close"), tr("Remove from the list"), QStringLiteral("close")))
{
    setObjectName(QStringLiteral("job.") + key);
    setProperty("look", QStringLiteral("card"));
    m_title->setProperty("look", QStringLiteral("heading"));
    m_line->setProperty("look", QStringLiteral("muted"));
    m_line->setWordWrap(true);
    m_line->setObjectName(QStringLiteral("job.line"));
    m_bar->setRange(0, barSteps);
    m_bar->setTextVisible(false);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(Space::medium, Space::tiny, Space::tiny, Space::tiny);
    grid->setHorizontalSpacing(Space::small);
    grid->setVerticalSpacing(Space::tiny);
    grid->addWidget(m_title, 0, 0);
    grid->addWidget(m_state, 0, 1);
    grid->addWidget(m_sandbox, 0, 2);
    grid->addWidget(m_line, 0, 3);
    grid->setColumnStretch(3, 1);
    int column = 4;
    for (QToolButton *each : {m_open, m_resume, m_pause, m_cancel, m_close})
        grid->addWidget(each, 0, column++, Qt::AlignVCenter);
    grid->addWidget(m_bar, 1, 0, 1, column);
    connect(m_open, &QToolButton::clicked, this, [this] { m_handles.open(); });
    connect(m_pause, &QToolButton::clicked, this, [this] { m_handles.pause(); });
    connect(m_resume, &QToolButton::clicked, this, [this] { m_handles.resume(); });
    connect(m_cancel, &QToolButton::clicked, this, [this] { m_handles.cancel(); });
    connect(m_close, &QToolButton::clicked, this, &JobCard::closed);
}

QToolButton *JobCard::button(const QString &name, const QString &text, const QString &iconName)
{
    auto *made = new QToolButton(this);
    made->setObjectName(QStringLiteral("job.") + name);
    made->setText(text);
    made->setIcon(icon(iconName));
    made->setToolTip(text);
    made->setAccessibleName(text);
    made->setFocusPolicy(Qt::StrongFocus);
    const bool iconOnly = iconName == QLatin1String("close");
    made->setToolButtonStyle(iconOnly ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    return made;
}

void JobCard::showJob(const JobLook &look, const JobHandles &handles)
{
    m_look = look;
    m_handles = handles;
    using State = JobLook::State;
    const bool over = look.isOver();
    m_title->setText(look.title);
    m_state->setBadge(stateWord(look.state), stateTone(look.state));
    m_sandbox->setVisible(look.sandbox);
    m_line->setText(look.line);
    m_bar->setVisible(!over);
    m_bar->setAccessibleName(tr("Progress of %1").arg(look.title));
    if (look.progress.total > 0) {
        m_bar->setRange(0, barSteps);
        m_bar->setValue(int(look.progress.done * barSteps / look.progress.total));
    } else {
        m_bar->setRange(0, look.state == State::Running ? 0 : barSteps); // 0..0: under way, end not known
    }
    // Hiding the focused button hands the focus on, and the next one is Cancel: who presses Space twice must not end
    // the run.
    const bool held = m_pause->hasFocus() || m_resume->hasFocus();
    m_open->setVisible(bool(handles.open));
    m_pause->setVisible(handles.pause && (look.state == State::Running || look.state == State::Waiting));
    m_resume->setVisible(handles.resume && look.state == State::Paused);
    if (held && m_resume->isVisibleTo(this))
        m_resume->setFocus();
    else if (held && m_pause->isVisibleTo(this))
        m_pause->setFocus();
    m_cancel->setVisible(handles.cancel && !over);
    m_close->setVisible(over);
}

} // namespace rollcall
