// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/blockwords.h"

#include "ui/text/age.h"
#include "ui/text/foreign.h"
#include "ui/text/gatewaycodes.h"
#include "ui/text/words.h"

namespace rollcall {

namespace {

bool is(const QString &id, const char *why)
{
    return id == QLatin1String(why);
}

} // namespace

QString BlockWords::light(BlockLight light)
{
    switch (light) {
    case BlockLight::None:
        return {};
    case BlockLight::Planned:
        return tr("Planned");
    case BlockLight::Sending:
        return tr("Being sent");
    case BlockLight::Blocked:
        return tr("Blocked, not confirmed");
    case BlockLight::BlockedConfirmed:
        return tr("Blocked, confirmed");
    case BlockLight::BlockedNotThere:
        return tr("Blocked here, not there");
    case BlockLight::OnlyThere:
        return tr("Blocked there, unknown to us");
    case BlockLight::Armed:
        return tr("Armed");
    case BlockLight::Unknown:
        return tr("Unknown");
    case BlockLight::Refused:
        return tr("Not done");
    }
    return {};
}

QString BlockWords::lightIcon(BlockLight light)
{
    switch (light) {
    case BlockLight::None:
        return {};
    case BlockLight::Planned:
    case BlockLight::Sending:
        return QStringLiteral("wait");
    case BlockLight::Blocked:
    case BlockLight::BlockedConfirmed:
        return QStringLiteral("blocked");
    case BlockLight::BlockedNotThere:
    case BlockLight::OnlyThere:
        return QStringLiteral("reconcile");
    case BlockLight::Armed:
        return QStringLiteral("clock");
    case BlockLight::Unknown:
        return QStringLiteral("help");
    case BlockLight::Refused:
        return QStringLiteral("warning");
    }
    return {};
}

QString BlockWords::lightTip(BlockLight light)
{
    switch (light) {
    case BlockLight::None:
        return {};
    case BlockLight::Planned:
        return tr("A run will ask the gateway. Nothing was sent about this number yet.");
    case BlockLight::Sending:
        return tr("The request is on its way.");
    case BlockLight::Blocked:
        return tr("The gateway said that it is done. Its list has not been read since, so this is not confirmed.");
    case BlockLight::BlockedConfirmed:
        return tr("The gateway's own list names this number.");
    case BlockLight::BlockedNotThere:
        return tr("Blocked here, but the gateway's list did not name this number when it was last read.");
    case BlockLight::OnlyThere:
        return tr("On the gateway's list, but not blocked in our own ledger.");
    case BlockLight::Armed:
        return tr("Do-not-contact now. The block is offered when this person writes again.");
    case BlockLight::Unknown:
        return tr("The request left and no usable answer came. It is not sent again by itself: settle it.");
    case BlockLight::Refused:
        return tr("Wanted, but not done: the gateway refused it, or it was settled that it did not happen.");
    }
    return {};
}

QString BlockWords::doNotContact()
{
    return tr("Do not contact");
}

QString BlockWords::stopTip()
{
    return tr("Ours: nothing is sent to this person and no check is spent on them.");
}

QString BlockWords::marketing(MarketingState state)
{
    switch (state) {
    case MarketingState::NotTold:
        break;
    case MarketingState::Stopped:
        return tr("Stopped");
    case MarketingState::Resumed:
        //: the person allows marketing messages again, inside WhatsApp
        return tr("Allowed again");
    }
    return {};
}

QString BlockWords::marketingMeaning(MarketingState state)
{
    switch (state) {
    case MarketingState::NotTold:
        break;
    case MarketingState::Stopped:
        return tr("This person stopped marketing messages inside WhatsApp. Only they can allow them again; other "
                  "messages still arrive.");
    case MarketingState::Resumed:
        return tr("This person had stopped marketing messages inside WhatsApp and allows them again.");
    }
    return marketingTip();
}

QString BlockWords::marketingSource(const QString &id)
{
    if (is(id, MarketingSource::send))
        return tr("A message was refused for it");
    if (is(id, MarketingSource::webhook))
        return tr("WhatsApp told it");
    if (is(id, MarketingSource::byHand))
        return tr("Noted by hand");
    return oneLine(id);
}

QString BlockWords::marketingNotTold()
{
    return tr("Not told");
}

QString BlockWords::marketingTip()
{
    return tr("Only WhatsApp knows whether this person stopped marketing messages; no gateway has told it here.");
}

QString BlockWords::view(BlockView view)
{
    switch (view) {
    case BlockView::All:
        return tr("All");
    case BlockView::Blocked:
        return tr("Blocked");
    case BlockView::HereNotThere:
        return tr("Blocked here, not there");
    case BlockView::OnlyThere:
        return tr("There, unknown to us");
    case BlockView::Armed:
        return tr("Armed");
    case BlockView::Unknown:
        return tr("Unknown");
    case BlockView::Open:
        return tr("Under way");
    case BlockView::Refused:
        return tr("Not done");
    }
    return {};
}

QString BlockWords::reason(const QString &id)
{
    if (is(id, "opt-out"))
        return tr("Opt-out");
    if (is(id, "spam"))
        return tr("Spam");
    if (is(id, "abuse"))
        return tr("Abuse");
    if (is(id, "fraud"))
        return tr("Fraud");
    if (is(id, "wrong-number"))
        return tr("Wrong number");
    if (is(id, "by-mistake"))
        return tr("Blocked by mistake");
    if (is(id, "consented"))
        return tr("Wants to hear from us again");
    if (is(id, "cleared-up"))
        return tr("Cleared up");
    if (is(id, "other"))
        return tr("Other");
    return id;
}

QString BlockWords::source(const QString &id)
{
    if (is(id, "selection"))
        return tr("Chosen people");
    if (is(id, "paste"))
        return tr("Pasted text");
    if (is(id, "server"))
        return tr("Gateway's list");
    if (is(id, "carried"))
        return tr("Another account's list");
    if (is(id, "rule:block-on-stop"))
        return tr("Rule: block who writes STOP");
    if (is(id, "file"))
        return tr("List from a file");
    if (is(id, "undo"))
        return tr("Undo");
    if (is(id, "operator"))
        return tr("Operator's note");
    if (is(id, "sandbox"))
        return tr("Sandbox");
    return oneLine(id);
}

QString BlockWords::runTitle(const OperationRun &run, const Account *account)
{
    const QString name = account ? Words::account(*account) : tr("(removed account)");
    switch (run.kind) {
    case OperationKind::Unblock:
        return tr("Unblocking at %1").arg(name);
    case OperationKind::Report:
        return tr("Reporting at %1").arg(name);
    case OperationKind::Send:
        return tr("Sending a message at %1").arg(name);
    case OperationKind::Block:
    case OperationKind::None:
        break;
    }
    return tr("Blocking at %1").arg(name);
}

QString BlockWords::runState(OperationRunState state)
{
    switch (state) {
    case OperationRunState::Paused:
        return tr("Paused");
    case OperationRunState::Running:
        return tr("Running");
    case OperationRunState::Done:
        return tr("Done");
    case OperationRunState::Cancelled:
        return tr("Cancelled");
    }
    return {};
}

QString BlockWords::window(qint64 lastInboundMs, qint64 nowMs, bool hasRule)
{
    if (!hasRule)
        return {};
    switch (inboundWindow(lastInboundMs, nowMs)) {
    case InboundWindow::Open:
        //: how long somebody can still be blocked under the 24-hour rule
        return tr("Open for %1").arg(longDuration(lastInboundMs + inboundWindowMs - nowMs));
    case InboundWindow::Closed:
        return tr("Closed, wrote %1 ago").arg(shortDuration(nowMs - lastInboundMs));
    case InboundWindow::NotKnown:
        break;
    }
    return tr("Not known");
}

} // namespace rollcall
