// SPDX-License-Identifier: GPL-3.0-or-later
// The second half of ImportMove: consent, what is kept of the file, counts.
#include "models/base/json.h"
#include "models/store/internal/importmove.h"
#include "models/store/internal/importtrial.h"
#include "models/store/internal/personsql.h"

namespace rollcall {

/// One event for everybody the batch added; one each for those who were here (unless they have that very event) and for
/// rows with a date of their own.
void ImportMove::consent()
{
    const ConsentEvent &given = m_about.consent;
    const bool hasDates = m_db.number("SELECT EXISTS (SELECT 1 FROM staging.staged WHERE opt_in_ms IS NOT NULL)") != 0;
    if (given.what == ConsentState::None && !hasDates)
        return;
    if (given.what != ConsentState::None)
        Statement(m_db,
            "INSERT INTO consents (person, batch, what, at_ms, kept_ms, source, wording, by) VALUES (NULL, ?, ?, ?, ?, "
            "?, ?, ?)",
            m_batch, int(given.what), given.atMs, m_writing.wallMs, given.source, given.wording, m_writing.asked.by)
            .run();
    // Who a row became: matched ones are known, added ones are found by their number in this batch.
    step("DROP TABLE IF EXISTS temp.import_who; CREATE TEMP TABLE import_who (line INTEGER PRIMARY KEY, person INTEGER "
         "NOT NULL);");
    step("INSERT INTO temp.import_who SELECT line, person FROM temp.import_hit;");
    const QByteArray inBatch = " p.batch = " + QByteArray::number(m_batch.value()) + " AND s.opt_in_ms IS NOT NULL";
    if (hasDates)
        step("INSERT OR IGNORE INTO temp.import_who SELECT s.line, min(p.id) FROM staging.staged s CROSS JOIN "
             "main.people p"
             " WHERE p.e164 = s.e164 AND"
            + inBatch
            + " GROUP BY s.line;"
              "INSERT OR IGNORE INTO temp.import_who SELECT s.line, min(p.id) FROM staging.staged s CROSS JOIN "
              "main.people p"
              " WHERE p.e164 IS NULL AND s.e164 IS NULL AND p.raw = s.raw AND p.name = s.name AND"
            + inBatch + " GROUP BY s.line;");
    if (stopped())
        return;
    Statement add(m_db,
        "INSERT INTO consents (person, batch, what, at_ms, kept_ms, source, wording, by)"
        " SELECT w.person, ?1, CASE WHEN s.opt_in_ms IS NULL THEN ?2 ELSE 1 END, ifnull(s.opt_in_ms, ?3), ?4, ?5, ?6, "
        "?7"
        " FROM temp.import_who w JOIN staging.staged s ON s.line = w.line JOIN main.people p ON p.id = w.person"
        " WHERE (s.opt_in_ms IS NOT NULL OR (?8 <> 0 AND p.batch <> ?9)) AND NOT EXISTS (SELECT 1 FROM main.consents c"
        " WHERE (c.person = p.id OR (c.person IS NULL AND c.batch = p.batch))"
        " AND c.what = CASE WHEN s.opt_in_ms IS NULL THEN ?10 ELSE 1 END AND c.at_ms = ifnull(s.opt_in_ms, ?11)"
        " AND c.source = ?12) GROUP BY w.person, s.opt_in_ms",
        m_batch, int(given.what), given.atMs, m_writing.wallMs, given.source, given.wording, m_writing.asked.by,
        int(given.what), m_batch, int(given.what), given.atMs, given.source);
    add.run();
    // Who was just added has the consent already (insert()): only who was here, or stands in a second row, is judged.
    if (given.what == ConsentState::OptOut)
        sql::refreshConsent(m_writing, m_batch);
    else
        sql::refreshConsent(m_writing, m_batch, "SELECT person FROM temp.import_hit");
    countConsent();
    step("DROP TABLE temp.import_who;");
}

void ImportMove::countConsent()
{
    const ConsentEvent &given = m_about.consent;
    // A row that brought an event changed somebody: who was here (one line for all events of the file), or who was
    // added by an earlier row with another date. A row that repeats the date of its first adds nothing.
    Statement(m_db,
        "INSERT OR IGNORE INTO temp.import_filled SELECT min(h.line) FROM temp.import_hit h"
        " JOIN main.people p ON p.id = h.person AND p.batch <> ?1 JOIN staging.staged s ON s.line = h.line"
        " JOIN main.consents c ON c.person = h.person AND c.batch = ?1 AND c.at_ms = ifnull(s.opt_in_ms, ?2)"
        " AND c.what = CASE WHEN s.opt_in_ms IS NULL THEN ?3 ELSE 1 END GROUP BY h.person",
        m_batch, given.atMs, int(given.what))
        .run();
    Statement(m_db,
        "INSERT OR IGNORE INTO temp.import_filled SELECT min(h.line) FROM temp.import_hit h"
        " JOIN main.people p ON p.id = h.person AND p.batch = ? JOIN staging.staged s ON s.line = h.line"
        " JOIN staging.staged f ON f.line = s.same_as WHERE s.opt_in_ms IS NOT NULL AND s.opt_in_ms IS NOT f.opt_in_ms"
        " GROUP BY h.person, s.opt_in_ms",
        m_batch)
        .run();
}

void ImportMove::keepRows()
{
    if (stopped())
        return;
    Statement(m_db,
        "INSERT INTO import_rows (batch, line, reason, raw) SELECT ?, line, reason, raw FROM staging.rejected", m_batch)
        .run();
    // A suppressed row is kept as it would have been read, so that nothing of the file is lost for the undo period; of
    // who was erased only that there was such a row.
    Statement(m_db,
        "INSERT INTO import_rows (batch, line, reason, raw) SELECT ?, s.line, 'do-not-contact',"
        " CASE WHEN EXISTS (SELECT 1 FROM main.stops o WHERE o.reason = 'erased' AND o.alias IN (SELECT s.e164 UNION "
        "ALL"
        " SELECT -a.id FROM main.alias_names a WHERE a.text = s.raw OR a.text IN (SELECT d.chat_id FROM staging.told d"
        " WHERE d.line = s.line UNION ALL SELECT d.lid FROM staging.told d WHERE d.line = s.line))) THEN '' ELSE"
        " s.name || char(31) || s.raw || char(31) || s.email || char(31) || s.organisation || s.tags || char(31) || "
        "s.note END"
        " FROM temp.import_stopped t JOIN staging.staged s ON s.line = t.line",
        m_batch)
        .run();
}

void ImportMove::keepTold()
{
    if (stopped() || m_db.number("SELECT EXISTS (SELECT 1 FROM staging.told)") == 0)
        return;
    const QByteArray rows = " FROM staging.told t JOIN staging.staged s ON s.line = t.line"
                            " LEFT JOIN main.alias_names n ON n.kind = 0 AND n.text = s.raw AND s.e164 IS NULL"
                            " WHERE COALESCE(s.e164, -n.id) IS NOT NULL"
        + importsql::unlessStopped(m_hasStops);
    Statement(m_db,
        "INSERT INTO main.gateway_contacts (account, alias, chat_id, lid, name, profile_name, about, saved, at_ms)"
        " SELECT ?, COALESCE(s.e164, -n.id), t.chat_id, t.lid, s.name, t.profile_name, t.about, t.saved, ?"
            + rows
            // A list tells less than a question about one person, and somebody may stand in it twice: nothing that is
            // known is emptied.
            + " ORDER BY t.line ON CONFLICT (account, alias) DO UPDATE SET"
              " chat_id = CASE WHEN excluded.chat_id = '' THEN chat_id ELSE excluded.chat_id END,"
              " lid = CASE WHEN excluded.lid = '' THEN lid ELSE excluded.lid END,"
              " name = CASE WHEN excluded.name = '' THEN name ELSE excluded.name END,"
              " profile_name = CASE WHEN excluded.profile_name = '' THEN profile_name ELSE excluded.profile_name END,"
              " about = CASE WHEN excluded.about = '' THEN about ELSE excluded.about END,"
              " saved = CASE WHEN at_ms = excluded.at_ms THEN max(saved, excluded.saved) ELSE excluded.saved END,"
              " at_ms = excluded.at_ms",
        m_about.account, m_writing.wallMs)
        .run();
    for (const auto &[kind, text] : {std::pair(AliasKind::Jid, "t.chat_id"), std::pair(AliasKind::Lid, "t.lid")})
        keepAliases(kind, text);
    sql::stopNewAliases(
        m_writing, "SELECT person, alias FROM batch_aliases WHERE batch = " + QByteArray::number(m_batch.value()));
}

/// The ids of a row become aliases of everybody under its number; the batch remembers which were new.
void ImportMove::keepAliases(AliasKind kind, const QByteArray &text)
{
    const QByteArray number = QByteArray::number(int(kind));
    step("INSERT OR IGNORE INTO main.alias_names (kind, text) SELECT " + number + ", " + text
        + " FROM staging.told t WHERE " + text + " <> '';");
    for (const char *whose :
        {"p.e164 = s.e164", "s.e164 IS NULL AND p.e164 IS NULL AND p.raw = s.raw AND p.name = s.name"})
        step("INSERT OR IGNORE INTO main.batch_aliases (batch, person, alias, kind) SELECT "
            + QByteArray::number(m_batch.value())
            + ", p.id, -a.id, a.kind FROM staging.told t CROSS JOIN staging.staged"
              " s ON s.line = t.line CROSS JOIN main.alias_names a ON a.kind = "
            + number + " AND a.text = " + text + " CROSS JOIN main.people p ON " + whose + " WHERE " + text
            + " <> '' AND NOT EXISTS (SELECT 1 FROM main.aliases o WHERE o.person = p.id AND o.alias = -a.id"
              " AND o.kind = a.kind)"
            + importsql::unlessStopped(m_hasStops) + ";");
    step("INSERT OR IGNORE INTO main.aliases (person, alias, kind) SELECT person, alias, kind FROM main.batch_aliases"
         " WHERE batch = "
        + QByteArray::number(m_batch.value()) + ";");
}

void ImportMove::finish(ImportOutcome &outcome)
{
    m_counts.updated = m_db.number("SELECT count(*) FROM temp.import_filled");
    m_counts.unchanged = m_db.number("SELECT count(*) FROM temp.import_hit") - m_counts.updated;
    Statement(m_db,
        "INSERT INTO import_files (batch, name, bytes, sha256, added, updated, unchanged, suppressed, rejected)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        m_batch, m_about.fileName, m_about.fileBytes, m_about.sha256, m_counts.added, m_counts.updated,
        m_counts.unchanged, m_counts.suppressed, m_counts.rejected)
        .run();
    Statement(m_db, "UPDATE batches SET people = ? WHERE id = ?", m_counts.added + m_counts.updated, m_batch).run();
    m_writing.journal({.act = m_about.act,
        .batch = m_batch,
        .outcome = QStringLiteral("added=%1 updated=%2 unchanged=%3 suppressed=%4 rejected=%5")
                       .arg(m_counts.added)
                       .arg(m_counts.updated)
                       .arg(m_counts.unchanged)
                       .arg(m_counts.suppressed)
                       .arg(m_counts.rejected),
        .details
        = QString::fromUtf8(Json(Json::Object{{QStringLiteral("file"), Json(m_about.fileName)},
                                     {QStringLiteral("bytes"), Json(m_about.fileBytes)},
                                     {QStringLiteral("sha256"), Json(QString::fromLatin1(m_about.sha256.toHex()))}})
                                .toCompact())});
    m_writing.change.kinds |= Change::PeopleChanged;
    m_writing.change.membership = true;
    m_db.exec(importsql::dropTables);
    tell(m_staged);
    outcome = {m_batch, m_counts};
}

} // namespace rollcall
