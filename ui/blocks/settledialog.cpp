// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/settledialog.h"

#include "models/blocks/blockrun.h"
#include "models/store/store.h"
#include "ui/blocks/blockedwords.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

namespace {

constexpr int rowsShown = 5;
constexpr std::size_t mostListed = 1000;

} // namespace

SettleDialog::SettleDialog(const BlocksNeeds &needs, std::vector<BlockRow> rows, QWidget *parent)
    : QDialog(parent)
    , m_needs(needs)
    , m_rows(std::move(rows))
    , m_body(new DialogBody(this))
    , m_problem(plainLabel(this, "problem", ""))
{
    setObjectName(QStringLiteral("settleDialog"));
    setWindowTitle(tr("Settle"));
    setMinimumWidth(560);
    const auto number = qint64(m_rows.size());
    QWidget *inside = m_body->inside();
    QVBoxLayout &column = m_body->column();
    QLabel *heading = plainLabel(inside, "heading", "title");
    heading->setText(tr("Settle %1 unknown outcomes", nullptr, forPlural(number)).arg(count(number)));
    column.addWidget(heading);
    column.addWidget(plainLabel(inside,
        tr("These requests left, and no usable answer came. They may have been carried out. Nothing is sent again by "
           "itself."),
        "muted"));
    column.addWidget(listOfRows());
    for (const BlockRow &row : m_rows) {
        const Account *account = m_needs.accountOf(row.entry.account);
        const bool known = std::find(m_readable.begin(), m_readable.end(), row.entry.account) != m_readable.end();
        if (account && !known && (account->capabilities().listBlocked || account->capabilities().tellBlocked))
            m_readable.push_back(row.entry.account);
    }
    m_ask = new QPushButton(tr("Ask the gateway"), inside);
    m_ask->setObjectName(QStringLiteral("ask"));
    m_ask->setAutoDefault(false);
    column.addWidget(plainLabel(inside,
        m_readable.empty() ? tr("This gateway cannot tell who is blocked, so somebody has to look.")
                           : tr("The gateway's own list can tell: reading it settles what it knows."),
        ""));
    column.addWidget(m_ask, 0, Qt::AlignLeft);
    m_ask->setVisible(!m_readable.empty());
    m_worked = addChoice(QStringLiteral("worked"), tr("It &worked"), tr("It counts as done, by your word."));
    m_didNot = addChoice(QStringLiteral("didNot"), tr("It did &not"), tr("It counts as refused, by your word."));
    m_again = addChoice(QStringLiteral("again"), tr("&Send again"),
        tr("What was sent before counts as “it did not”. A new operation follows, with its own flight plan."));
    const OperationKind kind = m_rows.empty() ? OperationKind::Block : m_rows.front().entry.wish;
    const bool alike
        = std::all_of(m_rows.begin(), m_rows.end(), [kind](const BlockRow &row) { return row.entry.wish == kind; });
    m_again->setEnabled(alike);
    if (!alike)
        m_again->setToolTip(tr("Choose blocks only, or unblocks only, to send them again."));
    auto *form = new QFormLayout;
    m_note = new QLineEdit(inside);
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setMaxLength(1000);
    m_note->setPlaceholderText(tr("How it was found out; kept in the journal"));
    form->addRow(tr("No&te"), m_note);
    column.addLayout(form);
    column.addStretch();
    m_problem->hide();
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    all->setSpacing(Space::medium);
    all->addWidget(m_body, 1);
    all->addWidget(m_problem);
    all->addWidget(buildButtons());
    showButtons();
}

QWidget *SettleDialog::listOfRows()
{
    auto *list = new QListWidget(m_body->inside());
    list->setObjectName(QStringLiteral("unknown"));
    list->setAccessibleName(tr("Unknown outcomes"));
    list->setProperty("look", QStringLiteral("framed"));
    list->setTextElideMode(Qt::ElideRight);
    for (const BlockRow &row : m_rows) {
        if (std::size_t(list->count()) >= mostListed)
            break;
        const Account *account = m_needs.accountOf(row.entry.account);
        const QString what = row.entry.wish == OperationKind::Unblock ? tr("Unblock") : tr("Block");
        //: an operation in a list: what was asked, number, person's name, account
        list->addItem(tr("%1 %2 %3 at %4")
                          .arg(what, shownAlias(row.entry.alias, row.aliasText), oneLine(row.name),
                              account ? Words::account(*account) : tr("(removed account)")));
    }
    const int high = std::max(list->sizeHintForRow(0), list->fontMetrics().lineSpacing() + Space::tiny);
    list->setFixedHeight(std::clamp(list->count(), 1, rowsShown) * high + Space::small);
    return list;
}

QWidget *SettleDialog::buildButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_settle = buttons->addButton(tr("Settle"), QDialogButtonBox::AcceptRole);
    m_settle->setObjectName(QStringLiteral("settle"));
    m_settle->setAutoDefault(false);
    roomForBold(*buttons->button(QDialogButtonBox::Cancel));
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &SettleDialog::settle);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_ask, &QPushButton::clicked, this, &SettleDialog::readBack);
    return buttons;
}

QRadioButton *SettleDialog::addChoice(const QString &name, const QString &words, const QString &meaning)
{
    auto *choice = new QRadioButton(words, m_body->inside());
    choice->setObjectName(name);
    choice->setAccessibleDescription(meaning);
    auto *explained = plainLabel(m_body->inside(), meaning, "muted");
    explained->setContentsMargins(Space::large, 0, 0, 0);
    auto *pair = new QVBoxLayout; // what it means belongs to its choice, not to the next one
    pair->setSpacing(Space::tiny);
    pair->addWidget(choice);
    pair->addWidget(explained);
    m_body->column().addLayout(pair);
    connect(choice, &QRadioButton::toggled, this, &SettleDialog::showButtons);
    return choice;
}

std::vector<BlockId> SettleDialog::ids() const
{
    std::vector<BlockId> ids;
    for (const BlockRow &row : m_rows)
        ids.push_back(row.entry.id);
    return ids;
}

void SettleDialog::showButtons()
{
    if (!m_settle)
        return;
    const bool chosen = m_worked->isChecked() || m_didNot->isChecked() || m_again->isChecked();
    m_settle->setEnabled(chosen && !m_busy);
    m_ask->setEnabled(!m_busy);
}

void SettleDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    growToContent(*this);
}

void SettleDialog::settle()
{
    m_busy = true;
    showButtons();
    const Settlement how = m_worked->isChecked() ? Settlement::ItWorked : Settlement::ItDidNot;
    m_call = m_needs.store.blocks().settle(ids(), how, m_note->text().trimmed(), [this](Result<qint64> settled) {
        if (!settled)
            return showProblem(settled.failure(), {});
        const bool again = m_again->isChecked();
        const OperationKind kind = m_rows.front().entry.wish;
        emit told(tr("%1 outcomes were settled.", nullptr, forPlural(*settled)).arg(count(*settled)));
        const std::vector<BlockId> entries = ids();
        accept();
        if (again)
            emit againWanted(kind, entries);
    });
}

void SettleDialog::readBack()
{
    m_busy = true;
    m_settledByRead = 0;
    m_problem->setText(tr("Reading the gateway's list. It starts once the last request can no longer arrive."));
    m_problem->show();
    showButtons();
    nextReadBack(0);
}

void SettleDialog::nextReadBack(std::size_t at)
{
    if (at < m_readable.size()) {
        m_call = m_needs.runner.readBack(m_readable[at], [this, at](const Result<BlockReadReport> &report) {
            if (!report)
                return showProblem(report.failure(), m_readable[at]);
            m_settledByRead += report->settledDone + report->settledRefused;
            nextReadBack(at + 1);
        });
        return;
    }
    emit told(
        tr("The gateway's list settled %1 outcomes.", nullptr, forPlural(m_settledByRead)).arg(count(m_settledByRead)));
    accept();
}

void SettleDialog::showProblem(const Failure &failure, AccountId at)
{
    const Account *account = m_needs.accountOf(at);
    m_problem->setText(failureSentence(failure, account ? std::optional(account->kind) : std::nullopt));
    m_problem->show();
    m_busy = false;
    showButtons();
}

} // namespace rollcall
