// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/reconciledialog.h"

#include "models/base/clock.h"
#include "ui/blocks/internal/reconcilemodel.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/rowdelegate.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/blockwords.h"
#include "ui/text/failuretext.h"
#include "ui/text/words.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr ReconcileAct acts[] = {ReconcileAct::Adopt, ReconcileAct::BlockAgain, ReconcileAct::BlockOrAccept,
    ReconcileAct::UnblockAgain, ReconcileAct::UnblockOrAdopt, ReconcileAct::ArmedIsThere};

constexpr ReconcileChoice choices[] = {ReconcileChoice::Nothing, ReconcileChoice::Block, ReconcileChoice::Unblock,
    ReconcileChoice::Adopt, ReconcileChoice::Accept};

constexpr int numberWidth = 170;
constexpr int choiceWidth = 250;

QLabel *plain(QWidget *parent, const char *name, const char *look)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QString::fromLatin1(look));
    return label;
}

} // namespace

ReconcileDialog::ReconcileDialog(const BlocksNeeds &needs, const Account &account, QWidget *parent)
    : QDialog(parent)
    , m_needs(needs)
    , m_account(account)
    , m_model(new ReconcileModel(this))
    , m_stack(new QStackedWidget(this))
    , m_problem(plain(this, "problem", ""))
{
    setObjectName(QStringLiteral("reconcileDialog"));
    setWindowTitle(tr("Reconcile"));
    m_problem->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    m_heading = plain(this, "heading", "title");
    m_heading->setText(tr("Reconcile with %1").arg(Words::account(m_account)));
    column->addWidget(m_heading);
    m_stack->addWidget(buildReading());
    m_stack->addWidget(buildDiffering());
    column->addWidget(m_stack, 1);
    column->addWidget(m_problem);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    m_again = buttons->addButton(tr("Read again"), QDialogButtonBox::ActionRole);
    m_again->setObjectName(QStringLiteral("readAgain"));
    m_again->setAutoDefault(false);
    m_apply = buttons->addButton(tr("Nothing to do"), QDialogButtonBox::AcceptRole);
    m_apply->setObjectName(QStringLiteral("apply"));
    m_apply->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &ReconcileDialog::apply);
    connect(m_again, &QPushButton::clicked, this, &ReconcileDialog::read);
    column->addWidget(buttons);
    connect(m_model, &ReconcileModel::choicesChanged, this, &ReconcileDialog::showButtons);
    resize(QSize(860, 660).boundedTo(roomOnScreen(*this)));
    read();
}

QWidget *ReconcileDialog::buildReading()
{
    auto *reading = new QWidget(this);
    auto *column = new QVBoxLayout(reading);
    column->setContentsMargins(0, 0, 0, 0);
    m_reading = plain(reading, "reading", "muted");
    m_bar = new QProgressBar(reading);
    m_bar->setObjectName(QStringLiteral("readingBar"));
    m_bar->setAccessibleName(tr("Reading"));
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    column->addWidget(m_reading);
    column->addWidget(m_bar);
    column->addStretch();
    return reading;
}

QWidget *ReconcileDialog::buildDiffering()
{
    auto *result = new QWidget(this);
    auto *column = new QVBoxLayout(result);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::medium);
    m_counts = new FieldList(result);
    m_counts->setObjectName(QStringLiteral("counts"));
    m_snapshots = plain(result, "snapshots", "muted");
    column->addWidget(m_counts);
    column->addWidget(m_snapshots);
    m_differing = new QWidget(result);
    auto *differing = new QVBoxLayout(m_differing);
    differing->setContentsMargins(0, 0, 0, 0);
    m_groups = new QFormLayout;
    m_groups->setRowWrapPolicy(QFormLayout::WrapLongRows);
    differing->addLayout(m_groups);
    m_table = new QTableView(m_differing);
    m_table->setObjectName(QStringLiteral("differences"));
    setUpTable(*m_table, tr("Differences"));
    m_table->setSortingEnabled(false);
    m_table->setModel(m_model);
    m_table->setColumnWidth(ReconcileModel::Number, numberWidth);
    m_table->horizontalHeader()->setSectionResizeMode(ReconcileModel::Difference, QHeaderView::Stretch);
    m_table->horizontalHeader()->setStretchLastSection(false); // one column takes what is left, not two
    m_table->setColumnWidth(ReconcileModel::Choice, choiceWidth);
    m_table->setProperty("look", QStringLiteral("framed"));
    differing->addWidget(m_table, 1);
    auto *rows = new QHBoxLayout;
    m_rowChoice = new QComboBox(m_differing);
    m_rowChoice->setObjectName(QStringLiteral("rowChoice"));
    for (const ReconcileChoice choice : choices)
        m_rowChoice->addItem(ReconcileModel::words(choice), int(choice));
    auto *label = new QLabel(tr("For the chosen &lines"), m_differing);
    label->setBuddy(m_rowChoice);
    m_forRows = new QPushButton(tr("Set"), m_differing);
    m_forRows->setObjectName(QStringLiteral("setRows"));
    m_forRows->setAccessibleName(tr("Set for the chosen lines"));
    m_forRows->setAutoDefault(false);
    m_forRows->setEnabled(false);
    connect(m_forRows, &QPushButton::clicked, this, &ReconcileDialog::chooseForRows);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        [this] { m_forRows->setEnabled(m_table->selectionModel()->hasSelection()); });
    rows->addWidget(label);
    rows->addWidget(m_rowChoice, 1);
    rows->addWidget(m_forRows);
    differing->addLayout(rows);
    auto *why = new QHBoxLayout;
    m_reason = new QComboBox(m_differing);
    m_reason->setObjectName(QStringLiteral("reason"));
    for (const QString &id : builtInBlockReasons())
        m_reason->addItem(BlockWords::reason(id), id);
    m_reason->setCurrentIndex(m_reason->findData(QStringLiteral("other")));
    auto *reason = new QLabel(tr("&Reason kept with them"), m_differing);
    reason->setBuddy(m_reason);
    why->addWidget(reason);
    why->addWidget(m_reason, 1);
    differing->addLayout(why);
    column->addWidget(m_differing, 1);
    return result;
}

void ReconcileDialog::read()
{
    m_problem->hide();
    m_busy = true;
    m_bar->setRange(0, 0);
    m_bar->show();
    m_reading->setText(m_account.capabilities().listBlocked
            ? tr("Reading who is blocked there. Nothing is changed by that.")
            : tr("This account cannot list. It is asked about each line of our own ledger, one by one; people blocked "
                 "elsewhere stay unseen. Nothing is changed by that."));
    m_stack->setCurrentIndex(0);
    showButtons();
    m_call = m_needs.desk.reconcile(m_account, [this](Result<ReconcileView> view) {
        if (!view)
            return fail(view.failure());
        m_busy = false;
        show(*std::move(view));
    });
}

QString ReconcileDialog::snapshots(const ReconcileView &view) const
{
    const BlockReadReport &read = view.read;
    QStringList sentences;
    if (read.read != 0) {
        if (read.previousMs == 0)
            sentences << tr("This is the first read of this list: from now on changes can be told.");
        else if (read.appeared == 0 && read.gone == 0)
            sentences << tr("Since %1 nothing appeared and nothing went but by this app.").arg(moment(read.previousMs));
        else
            //: between two reads of the gateway's list
            sentences << tr("Between %1 and %2, not by this app: %3 appeared, %4 went.")
                             .arg(moment(read.previousMs), moment(m_needs.clock.now().wallMs), count(read.appeared),
                                 count(read.gone));
    }
    if (read.read == 0)
        sentences << tr("This account cannot list: it was asked about %1 people of our own ledger, one by one. Who was "
                        "blocked elsewhere stays unseen.",
            nullptr, forPlural(qint64(read.told.size())))
                         .arg(count(qint64(read.told.size())));
    if (view.restarts > 0)
        sentences << tr("The list changed while it was read, so it was read from the start again.");
    const qint64 settled = read.settledDone + read.settledRefused;
    if (settled > 0)
        sentences << tr("%1 unknown outcomes were settled by it.", nullptr, forPlural(settled)).arg(count(settled));
    return sentences.join(u' ');
}

void ReconcileDialog::show(ReconcileView whole)
{
    m_model->setView(std::move(whole));
    const ReconcileView &view = m_model->view();
    const Reconciliation &plan = view.plan;
    m_counts->clear();
    m_counts->add(tr("On the gateway's list"), view.read.read != 0 ? count(view.read.rows) : tr("cannot be listed"));
    m_counts->add(tr("Agree"), count(plan.agree));
    m_counts->add(tr("Differ"), count(qint64(plan.lines.size())));
    if (plan.waiting > 0)
        m_counts->add(tr("Not compared"), tr("%1 – under way, or their outcome is unknown").arg(count(plan.waiting)));
    m_snapshots->setText(snapshots(view));
    m_differing->setVisible(!plan.lines.empty());
    showGroups();
    m_stack->setCurrentIndex(1);
    showButtons();
}

void ReconcileDialog::showGroups()
{
    while (m_groups->rowCount() > 0)
        m_groups->removeRow(0);
    const std::map<ReconcileAct, ReconcileModel::Group> groups = m_model->groups();
    for (const ReconcileAct act : acts) {
        const auto found = groups.find(act);
        if (found == groups.end())
            continue;
        const ReconcileModel::Group &group = found->second;
        auto *choice = new QComboBox(m_differing);
        choice->setObjectName(QStringLiteral("group-%1").arg(int(act)));
        choice->setToolTip(ReconcileModel::meaning(act));
        choice->setAccessibleDescription(ReconcileModel::meaning(act));
        for (const ReconcileChoice one : choices)
            if (group.allows(one))
                choice->addItem(ReconcileModel::words(one), int(one));
        choice->setCurrentIndex(std::max(0, choice->findData(int(group.proposed))));
        connect(choice, &QComboBox::activated, this, [this, act, choice] {
            m_model->chooseFor(act, static_cast<ReconcileChoice>(choice->currentData().toInt()));
        });
        //: a group of differences and how many
        m_groups->addRow(tr("%1 (%2)").arg(ReconcileModel::words(act), count(group.lines)), choice);
    }
}

void ReconcileDialog::chooseForRows()
{
    std::vector<int> rows;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    const auto choice = static_cast<ReconcileChoice>(m_rowChoice->currentData().toInt());
    const qint64 took = m_model->chooseFor(rows, choice);
    const qint64 left = qint64(rows.size()) - took;
    if (left == 0)
        return m_problem->hide();
    m_problem->setText(tr("%1 of the chosen lines do not allow that and keep what they had.", nullptr, forPlural(left))
                           .arg(count(left)));
    m_problem->show();
}

qint64 ReconcileDialog::work() const
{
    return qint64(m_model->view().plan.lines.size()) - m_model->chosen(ReconcileChoice::Nothing);
}

void ReconcileDialog::showButtons()
{
    if (!m_apply)
        return;
    const qint64 lines = work();
    const qint64 writes = m_model->chosen(ReconcileChoice::Block) + m_model->chosen(ReconcileChoice::Unblock);
    if (lines == 0)
        m_apply->setText(tr("Nothing to do"));
    else if (writes > 0)
        m_apply->setText(lines > writes
                ? tr("Carry out %1, flight plan for %2…", nullptr, forPlural(lines)).arg(count(lines), count(writes))
                : tr("Flight plan for %1…", nullptr, forPlural(writes)).arg(count(writes)));
    else
        m_apply->setText(tr("Carry out %1 here", nullptr, forPlural(lines)).arg(count(lines)));
    roomForBold(*m_apply);
    m_apply->setEnabled(!m_busy && lines > 0);
    m_again->setEnabled(!m_busy);
}

void ReconcileDialog::apply()
{
    m_busy = true;
    showButtons();
    OperationOrder order;
    order.account = m_account.id;
    order.reason = m_reason->currentData().toString();
    const auto then = [this, reason = order.reason](const Result<BlockDesk::Reconciled> &done) {
        if (!done)
            return fail(done.failure());
        QStringList sentences;
        if (done->adopted > 0)
            sentences
                << tr("%1 were taken into our ledger.", nullptr, forPlural(done->adopted)).arg(count(done->adopted));
        if (done->accepted > 0)
            sentences
                << tr("%1 are not blocked any more.", nullptr, forPlural(done->accepted)).arg(count(done->accepted));
        if (!sentences.isEmpty())
            emit told(sentences.join(u' '));
        accept();
        if (!done->toBlock.empty() || !done->toUnblock.empty())
            emit writeWanted(done->toBlock, done->toUnblock, reason);
    };
    m_call = m_needs.desk.apply(m_model->view(), m_account, order, then, true);
}

void ReconcileDialog::fail(const Failure &failure)
{
    m_busy = false;
    m_problem->setText(failureSentence(failure, m_account.kind));
    m_problem->show();
    m_bar->hide(); // it does not read any more
    m_reading->setText(tr("The list was not read, so nothing was compared. Nothing was changed, here or there."));
    showButtons();
}

} // namespace rollcall
