// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/erasedialog.h"

#include "ui/parts/dialogs.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(EraseDialog)
};

QString sentences(const EraseTally &tally)
{
    QStringList all;
    all << Text::tr("%1 people were erased, and %2 journal entries were emptied. Their numbers stay suppressed.",
        nullptr, forPlural(tally.erased))
               .arg(count(tally.erased), count(tally.journalDetails));
    if (tally.kept > 0)
        all << Text::tr(
            "%1 people were left as they are: requests about them are planned, under way or unclear. Cancel "
            "or settle those first, then erase again.",
            nullptr, forPlural(tally.kept))
                   .arg(count(tally.kept));
    if (tally.gone > 0)
        all << Text::tr("%1 were not here any more.").arg(count(tally.gone));
    if (tally.untouched > 0)
        all << Text::tr("%1 people were not begun and are whole.", nullptr, forPlural(tally.untouched))
                   .arg(count(tally.untouched));
    if (tally.importOpen)
        all << Text::tr("It ended because an import is being prepared, and these people may be in its rows. Finish or "
                        "cancel the import, then erase again.");
    if (tally.problem)
        all << failureSentence(*tally.problem);
    if (tally.sharing > 0)
        all << Text::tr("%1 other people have one of these numbers. They stay, and are do-not-contact now.", nullptr,
            forPlural(tally.sharing))
                   .arg(count(tally.sharing));
    if (!tally.failed.isEmpty())
        all << Text::tr("These copies could not be changed and still hold the data; remove them yourself: %1")
                   .arg(tally.failed.join(QStringLiteral(", ")));
    if (!tally.leftIn.isEmpty())
        all << Text::tr("A name, number or note of theirs is still found in: %1. Either somebody else has it too, or "
                        "the file could not be changed.")
                   .arg(tally.leftIn.join(QStringLiteral(", ")));
    return all.join(QStringLiteral("\n\n"));
}

} // namespace

EraseDialog::EraseDialog(Store &store, const std::vector<PersonId> &people, QWidget *parent)
    : QDialog(parent)
    , m_run(store, people)
    , m_total(qint64(people.size()))
    , m_title(plainLabel(this, "title", "title"))
    , m_bar(new QProgressBar(this))
    , m_line(plainLabel(this, "line", ""))
    , m_pause(new QPushButton(tr("&Pause"), this))
{
    setObjectName(QStringLiteral("eraseDialog"));
    setWindowTitle(tr("Erase but keep suppressed"));
    setMinimumWidth(480);
    build();
    connect(&m_run, &EraseRun::progressed, this, &EraseDialog::follow);
    connect(&m_run, &EraseRun::finished, this, &EraseDialog::end);
    m_clock.start();
    follow();
    m_run.start();
}

void EraseDialog::build()
{
    m_title->setText(tr("Erasing %1 people", nullptr, forPlural(m_total)).arg(count(m_total)));
    m_bar->setObjectName(QStringLiteral("progress"));
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setRange(0, int(m_total));
    m_bar->setTextVisible(false);
    m_pause->setObjectName(QStringLiteral("pause"));
    m_pause->setCheckable(true);
    m_pause->setAutoDefault(false);
    auto *buttons = new QDialogButtonBox(this);
    m_stop = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_stop->setObjectName(QStringLiteral("stop"));
    m_stop->setAutoDefault(false);
    buttons->addButton(m_pause, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &EraseDialog::reject);
    connect(m_pause, &QPushButton::toggled, this, [this](bool paused) {
        if (paused)
            m_pausedAt = m_clock.elapsed();
        else if (m_pausedAt >= 0)
            m_pausedMs += m_clock.elapsed() - std::exchange(m_pausedAt, -1);
        m_pause->setText(paused ? tr("&Resume") : tr("&Pause"));
        m_run.setPaused(paused);
        follow();
    });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addWidget(m_title);
    column->addWidget(m_bar);
    column->addWidget(m_line);
    column->addStretch();
    column->addWidget(buttons);
}

void EraseDialog::follow()
{
    const Progress progress = m_run.progress();
    m_bar->setValue(int(progress.done));
    if (m_over)
        return;
    QString line = tr("%1 of %2").arg(count(progress.done), count(progress.total));
    const qint64 spent = (m_pausedAt >= 0 ? m_pausedAt : m_clock.elapsed()) - m_pausedMs;
    if (m_run.isPaused())
        line += tr(", paused; whoever was begun is finished");
    else if (progress.done > 0 && spent > 0)
        //: %1 people a second, %2 a span of time
        line += tr(", %1, %2 left")
                    .arg(rate(double(progress.done) * 1000 / double(spent)),
                        longDuration(spent * (progress.total - progress.done) / progress.done));
    m_line->setText(line);
}

void EraseDialog::end()
{
    m_over = true;
    const QString said = sentences(m_run.tally());
    m_title->setText(m_run.tally().untouched == 0 ? tr("Erased") : tr("Erasing ended early"));
    m_line->setText(said);
    m_bar->hide();
    m_pause->hide();
    m_stop->setText(tr("Close"));
    m_stop->setDefault(true);
    m_stop->setEnabled(true);
    roomForBold(*m_stop);
    growToContent(*this);
    emit told(said.section(QStringLiteral("\n\n"), 0, 0));
}

void EraseDialog::reject()
{
    if (m_over)
        return QDialog::reject();
    m_stop->setEnabled(false);
    m_pause->setEnabled(false);
    m_line->setText(tr("Cancelling: whoever was begun is finished first."));
    m_run.cancel();
}

} // namespace rollcall
