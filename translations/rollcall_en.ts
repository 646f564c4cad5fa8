<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CardWords</name>
    <message numerus="yes">
        <source>and %1 other contacts</source>
        <extracomment>behind the name of the first of several cards, on a line of its own</extracomment>
        <translation>
            <numerusform>and %1 other contact</numerusform>
            <numerusform>and %1 other contacts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CountsList</name>
    <message numerus="yes">
        <source>Lines %1, and %2 further rows.</source>
        <extracomment>where in the file rejected rows stand: %1 some line numbers, %2 how many rows there are besides</extracomment>
        <translation>
            <numerusform>Lines %1, and %2 further row.</numerusform>
            <numerusform>Lines %1, and %2 further rows.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EraseDialog</name>
    <message numerus="yes">
        <source>%1 people were erased, and %2 journal entries were emptied. Their numbers stay suppressed.</source>
        <translation>
            <numerusform>%1 person was erased, and %2 journal entries were emptied. Their number stays suppressed.</numerusform>
            <numerusform>%1 people were erased, and %2 journal entries were emptied. Their numbers stay suppressed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 people were left as they are: requests about them are planned, under way or unclear. Cancel or settle those first, then erase again.</source>
        <translation>
            <numerusform>%1 person was left as they are: requests about them are planned, under way or unclear. Cancel or settle those first, then erase again.</numerusform>
            <numerusform>%1 people were left as they are: requests about them are planned, under way or unclear. Cancel or settle those first, then erase again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 people were not begun and are whole.</source>
        <translation>
            <numerusform>%1 person was not begun and is whole.</numerusform>
            <numerusform>%1 people were not begun and are whole.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 other people have one of these numbers. They stay, and are do-not-contact now.</source>
        <translation>
            <numerusform>%1 other person has one of these numbers. They stay, and are do-not-contact now.</numerusform>
            <numerusform>%1 other people have one of these numbers. They stay, and are do-not-contact now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutcomeWords</name>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n number(s)</source>
        <translation>
            <numerusform>%n number</numerusform>
            <numerusform>%n numbers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n card(s)</source>
        <translation>
            <numerusform>%n card</numerusform>
            <numerusform>%n cards</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) changed</source>
        <translation>
            <numerusform>%n field changed</numerusform>
            <numerusform>%n fields changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n command(s) can no longer be undone</source>
        <translation>
            <numerusform>%n command can no longer be undone</numerusform>
            <numerusform>%n commands can no longer be undone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n verdict(s)</source>
        <translation>
            <numerusform>%n verdict</numerusform>
            <numerusform>%n verdicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n number(s) of runs</source>
        <translation>
            <numerusform>%n number of a run</numerusform>
            <numerusform>%n numbers of runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) of gateways</source>
        <translation>
            <numerusform>%n note of a gateway</numerusform>
            <numerusform>%n notes of gateways</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refusal(s)</source>
        <translation>
            <numerusform>%n refusal</numerusform>
            <numerusform>%n refusals</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>content of %n message(s)</source>
        <translation>
            <numerusform>content of %n message</numerusform>
            <numerusform>content of %n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SendWords</name>
    <message numerus="yes">
        <source>%1 and %2 other contacts</source>
        <extracomment>a message in a list: %1 name on its first card, %2 how many more</extracomment>
        <translation>
            <numerusform>%1 and %2 other contact</numerusform>
            <numerusform>%1 and %2 other contacts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoWords</name>
    <message numerus="yes">
        <source>Undone: %1, %2 people taken back out.</source>
        <extracomment>%1 the command that was undone (&quot;Import&quot;), %2 how many people it had added</extracomment>
        <translation>
            <numerusform>Undone: %1, %2 person taken back out.</numerusform>
            <numerusform>Undone: %1, %2 people taken back out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 people were put back as they were.</source>
        <translation>
            <numerusform>%1 person was put back as before.</numerusform>
            <numerusform>%1 people were put back as they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Undone: %1, %2 people.</source>
        <translation>
            <numerusform>Undone: %1, %2 person.</numerusform>
            <numerusform>Undone: %1, %2 people.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done again: %1, %2 people.</source>
        <translation>
            <numerusform>Done again: %1, %2 person.</numerusform>
            <numerusform>Done again: %1, %2 people.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 were left alone because something changed them later.</source>
        <translation>
            <numerusform>%1 was left alone because something changed them later.</numerusform>
            <numerusform>%1 were left alone because something changed them later.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::AccountCommands</name>
    <message numerus="yes">
        <source>%n account(s) of the sandbox were added. Choose one in the toolbar; all know the same people.</source>
        <translation>
            <numerusform>%n account of the sandbox was added. Choose it in the toolbar; it knows the same people.</numerusform>
            <numerusform>%n accounts of the sandbox were added. Choose one in the toolbar; all know the same people.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::Application</name>
    <message numerus="yes">
        <source>The last session ended while blocks were being sent: the outcome of %n is unknown. Resume the run in Jobs, or settle them on the Blocked page.</source>
        <translation>
            <numerusform>The last session ended while blocks were being sent: the outcome of %n is unknown. Resume the run in Jobs, or settle it on the Blocked page.</numerusform>
            <numerusform>The last session ended while blocks were being sent: the outcome of %n is unknown. Resume the run in Jobs, or settle them on the Blocked page.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The last session ended while messages were being sent: whether %n arrived is unknown. Ask the recipients, then settle them under Sent messages….</source>
        <translation>
            <numerusform>The last session ended while messages were being sent: whether %n message arrived is unknown. Ask the recipient, then settle it under Sent messages….</numerusform>
            <numerusform>The last session ended while messages were being sent: whether %n messages arrived is unknown. Ask the recipients, then settle them under Sent messages….</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::BlockCommands</name>
    <message numerus="yes">
        <source>%1 people are do-not-contact now.</source>
        <translation>
            <numerusform>%1 person is do-not-contact now.</numerusform>
            <numerusform>%1 people are do-not-contact now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 are armed.</source>
        <translation>
            <numerusform>%1 is armed.</numerusform>
            <numerusform>%1 are armed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::BlockDialog</name>
    <message numerus="yes">
        <source>Block %1 people</source>
        <translation>
            <numerusform>Block %1 person</numerusform>
            <numerusform>Block %1 people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unblock %1 people</source>
        <translation>
            <numerusform>Unblock %1 person</numerusform>
            <numerusform>Unblock %1 people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Report %1 people</source>
        <translation>
            <numerusform>Report %1 person</numerusform>
            <numerusform>Report %1 people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of them opted out. Say where their new consent comes from, or leave do-not-contact as it is.</source>
        <translation>
            <numerusform>%1 of them opted out. Say where their new consent comes from, or leave do-not-contact as it is.</numerusform>
            <numerusform>%1 of them opted out. Say where their new consent comes from, or leave do-not-contact as it is.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::BlockListReader</name>
    <message numerus="yes">
        <source>%1 numbers from “%2”.</source>
        <translation>
            <numerusform>%1 number from “%2”.</numerusform>
            <numerusform>%1 numbers from “%2”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 were repeated and count once.</source>
        <translation>
            <numerusform>%1 was repeated and counts once.</numerusform>
            <numerusform>%1 were repeated and count once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 have no country code and are left out: set the default country in the Preferences and open the file again.</source>
        <translation>
            <numerusform>%1 has no country code and is left out: set the default country in the Preferences and open the file again.</numerusform>
            <numerusform>%1 have no country code and are left out: set the default country in the Preferences and open the file again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 are no phone number and are left out.</source>
        <translation>
            <numerusform>%1 is no phone number and is left out.</numerusform>
            <numerusform>%1 are no phone number and are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::BlockPlanDialog</name>
    <message numerus="yes">
        <source>the list is read afterwards, in %1 requests</source>
        <translation>
            <numerusform>the list is read afterwards, in %1 request</numerusform>
            <numerusform>the list is read afterwards, in %1 requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Block %1 people</source>
        <translation>
            <numerusform>Block %1 person</numerusform>
            <numerusform>Block %1 people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unblock %1 people</source>
        <translation>
            <numerusform>Unblock %1 person</numerusform>
            <numerusform>Unblock %1 people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of them opted out. Go back and state their new consent, or leave do-not-contact as it is.</source>
        <translation>
            <numerusform>%1 of them opted out. Go back and state their new consent, or leave do-not-contact as it is.</numerusform>
            <numerusform>%1 of them opted out. Go back and state their new consent, or leave do-not-contact as it is.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unblock %1</source>
        <translation>
            <numerusform>Unblock %1</numerusform>
            <numerusform>Unblock %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Block %1</source>
        <translation>
            <numerusform>Block %1</numerusform>
            <numerusform>Block %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Arm %1</source>
        <translation>
            <numerusform>Arm %1</numerusform>
            <numerusform>Arm %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Do not contact %1</source>
        <translation>
            <numerusform>Do not contact %1</numerusform>
            <numerusform>Do not contact %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Report %1 people</source>
        <translation>
            <numerusform>Report %1 person</numerusform>
            <numerusform>Report %1 people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Report %1</source>
        <translation>
            <numerusform>Report %1</numerusform>
            <numerusform>Report %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::BlockShell</name>
    <message numerus="yes">
        <source>Noted for %1 people: they can be blocked for 24 hours.</source>
        <translation>
            <numerusform>Noted for %1 person: they can be blocked for 24 hours.</numerusform>
            <numerusform>Noted for %1 people: they can be blocked for 24 hours.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 people are armed: do-not-contact now, and their block is offered when they write.</source>
        <translation>
            <numerusform>%1 person is armed: do-not-contact now, and their block is offered when they write.</numerusform>
            <numerusform>%1 people are armed: do-not-contact now, and their block is offered when they write.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>By the rule “block who writes STOP” %1 people are armed.</source>
        <translation>
            <numerusform>By the rule “block who writes STOP” %1 person is armed.</numerusform>
            <numerusform>By the rule “block who writes STOP” %1 people are armed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::BlocksPage</name>
    <message numerus="yes">
        <source>%1 lines are not armed any more. Do-not-contact stays.</source>
        <translation>
            <numerusform>%1 line is not armed any more. Do-not-contact stays.</numerusform>
            <numerusform>%1 lines are not armed any more. Do-not-contact stays.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 lines written to %2.</source>
        <translation>
            <numerusform>%1 line written to %2.</numerusform>
            <numerusform>%1 lines written to %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::BudgetWatch</name>
    <message numerus="yes">
        <source>%n check(s) left</source>
        <extracomment>status line: how many live checks are left</extracomment>
        <translation>
            <numerusform>%n check left</numerusform>
            <numerusform>%n checks left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::CapacityGauge</name>
    <message numerus="yes">
        <source>%1 blocks were made from here; Reconcile reads the list.</source>
        <translation>
            <numerusform>%1 block was made from here; Reconcile reads the list.</numerusform>
            <numerusform>%1 blocks were made from here; Reconcile reads the list.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::ChecksPage</name>
    <message numerus="yes">
        <source>Cancel this run? %1 numbers have not been asked yet.</source>
        <translation>
            <numerusform>Cancel this run? %1 number has not been asked yet.</numerusform>
            <numerusform>Cancel this run? %1 numbers have not been asked yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %2 numbers</source>
        <extracomment>a run in a combo box: %1 when it started, %2 how many numbers</extracomment>
        <translation>
            <numerusform>%1, %2 number</numerusform>
            <numerusform>%1, %2 numbers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::ComposePage</name>
    <message numerus="yes">
        <source>%1 cards were left out: a message holds %2.</source>
        <translation>
            <numerusform>%1 card was left out: a message holds %2.</numerusform>
            <numerusform>%1 cards were left out: a message holds %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 people were added as cards.</source>
        <translation>
            <numerusform>%1 person was added as a card.</numerusform>
            <numerusform>%1 people were added as cards.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::ComposeTools</name>
    <message numerus="yes">
        <source>%1 cards were read.</source>
        <translation>
            <numerusform>%1 card was read.</numerusform>
            <numerusform>%1 cards were read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 pieces could not be read.</source>
        <translation>
            <numerusform>%1 piece could not be read.</numerusform>
            <numerusform>%1 pieces could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::ConsentGate</name>
    <message numerus="yes">
        <source>%1 of the people to be asked have no opt-in on record.</source>
        <translation>
            <numerusform>%1 of the people to be asked has no opt-in on record.</numerusform>
            <numerusform>%1 of the people to be asked have no opt-in on record.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of the numbers to be asked belong to nobody in the list, so no opt-in is on record.</source>
        <translation>
            <numerusform>%1 of the numbers to be asked belongs to nobody in the list, so no opt-in is on record.</numerusform>
            <numerusform>%1 of the numbers to be asked belong to nobody in the list, so no opt-in is on record.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of the recipients have no opt-in on record.</source>
        <translation>
            <numerusform>%1 of the recipients has no opt-in on record.</numerusform>
            <numerusform>%1 of the recipients have no opt-in on record.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of the numbers belong to nobody in the list, so no opt-in is on record.</source>
        <translation>
            <numerusform>%1 of the numbers belongs to nobody in the list, so no opt-in is on record.</numerusform>
            <numerusform>%1 of the numbers belong to nobody in the list, so no opt-in is on record.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::EraseDialog</name>
    <message numerus="yes">
        <source>Erasing %1 people</source>
        <translation>
            <numerusform>Erasing %1 person</numerusform>
            <numerusform>Erasing %1 people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::FetchDialog</name>
    <message numerus="yes">
        <source>%1 people fetched from “%2”.</source>
        <translation>
            <numerusform>%1 person fetched from “%2”.</numerusform>
            <numerusform>%1 people fetched from “%2”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rows written to %2.</source>
        <translation>
            <numerusform>%1 row written to %2.</numerusform>
            <numerusform>%1 rows written to %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::FindStopsDialog</name>
    <message numerus="yes">
        <source>%1 messages may ask to stop. Tick those that do.</source>
        <translation>
            <numerusform>%1 message may ask to stop. Tick it if it does.</numerusform>
            <numerusform>%1 messages may ask to stop. Tick those that do.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 numbers are do-not-contact now; the quotes are kept with %2 people.</source>
        <translation>
            <numerusform>%1 number is do-not-contact now; the quote is kept with everybody who has it (%2).</numerusform>
            <numerusform>%1 numbers are do-not-contact now; the quotes are kept with %2 people.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Record %1 opt-outs</source>
        <translation>
            <numerusform>Record %1 opt-out</numerusform>
            <numerusform>Record %1 opt-outs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::FlightPlanDialog</name>
    <message numerus="yes">
        <source>Validate %1 people at “%2”</source>
        <translation>
            <numerusform>Validate %1 person at “%2”</numerusform>
            <numerusform>Validate %1 people at “%2”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 numbers have no + in front, such as “%2”. The gateway will put the country code of its own registered number in front, which may make another person&apos;s number of it.</source>
        <translation>
            <numerusform>%1 number has no + in front, such as “%2”. The gateway will put the country code of its own registered number in front, which may make another person&apos;s number of it.</numerusform>
            <numerusform>%1 numbers have no + in front, such as “%2”. The gateway will put the country code of its own registered number in front, which may make another person&apos;s number of it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 numbers have no + in front. The gateway will put +%2, the country code of its own registered number, in front: “%3” is asked as %4. Type the country code first if that is not meant.</source>
        <translation>
            <numerusform>%1 number has no + in front. The gateway will put +%2, the country code of its own registered number, in front: “%3” is asked as %4. Type the country code first if that is not meant.</numerusform>
            <numerusform>%1 numbers have no + in front. The gateway will put +%2, the country code of its own registered number, in front: “%3” is asked as %4. Type the country code first if that is not meant.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::HistoryDialog</name>
    <message numerus="yes">
        <source>Stands for %1 people</source>
        <translation>
            <numerusform>Stands for %1 person</numerusform>
            <numerusform>Stands for %1 people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::ImportDialog</name>
    <message numerus="yes">
        <source>%1 people imported from “%2”.</source>
        <translation>
            <numerusform>%1 person imported from “%2”.</numerusform>
            <numerusform>%1 people imported from “%2”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rows written to %2.</source>
        <translation>
            <numerusform>%1 row written to %2.</numerusform>
            <numerusform>%1 rows written to %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::JournalEntryDialog</name>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::JournalPage</name>
    <message numerus="yes">
        <source>The journal is sound: %1 entries, each fits the one before, and the newest is the one last noted.</source>
        <translation>
            <numerusform>The journal is sound: %1 entry, it fits, and the newest is the one last noted.</numerusform>
            <numerusform>The journal is sound: %1 entries, each fits the one before, and the newest is the one last noted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 entries written to %2.</source>
        <translation>
            <numerusform>%1 entry written to %2.</numerusform>
            <numerusform>%1 entries written to %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::MarketingDialog</name>
    <message numerus="yes">
        <source>Marketing messages of “%1” to %2 people</source>
        <translation>
            <numerusform>Marketing messages of “%1” to %2 person</numerusform>
            <numerusform>Marketing messages of “%1” to %2 people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::PasteField</name>
    <message numerus="yes">
        <source>%1 numbers found. Look through them before you go on.</source>
        <translation>
            <numerusform>%1 number found. Look at it before you go on.</numerusform>
            <numerusform>%1 numbers found. Look through them before you go on.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::PlanPeople</name>
    <message numerus="yes">
        <source>Who: %1 people</source>
        <extracomment>over the list of names in a flight plan: %1 how many</extracomment>
        <translation>
            <numerusform>Who: %1 person</numerusform>
            <numerusform>Who: %1 people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::PrivacyCommands</name>
    <message numerus="yes">
        <source>Recorded the opt-out of %1 people. They are do-not-contact now.</source>
        <translation>
            <numerusform>Recorded the opt-out of %1 person. They are do-not-contact now.</numerusform>
            <numerusform>Recorded the opt-out of %1 people. They are do-not-contact now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Recorded the opt-in of %1 people.</source>
        <translation>
            <numerusform>Recorded the opt-in of %1 person.</numerusform>
            <numerusform>Recorded the opt-in of %1 people.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing was erased: %1 requests about this person are planned, under way or unclear.</source>
        <translation>
            <numerusform>Nothing was erased: %1 request about this person is planned, under way or unclear.</numerusform>
            <numerusform>Nothing was erased: %1 requests about this person are planned, under way or unclear.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 other people have the same number. They stay, and are do-not-contact now.</source>
        <translation>
            <numerusform>%1 other person has the same number. They stay, and are do-not-contact now.</numerusform>
            <numerusform>%1 other people have the same number. They stay, and are do-not-contact now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Erased, and %1 journal entries were emptied. The number stays suppressed.</source>
        <translation>
            <numerusform>Erased, and %1 journal entry was emptied. The number stays suppressed.</numerusform>
            <numerusform>Erased, and %1 journal entries were emptied. The number stays suppressed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Recorded the opt-in of %1 people. Do-not-contact was lifted where no later opt-out stands.</source>
        <translation>
            <numerusform>Recorded the opt-in of %1 person. Do-not-contact was lifted where no later opt-out stands.</numerusform>
            <numerusform>Recorded the opt-in of %1 people. Do-not-contact was lifted where no later opt-out stands.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Noted for %1 people.</source>
        <translation>
            <numerusform>Noted for %1 person.</numerusform>
            <numerusform>Noted for %1 people.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Erase these %1 people for good?</source>
        <translation>
            <numerusform>Erase this %1 person for good?</numerusform>
            <numerusform>Erase these %1 people for good?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::RecipientsPanel</name>
    <message numerus="yes">
        <source>%1 of them were recipients already.</source>
        <translation>
            <numerusform>%1 of them was a recipient already.</numerusform>
            <numerusform>%1 of them were recipients already.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::ReconcileDialog</name>
    <message numerus="yes">
        <source>%1 unknown outcomes were settled by it.</source>
        <translation>
            <numerusform>%1 unknown outcome was settled by it.</numerusform>
            <numerusform>%1 unknown outcomes were settled by it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of the chosen lines do not allow that and keep what they had.</source>
        <translation>
            <numerusform>%1 of the chosen lines does not allow that and keeps what it had.</numerusform>
            <numerusform>%1 of the chosen lines do not allow that and keep what they had.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Carry out %1 here</source>
        <translation>
            <numerusform>Carry out %1 here</numerusform>
            <numerusform>Carry out %1 here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 were taken into our ledger.</source>
        <translation>
            <numerusform>%1 was taken into our ledger.</numerusform>
            <numerusform>%1 were taken into our ledger.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 are not blocked any more.</source>
        <translation>
            <numerusform>%1 is not blocked any more.</numerusform>
            <numerusform>%1 are not blocked any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This account cannot list: it was asked about %1 people of our own ledger, one by one. Who was blocked elsewhere stays unseen.</source>
        <translation>
            <numerusform>This account cannot list: it was asked about %1 person of our own ledger. Who was blocked elsewhere stays unseen.</numerusform>
            <numerusform>This account cannot list: it was asked about %1 people of our own ledger, one by one. Who was blocked elsewhere stays unseen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Carry out %1, flight plan for %2…</source>
        <translation>
            <numerusform>Carry out %1, flight plan for %2…</numerusform>
            <numerusform>Carry out %1, flight plan for %2…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Flight plan for %1…</source>
        <translation>
            <numerusform>Flight plan for %1…</numerusform>
            <numerusform>Flight plan for %1…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::RetentionPage</name>
    <message numerus="yes">
        <source>undo of %1 commands</source>
        <translation>
            <numerusform>undo of %1 command</numerusform>
            <numerusform>undo of %1 commands</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rejected rows</source>
        <translation>
            <numerusform>%1 rejected row</numerusform>
            <numerusform>%1 rejected rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 earlier verdicts</source>
        <translation>
            <numerusform>%1 earlier verdict</numerusform>
            <numerusform>%1 earlier verdicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 lines of ended runs</source>
        <translation>
            <numerusform>%1 line of ended runs</numerusform>
            <numerusform>%1 lines of ended runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 notes of gateways</source>
        <translation>
            <numerusform>%1 note of gateways</numerusform>
            <numerusform>%1 notes of gateways</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 people</source>
        <translation>
            <numerusform>%1 person</numerusform>
            <numerusform>%1 people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>details of %1 journal entries</source>
        <translation>
            <numerusform>details of %1 journal entry</numerusform>
            <numerusform>details of %1 journal entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the content of %1 messages</source>
        <translation>
            <numerusform>the content of %1 message</numerusform>
            <numerusform>the content of %1 messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::SendPlanDialog</name>
    <message numerus="yes">
        <source>Send to %1 people at “%2”</source>
        <translation>
            <numerusform>Send to %1 person at “%2”</numerusform>
            <numerusform>Send to %1 people at “%2”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send to %1</source>
        <translation>
            <numerusform>Send to %1</numerusform>
            <numerusform>Send to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 wrote longer than 24 hours ago: the gateway refuses such a message to them.</source>
        <translation>
            <numerusform>%1 person wrote longer than 24 hours ago: the gateway refuses such a message to them.</numerusform>
            <numerusform>%1 people wrote longer than 24 hours ago: the gateway refuses such a message to them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 stopped marketing messages inside WhatsApp. Is this one they asked for?</source>
        <translation>
            <numerusform>%1 person stopped marketing messages inside WhatsApp. Is this one they asked for?</numerusform>
            <numerusform>%1 people stopped marketing messages inside WhatsApp. Is this one they asked for?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::SettleDialog</name>
    <message numerus="yes">
        <source>Settle %1 unknown outcomes</source>
        <translation>
            <numerusform>Settle %1 unknown outcome</numerusform>
            <numerusform>Settle %1 unknown outcomes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 outcomes were settled.</source>
        <translation>
            <numerusform>%1 outcome was settled.</numerusform>
            <numerusform>%1 outcomes were settled.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The gateway&apos;s list settled %1 outcomes.</source>
        <translation>
            <numerusform>The gateway&apos;s list settled %1 outcome.</numerusform>
            <numerusform>The gateway&apos;s list settled %1 outcomes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::SettleSendDialog</name>
    <message numerus="yes">
        <source>Settle %1 unknown messages</source>
        <translation>
            <numerusform>Settle %1 unknown message</numerusform>
            <numerusform>Settle %1 unknown messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 messages were settled.</source>
        <translation>
            <numerusform>%1 message was settled.</numerusform>
            <numerusform>%1 messages were settled.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::StatusLine</name>
    <message numerus="yes">
        <source>%1 row(s)</source>
        <extracomment>status line; %1 is the number of rows with the locale&apos;s separators</extracomment>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::TemplatesDialog</name>
    <message numerus="yes">
        <source>%1 – %2 cards</source>
        <extracomment>a template in a list: %1 its name, %2 how many cards</extracomment>
        <translation>
            <numerusform>%1 – %2 card</numerusform>
            <numerusform>%1 – %2 cards</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::UndoCommands</name>
    <message numerus="yes">
        <source>%1, %2 people, %3</source>
        <extracomment>what Undo or Redo would take back: &quot;Import, 1,204 people, 5 Oct 2026 10:12&quot;</extracomment>
        <translation>
            <numerusform>%1, %2 person, %3</numerusform>
            <numerusform>%1, %2 people, %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %2 more</source>
        <extracomment>%1 some names, %2 how many others</extracomment>
        <translation>
            <numerusform>%1 and %2 more</numerusform>
            <numerusform>%1 and %2 more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take back the newest command: %1, %2 people, %3?</source>
        <extracomment>%1 the command (&quot;Import&quot;), %2 how many people, %3 when it was given</extracomment>
        <translation>
            <numerusform>Take back the newest command: %1, %2 person, %3?</numerusform>
            <numerusform>Take back the newest command: %1, %2 people, %3?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::Whom</name>
    <message numerus="yes">
        <source>and %1 more</source>
        <translation>
            <numerusform>and %1 more</numerusform>
            <numerusform>and %1 more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rollcall::WorkStep</name>
    <message numerus="yes">
        <source>%1 rows</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
</context>
</TS>
