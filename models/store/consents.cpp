// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/consents.h"

#include "models/store/internal/personsql.h"
#include "models/store/internal/stopsql.h"
#include "models/store/internal/storethreads.h"
#include "models/store/stops.h"

namespace rollcall {

namespace {

/// What one command records: events under one batch.
class Recorder {
public:
    Recorder(Writing &writing, qint64 people)
        : m_writing(writing)
        , m_batch(writing.startBatch(QStringLiteral("consent"), people, false))
        , m_add(writing.db,
              "INSERT INTO consents (person, batch, what, at_ms, kept_ms, source, wording, by)"
              " SELECT id, ?, ?, ?, ?, ?, ?, ? FROM people WHERE id = ?")
    {
    }
    void add(PersonId person, const ConsentEvent &event)
    {
        m_add
            .bind(m_batch, int(event.what), event.atMs > 0 ? event.atMs : m_writing.wallMs, m_writing.wallMs,
                event.source, event.wording, m_writing.asked.by, person)
            .run();
        m_count += m_writing.db.changes();
        m_last = person;
    }
    qint64 finish(ConsentState what, const QString &source)
    {
        sql::refreshConsent(m_writing, m_batch);
        Statement(m_writing.db, "UPDATE batches SET people = ? WHERE id = ?", m_count, m_batch).run();
        Statement(m_writing.db,
            "UPDATE people SET changed = ? WHERE id IN (SELECT person FROM consents WHERE batch = ?)",
            m_writing.changeNumber, m_batch)
            .run();
        m_writing.journal({.act = QStringLiteral("consent"),
            .subject = m_count == 1 ? m_last.value() : 0,
            .batch = m_batch,
            .outcome = QStringLiteral("what=%1 people=%2").arg(int(what)).arg(m_count),
            .details = journal::details("source", source)});
        m_writing.change.kinds |= Change::PeopleChanged;
        m_writing.change.membership = true;
        return m_count;
    }

private:
    Writing &m_writing;
    const BatchId m_batch;
    Statement m_add;
    qint64 m_count = 0;
    PersonId m_last = {};
};

Failure nobody()
{
    return {.kind = Failure::Kind::NotFound, .detail = QStringLiteral("nobody of these is here")};
}

} // namespace

Consents::Consents(StoreThreads &threads, Stops &stops)
    : m_threads(threads)
    , m_stops(stops)
{
}

Call Consents::record(
    const std::vector<PersonId> &people, const ConsentEvent &event, std::function<void(Done)> then, bool liftStops)
{
    if (event.what == ConsentState::OptOut && !people.empty()) {
        // Carried out also when nobody waits for it.
        const Call stopping = m_stops.stop(
            people, {}, QStringLiteral("opt-out"), [](const Done &) {}, Stops::Undo::No);
    }
    return m_threads.write<Nothing>(
        [people, event, liftStops](Writing &writing) -> Result<Nothing> {
            if (event.what == ConsentState::None || people.empty())
                return Failure{.kind = Failure::Kind::BadInput, .detail = QStringLiteral("no consent event")};
            Recorder recorder(writing, qint64(people.size()));
            for (const PersonId person : people)
                recorder.add(person, event);
            if (recorder.finish(event.what, event.source) == 0)
                return nobody();
            if (liftStops && event.what == ConsentState::OptIn)
                writing.lifted = sql::storeLift(writing, people, {}, QStringLiteral("opt-in"), true);
            return Nothing{};
        },
        std::move(then));
}

Call Consents::optOut(const std::vector<Quote> &quotes, const QString &source, std::function<void(Result<qint64>)> then)
{
    std::vector<AliasKey> aliases;
    for (const Quote &quote : quotes)
        if (!quote.alias.isNull())
            aliases.push_back(quote.alias);
    m_stops.hold(aliases);
    return m_threads.write<qint64>(
        [quotes, aliases, source](Writing &writing) -> Result<qint64> {
            std::vector<PersonId> people;
            Recorder recorder(writing, qint64(quotes.size()));
            Statement under(writing.db,
                "SELECT id FROM people WHERE COALESCE(e164, typed_alias) = ?1 UNION SELECT person FROM aliases WHERE"
                " alias = ?2");
            for (const Quote &quote : quotes) {
                const size_t before = people.size();
                under.bind(quote.alias, quote.alias);
                while (under.step())
                    people.emplace_back(under.number(0));
                for (size_t at = before; at < people.size(); ++at)
                    recorder.add(people[at],
                        {.what = ConsentState::OptOut, .atMs = quote.atMs, .source = source, .wording = quote.wording});
            }
            writing.stopped = sql::storeStop(writing, people, aliases, QStringLiteral("opt-out"), false);
            return recorder.finish(ConsentState::OptOut, source);
        },
        std::move(then));
}

Call Consents::override(qint64 people, const QString &reason, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [people, reason](Writing &writing) -> Result<Nothing> {
            if (reason.trimmed().isEmpty())
                return Failure{.kind = Failure::Kind::BadInput, .detail = QStringLiteral("no reason")};
            writing.journal({.act = QStringLiteral("consent.override"),
                .outcome = QStringLiteral("people=%1").arg(people),
                .details = journal::details("reason", reason)});
            return Nothing{};
        },
        std::move(then));
}

} // namespace rollcall
