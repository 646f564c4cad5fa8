// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/journal.h"

#include "models/store/internal/journalsubjects.h"
#include "models/store/internal/storethreads.h"

#include <QElapsedTimer>
#include <QSet>
#include <algorithm>
#include <unordered_set>

namespace rollcall {

namespace {

constexpr qint64 sliceRows = 4096;
constexpr qint64 sliceMs = 40; ///< with everybody's names: other readers wait for one slice
constexpr char selected[] = "SELECT j.seq, j.at_ms, j.subject, j.batch, j.run, j.operator, j.act, j.outcome, j.digest, "
                            "j.hash, d.salt, d.details";
constexpr char everything[] = " FROM journal j LEFT JOIN journal_details d ON d.seq = j.seq";

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
        for (const qint64 seq : journal::erasedBy(entry))
            m_emptied.remove(seq);
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

Call Journal::chosen(const JournalFilter &filter, std::function<void(Result<std::vector<qint64>>)> then)
{
    return m_threads.read<std::vector<qint64>>(
        [filter](Connection &db, const TimeView &) {
            std::vector<qint64> seqs;
            const journal::Chosen by = journal::chosenBy(filter);
            Statement row(db, by.with + "SELECT j.seq" + by.fromWhere + " ORDER BY j.seq DESC", by.values);
            while (row.step())
                seqs.push_back(row.number(0));
            return seqs;
        },
        std::move(then));
}

Call Journal::facets(std::function<void(Result<JournalFacets>)> then)
{
    return m_threads.read<JournalFacets>(
        [](Connection &db, const TimeView &) {
            JournalFacets facets;
            Statement act(db, "SELECT DISTINCT act FROM journal ORDER BY act");
            while (act.step())
                facets.acts << act.text(0);
            Statement name(db, "SELECT DISTINCT operator FROM journal WHERE operator <> '' ORDER BY operator");
            while (name.step())
                facets.operators << name.text(0);
            return facets;
        },
        std::move(then));
}

namespace {

/// The reading of Journal::each(), slice by slice.
class Telling {
public:
    Telling(JournalFilter filter, Journal::Consume consume)
        : m_filter(std::move(filter))
        , m_consume(std::move(consume))
    {
    }
    /// False when that was the last slice.
    bool slice(Connection &db, qint64 &count)
    {
        const journal::Chosen by = journal::chosenBy(m_filter);
        if (m_last < 0) {
            m_last = db.number("SELECT ifnull(max(seq), 0) FROM journal");
            Statement all(db, by.with + "SELECT count(*)" + by.fromWhere, by.values);
            m_total = all.step() ? all.number(0) : 0;
        }
        std::vector<Journal::Told> entries;
        Statement row(db,
            by.with + selected + by.fromWhere + " AND j.seq > " + QByteArray::number(m_seq) + " AND j.seq <= "
                + QByteArray::number(m_last) + " ORDER BY j.seq LIMIT " + QByteArray::number(sliceRows),
            by.values);
        journal::SubjectNames names(db);
        // A text is looked for among everybody before the first row comes. A slice goes on for as long again, else
        // a long list would be looked through for every entry.
        QElapsedTimer timer;
        timer.start();
        bool more = row.step();
        const qint64 untilMs = timer.elapsed() + std::max(sliceMs, timer.elapsed());
        for (; more && timer.elapsed() < untilMs; more = row.step()) {
            Journal::Told &told = entries.emplace_back(Journal::Told{.entry = entryAt(row)});
            names.fill(told.entry);
            told.people = people(db, names, told.entry);
        }
        if (!entries.empty())
            m_seq = entries.back().entry.seq;
        count += qint64(entries.size());
        if (const Done done = m_consume(entries, m_total); !done) {
            db.fail(done.failure());
            return false;
        }
        return more || qint64(entries.size()) == sliceRows;
    }

private:
    /// The steps of a run come one after the other, and are about the same people.
    JournalPeople people(Connection &db, journal::SubjectNames &names, const JournalEntry &entry)
    {
        const bool alone = entry.subject != 0 || entry.run.value() == 0;
        if (alone || entry.run != m_run || entry.batch != m_batch)
            m_people = journal::peopleOf(db, names, entry, Journal::mostNamed);
        m_run = alone ? RunId() : entry.run;
        m_batch = entry.batch;
        return m_people;
    }

    const JournalFilter m_filter;
    const Journal::Consume m_consume;
    qint64 m_seq = 0;
    qint64 m_last = -1; ///< what is written while this reads is not in it
    qint64 m_total = 0;
    RunId m_run = {};
    BatchId m_batch = {};
    JournalPeople m_people = {};
};

} // namespace

Call Journal::each(const JournalFilter &filter, Consume consume, std::function<void(Result<qint64>)> then)
{
    return m_threads.sliced<qint64>([telling = std::make_shared<Telling>(filter, std::move(consume))](Connection &db,
                                        const TimeView &, qint64 &count) { return telling->slice(db, count); },
        std::move(then));
}

Call Journal::rows(const std::vector<qint64> &seqs, std::function<void(Result<std::vector<JournalEntry>>)> then)
{
    return m_threads.read<std::vector<JournalEntry>>(
        [seqs](Connection &db, const TimeView &) {
            std::vector<JournalEntry> entries;
            journal::SubjectNames names(db);
            Statement row(db, QByteArray(selected) + everything + " WHERE j.seq = ?");
            for (const qint64 seq : seqs) {
                row.bind(seq);
                if (!row.step())
                    continue;
                entries.push_back(entryAt(row));
                names.fill(entries.back());
            }
            return entries;
        },
        std::move(then));
}

Call Journal::people(qint64 seq, int most, std::function<void(Result<JournalPeople>)> then)
{
    return m_threads.read<JournalPeople>(
        [seq, most](Connection &db, const TimeView &) {
            Statement row(db, QByteArray(selected) + everything + " WHERE j.seq = ?", seq);
            journal::SubjectNames names(db);
            return row.step() ? journal::peopleOf(db, names, entryAt(row), most) : JournalPeople{};
        },
        std::move(then));
}

namespace {

/// The reading of Journal::whom(), slice by slice: first the entries, then the ids of each batch and run among them.
class Whom {
public:
    explicit Whom(std::vector<qint64> seqs)
        : m_seqs(std::move(seqs))
    {
    }
    /// False when that was the last slice.
    bool slice(Connection &db, std::vector<PersonId> &whom)
    {
        QElapsedTimer timer;
        timer.start();
        Statement row(db, "SELECT subject, batch, run, act FROM journal WHERE seq = ?");
        Statement here(db, "SELECT id FROM people WHERE id = ?", 0);
        for (; m_next < m_seqs.size() && timer.elapsed() < sliceMs; ++m_next)
            if (row.bind(m_seqs[m_next]).step())
                take(row, here, whom);
        while (m_next == m_seqs.size() && !m_groups.isEmpty() && timer.elapsed() < sliceMs) {
            const auto group = m_groups.cbegin();
            Statement id(db, "SELECT id FROM people WHERE id IN (" + *group + ')');
            while (id.step())
                add(id, whom);
            m_groups.erase(group);
        }
        return m_next < m_seqs.size() || !m_groups.isEmpty();
    }

private:
    void take(const Statement &row, Statement &here, std::vector<PersonId> &whom)
    {
        JournalEntry entry;
        entry.subject = row.number(0);
        entry.batch = BatchId(row.number(1));
        entry.run = RunId(row.number(2));
        entry.act = row.text(3);
        if (entry.subject != 0 && journal::subjectKind(entry.act) == JournalSubject::Kind::Person) {
            if (here.bind(entry.subject).step())
                add(here, whom);
        } else if (const QByteArray ids = journal::peopleIds(entry); !ids.isEmpty())
            m_groups.insert(ids);
    }
    void add(const Statement &id, std::vector<PersonId> &whom)
    {
        if (m_seen.insert(PersonId(id.number(0))).second)
            whom.emplace_back(id.number(0));
    }

    const std::vector<qint64> m_seqs;
    std::size_t m_next = 0;
    QSet<QByteArray> m_groups; ///< the SELECTs that are still to be read
    std::unordered_set<PersonId> m_seen;
};

} // namespace

Call Journal::whom(const std::vector<qint64> &seqs, std::function<void(Result<std::vector<PersonId>>)> then)
{
    return m_threads.sliced<std::vector<PersonId>>(
        [reading = std::make_shared<Whom>(seqs)](
            Connection &db, const TimeView &, std::vector<PersonId> &whom) { return reading->slice(db, whom); },
        std::move(then));
}

Call Journal::verify(std::function<void(Result<ChainReport>)> then)
{
    const QString folder = m_threads.folder();
    return m_threads.read<ChainReport>(
        [folder](Connection &db, const TimeView &) {
            // The snapshot begins with the first statement: the head read before it names an entry that is in it.
            ChainWalk walk(journal::readHead(folder));
            Statement row(db, QByteArray(selected) + everything + " ORDER BY j.seq");
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
