// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/failuretext.h"

#include "ui/text/age.h"
#include "ui/text/foreign.h"
#include "ui/text/gatewaycodes.h"

#include <QCoreApplication>
#include <QStringList>

namespace rollcall {

namespace {

/// %1 in `happened` is the subject; `plain` is the sentence without one.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Failure)
public:
    QString happened = {};
    QString plain = {};
    QString kept = {};
    QString next = {};
};

Words network(Failure::Kind kind)
{
    using Kind = Failure::Kind;
    const QString kept = Words::tr("What is here was not changed.");
    switch (kind) {
    case Kind::Offline:
        return {Words::tr("%1 could not be reached."), Words::tr("The gateway could not be reached."),
            Words::tr("Nothing was sent."), Words::tr("Check the network and the account's address, then try again.")};
    case Kind::Timeout:
        return {Words::tr("%1 did not answer in time."), Words::tr("The gateway did not answer in time."),
            Words::tr("No number was judged by this."), Words::tr("Try again; if it stays slow, test the connection.")};
    case Kind::Tls:
        return {Words::tr("No safe connection to %1 could be made: its certificate or encryption was refused."),
            Words::tr("No safe connection could be made: the certificate or encryption was refused."),
            Words::tr("Nothing was sent."),
            Words::tr("If the gateway has a certificate of your own authority, name its CA file in the account.")};
    case Kind::Redirected:
        return {Words::tr("The gateway wanted to send us on to %1."),
            Words::tr("The gateway wanted to send us elsewhere."), Words::tr("The login was not passed on."),
            Words::tr("If that is the right address, enter it in the account.")};
    case Kind::TooLarge:
        return {Words::tr("%1 is larger than Rollcall accepts."),
            Words::tr("The answer is larger than Rollcall accepts."), kept,
            Words::tr("Check that the address or file is the right one.")};
    case Kind::BadReply:
        return {Words::tr("The answer of %1 could not be read."), Words::tr("The gateway's answer could not be read."),
            kept, Words::tr("Test the connection: the address may belong to another service.")};
    case Kind::OutcomeUnknown:
        return {Words::tr("The request to %1 left, but no usable answer came back."),
            Words::tr("The request left, but no usable answer came back."),
            Words::tr("Its outcome is kept as unknown and it is not sent again by itself."),
            Words::tr("Look at the gateway and settle it.")};
    case Kind::Unauthorised:
        return {Words::tr("%1 did not accept the login."), Words::tr("The gateway did not accept the login."), kept,
            Words::tr("Enter user name and password anew in the account and test the connection.")};
    case Kind::RateLimited:
        return {Words::tr("%1 asks to slow down."), Words::tr("The gateway asks to slow down."),
            Words::tr("Nothing was lost; what was not asked stays planned."), Words::tr("It goes on after the pause.")};
    case Kind::Refused:
        return {Words::tr("The gateway refused: %1."), Words::tr("The gateway refused the request."), kept,
            Words::tr("Check what was asked, and the account's settings.")};
    case Kind::GatewayError:
        return {Words::tr("%1 reported an error of its own."), Words::tr("The gateway reported an error of its own."),
            kept, Words::tr("Try again later; if it stays, ask whoever runs the gateway.")};
    case Kind::Unsupported:
        return {Words::tr("This gateway cannot do that: %1."), Words::tr("This gateway cannot do that."), kept,
            Words::tr("Choose another account.")};
    default:
        return {};
    }
}

Words files(Failure::Kind kind)
{
    using Kind = Failure::Kind;
    const QString untouched = Words::tr("The file was left exactly as it was.");
    switch (kind) {
    case Kind::Storage:
        return {Words::tr("%1 could not be read or written."), Words::tr("The file could not be read or written."),
            Words::tr("Nothing half-done was kept."),
            Words::tr("Check the disk and the folder's permissions, then try again.")};
    case Kind::DiskFull:
        return {Words::tr("The disk is full, writing %1 stopped."), Words::tr("The disk is full."),
            Words::tr("Everything saved before is still there, nothing half-done was kept."),
            Words::tr("Free some space, then try again.")};
    case Kind::ReadOnly:
        return {Words::tr("%1 cannot be written."), Words::tr("This profile cannot be written."),
            Words::tr("It is shown, and nothing can be changed."),
            Words::tr("Check the permissions of the file and its folder.")};
    case Kind::Corrupt:
        return {Words::tr("The database %1 is damaged."), Words::tr("The database is damaged."), untouched,
            Words::tr("Restore a backup (folder “backups” of the profile) or ask for help with a copy of the file.")};
    case Kind::Foreign:
        return {Words::tr("%1 is not a database of Rollcall, or it belongs to somebody else."),
            Words::tr("The file is not a database of Rollcall, or it belongs to somebody else."), untouched,
            Words::tr("Choose another folder with --data-dir, or move the file away.")};
    case Kind::NewerSchema:
        return {Words::tr("%1 was written by a newer Rollcall."),
            Words::tr("The database was written by a newer Rollcall."), untouched,
            Words::tr("Start the newer Rollcall, or choose another profile.")};
    case Kind::Busy:
        return {
            Words::tr("%1 is busy just now: another program uses it, or it is still being checked after the start."),
            Words::tr("The database is busy just now."), Words::tr("Nothing was changed."),
            Words::tr("Try again in a moment.")};
    case Kind::AlreadyOpen:
        return {Words::tr("Rollcall already runs with the profile in %1."),
            Words::tr("Rollcall already runs with this profile."), Words::tr("Nothing was changed."),
            Words::tr("Use the window that is open, or choose another profile.")};
    case Kind::NotFound:
        return {Words::tr("%1 was not found."), Words::tr("What was looked for is not there any more."),
            Words::tr("Nothing was changed."), Words::tr("Refresh the view, or check the name.")};
    default:
        return {};
    }
}

Words people(Failure::Kind kind)
{
    using Kind = Failure::Kind;
    switch (kind) {
    case Kind::BadInput:
        return {Words::tr("This cannot be used: %1."), Words::tr("This cannot be used as it is."),
            Words::tr("Nothing was changed."), Words::tr("Correct it and try again.")};
    case Kind::NoKeychain:
        return {Words::tr("There is no keychain on this computer to keep the password of %1."),
            Words::tr("There is no keychain on this computer."),
            Words::tr("The password is known only until Rollcall is closed; nothing else is lost."),
            Words::tr(
                "Enter it in the account (Edit account…), and Resume what waits; to keep it, install and unlock a "
                "keychain such as GNOME Keyring or KWallet.")};
    case Kind::KeychainLocked:
        return {Words::tr("The keychain did not let us in for %1."), Words::tr("The keychain did not let us in."),
            Words::tr("Nothing was forgotten; a password just typed is kept in memory for this session."),
            Words::tr("Unlock the keychain, then try again.")};
    case Kind::Cancelled:
        return {Words::tr("%1 was stopped."), Words::tr("Stopped."), Words::tr("What was already done stays."),
            Words::tr("Start again whenever you like.")};
    case Kind::DoNotContact:
        return {Words::tr("%1 is marked do-not-contact."), Words::tr("This person is marked do-not-contact."),
            Words::tr("Nothing was sent and no check was spent."),
            Words::tr("Lift the stop first if the person has agreed to be contacted again.")};
    case Kind::ClockMoved:
        return {Words::tr("The computer's clock is behind what %1 has already seen."),
            Words::tr("The computer's clock is behind what this profile has already seen."),
            Words::tr(
                "Nothing was asked and nothing was lost; every verdict counts as expired until the time is sure."),
            Words::tr("Set the clock right, or confirm the time in the preferences.")};
    case Kind::OverBudget:
        return {Words::tr("The check budget of %1 is spent."), Words::tr("The account's check budget is spent."),
            Words::tr("What was not asked stays planned."),
            Words::tr("It goes on when there is room again; the budget is set in the account.")};
    default:
        return {};
    }
}

Words wordsOf(Failure::Kind kind)
{
    Words words = network(kind);
    if (words.plain.isEmpty())
        words = files(kind);
    return words.plain.isEmpty() ? people(kind) : words;
}

/// "…the sentence. It says “Not engaged contact” (code 2048)."
QString withOwnWords(const QString &sentence, const Failure &failure)
{
    const bool quotes = failure.kind == Failure::Kind::Refused && !failure.subject.isEmpty();
    const QString code = QString::number(failure.code);
    if (!quotes && sentence.contains(code))
        return sentence; // it names the code itself
    return quotes ? Words::tr("%1 It says “%2” (code %3).").arg(sentence, oneLine(failure.subject), code)
                  : Words::tr("%1 Its code is %2.").arg(sentence, code);
}

std::optional<CodeWords> vendorWords(const Failure &failure, std::optional<GatewayKind> kind)
{
    return kind ? wordsOfCode(failure, *kind) : std::nullopt;
}

} // namespace

QString whatHappened(const Failure &failure, std::optional<GatewayKind> kind)
{
    if (const std::optional<CodeWords> vendor = vendorWords(failure, kind))
        return withOwnWords(vendor->happened, failure);
    const Words words = wordsOf(failure.kind);
    QString text = failure.subject.isEmpty() ? words.plain : words.happened.arg(failure.subject);
    const bool saysCode = failure.kind == Failure::Kind::Refused || failure.kind == Failure::Kind::GatewayError;
    if (saysCode && failure.code != 0)
        //: %1 is the sentence of a failure, %2 the gateway's own code
        text = Words::tr("%1 (code %2)").arg(text, QString::number(failure.code));
    return text;
}

QString nextStep(const Failure &failure, std::optional<GatewayKind> kind)
{
    QString next = wordsOf(failure.kind).next;
    // A write of unknown outcome is settled the same way whatever the code (product.md, rule 4).
    if (failure.kind != Failure::Kind::OutcomeUnknown)
        if (const std::optional<CodeWords> vendor = vendorWords(failure, kind))
            next = vendor->next;
    if (failure.retryAfter && failure.retryAfter->count() > 0)
        //: %1 is what to do, %2 a duration such as "3 min 20 s"
        return Words::tr("%1 That is in %2.").arg(next, longDuration(failure.retryAfter->count() * 1000));
    return next;
}

QString failureSentence(const Failure &failure, std::optional<GatewayKind> kind)
{
    return QStringList{whatHappened(failure, kind), wordsOf(failure.kind).kept, nextStep(failure, kind)}.join(
        QLatin1Char(' '));
}

QString briefly(const Failure &failure)
{
    using Kind = Failure::Kind;
    switch (failure.kind) {
    case Kind::Offline:
        return Words::tr("Offline");
    case Kind::Timeout:
        return Words::tr("No answer");
    case Kind::Tls:
        return Words::tr("Certificate refused");
    case Kind::Redirected:
        return Words::tr("Sends us elsewhere");
    case Kind::TooLarge:
    case Kind::BadReply:
    case Kind::OutcomeUnknown:
        return Words::tr("Answer not readable");
    case Kind::Unauthorised:
        return Words::tr("Login refused");
    case Kind::RateLimited:
        return Words::tr("Asks to slow down");
    case Kind::Refused:
        return failure.aboutAccount ? Words::tr("Account refused") : Words::tr("Refuses requests");
    case Kind::GatewayError:
        return Words::tr("Gateway in trouble");
    case Kind::Unsupported:
        return Words::tr("Cannot do that");
    case Kind::NoKeychain:
    case Kind::KeychainLocked:
        return Words::tr("No password at hand");
    default:
        return Words::tr("Not usable now");
    }
}

} // namespace rollcall
