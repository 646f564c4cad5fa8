// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/person.h"

#include <functional>
#include <vector>

namespace rollcall {

class Stops;
class StoreThreads;

/// Consent: append-only events of people. Nothing is ever overwritten or undone; the newest event says the state. GUI
/// thread.
class Consents {
public:
    Consents(StoreThreads &threads, Stops &stops);
    /// One event for each of these people, in one transaction with one journal entry. `event.by` is the operator of the
    /// session; an atMs of 0 means now. An opt-out makes them do-not-contact as well, at once in memory and before the
    /// event (a stop that was given holds whatever becomes of the rest). An opt-in lifts no stop.
    /// Failures: BadInput (neither opt-in nor opt-out, or nobody), and those of writing.
    Call record(const std::vector<PersonId> &people, const ConsentEvent &event, std::function<void(Done)> then);
    /// Opt-outs of whoever goes by these aliases, each with a wording of their own (the quote). Aliases that belong to
    /// nobody here are stopped all the same. Answers how many people that were.
    struct Quote {
        AliasKey alias = {};
        QString wording = {};
        qint64 atMs = 0; ///< 0 = now
    };
    Call optOut(const std::vector<Quote> &quotes, const QString &source, std::function<void(Result<qint64>)> then);
    /// Those of these people who have no opt-in (none known, or opted out), in the same order.
    Call withoutOptIn(const std::vector<PersonId> &people, std::function<void(Result<std::vector<PersonId>>)> then);
    /// The operator goes on without opt-in: count and typed reason go into the journal ("consent.override").
    Call override(qint64 people, const QString &reason, std::function<void(Done)> then);

private:
    StoreThreads &m_threads;
    Stops &m_stops;
};

} // namespace rollcall
