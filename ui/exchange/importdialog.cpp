// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/importdialog.h"

#include "models/settings/settings.h"
#include "models/store/store.h"
#include "ui/exchange/columnsstep.h"
#include "ui/exchange/consentstep.h"
#include "ui/exchange/dryrunstep.h"
#include "ui/exchange/importwords.h"
#include "ui/exchange/numbersstep.h"
#include "ui/exchange/resultstep.h"
#include "ui/exchange/sourcestep.h"
#include "ui/exchange/stepparts.h"
#include "ui/exchange/workstep.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"

#include <QFileInfo>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace rollcall {

ImportDialog::ImportDialog(ImportNeeds needs, QWidget *parent)
    : QDialog(parent)
    , m_needs(std::move(needs))
{
    setObjectName(QStringLiteral("importDialog"));
    setWindowTitle(tr("Import"));
    resize(980, 640);
    build();
    connectParts();
    turnTo(Step::Source);
}

ImportDialog::~ImportDialog() = default;

void ImportDialog::build()
{
    m_trail = stepLabel(this, "trail", "muted");
    m_stack = new QStackedWidget(this);
    m_problem = stepLabel(this, "problem", "");
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_back = new QPushButton(tr("&Back"), this);
    m_next = new QPushButton(tr("&Next"), this);
    m_cancel = new QPushButton(tr("Cancel"), this);
    m_back->setObjectName(QStringLiteral("back"));
    m_next->setObjectName(QStringLiteral("next"));
    m_cancel->setObjectName(QStringLiteral("cancel"));
    m_back->setAutoDefault(false);
    m_cancel->setAutoDefault(false);
    m_next->setDefault(true);

    m_source = new SourceStep(m_needs.asks, this);
    m_columns = new ColumnsStep(this);
    m_numbers = new NumbersStep(m_needs.settings.value(Keys::defaultRegion), this);
    m_consent = new ConsentStep(this);
    m_work = new WorkStep(this);
    m_dryRun = new DryRunStep(this);
    m_result = new ResultStep(this);
    for (QWidget *step : {static_cast<QWidget *>(m_source), static_cast<QWidget *>(m_columns),
             static_cast<QWidget *>(m_numbers), static_cast<QWidget *>(m_consent), static_cast<QWidget *>(m_work),
             static_cast<QWidget *>(m_dryRun), static_cast<QWidget *>(m_result)})
        m_stack->addWidget(step);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addWidget(m_trail);
    column->addWidget(m_stack, 1);
    column->addWidget(m_problem);
    column->addLayout(stepButtons(*this, m_cancel, m_back, m_next));
}

void ImportDialog::connectParts()
{
    connect(m_back, &QPushButton::clicked, this, &ImportDialog::goBack);
    connect(m_next, &QPushButton::clicked, this, &ImportDialog::goOn);
    connect(m_cancel, &QPushButton::clicked, this, &ImportDialog::reject);
    connect(m_source, &SourceStep::changed, this, &ImportDialog::updateButtons);
    connect(m_source, &SourceStep::pasted, this, &ImportDialog::openText);
    connect(m_source, &SourceStep::chosen, this, [this] { look(m_source->file()); });
    connect(m_columns, &ColumnsStep::changed, this, &ImportDialog::updateButtons);
    connect(m_columns, &ColumnsStep::formatWanted, this, &ImportDialog::lookAgain);
    connect(m_numbers, &NumbersStep::regionChanged, this, &ImportDialog::survey);
    connect(m_consent, &ConsentStep::changed, this, &ImportDialog::updateButtons);
    connect(m_work, &WorkStep::pauseToggled, this, [this](bool paused) {
        if (m_control)
            m_control->setPaused(paused);
    });
    connect(m_result, &ResultStep::undoWanted, this, &ImportDialog::undo);
    connect(m_result, &ResultStep::exportWanted, this, &ImportDialog::exportRejected);
}

void ImportDialog::turnTo(Step step)
{
    if ((m_step == Step::Staging || m_step == Step::Committing) && step != m_step)
        emit rested();
    m_step = step;
    static const std::map<Step, int> pages{{Step::Source, 0}, {Step::Columns, 1}, {Step::Numbers, 2},
        {Step::Consent, 3}, {Step::Staging, 4}, {Step::DryRun, 5}, {Step::Committing, 4}, {Step::Result, 6}};
    m_stack->setCurrentIndex(pages.at(step));
    const QStringList names{tr("File"), tr("Columns"), tr("Numbers"), tr("Consent"), tr("Dry run"), tr("Result")};
    static const std::map<Step, int> places{{Step::Source, 0}, {Step::Columns, 1}, {Step::Numbers, 2},
        {Step::Consent, 3}, {Step::Staging, 4}, {Step::DryRun, 4}, {Step::Committing, 5}, {Step::Result, 5}};
    const int place = places.at(step);
    const QString where = tr("Step %1 of %2: %3").arg(place + 1).arg(names.size()).arg(names[place]);
    m_trail->setText(m_file.isEmpty() ? where : tr("%1, %2").arg(where, shownName()));
    clearProblem();
    updateButtons();
    focusStep();
}

/// A button that is switched off hands the focus on, at worst to Cancel: each step says where it belongs.
void ImportDialog::focusStep()
{
    switch (m_step) {
    case Step::Consent:
        return m_consent->focusFirst();
    case Step::Staging:
    case Step::Committing:
        return m_work->setFocus();
    case Step::Source:
        return m_source->focusFirst();
    default:
        return m_next->isEnabled() ? m_next->setFocus() : m_columns->setFocus();
    }
}

void ImportDialog::updateButtons()
{
    const bool working = m_step == Step::Staging || m_step == Step::Committing;
    const bool over = m_step == Step::Result;
    m_back->setVisible(!over);
    m_back->setEnabled(!working && !m_busy && m_step != Step::Source);
    m_cancel->setVisible(!over);
    m_next->setText(over                                           ? tr("&Close")
            : m_step == Step::DryRun || m_step == Step::Committing ? tr("&Import")
                                                                   : tr("&Next"));
    bool ready = !working && !m_busy;
    if (m_step == Step::Source)
        ready = ready && !m_source->file().isEmpty();
    if (m_step == Step::Consent)
        ready = ready && m_consent->consent().has_value();
    if (m_step == Step::Columns) {
        const QString problem = m_columns->problem();
        ready = ready && problem.isEmpty();
        m_problem->setText(problem);
        m_problem->setVisible(!problem.isEmpty());
    }
    if (m_step == Step::DryRun)
        ready = ready && m_staged && !m_needs.store.report().readOnly;
    m_next->setEnabled(ready);
}

void ImportDialog::showProblem(const Failure &failure)
{
    m_problem->setText(ImportWords::failure(failure, m_file));
    m_problem->show();
}

void ImportDialog::clearProblem()
{
    m_problem->clear();
    m_problem->hide();
}

void ImportDialog::openFile(const QString &file)
{
    m_source->setFile(file);
    look(file);
}

void ImportDialog::openText(const QString &text)
{
    m_busy = true;
    updateButtons();
    m_call = m_needs.importer.keepText(text, [this](Result<std::shared_ptr<StagingKeeper>> kept) {
        m_busy = false;
        updateButtons();
        if (kept) {
            m_pasted = *std::move(kept);
            return openFile(m_pasted->path());
        }
        if (kept.failure().kind != Failure::Kind::BadInput)
            return showProblem(kept.failure());
        m_problem->setText(tr("The clipboard holds no text. Copy the list first, then paste it here."));
        m_problem->show();
    });
}

QString ImportDialog::shownName() const
{
    return m_pasted && m_pasted->path() == m_file ? tr("Pasted list") : QFileInfo(m_file).fileName();
}

void ImportDialog::goOn()
{
    switch (m_step) {
    case Step::Source:
        return look(m_source->file());
    case Step::Columns:
        turnTo(Step::Numbers);
        return survey();
    case Step::Numbers:
        return turnTo(Step::Consent);
    case Step::Consent:
        return stage();
    case Step::DryRun:
        return commit();
    case Step::Result:
        return accept();
    case Step::Staging:
    case Step::Committing:
        return;
    }
}

void ImportDialog::goBack()
{
    m_staged.reset();
    switch (m_step) {
    case Step::Columns:
        m_file.clear();
        return turnTo(Step::Source);
    case Step::Numbers:
        return turnTo(Step::Columns);
    case Step::Consent:
        turnTo(Step::Numbers);
        return survey();
    case Step::DryRun:
        return turnTo(Step::Consent);
    default:
        return;
    }
}

void ImportDialog::look(const QString &file)
{
    m_file = file;
    m_busy = true;
    turnTo(Step::Source);
    m_call = m_needs.importer.look(file, [this](Result<FileLook> look) {
        m_busy = false;
        if (!look) {
            showProblem(look.failure());
            updateButtons();
            return focusStep();
        }
        m_columns->showLook(*look);
        turnTo(Step::Columns);
    });
}

void ImportDialog::lookAgain(const CsvFormat &format, bool replace)
{
    m_busy = true;
    updateButtons();
    m_call = m_needs.importer.lookAgain(m_file, format, replace, [this](Result<FileLook> look) {
        m_busy = false;
        updateButtons();
        if (!look) {
            m_next->setEnabled(false);
            return showProblem(look.failure());
        }
        m_columns->showAgain(*look);
    });
}

void ImportDialog::survey()
{
    m_call = m_needs.importer.survey(m_columns->sample(), m_columns->columns(), m_numbers->region(),
        [this](const NumberFindings &findings) { m_numbers->showFindings(findings); });
}

ImportRequest ImportDialog::request() const
{
    return {m_file, m_columns->format(), m_columns->columns(), m_numbers->region(),
        m_consent->consent().value_or(ConsentEvent{})};
}

void ImportDialog::stage()
{
    turnTo(Step::Staging);
    const QString phones = m_columns->otherPhones();
    m_dryRun->setWarnings(phones.isEmpty() ? QStringList() : QStringList{phones});
    m_work->begin(tr("Reading the file"), true);
    m_control = std::make_shared<JobControl>();
    m_call = m_needs.importer.stage(
        request(), m_control,
        [this](const ImportProgress &now) {
            tellProgress({now.bytes, now.totalBytes}, now.rows);
        },
        [this](Result<StagedImport> staged) {
            if (!staged) {
                turnTo(Step::Consent);
                return showProblem(staged.failure());
            }
            m_staged = std::move(*staged);
            m_dryRun->showStaged(*m_staged);
            turnTo(Step::DryRun);
        });
}

void ImportDialog::tellProgress(const Progress &progress, qint64 rows)
{
    if (m_step == Step::Staging && progress.done >= progress.total)
        m_work->setTitle(tr("Comparing with your list"));
    m_work->showProgress(progress, rows);
    emit working(m_work->title(), m_work->line(), progress);
}

void ImportDialog::commit()
{
    auto consent = m_consent->consent();
    if (!consent || !m_staged)
        return;
    consent->by = m_needs.settings.value(Keys::operatorName);
    m_staged->origin.name = shownName();
    turnTo(Step::Committing);
    m_work->begin(tr("Saving"), false);
    m_control = std::make_shared<JobControl>();
    m_call = m_needs.importer.commit(
        *m_staged, *consent, m_control, [this](const Progress &now) { tellProgress(now, now.done); },
        [this](Result<ImportOutcome> outcome) {
            if (!outcome) {
                turnTo(Step::DryRun);
                return showProblem(outcome.failure());
            }
            m_batch = outcome->batch;
            m_result->showOutcome(*outcome, m_staged->rows);
            m_staged.reset();
            turnTo(Step::Result);
            const ImportCounts &counts = outcome->counts;
            QString sentence = counts.rejected == counts.sum()
                ? tr("Nothing was imported from “%1”.").arg(shownName())
                : tr("%1 people imported from “%2”.", nullptr, forPlural(counts.added))
                      .arg(count(counts.added), shownName());
            if (counts.rejected > 0)
                sentence += u' ' + tr("Rejected rows: %1.").arg(count(counts.rejected));
            emit told(sentence);
            emit imported(outcome->batch, outcome->counts);
        });
}

void ImportDialog::undo()
{
    m_result->setBusy(true);
    m_call = m_needs.store.batches().undo(*m_batch, [this](Result<UndoReport> report) {
        m_result->setBusy(false);
        if (!report)
            return m_result->say(failureSentence(report.failure()));
        m_result->showUndone(*report);
        emit told(tr("The import of “%1” was undone.").arg(shownName()));
    });
}

void ImportDialog::exportRejected()
{
    FileWish wish;
    wish.title = tr("Export rejected rows");
    wish.filter = tr("CSV files (*.csv)");
    wish.start = QFileInfo(m_file).completeBaseName() + tr("-rejected.csv");
    m_needs.asks.saveFile(this, wish, [this](const QString &path) {
        if (path.isEmpty())
            return;
        m_result->setBusy(true);
        m_call
            = m_needs.importer.exportRejected(*m_batch, path, &ImportWords::reason, [this, path](Result<qint64> rows) {
                  m_result->setBusy(false);
                  m_result->say(rows ? tr("%1 rows written to %2.", nullptr, forPlural(*rows)).arg(count(*rows), path)
                                     : failureSentence(rows.failure()));
              });
    });
}

void ImportDialog::reject()
{
    if (m_step == Step::Staging) {
        // Cancel while reading goes back to the questions; the answers are still there.
        m_call = Call();
        turnTo(Step::Consent);
        return showProblem({.kind = Failure::Kind::Cancelled});
    }
    if (m_step == Step::Committing) {
        // The store may already have begun its commit: its answer says what became of it.
        m_control->cancel();
        return;
    }
    m_call = Call();
    m_staged.reset();
    QDialog::reject();
}

} // namespace rollcall
