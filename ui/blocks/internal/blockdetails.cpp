// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/internal/blockdetails.h"

#include "models/base/clock.h"
#include "models/store/store.h"
#include "models/tables/blocksmodel.h"
#include "ui/blocks/blockedwords.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"
#include "ui/text/blockwords.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr qint64 pauseMs = 300; // a run stores outcomes many times a second

QLabel *plain(QWidget *parent, const char *name, const char *look)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QString::fromLatin1(look));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

BlockDetails::BlockDetails(const BlocksNeeds &needs, BlockId line, QWidget *parent)
    : QDialog(parent)
    , m_needs(needs)
    , m_line(line)
    , m_heading(plain(this, "heading", "title"))
    , m_facts(new FieldList(this))
    , m_state(plain(this, "state", "muted"))
    , m_seen(plain(this, "sightings", ""))
    , m_problem(plain(this, "problem", ""))
{
    setObjectName(QStringLiteral("blockDetails"));
    setWindowTitle(tr("Block details"));
    setMinimumWidth(560);
    m_facts->setObjectName(QStringLiteral("facts"));
    m_problem->hide();
    auto *onList = plain(this, "onList", "heading");
    onList->setText(tr("On the gateway's list"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    roomForBold(*buttons->button(QDialogButtonBox::Close));
    auto *copy = buttons->addButton(tr("Copy text"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copy"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(
            m_heading->text() + u'\n' + m_facts->text() + m_state->text() + u'\n' + m_seen->text() + u'\n');
    });
    m_arm = buttons->addButton(tr("Arm"), QDialogButtonBox::ActionRole);
    m_arm->setObjectName(QStringLiteral("arm"));
    m_arm->setAutoDefault(false);
    m_arm->setToolTip(tr("Do-not-contact now; the block is offered when this person writes again."));
    m_arm->hide();
    connect(m_arm, &QPushButton::clicked, this, &BlockDetails::arm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addWidget(m_heading);
    column->addWidget(m_facts);
    column->addWidget(m_state);
    column->addWidget(onList);
    column->addWidget(m_seen);
    column->addWidget(m_problem);
    column->addStretch();
    column->addWidget(buttons);
    buttons->button(QDialogButtonBox::Close)->setFocus();
    connect(&m_needs.store, &Store::changed, this, [this](const Change &change) {
        if ((change.kinds & (Change::BlocksChanged | Change::PeopleChanged)) != 0 && !m_soon.isOpen())
            m_soon = m_needs.clock.after(pauseMs, [this] { read(); });
    });
    read();
}

void BlockDetails::read()
{
    const auto failed = [this](const Failure &failure) {
        m_problem->setText(failureSentence(failure));
        m_problem->show();
    };
    m_read = m_needs.store.blocks().rows({m_line}, [this, failed](const Result<std::vector<BlockRow>> &rows) {
        if (!rows)
            return failed(rows.failure());
        if (rows->empty())
            return failed({.kind = Failure::Kind::NotFound});
        show(rows->front());
        m_read = m_needs.store.blocks().sightings(
            m_line, [this, failed, row = rows->front()](const Result<std::vector<Sighting>> &seen) {
                if (!seen)
                    return failed(seen.failure());
                showSightings(row, *seen);
            });
    });
}

void BlockDetails::show(const BlockRow &row)
{
    const BlockedWords words = blockedWords(m_needs.accountOf);
    const qint64 nowMs = m_needs.clock.now().wallMs;
    const auto cell = [&](BlockedColumn column) { return words.cell(row, column, nowMs); };
    m_heading->setText(cell(BlockedColumn::Person));
    m_facts->clear();
    for (const BlockedColumn column : {BlockedColumn::Number, BlockedColumn::Account, BlockedColumn::State,
             BlockedColumn::DoNotContact, BlockedColumn::Window, BlockedColumn::Reason, BlockedColumn::Note,
             BlockedColumn::Source, BlockedColumn::By, BlockedColumn::At, BlockedColumn::LastSeen})
        m_facts->add(words.title(column), cell(column));
    const BlockEntry &entry = row.entry;
    if (!entry.detail.isEmpty())
        m_facts->add(tr("The gateway's words"), oneLine(entry.detail));
    QStringList sentences{BlockWords::lightTip(lightOf(entry))};
    if (entry.wish != OperationKind::None && entry.state != OperationState::Done && !entry.why.isEmpty()) {
        const Account *account = m_needs.accountOf(entry.account);
        const OperationCause cause{
            .state = entry.state, .why = entry.why, .code = entry.code, .detail = entry.detail, .count = 1};
        const BlockWords::Cause why
            = BlockWords::cause(cause, entry.wish, account ? std::optional(account->kind) : std::nullopt);
        sentences << why.meaning << why.next;
    }
    sentences.removeAll(QString());
    m_state->setText(sentences.join(u' '));
    m_row = row;
    m_arm->setVisible(entry.wish == OperationKind::Block && entry.state == OperationState::Refused
        && entry.why == QLatin1String(Why::outsideWindow));
}

/// Outside the 24 hours nothing else helps now.
void BlockDetails::arm()
{
    OperationOrder order;
    order.account = m_row.entry.account;
    order.kind = OperationKind::Block;
    order.reason = m_row.entry.reason;
    order.note = m_row.entry.note;
    order.source = m_row.entry.source;
    order.stop = true;
    const OperationItem item{.alias = m_row.entry.alias, .person = m_row.person, .ask = m_row.aliasText};
    m_arm->setEnabled(false);
    m_act = m_needs.store.blocks().arm(order, {item}, [this](const Result<qint64> &armed) {
        m_arm->setEnabled(true);
        if (armed)
            return read();
        m_problem->setText(failureSentence(armed.failure()));
        m_problem->show();
    });
}

void BlockDetails::showSightings(const BlockRow &row, const std::vector<Sighting> &seen)
{
    const Account *account = m_needs.accountOf(row.entry.account);
    const bool lists = account && account->capabilities().listBlocked;
    QStringList sentences;
    for (const Sighting &one : seen)
        sentences << BlockWords::sighting(one);
    if (sentences.isEmpty() && lists)
        sentences << (row.entry.readMs == 0 ? tr("It was not read yet: Reconcile reads it.")
                                            : tr("It was never seen there."));
    if (!lists && account)
        sentences << (account->capabilities().tellBlocked
                ? tr("This account cannot list. It only tells whether one contact is blocked, when asked.")
                : tr("This account cannot list, so what stands there is not known."));
    m_seen->setText(sentences.join(u'\n'));
    QTimer::singleShot(0, this, [this] { growToContent(*this); });
}

} // namespace rollcall
