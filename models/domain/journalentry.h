// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace rollcall {

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
};

/// Which entries are shown or exported. Everything set must hold.
struct JournalFilter {
    QString text = {}; ///< in operator, act, outcome and details, whatever the case
    QString act = {}; ///< a stable id
    QString operatorName = {};
    qint64 fromMs = 0; ///< UTC, first moment; 0 = from the beginning
    qint64 untilMs = 0; ///< UTC, first moment that is not in it; 0 = to the end
    qint64 about = 0; ///< number of the person or account it is about, or of its run
    friend bool operator==(const JournalFilter &, const JournalFilter &) = default;
    [[nodiscard]] bool isEmpty() const { return *this == JournalFilter{}; }
};

/// What there is to choose from in a filter: every act and operator that has an entry, in alphabetical order.
struct JournalFacets {
    QStringList acts = {};
    QStringList operators = {};
};

} // namespace rollcall
