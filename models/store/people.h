// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/progress.h"
#include "models/base/result.h"
#include "models/domain/filter.h"
#include "models/domain/operation.h"
#include "models/domain/person.h"

#include <functional>
#include <map>
#include <vector>

namespace rollcall {

class StoreThreads;

/// Ids of everybody in the filter, in view order: 8 bytes a person (design.md, id spine).
using Spine = std::vector<PersonId>;

/// One person's searchable text for the search buffer: what a filter text is looked up in.
struct SearchRow {
    PersonId id = {};
    QString text = {}; ///< name, typed number, +E.164, e-mail, organisation, tags; joined by U+001F
};

/// The three lights of one person with their provenance, at every account.
struct PersonLights {
    std::vector<StopEntry> stops = {}; ///< newest first
    std::vector<BlockEntry> blocks = {}; ///< lines of the ledger whose light is on or wanted, the newest wish first
    std::vector<MarketingNote> marketing = {}; ///< newest first; the first of an account is the one that counts there
};

/// How many people each choice of the filter over people would show, at one account.
struct StopCounts {
    qint64 everybody = 0;
    qint64 doNotContact = 0;
    qint64 noOptIn = 0;
    qint64 noNumber = 0;
    qint64 marketingStopped = 0;
    std::map<BlockView, qint64> blocks = {};
};

/// People and their aliases. GUI thread.
class People {
public:
    explicit People(StoreThreads &threads);

    /// Everybody in the filter except its text (the search buffer does that), in order. `account` and `time` decide
    /// verdict filters. 1,000,000 people: 90 ms by name.
    Call spine(
        const Filter &filter, const SortOrder &order, AccountId account, std::function<void(Result<Spine>)> then);
    /// The first `limit` people whose text contains `filter.text` (LIKE), for the time before the buffer is loaded.
    Call firstMatches(const Filter &filter, const SortOrder &order, AccountId account, int limit,
        std::function<void(Result<Spine>)> then);
    /// Rows for the ids given, in that order; ids that are gone are left out.
    Call rows(
        const std::vector<PersonId> &ids, AccountId account, std::function<void(Result<std::vector<PersonRow>>)> then);
    Call details(PersonId id, AccountId account, std::function<void(Result<PersonDetails>)> then);
    [[nodiscard]] Call count(const Filter &filter, AccountId account, std::function<void(Result<qint64>)> then);
    Call lights(PersonId id, std::function<void(Result<PersonLights>)> then);
    /// Looks at everybody once, in slices: 0.4 s a million, windows are read in between.
    Call stopCounts(AccountId account, std::function<void(Result<StopCounts>)> then);
    /// Streams everybody's search text in id order through `consume` on the reader thread; `then` on the caller's.
    /// `changedSince` 0 = all; else only rows whose change counter is larger. Answers the counter to ask with next
    /// time.
    Call searchRows(
        qint64 changedSince, std::function<void(const SearchRow &)> consume, std::function<void(Result<qint64>)> then);
    Call tags(std::function<void(Result<QStringList>)> then); ///< all in use, most used first
    Call countries(std::function<void(Result<QStringList>)> then);

    /// Each is one undoable batch with one journal entry, and answers after the commit.
    Call add(const PersonFields &fields, std::function<void(Result<PersonId>)> then);
    Call update(PersonId id, const PersonFields &fields, std::function<void(Done)> then);
    Call remove(const std::vector<PersonId> &ids, std::function<void(Result<qint64>)> then);

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
