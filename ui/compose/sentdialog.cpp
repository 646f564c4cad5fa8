// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/sentdialog.h"

#include "models/base/clock.h"
#include "models/cards/message.h"
#include "models/store/messages.h"
#include "models/store/store.h"
#include "models/tables/sentmodel.h"
#include "ui/compose/internal/cardfiles.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/rowdelegate.h"
#include "ui/parts/searchfield.h"
#include "ui/parts/tablelayout.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/blockwords.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"
#include "ui/text/sendwords.h"
#include "ui/text/words.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

namespace {

constexpr int layoutVersion = 1;
constexpr qint64 pauseMs = 300;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(SentDialog)
};

QString titleOf(SentColumn column)
{
    switch (column) {
    case SentColumn::At:
        return Text::tr("When");
    case SentColumn::Recipient:
        return Text::tr("Recipient");
    case SentColumn::Number:
        return Text::tr("Number");
    case SentColumn::Message:
        return Text::tr("Message");
    case SentColumn::Outcome:
        return Text::tr("Outcome");
    case SentColumn::MessageId:
        return Text::tr("Message ID");
    case SentColumn::Account:
        return Text::tr("Account");
    case SentColumn::By:
        return Text::tr("By");
    }
    return {};
}

QString cellOf(const ComposeNeeds &needs, const SentRow &row, SentColumn column)
{
    const Account *account = needs.accountOf(row.account);
    switch (column) {
    case SentColumn::At:
        return moment(row.atMs);
    case SentColumn::Recipient:
        return oneLine(row.name);
    case SentColumn::Number:
        return numberText(oneLine(row.aliasText));
    case SentColumn::Message:
        return SendWords::message(row.title, row.cardCount);
    case SentColumn::Outcome:
        return SendWords::cause(row.item, account ? std::optional(account->kind) : std::nullopt).what;
    case SentColumn::MessageId:
        return oneLine(row.item.messageId);
    case SentColumn::Account:
        return account ? Words::account(*account) : Text::tr("(removed account)");
    case SentColumn::By:
        return oneLine(row.by);
    }
    return {};
}

SentWords wordsFor(const ComposeNeeds &needs)
{
    SentWords words;
    words.title = titleOf;
    words.cell = [&needs](const SentRow &row, SentColumn column) { return cellOf(needs, row, column); };
    words.tip = [&needs](const SentRow &row, SentColumn column) { return plainTip(cellOf(needs, row, column)); };
    return words;
}

} // namespace

SentDialog::SentDialog(const ComposeNeeds &needs, RunId run, QWidget *parent)
    : QDialog(parent)
    , m_needs(needs)
    , m_run(run)
    , m_model(new SentModel(needs.store, needs.clock, wordsFor(needs), this))
    , m_table(new QTableView(this))
    , m_heading(plainLabel(this, "heading", "title"))
    , m_summary(plainLabel(this, "summary", "muted"))
    , m_outcome(plainLabel(this, "outcome", ""))
{
    setObjectName(run.isNull() ? QStringLiteral("sentDialog") : QStringLiteral("sendResult"));
    setWindowTitle(run.isNull() ? tr("Sent messages") : tr("Results"));
    resize(1040, 560);
    m_heading->setText(tr("Sent messages"));
    buildTable();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::small);
    column->addWidget(m_heading);
    column->addWidget(m_summary);
    column->addWidget(buildFilter());
    column->addWidget(m_table, 1);
    column->addWidget(m_outcome);
    column->addWidget(buildButtons());
    connect(m_model, &SentModel::settled, this, [this] {
        if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
            m_table->setCurrentIndex(m_model->index(0, 0));
        showCurrent();
    });
    connect(m_model, &SentModel::failed, this, &SentDialog::fail);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &SentDialog::showCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SentDialog::showCurrent);
    connect(&m_needs.store, &Store::changed, this, [this](const Change &change) {
        if ((change.kinds & Change::MessagesChanged) != 0 && !m_run.isNull() && !m_soon.isOpen())
            m_soon = m_needs.clock.after(pauseMs, [this] { readRun(); });
    });
    readRun();
    ask();
}

void SentDialog::buildTable()
{
    m_table->setObjectName(QStringLiteral("sent"));
    m_table->setModel(m_model);
    setUpTable(*m_table, tr("Sent"));
    m_table->setProperty("look", QStringLiteral("framed"));
    const bool everything = m_run.isNull();
    new TableLayout(*m_table, m_needs.settings, everything ? QStringLiteral("sent") : QStringLiteral("sendResult"),
        layoutVersion,
        everything ? QList<int>{150, 130, 140, 150, 170, 230, 0, 0} : QList<int>{0, 180, 150, 0, 220, 240, 0, 0});
    m_table->setSortingEnabled(false);
}

QWidget *SentDialog::buildFilter()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    m_search = new QLineEdit(bar);
    m_search->setObjectName(QStringLiteral("sentSearch"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("Name, number, message or message ID"));
    setUpSearch(*m_search);
    m_states = new QComboBox(bar);
    m_states->setObjectName(QStringLiteral("sentStates"));
    m_states->setAccessibleName(tr("Outcome"));
    m_states->addItem(tr("All outcomes"));
    m_states->addItem(tr("Taken by the gateway"), int(OperationState::Done));
    m_states->addItem(tr("Refused"), int(OperationState::Refused));
    m_states->addItem(tr("Unknown"), int(OperationState::Unknown));
    m_states->addItem(tr("Not sent"), int(OperationState::NotSent));
    connect(m_search, &QLineEdit::textChanged, this,
        [this] { m_askSoon = m_needs.clock.after(pauseMs, [this] { ask(); }); });
    connect(m_states, &QComboBox::currentIndexChanged, this, &SentDialog::ask);
    auto *label = new QLabel(tr("&Outcome"), bar);
    label->setBuddy(m_states);
    row->addWidget(m_search, 1);
    row->addWidget(label);
    row->addWidget(m_states);
    return bar;
}

QWidget *SentDialog::buildButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    const auto add = [this, buttons](const char *name, const QString &words, const QString &tip, auto then) {
        auto *button = buttons->addButton(words, QDialogButtonBox::ActionRole);
        button->setObjectName(QLatin1String(name));
        button->setToolTip(tip);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, then);
        return button;
    };
    m_settle = add("settle", tr("Settle…"), tr("Says what became of messages whose outcome nobody knows."),
        [this] { emit settleWanted(chosen(true)); });
    m_again = add("compose", tr("Compose again"), tr("Puts the cards of this message into the composer."),
        [this] { useAgain(); });
    m_export = add("export", tr("Export cards…"), tr("Writes the cards of this message into a .vcf or .json file."),
        [this] { exportCards(); });
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void SentDialog::ask()
{
    SentFilter filter;
    if (!m_run.isNull())
        filter.run = m_run;
    filter.text = m_search->text().trimmed();
    if (m_states->currentIndex() > 0)
        filter.states = {static_cast<OperationState>(m_states->currentData().toInt())};
    m_model->setFilter(filter);
}

void SentDialog::readRun()
{
    m_soon = Call();
    if (m_run.isNull()) {
        m_summary->setText(tr("Everything this profile sent, newest first. The gateway's message ID tells it apart."));
        return;
    }
    m_read = m_needs.store.messages().message(m_run, [this](Result<SentMessage> message) {
        if (!message)
            return fail(message.failure());
        const OperationRun &run = message->run;
        m_heading->setText(BlockWords::runTitle(run, m_needs.accountOf(run.account)));
        //: of a run of messages: state, taken, refused, unknown, not sent, how many in all, the message
        m_summary->setText(
            tr("%1: %2 taken, %3 refused, %4 unknown, %5 not sent, of %6. The message: %7.")
                .arg(BlockWords::runState(run.state), count(run.done), count(run.refused), count(run.unknown),
                    count(run.notSent), count(run.total), SendWords::message(message->title, message->cardCount)));
    });
}

const SentRow *SentDialog::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() && index.row() < m_model->rowCount() ? m_model->entryAt(index.row()) : nullptr;
}

std::optional<GatewayKind> SentDialog::kindOf(AccountId account) const
{
    const Account *found = m_needs.accountOf(account);
    return found ? std::optional(found->kind) : std::nullopt;
}

std::vector<OperationId> SentDialog::chosen(bool unknownOnly) const
{
    std::vector<OperationId> ids;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            if (const SentRow *entry = m_model->entryAt(row);
                entry && (!unknownOnly || entry->item.state == OperationState::Unknown))
                ids.push_back(entry->item.id);
    return ids;
}

void SentDialog::showCurrent()
{
    const SentRow *row = current();
    m_again->setEnabled(row != nullptr);
    m_export->setEnabled(row != nullptr);
    m_settle->setEnabled(!chosen(true).empty());
    if (!row) {
        m_outcome->setText(m_model->rowCount() == 0 ? tr("Nothing was sent yet.") : QString());
        return;
    }
    const SendWords::Cause cause = SendWords::cause(row->item, kindOf(row->account));
    QStringList words{cause.meaning};
    if (!row->item.status.isEmpty())
        words << tr("Its word on it: “%1”.").arg(oneLine(row->item.status));
    if (!cause.next.isEmpty())
        words << cause.next;
    m_outcome->setText(words.join(u' '));
}

void SentDialog::useAgain()
{
    const SentRow *row = current();
    if (!row)
        return;
    m_call = m_needs.store.messages().message(row->run, [this](Result<SentMessage> message) {
        if (!message)
            return fail(message.failure());
        const Result<std::vector<Card>> cards = cardsFromMessage(message->cards);
        if (!cards) {
            m_outcome->setText(tr("The cards of this message are not kept any more."));
            return;
        }
        emit cardsWanted(*cards);
        accept();
    });
}

void SentDialog::exportCards()
{
    const SentRow *row = current();
    if (!row)
        return;
    FileWish wish;
    wish.title = tr("Export cards");
    wish.filter = tr("vCard files (*.vcf);;JSON files (*.json)");
    wish.start = QStringLiteral("message.vcf");
    m_needs.asks.saveFile(this, wish, [this, run = row->run](const QString &path) {
        if (path.isEmpty())
            return;
        m_call = m_needs.store.messages().message(run, [this, path](Result<SentMessage> message) {
            if (!message)
                return fail(message.failure());
            const Result<std::vector<Card>> cards = cardsFromMessage(message->cards);
            if (!cards) {
                m_outcome->setText(tr("The cards of this message are not kept any more."));
                return;
            }
            const bool json = path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
            const QByteArray bytes = json ? readableJson(message->cards).toUtf8() : cardsAsVcf(*cards);
            m_call = writeFile(path, bytes, [this, path](const Done &done) {
                m_outcome->setText(
                    done ? tr("The cards were written to %1.").arg(oneLine(path)) : failureSentence(done.failure()));
            });
        });
    });
}

void SentDialog::fail(const Failure &failure)
{
    m_outcome->setText(failureSentence(failure));
}

} // namespace rollcall
