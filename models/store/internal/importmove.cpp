// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/importmove.h"

#include "models/base/json.h"
#include "models/store/internal/importtrial.h"
#include "models/store/internal/personsql.h"

namespace rollcall {

namespace {

constexpr qint64 chunkLines = 32'768;

} // namespace

ImportMove::ImportMove(
    Writing &writing, const ImportAbout &about, const JobControl &control, std::function<void(Progress)> tell)
    : m_writing(writing)
    , m_db(writing.db)
    , m_about(about)
    , m_control(control)
    , m_tell(std::move(tell))
{
}

Result<ImportOutcome> ImportMove::run()
{
    prepare();
    suppress();
    if (m_existing > 0)
        match(false);
    tell(m_staged / 4);
    nameTypedNumbers();
    insert(false);
    match(true);
    insert(true);
    fillBlanks();
    consent();
    keepRows();
    keepTold();
    ImportOutcome outcome;
    finish(outcome);
    if (m_control.cancelled())
        return Failure{.kind = Failure::Kind::Cancelled};
    m_db.setInterrupt({}); // from here it is too late to cancel
    if (outcome.counts.sum() != m_staged + m_counts.rejected && !m_db.failed())
        return Failure{.kind = Failure::Kind::Storage, .detail = QStringLiteral("the counts do not add up")};
    return outcome;
}

void ImportMove::step(const QByteArray &sql)
{
    if (!stopped())
        m_db.exec(sql);
}

bool ImportMove::stopped()
{
    if (m_control.cancelled())
        m_db.fail({.kind = Failure::Kind::Cancelled});
    return m_db.failed();
}

void ImportMove::tell(qint64 done)
{
    if (m_tell)
        m_tell({done, m_staged});
}

void ImportMove::prepare()
{
    step(importsql::makeTables);
    m_batch = m_writing.startBatch(m_about.act, 0);
    m_staged = m_db.number("SELECT count(*) FROM staging.staged");
    m_counts.rejected = m_db.number("SELECT count(*) FROM staging.rejected");
    m_existing = m_db.number("SELECT count(*) FROM main.people");
    m_hasStops = m_db.number("SELECT count(*) FROM main.stops") > 0;
}

void ImportMove::suppress()
{
    if (!m_hasStops)
        return;
    step(importsql::stoppedRows);
    m_counts.suppressed = m_db.number("SELECT count(*) FROM temp.import_stopped");
}

/// Finds who of the store each row is: by E.164, else by the text as typed and the name. `repeated`: the rows that
/// repeat an earlier one, after the first ones are in.
void ImportMove::match(bool repeated)
{
    const QByteArray which = repeated ? "s.same_as IS NOT NULL" : "s.same_as IS NULL";
    step(importsql::hitRows(which + importsql::unlessStopped(m_hasStops)));
}

void ImportMove::nameTypedNumbers()
{
    step("INSERT OR IGNORE INTO main.alias_names (kind, text) SELECT 0, s.raw FROM staging.staged s"
         " WHERE s.e164 IS NULL AND s.raw <> '';");
}

void ImportMove::insert(bool repeated)
{
    const qint64 hits = m_db.number("SELECT count(*) FROM temp.import_hit");
    const bool many = !repeated && m_staged - hits > m_existing;
    if (many)
        dropIndices();
    const QByteArray which = (repeated ? " AND s.same_as IS NOT NULL" : " AND s.same_as IS NULL")
        + importsql::unlessStopped(m_hasStops)
        + (hits > 0 ? QByteArray(" AND s.line NOT IN (SELECT line FROM temp.import_hit)") : QByteArray());
    Statement add(m_db,
        "INSERT INTO main.people (changed, batch, last_batch, name, raw, e164, typed_alias, region, state, plus,"
        " do_not_contact, consent, last_inbound_ms, created_ms, email, organisation, tags, note)"
        " SELECT ?, ?, ?, s.name, s.raw, s.e164, CASE WHEN s.e164 IS NULL AND s.raw <> '' THEN"
        " (SELECT -a.id FROM main.alias_names a WHERE a.kind = 0 AND a.text = s.raw) END, s.region, s.state, s.plus,"
        " 0, CASE WHEN s.opt_in_ms IS NULL THEN ? ELSE 1 END, 0, ?, s.email, s.organisation, s.tags, s.note"
        " FROM staging.staged s WHERE s.line > ? AND s.line <= ?"
            + which + " ORDER BY s.line");
    const qint64 last = m_db.number("SELECT max(line) FROM staging.staged");
    for (qint64 from = 0; from < last && !stopped(); from += chunkLines) {
        add.bind(m_writing.changeNumber, m_batch, m_batch, int(m_about.consent.what), m_writing.wallMs, from,
               from + chunkLines)
            .run();
        m_counts.added += m_db.changes();
        if (!repeated)
            tell(m_staged / 4 + m_staged / 4 * std::min(from, last) / last);
    }
    if (many)
        makeIndices();
    if (!repeated)
        tell(m_staged * 3 / 4);
}

void ImportMove::dropIndices()
{
    QByteArrayList names;
    Statement row(m_db,
        "SELECT name, sql FROM main.sqlite_schema WHERE type = 'index' AND tbl_name = 'people' AND sql IS NOT NULL");
    while (row.step()) {
        names += row.text(0).toUtf8();
        m_indices += row.text(1).toUtf8() + ';';
    }
    for (const QByteArray &name : std::as_const(names))
        step("DROP INDEX main." + name + ';');
}

void ImportMove::makeIndices()
{
    for (const QByteArray &sql : std::as_const(m_indices))
        step(sql);
}

void ImportMove::fillBlanks()
{
    Statement row(m_db,
        "SELECT h.line, h.person, " + importsql::stagedColumns()
            + " FROM temp.import_hit h CROSS JOIN staging.staged s ON s.line = h.line CROSS JOIN main.people p ON p.id "
              "= "
              "h.person"
              " WHERE (s.tags <> '' AND s.tags <> p.tags) OR (p.email = '' AND s.email <> '')"
              " OR (p.organisation = '' AND s.organisation <> '') OR (p.name = '' AND s.name <> '')"
              " OR (p.note = '' AND s.note <> '') OR (p.raw = '' AND s.raw <> '') ORDER BY h.line");
    while (!stopped() && row.step())
        fillOne(row);
}

/// The person is read again: an earlier row of this file may have filled the blank.
void ImportMove::fillOne(const Statement &row)
{
    const PersonId id(row.number(1));
    Statement person(
        m_db, "SELECT " + sql::personColumns() + ", p.batch, p.last_batch FROM people p WHERE p.id = ?", id);
    if (!person.step())
        return;
    const PersonFields before = sql::personAt(person, 0).fields;
    const bool ownBatch = person.number(sql::personColumnCount) == m_batch.value();
    const qint64 lastBatch = person.number(sql::personColumnCount + 1);
    const PersonFields after = importsql::filled(before, importsql::fieldsAt(row, 2));
    if (after == before)
        return;
    for (const PersonField field : sql::allFields) {
        const QString text = sql::fieldText(after, field);
        if (text == sql::fieldText(before, field))
            continue;
        sql::setField(m_writing, id, field, text);
        if (!ownBatch)
            Statement(m_db,
                "INSERT INTO batch_fields (batch, person, field, before, after) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (batch, person, field) DO UPDATE SET after = excluded.after",
                m_batch, id, int(field), sql::fieldText(before, field), text)
                .run();
    }
    if (!ownBatch)
        Statement(m_db, "INSERT OR IGNORE INTO batch_people (batch, person, last_batch) VALUES (?, ?, ?)", m_batch, id,
            lastBatch)
            .run();
    Statement(m_db, "UPDATE people SET changed = ?, last_batch = ? WHERE id = ?", m_writing.changeNumber, m_batch, id)
        .run();
    Statement(m_db, "INSERT OR IGNORE INTO temp.import_filled (line) VALUES (?)", row.number(0)).run();
}

} // namespace rollcall
