// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <vector>

namespace rollcall {

/// Whom or what an entry is about, looked up at the moment of reading: the journal itself keeps numbers only, so that
/// erasing a person leaves no name in it.
struct JournalSubject {
    enum class Kind { None, Person, Account, Draft /* or template */ };
    enum class State {
        Here,
        Deleted, ///< an undo can bring them back
        Erased, ///< a later entry says so
        Gone, ///< not known any more
    };
    Kind kind = Kind::None;
    State state = State::Here;
    QString name = {}; ///< empty when there is none, and for Erased and Gone
    QString number = {}; ///< a person's main number: E.164 with +, else as typed
};

/// One line of the journal. `act` is a stable id ("person.add", "import", "check.run", "account.edit", "undo"…); the
/// words are made in ui/text. No personal data in here: what names people goes into `details`, which is stored apart,
/// salted and digested, so that erasing empties it without breaking the chain.
struct JournalEntry {
    qint64 seq = 0;
    qint64 atMs = 0;
    QString operatorName = {};
    QString act = {};
    qint64 subject = 0; ///< person, account or run id, 0 = none
    BatchId batch = {};
    RunId run = {};
    QString outcome = {}; ///< stable id or counts ("added=10 rejected=2")
    QString details = {}; ///< JSON text, may name people; empty = none or erased
    QByteArray digest = {}; ///< SHA-256 of salt and details, 32 bytes, empty when there never were details
    QByteArray hash = {}; ///< SHA-256(previous hash || canonical entry)
    JournalSubject about = {}; ///< filled by Journal::rows only; not in the chain
    QString account = {}; ///< same: name of the account that the outcome or the run names, empty = none
};

/// Which entries are shown or exported. Everything set must hold.
struct JournalFilter {
    /// In operator, act, outcome and details, whatever the case; and entries about a person or an account of that name
    /// or number, alone, in a batch or in a run.
    QString text = {};
    QStringList namedActs = {}; ///< acts whose words, as the window shows them, hold `text`: they match too
    QString act = {}; ///< a stable id
    QString operatorName = {};
    qint64 fromMs = 0; ///< UTC, first moment; 0 = from the beginning
    qint64 untilMs = 0; ///< UTC, first moment that is not in it; 0 = to the end
    PersonId person = {}; ///< about this person alone, of their batches, and of the runs they were in; 0 = whoever
    AccountId account = {}; ///< about this account, or of its runs; 0 = whichever
    RunId run = {};
    friend bool operator==(const JournalFilter &, const JournalFilter &) = default;
    [[nodiscard]] bool isEmpty() const { return *this == JournalFilter{}; }
};

/// A person whom an entry is about.
struct JournalPerson {
    PersonId id = {};
    JournalSubject about = {};
};

/// Whom an entry is about: its person, or those of its batch or run. Who was erased is among them where the batch or
/// run still counts them.
struct JournalPeople {
    qint64 total = 0;
    std::vector<JournalPerson> people = {}; ///< at most as many as were asked for, by id
};

/// What there is to choose from in a filter: every act and operator that has an entry, in alphabetical order.
struct JournalFacets {
    QStringList acts = {};
    QStringList operators = {};
};

} // namespace rollcall
