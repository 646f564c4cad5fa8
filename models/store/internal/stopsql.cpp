// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/stopsql.h"

#include "models/domain/serverindex.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"

#include <algorithm>

namespace rollcall::sql {

namespace {

constexpr char aliasesOfPerson[] = "SELECT COALESCE(e164, typed_alias) FROM people WHERE id = ?1"
                                   " AND COALESCE(e164, typed_alias) IS NOT NULL"
                                   " UNION SELECT alias FROM aliases WHERE person = ?2";

constexpr char peopleUnder[] = "SELECT id FROM people WHERE e164 = ? UNION SELECT id FROM people WHERE typed_alias = ?"
                               " UNION SELECT person FROM aliases WHERE alias = ?";

/// Blocked at a gateway, or asked for and not settled: planned, sending, unknown, deferred. What is armed (6) never
/// left the house.
constexpr char holdsRemotely[]
    = "SELECT 1 FROM blocks WHERE alias = ? AND (standing = 1 OR (wish <> 0 AND state IN (0, 1, 4, 5)))";

/// The alias, the other spellings of its number, and what is only another form of one of them: a chat id or wa_id that
/// is known here, or the number behind one.
std::vector<AliasKey> everyForm(Connection &db, AliasKey alias)
{
    std::vector<AliasKey> all{alias};
    AliasKey number = alias;
    if (alias.value() < 0) {
        Statement name(db, "SELECT text FROM alias_names WHERE id = ? AND kind IN (?, ?)", -alias.value(),
            int(AliasKind::WaId), int(AliasKind::Jid));
        number = AliasKey(name.step() ? waIdDigits(name.text(0)) : 0);
    }
    if (number.isNull())
        return all;
    Statement names(db, "SELECT -id FROM alias_names WHERE kind IN (?, ?) AND text IN (?, ?, ?)");
    for (const AliasKey spelling : everySpelling({number})) {
        const QString digits = QString::number(spelling.value());
        names.bind(int(AliasKind::WaId), int(AliasKind::Jid), digits, QString(digits + QStringLiteral("@c.us")),
            QString(digits + QStringLiteral("@s.whatsapp.net")));
        for (all.push_back(spelling); names.step();)
            all.emplace_back(names.number(0));
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

} // namespace

std::unordered_set<AliasKey> aliasesOf(Connection &db, const std::vector<PersonId> &people)
{
    std::unordered_set<AliasKey> aliases;
    Statement row(db, aliasesOfPerson);
    for (const PersonId person : people) {
        row.bind(person, person);
        while (row.step())
            aliases.insert(AliasKey(row.number(0)));
    }
    return aliases;
}

void addStop(Writing &writing, AliasKey alias, BatchId batch, const QString &reason, std::vector<AliasKey> &stopped)
{
    Statement add(writing.db,
        // Asked for more than once: then it belongs to no single command, and undoing one of them does not lift it.
        "INSERT INTO stops (alias, at_ms, batch, reason, by) VALUES (?, ?, ?, ?, ?)"
        // An opt-out is the stricter reason, and counts from when it was said last: a consent between two of them is
        // over.
        " ON CONFLICT (alias) DO UPDATE SET batch = 0,"
        " by = iif(excluded.reason = 'opt-out' AND reason <> 'erased', excluded.by, by),"
        " at_ms = iif(excluded.reason = 'opt-out', max(at_ms, excluded.at_ms), at_ms),"
        " reason = iif(excluded.reason = 'opt-out' AND reason <> 'erased', 'opt-out', reason)"
        " WHERE batch <> excluded.batch");
    for (const AliasKey one : everyForm(writing.db, alias)) {
        add.bind(one, writing.wallMs, batch, reason, writing.asked.by).run();
        refreshStopFlags(writing, one);
        stopped.push_back(one);
    }
}

std::vector<AliasKey> storeStop(Writing &writing, const std::vector<PersonId> &people,
    const std::vector<AliasKey> &more, const QString &reason, bool canUndo)
{
    Connection &db = writing.db;
    std::unordered_set<AliasKey> aliases = aliasesOf(db, people);
    aliases.insert(more.begin(), more.end());
    // An opt-out is what the person said, whichever command writes it down.
    const bool optOut = reason == QLatin1String("opt-out");
    const BatchId batch = writing.startBatch(
        QStringLiteral("stop"), qint64(people.empty() ? aliases.size() : people.size()), canUndo && !optOut);
    std::vector<AliasKey> stopped;
    for (const AliasKey alias : aliases)
        addStop(writing, alias, batch, reason, stopped);
    // Somebody without any number or text has no alias: the flag is all there is.
    Statement flag(db, "UPDATE people SET do_not_contact = 1 WHERE id = ?");
    for (const PersonId person : people)
        flag.bind(person).run();
    writing.journal({.act = QStringLiteral("stop"),
        .subject = people.size() == 1 ? people.front().value() : 0,
        .batch = batch,
        .outcome = QStringLiteral("people=%1 aliases=%2").arg(people.size()).arg(aliases.size()),
        .details = journal::details("reason", reason)});
    writing.change.kinds |= Change::PeopleChanged;
    writing.change.membership = true;
    return stopped;
}

bool areStopped(Connection &db, const std::vector<PersonId> &people, const std::vector<AliasKey> &aliases)
{
    Statement flag(db, "SELECT 1 FROM people WHERE id = ? AND do_not_contact = 0");
    for (const PersonId person : people) {
        flag.bind(person);
        if (flag.step())
            return false;
    }
    Statement stop(db, "SELECT 1 FROM stops WHERE alias = ?");
    for (const AliasKey alias : aliases) {
        stop.bind(alias);
        if (!stop.step())
            return false;
    }
    return true;
}

std::vector<AliasKey> undoStop(Writing &writing, BatchId batch, qint64 &restored, qint64 &kept)
{
    Connection &db = writing.db;
    std::vector<AliasKey> lifted;
    {
        Statement all(db, "SELECT alias FROM stops WHERE batch = ?", batch);
        Statement blocked(db, holdsRemotely);
        Statement said(db, "SELECT 1 FROM stops WHERE alias = ? AND reason IN ('opt-out', 'erased')");
        Statement optedOut(db, QByteArray("SELECT 1 FROM people WHERE consent = ? AND id IN (") + peopleUnder + ')');
        while (all.step()) {
            const AliasKey alias(all.number(0));
            blocked.bind(alias);
            said.bind(alias);
            optedOut.bind(int(ConsentState::OptOut), alias, alias, alias);
            if (blocked.step() || said.step() || optedOut.step())
                ++kept;
            else
                lifted.push_back(alias);
        }
    }
    Statement drop(db, "DELETE FROM stops WHERE alias = ?");
    Statement disarm(db, "UPDATE blocks SET state = 7, why = 'cancelled' WHERE alias = ? AND wish = 1 AND state = 6");
    Statement who(db, peopleUnder);
    std::unordered_set<qint64> people;
    for (const AliasKey alias : lifted) {
        drop.bind(alias).run();
        disarm.bind(alias).run();
        if (db.changes() > 0)
            writing.change.kinds |= Change::BlocksChanged;
        refreshStopFlags(writing, alias);
        who.bind(alias, alias, alias);
        while (who.step())
            restored += people.insert(who.number(0)).second ? 1 : 0;
    }
    return lifted;
}

OptOutHold::OptOutHold(Connection &db)
    : m_people(db,
        "SELECT id, consent FROM people WHERE e164 = ?1 UNION SELECT id, consent FROM people WHERE typed_alias = ?1"
        " UNION SELECT p.id, p.consent FROM aliases a JOIN people p ON p.id = a.person WHERE a.alias = ?1")
    , m_person(db, "SELECT consent FROM people WHERE id = ?")
    , m_stop(db, "SELECT at_ms FROM stops WHERE alias = ? AND reason IN ('opt-out', 'erased')")
    , m_consent(db,
          "SELECT 1 FROM consents c JOIN batches b ON b.id = c.batch WHERE c.person = ? AND c.what = ? AND c.kept_ms >="
          " ? AND NOT b.undone")
{
}

bool OptOutHold::holds(AliasKey alias)
{
    std::vector<qint64> people;
    m_people.bind(alias);
    while (m_people.step()) {
        if (ConsentState(m_people.integer(1)) == ConsentState::OptOut)
            return true;
        people.push_back(m_people.number(0));
    }
    m_stop.bind(alias);
    if (!m_stop.step())
        return false;
    const qint64 since = m_stop.number(0);
    return !std::any_of(people.begin(), people.end(), [&](qint64 person) {
        m_consent.bind(person, int(ConsentState::OptIn), since);
        return m_consent.step();
    });
}

bool OptOutHold::holdsSomebody(AliasKey alias)
{
    m_people.bind(alias);
    while (m_people.step()) {
        if (ConsentState(m_people.integer(1)) == ConsentState::OptOut)
            return true;
    }
    return false;
}

bool OptOutHold::holds(PersonId person)
{
    m_person.bind(person);
    return m_person.step() && ConsentState(m_person.integer(0)) == ConsentState::OptOut;
}

namespace {

/// Away, but kept as they were for the undo of this command. Answers how many there were.
qint64 takeStops(Writing &writing, BatchId batch, const std::vector<AliasKey> &lifted)
{
    Statement keep(writing.db,
        "INSERT OR IGNORE INTO lifted_stops (batch, alias, at_ms, stop_batch, reason, by)"
        " SELECT ?, alias, at_ms, batch, reason, by FROM stops WHERE alias = ?");
    Statement drop(writing.db, "DELETE FROM stops WHERE alias = ?");
    qint64 taken = 0;
    for (const AliasKey alias : lifted) {
        keep.bind(batch, alias).run();
        drop.bind(alias).run();
        taken += writing.db.changes();
    }
    for (const AliasKey alias : lifted)
        refreshStopFlags(writing, alias);
    return taken;
}

} // namespace

std::vector<AliasKey> undoLift(Writing &writing, BatchId batch, qint64 &restored, qint64 &kept)
{
    std::vector<AliasKey> stopped;
    {
        Statement all(writing.db, "SELECT alias FROM lifted_stops WHERE batch = ?", batch);
        while (all.step())
            stopped.emplace_back(all.number(0));
    }
    // Who was stopped again since is so for that newer reason.
    Statement back(writing.db,
        "INSERT OR IGNORE INTO stops (alias, at_ms, batch, reason, by)"
        " SELECT alias, at_ms, stop_batch, reason, by FROM lifted_stops WHERE batch = ? AND alias = ?");
    Statement who(writing.db, peopleUnder);
    std::unordered_set<qint64> people;
    qint64 there = 0;
    for (const AliasKey alias : stopped) {
        back.bind(batch, alias).run();
        if (writing.db.changes() == 0) {
            ++there;
            continue;
        }
        refreshStopFlags(writing, alias);
        who.bind(alias, alias, alias);
        while (who.step())
            people.insert(who.number(0));
    }
    restored = qint64(people.size());
    kept = there;
    return stopped;
}

std::vector<AliasKey> storeLift(Writing &writing, const std::vector<PersonId> &people,
    const std::vector<AliasKey> &more, const QString &reason, bool newConsent)
{
    Connection &db = writing.db;
    std::unordered_set<AliasKey> aliases = aliasesOf(db, people);
    aliases.insert(more.begin(), more.end());
    const auto asked = aliases.size();
    OptOutHold optOut(db);
    {
        Statement anybody(db,
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM people WHERE e164 = ?1 OR typed_alias = ?1)"
            " OR EXISTS (SELECT 1 FROM aliases WHERE alias = ?1)");
        std::erase_if(aliases,
            [&](AliasKey alias) { return optOut.holds(alias) && (!newConsent || anybody.bind(alias).step()); });
    }
    const auto kept = asked - aliases.size();
    const BatchId batch
        = writing.startBatch(QStringLiteral("stop.lift"), qint64(people.empty() ? aliases.size() : people.size()));
    // Another spelling or form goes with it where it came with it; a stop of its own stays.
    Statement came(db,
        "SELECT 1 FROM stops s JOIN stops o ON s.batch = o.batch AND s.reason = o.reason AND s.at_ms = o.at_ms WHERE"
        " o.alias = ? AND s.alias = ?");
    std::vector<AliasKey> lifted(aliases.begin(), aliases.end());
    for (const AliasKey alias : aliases)
        for (const AliasKey other : everyForm(db, alias))
            if (other != alias && came.bind(alias, other).step() && !optOut.holdsSomebody(other))
                lifted.push_back(other);
    if (takeStops(writing, batch, lifted) == 0) // nobody was stopped: there is nothing to put back
        Statement(db, "UPDATE batches SET can_undo = 0 WHERE id = ?", batch).run();
    for (const PersonId person : people) // of who has no alias the flag is all there is
        if (!optOut.holds(person))
            refreshStopFlag(writing, person);
    QString outcome = QStringLiteral("people=%1 aliases=%2").arg(people.size()).arg(aliases.size());
    if (kept > 0)
        outcome += QStringLiteral(" kept=%1").arg(kept);
    writing.journal({.act = QStringLiteral("stop.lift"),
        .subject = people.size() == 1 ? people.front().value() : 0,
        .batch = batch,
        .outcome = outcome,
        .details = journal::details("reason", reason)});
    writing.change.kinds |= Change::PeopleChanged;
    writing.change.membership = true;
    return lifted;
}

} // namespace rollcall::sql
