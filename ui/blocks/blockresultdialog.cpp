// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/blockresultdialog.h"

#include "models/base/clock.h"
#include "models/store/store.h"
#include "ui/blocks/internal/resultitems.h"
#include "ui/parts/badge.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/blockwords.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"

#include <QDialogButtonBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr qint64 pauseMs = 300; // a run stores outcomes many times a second

Tone toneOf(const OperationCause &cause)
{
    switch (cause.state) {
    case OperationState::Done:
        return Tone::Good;
    case OperationState::Refused:
    case OperationState::Unknown:
        return Tone::Warning;
    case OperationState::Armed:
        return Tone::Accent;
    case OperationState::Planned:
    case OperationState::Sending:
    case OperationState::Deferred:
        return Tone::Busy;
    case OperationState::NotSent:
        break;
    }
    return Tone::Neutral;
}

bool isOver(const OperationRun &run)
{
    return run.state == OperationRunState::Done || run.state == OperationRunState::Cancelled;
}

} // namespace

BlockResultDialog::BlockResultDialog(const BlocksNeeds &needs, RunId run, QWidget *parent)
    : QDialog(parent)
    , m_needs(needs)
    , m_id(run)
    , m_heading(plainLabel(this, QString(), "title"))
    , m_summary(plainLabel(this, QString(), "muted"))
    , m_problem(plainLabel(this, QString(), ""))
    , m_causes(new QWidget(this))
    , m_items(new ResultItems(needs.store, this))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("blockResult"));
    setWindowTitle(tr("Results"));
    setMinimumWidth(560);
    m_heading->setObjectName(QStringLiteral("heading"));
    m_summary->setObjectName(QStringLiteral("summary"));
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    m_undo = buttons->addButton(tr("Unblock these…"), QDialogButtonBox::ActionRole);
    m_undo->setObjectName(QStringLiteral("undo"));
    m_undo->setAutoDefault(false);
    m_undo->setToolTip(tr("The opposite requests, after their own flight plan. Do-not-contact stays."));
    m_undo->hide();
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        emit undoWanted(m_run);
        accept();
    });
    m_column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    m_column->setSpacing(Space::medium);
    m_column->addWidget(m_heading);
    m_column->addWidget(m_summary);
    m_column->addWidget(m_causes);
    m_column->addWidget(m_items);
    m_column->addWidget(m_problem);
    m_column->addStretch();
    m_column->addWidget(buttons);
    connect(&m_needs.store, &Store::changed, this, [this](const Change &change) {
        if ((change.kinds & Change::BlocksChanged) != 0 && !m_soon.isOpen())
            m_soon = m_needs.clock.after(pauseMs, [this] { read(); });
    });
    connect(m_items, &ResultItems::failed, this, [this](const Failure &failure) {
        m_problem->setText(failureSentence(failure));
        m_problem->show();
    });
    connect(
        m_items, &ResultItems::shown, this, [this] { QTimer::singleShot(0, this, [this] { growToContent(*this); }); });
    read();
}

void BlockResultDialog::read()
{
    const auto failed = [this](const Failure &failure) {
        m_problem->setText(failureSentence(failure));
        m_problem->show();
    };
    m_read = m_needs.store.blocks().run(m_id, [this, failed](Result<OperationRun> run) {
        if (!run)
            return failed(run.failure());
        m_read = m_needs.store.blocks().causes(
            m_id, [this, failed, run = *run](Result<std::vector<OperationCause>> causes) {
                if (!causes)
                    return failed(causes.failure());
                show(run, *causes);
            });
    });
}

void BlockResultDialog::show(const OperationRun &run, const std::vector<OperationCause> &causes)
{
    m_run = run;
    const Account *account = m_needs.accountOf(run.account);
    m_heading->setText(BlockWords::runTitle(run, account));
    //: state of a run, how many people of how many, when it began, the reason
    m_summary->setText(
        tr("%1, %2 of %3, started %4. Reason: %5.")
            .arg(BlockWords::runState(run.state), count(run.total - run.open()), count(run.total),
                moment(run.startedMs), run.reason.isEmpty() ? tr("none") : oneLine(BlockWords::reason(run.reason))));
    auto *fresh = new QWidget(this);
    fresh->setObjectName(QStringLiteral("causes"));
    auto *column = new QVBoxLayout(fresh);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::medium);
    delete m_column->replaceWidget(m_causes, fresh);
    m_causes->hide();
    m_causes->deleteLater();
    m_causes = fresh;
    for (const OperationCause &cause : causes)
        addCause(cause, account ? std::optional(account->kind) : std::nullopt);
    m_undo->setText(run.kind == OperationKind::Block ? tr("Unblock these…") : tr("Block these again…"));
    m_undo->setVisible(run.kind != OperationKind::Report && isOver(run) && run.done > 0);
    // New children of a visible window are shown from the event loop; before that they take no room.
    QTimer::singleShot(0, this, [this] { growToContent(*this); });
}

void BlockResultDialog::addCause(const OperationCause &cause, std::optional<GatewayKind> gateway)
{
    const BlockWords::Cause words = BlockWords::cause(cause, m_run.kind, gateway);
    auto *row = new QWidget(m_causes);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Space::medium);
    auto *text = new QVBoxLayout;
    text->setSpacing(Space::tiny);
    //: how many people of a run ended so: %1 the number, %2 how
    auto *badge = new Badge(tr("%1: %2").arg(words.what, count(cause.count)), toneOf(cause), {}, row);
    text->addWidget(badge, 0, Qt::AlignLeft);
    text->addWidget(plainLabel(row, words.meaning, ""));
    if (!words.next.isEmpty())
        text->addWidget(plainLabel(row, words.next, "muted"));
    line->addLayout(text, 1);
    const auto addButton = [row, line](const QString &name, const QString &words) {
        auto *button = new QPushButton(words, row);
        button->setObjectName(name);
        button->setAutoDefault(false);
        line->addWidget(button, 0, Qt::AlignTop);
        return button;
    };
    if (cause.state == OperationState::Unknown) {
        connect(addButton(QStringLiteral("settle"), tr("Settle…")), &QPushButton::clicked, this,
            [this] { emit settleWanted(m_id); });
    } else if (cause.state == OperationState::Refused && cause.why == QLatin1String(Why::outsideWindow)
        && m_run.kind == OperationKind::Block) {
        connect(addButton(QStringLiteral("arm"), tr("Arm %1").arg(count(cause.count))), &QPushButton::clicked, this,
            &BlockResultDialog::armRefused);
    }
    auto *show = addButton(QStringLiteral("show"), tr("Show them"));
    show->setAccessibleName(tr("Show them: %1").arg(words.what));
    connect(show, &QPushButton::clicked, this, [this, cause, what = words.what] { m_items->show(m_id, cause, what); });
    m_causes->layout()->addWidget(row);
}

void BlockResultDialog::armRefused()
{
    m_arm = m_needs.store.blocks().items(m_id, [this](Result<std::vector<OperationItem>> items) {
        if (!items) {
            m_problem->setText(failureSentence(items.failure()));
            return m_problem->show();
        }
        std::erase_if(*items, [](const OperationItem &item) {
            return item.state != OperationState::Refused || item.why != QLatin1String(Why::outsideWindow);
        });
        OperationOrder order;
        order.account = m_run.account;
        order.kind = OperationKind::Block;
        order.reason = m_run.reason;
        order.note = m_run.note;
        order.source = m_run.source;
        order.stop = true;
        m_arm = m_needs.store.blocks().arm(order, *items, [this](Result<qint64> number) {
            if (!number) {
                m_problem->setText(failureSentence(number.failure()));
                return m_problem->show();
            }
            emit armed(*number);
            accept();
        });
    });
}

} // namespace rollcall
