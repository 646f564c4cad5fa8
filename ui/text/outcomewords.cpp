// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/outcomewords.h"

#include "ui/text/age.h"
#include "ui/text/blockwords.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <iterator>
#include <optional>

namespace rollcall {

namespace {

struct Key {
    const char *id;
    const char *words;
};

#define T(text) QT_TRANSLATE_NOOP("OutcomeWords", text)

/// Things that are counted: plural forms.
constexpr Key things[] = {
    {"people", QT_TRANSLATE_N_NOOP("OutcomeWords", "%n person(s)")},
    {"aliases", QT_TRANSLATE_N_NOOP("OutcomeWords", "%n number(s)")},
    {"cards", QT_TRANSLATE_N_NOOP("OutcomeWords", "%n card(s)")},
    {"entries", QT_TRANSLATE_N_NOOP("OutcomeWords", "%n entry(s)")},
    {"lines", QT_TRANSLATE_N_NOOP("OutcomeWords", "%n line(s)")},
    {"fields", QT_TRANSLATE_N_NOOP("OutcomeWords", "%n field(s) changed")},
    {"batches", QT_TRANSLATE_N_NOOP("OutcomeWords", "%n command(s) can no longer be undone")},
    {"rows", QT_TRANSLATE_N_NOOP("OutcomeWords", "%n row(s)")},
    {"verdicts", QT_TRANSLATE_N_NOOP("OutcomeWords", "%n verdict(s)")},
    {"items", QT_TRANSLATE_N_NOOP("OutcomeWords", "%n number(s) of runs")},
    {"told", QT_TRANSLATE_N_NOOP("OutcomeWords", "%n note(s) of gateways")},
    {"messages", QT_TRANSLATE_N_NOOP("OutcomeWords", "content of %n message(s)")},
    {"codes", QT_TRANSLATE_N_NOOP("OutcomeWords", "%n refusal(s)")},
};

/// What became of how many: "3 done".
constexpr Key counted[] = {
    {"added", T("%1 added")},
    {"updated", T("%1 updated")},
    {"unchanged", T("%1 unchanged")},
    {"suppressed", T("%1 suppressed")},
    {"rejected", T("%1 rejected")},
    {"done", T("%1 done")},
    {"confirmed", T("%1 confirmed by reading back")},
    {"refused", T("%1 refused")},
    {"unknown", T("%1 unknown")},
    {"deferred", T("%1 deferred")},
    {"not-sent", T("%1 not sent")},
    {"answered", T("%1 answered")},
    {"failed", T("%1 failed")},
    {"not-asked", T("%1 not asked")},
    {"again", T("%1 to be asked again")},
    {"ask", T("%1 to ask")},
    {"cached", T("%1 from the cache")},
    {"restored", T("%1 put back")},
    {"taken-out", T("%1 taken back out")},
    {"kept", T("%1 left as they are")},
    {"appeared", T("%1 new on the list")},
    {"gone", T("%1 not on the list any more")},
    {"settled-done", T("%1 found done")},
    {"settled-refused", T("%1 found not done")},
    {"worked", T("%1 settled: it worked")},
    {"did-not", T("%1 settled: it did not")},
    {"armed", T("%1 armed, the block is offered")},
    {"forgotten", T("%1 forgotten")},
};

/// Words that stand alone, or a member with its value.
constexpr Key alone[] = {
    {"done", T("done")},
    {"ok", T("no step failed")}, // some may have ended with a warning
    {"failed", T("failed")},
    {"none", T("no answer")},
    {"can-tell", T("the gateway can tell valid from invalid")},
    {"cannot-tell", T("the gateway calls everything valid")},
    {"by=rule", T("by the rule that is switched on")},
    {"by=command", T("at the operator's command")},
    {"stop=1", T("do-not-contact too")},
    {"force=1", T("Force check")},
    {"wait=1", T("waiting for all answers")},
    {"what=1", T("opt-in")},
    {"what=2", T("opt-out")},
    {"unsent", T("nothing was sent")},
};
#undef T

/// Members that say nothing when they are nought, and those whose count is told in other words already.
constexpr const char *silent[] = {"stop=0", "force=0", "wait=0", "again=0", "what=0"};

template <std::size_t size> const char *find(const Key (&keys)[size], const QString &id)
{
    const auto *found
        = std::find_if(std::begin(keys), std::end(keys), [&id](const Key &key) { return id == QLatin1String(key.id); });
    return found == std::end(keys) ? nullptr : found->words;
}

struct Text {
    Q_DECLARE_TR_FUNCTIONS(OutcomeWords)
};

/// "400:2,131047:1", how many with which code of the gateway.
QString codes(const QString &value)
{
    QStringList parts;
    for (const QString &part : value.split(u',', Qt::SkipEmptyParts))
        //: %1 how many, %2 the gateway's code of a refusal
        parts << Text::tr("%1 with code %2").arg(part.section(u':', 1, 1), part.section(u':', 0, 0));
    return parts.join(QStringLiteral(", "));
}

QString because(const QString &why)
{
    const OperationCause cause{.state = OperationState::Refused, .why = why, .code = 0, .count = 1};
    return BlockWords::cause(cause, OperationKind::Block, std::nullopt).what;
}

/// Members that look like counts and are none: the entries that an erasure emptied, the run that is repeated.
std::optional<QString> numbered(const QString &act, const QString &key, const QString &value)
{
    bool number = false;
    (void)value.toLongLong(&number);
    const bool empties = act == QLatin1String("person.erase") || act == QLatin1String("retention");
    if (key == QLatin1String("entries") && (empties || !number))
        //: which journal entries were emptied; %1 their numbers, such as "3, 7-9"
        return Text::tr("details of entries %1 emptied").arg(QString(value).replace(u',', QStringLiteral(", ")));
    if (key == QLatin1String("again") && act == QLatin1String("send.run"))
        //: %1 the number of the run whose message was sent again
        return Text::tr("a repetition of run %1").arg(value);
    return std::nullopt;
}

/// A member whose value is no count; nothing when it is not one of these.
std::optional<QString> named(const QString &key, const QString &value, const QString &account)
{
    if (key == QLatin1String("act"))
        return Words::act(value);
    if (key == QLatin1String("source"))
        //: where the people of a block came from, e.g. "from: Pasted text"
        return Text::tr("from: %1").arg(BlockWords::source(value));
    if (key == QLatin1String("account"))
        return account.isEmpty() ? Text::tr("account no. %1").arg(value) : Text::tr("account %1").arg(oneLine(account));
    if (key == QLatin1String("codes"))
        return codes(value);
    if (key == QLatin1String("code"))
        return value == QLatin1String("0") ? QString() : Text::tr("code %1").arg(value);
    if (key == QLatin1String("why"))
        return because(value);
    if (key == QLatin1String("from"))
        //: times: of the latest entry so far, and the one that was confirmed
        return Text::tr("from %1").arg(moment(value.toLongLong()));
    if (key == QLatin1String("to"))
        return Text::tr("to %1").arg(moment(value.toLongLong()));
    return std::nullopt;
}

std::optional<QString> countOf(const QString &key, const QString &value)
{
    bool number = false;
    const qint64 many = value.toLongLong(&number);
    if (!number)
        return std::nullopt;
    if (many == 0)
        return QString();
    if (const char *thing = find(things, key))
        return Text::tr(thing, nullptr, forPlural(many));
    if (const char *words = find(counted, key))
        return Text::tr(words).arg(count(many));
    //: one count of a journal entry: %1 the number, %2 what was counted, e.g. "10 added"
    return Text::tr("%1 %2").arg(count(many), oneLine(key));
}

/// One word of an outcome; nothing when it cannot be read.
std::optional<QString> member(const QString &act, const QString &word, const QString &account)
{
    if (std::any_of(
            std::begin(silent), std::end(silent), [&word](const char *one) { return word == QLatin1String(one); }))
        return QString();
    if (const char *words = find(alone, word))
        return Text::tr(words);
    const qsizetype equals = word.indexOf(u'=');
    if (equals <= 0)
        return std::nullopt;
    const QString key = word.left(equals);
    const QString value = word.mid(equals + 1);
    if (auto words = numbered(act, key, value))
        return words;
    if (auto words = named(key, value, account))
        return words;
    return countOf(key, value);
}

} // namespace

QString OutcomeWords::title(const JournalEntry &entry)
{
    if (entry.act == QLatin1String("consent")) {
        if (entry.outcome.startsWith(QLatin1String("what=1 ")))
            return tr("Opt-in recorded");
        if (entry.outcome.startsWith(QLatin1String("what=2 ")))
            return tr("Opt-out recorded");
    }
    return Words::act(entry.act);
}

QString OutcomeWords::text(const JournalEntry &entry)
{
    QStringList parts;
    const QStringList words = entry.outcome.split(u' ', Qt::SkipEmptyParts);
    // Which capability an engine refused: a number that means something else in a consent.
    if (words.size() == 2 && words[0].startsWith(QLatin1String("what=")) && words[1].startsWith(QLatin1String("code=")))
        return tr("%1: refused, code %2")
            .arg(CapabilityWords::name(Capability(QStringView(words[0]).mid(5).toInt())), words[1].mid(5));
    for (const QString &word : words) {
        const std::optional<QString> part = member(entry.act, word, entry.account);
        if (!part)
            return oneLine(entry.outcome);
        if (!part->isEmpty())
            parts << *part;
    }
    return parts.isEmpty() && !words.isEmpty() ? tr("nothing") : parts.join(QStringLiteral(", "));
}

QString OutcomeWords::subject(const JournalEntry &entry)
{
    if (entry.about.kind != JournalSubject::Kind::None)
        return subject(entry.about, entry.subject);
    for (const QString &word : entry.outcome.split(u' ', Qt::SkipEmptyParts))
        if (word.startsWith(QLatin1String("people=")))
            return countOf(QStringLiteral("people"), word.mid(7)).value_or(QString());
    return oneLine(entry.account);
}

QString OutcomeWords::subject(const JournalSubject &about, qint64 id)
{
    using State = JournalSubject::State;
    if (about.state == State::Erased)
        //: %1 the number that tells erased people apart in the journal
        return tr("Erased person (%1)").arg(count(id));
    const bool person = about.kind == JournalSubject::Kind::Person;
    if (about.state == State::Gone) {
        if (about.kind == JournalSubject::Kind::Draft)
            return tr("A draft or template that is gone");
        return person ? tr("Deleted person (%1)").arg(count(id)) : tr("Account no. %1").arg(id);
    }
    QString words = oneLine(about.name);
    if (person && !about.number.isEmpty())
        words = words.isEmpty() ? numberText(oneLine(about.number))
                                : QString(words + QStringLiteral(", ") + numberText(oneLine(about.number)));
    if (words.isEmpty())
        words = person ? tr("Without name and number") : tr("Without a name");
    //: %1 the name of a person or account that was deleted
    return about.state == State::Deleted ? tr("%1 (deleted)").arg(words) : words;
}

} // namespace rollcall
