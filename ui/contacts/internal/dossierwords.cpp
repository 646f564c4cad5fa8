// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/dossierwords.h"

#include "ui/text/age.h"
#include "ui/text/blockwords.h"
#include "ui/text/detailwords.h"
#include "ui/text/outcomewords.h"
#include "ui/text/words.h"

#include <QCoreApplication>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Dossier)
};

using Section = DossierPage::Section;

QString operationState(OperationState state)
{
    switch (state) {
    case OperationState::Planned:
        return Text::tr("planned");
    case OperationState::Sending:
        return Text::tr("being sent");
    case OperationState::Done:
        return Text::tr("done");
    case OperationState::Refused:
        return Text::tr("refused");
    case OperationState::Unknown:
        return Text::tr("unknown");
    case OperationState::Deferred:
        return Text::tr("deferred");
    case OperationState::Armed:
        return Text::tr("armed");
    case OperationState::NotSent:
        return Text::tr("not sent");
    }
    return {};
}

QString operationKind(OperationKind kind)
{
    switch (kind) {
    case OperationKind::None:
        return {};
    case OperationKind::Block:
        return Text::tr("block");
    case OperationKind::Unblock:
        return Text::tr("unblock");
    case OperationKind::Report:
        return Text::tr("report");
    case OperationKind::Send:
        return Text::tr("message");
    }
    return {};
}

class Maker {
public:
    Maker(const DossierFacts &facts, const std::function<const Account *(AccountId)> &accountOf)
        : m_facts(facts)
        , m_accountOf(accountOf)
    {
    }
    std::vector<Section> sections() const
    {
        return {identity(), aliases(), stops(), marketing(), consents(), verdicts(), told(), checks(), acts(),
            messages(), ledger(), seen(), earlier(), fileRows(), journal()};
    }

private:
    [[nodiscard]] QString account(AccountId id) const
    {
        const Account *found = m_accountOf ? m_accountOf(id) : nullptr;
        return found ? Words::account(*found) : Text::tr("an account that was removed");
    }
    [[nodiscard]] Section identity() const
    {
        const PersonRow &row = m_facts.person.row;
        const PersonFields &fields = row.fields;
        Section section{.title = Text::tr("Person"), .none = {}, .columns = {}, .rows = {}};
        const std::pair<QString, QString> facts[] = {{Text::tr("Name"), fields.name},
            {Text::tr("Number as typed"), fields.number.typed}, {Text::tr("Number"), fields.number.e164Text()},
            {Text::tr("Country"), fields.number.region.isEmpty() ? QString() : Words::country(fields.number.region)},
            {Text::tr("E-mail"), fields.email}, {Text::tr("Organisation"), fields.organisation},
            {Text::tr("Tags"), fields.tags.join(QStringLiteral(", "))}, {Text::tr("Note"), fields.note},
            {Text::tr("Added"), moment(row.createdMs)}, {Text::tr("Last inbound"), moment(row.lastInboundMs)},
            {Text::tr("Do not contact"), row.doNotContact ? Text::tr("yes") : Text::tr("no")},
            {Text::tr("Consent"), Words::consent(row.consent)}};
        for (const auto &[label, value] : facts)
            if (!value.isEmpty())
                section.rows.push_back({label, value});
        return section;
    }
    [[nodiscard]] Section aliases() const
    {
        Section section{Text::tr("Names they go by"), Text::tr("None."), {}, {}};
        for (const Alias &alias : m_facts.person.aliases)
            section.rows.push_back({Words::aliasKind(alias.kind), alias.text});
        return section;
    }
    [[nodiscard]] Section stops() const
    {
        Section section{Text::tr("Do-not-contact"), Text::tr("No stop is on record."),
            {Text::tr("Alias"), Text::tr("Since"), Text::tr("Lifted"), Text::tr("Reason"), Text::tr("By")}, {}};
        for (const StopEntry &stop : m_facts.stops)
            section.rows.push_back({stop.alias, moment(stop.atMs), QString(), stop.reason, stop.by});
        for (const auto &[stop, liftedMs] : m_facts.lifted)
            section.rows.push_back({stop.alias, moment(stop.atMs), moment(liftedMs), stop.reason, stop.by});
        return section;
    }
    [[nodiscard]] Section marketing() const
    {
        Section section{Text::tr("Marketing stop inside WhatsApp"), Text::tr("Nothing was told."),
            {Text::tr("When"), Text::tr("Account"), Text::tr("What"), Text::tr("Source"), Text::tr("Words"),
                Text::tr("Recorded by")},
            {}};
        for (const MarketingNote &note : m_facts.marketing)
            section.rows.push_back({moment(note.atMs), account(note.account), BlockWords::marketing(note.state),
                BlockWords::marketingSource(note.source), note.raw, note.by});
        return section;
    }
    [[nodiscard]] Section consents() const
    {
        Section section{Text::tr("Consent"), Text::tr("No consent is on record."),
            {Text::tr("When"), Text::tr("What"), Text::tr("Source"), Text::tr("Wording"), Text::tr("Recorded by")}, {}};
        for (const ConsentEvent &event : m_facts.person.consents)
            section.rows.push_back(
                {moment(event.atMs), Words::consent(event.what), event.source, event.wording, event.by});
        return section;
    }
    [[nodiscard]] Section verdicts() const
    {
        Section section{Text::tr("Verdicts"), Text::tr("Never checked."),
            {Text::tr("When"), Text::tr("Verdict"), Text::tr("Source"), Text::tr("Account"), Text::tr("Asked"),
                Text::tr("Raw answer"), Text::tr("WhatsApp id"), Text::tr("Reason")},
            {}};
        for (const Verdict &verdict : m_facts.verdicts)
            section.rows.push_back(
                {moment(verdict.at.wallMs), Words::verdict(verdict.word), Words::source(verdict.source),
                    account(verdict.account), verdict.asked, verdict.rawWord, verdict.waId, verdict.reason});
        return section;
    }
    [[nodiscard]] Section told() const
    {
        Section section{Text::tr("What gateways told"), Text::tr("Nothing."),
            {Text::tr("When"), Text::tr("Account"), Text::tr("Name on the phone"), Text::tr("Profile name"),
                Text::tr("About"), Text::tr("JID"), Text::tr("LID")},
            {}};
        for (const GatewayNote &note : m_facts.person.told)
            section.rows.push_back({moment(note.atMs), account(note.account), note.name, note.profileName, note.about,
                note.chatId, note.lid});
        return section;
    }
    [[nodiscard]] Section checks() const
    {
        Section section{Text::tr("Check runs"), Text::tr("In no run."),
            {Text::tr("Run"), Text::tr("Account"), Text::tr("Asked"), Text::tr("Sent as"), Text::tr("State"),
                Text::tr("Reason"), Text::tr("By")},
            {}};
        for (const DossierFacts::Check &check : m_facts.checks)
            section.rows.push_back({QString::number(check.run), account(check.account), moment(check.askedMs),
                check.asked, Words::runItemState(check.state),
                check.reason.isEmpty() ? QString() : Words::reason(check.reason), check.by});
        return section;
    }
    [[nodiscard]] Section acts() const
    {
        Section section{Text::tr("Blocks"), Text::tr("Nobody asked a gateway to block or unblock this person."),
            {Text::tr("Run"), Text::tr("Account"), Text::tr("What"), Text::tr("Sent"), Text::tr("State"),
                Text::tr("Read back"), Text::tr("Sent as"), Text::tr("WhatsApp id"), Text::tr("Gateway's words"),
                Text::tr("Reason"), Text::tr("Note"), Text::tr("Source"), Text::tr("By")},
            {}};
        for (const DossierFacts::Act &act : m_facts.acts) {
            if (act.kind != OperationKind::Send)
                section.rows.push_back({QString::number(act.run), account(act.account), operationKind(act.kind),
                    moment(act.sentMs), operationState(act.state), moment(act.confirmedMs), act.asked, act.waId,
                    act.said, act.reason, act.note, act.source, act.by});
        }
        return section;
    }
    [[nodiscard]] Section messages() const
    {
        Section section{Text::tr("Messages"), Text::tr("No message was sent to this person."),
            {Text::tr("Run"), Text::tr("Account"), Text::tr("First card"), Text::tr("Cards"), Text::tr("Sent"),
                Text::tr("State"), Text::tr("Sent as"), Text::tr("WhatsApp id"), Text::tr("Message id"),
                Text::tr("Gateway's words"), Text::tr("Note"), Text::tr("By")},
            {}};
        for (const DossierFacts::Act &act : m_facts.acts) {
            if (act.kind == OperationKind::Send)
                section.rows.push_back({QString::number(act.run), account(act.account), act.title,
                    QString::number(act.cards), moment(act.sentMs), operationState(act.state), act.asked, act.waId,
                    act.messageId, act.said, act.note, act.by});
        }
        return section;
    }
    [[nodiscard]] Section ledger() const
    {
        Section section{Text::tr("Block ledger"), Text::tr("No block is wanted or known."),
            {Text::tr("Account"), Text::tr("What"), Text::tr("State"), Text::tr("Since"), Text::tr("Last seen there"),
                Text::tr("WhatsApp id"), Text::tr("Gateway's words"), Text::tr("Reason"), Text::tr("Note"),
                Text::tr("Source"), Text::tr("By")},
            {}};
        for (const DossierFacts::Ledger &line : m_facts.ledger)
            section.rows.push_back({account(line.account),
                line.wish == OperationKind::None ? Text::tr("only seen there") : operationKind(line.wish),
                operationState(line.state), moment(line.atMs), moment(line.lastSeenMs), line.waId, line.said,
                line.reason, line.note, line.source, line.by});
        return section;
    }
    [[nodiscard]] Section seen() const
    {
        Section section{Text::tr("On gateways' block lists"), Text::tr("Never seen there."),
            {Text::tr("Account"), Text::tr("First seen"), Text::tr("Gone"), Text::tr("WhatsApp id"),
                Text::tr("User id")},
            {}};
        for (const DossierFacts::Seen &one : m_facts.seen)
            section.rows.push_back(
                {account(one.account), moment(one.cameMs), moment(one.goneMs), one.waId, one.userId});
        return section;
    }
    [[nodiscard]] static QString fieldName(PersonField field)
    {
        switch (field) {
        case PersonField::Name:
            return Text::tr("Name");
        case PersonField::Number:
            return Text::tr("Number");
        case PersonField::Email:
            return Text::tr("E-mail");
        case PersonField::Organisation:
            return Text::tr("Organisation");
        case PersonField::Tags:
            return Text::tr("Tags");
        case PersonField::Note:
            break;
        }
        return Text::tr("Note");
    }
    [[nodiscard]] Section earlier() const
    {
        Section section{Text::tr("Earlier values"), Text::tr("None is kept."),
            {Text::tr("When"), Text::tr("Field"), Text::tr("Before"), Text::tr("After"), Text::tr("By")}, {}};
        for (const DossierFacts::Earlier &one : m_facts.earlier)
            section.rows.push_back({moment(one.atMs), fieldName(one.field), one.before, one.after, one.by});
        return section;
    }
    [[nodiscard]] Section fileRows() const
    {
        Section section{Text::tr("Rows kept of imported files"), Text::tr("No kept row names this person."),
            {Text::tr("File"), Text::tr("Line"), Text::tr("Row")}, {}};
        for (const DossierFacts::FileRow &row : m_facts.fileRows)
            section.rows.push_back({row.file, QString::number(row.line), row.raw});
        return section;
    }
    [[nodiscard]] Section journal() const
    {
        Section section{Text::tr("Journal"), Text::tr("No entry."),
            {Text::tr("No."), Text::tr("When"), Text::tr("Operator"), Text::tr("What"), Text::tr("Outcome"),
                Text::tr("Details")},
            {}};
        for (const JournalEntry &entry : m_facts.journal)
            section.rows.push_back({QString::number(entry.seq), moment(entry.atMs), entry.operatorName,
                OutcomeWords::title(entry), OutcomeWords::text(entry), DetailWords::text(entry.details)});
        return section;
    }

    const DossierFacts &m_facts;
    const std::function<const Account *(AccountId)> &m_accountOf;
};

} // namespace

DossierPage dossierPage(
    const DossierFacts &facts, const std::function<const Account *(AccountId)> &accountOf, qint64 nowMs)
{
    DossierPage page;
    const QString name = facts.person.row.fields.name;
    page.title = name.isEmpty() ? Text::tr("Dossier of person %1").arg(facts.person.row.id.value())
                                : Text::tr("Dossier of %1").arg(name);
    page.subtitle = Text::tr("Made on %1 with Rollcall %2, from the profile on this computer.")
                        .arg(moment(nowMs), QStringLiteral(ROLLCALL_VERSION));
    page.sections = Maker(facts, accountOf).sections();
    page.footer = Text::tr("Nothing else about this person is kept in this profile, apart from its backups.");
    return page;
}

} // namespace rollcall
