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

GatewayNotes::GatewayNotes(StoreThreads &threads)
    : m_threads(threads)
{
}

Call GatewayNotes::keep(PersonId person, const GatewayNote &note, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>([=](Writing &writing) { return keepNote(writing, person, note); }, std::move(then));
}

} // namespace rollcall
