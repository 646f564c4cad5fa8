// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/lights.h"
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
    /// event (a stop that was given holds whatever becomes of the rest). An opt-in lifts no stop by itself; with
    /// `liftStops` do-not-contact of these people is lifted in the same transaction, but of who is opted out after it
    /// (an opt-out that was said later counts). Failures: BadInput (neither opt-in nor opt-out, or nobody), and those
    /// of writing.
    Call record(const std::vector<PersonId> &people, const ConsentEvent &event, std::function<void(Done)> then,
        bool liftStops = false);
    /// Opt-outs of whoever goes by these aliases, each with a wording of their own (the quote). Aliases that belong to
    /// nobody here are stopped all the same. Answers how many people that were.
    struct Quote {
        AliasKey alias = {};
        QString wording = {};
        qint64 atMs = 0; ///< 0 = now
    };
    Call optOut(const std::vector<Quote> &quotes, const QString &source, std::function<void(Result<qint64>)> then);
    /// The operator goes on without opt-in: count and typed reason go into the journal ("consent.override").
    Call override(qint64 people, const QString &reason, std::function<void(Done)> then);

private:
    StoreThreads &m_threads;
    Stops &m_stops;
};

/// WhatsApp's own marketing preference of people, as it was learned: append-only, per account and alias. It is shown
/// and asked for before a marketing message; it never becomes do-not-contact. GUI thread.
class Marketing {
public:
    explicit Marketing(StoreThreads &threads);
    /// What a gateway told (or refused: marketingStoppedCode), of aliases that need not belong to anybody here. One
    /// transaction, one journal entry each for stopped and resumed; what is known already word for word is left out.
    /// Failures: BadInput (NotTold, or no account or alias), and those of writing.
    Call note(const std::vector<MarketingNote> &notes, std::function<void(Done)> then);
    /// What the operator knows of these people at the account, source "operator", under their main alias (who has none
    /// is left out). `words`: kept with it, may be empty. Answers for how many it is noted. NotFound: for nobody.
    Call noteByHand(
        const std::vector<PersonId> &people, const MarketingNote &note, std::function<void(Result<qint64>)> then);
    /// Those of these aliases that stopped marketing messages at the account, as far as it was told: asked before a
    /// message leaves. Further aliases of the same people count. In the order given.
    Call stopped(AccountId account, const std::vector<AliasKey> &aliases,
        std::function<void(Result<std::vector<AliasKey>>)> then);

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
