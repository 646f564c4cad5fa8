// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/settlesenddialog.h"

#include "models/cards/senddesk.h"
#include "models/store/store.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"
#include "ui/text/sendwords.h"

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

SettleSendDialog::SettleSendDialog(const ComposeNeeds &needs, std::vector<SentRow> rows, QWidget *parent)
    : QDialog(parent)
    , m_needs(needs)
    , m_rows(std::move(rows))
    , m_body(new DialogBody(this))
{
    setObjectName(QStringLiteral("settleSend"));
    setWindowTitle(tr("Settle"));
    setMinimumWidth(560);
    for (const SentRow &row : m_rows)
        if (std::find(m_runs.begin(), m_runs.end(), row.run) == m_runs.end())
            m_runs.push_back(row.run);
    const auto number = qint64(m_rows.size());
    QWidget *inside = m_body->inside();
    QVBoxLayout &column = m_body->column();
    column.addWidget(
        plainLabel(inside, tr("Settle %1 unknown messages", nullptr, forPlural(number)).arg(count(number)), "title"));
    column.addWidget(plainLabel(inside,
        tr("They left, and no usable answer came. They may have arrived. Nothing is sent again by itself: ask the "
           "recipient, then say so here."),
        "muted"));
    column.addWidget(listOfRows());
    m_arrived = addChoice("arrived", tr("It &arrived"), tr("It counts as sent, by your word."));
    m_didNot = addChoice("didNot", tr("It did &not arrive"), tr("It counts as refused, by your word."));
    m_again = addChoice("again", tr("&Send again"),
        tr("The same cards are sent once more, at once. If the first message did arrive, the recipient gets it "
           "twice."));
    auto *form = new QFormLayout;
    m_note = new QLineEdit(inside);
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setMaxLength(1000);
    m_note->setPlaceholderText(tr("How it was found out; kept in the journal"));
    form->addRow(tr("No&te"), m_note);
    column.addLayout(form);
    column.addStretch();
    m_problem = plainLabel(this, "problem", "problem");
    m_problem->hide();
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    all->setSpacing(Space::medium);
    all->addWidget(m_body, 1);
    all->addWidget(m_problem);
    all->addWidget(buildButtons());
    showButtons();
}

QWidget *SettleSendDialog::listOfRows()
{
    auto *list = new QListWidget(m_body->inside());
    list->setObjectName(QStringLiteral("unknown"));
    list->setAccessibleName(tr("Unknown messages"));
    list->setProperty("look", QStringLiteral("framed"));
    list->setTextElideMode(Qt::ElideRight);
    for (const SentRow &row : m_rows) {
        if (std::size_t(list->count()) >= mostListed)
            break;
        const QString number = numberText(oneLine(row.aliasText));
        //: a message in a list: %1 when, %2 to whom, %3 what was sent
        list->addItem(tr("%1: %2 – %3")
                          .arg(moment(row.atMs), row.name.isEmpty() ? number : oneLine(row.name) + u' ' + number,
                              SendWords::message(row.title, row.cardCount)));
    }
    const int high = std::max(list->sizeHintForRow(0), list->fontMetrics().lineSpacing() + Space::tiny);
    list->setFixedHeight(std::clamp(list->count(), 2, rowsShown) * high + Space::small);
    return list;
}

QWidget *SettleSendDialog::buildButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_settle = buttons->addButton(tr("Settle"), QDialogButtonBox::AcceptRole);
    m_settle->setObjectName(QStringLiteral("settle"));
    m_settle->setAutoDefault(false);
    roomForBold(*buttons->button(QDialogButtonBox::Cancel));
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &SettleSendDialog::settle);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

QRadioButton *SettleSendDialog::addChoice(const char *name, const QString &words, const QString &meaning)
{
    auto *choice = new QRadioButton(words, m_body->inside());
    choice->setObjectName(QLatin1String(name));
    choice->setAccessibleDescription(meaning);
    auto *explained = plainLabel(m_body->inside(), meaning, "muted");
    explained->setContentsMargins(Space::large, 0, 0, 0);
    auto *pair = new QVBoxLayout; // what it means belongs to its choice, not to the next one
    pair->setSpacing(Space::tiny);
    pair->addWidget(choice);
    pair->addWidget(explained);
    m_body->column().addLayout(pair);
    connect(choice, &QRadioButton::toggled, this, &SettleSendDialog::showButtons);
    return choice;
}

void SettleSendDialog::showButtons()
{
    if (!m_settle)
        return;
    m_settle->setText(m_again->isChecked() ? tr("Send again") : tr("Settle"));
    m_settle->setEnabled(!m_busy && (m_arrived->isChecked() || m_didNot->isChecked() || m_again->isChecked()));
}

void SettleSendDialog::settle()
{
    m_busy = true;
    showButtons();
    if (m_again->isChecked())
        return sendAgain(m_sent); // what left before something failed does not leave once more
    std::vector<OperationId> ids;
    for (const SentRow &row : m_rows)
        ids.push_back(row.item.id);
    const Settlement how = m_arrived->isChecked() ? Settlement::ItWorked : Settlement::ItDidNot;
    m_call = m_needs.store.messages().settle(ids, how, m_note->text().trimmed(), [this](Result<qint64> settled) {
        if (!settled)
            return fail(settled.failure());
        emit told(tr("%1 messages were settled.", nullptr, forPlural(*settled)).arg(count(*settled)));
        accept();
    });
}

/// One message after the other: each is a run of its own, at its own account.
void SettleSendDialog::sendAgain(std::size_t at)
{
    if (at == m_runs.size()) {
        emit told(tr("Sending started, see Jobs."));
        return accept();
    }
    const Account *account = nullptr;
    std::vector<OperationId> ids;
    for (const SentRow &row : m_rows) {
        if (row.run != m_runs[at])
            continue;
        account = m_needs.accountOf(row.account);
        ids.push_back(row.item.id);
    }
    if (!account)
        return sendAgain(at + 1);
    m_call = m_needs.desk.sendAgain(ids, *account, m_note->text().trimmed(), [this, at](const Result<RunId> &run) {
        if (!run)
            return fail(run.failure());
        m_sent = at + 1;
        sendAgain(m_sent);
    });
}

void SettleSendDialog::fail(const Failure &failure)
{
    m_problem->setText(failureSentence(failure));
    m_problem->show();
    m_busy = false;
    showButtons();
}

void SettleSendDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    growToContent(*this);
}

} // namespace rollcall
