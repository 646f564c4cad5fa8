// SPDX-License-Identifier: GPL-3.0-or-later
// Why an operation ended as it did, and what to do then (Why in models/domain/operation.h).
#include "ui/text/blockwords.h"

#include "ui/text/age.h"
#include "ui/text/foreign.h"
#include "ui/text/gatewaycodes.h"

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(BlockWords)
};

using Cause = BlockWords::Cause;

bool is(const QString &id, const char *why)
{
    return id == QLatin1String(why);
}

Cause doneCause(OperationKind kind, bool confirmed)
{
    const bool unblock = kind == OperationKind::Unblock;
    if (kind == OperationKind::Report)
        return {Text::tr("Reported"), Text::tr("WhatsApp took the report. What becomes of it is not told."), {}};
    if (confirmed)
        return {unblock ? Text::tr("Unblocked, confirmed") : Text::tr("Blocked, confirmed"),
            unblock ? Text::tr("The gateway said so, and its list does not name them any more.")
                    : Text::tr("The gateway said so, and its list names them."),
            {}};
    return {unblock ? Text::tr("Unblocked, not confirmed") : Text::tr("Blocked, not confirmed"),
        Text::tr("The gateway said that it is done. Its list was not read back."),
        Text::tr("Reconcile reads the list, where this account can list.")};
}

Cause windowCause()
{
    return {Text::tr("Outside 24 hours"),
        Text::tr("The gateway blocks only people who wrote within the last 24 hours. It gives the same answer for "
                 "numbers that are not on WhatsApp."),
        Text::tr("Arm them: do-not-contact now, and the block is offered when they write again.")};
}

Cause gatewayCause(const OperationCause &cause, std::optional<GatewayKind> gateway)
{
    if (const auto words = gateway ? wordsOfCode(*gateway, cause.code, cause.detail) : std::nullopt)
        return {Text::tr("Refused (code %1)").arg(cause.code), words->happened, words->next};
    const QString said = oneLine(cause.detail);
    return {cause.code == 0 ? Text::tr("Refused") : Text::tr("Refused (code %1)").arg(cause.code),
        said.isEmpty() ? Text::tr("The gateway said no, without a reason.")
                       : Text::tr("The gateway said: “%1”").arg(said),
        Text::tr("Look the code up at the gateway's vendor; the people can be chosen again.")};
}

Cause refusedCause(const OperationCause &cause, std::optional<GatewayKind> gateway)
{
    if (is(cause.why, Why::outsideWindow))
        return windowCause();
    if (is(cause.why, Why::listFull))
        return {Text::tr("List full"),
            Text::tr("The gateway's block list holds no more people. Those who came after were not sent any more."),
            Text::tr("Unblock people who need no block any more. Do-not-contact holds without the gateway.")};
    if (is(cause.why, Why::ownNumber))
        return {Text::tr("Own number"), Text::tr("A business cannot block its own number."), {}};
    if (is(cause.why, Why::badNumber))
        return {Text::tr("Not a WhatsApp number"), Text::tr("The gateway takes the number for no WhatsApp account."),
            Text::tr("Look at the number on the Contacts page.")};
    if (is(cause.why, Why::notThere))
        return {Text::tr("Did not happen"),
            Text::tr("Asked, but the gateway's list, read in full afterwards, says that it did not happen."),
            Text::tr("Choose them again to try once more.")};
    if (is(cause.why, Why::unsupported))
        return {Text::tr("Not possible here"), Text::tr("The gateway's engine cannot block people."),
            Text::tr("Do-not-contact holds without the gateway.")};
    if (is(cause.why, Why::redirected))
        return {Text::tr("Sent elsewhere"),
            Text::tr("The gateway answered with another address, which Rollcall does not follow with a block."),
            Text::tr("Look at the account's address on the Accounts page.")};
    if (is(cause.why, Why::settledByOperator))
        return {Text::tr("Settled: did not work"), Text::tr("Nobody knew the outcome; the operator settled it."), {}};
    return gatewayCause(cause, gateway);
}

Cause unknownCause(const OperationCause &cause)
{
    const QString settle = Text::tr("Settle… them: look at the gateway, or let Reconcile read its list.");
    if (is(cause.why, Why::crash))
        return {Text::tr("Unknown after a crash"),
            Text::tr("The program ended while these were being sent. They may have been carried out."), settle};
    if (is(cause.why, Why::notNamed))
        return {Text::tr("Unknown"), Text::tr("The gateway answered, but its answer does not speak of them."), settle};
    return {Text::tr("Unknown"), Text::tr("The request left and no usable answer came. It may have been carried out."),
        settle};
}

Cause waitingCause(const OperationCause &cause)
{
    if (is(cause.why, Why::offline))
        return {Text::tr("Waits for the gateway"), Text::tr("The gateway could not be reached. Nothing was sent."),
            Text::tr("They are sent when it answers again.")};
    if (is(cause.why, Why::rateLimited))
        return {Text::tr("Waits for a pause"), Text::tr("The gateway asked to slow down and took nothing."),
            Text::tr("They are sent after the pause.")};
    return {Text::tr("Not sent yet"), Text::tr("Still to be sent."), {}};
}

Cause notSentCause(const OperationCause &cause)
{
    if (is(cause.why, Why::superseded))
        return {Text::tr("Superseded"), Text::tr("A later command speaks of the same numbers. Nothing was sent."), {}};
    if (is(cause.why, Why::unsettled))
        return {Text::tr("Not sent: unsettled"),
            Text::tr("What was asked about them before is still unknown. Nothing was sent."),
            Text::tr("Settle… them first, then choose them again.")};
    return {Text::tr("Cancelled"), Text::tr("The run was cancelled before they were sent."),
        Text::tr("Choose them again to send them.")};
}

} // namespace

BlockWords::Cause BlockWords::cause(const OperationCause &cause, OperationKind kind, std::optional<GatewayKind> gateway)
{
    switch (cause.state) {
    case OperationState::Done:
        return doneCause(kind, cause.confirmed);
    case OperationState::Refused:
        return refusedCause(cause, gateway);
    case OperationState::Sending:
    case OperationState::Unknown:
        return unknownCause(cause);
    case OperationState::NotSent:
        return notSentCause(cause);
    case OperationState::Armed:
        return {tr("Armed"), lightTip(BlockLight::Armed), {}};
    case OperationState::Planned:
    case OperationState::Deferred:
        break;
    }
    return waitingCause(cause);
}

QString BlockWords::sighting(const Sighting &seen)
{
    QString came;
    if (seen.cameAfterMs == 0)
        came = tr("It was on the gateway's list when that was read first, %1.").arg(moment(seen.cameMs));
    else if (seen.byUs)
        came = tr("It came on the gateway's list between %1 and %2, as asked from here.")
                   .arg(moment(seen.cameAfterMs), moment(seen.cameMs));
    else
        came = tr("It appeared on the gateway's list between %1 and %2, not by this app.")
                   .arg(moment(seen.cameAfterMs), moment(seen.cameMs));
    if (seen.goneMs == 0)
        return came;
    const QString gone = seen.goneByUs
        ? tr("It went between %1 and %2, as asked from here.").arg(moment(seen.goneAfterMs), moment(seen.goneMs))
        : tr("It went between %1 and %2, not by this app.").arg(moment(seen.goneAfterMs), moment(seen.goneMs));
    return came + u' ' + gone;
}

QString BlockWords::state(const BlockEntry &entry, std::optional<GatewayKind> gateway)
{
    const BlockLight now = lightOf(entry);
    const bool explains
        = entry.wish != OperationKind::None && entry.state != OperationState::Done && !entry.why.isEmpty();
    if (!explains)
        return light(now);
    OperationCause cause;
    cause.state = entry.state;
    cause.why = entry.why;
    cause.code = entry.code;
    cause.detail = entry.detail;
    const QString what = BlockWords::cause(cause, entry.wish, gateway).what;
    const bool refused
        = entry.why != QLatin1String(Why::settledByOperator) && entry.why != QLatin1String(Why::notThere);
    if (entry.wish == OperationKind::Unblock && entry.state == OperationState::Refused)
        return refused ? tr("Unblock refused: %1").arg(what) : tr("Unblock not done: %1").arg(what);
    if (now == BlockLight::Unknown)
        return entry.wish == OperationKind::Unblock ? tr("Unblock unknown") : tr("Block unknown");
    return what;
}

} // namespace rollcall
