// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/journalentry.h"
#include "models/domain/operation.h"
#include "models/domain/person.h"
#include "models/domain/personfield.h"
#include "models/domain/run.h"

#include <functional>
#include <vector>

namespace rollcall {

class StoreThreads;

/// Everything the profile holds of one person (access to one's data, GDPR Art. 15).
struct DossierFacts {
    PersonDetails person = {}; ///< fields, aliases, consents, what gateways told; its history is cut at 100
    std::vector<Verdict> verdicts = {}; ///< all of them, newest first

    std::vector<StopEntry> stops = {};
    std::vector<MarketingNote> marketing = {}; ///< newest first

    struct Check {
        qint64 run = 0;
        AccountId account = {};
        qint64 askedMs = 0; ///< 0 = never asked
        RunItemState state = RunItemState::Planned;
        QString reason = {};
        QString by = {};
        QString asked = {}; ///< the text that was sent
    };
    std::vector<Check> checks = {}; ///< newest first

    struct Act { ///< a block, unblock, report or message
        qint64 run = 0;
        AccountId account = {};
        OperationKind kind = OperationKind::None;
        OperationState state = OperationState::Planned;
        qint64 sentMs = 0; ///< 0 = never left
        qint64 confirmedMs = 0; ///< 0 = not read back
        QString reason = {};
        QString note = {};
        QString by = {};
        QString title = {}; ///< of a message: formatted name of its first card
        int cards = 0; ///< of a message
        QString messageId = {}; ///< of a message the gateway took
        QString asked = {}; ///< the text that was sent
        QString waId = {}; ///< as the gateway answered
        QString said = {}; ///< the gateway's own words; foreign text
        QString source = {};
    };
    std::vector<Act> acts = {}; ///< newest first
    std::vector<JournalEntry> journal = {}; ///< newest first

    struct Ledger { ///< our block ledger: one line an account
        AccountId account = {};
        OperationKind wish = OperationKind::None;
        OperationState state = OperationState::Done;
        qint64 atMs = 0;
        qint64 lastSeenMs = 0; ///< on the server's list, 0 = never
        QString waId = {};
        QString reason = {};
        QString note = {};
        QString source = {};
        QString by = {};
        QString said = {};
    };
    std::vector<Ledger> ledger = {};
    struct Seen { ///< on a server's list, from one read until before another
        AccountId account = {};
        qint64 cameMs = 0;
        qint64 goneMs = 0; ///< 0 = still there
        QString waId = {};
        QString userId = {};
    };
    std::vector<Seen> seen = {};
    struct Earlier { ///< a value that undo still knows
        PersonField field = PersonField::Name;
        qint64 atMs = 0;
        QString before = {};
        QString after = {};
        QString by = {};
    };
    std::vector<Earlier> earlier = {};
    struct FileRow { ///< kept of an imported file: it names them
        QString file = {};
        qint64 line = 0;
        QString raw = {};
    };
    std::vector<FileRow> fileRows = {};
};

/// GUI thread.
class Dossiers {
public:
    explicit Dossiers(StoreThreads &threads);
    /// Failure: NotFound.
    Call read(PersonId person, AccountId account, std::function<void(Result<DossierFacts>)> then);
    /// One journal entry ("dossier") that it was written out; no personal data in it.
    Call note(PersonId person, std::function<void(Done)> then);

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
