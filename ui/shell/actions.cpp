// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/actions.h"

#include "ui/parts/icons.h"
#include "ui/text/usable.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QKeySequence>

namespace rollcall {

namespace {

/// One line an action.
struct Line {
    Act act;
    const char *id;
    const char *text;
    const char *shortcut;
    const char *icon;
    const char *hint; ///< what it does, one sentence
    const char *why; ///< why it is usually not available
    bool checkable = false;
};

#define T(text) QT_TRANSLATE_NOOP("Actions", text)
constexpr Line lines[] = {
    {Act::NewPerson, "newPerson", T("&New person…"), "Ctrl+N", "person-add", T("Adds one person to the list."),
        T("People are added on the Contacts page, in a profile that can be written.")},
    {Act::EditPerson, "editPerson", T("&Edit…"), "F2", "edit",
        T("Changes name, number, tags and note of the current person."),
        T("Choose one person on the Contacts page first.")},
    {Act::DeletePerson, "deletePerson", T("&Delete…"), "Del", "delete",
        T("Removes the chosen people from this list; it never blocks anybody."),
        T("Choose people on the Contacts page first.")},
    {Act::OptIn, "optIn", T("Opt-&in…"), "Ctrl+Shift+O", "verify",
        T("Records that the chosen people agreed to messages: source, wording, day."),
        T("Choose people on the Contacts page first.")},
    {Act::OptOut, "optOut", T("&Opt-out…"), "Ctrl+O", "stop",
        T("Records that the chosen people do not want messages; they become do-not-contact at once."),
        T("Choose people on the Contacts page first.")},
    {Act::MarketingStop, "marketingStop", T("Has stopped &marketing in WhatsApp…"), "Ctrl+Shift+K", "marketing",
        T("Notes that the chosen people stopped marketing messages inside WhatsApp, or allow them again."),
        T("Choose people on the Contacts page first.")},
    {Act::FindStops, "findStops", T("Find S&TOP in a text…"), "", "search",
        T("Marks messages of a pasted chat or inbox that ask to stop, in twenty-four languages, for you to confirm."),
        T("This profile cannot be written.")},
    {Act::Dossier, "dossier", T("&Write dossier…"), "", "person",
        T("Writes everything that is held of the current person into a PDF or HTML file."),
        T("Choose one person on the Contacts page first.")},
    {Act::ErasePerson, "erasePerson", T("Erase but &keep suppressed…"), "", "delete",
        T("Takes the chosen people out of this profile and its backups for good; their numbers stay do-not-contact."),
        T("Choose people on the Contacts page first.")},
    {Act::CheckNumber, "checkNumber", T("&Check a number…"), "Ctrl+L", "check-number",
        T("Asks the current account about one number, typed or pasted."), T("Choose an account first.")},
    {Act::Import, "import", T("&Import…"), "Ctrl+I", "import", T("Brings a list of people in from a file."),
        T("This profile cannot be written.")},
    {Act::ImportSample, "importSample", T("Import sample &list…"), "", "sandbox",
        T("Brings in the made-up people whom the sandbox knows, through the same dialog."),
        T("This profile cannot be written.")},
    {Act::FetchContacts, "fetchContacts", T("Fetch c&ontacts…"), "Ctrl+Shift+G", "fetch",
        T("Reads the contact list of the current account and brings it in like a file. No number is checked."),
        T("Choose an account that can list its contacts: Wawp or sendapi.")},
    {Act::Export, "export", T("E&xport…"), "Ctrl+E", "export",
        T("Writes what the Blocked or the Journal page shows into a CSV or JSON file."),
        T("Open the Blocked or the Journal page first; the cards of a message are written out on the Compose page.")},
    {Act::Validate, "validate", T("&Validate"), "Ctrl+R", "validate",
        T("Asks the current account whether the chosen numbers are on WhatsApp, after a flight plan."),
        T("Choose an account, and people on the Contacts page.")},
    {Act::ForceCheck, "forceCheck", T("&Force check"), "Ctrl+Shift+R", "force",
        T("Asks anew even where a fresh verdict is here. Each such check is spent from the budget."), nullptr, true},
    {Act::WaitForAll, "waitForAll", T("&Wait for all answers"), "Ctrl+Shift+W", "wait",
        T("Lets the gateway look every number up before it answers, in place of saying “processing” first."), nullptr,
        true},
    {Act::Undo, "undo", T("&Undo"), "Ctrl+Z", "undo",
        T("Takes back the newest command, also after a restart: what the gateway was asked, by a flight plan of its "
          "own."),
        T("There is nothing to undo.")},
    {Act::Redo, "redo", T("&Redo"), "Ctrl+Shift+Z", "redo", T("Does again what was undone last."),
        T("There is nothing to redo.")},
    {Act::History, "history", T("&History…"), "Ctrl+H", "history",
        T("Every command with who, when and what; any of the last 30 days can be undone."), nullptr},
    {Act::Pause, "pause", T("&Pause"), "Ctrl+P", "pause", T("Holds the run; what was asked is still answered."),
        T("Choose a running check on the Checks page, or use the button in Jobs.")},
    {Act::Resume, "resume", T("Re&sume"), "Ctrl+Shift+P", "resume", T("Goes on with a paused run."),
        T("Choose a paused check on the Checks page, or use the button in Jobs.")},
    {Act::Cancel, "cancel", T("Ca&ncel"), "Ctrl+.", "cancel", T("Ends the run; what was answered stays."),
        T("Choose a running or paused check on the Checks page, or use the button in Jobs.")},
    {Act::RetryFailed, "retryFailed", T("Retr&y failed"), "Ctrl+Shift+F", "refresh",
        T("Plans the failed numbers of the run again, within the budget."),
        T("Choose a run with failed numbers on the Checks page.")},
    {Act::Block, "block", T("&Block…"), "Ctrl+B", "blocked",
        T("Stops the chosen people, or the numbers in a pasted text: do-not-contact here, and a block at the gateway."),
        T("This profile cannot be written.")},
    {Act::BlockSpam, "blockSpam", T("Block as s&pam…"), "Ctrl+Shift+S", "blocked",
        T("Blocks the chosen people at the current account for spam: straight to the flight plan."),
        T("Choose people on the Contacts page or lines on the Blocked page.")},
    {Act::Unblock, "unblock", T("&Unblock…"), "Ctrl+Shift+B", "unblock",
        T("Takes back the block of the chosen people, or of the numbers in a pasted text."),
        T("This profile cannot be written.")},
    {Act::WroteNow, "wroteNow", T("&Wrote to us just now"), "Ctrl+Shift+I", "clock",
        T("Notes that the chosen people just wrote, and offers the block of those who are armed."),
        T("Choose people on the Contacts page or lines on the Blocked page.")},
    {Act::LetWriteIn, "letWriteIn", T("Let t&hem write in (sandbox)"), "", "sandbox",
        T("The chosen people write to the sandbox's business now, so that it may block and answer them for 24 hours."),
        T("Choose a sandbox account, and people on the Contacts page or lines on the Blocked page.")},
    {Act::Settle, "settle", T("&Settle…"), "", "settle", T("Says what became of requests whose outcome nobody knows."),
        T("No outcome on the Blocked page is unknown.")},
    {Act::Reconcile, "reconcile", T("&Reconcile"), "", "reconcile",
        T("Reads who is blocked at the current account and compares it with our own list. Nothing is changed by that."),
        T("Choose an account that can tell who is blocked.")},
    {Act::Report, "report", T("Rep&ort…"), "", "warning",
        T("Reports the chosen people, or the numbers in a pasted text, to WhatsApp with their last messages."),
        T("Choose an account that can report: an on-premises node.")},
    {Act::Disarm, "disarm", T("&Disarm"), "", "clock",
        T("Takes the arming of the chosen lines away: no block is offered any more. Do-not-contact stays."),
        T("Choose armed lines on the Blocked page first.")},
    {Act::BlockDetails, "blockDetails", T("Block detai&ls…"), "", "info",
        T("Everything about the chosen line, and when the gateway's own list named it."),
        T("Choose one line on the Blocked page first.")},
    {Act::ExportBlocks, "exportBlocks", T("E&xport block list…"), "", "file",
        T("Writes the lines that the Blocked page shows into a CSV or JSON file."),
        T("The Blocked page shows no line.")},
    {Act::ImportBlocks, "importBlocks", T("I&mport block list…"), "", "import",
        T("Reads such a list, or the numbers of any file, and plans their block. Nothing is sent by that."),
        T("This profile cannot be written.")},
    {Act::CarryBlocks, "carryBlocks", T("&Carry list to another account…"), "", "reconcile",
        T("Plans the block of one account's list at another account."), T("There is only one account.")},
    {Act::Compose, "compose", T("&Compose"), "Ctrl+M", "compose",
        T("Puts the chosen people as cards into the message on the Compose page. Nothing is sent by that."),
        T("Choose people on the Contacts page first.")},
    {Act::Send, "send", T("Sen&d…"), "Ctrl+Return", "send",
        T("Sends the message of the Compose page to its recipients, after a flight plan."),
        T("Write a message on the Compose page first.")},
    {Act::SentMessages, "sentMessages", T("Sent &messages…"), "Ctrl+Shift+M", "history",
        T("What was sent to whom, with the message ID and how it ended."), nullptr},
    {Act::VerifyJournal, "verifyJournal", T("&Verify journal"), "Ctrl+Shift+J", "verify",
        T("Reads the whole chain and says whether an entry was changed or removed."),
        T("The file is still being checked.")},
    {Act::AddAccount, "addAccount", T("&Add account…"), "Ctrl+Shift+A", "add", T("Connects a gateway."),
        T("This profile cannot be written.")},
    {Act::AddSandboxGateways, "addSandboxGateways", T("Add the &sandbox's other gateways"), "", "sandbox",
        T("Adds an account for each other kind of gateway that the built-in sandbox speaks as, over the same people."),
        T("The sandbox does not run, or all its gateways are accounts already.")},
    {Act::EditAccount, "editAccount", T("Edit acc&ount…"), "", "edit",
        T("Changes address, login and budget of the account."), T("Choose an account on the Accounts page first.")},
    {Act::RemoveAccount, "removeAccount", T("Remo&ve account…"), "", "delete",
        T("Removes the account from this list; its verdicts stay."),
        T("Choose an account on the Accounts page first.")},
    {Act::TestConnection, "testConnection", T("&Test connection"), "Ctrl+T", "test",
        T("Goes through address, encryption, login and health of the account, one by one."),
        T("Choose an account on the Accounts page first.")},
    {Act::TruthProbe, "truthProbe", T("Truth &probe…"), "", "verify",
        T("Asks the account about two numbers that nobody can have, to find out whether its “valid” means anything."),
        T("Choose an account on the Accounts page first.")},
    {Act::TryRefused, "tryRefused", T("Try a&gain what was refused"), "", "refresh",
        T("Offers again what the account's engine refused; the next attempt shows whether it can now."),
        T("Choose an account on the Accounts page first.")},
    {Act::BackUp, "backUp", T("&Back up now…"), "", "backup",
        T("Writes a copy of the database into the profile's backups folder."), T("The file is still being checked.")},
    {Act::Restore, "restore", T("&Restore…"), "", "restore",
        T("Puts a backup in the place of the present database, which is kept aside."),
        T("This profile cannot be written.")},
    {Act::Preferences, "preferences", T("Pre&ferences…"), "Ctrl+,", "preferences",
        T("Operator name, default country, cache days, theme, language, backups."), nullptr},
    {Act::ConfirmTime, "confirmTime", T("C&onfirm the time…"), "", "clock",
        T("Says that the computer's clock is right although this profile has seen a later time."),
        T("The clock is not behind what this profile has seen.")},
    {Act::Search, "search", T("&Search"), "Ctrl+F", "search", T("Goes to the search field."), nullptr},
    {Act::Commands, "commands", T("&Commands…"), "Ctrl+K", "command", T("Finds any command by its name."), nullptr},
    {Act::Refresh, "refresh", T("Re&fresh"), "F5", "refresh", T("Reads this page anew. No number is asked."), nullptr},
    {Act::ShowContacts, "showContacts", T("&Contacts"), "Ctrl+1", "contacts", T("The people of this profile."), nullptr,
        true},
    {Act::ShowChecks, "showChecks", T("C&hecks"), "Ctrl+2", "checks", T("The runs, and every verdict with its source."),
        nullptr, true},
    {Act::ShowBlocked, "showBlocked", T("&Blocked"), "Ctrl+3", "blocked",
        T("Who is blocked, or is to be, with the three lights."), nullptr, true},
    {Act::ShowCompose, "showCompose", T("Compose pa&ge"), "Ctrl+4", "compose",
        T("Cards that are written and sent as a message."), nullptr, true},
    {Act::ShowJournal, "showJournal", T("&Journal"), "Ctrl+5", "journal",
        T("Who did what, when, and with what outcome."), nullptr, true},
    {Act::ShowAccounts, "showAccounts", T("&Accounts"), "Ctrl+6", "accounts", T("The configured gateways."), nullptr,
        true},
    {Act::ShowJobs, "showJobs", T("J&obs"), "Ctrl+J", "history", T("Shows or hides the running jobs."), nullptr, true},
    {Act::ThemeSystem, "themeSystem", T("Theme: as the &system"), "", "preferences",
        T("Light or dark as the system says."), nullptr, true},
    {Act::ThemeLight, "themeLight", T("Theme: &light"), "", "preferences", T("Dark text on a light ground."), nullptr,
        true},
    {Act::ThemeDark, "themeDark", T("Theme: &dark"), "", "preferences", T("Light text on a dark ground."), nullptr,
        true},
    {Act::Welcome, "welcome", T("&Welcome…"), "", "help", T("The first steps: try the sandbox, or connect a gateway."),
        nullptr},
    {Act::OpenFolder, "openFolder", T("Open &profile folder"), "", "file",
        T("Database, backups and logs of this profile."), nullptr},
    {Act::About, "about", T("&About Rollcall"), "", "info", T("Version and licence."), nullptr},
    {Act::Quit, "quit", T("&Quit"), "Ctrl+Q", "quit",
        T("Ends the program; a running check waits, paused, for the next start."), nullptr},
};
#undef T

constexpr bool isInOrder()
{
    int expected = 0;
    for (const Line &line : lines)
        if (int(line.act) != expected++)
            return false;
    return expected == int(Act::Quit) + 1;
}
static_assert(isInOrder(), "one line an action, in the order of Act");

QString words(const char *text)
{
    return QCoreApplication::translate("Actions", text);
}

QAction *make(const Line &line, QObject *parent)
{
    auto *action = new QAction(icon(QLatin1String(line.icon)), words(line.text), parent);
    action->setObjectName(QStringLiteral("action.") + QLatin1String(line.id));
    action->setCheckable(line.checkable);
    action->setMenuRole(QAction::NoRole);
    const QKeySequence key{QLatin1String(line.shortcut)};
    action->setShortcut(key);
    const QString name = words(line.text).remove(QLatin1Char('&'));
    const QString hint = words(line.hint);
    //: tooltip of a command: %1 its name, %2 its shortcut, %3 what it does
    action->setToolTip(key.isEmpty() ? QCoreApplication::translate("Actions", "%1\n%2").arg(name, hint)
                                     : QCoreApplication::translate("Actions", "%1 (%2)\n%3")
                                           .arg(name, key.toString(QKeySequence::NativeText), hint));
    action->setStatusTip(hint);
    if (line.why)
        setUsualReason(*action, words(line.why));
    return action;
}

} // namespace

Actions::Actions(QObject *parent)
    : QObject(parent)
{
    for (const Line &line : lines)
        m_actions.append(make(line, this));
    for (const auto &group : {std::initializer_list<Act>{Act::ShowContacts, Act::ShowChecks, Act::ShowBlocked,
                                  Act::ShowCompose, Act::ShowJournal, Act::ShowAccounts},
             {Act::ThemeSystem, Act::ThemeLight, Act::ThemeDark}}) {
        auto *exclusive = new QActionGroup(this);
        for (const Act act : group)
            exclusive->addAction(at(act));
    }
    // The page goes by the word that its command has already; where it stands among the pages, it is plain "Compose".
    at(Act::ShowCompose)->setIconText(QCoreApplication::translate("Actions", "Compose"));
    //: short form of the command, for a button in a narrow pane
    at(Act::MarketingStop)->setIconText(QCoreApplication::translate("Actions", "Marketing stop…"));
    at(Act::Redo)->setShortcuts({at(Act::Redo)->shortcut(), QKeySequence(QStringLiteral("Ctrl+Y"))});
    for (const Act act : {Act::EditPerson, Act::Export, Act::DeletePerson, Act::OptIn, Act::OptOut, Act::MarketingStop,
             Act::Dossier, Act::ErasePerson, Act::Validate, Act::Undo, Act::Redo, Act::Pause, Act::Resume, Act::Cancel,
             Act::RetryFailed, Act::BlockSpam, Act::WroteNow, Act::LetWriteIn, Act::AddSandboxGateways, Act::Settle,
             Act::Reconcile, Act::Compose, Act::Send, Act::Report, Act::Disarm, Act::BlockDetails, Act::ExportBlocks,
             Act::CarryBlocks, Act::EditAccount, Act::RemoveAccount, Act::TestConnection, Act::TruthProbe,
             Act::TryRefused, Act::ConfirmTime})
        setUsable(act, false);
}

QString Actions::whyDisabled(const QAction &action)
{
    return rollcall::whyDisabled(action);
}

void Actions::setUsable(Act act, bool usable, const QString &why)
{
    rollcall::setUsable(*at(act), usable, why);
}

} // namespace rollcall
