// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/journalentry.h"

#include <QCoreApplication>
#include <QString>

namespace rollcall {

/// The words of a journal entry: what was done, to whom, and how it ended. All text from outside comes as one line,
/// marks of direction shown.
class OutcomeWords final {
    Q_DECLARE_TR_FUNCTIONS(OutcomeWords)
public:
    OutcomeWords() = delete;

    /// What was done; an opt-in and an opt-out, which are one act to the journal, are told apart.
    [[nodiscard]] static QString title(const JournalEntry &entry);
    /// How it ended: "added=10 rejected=2" → "10 added, 2 rejected"; counts of nothing are left out. An account that
    /// stands in it as a number is named. A word that is not known is shown as it is.
    [[nodiscard]] static QString text(const JournalEntry &entry);
    /// "Anna Neu, +49 …", "Erased person", "5 people", "Berlin desk"; empty where an entry is about nothing of these.
    [[nodiscard]] static QString subject(const JournalEntry &entry);
    /// The same for one looked up by itself; `id` tells those apart who have no name any more.
    [[nodiscard]] static QString subject(const JournalSubject &about, qint64 id);
};

} // namespace rollcall
