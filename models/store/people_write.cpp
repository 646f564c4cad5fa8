// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/json.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"
#include "models/store/people.h"

namespace rollcall {

namespace {

QString nameDetails(const QString &name, const PhoneNumber &number)
{
    return QString::fromUtf8(
        Json(Json::Object{{QStringLiteral("name"), Json(name)}, {QStringLiteral("number"), Json(number.typed)}})
            .toCompact());
}

Result<PersonId> addPerson(Writing &writing, const PersonFields &fields)
{
    Connection &db = writing.db;
    const BatchId batch = writing.startBatch(QStringLiteral("person.add"), 1);
    const PhoneNumber &number = fields.number;
    const std::optional<qint64> e164 = number.hasE164() ? std::optional(number.e164) : std::nullopt;
    const std::optional<qint64> typed = e164 || number.typed.isEmpty()
        ? std::nullopt
        : std::optional(sql::aliasOf(db, AliasKind::Typed, number.typed));
    Statement(db,
        "INSERT INTO people (changed, batch, last_batch, name, raw, e164, typed_alias, region, state, plus, "
        "do_not_contact,"
        " consent, last_inbound_ms, created_ms, email, organisation, tags, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?)",
        writing.changeNumber, batch, batch, fields.name, number.typed, e164, typed, number.region, int(number.state),
        number.explicitPlus, writing.wallMs, fields.email, fields.organisation, sql::joinTags(fields.tags), fields.note)
        .run();
    const PersonId id(db.lastId());
    sql::refreshStopFlag(writing, id);
    writing.journal({.act = QStringLiteral("person.add"),
        .subject = id.value(),
        .batch = batch,
        .outcome = QStringLiteral("done"),
        .details = nameDetails(fields.name, number)});
    writing.change.kinds |= Change::PeopleChanged;
    writing.change.people = {id};
    writing.change.membership = true;
    return id;
}

Done updatePerson(Writing &writing, PersonId id, const PersonFields &fields)
{
    Connection &db = writing.db;
    Statement now(db, "SELECT " + sql::personColumns() + ", p.last_batch FROM people p WHERE p.id = ?", id);
    if (!now.step())
        return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("person %1").arg(id.value())};
    const PersonFields before = sql::personAt(now, 0).fields;
    const qint64 lastBatch = now.number(sql::personColumnCount);
    std::vector<PersonField> touched;
    for (const PersonField field : sql::allFields) {
        if (sql::fieldText(before, field) != sql::fieldText(fields, field))
            touched.push_back(field);
    }
    if (touched.empty())
        return Nothing{};
    const BatchId batch = writing.startBatch(QStringLiteral("person.edit"), 1);
    Statement(db, "INSERT INTO batch_people (batch, person, last_batch) VALUES (?, ?, ?)", batch, id, lastBatch).run();
    for (const PersonField field : touched) {
        const QString after = sql::fieldText(fields, field);
        Statement(db, "INSERT INTO batch_fields (batch, person, field, before, after) VALUES (?, ?, ?, ?, ?)", batch,
            id, int(field), sql::fieldText(before, field), after)
            .run();
        sql::setField(writing, id, field, after);
    }
    Statement(db, "UPDATE people SET changed = ?, last_batch = ? WHERE id = ?", writing.changeNumber, batch, id).run();
    writing.journal({.act = QStringLiteral("person.edit"),
        .subject = id.value(),
        .batch = batch,
        .outcome = QStringLiteral("fields=%1").arg(touched.size()),
        .details = nameDetails(fields.name, fields.number)});
    writing.change.kinds |= Change::PeopleChanged;
    writing.change.people = {id};
    writing.change.membership = true; // name and number decide order and filters
    return Nothing{};
}

Result<qint64> removePeople(Writing &writing, const std::vector<PersonId> &ids)
{
    const BatchId batch = writing.startBatch(QStringLiteral("person.delete"), qint64(ids.size()));
    qint64 removed = 0;
    Statement was(writing.db,
        "INSERT OR IGNORE INTO batch_people (batch, person, last_batch) SELECT ?, id, last_batch FROM people WHERE id "
        "= ?");
    for (const PersonId id : ids) {
        was.bind(batch, id).run();
        removed += sql::takeAway(writing, batch, "id = ?", {id.value()});
        if (writing.db.failed())
            break;
    }
    if (removed == 0)
        return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("nobody of these is here")};
    Statement(writing.db, "UPDATE batches SET people = ? WHERE id = ?", removed, batch).run();
    writing.journal({.act = QStringLiteral("person.delete"),
        .subject = ids.size() == 1 ? ids.front().value() : 0,
        .batch = batch,
        .outcome = QStringLiteral("people=%1").arg(removed)});
    return removed;
}

} // namespace

Call People::add(const PersonFields &fields, std::function<void(Result<PersonId>)> then)
{
    return m_threads.write<PersonId>(
        [fields](Writing &writing) { return addPerson(writing, fields); }, std::move(then));
}

Call People::update(PersonId id, const PersonFields &fields, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [id, fields](Writing &writing) { return updatePerson(writing, id, fields); }, std::move(then));
}

Call People::remove(const std::vector<PersonId> &ids, std::function<void(Result<qint64>)> then)
{
    return m_threads.write<qint64>([ids](Writing &writing) { return removePeople(writing, ids); }, std::move(then));
}

} // namespace rollcall
