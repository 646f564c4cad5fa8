// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/stopsql.h"

#include "models/domain/serverindex.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"

namespace rollcall::sql {

namespace {

constexpr char aliasesOfPerson[] = "SELECT COALESCE(e164, typed_alias) FROM people WHERE id = ?1"
                                   " AND COALESCE(e164, typed_alias) IS NOT NULL"
                                   " UNION SELECT alias FROM aliases WHERE person = ?2";

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
    Statement add(writing.db, "INSERT OR IGNORE INTO stops (alias, at_ms, batch, reason, by) VALUES (?, ?, ?, ?, ?)");
    for (const AliasKey one : everySpelling({alias})) {
        add.bind(one, writing.wallMs, batch, reason, writing.asked.by).run();
        refreshStopFlags(writing, one);
        stopped.push_back(one);
    }
}

std::vector<AliasKey> storeStop(
    Writing &writing, const std::vector<PersonId> &people, const std::vector<AliasKey> &more, const QString &reason)
{
    Connection &db = writing.db;
    std::unordered_set<AliasKey> aliases = aliasesOf(db, people);
    aliases.insert(more.begin(), more.end());
    const BatchId batch = writing.startBatch(QStringLiteral("stop"), qint64(people.size()), false);
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

std::vector<AliasKey> storeLift(
    Writing &writing, const std::vector<PersonId> &people, const std::vector<AliasKey> &more, const QString &reason)
{
    Connection &db = writing.db;
    std::unordered_set<AliasKey> aliases = aliasesOf(db, people);
    aliases.insert(more.begin(), more.end());
    const BatchId batch = writing.startBatch(QStringLiteral("stop.lift"), qint64(people.size()), false);
    // Another spelling goes with it where it came with it; a stop of its own stays.
    Statement came(db,
        "SELECT 1 FROM stops s JOIN stops o ON s.batch = o.batch AND s.reason = o.reason AND s.at_ms = o.at_ms WHERE"
        " o.alias = ? AND s.alias = ?");
    std::vector<AliasKey> lifted(aliases.begin(), aliases.end());
    for (const AliasKey alias : aliases)
        for (const AliasKey other : everySpelling({alias}))
            if (other != alias && came.bind(alias, other).step())
                lifted.push_back(other);
    Statement drop(db, "DELETE FROM stops WHERE alias = ?");
    for (const AliasKey alias : lifted)
        drop.bind(alias).run();
    for (const AliasKey alias : lifted)
        refreshStopFlags(writing, alias);
    for (const PersonId person : people)
        refreshStopFlag(writing, person);
    writing.journal({.act = QStringLiteral("stop.lift"),
        .subject = people.size() == 1 ? people.front().value() : 0,
        .batch = batch,
        .outcome = QStringLiteral("people=%1 aliases=%2").arg(people.size()).arg(aliases.size()),
        .details = journal::details("reason", reason)});
    writing.change.kinds |= Change::PeopleChanged;
    writing.change.membership = true;
    return lifted;
}

} // namespace rollcall::sql
