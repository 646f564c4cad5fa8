// SPDX-License-Identifier: GPL-3.0-or-later
// The three lights of one person, and how many people have them.
#include "models/store/internal/blocksql.h"
#include "models/store/internal/spinequery.h"
#include "models/store/internal/storethreads.h"
#include "models/store/people.h"

namespace rollcall {

namespace {

constexpr int sliceRows = 16'384; ///< some 10 ms of reading: a window waits no longer than that
constexpr BlockView filterViews[] = {BlockView::Blocked, BlockView::HereNotThere, BlockView::OnlyThere,
    BlockView::Armed, BlockView::Unknown, BlockView::Refused};

/// Every alias of the person whose id is bound twice.
constexpr char theirAliases[] = "(SELECT COALESCE(e164, typed_alias) FROM people WHERE id = ? UNION SELECT alias FROM"
                                " aliases WHERE person = ?)";

/// Where the counting of everybody stands.
struct CountCursor {
    qint64 id = 0;
    std::size_t view = 0; ///< one a slice: a full list has 64,000 lines
};

} // namespace

PersonLights sql::personLights(Connection &db, PersonId id)
{
    PersonLights lights;
    Statement stop(db,
        QByteArray("SELECT CASE WHEN s.alias > 0 THEN '+' || s.alias ELSE (SELECT text FROM alias_names WHERE id ="
                   " -s.alias) END, s.at_ms, s.reason, s.by FROM stops s WHERE s.alias IN ")
            + theirAliases + " ORDER BY s.at_ms DESC",
        id, id);
    while (stop.step())
        lights.stops.push_back({stop.text(0), stop.number(1), stop.text(2), stop.text(3)});
    Statement block(db,
        "SELECT " + entryColumns() + " FROM blocks b WHERE b.alias IN " + theirAliases + " ORDER BY b.at_ms DESC, b.id",
        id, id);
    while (block.step()) {
        BlockEntry entry = entryAt(block, 0);
        if (lightOf(entry) != BlockLight::None)
            lights.blocks.push_back(std::move(entry));
    }
    Statement note(db,
        QByteArray("SELECT ") + marketingColumns + " FROM marketing m WHERE m.alias IN " + theirAliases
            + " ORDER BY m.at_ms DESC, m.id DESC",
        id, id);
    while (note.step())
        lights.marketing.push_back(marketingAt(note, 0));
    return lights;
}

Call People::lights(PersonId id, std::function<void(Result<PersonLights>)> then)
{
    return m_threads.read<PersonLights>(
        [id](Connection &db, const TimeView &) { return sql::personLights(db, id); }, std::move(then));
}

Call People::stopCounts(AccountId account, std::function<void(Result<StopCounts>)> then)
{
    const auto cursor = std::make_shared<CountCursor>();
    return m_threads.sliced<StopCounts>(
        [account, cursor](Connection &db, const TimeView &time, StopCounts &counts) {
            if (cursor->view < std::size(filterViews)) {
                const BlockView view = filterViews[cursor->view++];
                const Filter filter{.blocks = {view}};
                counts.blocks[view] = SpineQuery(db, filter, account, time).count();
                return true;
            }
            if (cursor->id == 0) {
                const Filter stopped{.marketingStopped = true};
                counts.marketingStopped = SpineQuery(db, stopped, account, time).count();
            }
            Statement row(db,
                "SELECT count(*), count(*) FILTER (WHERE do_not_contact <> 0), count(*) FILTER (WHERE consent <> ?1),"
                " count(*) FILTER (WHERE e164 IS NULL), max(id) FROM (SELECT id, do_not_contact, consent, e164 FROM"
                " people WHERE id > ?2 ORDER BY id LIMIT ?3)",
                int(ConsentState::OptIn), cursor->id, sliceRows);
            if (!row.step())
                return false;
            counts.everybody += row.number(0);
            counts.doNotContact += row.number(1);
            counts.noOptIn += row.number(2);
            counts.noNumber += row.number(3);
            cursor->id = row.number(4);
            return row.number(0) == sliceRows;
        },
        std::move(then));
}

} // namespace rollcall
