// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/erasure.h"

#include "models/domain/operation.h"
#include "models/domain/run.h"
#include "models/domain/serverindex.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/stopsql.h"

namespace rollcall {

namespace {

using Name = EraseTarget::Name;

/// The erasing of one person in one file. Tables that came with a later schema may be missing in an old copy.
class Eraser {
public:
    Eraser(Writing &writing, const EraseTarget &target)
        : m_writing(writing)
        , m_db(writing.db)
        , m_target(target)
    {
    }
    sql::Erased run()
    {
        resolve();
        stop();
        blockRuns();
        runs();
        rows();
        freeTexts();
        messages();
        journal();
        dropNames();
        return m_erased;
    }

private:
    [[nodiscard]] bool has(const QString &table)
    {
        Statement row(m_db, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", table);
        return row.step();
    }
    template <class... Args> void change(const QByteArray &sql, const Args &...args)
    {
        Statement(m_db, sql, args...).run();
        m_erased.rows += m_db.changes();
    }

    /// The aliases as keys of this file, and the rows of people that are this person here.
    void resolve()
    {
        std::vector<qint64> former;
        Statement find(m_db, "SELECT -id FROM alias_names WHERE kind = ? AND text = ?");
        for (const Name &name : m_target.aliases) {
            qint64 key = name.e164;
            if (key == 0) {
                find.bind(int(name.kind), name.text);
                key = find.step() ? find.number(0) : 0;
            }
            if (key == 0)
                continue;
            if (!name.former)
                m_all.push_back(key);
            if (!name.shared)
                (name.former ? former : m_own).push_back(key);
        }
        for (const char *table : {"people", "removed_people"})
            resolveRows(table);
        std::sort(m_ids.begin(), m_ids.end());
        m_ids.erase(std::unique(m_ids.begin(), m_ids.end()), m_ids.end());
        for (const qint64 alias : former)
            if (!isOfOthers(alias))
                m_own.push_back(alias);
    }
    void resolveRows(const QByteArray &table)
    {
        Statement same(
            m_db, "SELECT id FROM " + table + " WHERE id = ? AND created_ms = ?", m_target.id, m_target.createdMs);
        while (same.step())
            m_ids.push_back(same.number(0));
        Statement under(m_db, "SELECT id FROM " + table + " WHERE COALESCE(e164, typed_alias) = ?");
        for (const qint64 alias : m_own) {
            under.bind(alias);
            while (under.step())
                m_ids.push_back(under.number(0));
        }
    }
    /// Somebody in this file who is not the person goes by it: in a copy others than in the present file.
    bool isOfOthers(qint64 alias)
    {
        Statement other(m_db,
            "SELECT id FROM people WHERE COALESCE(e164, typed_alias) = ? UNION SELECT person FROM aliases WHERE alias"
            " = ?",
            alias, alias);
        while (other.step())
            if (std::find(m_ids.begin(), m_ids.end(), other.number(0)) == m_ids.end())
                return true;
        return false;
    }

    /// The minimal suppression entry: the bare alias, and that it was erased. What is only another form of a number
    /// (JID, wa_id) becomes that number, which needs no text.
    void stop()
    {
        Statement add(m_db,
            "INSERT INTO stops (alias, at_ms, batch, reason, by) VALUES (?1, ?2, 0, 'erased', '')"
            " ON CONFLICT (alias) DO UPDATE SET reason = 'erased', by = '', batch = 0"); // no undo may lift it
        for (qint64 alias : m_all) {
            if (const qint64 digits = digitsBehind(alias); digits != 0) {
                change("DELETE FROM stops WHERE alias = ?", alias);
                alias = digits;
            }
            std::vector<qint64> spellings{alias};
            if (alias > 0) // Brazil, Mexico, Argentina: the same mobile written otherwise
                for (const qint64 other : otherSpellings(alias))
                    spellings.push_back(other);
            for (const qint64 spelling : spellings) {
                add.bind(spelling, m_writing.wallMs).run();
                m_writing.stopped.emplace_back(spelling);
            }
        }
        for (const qint64 alias : m_own) // another form of the number, stopped with it: its text goes
            if (digitsBehind(alias) != 0)
                change("DELETE FROM stops WHERE alias = ?", alias);
        for (const AliasKey alias : m_writing.stopped)
            sql::refreshStopFlags(m_writing, alias);
    }
    /// Of a JID or wa_id in digits: that number; 0 for every other alias.
    qint64 digitsBehind(qint64 alias)
    {
        if (alias > 0)
            return 0;
        Statement name(m_db, "SELECT kind, text FROM alias_names WHERE id = ?", -alias);
        if (!name.step()
            || (AliasKind(name.integer(0)) != AliasKind::Jid && AliasKind(name.integer(0)) != AliasKind::WaId))
            return 0;
        return waIdDigits(name.text(1).section(u'@', 0, 0));
    }

    /// What the list says of rows with an id or an alias in them.
    void rows()
    {
        const qint64 version = m_db.number("PRAGMA user_version");
        for (const EraseRule &rule : eraseRules()) {
            const bool byPerson = rule.by == EraseRule::By::Person;
            if ((!byPerson && rule.by != EraseRule::By::Alias) || rule.since > version
                || !has(QString::fromLatin1(rule.table)))
                continue;
            const QByteArray which = QByteArray(" WHERE ") + rule.column + " = ?";
            QByteArray sql = QByteArray("DELETE FROM ") + rule.table + which;
            if (*rule.act != '\0')
                sql = QByteArray("UPDATE ") + rule.table + " SET " + rule.act + which;
            for (const qint64 key : byPerson ? m_ids : m_own)
                change(sql, key);
        }
        for (const qint64 id : m_ids)
            m_writing.change.people.emplace_back(id);
        m_writing.change.kinds
            |= Change::PeopleChanged | Change::VerdictsChanged | Change::RunsChanged | Change::BlocksChanged;
        m_writing.change.membership = true;
    }

    void runs()
    {
        // What failed is never asked again: it becomes "not asked", in the counts of its run too.
        const QByteArray failed = QByteArray::number(int(RunItemState::Failed));
        const auto blank = [&](const QByteArray &which, qint64 value) {
            change("UPDATE runs SET failed = failed - n.c, not_asked = not_asked + n.c FROM (SELECT run, count(*) AS c "
                   "FROM"
                   " run_items WHERE state = "
                    + failed + " AND " + which + " GROUP BY run) n WHERE runs.id = n.run",
                value);
            change("UPDATE run_items SET ask = '', reason = '', person = 0, alias = 0, state = CASE state WHEN "
                    + failed + " THEN " + QByteArray::number(int(RunItemState::NotAsked)) + " ELSE state END WHERE "
                    + which,
                value);
        };
        for (const qint64 id : m_ids)
            blank("person = ?", id);
        for (const qint64 alias : m_own)
            blank("alias = ?", alias);
    }

    /// A run about nobody else: its note and its entries' details are about this person, by name or not.
    void blockRuns()
    {
        if (!has(QStringLiteral("block_ops")))
            return;
        for (const qint64 alias : m_own) {
            Statement run(m_db,
                "SELECT DISTINCT o.run FROM block_ops o WHERE o.alias = ?1 AND NOT EXISTS (SELECT 1 FROM block_ops x"
                " WHERE x.run = o.run AND x.alias <> ?2)",
                alias, alias);
            while (run.step())
                m_runs.push_back(run.number(0));
        }
        for (const qint64 run : m_runs)
            change("UPDATE block_runs SET note = '' WHERE run = ?", run);
    }

    /// Empties a column where it names the person. `key`: what identifies a row, one or two columns.
    void sweep(const QByteArray &table, const QByteArray &column, const QByteArray &key, const QString &then)
    {
        if (!has(QString::fromLatin1(table)))
            return;
        std::vector<std::pair<qint64, qint64>> hits;
        const bool two = key.contains(',');
        Statement row(m_db, "SELECT " + column + ", " + key + " FROM " + table + " WHERE " + column + " <> ''");
        while (row.step()) {
            if (m_target.isNamedIn(row.text(0)))
                hits.emplace_back(row.number(1), two ? row.number(2) : 0);
        }
        const QByteArray which = two ? QByteArray('(' + key + ") = (?, ?)") : QByteArray(key + " = ? AND ? = 0");
        for (const auto &[first, second] : hits)
            change("UPDATE " + table + " SET " + column + " = ? WHERE " + which, then, first, second);
    }

    /// Texts without a person's id in them.
    void freeTexts()
    {
        for (const EraseRule &rule : eraseRules())
            if (rule.by == EraseRule::By::Words)
                sweep(rule.table, rule.column, rule.key, QString::fromLatin1(rule.act));
        if (has(QStringLiteral("fetches"))) { // pages of a list that may name the person: it can be fetched again
            change("DELETE FROM fetch_pages");
            change("DELETE FROM fetches");
        }
    }

    /// Messages that hold the person on a card, and drafts: what they say goes, that something was sent stays.
    void messages()
    {
        if (!has(QStringLiteral("messages")))
            return;
        for (const qint64 run : m_runs)
            change("UPDATE messages SET reply_to = '' WHERE run = ?", run);
        // In JSON a quotation mark has a backslash before it.
        const auto plain = [](QString json) { return json.replace(QLatin1String("\\\""), QLatin1String("\"")); };
        std::vector<qint64> sent;
        Statement message(m_db, "SELECT run, cards, title FROM messages");
        while (message.step()) {
            if (m_target.isNamedIn(plain(message.text(1))) || m_target.isNamedIn(message.text(2)))
                sent.push_back(message.number(0));
        }
        for (const qint64 run : sent)
            change("UPDATE messages SET cards = '', title = 'erased' WHERE run = ?", run);
        std::vector<qint64> drafts;
        Statement draft(m_db, "SELECT id, name, title, content FROM drafts");
        while (draft.step()) {
            if (m_target.isNamedIn(draft.text(1)) || m_target.isNamedIn(draft.text(2))
                || m_target.isNamedIn(plain(draft.text(3))))
                drafts.push_back(draft.number(0));
        }
        for (const qint64 id : drafts)
            change("DELETE FROM drafts WHERE id = ?", id);
        m_writing.change.kinds |= Change::MessagesChanged | Change::DraftsChanged;
    }

    void journal()
    {
        Statement row(m_db,
            "SELECT d.seq, d.details, j.subject, j.act, j.run FROM journal_details d JOIN journal j ON j.seq = d.seq");
        while (row.step()) {
            const QString act = row.text(3);
            const bool theirs = std::find(m_ids.begin(), m_ids.end(), row.number(2)) != m_ids.end()
                && (act.startsWith(QLatin1String("person.")) || act.startsWith(QLatin1String("stop"))
                    || act == QLatin1String("consent") || act == QLatin1String("block.arm") // has no run
                    || act.startsWith(QLatin1String("marketing")));
            const bool ofRun = std::find(m_runs.begin(), m_runs.end(), row.number(4)) != m_runs.end();
            if (theirs || ofRun || m_target.isNamedIn(row.text(1)))
                m_erased.entries.push_back(row.number(0));
        }
        for (const qint64 seq : m_erased.entries)
            change("DELETE FROM journal_details WHERE seq = ?", seq);
        m_writing.journal({.act = QString::fromLatin1(journal::eraseAct),
            .subject = m_target.id.value(),
            .outcome = journal::eraseOutcome(1, m_erased.entries)});
    }

    /// Names of aliases that nobody and no stop needs any more. A block of a JID or wa_id stands under its number then.
    void dropNames()
    {
        const bool withBlocks = has(QStringLiteral("blocks"));
        for (const qint64 alias : m_own) {
            if (alias >= 0)
                continue;
            if (const qint64 digits = withBlocks ? digitsBehind(alias) : 0; digits != 0) {
                change("UPDATE OR IGNORE blocks SET alias = ? WHERE alias = ?", digits, alias);
                change("DELETE FROM blocks WHERE alias = ?", alias);
            }
            if (withBlocks) // only seen in a list: the next reading of it sees it again
                change("DELETE FROM blocks WHERE wish = 0 AND alias = ? AND alias NOT IN (SELECT alias FROM stops)",
                    alias);
            change(QByteArray("DELETE FROM alias_names WHERE id = ? AND -id NOT IN (SELECT alias FROM stops)")
                    + (withBlocks ? " AND -id NOT IN (SELECT alias FROM blocks)" : ""),
                -alias);
        }
    }

    Writing &m_writing;
    Connection &m_db;
    const EraseTarget &m_target;
    std::vector<qint64> m_all;
    std::vector<qint64> m_own; ///< of nobody who stays
    std::vector<qint64> m_ids;
    std::vector<qint64> m_runs; ///< block runs about nobody else
    sql::Erased m_erased;
};

} // namespace

qint64 sql::openRemote(Connection &db, const EraseTarget &target)
{
    Statement items(db,
        "SELECT count(*) FROM run_items i JOIN runs r ON r.id = i.run WHERE i.person = ? AND i.state IN (?, ?)"
        " AND r.state NOT IN (?, ?)",
        target.id, int(RunItemState::Planned), int(RunItemState::Asked), int(RunState::Done), int(RunState::Cancelled));
    Statement operations(db, "SELECT count(*) FROM block_ops WHERE person = ? AND state IN (?, ?, ?, ?)", target.id,
        int(OperationState::Planned), int(OperationState::Sending), int(OperationState::Unknown),
        int(OperationState::Deferred));
    return (items.step() ? items.number(0) : 0) + (operations.step() ? operations.number(0) : 0);
}

sql::Erased sql::erasePerson(Writing &writing, const EraseTarget &target)
{
    return Eraser(writing, target).run();
}

} // namespace rollcall
