// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/sendwords.h"

#include "ui/text/age.h"
#include "ui/text/foreign.h"
#include "ui/text/gatewaycodes.h"

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(SendWords)
};

using Cause = SendWords::Cause;

bool is(const QString &id, const char *why)
{
    return id == QLatin1String(why);
}

Cause refused(const OperationCause &cause, std::optional<GatewayKind> gateway)
{
    if (is(cause.why, Why::outsideWindow))
        return {Text::tr("Outside 24 hours"),
            Text::tr("The gateway takes such a message only for people who wrote within the last 24 hours. Nothing was "
                     "delivered."),
            Text::tr("Wait until they write, then send the message again.")};
    if (is(cause.why, Why::badNumber))
        return {Text::tr("Not a WhatsApp number"), Text::tr("The gateway takes the number for no WhatsApp account."),
            Text::tr("Look at the number on the Contacts page.")};
    if (is(cause.why, Why::unsupported))
        return {Text::tr("Not possible here"), Text::tr("The gateway's engine cannot send cards."),
            Text::tr("Choose another account.")};
    if (is(cause.why, Why::redirected))
        return {Text::tr("Sent elsewhere"),
            Text::tr("The gateway answered with another address, which Rollcall does not follow with a message."),
            Text::tr("Look at the account's address on the Accounts page.")};
    if (is(cause.why, Why::settledByOperator))
        return {Text::tr("Settled: did not arrive"), Text::tr("Nobody knew the outcome; the operator settled it."), {}};
    if (is(cause.why, Why::notOnWhatsApp))
        return {Text::tr("Cannot be reached"),
            Text::tr("The gateway says that nobody can be written to under this number: it is not on WhatsApp, or the "
                     "person is blocked."),
            Text::tr("Look at the number on the Contacts page.")};
    if (is(cause.why, Why::ownNumber))
        return {Text::tr("Own number"), Text::tr("A business cannot write to its own number."), {}};
    if (const auto words = gateway ? wordsOfCode(*gateway, cause.code, cause.detail) : std::nullopt)
        return {Text::tr("Refused (code %1)").arg(cause.code), words->happened, words->next};
    const QString said = oneLine(cause.detail);
    return {cause.code == 0 ? Text::tr("Refused") : Text::tr("Refused (code %1)").arg(cause.code),
        said.isEmpty() ? Text::tr("The gateway said no, without a reason.")
                       : Text::tr("The gateway said: “%1”").arg(said),
        Text::tr("Look the code up at the gateway's vendor; the message can be sent again.")};
}

Cause unknown(const OperationCause &cause)
{
    const QString settle = Text::tr("Ask the recipient, then Settle… it. Nothing is sent again by itself.");
    if (is(cause.why, Why::crash))
        return {Text::tr("Unknown after a crash"),
            Text::tr("The program ended while the message was being sent. It may have arrived."), settle};
    return {Text::tr("Unknown"), Text::tr("The message left and no usable answer came. It may have arrived."), settle};
}

Cause notSent(const OperationCause &cause)
{
    if (is(cause.why, Why::doNotContact))
        return {
            Text::tr("Not sent: do not contact"), Text::tr("The person became do-not-contact before their turn."), {}};
    if (is(cause.why, Why::notOnWhatsApp))
        return {Text::tr("Not sent: not on WhatsApp"), Text::tr("The check before sending said that nobody is there."),
            Text::tr("Look at the number on the Contacts page.")};
    if (is(cause.why, Why::unsettled))
        return {Text::tr("Not sent: unsettled"),
            Text::tr("The outcome of the message before is still unknown. Nothing was sent."),
            Text::tr("Settle… that one first.")};
    return {Text::tr("Cancelled"), Text::tr("The run was cancelled before their turn."),
        Text::tr("Send the message again to reach them.")};
}

Cause waiting(const OperationCause &cause)
{
    if (is(cause.why, Why::offline))
        return {Text::tr("Waits for the gateway"), Text::tr("The gateway could not be reached. Nothing was sent."),
            Text::tr("It is sent when the gateway answers again.")};
    if (is(cause.why, Why::rateLimited))
        return {Text::tr("Waits for a pause"), Text::tr("The gateway asked to slow down and took nothing."),
            Text::tr("It is sent after the pause.")};
    return {Text::tr("Not sent yet"), Text::tr("Still to be sent."), {}};
}

} // namespace

SendWords::Cause SendWords::cause(const OperationCause &cause, std::optional<GatewayKind> gateway)
{
    switch (cause.state) {
    case OperationState::Done:
        if (is(cause.why, Why::settledByOperator))
            return {tr("Settled: arrived"), tr("Nobody knew the outcome; the operator settled it."), {}};
        return {tr("Taken by the gateway"),
            tr("The gateway took the message and gave it an id. Whether it was delivered, only a webhook tells."), {}};
    case OperationState::Refused:
        return refused(cause, gateway);
    case OperationState::Sending:
    case OperationState::Unknown:
        return unknown(cause);
    case OperationState::NotSent:
        return notSent(cause);
    case OperationState::Planned:
    case OperationState::Deferred:
    case OperationState::Armed:
        break;
    }
    return waiting(cause);
}

SendWords::Cause SendWords::cause(const OperationItem &item, std::optional<GatewayKind> gateway)
{
    OperationCause one;
    one.state = item.state;
    one.why = item.why;
    one.code = item.code;
    one.detail = item.detail;
    return cause(one, gateway);
}

QString SendWords::message(const QString &title, int cards)
{
    const QString first = title.isEmpty() ? tr("Without a name") : oneLine(title);
    if (cards <= 1)
        return first;
    //: a message in a list: %1 name on its first card, %2 how many more
    return tr("%1 and %2 other contacts", nullptr, forPlural(cards - 1)).arg(first, count(cards - 1));
}

} // namespace rollcall
