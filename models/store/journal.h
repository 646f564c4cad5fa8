// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/journalentry.h"

#include <functional>
#include <vector>

namespace rollcall {

class StoreThreads;

struct ChainReport {
    qint64 entries = 0;
    bool sound = false;
    qint64 firstBroken = 0; ///< seq of the first entry that does not fit, 0 = none
    QString finding = {}; ///< stable id: "", "hash", "gap", "digest", "tail", "head-missing"
};

/// Append-only; entries are written by the parts, in the transaction of what they tell.
class Journal {
public:
    explicit Journal(StoreThreads &threads);
    Call chosen(const JournalFilter &filter, std::function<void(Result<std::vector<qint64>>)> then); ///< newest first
    Call list(const QString &text, std::function<void(Result<std::vector<qint64>>)> then) ///< seqs, newest first
    {
        return chosen(JournalFilter{.text = text}, std::move(then));
    }
    Call facets(std::function<void(Result<JournalFacets>)> then);
    /// An entry with whom it is about, as they are called at the moment of reading: at most `mostNamed` of them.
    struct Told {
        JournalEntry entry = {};
        JournalPeople people = {};
    };
    static constexpr int mostNamed = 100;
    /// Every entry of the filter, oldest first, through `consume` on the reader thread, in slices between which windows
    /// are read. `consume` gets the entries of a slice and how many there are in all; its Failure ends the reading.
    /// `then` on the caller's thread: how many entries there were. Dropping the Call stops it.
    using Consume = std::function<Done(const std::vector<Told> &entries, qint64 total)>;
    Call each(const JournalFilter &filter, Consume consume, std::function<void(Result<qint64>)> then);
    /// In the order of `seqs`, those that exist, with `about` and `account` as they are called now.
    Call rows(const std::vector<qint64> &seqs, std::function<void(Result<std::vector<JournalEntry>>)> then);
    /// Whom the entry is about, at most `most` of them with their names as they are now.
    Call people(qint64 seq, int most, std::function<void(Result<JournalPeople>)> then);
    /// Everybody whom one of these entries is about and who is here, each once.
    Call whom(const std::vector<qint64> &seqs, std::function<void(Result<std::vector<PersonId>>)> then);
    Call verify(std::function<void(Result<ChainReport>)> then);
    /// For acts that change nothing else in the store ("connection.test", "backup", "export", "start").
    Call note(const JournalEntry &entry, std::function<void(Done)> then);

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
