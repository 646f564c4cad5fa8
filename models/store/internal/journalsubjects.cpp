// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/journalsubjects.h"

#include "models/store/internal/journalchain.h"

#include <algorithm>

namespace rollcall::journal {

namespace {

/// The same as subjectKind() == Person, for an entry with a subject.
constexpr char aboutPerson[] = "NOT (j.act LIKE 'account.%' OR j.act LIKE 'check.%' OR j.act LIKE 'template.%' OR"
                               " j.act LIKE 'draft.%' OR j.act IN ('connection.test', 'block.read', 'block.settle'))";
constexpr char aboutAccount[] = "(j.act LIKE 'account.%' OR j.act LIKE 'check.%' OR j.act IN ('connection.test',"
                                " 'block.read', 'block.settle'))";

/// Entries about somebody in `who`: alone, by a batch that touched them, by a run they were in.
QByteArray aboutWho()
{
    return QByteArray("(j.subject <> 0 AND j.subject IN (SELECT id FROM who) AND ") + aboutPerson
        + ") OR (j.batch <> 0 AND j.batch IN ("
          "SELECT batch FROM people WHERE id IN (SELECT id FROM who)"
          " UNION SELECT batch FROM batch_people WHERE person IN (SELECT id FROM who)"
          " UNION SELECT batch FROM consents WHERE person IN (SELECT id FROM who)"
          " UNION SELECT by_batch FROM removed_people WHERE id IN (SELECT id FROM who)"
          " UNION SELECT s.batch FROM people p JOIN stops s ON s.alias = COALESCE(p.e164, p.typed_alias)"
          " WHERE p.id IN (SELECT id FROM who)))"
          " OR (j.run <> 0 AND j.run IN ("
          "SELECT run FROM run_items WHERE person IN (SELECT id FROM who)"
          " UNION SELECT run FROM block_ops WHERE person IN (SELECT id FROM who)))";
}

/// SQLite folds only ASCII letters. Words of other scripts are looked for as typed, small, capital, and each word with
/// a capital letter; people write names in one of these.
QStringList spellings(const QString &text)
{
    QString titled = text.toLower();
    for (qsizetype at = 0; at < titled.size(); ++at)
        if (at == 0 || titled[at - 1].isSpace())
            titled[at] = titled[at].toUpper();
    QStringList all{text, text.toLower(), text.toUpper(), titled};
    all.removeDuplicates();
    const bool plain = std::all_of(text.cbegin(), text.cend(), [](QChar one) { return one.unicode() < 0x80; });
    return plain ? QStringList{text} : all;
}

/// The digits of a text that can only be a phone number (at least four), else empty.
QString digitsOf(const QString &text)
{
    QString digits;
    for (const QChar one : text) {
        if (one >= u'0' && one <= u'9')
            digits += one;
        else if (!one.isSpace() && !QStringLiteral("+-()./").contains(one))
            return {};
    }
    return digits.size() >= 4 ? digits : QString();
}

void matchPeople(const QString &text, Chosen &chosen)
{
    QByteArray match;
    std::vector<QString> values;
    for (const QString &spelling : spellings(text)) {
        match += match.isEmpty() ? "" : " OR ";
        match += "instr(lower(name), lower(?)) > 0";
        values.push_back(spelling);
    }
    match += " OR instr(raw, ?) > 0";
    values.push_back(text);
    if (const QString digits = digitsOf(text); !digits.isEmpty()) {
        match += " OR instr(CAST(e164 AS TEXT), ?) > 0";
        values.push_back(digits);
    }
    chosen.with = "WITH who(id) AS MATERIALIZED (SELECT id FROM people WHERE " + match
        + " UNION SELECT id FROM removed_people WHERE " + match + ") ";
    for (int table = 0; table < 2; ++table)
        chosen.values.insert(chosen.values.end(), values.begin(), values.end());
}

QByteArray matchText(const JournalFilter &filter, Chosen &chosen)
{
    QByteArray sql = " AND (instr(lower(j.operator || char(31) || j.act || char(31) || j.outcome || char(31) ||"
                     " ifnull(d.details, '')), lower(?)) > 0 OR (j.subject <> 0 AND ";
    chosen.values.push_back(filter.text);
    sql += QByteArray(aboutAccount)
        + " AND j.subject IN (SELECT id FROM accounts WHERE instr(lower(name), lower(?)) > 0))";
    chosen.values.push_back(filter.text);
    for (const QString &act : filter.namedActs) {
        sql += " OR j.act = ?";
        chosen.values.push_back(act);
    }
    if (filter.person.value() == 0)
        sql += " OR " + aboutWho();
    return sql + ')';
}

JournalSubject goneAs(JournalSubject::Kind kind)
{
    return {.kind = kind, .state = JournalSubject::State::Gone};
}

} // namespace

JournalSubject::Kind subjectKind(const QString &act)
{
    using Kind = JournalSubject::Kind;
    const auto begins = [&act](const char *prefix) { return act.startsWith(QLatin1String(prefix)); };
    if (begins("template.") || begins("draft."))
        return Kind::Draft;
    for (const char *other : {"connection.test", "block.read", "block.settle"})
        if (act == QLatin1String(other))
            return Kind::Account;
    return begins("account.") || begins("check.") ? Kind::Account : Kind::Person;
}

Chosen chosenBy(const JournalFilter &filter)
{
    Chosen chosen;
    QByteArray sql = " FROM journal j LEFT JOIN journal_details d ON d.seq = j.seq WHERE 1";
    // One `who` a statement: with a person given, a text is looked for in the entries themselves.
    if (filter.person.value() != 0) {
        chosen.with = "WITH who(id) AS (SELECT " + QByteArray::number(filter.person.value()) + ") ";
        sql += " AND (" + aboutWho() + ')';
    } else if (!filter.text.isEmpty())
        matchPeople(filter.text, chosen);
    if (!filter.text.isEmpty())
        sql += matchText(filter, chosen);
    for (const auto &[condition, value] :
        {std::pair(" AND j.act = ?", filter.act), std::pair(" AND j.operator = ?", filter.operatorName)}) {
        if (value.isEmpty())
            continue;
        sql += condition;
        chosen.values.push_back(value);
    }
    if (const QByteArray account = QByteArray::number(filter.account.value()); filter.account.value() != 0)
        sql += " AND ((j.subject = " + account + " AND " + aboutAccount
            + ") OR (j.run <> 0 AND j.run IN (SELECT id FROM runs WHERE account = " + account + ")))";
    const std::pair<const char *, qint64> numbers[] = {{" AND j.run = ", filter.run.value()},
        {" AND j.at_ms >= ", filter.fromMs}, {" AND j.at_ms < ", filter.untilMs}};
    for (const auto &[condition, value] : numbers)
        if (value != 0)
            sql += condition + QByteArray::number(value);
    chosen.fromWhere = sql;
    return chosen;
}

SubjectNames::SubjectNames(Connection &db)
    : m_db(db)
    , m_here(db, "SELECT name, raw, e164 FROM people WHERE id = ?", 0)
    , m_deleted(db, "SELECT name, raw, e164 FROM removed_people WHERE id = ? ORDER BY by_batch DESC LIMIT 1", 0)
    , m_account(db, "SELECT name, removed FROM accounts WHERE id = ?", 0)
    , m_runAccount(db, "SELECT a.name FROM runs r JOIN accounts a ON a.id = r.account WHERE r.id = ?", 0)
    , m_draft(db, "SELECT name, title FROM drafts WHERE id = ?", 0)
{
}

JournalSubject SubjectNames::person(qint64 id)
{
    using State = JournalSubject::State;
    JournalSubject subject{.kind = JournalSubject::Kind::Person};
    const auto take = [&subject](Statement &row, State state) {
        subject.state = state;
        subject.name = row.text(0);
        subject.number = row.isNull(2) ? row.text(1) : QString(u'+' + QString::number(row.number(2)));
        return subject;
    };
    if (m_here.bind(id).step())
        return take(m_here, State::Here);
    if (m_deleted.bind(id).step())
        return take(m_deleted, State::Deleted);
    subject.state = isErased(id) ? State::Erased : State::Gone;
    return subject;
}

bool SubjectNames::isErased(qint64 id)
{
    if (!std::exchange(m_erasedRead, true)) {
        Statement row(m_db, "SELECT subject FROM journal WHERE act = ?", QString::fromLatin1(eraseAct));
        while (row.step())
            m_erased.insert(row.number(0));
    }
    return m_erased.contains(id);
}

JournalSubject SubjectNames::account(qint64 id)
{
    if (!m_account.bind(id).step())
        return goneAs(JournalSubject::Kind::Account);
    return {.kind = JournalSubject::Kind::Account,
        .state = m_account.number(1) != 0 ? JournalSubject::State::Deleted : JournalSubject::State::Here,
        .name = m_account.text(0)};
}

JournalSubject SubjectNames::draft(qint64 id)
{
    if (!m_draft.bind(id).step())
        return goneAs(JournalSubject::Kind::Draft);
    const QString name = m_draft.text(0);
    return {.kind = JournalSubject::Kind::Draft, .name = name.isEmpty() ? m_draft.text(1) : name};
}

void SubjectNames::fill(JournalEntry &entry)
{
    switch (entry.subject == 0 ? JournalSubject::Kind::None : subjectKind(entry.act)) {
    case JournalSubject::Kind::None:
        break;
    case JournalSubject::Kind::Person:
        entry.about = person(entry.subject);
        break;
    case JournalSubject::Kind::Account:
        entry.about = account(entry.subject);
        break;
    case JournalSubject::Kind::Draft:
        entry.about = draft(entry.subject);
        break;
    }
    const QStringList words = entry.outcome.split(u' ');
    const auto named = std::find_if(
        words.cbegin(), words.cend(), [](const QString &word) { return word.startsWith(QLatin1String("account=")); });
    if (named != words.cend())
        entry.account = account(named->mid(8).toLongLong()).name;
    else if (entry.run.value() != 0 && m_runAccount.bind(entry.run).step())
        entry.account = m_runAccount.text(0);
}

namespace {

/// The people of a batch, as a SELECT of their ids. Only a stop's entry is looked up among the stops, which no index
/// leads to by batch.
QByteArray peopleOfBatch(const QByteArray &batch, const QString &act)
{
    QByteArray ids = " UNION SELECT id FROM people WHERE batch = " + batch
        + " UNION SELECT person FROM batch_people WHERE batch = " + batch
        + " UNION SELECT person FROM consents WHERE person IS NOT NULL AND batch = " + batch
        + " UNION SELECT id FROM removed_people WHERE by_batch = " + batch;
    const bool lift = act == QLatin1String("stop.lift");
    if (!lift && act != QLatin1String("stop"))
        return ids;
    const QByteArray stopped
        = (lift ? " FROM lifted_stops s JOIN people p ON p." : " FROM stops s JOIN people p ON p.");
    for (const char *column : {"e164", "typed_alias"})
        ids += " UNION SELECT p.id" + stopped + column + " = s.alias WHERE s.batch = " + batch;
    return ids;
}

} // namespace

QByteArray peopleIds(const JournalEntry &entry)
{
    if (entry.batch.value() == 0 && entry.run.value() == 0)
        return {};
    QByteArray ids = "SELECT 0 AS id WHERE 0";
    if (entry.batch.value() != 0)
        ids += peopleOfBatch(QByteArray::number(entry.batch.value()), entry.act);
    if (const QByteArray run = QByteArray::number(entry.run.value()); entry.run.value() != 0)
        ids += " UNION SELECT person FROM run_items WHERE person <> 0 AND run = " + run
            + " UNION SELECT person FROM block_ops WHERE person <> 0 AND run = " + run;
    return ids;
}

JournalPeople peopleOf(Connection &db, SubjectNames &names, const JournalEntry &entry, int most)
{
    JournalPeople found;
    if (entry.subject != 0 && subjectKind(entry.act) == JournalSubject::Kind::Person) {
        found.total = 1;
        found.people.push_back({PersonId(entry.subject), names.person(entry.subject)});
        return found;
    }
    const QByteArray ids = peopleIds(entry);
    if (ids.isEmpty())
        return found;
    found.total = db.number("SELECT count(*) FROM (" + ids + ')');
    Statement row(db, ids + " ORDER BY 1 LIMIT ?", most);
    while (row.step())
        found.people.push_back({PersonId(row.number(0)), names.person(row.number(0))});
    return found;
}

} // namespace rollcall::journal
