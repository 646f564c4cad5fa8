// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/consents.h"
#include "models/store/internal/blocksql.h"
#include "models/store/internal/storethreads.h"

namespace rollcall {

namespace {

bool isUsable(const MarketingNote &note)
{
    return note.state != MarketingState::NotTold && !note.account.isNull() && !note.alias.isNull();
}

Failure unusable()
{
    return {.kind = Failure::Kind::BadInput, .detail = QStringLiteral("no marketing preference")};
}

/// What one command or answer brings: rows, and one journal entry for each of the two states.
class Noter {
public:
    explicit Noter(Writing &writing)
        : m_writing(writing)
        , m_known(writing.db,
              "SELECT state, source, raw FROM marketing WHERE account = ? AND alias = ? AND at_ms <= ? ORDER BY at_ms"
              " DESC, id DESC LIMIT 1")
        , m_add(writing.db,
              "INSERT INTO marketing (account, alias, state, at_ms, kept_ms, source, raw, by) VALUES (?, ?, ?, ?, ?, "
              "?, ?, ?)")
        , m_changed(writing.db,
              "UPDATE people SET changed = ?1 WHERE e164 = ?2 OR typed_alias = ?2 OR id IN (SELECT person FROM aliases"
              " WHERE alias = ?2)")
    {
    }
    void add(const MarketingNote &note, PersonId person = {})
    {
        const qint64 atMs = note.atMs > 0 ? note.atMs : m_writing.wallMs;
        m_known.bind(note.account, note.alias, atMs);
        // A gateway says it again at every message: that is nothing new.
        if (m_known.step() && MarketingState(m_known.integer(0)) == note.state && m_known.text(1) == note.source
            && m_known.text(2) == note.raw)
            return;
        m_add
            .bind(note.account, note.alias, int(note.state), atMs, m_writing.wallMs, note.source, note.raw,
                m_writing.asked.by)
            .run();
        m_changed.bind(m_writing.changeNumber, note.alias).run();
        Said &said = note.state == MarketingState::Stopped ? m_stopped : m_resumed;
        ++said.count;
        said.account = note.account;
        said.source = note.source;
        said.person = person;
    }
    qint64 finish()
    {
        journal(QStringLiteral("marketing.stop"), m_stopped);
        journal(QStringLiteral("marketing.resume"), m_resumed);
        if (m_stopped.count + m_resumed.count > 0) {
            m_writing.change.kinds |= Change::PeopleChanged;
            m_writing.change.membership = true; // of filters
        }
        return m_stopped.count + m_resumed.count;
    }

private:
    struct Said {
        qint64 count = 0;
        AccountId account = {};
        PersonId person = {};
        QString source = {};
    };
    void journal(const QString &act, const Said &said)
    {
        if (said.count == 0)
            return;
        m_writing.journal({.act = act,
            .subject = said.count == 1 ? said.person.value() : 0,
            .outcome = QStringLiteral("people=%1 account=%2").arg(said.count).arg(said.account.value()),
            .details = journal::details("source", said.source)});
    }

    Writing &m_writing;
    Statement m_known;
    Statement m_add;
    Statement m_changed;
    Said m_stopped;
    Said m_resumed;
};

} // namespace

void sql::noteMarketing(Writing &writing, const std::vector<MarketingNote> &notes)
{
    Noter noter(writing);
    Statement who(writing.db,
        "SELECT COALESCE((SELECT min(id) FROM people WHERE e164 = ?1 OR typed_alias = ?1), (SELECT min(person)"
        " FROM aliases WHERE alias = ?1))");
    for (const MarketingNote &note : notes) {
        who.bind(note.alias);
        noter.add(note, PersonId(who.step() ? who.number(0) : 0));
    }
    noter.finish();
}

Marketing::Marketing(StoreThreads &threads)
    : m_threads(threads)
{
}

Call Marketing::note(const std::vector<MarketingNote> &notes, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [notes](Writing &writing) -> Result<Nothing> {
            if (notes.empty() || !std::all_of(notes.begin(), notes.end(), isUsable))
                return unusable();
            sql::noteMarketing(writing, notes);
            return Nothing{};
        },
        std::move(then));
}

Call Marketing::noteByHand(
    const std::vector<PersonId> &people, const MarketingNote &note, std::function<void(Result<qint64>)> then)
{
    return m_threads.write<qint64>(
        [people, note](Writing &writing) -> Result<qint64> {
            if (people.empty() || note.state == MarketingState::NotTold || note.account.isNull())
                return unusable();
            Noter noter(writing);
            Statement main(writing.db, "SELECT COALESCE(e164, typed_alias) FROM people WHERE id = ?");
            Statement further(writing.db, "SELECT min(alias) FROM aliases WHERE person = ?");
            qint64 noted = 0;
            for (const PersonId person : people) {
                MarketingNote one = note;
                one.source = QString::fromLatin1(MarketingSource::byHand);
                main.bind(person);
                one.alias = AliasKey(main.step() ? main.number(0) : 0);
                if (one.alias.isNull() && further.bind(person).step())
                    one.alias = AliasKey(further.number(0));
                if (one.alias.isNull())
                    continue;
                noter.add(one, person);
                ++noted;
            }
            if (noted == 0)
                return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("nobody has an alias")};
            noter.finish();
            return noted;
        },
        std::move(then));
}

Call Marketing::stopped(
    AccountId account, const std::vector<AliasKey> &aliases, std::function<void(Result<std::vector<AliasKey>>)> then)
{
    const auto next = std::make_shared<std::size_t>(0);
    return m_threads.sliced<std::vector<AliasKey>>(
        [account, aliases, next](Connection &db, const TimeView &, std::vector<AliasKey> &found) {
            constexpr std::size_t slice = 4096;
            Statement row(db, sql::marketingOfAlias);
            for (const auto end = std::min(aliases.size(), *next + slice); *next < end && !db.failed(); ++*next) {
                row.bind(account, aliases[*next]);
                if (row.step() && MarketingState(row.integer(0)) == MarketingState::Stopped)
                    found.push_back(aliases[*next]);
            }
            return *next < aliases.size();
        },
        std::move(then));
}

} // namespace rollcall
