// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/journal.h"

#include "models/store/internal/storethreads.h"

#include <QSet>

namespace rollcall {

namespace {

constexpr char columns[]
    = "SELECT j.seq, j.at_ms, j.subject, j.batch, j.run, j.operator, j.act, j.outcome, j.digest, j.hash,"
      " d.salt, d.details FROM journal j LEFT JOIN journal_details d ON d.seq = j.seq";

JournalEntry entryAt(const Statement &row)
{
    JournalEntry entry;
    entry.seq = row.number(0);
    entry.atMs = row.number(1);
    entry.subject = row.number(2);
    entry.batch = BatchId(row.number(3));
    entry.run = RunId(row.number(4));
    entry.operatorName = row.text(5);
    entry.act = row.text(6);
    entry.outcome = row.text(7);
    entry.digest = row.blob(8);
    entry.hash = row.blob(9);
    entry.details = row.text(11);
    return entry;
}

/// Walks the chain from its first entry. Details that are gone are right only where a later entry says so.
class ChainWalk {
public:
    explicit ChainWalk(std::optional<JournalHead> head)
        : m_head(std::move(head))
    {
    }
    void add(const JournalEntry &entry, const QByteArray &salt, bool hasDetails)
    {
        ++m_report.entries;
        const qint64 expected = m_lastSeq + 1;
        if (entry.seq != expected)
            fault(expected, "gap");
        if (journal::hashOf(m_lastHash, entry) != entry.hash)
            fault(entry.seq, "hash");
        if (hasDetails) {
            if (journal::digestOf(salt, entry.details) != entry.digest)
                fault(entry.seq, "digest");
        } else if (!entry.digest.isEmpty())
            m_emptied.insert(entry.seq);
        if (entry.act == QLatin1String("journal.erase"))
            m_emptied.remove(entry.subject);
        if (m_head && entry.seq == m_head->seq && entry.hash != m_head->hash)
            fault(entry.seq, "hash");
        m_lastSeq = entry.seq;
        m_lastHash = entry.hash;
    }
    ChainReport end()
    {
        if (!m_emptied.isEmpty())
            fault(*std::min_element(m_emptied.cbegin(), m_emptied.cend()), "digest");
        if (!m_head && m_report.entries > 0)
            fault(m_lastSeq, "head-missing");
        if (m_head && m_head->seq > m_lastSeq)
            fault(m_lastSeq + 1, "tail");
        m_report.sound = m_report.firstBroken == 0;
        return m_report;
    }

private:
    void fault(qint64 seq, const char *finding)
    {
        seq = std::max<qint64>(seq, 1); // a stranger may have numbered an entry below the first
        if (m_report.firstBroken != 0 && m_report.firstBroken <= seq)
            return;
        m_report.firstBroken = seq;
        m_report.finding = QString::fromLatin1(finding);
    }

    const std::optional<JournalHead> m_head;
    ChainReport m_report;
    qint64 m_lastSeq = 0;
    QByteArray m_lastHash;
    QSet<qint64> m_emptied; ///< had details, has none, and no entry so far says why
};

} // namespace

Journal::Journal(StoreThreads &threads)
    : m_threads(threads)
{
}

Call Journal::list(const QString &text, std::function<void(Result<std::vector<qint64>>)> then)
{
    return m_threads.read<std::vector<qint64>>(
        [text](Connection &db, const TimeView &) {
            std::vector<qint64> seqs;
            if (text.isEmpty()) {
                Statement row(db, "SELECT seq FROM journal ORDER BY seq DESC");
                while (row.step())
                    seqs.push_back(row.number(0));
                return seqs;
            }
            Statement row(db,
                "SELECT j.seq FROM journal j LEFT JOIN journal_details d ON d.seq = j.seq"
                " WHERE instr(lower(j.operator || char(31) || j.act || char(31) || j.outcome || char(31) || "
                "ifnull(d.details, '')),"
                " lower(?)) > 0 ORDER BY j.seq DESC",
                text);
            while (row.step())
                seqs.push_back(row.number(0));
            return seqs;
        },
        std::move(then));
}

Call Journal::rows(const std::vector<qint64> &seqs, std::function<void(Result<std::vector<JournalEntry>>)> then)
{
    return m_threads.read<std::vector<JournalEntry>>(
        [seqs](Connection &db, const TimeView &) {
            std::vector<JournalEntry> entries;
            Statement row(db, QByteArray(columns) + " WHERE j.seq = ?");
            for (const qint64 seq : seqs) {
                row.bind(seq);
                if (row.step())
                    entries.push_back(entryAt(row));
            }
            return entries;
        },
        std::move(then));
}

Call Journal::verify(std::function<void(Result<ChainReport>)> then)
{
    const QString folder = m_threads.folder();
    return m_threads.read<ChainReport>(
        [folder](Connection &db, const TimeView &) {
            // The snapshot begins with the first statement: the head read before it names an entry that is in it.
            ChainWalk walk(journal::readHead(folder));
            Statement row(db, QByteArray(columns) + " ORDER BY j.seq");
            while (row.step())
                walk.add(entryAt(row), row.blob(10), !row.isNull(10));
            return walk.end();
        },
        std::move(then));
}

Call Journal::note(const JournalEntry &entry, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [entry](Writing &writing) -> Result<Nothing> {
            writing.journal(entry);
            return Nothing{};
        },
        std::move(then));
}

} // namespace rollcall
