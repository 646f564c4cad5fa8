// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/gatewaycodes.h"

#include <QCoreApplication>

namespace rollcall {

namespace {

constexpr unsigned on(GatewayKind kind)
{
    return 1U << unsigned(kind);
}
constexpr unsigned onOnPrem = on(GatewayKind::OnPrem);
constexpr unsigned onSendApi = on(GatewayKind::SendApi);
constexpr unsigned onCommBox = on(GatewayKind::CommBox);
constexpr unsigned onWawp = on(GatewayKind::Wawp);
constexpr unsigned onDialog360 = on(GatewayKind::Dialog360);
constexpr unsigned onCloudApi = on(GatewayKind::CloudApi);

constexpr int firstOwnCode = 600; ///< below lie HTTP statuses, which have several meanings
constexpr int anyCode = 0; ///< the words alone say it, whatever the status

/// One line a code. `type`: what the gateway's own words must hold for this line; null = the usual meaning.
struct Line {
    unsigned kinds;
    int code;
    const char *type;
    const char *happened;
    const char *next;
};

#define T(text) QT_TRANSLATE_NOOP("GatewayCodes", text)
constexpr Line lines[] = {
    // On-premises node, gateways.md 1.6: titles that are confirmed.
    {onOnPrem, 400, nullptr, T("The node could not fetch a file that belongs to the message."),
        T("Send it again; if it stays, ask whoever runs the node to look at its media store.")},
    {onOnPrem, 401, nullptr, T("The node did not accept the login."),
        T("Enter user name and password anew in the account and test the connection.")},
    {onOnPrem, 402, nullptr, T("WhatsApp refused because something is wrong with the business's payment."),
        T("Set the payment right in Meta's Business Manager, then try again.")},
    {onOnPrem, 403, nullptr, T("The node does not let this user do that."),
        T("Use a user of the node that may, or ask whoever runs the node.")},
    {onOnPrem, 408, nullptr, T("The message waited for more than a day, so WhatsApp dropped it."),
        T("Send it again if it still matters.")},
    {onOnPrem, 410, nullptr, T("The message expired before it could be delivered."),
        T("Send it again if it still matters.")},
    {onOnPrem, 429, nullptr, T("The node asks to slow down: too many requests came from this number."),
        T("Leave it alone for a while; a run goes on by itself after the pause.")},
    {onOnPrem, 430, nullptr, T("The node's certificate is not signed."),
        T("Ask whoever runs the node to fetch a new certificate and register the number again.")},
    {onOnPrem, 432, nullptr, T("The node's certificate belongs to another number."),
        T("Ask whoever runs the node to fetch a new certificate and register the number again.")},
    {onOnPrem, 433, nullptr, T("The signature of the node's certificate is not valid."),
        T("Ask whoever runs the node to register the number again with a new certificate.")},
    {onOnPrem, 470, nullptr,
        T("The person has not written to you within the last 24 hours, so WhatsApp refused the message."),
        T("Wait until the person writes, then send it.")},
    {onOnPrem, 471, nullptr,
        T("WhatsApp limits this number because too many of its messages were blocked or reported."),
        T("Send less and only to people who want it; try again tomorrow.")},
    {onOnPrem, 472, nullptr, T("This person's number is part of an experiment of Meta's, so the message was refused."),
        T("Reach this person another way.")},
    {onOnPrem, 500, nullptr, T("The node reported an error of its own."),
        T("Try again later; if it stays, ask whoever runs the node.")},
    {onOnPrem, 1009, nullptr, T("The node did not accept a value: often the number or the password breaks its rules."),
        T("Look at the number as it was typed, with + and country code, then try again.")},
    {onOnPrem, 1024, nullptr, T("The node wants a new password before it lets anybody in."),
        T("Set one with the node's own tools, then enter it in the account.")},
    {onOnPrem, 1025, nullptr, T("The node could not read the request."),
        T("Check that the address ends in /v1 and belongs to an on-premises node.")},
    {onOnPrem, 1031, nullptr, T("WhatsApp has locked the business's account for breaking its rules."),
        T("Look at Meta's Business Manager for the reason and the way back; stop checking until then.")},
    {onOnPrem, 2048, nullptr,
        T("This person has not written to you within the last 24 hours, so the node does not block or report them."),
        T("Block them once they have written; a do-not-contact here works at once.")},
    // Known to exist; Meta's list is gone, what is said is how others published them (gateways.md 1.6).
    {onOnPrem, 1000, nullptr,
        T("The node refused with code 1000; Meta no longer publishes its meaning, others read it as “the content was "
          "not accepted”."),
        T("Look at what was sent, and try something simpler.")},
    {onOnPrem, 1001, nullptr,
        T("The node refused with code 1001; Meta no longer publishes its meaning, others read it as “the message is "
          "too long”."),
        T("Shorten the message, then send it again.")},
    {onOnPrem, 1002, nullptr,
        T("The node refused with code 1002; Meta no longer publishes its meaning, others read it as “the recipient "
          "cannot get this kind of message”."),
        T("Look at the recipient's number, then try again.")},
    {onOnPrem, 1004, nullptr,
        T("The node refused with code 1004; Meta no longer publishes its meaning, others read it as “that file is "
          "there already”."),
        T("Ask whoever runs the node, and give them the code.")},
    {onOnPrem, 1005, nullptr,
        T("The node did not accept the login (code 1005; Meta no longer publishes its meaning, others read it as "
          "“access "
          "denied”)."),
        T("Enter user name and password anew in the account, and check that this user may do that at the node.")},
    {onOnPrem, 1006, nullptr,
        T("The node refused with code 1006; Meta no longer publishes its meaning, others read it as “not found”."),
        T("Check the number and the node's address, then try again.")},
    {onOnPrem, 1008, nullptr,
        T("The node refused with code 1008; Meta no longer publishes its meaning, others read it as “something "
          "required is missing”."),
        T("Ask whoever runs the node, and give them the code.")},
    {onOnPrem, 1010, nullptr,
        T("The node refused with code 1010; Meta no longer publishes its meaning, others read it as “something was "
          "sent that does not belong there”."),
        T("Ask whoever runs the node, and give them the code.")},
    {onOnPrem, 1011, nullptr,
        T("The node refused with code 1011; Meta no longer publishes its meaning, others read it as “the service is "
          "not ready”."),
        T("Wait until the node is connected, then try again; Test connection shows it.")},
    {onOnPrem, 1013, nullptr,
        T("The node refused with code 1013; Meta no longer publishes its meaning, others read it as “the recipient is "
          "not a WhatsApp user”."),
        T("Check this number again before you write to it.")},
    {onOnPrem, 1014, nullptr,
        T("The node refused with code 1014; Meta no longer publishes its meaning, others read it as “an error inside "
          "the node”."),
        T("Try again later; if it stays, ask whoever runs the node.")},
    {onOnPrem, 1015, nullptr,
        T("The node refused with code 1015; Meta no longer publishes its meaning, others read it as “too many "
          "requests”."),
        T("Leave it alone for a while; a run goes on by itself after the pause.")},
    {onOnPrem, 1021, nullptr,
        T("The node refused with code 1021; Meta no longer publishes its meaning, others read it as “the user is not "
          "known”."),
        T("Check the number and the account's user name.")},
    {onOnPrem, 1022, nullptr,
        T("The node refused with code 1022; Meta no longer publishes its meaning, others read it as “no webhook "
          "address is set”."),
        T("Ask whoever runs the node to set its webhook address.")},
    {onOnPrem, 1023, nullptr,
        T("The node refused with code 1023; Meta no longer publishes its meaning, others read it as “the node's "
          "database failed”."),
        T("Ask whoever runs the node to look at its database, then try again.")},
    {onOnPrem, 1026, nullptr,
        T("The node refused with code 1026; Meta no longer publishes its meaning, others read it as “the recipient's "
          "WhatsApp cannot receive this”."),
        T("Ask the person to update WhatsApp, or reach them another way.")},
    {onOnPrem, 2000, nullptr,
        T("The node refused with code 2000; Meta no longer publishes its meaning, others read it as “the template has "
          "another number of parameters”."),
        T("Compare the template's parameters with what is filled in.")},
    {onOnPrem, 2001, nullptr,
        T("The node refused with code 2001; Meta no longer publishes its meaning, others read it as “there is no such "
          "template”."),
        T("Check the template's name and language at Meta.")},
    {onOnPrem, 2002, nullptr,
        T("The node refused with code 2002; Meta no longer publishes its meaning, others read it as “the recipient "
          "could not load the template”."),
        T("Send it again later; if it stays, send it as a plain message.")},
    {onOnPrem, 2003, nullptr,
        T("The node refused with code 2003; Meta no longer publishes its meaning, others read it as “there is no such "
          "template in that language”."),
        T("Check the template's name and language at Meta.")},
    // sendapi, gateways.md 2.3.
    {onSendApi, 400, nullptr, T("sendapi did not accept the request as it was asked."),
        T("Check the number and the account's session id, then try again.")},
    {onSendApi, 422, nullptr, T("sendapi did not accept a value of the request."),
        T("Check the number, with + and country code, and the account's session id.")},
    // Its codes for single values are not published: the type says it.
    {onSendApi, anyCode, "validation", T("sendapi did not accept a value of the request."),
        T("Check the number, with + and country code, and the account's session id.")},
    {onSendApi, 401, nullptr, T("sendapi did not accept the API key."),
        T("Make a new key in sendapi's dashboard and enter it in the account.")},
    {onSendApi, 4010, "missing_api_key", T("sendapi says that no API key came with the request."),
        T("Enter the key anew in the account and test the connection.")},
    {onSendApi, 4011, "invalid_api_key", T("sendapi does not know this API key."),
        T("Copy the key again from sendapi's dashboard and enter it in the account.")},
    {onSendApi, 4012, "revoked_api_key", T("This API key was revoked at sendapi."),
        T("Make a new key in sendapi's dashboard and enter it in the account.")},
    {onSendApi, 4013, "expired_api_key", T("This API key of sendapi has expired."),
        T("Make a new key in sendapi's dashboard and enter it in the account.")},
    {onSendApi, 402, "subscription_expired", T("The subscription at sendapi has expired."),
        T("Renew it at sendapi, then resume.")},
    {onSendApi, 402, "email_quota_exceeded", T("sendapi's quota of e-mails is used up."),
        T("Wait for the next period or take a larger plan at sendapi.")},
    {onSendApi, 402, nullptr, T("sendapi wants a subscription for this."),
        T("Take or renew a plan at sendapi, then resume.")},
    {onSendApi, 402, "subscription_required", T("sendapi wants a subscription for this."),
        T("Take a plan at sendapi that includes it, then resume.")},
    {onSendApi, 4021, "sms_balance_low", T("The balance for text messages at sendapi is too low."),
        T("Top it up at sendapi; checks on WhatsApp need none of it.")},
    {onSendApi, 4028, "quota_exceeded", T("The quota of the plan at sendapi is used up."),
        T("Wait for the next period or take a larger plan at sendapi.")},
    {onSendApi, 403, nullptr, T("sendapi does not let this API key do that."),
        T("Give the key the rights for contacts in sendapi's dashboard, or make a new one.")},
    {onSendApi, 4030, "insufficient_scope", T("This API key lacks the right for that at sendapi."),
        T("Give the key the rights for contacts in sendapi's dashboard, or make a new one.")},
    {onSendApi, 404, nullptr, T("sendapi found no such session or contact; this says nothing about the number."),
        T("Check the account's session id in sendapi's dashboard.")},
    {onSendApi, 409, nullptr, T("sendapi says that this conflicts with what the session is doing."),
        T("Look whether the session is connected in sendapi's dashboard, then try again.")},
    {onSendApi, 410, nullptr, T("The session at sendapi is gone."),
        T("Connect the phone again at sendapi and enter the new session id in the account.")},
    {onSendApi, 429, nullptr, T("sendapi asks to slow down: the plan's requests per minute are used up."),
        T("A run goes on by itself after the pause; a larger plan allows more.")},
    {onSendApi, 4029, "rate_limit_exceeded",
        T("sendapi asks to slow down: the plan's requests per minute are used up."),
        T("A run goes on by itself after the pause; a larger plan allows more.")},
    {onSendApi, 500, nullptr, T("sendapi reported an error of its own."),
        T("Try again later; if it stays, ask sendapi's support.")},
    // CommBox, gateways.md section 3. Its error answers may have no body: the HTTP status is all there is.
    {onCommBox, 400, nullptr,
        T("CommBox did not accept the request: mostly the stream id or the number is not as it wants them."),
        T("Compare the stream id with the one shown under the channel's name, and the number's country code.")},
    {onCommBox, 401, nullptr,
        T("CommBox did not accept the API key; keys there are replaced on a schedule and end after 30 more days."),
        T("Copy the present key from Settings, API in CommBox's console into the account.")},
    {onCommBox, 404, nullptr, T("CommBox does not know this stream."),
        T("Copy the stream id again from under the channel's name in CommBox's console.")},
    {onCommBox, 429, nullptr, T("CommBox asks to slow down."),
        T("Leave it alone for a while; a run goes on by itself after the pause.")},
    {onCommBox, 500, nullptr, T("CommBox reported an error of its own; this says nothing about the number."),
        T("Try again later; if it stays, ask CommBox's support.")},
    {onCommBox, 501, nullptr, T("CommBox says that it does not offer this call for this channel."),
        T("Ask CommBox's support whether the channel can check numbers.")},
    // Wawp, gateways.md 4.3.
    {onWawp, 200, nullptr, T("Wawp answered, but said that it could not do this, and not why."),
        T("Look at the session in Wawp's dashboard, then try again.")},
    {onWawp, 400, nullptr, T("Wawp did not accept the request: a value or the access token is missing or wrong."),
        T("Check the number, the instance id and the access token.")},
    {onWawp, 401, nullptr, T("Wawp did not accept the access token."),
        T("Copy instance id and access token again from Wawp's dashboard.")},
    {onWawp, 403, "subscription_required", T("Wawp's free plan does not include this."),
        T("Take a plan at Wawp that includes it.")},
    {onWawp, 403, "quota", T("The quota of the plan at Wawp is used up."),
        T("Wait for the next period or take a larger plan at Wawp.")},
    {onWawp, 403, nullptr, T("Wawp refused: the plan does not include this, or its quota is used up."),
        T("Look at the plan in Wawp's dashboard.")},
    {onWawp, 404, "invalid_session", T("The session at Wawp was dropped, so the phone is not connected any more."),
        T("Scan the QR code again in Wawp's dashboard.")},
    {onWawp, 404, nullptr,
        T("Wawp found nothing under that id: a picture is hidden or absent, or the instance id is wrong."),
        T("If it is no picture, check the instance id in the account.")},
    {onWawp, 422, "not implemented", T("The engine behind this Wawp instance cannot do that."),
        T("Choose another engine at Wawp or use another account; then press Try again what was refused.")},
    {onWawp, 501, nullptr, T("The engine behind this Wawp instance cannot do that."),
        T("Choose another engine at Wawp or use another account; then press Try again what was refused.")},
    {onWawp, 422, nullptr,
        T("The session at Wawp is not working now: often the phone is disconnected or the QR code waits."),
        T("Look at the session in Wawp's dashboard and connect the phone again.")},
    {onWawp, 429, nullptr, T("Wawp asks to slow down: it allows one check a second."),
        T("Leave it alone for a while; a run goes on by itself after the pause.")},
    {onWawp, anyCode, "rate-overlimit",
        T("WhatsApp limits how often this Wawp instance may ask for pictures and names."),
        T("Leave it alone for some hours; what was fetched before is kept.")},
    {onWawp, 500, nullptr, T("Wawp reported an error of its own; this says nothing about the number."),
        T("Try again later; if it stays, ask Wawp's support.")},
    // 360dialog and Meta's Cloud API, gateways.md 5.2: blocking.
    {onDialog360 | onCloudApi, 139100, nullptr, T("Some or all of these people were not blocked or unblocked."),
        T("Look at each person's own result; the others are done.")},
    {onDialog360 | onCloudApi, 139101, nullptr, T("The block list is full: it holds 64,000 people."),
        T("Unblock people who no longer matter, then try again.")},
    {onDialog360 | onCloudApi, 139102, nullptr, T("The block list changed while it was being read."),
        T("Read it again from the start; nothing was taken from the broken reading.")},
    {onDialog360 | onCloudApi, 135002, nullptr, T("The block list changed while it was being read."),
        T("Read it again from the start; nothing was taken from the broken reading.")},
    {onDialog360 | onCloudApi, 139103, nullptr,
        T("WhatsApp had an error of its own with the block list, and what became of the request is not sure."),
        T("Read the block list back with Reconcile before you try again.")},
    {onDialog360 | onCloudApi, 130429, nullptr,
        T("Too many people were in one request, or too many requests came at once; WhatsApp took none of them."),
        T("It is planned again after the pause, in smaller portions.")},
    {onDialog360 | onCloudApi, 131021, nullptr, T("This is your own number, which cannot be blocked or written to."),
        T("Take it off the list.")},
    {onDialog360 | onCloudApi, 131047, nullptr,
        T("WhatsApp refused for one of two reasons and does not say which: the person has not written to you within "
          "the last 24 hours, or the number is not on WhatsApp."),
        T("Do it once the person has written; a do-not-contact here works at once.")},
    {onDialog360 | onCloudApi, 131050, nullptr,
        T("The person stopped marketing messages inside WhatsApp, so WhatsApp refused this one."),
        T("Send them no marketing until they allow it again themselves; their marketing stop is shown in Contacts.")},
    // The same, gateways.md 5.1 and 5.4: limits, keys, 360dialog's own envelope.
    {onDialog360 | onCloudApi, 131056, nullptr, T("Too many messages went to this one person in a short time."),
        T("Wait some minutes before you write to this person again.")},
    {onDialog360 | onCloudApi, 131051, nullptr, T("WhatsApp does not support this kind of message."),
        T("Nothing is to be done here; it concerns one message that came in.")},
    {onDialog360 | onCloudApi, 190, nullptr, T("The access token has expired or was withdrawn."),
        T("Make a new token at the gateway and enter it in the account.")},
    // Where its dialect tells the three kinds of HTTP 400 apart, it gives them the codes 402 and 403.
    {onDialog360, 402, nullptr, T("360dialog refuses until its unpaid invoices are settled."),
        T("Settle them in 360dialog's hub, then try again.")},
    {onDialog360, 403, "disabled", T("360dialog has disabled the API of this number."),
        T("Ask 360dialog's support why, and how it is switched on again.")},
    {onDialog360, 400, "disabled", T("360dialog has disabled the API of this number."),
        T("Ask 360dialog's support why, and how it is switched on again.")},
    {onDialog360, 400, "invoice", T("360dialog refuses until its unpaid invoices are settled."),
        T("Settle them in 360dialog's hub, then try again.")},
    {onDialog360, 400, "payment", T("360dialog refuses until its unpaid invoices are settled."),
        T("Settle them in 360dialog's hub, then try again.")},
    {onDialog360, 400, "exceeded the limit", T("360dialog asks to slow down; it took nothing."),
        T("It is planned again after the pause.")},
    {onDialog360, 400, "rate limit", T("360dialog asks to slow down; it took nothing."),
        T("It is planned again after the pause.")},
    {onDialog360, 400, "invalid api", T("360dialog did not accept the API key."),
        T("Generate a new key in 360dialog's hub and enter it in the account.")},
    {onDialog360, 400, nullptr,
        T("360dialog did not accept the request: the API may be disabled, invoices unpaid, or a value wrong."),
        T("Look at the number's state in 360dialog's hub.")},
    {onDialog360, 401, nullptr, T("360dialog did not accept the API key."),
        T("Generate a new key in 360dialog's hub and enter it in the account.")},
    {onDialog360, 403, nullptr, T("360dialog has blocked this path for the number."),
        T("Ask 360dialog's support to open it.")},
    {onDialog360, 404, nullptr,
        T("360dialog did not find what was asked for: often the address or the API key is wrong."),
        T("Check that the address is https://waba-v2.360dialog.io, then the key.")},
    {onDialog360, 429, nullptr, T("360dialog asks to slow down; it took nothing."),
        T("It is planned again after the pause.")},
    {onDialog360, 500, nullptr,
        T("360dialog reported an error of its own; it restarts now and then, for ten minutes at most."),
        T("Try again in a quarter of an hour; if it stays, ask 360dialog's support.")},
    {onDialog360, 502, nullptr, T("The number is not running at 360dialog."),
        T("Look at the number's state in 360dialog's hub, or ask their support.")},
    {onCloudApi, 400, nullptr, T("Meta did not accept the request as it was asked."),
        T("Check the phone number id in the account's address.")},
    {onCloudApi, 401, nullptr, T("Meta did not accept the access token."),
        T("Make a new token for the system user and enter it in the account.")},
    {onCloudApi, 403, nullptr, T("Meta does not let this access token use the number."),
        T("Give the system user rights to the WhatsApp account, then make a new token.")},
    {onCloudApi, 404, nullptr, T("Meta does not know this phone number id."),
        T("Copy the phone number id again from Meta's app dashboard into the address.")},
    {onCloudApi, 429, nullptr, T("Meta asks to slow down; it took nothing."),
        T("It is planned again after the pause.")},
    {onCloudApi, 500, nullptr, T("Meta reported an error of its own."),
        T("Try again later; if it stays, look at Meta's status page.")},
};
#undef T

/// The line whose type is in the words; else the code's usual meaning; else a vendor's own code whatever its type.
const Line *find(GatewayKind kind, int code, const QString &ownWords)
{
    const Line *usual = nullptr;
    const Line *own = nullptr;
    for (const Line &line : lines) {
        if (!(line.kinds & on(kind)))
            continue;
        const bool sameCode = line.code == code;
        if (line.type && (sameCode || line.code == anyCode || line.code >= firstOwnCode)
            && ownWords.contains(QLatin1String(line.type), Qt::CaseInsensitive))
            return &line;
        if (sameCode && !line.type && !usual)
            usual = &line;
        if (sameCode && code >= firstOwnCode && !own)
            own = &line;
    }
    return usual ? usual : own;
}

} // namespace

std::optional<CodeWords> wordsOfCode(GatewayKind kind, int code, const QString &ownWords)
{
    const Line *line = find(kind, code, ownWords);
    if (!line)
        return std::nullopt;
    return CodeWords{QCoreApplication::translate("GatewayCodes", line->happened),
        QCoreApplication::translate("GatewayCodes", line->next)};
}

std::optional<CodeWords> wordsOfCode(const Failure &failure, GatewayKind kind)
{
    using Kind = Failure::Kind;
    QString ownWords = failure.detail + QLatin1Char(' ') + failure.subject;
    switch (failure.kind) {
    case Kind::Unsupported: // an engine's "not implemented", which its dialect has understood already
        ownWords += QStringLiteral(" not implemented");
        break;
    case Kind::Unauthorised:
    case Kind::RateLimited:
    case Kind::Refused:
    case Kind::GatewayError:
    case Kind::OutcomeUnknown:
        break;
    default:
        return std::nullopt;
    }
    return wordsOfCode(kind, failure.code, ownWords);
}

} // namespace rollcall
