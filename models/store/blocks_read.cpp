// SPDX-License-Identifier: GPL-3.0-or-later
// What windows and flight plans read of the ledger.
#include "models/store/blocks.h"
#include "models/store/internal/blocksql.h"
#include "models/store/internal/candidatereader.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/stopsql.h"
#include "models/store/internal/storethreads.h"

namespace rollcall {

namespace {

constexpr int candidatesPerSlice = 4096;

/// Reads candidates of a long list in slices.
template <class Source, class Read>
Call inSlices(StoreThreads &threads, const std::vector<Source> &sources, AccountId account, Read read,
    std::function<void(Result<std::vector<BlockCandidate>>)> then)
{
    const auto next = std::make_shared<std::size_t>(0);
    return threads.sliced<std::vector<BlockCandidate>>(
        [=](Connection &db, const TimeView &, std::vector<BlockCandidate> &found) {
            CandidateReader reader(db, account);
            const std::size_t end = std::min(sources.size(), *next + candidatesPerSlice);
            for (; *next < end && !db.failed(); ++*next) {
                BlockCandidate candidate;
                if (read(db, reader, sources[*next], candidate))
                    found.push_back(std::move(candidate));
            }
            return *next < sources.size();
        },
        std::move(then));
}

std::vector<Sighting> readSightings(Connection &db, BlockId entry)
{
    std::vector<Sighting> seen;
    Statement row(db,
        "SELECT (SELECT max(r.ended_ms) FROM block_reads r WHERE r.account = s.account AND r.id < s.came),"
        " (SELECT r.ended_ms FROM block_reads r WHERE r.id = s.came),"
        " (SELECT r.ended_ms FROM block_reads r WHERE r.account = s.account AND r.id < s.gone ORDER BY r.id DESC LIMIT "
        "1),"
        " (SELECT r.ended_ms FROM block_reads r WHERE r.id = s.gone), s.gone, s.by_us, s.gone_us"
        " FROM block_seen s JOIN blocks b ON b.account = s.account WHERE b.id = ? AND (s.alias = b.alias OR"
        " (s.wa_id <> '' AND s.wa_id = b.wa_id)) ORDER BY s.id DESC",
        entry);
    while (row.step()) {
        const bool gone = row.number(4) != 0;
        seen.push_back({row.number(0), row.number(1), gone ? row.number(2) : 0, gone ? row.number(3) : 0,
            row.number(5) != 0, row.number(6) != 0});
    }
    return seen;
}

} // namespace

Call Blocks::candidates(const std::vector<PersonId> &people, AccountId account,
    std::function<void(Result<std::vector<BlockCandidate>>)> then)
{
    return inSlices(
        m_threads, people, account,
        [](Connection &, CandidateReader &reader, PersonId id, BlockCandidate &candidate) {
            return reader.person(id, candidate);
        },
        std::move(then));
}

Call Blocks::numberCandidates(const std::vector<PhoneNumber> &numbers, AccountId account,
    std::function<void(Result<std::vector<BlockCandidate>>)> then)
{
    return inSlices(
        m_threads, numbers, account,
        [](Connection &, CandidateReader &reader, const PhoneNumber &number, BlockCandidate &candidate) {
            if (number.hasE164())
                reader.alias(number.key(), candidate);
            candidate.typed = number.typed;
            return true;
        },
        std::move(then));
}

Call Blocks::entryCandidates(const std::vector<BlockId> &entries, AccountId account,
    std::function<void(Result<std::vector<BlockCandidate>>)> then)
{
    return inSlices(
        m_threads, entries, account,
        [](Connection &db, CandidateReader &reader, BlockId id, BlockCandidate &candidate) {
            Statement of(db, "SELECT alias FROM blocks WHERE id = ?", id);
            if (!of.step())
                return false;
            reader.alias(AliasKey(of.number(0)), candidate);
            return true;
        },
        std::move(then));
}

Call Blocks::use(AccountId account, std::function<void(Result<BlockListUse>)> then)
{
    return m_threads.read<BlockListUse>(
        [=](Connection &db, const TimeView &) {
            BlockListUse use;
            Statement here(db,
                "SELECT count(*) FILTER (WHERE standing = 1),"
                " count(*) FILTER (WHERE standing = 1 OR there = 1),"
                " count(*) FILTER (WHERE standing = 0 AND wish = 1 AND state IN (0, 1, 4, 5) AND there <> 1)"
                " FROM blocks WHERE account = ?",
                account);
            qint64 known = 0;
            qint64 coming = 0;
            if (here.step()) {
                use.here = here.number(0);
                known = here.number(1);
                coming = here.number(2);
            }
            Statement read(
                db, "SELECT rows, ended_ms FROM block_reads WHERE account = ? ORDER BY id DESC LIMIT 1", account);
            if (read.step()) {
                use.there = read.number(0);
                use.readMs = read.number(1);
            }
            use.taken = std::max(use.readMs == 0 ? use.here : known, use.readMs == 0 ? 0 : use.there) + coming;
            return use;
        },
        std::move(then));
}

Call Blocks::runs(std::function<void(Result<std::vector<OperationRun>>)> then)
{
    return m_threads.read<std::vector<OperationRun>>(
        [](Connection &db, const TimeView &) {
            std::vector<OperationRun> runs;
            Statement row(db, sql::operationRunColumns() + " WHERE r.kind <> 4 ORDER BY r.id DESC");
            while (row.step())
                runs.push_back(sql::operationRunAt(row));
            return runs;
        },
        std::move(then));
}

Call Blocks::run(RunId run, std::function<void(Result<OperationRun>)> then)
{
    return m_threads.read<OperationRun>(
        [run](Connection &db, const TimeView &) {
            Statement row(db, sql::operationRunColumns() + " WHERE r.id = ?", run);
            if (row.step())
                return sql::operationRunAt(row);
            db.fail({.kind = Failure::Kind::NotFound, .detail = QStringLiteral("run %1").arg(run.value())});
            return OperationRun{};
        },
        std::move(then));
}

Call Blocks::items(RunId run, std::function<void(Result<std::vector<OperationItem>>)> then)
{
    return m_threads.read<std::vector<OperationItem>>(
        [run](Connection &db, const TimeView &) {
            std::vector<OperationItem> items;
            Statement row(db, "SELECT " + sql::itemColumns() + " FROM block_ops o WHERE o.run = ? ORDER BY o.id", run);
            while (row.step())
                items.push_back(sql::itemAt(row, 0));
            return items;
        },
        std::move(then));
}

Call Blocks::causes(RunId run, std::function<void(Result<std::vector<OperationCause>>)> then)
{
    return m_threads.read<std::vector<OperationCause>>(
        [run](Connection &db, const TimeView &) {
            std::vector<OperationCause> causes;
            Statement row(db,
                "SELECT state, why, code, confirmed_ms <> 0, max(detail), count(*) FROM block_ops WHERE run = ?"
                " GROUP BY state, why, code, confirmed_ms <> 0 ORDER BY count(*) DESC, state",
                run);
            while (row.step())
                causes.push_back({OperationState(row.integer(0)), row.text(1), row.integer(2), row.number(3) != 0,
                    row.text(4), row.number(5)});
            return causes;
        },
        std::move(then));
}

Call Blocks::entries(AccountId account, std::function<void(Result<std::vector<BlockEntry>>)> then)
{
    return m_threads.read<std::vector<BlockEntry>>(
        [account](Connection &db, const TimeView &) {
            std::vector<BlockEntry> entries;
            Statement row(
                db, "SELECT " + sql::entryColumns() + " FROM blocks b WHERE b.account = ? ORDER BY b.id", account);
            while (row.step())
                entries.push_back(sql::entryAt(row, 0));
            return entries;
        },
        std::move(then));
}

Call Blocks::sightings(BlockId entry, std::function<void(Result<std::vector<Sighting>>)> then)
{
    return m_threads.read<std::vector<Sighting>>(
        [entry](Connection &db, const TimeView &) { return readSightings(db, entry); }, std::move(then));
}

Call Blocks::lights(const std::vector<PersonId> &people, AccountId account,
    std::function<void(Result<std::map<PersonId, BlockEntry>>)> then)
{
    return m_threads.read<std::map<PersonId, BlockEntry>>(
        [=](Connection &db, const TimeView &) {
            std::map<PersonId, BlockEntry> lights;
            Statement row(db,
                "SELECT " + sql::entryColumns() + " FROM people p JOIN blocks b ON b.account = ? AND b.alias = "
                    + sql::mainAlias + " WHERE p.id = ?");
            for (const PersonId person : people) {
                row.bind(account, person);
                if (row.step())
                    lights.emplace(person, sql::entryAt(row, 0));
            }
            return lights;
        },
        std::move(then));
}

} // namespace rollcall
