// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/words.h"

#include <QHash>
#include <QLocale>
#include <QStringList>

namespace rollcall {

namespace {

/// Stable ids and their words stand in one table each; the words are translated at the moment of showing.
struct Entry {
    const char *id;
    const char *words;
};

/// Countries that QLocale spells in ASCII, or for short, or not at all.
struct CountryName {
    const char *region;
    const char *name; ///< UTF-8
};

constexpr CountryName countryNames[] = {
    {"AX", "\xC3\x85land Islands"},
    {"BL", "Saint Barth\xC3\xA9lemy"},
    {"CC", "Cocos (Keeling) Islands"},
    {"CD", "Congo (Kinshasa)"},
    {"CG", "Congo (Brazzaville)"},
    {"CW",
        "Cura\xC3\xA7"
        "ao"},
    {"GW", "Guinea-Bissau"},
    {"RE", "R\xC3\xA9union"},
    {"ST", "S\xC3\xA3o Tom\xC3\xA9 and Pr\xC3\xADncipe"},
    {"TA", "Tristan da Cunha"},
    {"VC", "Saint Vincent and the Grenadines"},
};

const char *find(const QString &id, const Entry *begin, const Entry *end)
{
    for (const Entry *entry = begin; entry != end; ++entry)
        if (id == QLatin1String(entry->id))
            return entry->words;
    return nullptr;
}

constexpr Entry reasons[] = {
    {"version>=2.43",
        QT_TRANSLATE_NOOP("Words",
            "This gateway is version 2.43 or later and calls every number valid, so its valid proves nothing.")},
    {"2.43",
        QT_TRANSLATE_NOOP("Words",
            "This gateway is version 2.43 or later and calls every number valid, so its valid proves nothing.")},
    {"always-valid",
        QT_TRANSLATE_NOOP(
            "Words", "This gateway called a number valid that nobody can have, so its valid proves nothing.")},
    {"probe",
        QT_TRANSLATE_NOOP("Words",
            "In the truth probe this account called a number valid that nobody can have, so its valid proves "
            "nothing.")},
    {"no-country",
        QT_TRANSLATE_NOOP("Words",
            "Not sent: this gateway needs the country code in front, with +. Add it to the number, then check again.")},
    {"word", QT_TRANSLATE_NOOP("Words", "The gateway answered with a word that Rollcall does not know.")},
    {"unknown-word", QT_TRANSLATE_NOOP("Words", "The gateway answered with a word that Rollcall does not know.")},
    {"missing-row", QT_TRANSLATE_NOOP("Words", "The gateway's answer left this number out.")},
    {"missing", QT_TRANSLATE_NOOP("Words", "The gateway's answer left this number out.")},
    {"not-answered", QT_TRANSLATE_NOOP("Words", "The gateway's answer left this number out.")},
    {"no-answer", QT_TRANSLATE_NOOP("Words", "The gateway's answer left this number out.")},
    {"no-word", QT_TRANSLATE_NOOP("Words", "The gateway's answer had no verdict for this number.")},
    {"contradiction", QT_TRANSLATE_NOOP("Words", "The gateway answered twice about this number and not the same.")},
    {"failed",
        QT_TRANSLATE_NOOP("Words", "The gateway could not look this number up. This says nothing about the number.")},
    {"processing", QT_TRANSLATE_NOOP("Words", "The gateway is still looking this number up.")},
    {"processing-timeout",
        QT_TRANSLATE_NOOP(
            "Words", "The gateway was still looking this number up when the time allowed for it was over.")},
    {"timeout", QT_TRANSLATE_NOOP("Words", "The gateway did not answer in time. This says nothing about the number.")},
    {"offline", QT_TRANSLATE_NOOP("Words", "The gateway could not be reached. This says nothing about the number.")},
    {"do-not-contact", QT_TRANSLATE_NOOP("Words", "Not asked: this person is marked do-not-contact.")},
    {"cancelled", QT_TRANSLATE_NOOP("Words", "Not asked: the run was cancelled.")},
    {"cool-down", QT_TRANSLATE_NOOP("Words", "Not asked: this number was asked a moment ago.")},
    {"over-budget", QT_TRANSLATE_NOOP("Words", "Not asked: the account's check budget was spent.")},
    {"no-number", QT_TRANSLATE_NOOP("Words", "Not asked: there is no number to ask about.")},
    {"unauthorised", QT_TRANSLATE_NOOP("Words", "The gateway did not accept the login.")},
    {"unsupported", QT_TRANSLATE_NOOP("Words", "This gateway, or its engine, cannot check numbers.")},
    {"rate-limited", QT_TRANSLATE_NOOP("Words", "The gateway asked to slow down.")},
    {"refused", QT_TRANSLATE_NOOP("Words", "The gateway refused the question.")},
    {"bad-reply", QT_TRANSLATE_NOOP("Words", "The gateway's answer could not be read.")},
    {"gateway-error", QT_TRANSLATE_NOOP("Words", "The gateway reported an error of its own.")},
};

constexpr Entry acts[] = {
    {"start", QT_TRANSLATE_NOOP("Words", "Program started")},
    {"person.add", QT_TRANSLATE_NOOP("Words", "New person")},
    {"person.edit", QT_TRANSLATE_NOOP("Words", "Edit person")},
    {"person.delete", QT_TRANSLATE_NOOP("Words", "Delete people")},
    {"person.erase", QT_TRANSLATE_NOOP("Words", "Erase but keep suppressed")},
    {"retention", QT_TRANSLATE_NOOP("Words", "Old data removed by the retention rules")},
    {"consent", QT_TRANSLATE_NOOP("Words", "Opt-in or opt-out recorded")},
    {"marketing.stop", QT_TRANSLATE_NOOP("Words", "Marketing stop in WhatsApp noted")},
    {"marketing.resume", QT_TRANSLATE_NOOP("Words", "Marketing allowed again in WhatsApp, noted")},
    {"consent.override", QT_TRANSLATE_NOOP("Words", "Went on without opt-in")},
    {"dossier", QT_TRANSLATE_NOOP("Words", "Dossier written")},
    {"person.stop", QT_TRANSLATE_NOOP("Words", "Do not contact")},
    {"person.lift", QT_TRANSLATE_NOOP("Words", "Do-not-contact lifted")},
    {"stop", QT_TRANSLATE_NOOP("Words", "Do not contact")},
    {"lift", QT_TRANSLATE_NOOP("Words", "Do-not-contact lifted")},
    {"stop.set", QT_TRANSLATE_NOOP("Words", "Do not contact")},
    {"stop.lift", QT_TRANSLATE_NOOP("Words", "Do-not-contact lifted")},
    {"import", QT_TRANSLATE_NOOP("Words", "Import")},
    {"fetch", QT_TRANSLATE_NOOP("Words", "Fetch contacts")},
    {"lookup", QT_TRANSLATE_NOOP("Words", "Look up details")},
    {"export", QT_TRANSLATE_NOOP("Words", "Export")},
    {"block.run", QT_TRANSLATE_NOOP("Words", "Block")},
    {"block.answer", QT_TRANSLATE_NOOP("Words", "Answers to a block stored")},
    {"block.done", QT_TRANSLATE_NOOP("Words", "Block finished")},
    {"block.cancel", QT_TRANSLATE_NOOP("Words", "Block cancelled")},
    {"block.pause", QT_TRANSLATE_NOOP("Words", "Block paused")},
    {"block.resume", QT_TRANSLATE_NOOP("Words", "Block resumed")},
    {"block.recover", QT_TRANSLATE_NOOP("Words", "Outcome unknown after a crash")},
    {"block.arm", QT_TRANSLATE_NOOP("Words", "Block armed")},
    {"block.disarm", QT_TRANSLATE_NOOP("Words", "Arming taken away")},
    {"block.read", QT_TRANSLATE_NOOP("Words", "Gateway's block list read")},
    {"block.settle", QT_TRANSLATE_NOOP("Words", "Unknown outcome settled")},
    {"block.adopt", QT_TRANSLATE_NOOP("Words", "Taken over from the gateway's list")},
    {"block.accept", QT_TRANSLATE_NOOP("Words", "Accepted: not blocked any more")},
    {"block.export", QT_TRANSLATE_NOOP("Words", "Block list exported")},
    {"unblock.recover", QT_TRANSLATE_NOOP("Words", "Outcome unknown after a crash")},
    {"unblock.run", QT_TRANSLATE_NOOP("Words", "Unblock")},
    {"unblock.answer", QT_TRANSLATE_NOOP("Words", "Answers to an unblock stored")},
    {"unblock.done", QT_TRANSLATE_NOOP("Words", "Unblock finished")},
    {"unblock.cancel", QT_TRANSLATE_NOOP("Words", "Unblock cancelled")},
    {"unblock.pause", QT_TRANSLATE_NOOP("Words", "Unblock paused")},
    {"unblock.resume", QT_TRANSLATE_NOOP("Words", "Unblock resumed")},
    {"report.run", QT_TRANSLATE_NOOP("Words", "Report to WhatsApp")},
    {"report.answer", QT_TRANSLATE_NOOP("Words", "Answers to a report stored")},
    {"report.done", QT_TRANSLATE_NOOP("Words", "Report finished")},
    {"report.cancel", QT_TRANSLATE_NOOP("Words", "Report cancelled")},
    {"report.pause", QT_TRANSLATE_NOOP("Words", "Report paused")},
    {"report.resume", QT_TRANSLATE_NOOP("Words", "Report resumed")},
    {"inbound.note", QT_TRANSLATE_NOOP("Words", "Noted: wrote to us")},
    {"time.confirm", QT_TRANSLATE_NOOP("Words", "Time confirmed")},
    {"undo", QT_TRANSLATE_NOOP("Words", "Undo")},
    {"redo", QT_TRANSLATE_NOOP("Words", "Redo")},
    {"check.run", QT_TRANSLATE_NOOP("Words", "Validation started")},
    {"check.create", QT_TRANSLATE_NOOP("Words", "Validation started")},
    {"check.answer", QT_TRANSLATE_NOOP("Words", "Answers stored")},
    {"check.answers", QT_TRANSLATE_NOOP("Words", "Answers stored")},
    {"check.pause", QT_TRANSLATE_NOOP("Words", "Validation paused")},
    {"check.resume", QT_TRANSLATE_NOOP("Words", "Validation resumed")},
    {"check.cancel", QT_TRANSLATE_NOOP("Words", "Validation cancelled")},
    {"check.done", QT_TRANSLATE_NOOP("Words", "Validation finished")},
    {"check.retry", QT_TRANSLATE_NOOP("Words", "Failed numbers planned again")},
    {"check.state", QT_TRANSLATE_NOOP("Words", "Validation changed state")},
    {"send.run", QT_TRANSLATE_NOOP("Words", "Message: sending started")},
    {"send.answer", QT_TRANSLATE_NOOP("Words", "Message: answers stored")},
    {"send.pause", QT_TRANSLATE_NOOP("Words", "Message: sending paused")},
    {"send.resume", QT_TRANSLATE_NOOP("Words", "Message: sending resumed")},
    {"send.cancel", QT_TRANSLATE_NOOP("Words", "Message: sending cancelled")},
    {"send.done", QT_TRANSLATE_NOOP("Words", "Message: sending finished")},
    {"send.recover", QT_TRANSLATE_NOOP("Words", "Message: outcome unknown after a crash")},
    {"send.settle", QT_TRANSLATE_NOOP("Words", "Message: outcome settled by the operator")},
    {"template.save", QT_TRANSLATE_NOOP("Words", "Template saved")},
    {"template.remove", QT_TRANSLATE_NOOP("Words", "Template removed")},
    {"draft.remove", QT_TRANSLATE_NOOP("Words", "Draft thrown away")},
    {"account.add", QT_TRANSLATE_NOOP("Words", "Account added")},
    {"account.edit", QT_TRANSLATE_NOOP("Words", "Account changed")},
    {"account.remove", QT_TRANSLATE_NOOP("Words", "Account removed")},
    {"account.probe", QT_TRANSLATE_NOOP("Words", "Truth probe")},
    {"account.refused", QT_TRANSLATE_NOOP("Words", "Gateway cannot do it")},
    {"account.try-again", QT_TRANSLATE_NOOP("Words", "Refusals of the gateway forgotten")},
    {"connection.test", QT_TRANSLATE_NOOP("Words", "Connection tested")},
    {"backup", QT_TRANSLATE_NOOP("Words", "Backup made")},
    {"restore", QT_TRANSLATE_NOOP("Words", "Backup restored")},
};

constexpr Entry findings[] = {
    {"hash", QT_TRANSLATE_NOOP("Words", "an entry was changed after it was written")},
    {"gap", QT_TRANSLATE_NOOP("Words", "an entry is missing")},
    {"digest", QT_TRANSLATE_NOOP("Words", "the details of an entry were changed or removed")},
    {"tail", QT_TRANSLATE_NOOP("Words", "the newest entries were cut off")},
    {"head-missing", QT_TRANSLATE_NOOP("Words", "the note of the newest entry, kept beside the database, is missing")},
};

constexpr Entry testSteps[] = {
    {"address", QT_TRANSLATE_NOOP("Words", "Address is reachable")},
    {"tls", QT_TRANSLATE_NOOP("Words", "Connection is encrypted")},
    {"login", QT_TRANSLATE_NOOP("Words", "Login or key is accepted")},
    {"health", QT_TRANSLATE_NOOP("Words", "Gateway is connected to WhatsApp")},
    {"can-check", QT_TRANSLATE_NOOP("Words", "Gateway can check numbers")},
    {"can-tell", QT_TRANSLATE_NOOP("Words", "Gateway can tell valid from invalid")},
    {"can-block", QT_TRANSLATE_NOOP("Words", "Gateway can block")},
    {"can-list", QT_TRANSLATE_NOOP("Words", "Gateway can list")},
    {"limits", QT_TRANSLATE_NOOP("Words", "Limits are known")},
    {"clock", QT_TRANSLATE_NOOP("Words", "Clocks agree")},
};

} // namespace

QString Words::verdict(VerdictWord word)
{
    switch (word) {
    case VerdictWord::NotChecked:
        return tr("Not checked");
    case VerdictWord::Valid:
        return tr("Valid");
    case VerdictWord::Invalid:
        return tr("Invalid");
    case VerdictWord::Processing:
        return tr("Processing");
    case VerdictWord::Failed:
        return tr("Failed");
    case VerdictWord::Unverified:
        return tr("Unverified");
    }
    return {};
}

QString Words::verdictIcon(VerdictWord word)
{
    switch (word) {
    case VerdictWord::NotChecked:
        break;
    case VerdictWord::Valid:
        return QStringLiteral("verdict-valid");
    case VerdictWord::Invalid:
        return QStringLiteral("verdict-invalid");
    case VerdictWord::Processing:
        return QStringLiteral("verdict-processing");
    case VerdictWord::Failed:
        return QStringLiteral("verdict-failed");
    case VerdictWord::Unverified:
        return QStringLiteral("verdict-unverified");
    }
    return QStringLiteral("verdict-none");
}

QString Words::disagree()
{
    //: in the place of a verdict's word: one account says valid, another invalid
    return tr("Disagree");
}

QString Words::disagreeIcon()
{
    return QStringLiteral("disagree");
}

QString Words::source(VerdictSource source)
{
    //: where a verdict came from: asked just then, or found in our own cache
    return source == VerdictSource::Live ? tr("live") : tr("cached");
}

QString Words::reason(const QString &stableId)
{
    const char *words = find(stableId, std::begin(reasons), std::end(reasons));
    return words ? tr(words) : stableId;
}

QString Words::runState(RunState state)
{
    switch (state) {
    case RunState::Paused:
        return tr("Paused");
    case RunState::Running:
        return tr("Running");
    case RunState::Done:
        return tr("Done");
    case RunState::Cancelled:
        return tr("Cancelled");
    case RunState::WaitingForBudget:
        return tr("Waiting for budget");
    }
    return {};
}

QString Words::runItemState(RunItemState state)
{
    switch (state) {
    case RunItemState::Planned:
        return tr("Planned");
    case RunItemState::Asked:
        return tr("Asked");
    case RunItemState::Answered:
        return tr("Answered");
    case RunItemState::Failed:
        return tr("Failed");
    case RunItemState::NotAsked:
        return tr("Not asked");
    }
    return {};
}

QString Words::consent(ConsentState state)
{
    switch (state) {
    case ConsentState::None:
        return tr("None known");
    case ConsentState::OptIn:
        return tr("Opt-in");
    case ConsentState::OptOut:
        return tr("Opt-out");
    }
    return {};
}

QString Words::aliasKind(AliasKind kind)
{
    switch (kind) {
    case AliasKind::Typed:
        return tr("As typed");
    case AliasKind::E164:
        return tr("Number");
    case AliasKind::WaId:
        return tr("WhatsApp id");
    case AliasKind::Jid:
        return tr("JID");
    case AliasKind::Lid:
        return tr("LID");
    case AliasKind::Bsuid:
        return tr("BSUID");
    }
    return {};
}

QString Words::numberState(NumberState state)
{
    switch (state) {
    case NumberState::Valid:
        break;
    case NumberState::PossibleOnly:
        return tr("The length fits, but this range is not known. It is kept and can be checked.");
    case NumberState::Unlikely:
        return tr("No number of this length is known. It is kept as typed.");
    case NumberState::NotANumber:
        return tr("This is not a phone number. It is kept as typed.");
    }
    return {};
}

QString Words::account(const Account &account)
{
    const bool saysSo = account.name.contains(tr("sandbox"), Qt::CaseInsensitive);
    return account.sandbox && !saysSo ? tr("%1 (sandbox)").arg(account.name) : account.name;
}

QString Words::gatewayKind(GatewayKind kind)
{
    switch (kind) {
    case GatewayKind::OnPrem:
        return tr("WhatsApp on-premises (contacts node)");
    case GatewayKind::SendApi:
        return tr("sendapi");
    case GatewayKind::CommBox:
        return tr("CommBox");
    case GatewayKind::Wawp:
        return tr("Wawp");
    case GatewayKind::Dialog360:
        return tr("360dialog");
    case GatewayKind::CloudApi:
        return tr("WhatsApp Cloud API (Meta)");
    }
    return {};
}

QString Words::personColumn(PersonColumn column)
{
    switch (column) {
    case PersonColumn::Name:
        return tr("Name");
    case PersonColumn::Number:
        return tr("Number");
    case PersonColumn::Country:
        return tr("Country");
    case PersonColumn::Verdict:
        return tr("Verdict");
    case PersonColumn::Stops:
        return tr("Do not contact");
    case PersonColumn::Block:
        return tr("Block");
    case PersonColumn::Marketing:
        return tr("Marketing stop");
    case PersonColumn::Consent:
        return tr("Consent");
    case PersonColumn::Tags:
        return tr("Tags");
    case PersonColumn::Organisation:
        return tr("Organisation");
    case PersonColumn::Email:
        return tr("E-mail");
    case PersonColumn::LastInbound:
        return tr("Wrote to us last");
    case PersonColumn::Created:
        return tr("Added");
    case PersonColumn::Note:
        return tr("Note");
    }
    return {};
}

QString Words::country(const QString &region)
{
    if (region == QLatin1String("001")) // libphonenumber's region of numbers that belong to no country
        return tr("International");
    for (const CountryName &country : countryNames)
        if (region == QLatin1String(country.region))
            return QString::fromUtf8(country.name);
    const QLocale::Territory territory = QLocale::codeToTerritory(region);
    if (territory == QLocale::AnyTerritory)
        return region;
    QString name = QLocale::territoryToString(territory);
    // Qt writes every word of it with a capital: "Isle Of Man".
    for (const char *word : {" And ", " Of "})
        name.replace(QLatin1String(word), QString::fromLatin1(word).toLower());
    return name;
}

QString Words::act(const QString &stableId)
{
    const char *words = find(stableId, std::begin(acts), std::end(acts));
    return words ? tr(words) : stableId;
}

QString Words::chainFinding(const QString &stableId)
{
    const char *words = find(stableId, std::begin(findings), std::end(findings));
    return words ? tr(words) : stableId;
}

QString Words::testStep(const QString &stableId)
{
    const char *words = find(stableId, std::begin(testSteps), std::end(testSteps));
    return words ? tr(words) : stableId;
}

} // namespace rollcall
