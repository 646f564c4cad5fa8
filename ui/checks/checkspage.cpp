// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/checks/checkspage.h"

#include "models/runs/runner.h"
#include "models/settings/settings.h"
#include "models/store/store.h"
#include "models/tables/checksmodel.h"
#include "models/tables/runsmodel.h"
#include "ui/checks/checkswords.h"
#include "ui/parts/emptystate.h"
#include "ui/parts/icons.h"
#include "ui/parts/rowdelegate.h"
#include "ui/parts/searchfield.h"
#include "ui/parts/tablelayout.h"
#include "ui/parts/theme.h"
#include "ui/parts/verdictdelegate.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/usable.h"
#include "ui/text/words.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <functional>

namespace rollcall {

namespace {

constexpr int layoutVersion = 1;
constexpr int ageRefreshMs = 60'000;
constexpr int listedRuns = 30; // in the combo box; older ones are in the table of runs
QList<int> verdictWidths() // CheckColumn order
{
    return {170, 140, 130, 90, 95, 75, 140, 110, 100};
}

QList<int> runWidths() // RunColumn order
{
    return {150, 180, 110, 75, 80, 150, 100};
}

QLabel *labelFor(const QString &text, QWidget *buddy)
{
    auto *label = new QLabel(text, buddy->parentWidget());
    label->setBuddy(buddy);
    return label;
}

} // namespace

ChecksPage::ChecksPage(ChecksNeeds needs, ChecksActions actions, QWidget *parent)
    : QWidget(parent)
    , m_needs(std::move(needs))
    , m_actions(actions)
    , m_runs(new RunsModel(m_needs.store, m_needs.clock, runsWords(m_needs.accountOf), this))
    , m_verdicts(new ChecksModel(m_needs.store, m_needs.clock, checksWords(m_needs.accountOf), this))
{
    setObjectName(QStringLiteral("checksPage"));
    buildRuns();
    buildVerdicts();
    buildLayout();
    connectActions();
    showState();
}

ChecksPage::~ChecksPage() = default;

void ChecksPage::buildRuns()
{
    m_runTable = new QTableView(this);
    m_runTable->setObjectName(QStringLiteral("runs"));
    setUpTable(*m_runTable, tr("Runs"));
    m_runTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_runTable->setModel(m_runs);
    new TableLayout(*m_runTable, m_needs.settings, QStringLiteral("runs"), layoutVersion, runWidths());
    connect(m_runTable->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ChecksPage::updateActions);
    connect(m_runTable, &QTableView::activated, this, [this] {
        if (const RunSummary *run = chosenRun())
            showRun(run->id);
    });
    connect(m_runs, &RunsModel::loaded, this, [this] {
        fillRunFilter();
        showState();
    });
    connect(m_runs, &RunsModel::failed, this, &ChecksPage::onFailed);
}

void ChecksPage::buildVerdicts()
{
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("checks"));
    setUpTable(*m_table, tr("Checks"));
    m_table->setModel(m_verdicts);
    // A header looks at every row of the selection to draw its titles: 100 ms for a million rows.
    m_table->horizontalHeader()->setSelectionModel(new QItemSelectionModel(m_verdicts, m_table));
    m_table->verticalHeader()->setSelectionModel(new QItemSelectionModel(m_verdicts, m_table));
    new TableLayout(*m_table, m_needs.settings, QStringLiteral("checks"), layoutVersion, verdictWidths());
    m_table->setItemDelegateForColumn(int(CheckColumn::Verdict),
        new VerdictDelegate(
            [](const QModelIndex &index) -> std::optional<VerdictLook> {
                const QVariant word = index.data(ChecksModel::VerdictRole);
                if (!word.isValid())
                    return std::nullopt;
                const auto verdict = static_cast<VerdictWord>(word.toInt());
                return VerdictLook{Words::verdict(verdict), {}, Words::verdictIcon(verdict), toneOf(verdict)};
            },
            m_table));
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ChecksPage::countsChanged);
    connect(m_verdicts, &ChecksModel::settled, this, [this] {
        m_problem->hide();
        showState();
    });
    connect(m_verdicts, &ChecksModel::failed, this, &ChecksPage::onFailed);
    auto *ages = new QTimer(this);
    connect(ages, &QTimer::timeout, m_table->viewport(), qOverload<>(&QWidget::update));
    ages->start(ageRefreshMs);
}

QLayout *ChecksPage::buildFilters()
{
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("Search name or number"));
    setUpSearch(*m_search);
    m_search->setMaxLength(200);
    m_runFilter = new QComboBox(this);
    m_runFilter->setObjectName(QStringLiteral("runFilter"));
    m_runFilter->setMinimumContentsLength(18);
    m_wordFilter = new QComboBox(this);
    m_wordFilter->setObjectName(QStringLiteral("verdictFilter"));
    m_wordFilter->addItem(tr("All"));
    for (const VerdictWord word : {VerdictWord::Valid, VerdictWord::Invalid, VerdictWord::Processing,
             VerdictWord::Failed, VerdictWord::Unverified})
        m_wordFilter->addItem(icon(Words::verdictIcon(word)), Words::verdict(word), int(word));
    connect(m_search, &QLineEdit::textChanged, this, &ChecksPage::applyFilter);
    connect(m_wordFilter, &QComboBox::currentIndexChanged, this, &ChecksPage::applyFilter);
    connect(m_runFilter, &QComboBox::activated, this, [this] {
        m_shownRun = RunId(m_runFilter->currentData().toLongLong());
        applyFilter();
    });
    auto *filters = new QHBoxLayout;
    filters->setContentsMargins(Space::medium, Space::small, Space::medium, Space::small);
    filters->setSpacing(Space::small);
    filters->addWidget(m_search, 1);
    filters->addWidget(labelFor(tr("&Run"), m_runFilter));
    filters->addWidget(m_runFilter);
    filters->addWidget(labelFor(tr("V&erdict"), m_wordFilter));
    filters->addWidget(m_wordFilter);
    filters->addStretch(1);
    return filters;
}

void ChecksPage::buildLayout()
{
    auto *verdicts = new QWidget(this);
    auto *column = new QVBoxLayout(verdicts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(buildFilters());
    m_problem = new QLabel(this);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(Space::medium, Space::small, Space::medium, Space::small);
    m_problem->hide();
    column->addWidget(m_problem);
    m_noMatch = new EmptyState(QStringLiteral("search"), tr("No verdict matches"),
        tr("No verdict fits the run, the word and the search. Clear them to see every verdict."), this);
    connect(m_noMatch->addButton(tr("Clear filters")), &QAbstractButton::clicked, this, &ChecksPage::clearFilters);
    m_verdictStack = new QStackedWidget(this);
    m_verdictStack->addWidget(m_table);
    m_verdictStack->addWidget(m_noMatch);
    column->addWidget(m_verdictStack, 1);

    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->setObjectName(QStringLiteral("checksSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_runTable);
    m_splitter->addWidget(verdicts);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({5 * Space::row, 12 * Space::row});
    m_empty = new EmptyState(QStringLiteral("checks"), tr("Nothing was checked yet"),
        tr("Choose people on the Contacts page and validate them: the runs and every verdict will be listed here."),
        this);
    if (m_actions.validate)
        m_empty->addButton(m_actions.validate);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(new QWidget(this)); // before the first answer nothing is claimed
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_empty);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
    fillRunFilter();
}

void ChecksPage::connectActions()
{
    const auto on = [this](QAction *action, const std::function<void(RunId)> &act) {
        if (!action)
            return;
        connect(action, &QAction::triggered, this, [this, act] {
            if (const RunSummary *run = chosenRun(); run && isVisible())
                act(run->id);
        });
    };
    on(m_actions.pause, [this](RunId run) { m_needs.runner.pause(run); });
    on(m_actions.resume, [this](RunId run) { m_needs.runner.resume(run); });
    on(m_actions.retryFailed, [this](RunId run) { m_needs.runner.retryFailed(run); });
    if (m_actions.cancel)
        connect(m_actions.cancel, &QAction::triggered, this, &ChecksPage::cancelRun);
    connect(&m_needs.runner, &Runner::finished, this, [this](const RunProgress &progress) {
        const RunSummary &run = progress.summary;
        if (run.state == RunState::Done)
            emit told(tr("Validation finished: %1 answered, %2 failed.").arg(count(run.answered), count(run.failed)));
    });
    updateActions();
}

void ChecksPage::cancelRun()
{
    const RunSummary *run = chosenRun();
    if (!run || !isVisible())
        return;
    Question question;
    question.title = tr("Cancel the run");
    question.text = tr("Cancel this run? %1 numbers have not been asked yet.", nullptr, forPlural(run->open()))
                        .arg(count(run->open()));
    question.details = tr("What was answered stays.");
    question.confirm = tr("Cancel the run");
    question.decline = tr("Go on");
    question.dangerous = true;
    m_needs.asks.confirm(this, question, [this, id = run->id](bool yes) {
        if (yes)
            m_needs.runner.cancel(id);
    });
}

void ChecksPage::load()
{
    m_runs->load();
    applyFilter();
}

void ChecksPage::showRun(RunId run)
{
    m_shownRun = run;
    fillRunFilter();
    const int row = m_runs->rowOf(run);
    if (row >= 0)
        m_runTable->selectRow(row);
    applyFilter();
}

void ChecksPage::fillRunFilter()
{
    const QSignalBlocker quiet(m_runFilter);
    m_runFilter->clear();
    m_runFilter->addItem(tr("All"), QVariant::fromValue(qint64(0)));
    int listed = 0;
    for (const RunSummary &run : m_runs->runs()) {
        if (++listed > listedRuns && run.id != m_shownRun)
            continue;
        //: a run in a combo box: %1 when it started, %2 how many numbers
        m_runFilter->addItem(
            tr("%1, %2 numbers", nullptr, forPlural(run.total)).arg(moment(run.startedMs), count(run.total)),
            QVariant::fromValue(run.id.value()));
    }
    m_runFilter->setCurrentIndex(std::max(0, m_runFilter->findData(QVariant::fromValue(m_shownRun.value()))));
}

void ChecksPage::clearFilters()
{
    m_shownRun = RunId();
    m_runFilter->setCurrentIndex(0);
    m_wordFilter->setCurrentIndex(0);
    m_search->clear();
    applyFilter();
}

void ChecksPage::applyFilter()
{
    VerdictFilter filter;
    if (!m_shownRun.isNull())
        filter.run = m_shownRun;
    if (m_wordFilter->currentIndex() > 0)
        filter.words = {static_cast<VerdictWord>(m_wordFilter->currentData().toInt())};
    filter.text = m_search->text().trimmed();
    m_table->clearSelection();
    m_verdicts->setFilter(filter);
}

qint64 ChecksPage::shownCount() const
{
    return m_verdicts->rowCount();
}

qint64 ChecksPage::chosenCount() const
{
    qint64 chosen = 0;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection())
        chosen += range.height();
    return chosen;
}

std::vector<qint64> ChecksPage::chosen() const
{
    std::vector<qint64> ids;
    ids.reserve(std::size_t(chosenCount()));
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            ids.push_back(m_verdicts->keyAt(row));
    return ids;
}

void ChecksPage::showState()
{
    if (m_verdicts->isSettled()) {
        const VerdictFilter &filter = m_verdicts->filter();
        const bool filtered = filter.run || !filter.words.empty() || !filter.text.isEmpty();
        const bool nothing = m_runs->runs().empty() && m_verdicts->rowCount() == 0 && !filtered;
        m_stack->setCurrentWidget(nothing ? static_cast<QWidget *>(m_empty) : m_splitter);
        const bool noMatch = m_verdicts->rowCount() == 0 && filtered;
        m_verdictStack->setCurrentWidget(noMatch ? static_cast<QWidget *>(m_noMatch) : m_table);
    }
    updateActions();
    emit countsChanged();
}

const RunSummary *ChecksPage::chosenRun() const
{
    const auto &runs = m_runs->runs();
    const QModelIndexList rows = m_runTable->selectionModel()->selectedRows(); // single selection: at most one
    if (!rows.isEmpty() && rows.first().row() < static_cast<int>(runs.size()))
        return &runs[static_cast<std::size_t>(rows.first().row())];
    const RunSummary *open = nullptr;
    for (const RunSummary &run : runs) {
        const bool ended = run.state == RunState::Done || run.state == RunState::Cancelled;
        if (ended)
            continue;
        if (open)
            return nullptr; // two are under way: which one?
        open = &run;
    }
    return open ? open : runs.empty() ? nullptr : &runs.front();
}

void ChecksPage::updateActions()
{
    const RunSummary *run = isVisible() ? chosenRun() : nullptr;
    const bool readOnly = m_needs.store.report().readOnly;
    const auto enable = [run, readOnly](QAction *action, bool (*fits)(const RunSummary &)) {
        if (action)
            setUsable(
                *action, run && fits(*run) && !readOnly, readOnly ? tr("This profile cannot be written.") : QString());
    };
    enable(m_actions.pause, [](const RunSummary &one) {
        return one.state == RunState::Running || one.state == RunState::WaitingForBudget;
    });
    enable(m_actions.resume, [](const RunSummary &one) { return one.state == RunState::Paused; });
    enable(m_actions.cancel,
        [](const RunSummary &one) { return one.state != RunState::Done && one.state != RunState::Cancelled; });
    enable(
        m_actions.retryFailed, [](const RunSummary &one) { return one.failed > 0 && one.state != RunState::Running; });
}

void ChecksPage::onFailed(const Failure &failure)
{
    m_problem->setText(failureSentence(failure));
    m_problem->show();
}

void ChecksPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateActions();
}

void ChecksPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    updateActions();
}

} // namespace rollcall
