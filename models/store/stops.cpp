// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/stops.h"

#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"

namespace rollcall {

namespace {

constexpr char aliasesOfPerson[] = "SELECT COALESCE(e164, typed_alias) FROM people WHERE id = ?1"
                                   " AND COALESCE(e164, typed_alias) IS NOT NULL"
                                   " UNION SELECT alias FROM aliases WHERE person = ?2";

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

std::vector<AliasKey> storeStop(
    Writing &writing, const std::vector<PersonId> &people, const std::vector<AliasKey> &more, const QString &reason)
{
    Connection &db = writing.db;
    std::unordered_set<AliasKey> aliases = aliasesOf(db, people);
    aliases.insert(more.begin(), more.end());
    const BatchId batch = writing.startBatch(QStringLiteral("stop"), qint64(people.size()), false);
    Statement add(db, "INSERT OR IGNORE INTO stops (alias, at_ms, batch, reason, by) VALUES (?, ?, ?, ?, ?)");
    for (const AliasKey alias : aliases) {
        add.bind(alias, writing.wallMs, batch, reason, writing.asked.by).run();
        sql::refreshStopFlags(writing, alias);
    }
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
    return {aliases.begin(), aliases.end()};
}

std::vector<AliasKey> storeLift(Writing &writing, const std::vector<PersonId> &people, const QString &reason)
{
    Connection &db = writing.db;
    const std::unordered_set<AliasKey> aliases = aliasesOf(db, people);
    const BatchId batch = writing.startBatch(QStringLiteral("stop.lift"), qint64(people.size()), false);
    Statement drop(db, "DELETE FROM stops WHERE alias = ?");
    for (const AliasKey alias : aliases)
        drop.bind(alias).run();
    for (const AliasKey alias : aliases)
        sql::refreshStopFlags(writing, alias);
    for (const PersonId person : people)
        sql::refreshStopFlag(writing, person);
    writing.journal({.act = QStringLiteral("stop.lift"),
        .subject = people.size() == 1 ? people.front().value() : 0,
        .batch = batch,
        .outcome = QStringLiteral("people=%1 aliases=%2").arg(people.size()).arg(aliases.size()),
        .details = journal::details("reason", reason)});
    writing.change.kinds |= Change::PeopleChanged;
    writing.change.membership = true;
    return {aliases.begin(), aliases.end()};
}

} // namespace

Stops::Stops(StoreThreads &threads)
    : m_threads(threads)
{
    QObject::connect(&threads, &StoreThreads::stopped, &threads, [this](const std::vector<AliasKey> &aliases) {
        for (const AliasKey alias : aliases) {
            m_aliases.insert(alias);
            m_saving.erase(alias);
        }
    });
    QObject::connect(&threads, &StoreThreads::lifted, &threads, [this](const std::vector<AliasKey> &aliases) {
        for (const AliasKey alias : aliases) {
            // A stop that was given meanwhile and is still on its way holds.
            if (!m_saving.contains(alias))
                m_aliases.erase(alias);
        }
    });
}

void Stops::hold(const std::vector<AliasKey> &aliases)
{
    m_aliases.insert(aliases.begin(), aliases.end());
    m_saving.insert(aliases.begin(), aliases.end());
}

Call Stops::load(std::function<void(Done)> then)
{
    return m_threads.read<std::vector<AliasKey>>(
        [](Connection &db, const TimeView &) {
            std::vector<AliasKey> aliases;
            Statement row(db, "SELECT alias FROM stops");
            while (row.step())
                aliases.emplace_back(row.number(0));
            return aliases;
        },
        [this, then = std::move(then)](Result<std::vector<AliasKey>> aliases) {
            // Added to what is there: a stop given before loading was through must not be forgotten.
            if (aliases)
                m_aliases.insert(aliases->begin(), aliases->end());
            then(aliases ? Done(Nothing{}) : Done(aliases.failure()));
        });
}

Call Stops::stop(const std::vector<PersonId> &people, const std::vector<AliasKey> &aliases, const QString &reason,
    std::function<void(Done)> then)
{
    hold(aliases);
    const auto saved = std::make_shared<bool>(false);
    std::erase_if(m_lookups, [](const Call &call) { return !call.isOpen(); });
    m_lookups.push_back(m_threads.read<std::vector<AliasKey>>(
        [people](Connection &db, const TimeView &) {
            const std::unordered_set<AliasKey> found = aliasesOf(db, people);
            return std::vector<AliasKey>(found.begin(), found.end());
        },
        [this, saved](Result<std::vector<AliasKey>> found) {
            if (found && !*saved)
                hold(*found);
        }));
    return m_threads.write<Nothing>(
        [=](Writing &writing) -> Result<Nothing> {
            writing.stopped = storeStop(writing, people, aliases, reason);
            return Nothing{};
        },
        [saved, then = std::move(then)](const Done &done) {
            *saved = done.ok();
            then(done);
        });
}

Call Stops::lift(const std::vector<PersonId> &people, const QString &reason, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [=](Writing &writing) -> Result<Nothing> {
            writing.lifted = storeLift(writing, people, reason);
            return Nothing{};
        },
        std::move(then));
}

} // namespace rollcall
