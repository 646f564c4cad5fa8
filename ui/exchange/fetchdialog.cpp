// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/fetchdialog.h"

#include "models/settings/settings.h"
#include "models/store/store.h"
#include "ui/exchange/consentstep.h"
#include "ui/exchange/dryrunstep.h"
#include "ui/exchange/fetchchoicestep.h"
#include "ui/exchange/importwords.h"
#include "ui/exchange/resultstep.h"
#include "ui/exchange/stepparts.h"
#include "ui/exchange/workstep.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"

#include <QCloseEvent>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace rollcall {

namespace {

} // namespace

FetchDialog::FetchDialog(FetchNeeds needs, const Account &account, QWidget *parent)
    : QDialog(parent)
    , m_needs(std::move(needs))
    , m_account(account)
    , m_fetch(m_needs.importer, m_needs.store, m_needs.gatewayOf)
{
    setObjectName(QStringLiteral("fetchDialog"));
    setWindowTitle(tr("Fetch contacts"));
    resize(760, 560);
    build();
    connectParts();
    turnTo(Step::Choice);
    lookForKept();
}

FetchDialog::~FetchDialog()
{
    m_fetch.disconnect(this);
}

void FetchDialog::build()
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
    m_choice = new FetchChoiceStep(oneLine(m_account.name), this);
    m_consent = new ConsentStep(this);
    m_work = new WorkStep(this);
    m_dryRun = new DryRunStep(this);
    m_result = new ResultStep(this);
    m_dryRun->setHint(tr("The whole list was read; nothing of it is in your list yet. Rejected rows are kept for 30 "
                         "days with their reason."));
    m_result->speakOfFetch();
    for (QWidget *step : {static_cast<QWidget *>(m_choice), static_cast<QWidget *>(m_consent),
             static_cast<QWidget *>(m_work), static_cast<QWidget *>(m_dryRun), static_cast<QWidget *>(m_result)})
        m_stack->addWidget(step);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addWidget(m_trail);
    column->addWidget(m_stack, 1);
    column->addWidget(m_problem);
    column->addLayout(stepButtons(*this, m_cancel, m_back, m_next));
}

void FetchDialog::connectParts()
{
    connect(m_back, &QPushButton::clicked, this, &FetchDialog::goBack);
    connect(m_next, &QPushButton::clicked, this, &FetchDialog::goOn);
    connect(m_cancel, &QPushButton::clicked, this, &FetchDialog::reject);
    connect(m_consent, &ConsentStep::changed, this, &FetchDialog::updateButtons);
    connect(m_work, &WorkStep::pauseToggled, this, [this](bool paused) {
        showProblem({});
        paused ? m_fetch.pause() : m_fetch.resume();
    });
    connect(&m_fetch, &ContactFetch::changed, this, &FetchDialog::onFetch);
    connect(m_result, &ResultStep::undoWanted, this, &FetchDialog::undo);
    connect(m_result, &ResultStep::exportWanted, this, &FetchDialog::exportRejected);
}

void FetchDialog::turnTo(Step step)
{
    m_step = step;
    static const std::map<Step, int> pages{{Step::Choice, 0}, {Step::Consent, 1}, {Step::Reading, 2}, {Step::DryRun, 3},
        {Step::Saving, 2}, {Step::Result, 4}};
    m_stack->setCurrentIndex(pages.at(step));
    const QStringList names{tr("Contacts"), tr("Consent"), tr("Dry run"), tr("Result")};
    static const std::map<Step, int> places{{Step::Choice, 0}, {Step::Consent, 1}, {Step::Reading, 2},
        {Step::DryRun, 2}, {Step::Saving, 3}, {Step::Result, 3}};
    const int place = places.at(step);
    m_trail->setText(tr("Step %1 of %2: %3").arg(place + 1).arg(names.size()).arg(names[place]));
    showProblem({});
    updateButtons();
    if (step == Step::Choice)
        m_choice->focusFirst();
    else if (step == Step::Consent)
        m_consent->focusFirst();
    else if (m_next->isEnabled())
        m_next->setFocus();
    else
        m_work->setFocus();
}

void FetchDialog::updateButtons()
{
    const bool working = m_step == Step::Reading || m_step == Step::Saving;
    const bool over = m_step == Step::Result;
    m_back->setVisible(!over);
    m_back->setEnabled(m_step == Step::Consent || m_step == Step::DryRun);
    m_cancel->setVisible(!over);
    m_next->setText(over                                       ? tr("&Close")
            : m_step == Step::DryRun || m_step == Step::Saving ? tr("&Import")
            : m_step == Step::Consent                          ? tr("&Fetch")
                                                               : tr("&Next"));
    bool ready = !working;
    if (m_step == Step::Consent)
        ready = m_consent->consent().has_value();
    if (m_step == Step::DryRun)
        ready = m_fetch.staged() && !m_needs.store.report().readOnly;
    m_next->setEnabled(ready);
}

void FetchDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void FetchDialog::goOn()
{
    switch (m_step) {
    case Step::Choice:
        return turnTo(Step::Consent);
    case Step::Consent:
        return read();
    case Step::DryRun:
        return save();
    case Step::Result:
        return accept();
    case Step::Reading:
    case Step::Saving:
        return;
    }
}

void FetchDialog::goBack()
{
    if (m_step == Step::DryRun)
        m_fetch.cancel();
    turnTo(m_step == Step::DryRun ? Step::Consent : Step::Choice);
}

void FetchDialog::lookForKept()
{
    m_kept = m_needs.store.gatewayNotes().kept(m_account.id, [this](const Result<std::optional<KeptFetch>> &kept) {
        if (!kept || !*kept || m_step != Step::Choice)
            return;
        const qint64 age = m_needs.store.time().now.wallMs - (*kept)->atMs;
        if (age > GatewayNotes::keptForMs || age < 0) {
            m_kept = m_needs.store.gatewayNotes().drop(m_account.id, [](const Done &) {}); // the list moved on
            return;
        }
        m_choice->offer(*kept);
        m_choice->focusFirst();
    });
}

void FetchDialog::read()
{
    const auto consent = m_consent->consent();
    if (!consent)
        return;
    turnTo(Step::Reading);
    m_work->begin(tr("Reading the contact list"), true);
    //: a tag for people whom only a conversation made known
    const FetchRequest request{m_account, m_choice->alsoFromChats(), tr("from chats"), *consent};
    const bool goesOn = m_choice->goesOn();
    m_choice->offer({}); // taken up, or dropped
    goesOn ? m_fetch.goOn(request) : m_fetch.start(request);
}

void FetchDialog::onFetch()
{
    if (m_step != Step::Reading)
        return;
    switch (m_fetch.state()) {
    case ContactFetch::State::Idle:
        return;
    case ContactFetch::State::Reading:
        return showReading();
    case ContactFetch::State::Paused:
        showReading();
        if (m_fetch.problem()) {
            m_work->setPaused(true);
            showProblem(sentence(*m_fetch.problem(), false));
        }
        return;
    case ContactFetch::State::Comparing:
        m_work->setTitle(tr("Comparing with your list"));
        return;
    case ContactFetch::State::Staged:
        m_dryRun->showStaged(*m_fetch.staged());
        return turnTo(Step::DryRun);
    case ContactFetch::State::Failed: {
        const QString why = sentence(*m_fetch.problem(), true);
        turnTo(Step::Consent);
        return showProblem(why);
    }
    }
}

void FetchDialog::showReading()
{
    const FetchProgress &now = m_fetch.progress();
    m_work->showProgress({std::max<qint64>(now.total, 0) > 0 ? now.rows : 0, std::max<qint64>(now.total, 0)}, now.rows);
}

QString FetchDialog::sentence(const Failure &failure, bool over) const
{
    if (!over)
        //: %1 is a whole sentence, %2 a number of rows
        return tr("%1 Reading is paused; the %2 contacts read so far are kept. Choose Resume to go on where it "
                  "stopped, or Cancel to drop them.")
            .arg(failureSentence(failure, m_account.kind), count(m_fetch.progress().rows));
    if (failure.kind == Failure::Kind::BadInput)
        return tr("The contact list of this account is empty. Nothing was imported. A contact that was just added on "
                  "the phone appears after about 30 seconds: try again then.");
    if (failure.kind == Failure::Kind::BadReply)
        return tr("The gateway sends the same part of its list again, so the list has no end. Nothing was imported. "
                  "Try again later, or tell whoever runs the gateway.");
    return failureSentence(failure, m_account.kind);
}

void FetchDialog::save()
{
    auto consent = m_consent->consent();
    if (!consent || !m_fetch.staged())
        return;
    consent->by = m_needs.settings.value(Keys::operatorName);
    turnTo(Step::Saving);
    m_work->begin(tr("Saving"), false);
    m_control = std::make_shared<JobControl>();
    m_call = m_needs.importer.commit(
        *m_fetch.staged(), *consent, m_control, [this](const Progress &now) { m_work->showProgress(now, now.done); },
        [this](Result<ImportOutcome> outcome) {
            if (!outcome) {
                turnTo(Step::DryRun);
                return showProblem(outcome.failure().kind == Failure::Kind::Cancelled
                        ? tr("Saving was cancelled. Nothing was imported. Choose Import to save after all.")
                        : failureSentence(outcome.failure()));
            }
            m_batch = outcome->batch;
            m_result->showOutcome(*outcome, m_fetch.staged()->rows);
            m_fetch.done();
            turnTo(Step::Result);
            const ImportCounts &counts = outcome->counts;
            emit told(counts.rejected == counts.sum()
                    ? tr("Nothing was fetched from “%1”.").arg(oneLine(m_account.name))
                    : tr("%1 people fetched from “%2”.", nullptr, forPlural(counts.added))
                          .arg(count(counts.added), oneLine(m_account.name)));
            emit imported(outcome->batch, outcome->counts);
        });
}

void FetchDialog::undo()
{
    m_result->setBusy(true);
    m_call = m_needs.store.batches().undo(*m_batch, [this](Result<UndoReport> report) {
        m_result->setBusy(false);
        if (!report)
            return m_result->say(failureSentence(report.failure()));
        m_result->showUndone(*report);
        emit told(tr("Fetching contacts from “%1” was undone.").arg(oneLine(m_account.name)));
    });
}

void FetchDialog::exportRejected()
{
    FileWish wish;
    wish.title = tr("Export rejected rows");
    wish.filter = tr("CSV files (*.csv)");
    wish.start = tr("contacts-rejected.csv");
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

void FetchDialog::reject()
{
    if (m_step == Step::Reading) {
        m_fetch.cancel();
        turnTo(Step::Consent);
        return showProblem(tr("Reading was cancelled. Nothing was imported. Choose Fetch to start again."));
    }
    if (m_step == Step::Saving) {
        // The store may already have begun its commit: its answer says what became of it.
        m_control->cancel();
        return;
    }
    m_call = Call();
    m_fetch.cancel();
    QDialog::reject();
}

void FetchDialog::closeEvent(QCloseEvent *event)
{
    if (m_step != Step::Reading)
        return QDialog::closeEvent(event);
    m_fetch.pause();
    m_step = Step::Choice;
    emit told(tr("Reading the contacts of “%1” was stopped. Fetch contacts goes on where it stopped.")
                  .arg(oneLine(m_account.name)));
    QDialog::reject();
    event->accept();
}

} // namespace rollcall
