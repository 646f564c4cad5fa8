// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/personsql.h"

#include "models/store/internal/stopsql.h"
#include "models/store/internal/storethreads.h"

namespace rollcall::sql {

namespace {

constexpr QChar separator(0x1f);

/// Everything of a person but `changed`, in the order both tables name it.
constexpr char movedColumns[] = "id, batch, last_batch, name, raw, e164, typed_alias, region, state, plus, "
                                "do_not_contact, consent, last_inbound_ms,"
                                " created_ms, email, organisation, tags, note";

QString numberText(const PhoneNumber &number)
{
    return QStringList{number.typed, QString::number(number.e164), number.region, QString::number(int(number.state)),
        QString::number(int(number.explicitPlus))}
        .join(separator);
}

void setNumber(Writing &writing, PersonId person, const QString &text)
{
    Connection &db = writing.db;
    // The typed text comes first and may itself hold the separator: the four parts behind it may not.
    const QString raw = text.section(separator, 0, -5);
    const qint64 e164 = text.section(separator, -4, -4).toLongLong();
    const std::optional<qint64> typed
        = e164 > 0 || raw.isEmpty() ? std::nullopt : std::optional(aliasOf(db, AliasKind::Typed, raw));
    Statement(db, "UPDATE people SET raw = ?, e164 = ?, typed_alias = ?, region = ?, state = ?, plus = ? WHERE id = ?",
        raw, e164 > 0 ? std::optional(e164) : std::nullopt, typed, text.section(separator, -3, -3),
        text.section(separator, -2, -2).toLongLong(), text.section(separator, -1, -1).toLongLong(), person)
        .run();
    const AliasKey alias(e164 > 0 ? e164 : typed.value_or(0));
    Statement stopped(db, "SELECT do_not_contact FROM people WHERE id = ?", person);
    const bool isStopped = stopped.step() && stopped.number(0) != 0;
    if (isStopped && !alias.isNull())
        addStop(writing, alias, {}, QStringLiteral("new-number"), writing.stopped);
    if (!isStopped)
        refreshStopFlag(writing, person);
}

const char *columnOf(PersonField field)
{
    switch (field) {
    case PersonField::Name:
        return "name";
    case PersonField::Email:
        return "email";
    case PersonField::Organisation:
        return "organisation";
    case PersonField::Tags:
        return "tags";
    case PersonField::Number:
    case PersonField::Note:
        break;
    }
    return "note";
}

/// The list of accounts is asked only for a "valid"; it does not depend on the row, so SQLite reads it once.
QByteArray isDoubted(const QByteArray &table, const QByteArray &word)
{
    return word + " = " + QByteArray::number(int(VerdictWord::Valid)) + " AND " + table
        + ".account IN (SELECT id FROM accounts WHERE probe_outcome = "
        + QByteArray::number(int(TruthProbe::Outcome::CannotTell)) + ")";
}

} // namespace

QByteArray personColumns()
{
    return "p.id, p.name, p.raw, p.e164, p.region, p.state, p.plus, p.email, p.organisation, p.tags, p.note,"
           " p.do_not_contact, p.consent, p.last_inbound_ms, p.created_ms";
}

PersonRow personAt(const Statement &row, int column)
{
    PersonRow person;
    person.id = PersonId(row.number(column));
    person.fields.name = row.text(column + 1);
    person.fields.number = {.typed = row.text(column + 2),
        .e164 = row.number(column + 3),
        .region = row.text(column + 4),
        .state = NumberState(row.integer(column + 5)),
        .explicitPlus = row.number(column + 6) != 0};
    person.fields.email = row.text(column + 7);
    person.fields.organisation = row.text(column + 8);
    person.fields.tags = splitTags(row.text(column + 9));
    person.fields.note = row.text(column + 10);
    person.doNotContact = row.number(column + 11) != 0;
    person.consent = ConsentState(row.integer(column + 12));
    person.lastInboundMs = row.number(column + 13);
    person.createdMs = row.number(column + 14);
    return person;
}

QByteArray wordNow(const QByteArray &table, const QByteArray &column)
{
    const QByteArray word = table + '.' + column;
    return "CASE WHEN " + isDoubted(table, word) + " THEN " + QByteArray::number(int(VerdictWord::Unverified))
        + " ELSE " + word + " END";
}

QByteArray verdictColumns()
{
    return wordNow("v", "word") + ", v.raw_word, v.wa_id, v.asked, CASE WHEN " + isDoubted("v", "v.word") + " THEN '"
        + probeReason
        + "' ELSE v.reason END, v.code, v.wall_ms, v.mono_ms,"
          " (SELECT name FROM boots WHERE id = v.boot), v.account, v.run, v.source";
}

Verdict verdictAt(const Statement &row, int column)
{
    return {.word = VerdictWord(row.integer(column)),
        .rawWord = row.text(column + 1),
        .waId = row.text(column + 2),
        .asked = row.text(column + 3),
        .reason = row.text(column + 4),
        .code = row.integer(column + 5),
        .at = {row.number(column + 6), row.number(column + 7), row.text(column + 8)},
        .account = AccountId(row.number(column + 9)),
        .run = RunId(row.number(column + 10)),
        .source = VerdictSource(row.integer(column + 11))};
}

qint64 keepSeconds(Connection &db, AccountId account)
{
    Statement row(db, "SELECT keep_seconds FROM accounts WHERE id = ?", account);
    return row.step() ? row.number(0) : secondsFresh;
}

bool Newest::isFresh(const TimeView &time, qint64 keep) const
{
    return useVerdict != 0 && rollcall::isFresh(useWord, useAt, time, keep);
}

QByteArray newestColumns()
{
    return "n.last_verdict, " + wordNow("n", "last_word") + ", n.use_verdict, " + wordNow("n", "use_word")
        + ", n.use_wall_ms, n.use_mono_ms,"
          " (SELECT name FROM boots WHERE id = n.use_boot)";
}

Newest newestAt(const Statement &row, int column)
{
    return {.lastVerdict = row.number(column),
        .lastWord = VerdictWord(row.integer(column + 1)),
        .useVerdict = row.number(column + 2),
        .useWord = VerdictWord(row.integer(column + 3)),
        .useAt = {row.number(column + 4), row.number(column + 5), row.text(column + 6)}};
}

QString fieldText(const PersonFields &fields, PersonField field)
{
    switch (field) {
    case PersonField::Name:
        return fields.name;
    case PersonField::Number:
        return numberText(fields.number);
    case PersonField::Email:
        return fields.email;
    case PersonField::Organisation:
        return fields.organisation;
    case PersonField::Tags:
        return joinTags(fields.tags);
    case PersonField::Note:
        break;
    }
    return fields.note;
}

void setField(Writing &writing, PersonId person, PersonField field, const QString &text)
{
    if (field == PersonField::Number) {
        setNumber(writing, person, text);
        return;
    }
    Statement(writing.db, QByteArray("UPDATE people SET ") + columnOf(field) + " = ? WHERE id = ?", text, person).run();
}

qint64 aliasOf(Connection &db, AliasKind kind, const QString &text)
{
    Statement(db, "INSERT OR IGNORE INTO alias_names (kind, text) VALUES (?, ?)", int(kind), text).run();
    Statement row(db, "SELECT id FROM alias_names WHERE kind = ? AND text = ?", int(kind), text);
    return row.step() ? -row.number(0) : 0;
}

void refreshStopFlag(Writing &writing, PersonId person)
{
    Statement(writing.db,
        "UPDATE people AS p SET do_not_contact = EXISTS (SELECT 1 FROM stops WHERE alias = COALESCE(p.e164, "
        "p.typed_alias))"
        " OR EXISTS (SELECT 1 FROM aliases a JOIN stops s ON s.alias = a.alias WHERE a.person = p.id) WHERE id = ?",
        person)
        .run();
}

void refreshStopFlags(Writing &writing, AliasKey alias)
{
    std::vector<qint64> people;
    Statement of(writing.db,
        "SELECT id FROM people WHERE e164 = ?1 UNION SELECT id FROM people WHERE typed_alias = ?2"
        " UNION SELECT person FROM aliases WHERE alias = ?3",
        alias, alias, alias);
    while (of.step())
        people.push_back(of.number(0));
    for (const qint64 person : people)
        refreshStopFlag(writing, PersonId(person));
}

void stopNewAliases(Writing &writing, const QByteArray &pairs)
{
    Connection &db = writing.db;
    std::vector<AliasKey> news;
    Statement open(db,
        "SELECT DISTINCT n.alias FROM (" + pairs
            + ") n JOIN people p ON p.id = n.person WHERE p.do_not_contact AND n.alias NOT IN (SELECT alias FROM "
              "stops)");
    while (open.step())
        news.emplace_back(open.number(0));
    for (const AliasKey alias : news)
        addStop(writing, alias, {}, QStringLiteral("new-alias"), writing.stopped);
    std::vector<qint64> people;
    Statement hit(db,
        "SELECT DISTINCT n.person FROM (" + pairs
            + ") n JOIN people p ON p.id = n.person WHERE NOT p.do_not_contact AND n.alias IN (SELECT alias FROM "
              "stops)");
    while (hit.step())
        people.push_back(hit.number(0));
    for (const qint64 person : people)
        refreshStopFlag(writing, PersonId(person));
}

void refreshConsent(Writing &writing, BatchId batch, const QByteArray &among)
{
    const QByteArray only = among.isEmpty() ? QByteArray() : " AND p.id IN (" + among + ")";
    Statement(writing.db,
        "UPDATE people AS p SET consent = ifnull((SELECT c.what FROM consents c JOIN batches b ON b.id = c.batch"
        " WHERE (c.person = p.id OR (c.person IS NULL AND c.batch = p.batch)) AND NOT b.undone"
        " ORDER BY c.at_ms DESC, c.id DESC LIMIT 1), 0)"
        " WHERE p.id IN (SELECT person FROM consents WHERE batch = ? AND person IS NOT NULL)"
            + only,
        batch)
        .run();
}

QString joinTags(const QStringList &tags)
{
    QStringList kept;
    for (const QString &tag : tags) {
        QString clean = tag.trimmed();
        clean.remove(separator);
        if (!clean.isEmpty() && !kept.contains(clean))
            kept.append(clean);
    }
    return kept.isEmpty() ? QString() : separator + kept.join(separator) + separator;
}

QStringList splitTags(const QString &tags)
{
    return tags.split(separator, Qt::SkipEmptyParts);
}

qint64 takeAway(Writing &writing, BatchId batch, const QByteArray &condition, const std::vector<qint64> &values)
{
    const QByteArray columns(movedColumns);
    Statement(writing.db,
        "INSERT OR REPLACE INTO removed_people (by_batch, " + columns + ") SELECT " + QByteArray::number(batch.value())
            + ", " + columns + " FROM people WHERE " + condition,
        values)
        .run();
    Statement(writing.db, "DELETE FROM people WHERE " + condition, values).run();
    writing.change.kinds |= Change::PeopleChanged;
    writing.change.membership = true;
    return writing.db.changes();
}

qint64 putBack(Writing &writing, BatchId batch)
{
    const QByteArray columns(movedColumns);
    Connection &db = writing.db;
    Statement(db,
        "INSERT INTO people (changed, " + columns + ") SELECT ?, " + columns
            + " FROM removed_people WHERE by_batch = ?",
        writing.changeNumber, batch)
        .run();
    const qint64 count = db.changes();
    // A stop that came while they were away holds for them too.
    Statement(db,
        "UPDATE people SET do_not_contact = 1 WHERE id IN (SELECT id FROM removed_people WHERE by_batch = ?)"
        " AND (COALESCE(e164, typed_alias) IN (SELECT alias FROM stops)"
        " OR id IN (SELECT a.person FROM aliases a JOIN stops s ON s.alias = a.alias))",
        batch)
        .run();
    Statement(db, "DELETE FROM removed_people WHERE by_batch = ?", batch).run();
    writing.change.kinds |= Change::PeopleChanged;
    writing.change.membership = true;
    return count;
}

} // namespace rollcall::sql
