// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/journalentry.h"

#include <optional>
#include <vector>

namespace rollcall {

/// The newest entry of the journal, as it is also kept in `folder`/journal.head: without it nobody could tell that the
/// last entries were cut off. seq 0 = nothing written yet. Internal to models/store.
struct JournalHead {
    qint64 seq = 0;
    QByteArray hash = {};
    friend bool operator==(const JournalHead &, const JournalHead &) = default;
};

namespace journal {

/// What is hashed of an entry: every member but details and hash, each with its length in front, so that no two
/// different entries give the same bytes.
[[nodiscard]] QByteArray canonical(const JournalEntry &entry);
/// SHA-256(previous hash || canonical entry). The first entry has an empty previous hash.
[[nodiscard]] QByteArray hashOf(const QByteArray &previous, const JournalEntry &entry);
[[nodiscard]] QByteArray digestOf(const QByteArray &salt, const QString &details);
/// Details of an entry with one member, as JSON text; empty for an empty value.
[[nodiscard]] QString details(const char *key, const QString &value);
[[nodiscard]] QByteArray freshSalt(); ///< 16 random bytes

/// An entry that says whose details were emptied: "people=1 entries=3,7-9" in its outcome names them by number.
inline constexpr char eraseAct[] = "person.erase";
inline constexpr char retentionAct[] = "retention"; ///< the same words at the end of its outcome
[[nodiscard]] QString eraseOutcome(qint64 people, std::vector<qint64> seqs);
/// The entries that it names, all of them before itself; empty for any other entry and for one that cannot be read.
[[nodiscard]] std::vector<qint64> erasedBy(const JournalEntry &entry);

/// Nothing when the file is missing or unreadable.
[[nodiscard]] std::optional<JournalHead> readHead(const QString &folder);
/// Written aside, synced, renamed into place, 0600. False when that failed (the old head stays).
bool writeHead(const QString &folder, const JournalHead &head);
[[nodiscard]] QString headFile(const QString &folder);

} // namespace journal

} // namespace rollcall
