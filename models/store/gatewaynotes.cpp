// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/gatewaynotes.h"

#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"

namespace rollcall {

namespace {

void upsert(Writing &writing, qint64 alias, const GatewayNote &note)
{
    Statement(writing.db,
        "INSERT INTO gateway_contacts (account, alias, chat_id, lid, name, profile_name, about, saved, at_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, alias) DO UPDATE SET"
        " chat_id = CASE WHEN excluded.chat_id = '' THEN chat_id ELSE excluded.chat_id END,"
        " lid = CASE WHEN excluded.lid = '' THEN lid ELSE excluded.lid END, name = excluded.name,"
        " profile_name = excluded.profile_name, about = excluded.about, saved = excluded.saved, at_ms = excluded.at_ms",
        note.account, alias, note.chatId, note.lid, note.name, note.profileName, note.about, note.saved, writing.wallMs)
        .run();
}

/// One more alias of everybody whose main number has the key `main`. A stop goes over it in both directions.
void addAlias(Writing &writing, qint64 main, AliasKind kind, const QString &text)
{
    if (text.isEmpty())
        return;
    const qint64 alias = sql::aliasOf(writing.db, kind, text);
    Statement(writing.db,
        QByteArray("INSERT OR IGNORE INTO aliases (person, alias, kind) SELECT id, ?, ? FROM people WHERE ")
            + (main > 0 ? "e164 = ?" : "typed_alias = ?"),
        alias, int(kind), main)
        .run();
    sql::stopNewAliases(writing, "SELECT person, alias FROM aliases WHERE alias = " + QByteArray::number(alias));
}

Result<Nothing> keepNote(Writing &writing, PersonId person, const GatewayNote &note)
{
    Statement row(writing.db, QByteArray("SELECT ") + sql::mainAlias + " FROM people p WHERE p.id = ?", person);
    const qint64 main = row.step() ? row.number(0) : 0;
    if (main == 0)
        return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("person %1").arg(person.value())};
    upsert(writing, main, note);
    addAlias(writing, main, AliasKind::Jid, note.chatId);
    addAlias(writing, main, AliasKind::Lid, note.lid);
    writing.journal({.act = QStringLiteral("lookup"), .subject = person.value(), .outcome = QStringLiteral("done")});
    writing.change.kinds |= Change::PeopleChanged;
    writing.change.people = {person};
    return Nothing{};
}

} // namespace

namespace {

Result<Nothing> keepOnePage(Writing &writing, const KeptFetch &after, const QString &asked, const QByteArray &page)
{
    // Dropped meanwhile (somebody was erased): a reading without its beginning could not be gone on with.
    Statement before(
        writing.db, "SELECT 1 FROM fetches WHERE account = ? AND pages = ?", after.account, after.pages - 1);
    if (after.pages > 1 && !before.step())
        return Nothing{};
    Statement(writing.db,
        // Not REPLACE: that would delete the row first, and its pages with it.
        "INSERT INTO fetches (account, cursor, pages, rows, total, started_ms, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (account) DO UPDATE SET cursor = excluded.cursor, pages = excluded.pages, rows = excluded.rows,"
        " total = excluded.total, at_ms = excluded.at_ms",
        after.account, after.cursor, after.pages, after.rows, after.total, after.startedMs, writing.wallMs)
        .run();
    Statement(writing.db, "INSERT INTO fetch_pages (account, page, asked, rows) VALUES (?, ?, ?, ?)", after.account,
        after.pages - 1, asked, page)
        .run();
    return Nothing{};
}

std::optional<KeptFetch> readKept(Connection &db, AccountId account)
{
    Statement row(db, "SELECT cursor, pages, rows, total, started_ms, at_ms FROM fetches WHERE account = ?", account);
    if (!row.step())
        return std::nullopt;
    return KeptFetch{.account = account,
        .cursor = row.text(0),
        .pages = row.number(1),
        .rows = row.number(2),
        .total = row.number(3),
        .startedMs = row.number(4),
        .atMs = row.number(5)};
}

} // namespace

GatewayNotes::GatewayNotes(StoreThreads &threads)
    : m_threads(threads)
{
}

Call GatewayNotes::keep(PersonId person, const GatewayNote &note, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>([=](Writing &writing) { return keepNote(writing, person, note); }, std::move(then));
}

Call GatewayNotes::keepPage(
    const KeptFetch &after, const QString &asked, const QByteArray &page, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [=](Writing &writing) { return keepOnePage(writing, after, asked, page); }, std::move(then));
}

Call GatewayNotes::kept(AccountId account, std::function<void(Result<std::optional<KeptFetch>>)> then)
{
    return m_threads.read<std::optional<KeptFetch>>(
        [account](Connection &db, const TimeView &) { return readKept(db, account); }, std::move(then));
}

Call GatewayNotes::keptPages(
    AccountId account, qint64 from, int limit, std::function<void(Result<std::vector<KeptPage>>)> then)
{
    return m_threads.read<std::vector<KeptPage>>(
        [=](Connection &db, const TimeView &) {
            std::vector<KeptPage> pages;
            Statement row(db,
                "SELECT asked, rows FROM fetch_pages WHERE account = ? AND page >= ? ORDER BY page LIMIT ?", account,
                from, limit);
            while (row.step())
                pages.push_back({row.text(0), row.blob(1)});
            return pages;
        },
        std::move(then));
}

Call GatewayNotes::drop(AccountId account, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [account](Writing &writing) -> Result<Nothing> {
            Statement(writing.db, "DELETE FROM fetch_pages WHERE account = ?", account).run();
            Statement(writing.db, "DELETE FROM fetches WHERE account = ?", account).run();
            return Nothing{};
        },
        std::move(then));
}

} // namespace rollcall
