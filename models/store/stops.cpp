// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/stops.h"

#include "models/domain/serverindex.h"
#include "models/store/internal/stopsql.h"
#include "models/store/internal/storethreads.h"

namespace rollcall {

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

bool Stops::reach(AliasKey alias, const QString &ask) const
{
    return contains(alias) || contains(AliasKey(waIdDigits(ask)));
}

void Stops::hold(const std::vector<AliasKey> &asTold)
{
    const std::vector<AliasKey> aliases = everySpelling(asTold);
    // Growing step by step takes longer than a window may stand still, for a list of 100,000.
    m_aliases.reserve(m_aliases.size() + aliases.size());
    m_saving.reserve(m_saving.size() + aliases.size());
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
    std::function<void(Done)> then, Undo undo)
{
    hold(aliases);
    const auto saved = std::make_shared<bool>(false);
    std::erase_if(m_lookups, [](const Call &call) { return !call.isOpen(); });
    m_lookups.push_back(m_threads.read<std::vector<AliasKey>>(
        [people](Connection &db, const TimeView &) {
            const std::unordered_set<AliasKey> found = sql::aliasesOf(db, people);
            return std::vector<AliasKey>(found.begin(), found.end());
        },
        [this, saved](Result<std::vector<AliasKey>> found) {
            if (found && !*saved)
                hold(*found);
        }));
    return m_threads.write<Nothing>(
        [=](Writing &writing) -> Result<Nothing> {
            writing.stopped = sql::storeStop(writing, people, aliases, reason, undo == Undo::Yes);
            return Nothing{};
        },
        [saved, then = std::move(then)](const Done &done) {
            *saved = done.ok();
            then(done);
        });
}

Call Stops::lift(const std::vector<PersonId> &people, const QString &reason, std::function<void(Done)> then)
{
    return lift(people, {}, reason, false, std::move(then));
}

Call Stops::lift(const std::vector<PersonId> &people, const std::vector<AliasKey> &aliases, const QString &reason,
    bool newConsent, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [=](Writing &writing) -> Result<Nothing> {
            writing.lifted = sql::storeLift(writing, people, aliases, reason, newConsent);
            return Nothing{};
        },
        std::move(then));
}

} // namespace rollcall
