// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/messages.h"

#include "models/store/internal/storethreads.h"

namespace rollcall {

namespace {

Result<DraftId> saveOne(Writing &writing, const StoredDraft &draft)
{
    Connection &db = writing.db;
    if (!draft.name.isEmpty()) {
        Statement other(db, "SELECT 1 FROM drafts WHERE name = ? AND id <> ?", draft.name, draft.id);
        if (other.step())
            return Failure{.kind = Failure::Kind::BadInput, .detail = QStringLiteral("another template has this name")};
    }
    const QString content = QString::fromUtf8(draft.content);
    DraftId id = draft.id;
    if (!id.isNull()) {
        Statement(db, "UPDATE drafts SET name = ?, title = ?, card_count = ?, changed_ms = ?, content = ? WHERE id = ?",
            draft.name, draft.title, draft.cardCount, writing.wallMs, content, id)
            .run();
        if (db.changes() == 0)
            id = {}; // erased or removed meanwhile: what is typed now is a new one
    }
    if (id.isNull()) {
        Statement(db, "INSERT INTO drafts (name, title, card_count, changed_ms, content) VALUES (?, ?, ?, ?, ?)",
            draft.name, draft.title, draft.cardCount, writing.wallMs, content)
            .run();
        id = DraftId(db.lastId());
    }
    if (!draft.name.isEmpty())
        writing.journal({.act = QStringLiteral("template.save"),
            .subject = id.value(),
            .outcome = QStringLiteral("cards=%1").arg(draft.cardCount),
            .details = journal::details("name", draft.name)});
    writing.change.kinds |= Change::DraftsChanged;
    return id;
}

StoredDraft draftAt(const Statement &row)
{
    return {.id = DraftId(row.number(0)),
        .name = row.text(1),
        .title = row.text(2),
        .cardCount = row.integer(3),
        .changedMs = row.number(4)};
}

} // namespace

Drafts::Drafts(StoreThreads &threads)
    : m_threads(threads)
{
}

Call Drafts::list(std::function<void(Result<std::vector<StoredDraft>>)> then)
{
    return m_threads.read<std::vector<StoredDraft>>(
        [](Connection &db, const TimeView &) {
            std::vector<StoredDraft> drafts;
            Statement row(
                db, "SELECT id, name, title, card_count, changed_ms FROM drafts ORDER BY changed_ms DESC, id DESC");
            while (row.step())
                drafts.push_back(draftAt(row));
            return drafts;
        },
        std::move(then));
}

Call Drafts::read(DraftId id, std::function<void(Result<StoredDraft>)> then)
{
    return m_threads.read<StoredDraft>(
        [id](Connection &db, const TimeView &) {
            Statement row(db, "SELECT id, name, title, card_count, changed_ms, content FROM drafts WHERE id = ?", id);
            if (!row.step()) {
                db.fail({.kind = Failure::Kind::NotFound, .detail = QStringLiteral("draft %1").arg(id.value())});
                return StoredDraft{};
            }
            StoredDraft draft = draftAt(row);
            draft.content = row.text(5).toUtf8();
            return draft;
        },
        std::move(then));
}

Call Drafts::save(const StoredDraft &draft, std::function<void(Result<DraftId>)> then)
{
    return m_threads.write<DraftId>(
        [draft](Writing &writing) -> Result<DraftId> { return saveOne(writing, draft); }, std::move(then));
}

Call Drafts::remove(DraftId id, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [id](Writing &writing) -> Result<Nothing> {
            Statement which(writing.db, "SELECT name, card_count FROM drafts WHERE id = ?", id);
            if (!which.step())
                return Nothing{};
            const bool isTemplate = !which.text(0).isEmpty();
            writing.journal({.act = isTemplate ? QStringLiteral("template.remove") : QStringLiteral("draft.remove"),
                .subject = id.value(),
                .outcome = QStringLiteral("cards=%1").arg(which.integer(1)),
                .details = isTemplate ? journal::details("name", which.text(0)) : QString()});
            Statement(writing.db, "DELETE FROM drafts WHERE id = ?", id).run();
            writing.change.kinds |= Change::DraftsChanged;
            return Nothing{};
        },
        std::move(then));
}

} // namespace rollcall
