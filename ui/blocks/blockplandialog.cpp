// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/blockplandialog.h"

#include "models/base/worker.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"
#include "ui/plans/planpeople.h"
#include "ui/text/age.h"
#include "ui/text/blockwords.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QShowEvent>
#include <QTimer>
#include <QVBoxLayout>

namespace rollcall {

namespace {

std::size_t sent(const BlockPlan &plan)
{
    return plan.send.size();
}

std::size_t armed(const BlockPlan &plan)
{
    return plan.arm.size();
}

} // namespace

BlockPlanDialog::BlockPlanDialog(Store &store, const BlockWishes &wishes, const BlockSubject &subject, QWidget *parent)
    : QDialog(parent)
    , m_wishes(wishes)
    , m_subject(subject)
    , m_body(new DialogBody(this))
    , m_heading(plainLabel(m_body->inside(), "heading", "title"))
    , m_summary(plainLabel(m_body->inside(), "summary", "muted"))
    , m_column(&m_body->column())
    , m_people(new PlanPeople(store, m_body->inside()))
    , m_choices(new QWidget(m_body->inside()))
    , m_warning(plainLabel(this, "warning", ""))
    , m_problem(plainLabel(this, "problem", ""))
{
    setObjectName(QStringLiteral("blockPlan"));
    setWindowTitle(tr("Flight plan"));
    setMinimumWidth(560);
    m_warning->hide();
    m_problem->hide();
    m_choices->hide();
    m_column->addWidget(m_heading);
    m_column->addWidget(m_summary);
    m_accounts = new QWidget(m_body->inside());
    m_column->addWidget(m_accounts);
    m_column->addWidget(m_people);
    m_column->addWidget(m_choices);
    m_column->addStretch();
    addChoices();
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    all->setSpacing(Space::medium);
    all->addWidget(m_body, 1);
    all->addWidget(m_warning);
    all->addWidget(m_problem);
    all->addWidget(buildButtons());
    setPlans({});
}

BlockPlanDialog::~BlockPlanDialog()
{
    letGo(std::move(m_plans));
    letGo(std::move(m_subject));
}

QComboBox *BlockPlanDialog::windowChoice(const QString &objectName, WindowChoice chosen)
{
    auto *box = new QComboBox(m_choices);
    box->setObjectName(objectName);
    box->addItem(tr("Arm: do not contact now, block offered when they write again"), int(WindowChoice::Arm));
    box->addItem(tr("Try now: the gateway decides"), int(WindowChoice::Try));
    box->addItem(tr("Leave them out"), int(WindowChoice::Leave));
    box->setCurrentIndex(box->findData(int(chosen)));
    connect(box, &QComboBox::activated, this, &BlockPlanDialog::optionsChanged);
    return box;
}

void BlockPlanDialog::addChoices()
{
    const BlockOptions usual;
    auto *form = new QFormLayout(m_choices);
    form->setContentsMargins(0, 0, 0, 0);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows); // by its width it would want a height that it does not tell
    m_closed = windowChoice(QStringLiteral("closedChoice"), m_wishes.closed);
    m_notKnown = windowChoice(QStringLiteral("notKnownChoice"), usual.notKnown);
    form->addRow(tr("Wrote &longer than 24 hours ago"), m_closed);
    form->addRow(tr("Last inbound not &known"), m_notKnown);
}

QWidget *BlockPlanDialog::buildButtons()
{
    auto *buttons = new QDialogButtonBox(this);
    m_cancel = buttons->addButton(QDialogButtonBox::Cancel);
    m_cancel->setObjectName(QStringLiteral("cancel"));
    auto *copy = buttons->addButton(tr("Copy text"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copy"));
    copy->setAutoDefault(false);
    m_back = buttons->addButton(tr("Back"), QDialogButtonBox::ActionRole);
    m_back->setObjectName(QStringLiteral("back"));
    m_back->setAutoDefault(false);
    m_start = buttons->addButton(tr("Block"), QDialogButtonBox::AcceptRole);
    m_start->setObjectName(QStringLiteral("start"));
    connect(buttons, &QDialogButtonBox::accepted, this, &BlockPlanDialog::startWanted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_back, &QPushButton::clicked, this, &BlockPlanDialog::backWanted);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    const bool manyPeople = m_subject.total > defaultIsCancelAbove || m_wishes.kind == OperationKind::Report;
    QPushButton *usual = manyPeople ? m_cancel : m_start;
    (manyPeople ? m_start : m_cancel)->setAutoDefault(false);
    usual->setDefault(true);
    m_usual = usual;
    return buttons;
}

BlockOptions BlockPlanDialog::options() const
{
    BlockOptions options;
    options.kind = m_wishes.kind;
    options.closed = static_cast<WindowChoice>(m_closed->currentData().toInt());
    options.notKnown = static_cast<WindowChoice>(m_notKnown->currentData().toInt());
    return options;
}

void BlockPlanDialog::setPlans(std::vector<BlockPlanAt> plans)
{
    m_plans = std::move(plans);
    auto *fresh = new QWidget(m_body->inside());
    auto *column = new QVBoxLayout(fresh);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::small);
    delete m_column->replaceWidget(m_accounts, fresh);
    m_accounts->deleteLater();
    m_accounts->hide();
    m_accounts = fresh;
    bool anyClosed = false;
    bool anyNotKnown = false;
    for (const BlockPlanAt &at : m_plans) {
        showAccount(at);
        anyClosed = anyClosed || at.plan->outsideWindow > 0 || at.plan->left > 0;
        anyNotKnown = anyNotKnown || at.plan->inboundNotKnown > 0 || at.plan->left > 0;
    }
    auto *form = qobject_cast<QFormLayout *>(m_choices->layout());
    const auto showRow = [form](QWidget *field, bool shown) {
        field->setVisible(shown);
        form->labelForField(field)->setVisible(shown);
    };
    showRow(m_closed, anyClosed);
    showRow(m_notKnown, anyNotKnown);
    showPeople();
    m_choices->setVisible((anyClosed || anyNotKnown) && m_wishes.kind == OperationKind::Block);
    showSentences();
    showButtons();
    if (isVisible())
        QTimer::singleShot(0, this, [this] { growToContent(*this); });
}

/// No gateway is asked: those who are stopped or lifted here.
void BlockPlanDialog::showPeopleHere()
{
    const auto people = qint64(m_subject.people.size());
    const QString what = m_wishes.stop ? tr("Do not contact")
        : m_wishes.liftStop            ? tr("Do-not-contact lifted")
                                       : tr("Nothing");
    m_people->setPeople(
        people + qint64(m_subject.strangers.size()),
        [this, people, what](qint64 row) {
            return row < people ? PlannedPerson{m_subject.people[std::size_t(row)], {}, {}, what}
                                : PlannedPerson{{}, m_subject.strangers[std::size_t(row - people)], {}, what};
        },
        true);
}

/// Those who are blocked, armed, unblocked or reported; where no gateway is asked, those who are stopped or lifted
/// here.
void BlockPlanDialog::showPeople()
{
    struct Part {
        std::shared_ptr<const BlockPlan> plan;
        const std::vector<OperationItem> *items;
        QString what;
    };
    std::vector<Part> parts;
    qint64 number = 0;
    const bool several = m_plans.size() > 1;
    for (const BlockPlanAt &at : m_plans) {
        const auto add = [&](const std::vector<OperationItem> &items, const QString &what) {
            if (items.empty())
                return;
            //: what is done about somebody: %1 what, %2 the account
            parts.push_back({at.plan, &items, several ? tr("%1, %2").arg(what, Words::account(at.account)) : what});
            number += qint64(items.size());
        };
        add(at.plan->send,
            m_wishes.kind == OperationKind::Block         ? tr("Block")
                : m_wishes.kind == OperationKind::Unblock ? tr("Unblock")
                                                          : tr("Report"));
        add(at.plan->arm, tr("Arm"));
    }
    if (number == 0)
        return showPeopleHere();
    m_people->setPeople(
        number,
        [parts = std::move(parts)](qint64 row) {
            for (const Part &part : parts) {
                if (row < qint64(part.items->size())) {
                    const OperationItem &item = (*part.items)[std::size_t(row)];
                    return PlannedPerson{item.person, item.alias, item.ask, part.what};
                }
                row -= qint64(part.items->size());
            }
            return PlannedPerson{};
        },
        true);
}

void BlockPlanDialog::showAccount(const BlockPlanAt &at)
{
    const BlockPlan &plan = *at.plan;
    const bool block = m_wishes.kind == OperationKind::Block;
    auto *heading = plainLabel(m_accounts, "account", "heading");
    heading->setText(tr("At %1").arg(Words::account(at.account)));
    auto *fields = new FieldList(m_accounts);
    fields->setObjectName(QStringLiteral("counts"));
    const auto add = [fields](const QString &label, qint64 number, const QString &remark) {
        if (number > 0)
            fields->add(label, remark.isEmpty() ? count(number) : tr("%1 – %2").arg(count(number), remark));
    };
    fields->add(block                                 ? tr("Will be blocked")
            : m_wishes.kind == OperationKind::Unblock ? tr("Will be unblocked")
                                                      : tr("Will be reported"),
        count(qint64(plan.send.size())));
    add(tr("Armed"), qint64(plan.arm.size()), tr("do-not-contact now, the block is offered when they write again"));
    add(block ? tr("Already") : tr("Not blocked"), plan.already, tr("nothing is sent about them"));
    add(tr("Unsettled"), plan.unsettled, tr("what was asked before is still unknown: Settle… it first"));
    add(tr("Same number"), plan.sameNumber, tr("share a number with somebody else, which is asked once"));
    add(tr("No number"), plan.noNumber, tr("there is nothing this gateway could name"));
    add(tr("Left out"), plan.left, tr("as chosen here"));
    add(tr("Outside 24 hours"), plan.outsideWindow, tr("this gateway blocks only who wrote within 24 hours"));
    add(tr("Last inbound not known"), plan.inboundNotKnown,
        at.account.sandbox
            ? tr("the gateway may refuse them; “Let them write in (sandbox)” in the Block menu makes them write first")
            : tr("the gateway may refuse them"));
    add(tr("Not in the list"), plan.nobody, tr("numbers that belong to nobody here"));
    add(tr("Other WhatsApp number"), plan.otherWaId, tr("go to the number that the gateway confirmed for them"));
    add(tr("Opted out"), m_wishes.kind == OperationKind::Unblock ? plan.optedOut : 0,
        tr("do-not-contact is lifted only with a new consent"));
    if (block && plan.listMost > 0 && !plan.send.empty())
        //: how full the gateway's list is before this: "1,204 of 64,000"
        fields->add(tr("On its list now"),
            plan.listRead ? tr("%1 of %2").arg(count(plan.listTaken), count(plan.listMost))
                          : tr("not known: the list was never read; it holds %1").arg(count(plan.listMost)));
    add(tr("List full"), plan.overList,
        tr("will be refused: the gateway's list holds %1 and has %2").arg(count(plan.listMost), count(plan.listTaken)));
    add(tr("Requests"), plan.requests, {});
    if (plan.requests > 0) {
        fields->add(tr("Confirmation"),
            m_wishes.kind == OperationKind::Report ? tr("none: WhatsApp does not tell what becomes of a report")
                : plan.canReadBack
                ? tr("the list is read afterwards, in %1 requests", nullptr, forPlural(plan.readRequests))
                      .arg(count(plan.readRequests))
                : tr("this account cannot list: done stays not confirmed"));
        fields->add(tr("Estimated time"), longDuration(plan.estimatedMs));
    }
    m_accounts->layout()->addWidget(heading);
    m_accounts->layout()->addWidget(fields);
}

qint64 BlockPlanDialog::total(std::size_t (*of)(const BlockPlan &)) const
{
    std::size_t sum = 0;
    for (const BlockPlanAt &at : m_plans)
        sum += of(*at.plan);
    return qint64(sum);
}

QString BlockPlanDialog::heading() const
{
    const qint64 people = m_subject.total;
    switch (m_wishes.kind) {
    case OperationKind::Unblock:
        return tr("Unblock %1 people", nullptr, forPlural(people)).arg(count(people));
    case OperationKind::Report:
        return tr("Report %1 people", nullptr, forPlural(people)).arg(count(people));
    case OperationKind::Block:
    case OperationKind::Send:
    case OperationKind::None:
        break;
    }
    return tr("Block %1 people", nullptr, forPlural(people)).arg(count(people));
}

void BlockPlanDialog::showSentences()
{
    m_heading->setText(heading());
    QStringList sentences;
    if (!m_wishes.undoes.isNull())
        sentences << (m_wishes.kind == OperationKind::Unblock
                ? tr("This takes back the block of %1 by the opposite requests. Do-not-contact stays.")
                : tr("This takes back the unblock of %1 by the opposite requests. Do-not-contact does not come back by "
                     "this: where it was lifted, the next Undo offers that."))
                         .arg(moment(m_wishes.undoesAtMs));
    if (m_wishes.kind == OperationKind::Report)
        sentences << tr("WhatsApp receives their last messages and the reason. It cannot be taken back.");
    if (m_wishes.stop)
        sentences << tr("They become do-not-contact here at once, whatever the gateway answers.");
    if (m_wishes.liftStop)
        sentences << tr("Do-not-contact is lifted here.");
    if (m_plans.empty())
        sentences << tr("WhatsApp is not asked.");
    else
        sentences << tr("Nothing has been sent yet.");
    if (m_wishes.keepReasons)
        sentences << tr("Everybody keeps the reason of the list.");
    else if (!m_wishes.reason.isEmpty())
        sentences << tr("Reason: %1.").arg(oneLine(BlockWords::reason(m_wishes.reason)));
    m_summary->setText(sentences.join(u' '));
    const QString why = missing();
    m_warning->setText(why);
    m_warning->setVisible(!why.isEmpty());
}

QString BlockPlanDialog::missing() const
{
    if (m_wishes.liftStop && m_subject.optedOut > 0 && m_wishes.consent.what != ConsentState::OptIn)
        return tr("%1 of them opted out. Go back and state their new consent, or leave do-not-contact as it is.",
            nullptr, forPlural(m_subject.optedOut))
            .arg(count(m_subject.optedOut));
    if (total(&sent) + total(&armed) > 0 || m_wishes.stop || m_wishes.liftStop)
        return {};
    return tr("There is nothing to do: everybody chosen is covered by what is listed here.");
}

void BlockPlanDialog::showButtons()
{
    const qint64 sends = total(&sent);
    const qint64 arms = total(&armed);
    if (m_wishes.kind == OperationKind::Report)
        m_start->setText(tr("Report %1", nullptr, forPlural(sends)).arg(count(sends)));
    else if (m_wishes.kind == OperationKind::Unblock)
        m_start->setText(
            sends > 0 ? tr("Unblock %1", nullptr, forPlural(sends)).arg(count(sends)) : tr("Lift do-not-contact"));
    else if (sends > 0)
        m_start->setText(tr("Block %1", nullptr, forPlural(sends)).arg(count(sends)));
    else if (arms > 0)
        m_start->setText(tr("Arm %1", nullptr, forPlural(arms)).arg(count(arms)));
    else
        m_start->setText(tr("Do not contact %1", nullptr, forPlural(m_subject.total)).arg(count(m_subject.total)));
    roomForBold(*m_start);
    roomForBold(*m_cancel);
    const bool focused = focusWidget() == m_start;
    m_start->setEnabled(!m_busy && missing().isEmpty());
    if (focused && !m_start->isEnabled()) // it would hand the focus on to a button that does something else
        m_cancel->setFocus();
}

void BlockPlanDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    growToContent(*this);
    if (!event->spontaneous())
        focusUsual(); // while there was no plan it could not have it
}

void BlockPlanDialog::focusUsual()
{
    (m_usual->isEnabled() ? m_usual : m_cancel)->setFocus();
}

QString BlockPlanDialog::text() const
{
    QString text = m_heading->text() + u'\n' + m_summary->text() + u'\n';
    for (const FieldList *fields : m_accounts->findChildren<FieldList *>())
        text += fields->text();
    return text;
}

void BlockPlanDialog::setBackPossible(bool possible)
{
    m_back->setVisible(possible);
}

void BlockPlanDialog::setBusy(bool busy)
{
    m_busy = busy;
    showButtons();
    if (!busy && isVisible())
        focusUsual();
}

void BlockPlanDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->show();
    setBusy(false);
}

} // namespace rollcall
