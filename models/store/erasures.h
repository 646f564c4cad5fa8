// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/ids.h"
#include "models/domain/journalentry.h"
#include "models/domain/operation.h"
#include "models/domain/person.h"
#include "models/domain/personfield.h"
#include "models/domain/run.h"

#include <QStringList>
#include <functional>
#include <vector>

namespace rollcall {

class StoreThreads;

/// What became of "erase but keep suppressed".
struct EraseReport {
    bool erased = false;
    qint64 openRemote = 0; ///< requests planned, under way or unclear: nothing was erased because of them
    qint64 openImports = 0; ///< rows of a file wait to be imported: nothing was erased because of them
    qint64 journalDetails = 0; ///< entries whose details were emptied
    qint64 otherRows = 0; ///< kept file rows, old values, verdicts, answers of gateways and the like
    qint64 sharing = 0; ///< other people under the same number: they stay, and are do-not-contact now too
    QStringList backups = {}; ///< names of the copies in which it was erased as well
    QStringList failed = {}; ///< names of the copies in which it could not be erased
    /// Names of files in which one of the texts (name, number in its spellings, e-mail, note) is still found: because
    /// somebody else has the same, or because the file could not be changed.
    QStringList leftIn = {};
};

/// Retention: what may go when it is older than this. Months are 30 days; 0 = keep all of it.
struct RetentionRules {
    int undoDays = 30; ///< undo data and rejected rows, 1 to 30
    int verdictMonths = 0; ///< earlier verdicts; never the newest of a number that somebody here has
    int runMonths = 0; ///< who was asked in check runs that ended; the runs and their counts stay
    int toldMonths = 0; ///< what gateways told of people
    int messageMonths = 0; ///< what sent messages said (cards, title, reply); that they were sent, and to whom, stays
    /// People we never had to do with: no consent event, no message of theirs, no stop, no block, no open request, not
    /// changed and not checked since. They are deleted as by hand: undo brings them back for 30 days.
    int leadMonths = 0;
    int journalMonths = 0; ///< details of journal entries; the entries stay, and the chain says *erased*
    friend bool operator==(const RetentionRules &, const RetentionRules &) = default;
};
struct RetentionCounts {
    qint64 batches = 0; ///< that could still be undone
    qint64 rejectedRows = 0;
    qint64 verdicts = 0;
    qint64 runItems = 0;
    qint64 told = 0;
    qint64 messages = 0;
    qint64 people = 0;
    qint64 details = 0;
    [[nodiscard]] bool any() const
    {
        return batches + rejectedRows + verdicts + runItems + told + messages + people + details > 0;
    }
    friend bool operator==(const RetentionCounts &, const RetentionCounts &) = default;
};

/// Taking personal data out of the profile for good. GUI thread.
class Erasures {
public:
    explicit Erasures(StoreThreads &threads);
    /// Erase but keep suppressed: name, number in every spelling, note, e-mail and whatever repeats them go from the
    /// database, its log and free pages, from backups and from the program's log. What stays: the bare do-not-contact
    /// alias (design.md: the minimal suppression entry), so that a later import is suppressed, and a journal entry that
    /// names the entries it emptied. Cannot be undone. Copies first, the database last: after a crash it is simply done
    /// again. Nothing is erased while remote requests of the person are open (EraseReport::openRemote) or while an
    /// import is being prepared (EraseReport::openImports): its rows may hold them. Failures: NotFound, and those of
    /// writing.
    Call erase(PersonId person, std::function<void(Result<EraseReport>)> then);

    /// What apply() would remove now; changes nothing.
    Call preview(const RetentionRules &rules, std::function<void(Result<RetentionCounts>)> then);
    /// Removes it in one transaction, with one journal entry ("retention"), and with it what it left in free pages.
    /// `byRule`: not at the operator's command but by the rule they switched on; the entry says so, and there is none
    /// when nothing was due.
    Call apply(const RetentionRules &rules, bool byRule, std::function<void(Result<RetentionCounts>)> then);

private:
    StoreThreads &m_threads;
};

/// Everything the profile holds of one person (access to one's data, GDPR Art. 15).
struct DossierFacts {
    PersonDetails person = {}; ///< fields, aliases, consents, what gateways told; its history is cut at 100
    std::vector<Verdict> verdicts = {}; ///< all of them, newest first

    std::vector<StopEntry> stops = {};
    struct Lifted { ///< a stop that a command lifted, kept for its undo
        StopEntry stop = {};
        qint64 liftedMs = 0;
    };
    std::vector<Lifted> lifted = {}; ///< newest first
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
