// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/ids.h"

#include <QStringList>
#include <functional>

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
    qint64 people = 0;
    qint64 details = 0;
    [[nodiscard]] bool any() const
    {
        return batches + rejectedRows + verdicts + runItems + told + people + details > 0;
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

} // namespace rollcall
