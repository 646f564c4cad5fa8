// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/importtrial.h"

#include "models/store/internal/personsql.h"

#include <algorithm>

namespace rollcall {

namespace importsql {

const char makeTables[]
    = "DROP TABLE IF EXISTS temp.import_stopped; DROP TABLE IF EXISTS temp.import_hit; DROP TABLE IF EXISTS "
      "temp.import_filled;"
      "CREATE TEMP TABLE import_stopped (line INTEGER PRIMARY KEY);"
      "CREATE TEMP TABLE import_hit (line INTEGER PRIMARY KEY, person INTEGER NOT NULL, among INTEGER NOT NULL);"
      "CREATE TEMP TABLE import_filled (line INTEGER PRIMARY KEY);";

const char dropTables[] = "DROP TABLE temp.import_stopped; DROP TABLE temp.import_hit; DROP TABLE temp.import_filled;";

const char stoppedRows[]
    = "INSERT INTO temp.import_stopped SELECT s.line FROM staging.staged s WHERE s.e164 IN (SELECT alias FROM "
      "main.stops);"
      // Without E.164: the same text as a stopped name, or as the number of somebody who is stopped was typed.
      "INSERT OR IGNORE INTO temp.import_stopped SELECT s.line FROM staging.staged s WHERE s.e164 IS NULL AND s.raw "
      "<> ''"
      " AND s.raw IN (SELECT a.text FROM main.alias_names a JOIN main.stops t ON t.alias = -a.id"
      " UNION ALL SELECT p.raw FROM main.people p WHERE p.do_not_contact);"
      // The same chat id or LID as a stopped one, whatever the number.
      "INSERT OR IGNORE INTO temp.import_stopped SELECT t.line FROM staging.told t JOIN main.alias_names a"
      " ON a.kind = 3 AND a.text = t.chat_id JOIN main.stops o ON o.alias = -a.id;"
      "INSERT OR IGNORE INTO temp.import_stopped SELECT t.line FROM staging.told t JOIN main.alias_names a"
      " ON a.kind = 4 AND a.text = t.lid JOIN main.stops o ON o.alias = -a.id;";

QByteArray unlessStopped(bool hasStops)
{
    return hasStops ? " AND s.line NOT IN (SELECT line FROM temp.import_stopped)" : "";
}

QByteArray hitRows(const QByteArray &which)
{
    return "INSERT INTO temp.import_hit SELECT s.line, min(p.id), count(*) FROM staging.staged s"
           " CROSS JOIN main.people p WHERE p.e164 = s.e164 AND "
        + which
        + " GROUP BY s.line;"
          "INSERT INTO temp.import_hit SELECT s.line, min(p.id), 1 FROM staging.staged s CROSS JOIN main.people p"
          " WHERE p.e164 IS NULL AND s.e164 IS NULL AND p.raw = s.raw AND p.name = s.name AND "
        + which
        + " GROUP BY s.line;"
          // Several people share the number: the one of that name is meant, if there is one.
          "UPDATE temp.import_hit AS h SET person = ifnull((SELECT min(p.id) FROM main.people p, staging.staged s"
          " WHERE s.line = h.line AND p.e164 = s.e164 AND p.name = s.name COLLATE NOCASE), person) WHERE among > 1;";
}

QByteArray stagedColumns()
{
    return "s.name, s.raw, s.e164, s.region, s.state, s.plus, s.email, s.organisation, s.tags, s.note";
}

PersonFields fieldsAt(const Statement &row, int column)
{
    PersonFields fields;
    fields.name = row.text(column);
    fields.number = {.typed = row.text(column + 1),
        .e164 = row.number(column + 2),
        .region = row.text(column + 3),
        .state = NumberState(row.integer(column + 4)),
        .explicitPlus = row.number(column + 5) != 0};
    fields.email = row.text(column + 6);
    fields.organisation = row.text(column + 7);
    fields.tags = sql::splitTags(row.text(column + 8));
    fields.note = row.text(column + 9);
    return fields;
}

PersonFields filled(const PersonFields &before, const PersonFields &row)
{
    PersonFields after = before;
    const auto fill = [](QString &field, const QString &with) {
        if (field.isEmpty())
            field = with;
    };
    fill(after.name, row.name);
    if (after.number.typed.isEmpty())
        after.number = row.number;
    fill(after.email, row.email);
    fill(after.organisation, row.organisation);
    after.tags = sql::splitTags(sql::joinTags(before.tags + row.tags));
    fill(after.note, row.note);
    return after;
}

} // namespace importsql

ImportTrial::ImportTrial(Connection &db, const ConsentEvent &consent, const JobControl &control)
    : m_db(db)
    , m_consent(consent)
    , m_control(control)
{
}

ImportCounts ImportTrial::run()
{
    ImportCounts counts;
    m_db.exec(importsql::makeTables);
    match();
    const qint64 staged = m_db.number("SELECT count(*) FROM staging.staged");
    counts.rejected = m_db.number("SELECT count(*) FROM staging.rejected");
    counts.suppressed = m_db.number("SELECT count(*) FROM temp.import_stopped");
    // A row that is not suppressed is somebody's who is here, repeats an earlier row, or adds somebody.
    const qint64 known = m_db.number("SELECT count(*) FROM staging.staged s WHERE (s.same_as IS NOT NULL OR s.line IN "
                                     "(SELECT line FROM temp.import_hit))"
        + importsql::unlessStopped(counts.suppressed > 0));
    counts.added = staged - counts.suppressed - known;
    counts.updated = countUpdated();
    counts.unchanged = known - counts.updated;
    m_db.exec(importsql::dropTables);
    return counts;
}

void ImportTrial::match()
{
    const bool hasStops = m_db.number("SELECT count(*) FROM main.stops") > 0;
    if (hasStops)
        m_db.exec(importsql::stoppedRows);
    if (m_db.number("SELECT EXISTS (SELECT 1 FROM main.people)") != 0)
        m_db.exec(importsql::hitRows("1" + importsql::unlessStopped(hasStops)));
}

/// Rows of one subject stand together, in the order of the file, so that one person is held at a time.
qint64 ImportTrial::countUpdated()
{
    const bool consents = m_consent.what != ConsentState::None;
    const QByteArray mayAdd = consents ? "1"
                                       : "(s.opt_in_ms IS NOT NULL OR (s.tags <> '' AND s.tags <> p.tags)"
                                         " OR (p.email = '' AND s.email <> '') OR (p.name = '' AND s.name <> '')"
                                         " OR (p.organisation = '' AND s.organisation <> '')"
                                         " OR (p.note = '' AND s.note <> '') OR (p.raw = '' AND s.raw <> ''))";
    const QByteArray stopped = importsql::unlessStopped(true);
    Statement row(m_db,
        "SELECT s.line AS line, h.person AS subject, s.opt_in_ms, " + importsql::stagedColumns()
            + " FROM temp.import_hit h CROSS JOIN staging.staged s ON s.line = h.line"
              " CROSS JOIN main.people p ON p.id = h.person WHERE "
            + mayAdd + " UNION ALL SELECT s.line, -s.same_as, s.opt_in_ms, " + importsql::stagedColumns()
            + " FROM staging.staged s WHERE s.same_as IS NOT NULL AND s.line NOT IN (SELECT line FROM temp.import_hit)"
            + stopped + " ORDER BY subject, line");
    qint64 updated = 0;
    while (!m_control.cancelled() && row.step()) {
        Candidate candidate{.line = row.number(0), .subject = row.number(1)};
        candidate.hasDate = !row.isNull(2);
        candidate.optInMs = row.number(2);
        candidate.fields = importsql::fieldsAt(row, 3);
        if (candidate.subject != m_subject)
            begin(candidate);
        if (brings(candidate))
            ++updated;
    }
    if (m_control.cancelled())
        m_db.fail({.kind = Failure::Kind::Cancelled});
    return updated;
}

void ImportTrial::begin(const Candidate &first)
{
    m_subject = first.subject;
    m_dates.clear();
    m_consentTold = false;
    if (m_subject > 0) {
        Statement person(m_db, "SELECT " + sql::personColumns() + " FROM people p WHERE p.id = ?", PersonId(m_subject));
        m_state = person.step() ? sql::personAt(person, 0).fields : PersonFields();
        return;
    }
    Statement row(m_db, "SELECT s.opt_in_ms, " + importsql::stagedColumns() + " FROM staging.staged s WHERE s.line = ?",
        -m_subject);
    m_state = {};
    if (!row.step())
        return;
    m_state = importsql::fieldsAt(row, 1);
    if (!row.isNull(0))
        m_dates.push_back(row.number(0));
}

/// Whether the row is one of those that ImportMove counts as updated.
bool ImportTrial::brings(const Candidate &candidate)
{
    const PersonFields after = importsql::filled(m_state, candidate.fields);
    const bool fills = after != m_state;
    m_state = after;
    const bool here = m_subject > 0;
    if (!candidate.hasDate && (!here || m_consent.what == ConsentState::None))
        return fills;
    const qint64 at = candidate.hasDate ? candidate.optInMs : m_consent.atMs;
    const ConsentState what = candidate.hasDate ? ConsentState::OptIn : m_consent.what;
    const bool repeats = std::find(m_dates.begin(), m_dates.end(), at) != m_dates.end();
    if (repeats || (here && knows(at, what, m_consent.source)))
        return fills;
    m_dates.push_back(at);
    // Of somebody who was here one line is counted for all the events that the file brings.
    return here ? !std::exchange(m_consentTold, true) || fills : true;
}

bool ImportTrial::knows(qint64 atMs, ConsentState what, const QString &source)
{
    Statement known(m_db,
        "SELECT 1 FROM people p JOIN consents c ON (c.person = p.id OR (c.person IS NULL AND c.batch = p.batch))"
        " WHERE p.id = ? AND c.what = ? AND c.at_ms = ? AND c.source = ? LIMIT 1",
        PersonId(m_subject), int(what), atMs, source);
    return known.step();
}

} // namespace rollcall
