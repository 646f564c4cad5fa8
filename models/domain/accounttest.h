// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>
#include <vector>

namespace rollcall {

/// One tick of the connection test: stable id of the step, whether it held, and why not.
struct TestStep {
    /// Stored as these numbers: never renumber.
    enum class State {
        Ok,
        Warning,
        Failed,
        Skipped, ///< not known
        Cannot, ///< the kind has no such thing, or its engine refused it: nothing is wrong
    };
    /// "address", "tls", "login", "health", "can-check", "can-tell", "can-block", "can-list", "limits", "clock": always
    /// all, in this order
    QString id = {};
    State state = State::Skipped;
    /// Failed: the Failure. Else raw:
    ///   address    host; told with the first answer, not before. Skipped: "first-check" (nothing but a check would
    ///              show it), "nothing-sent" (the keychain gave no key)
    ///   tls        "TLSv1.3 …[ via proxy host:port]", empty on loopback
    ///   login      user; empty = a key. Skipped with "first-check": nothing but a check would prove the key
    ///   health     the gateway's word. Skipped with "none" (the kind has no such call) or "answered" (it answers,
    ///              and tells no state)
    ///   can-check, can-block   numbers or people in one request. Cannot: HTTP status of the refusal, empty = the kind
    ///   can-tell   version, or "probe <UTC ms>" where the truth probe decided
    ///   can-list   of "contacts", "blocked" (the whole list), "tell" (one contact's block), separated by blanks
    ///   limits     of "per-minute=60", "told" (by the gateway, else assumed), "left=0" (in the present window),
    ///              "checks=50", "blocks=1000" (in one request), "blocked-most=64000", separated by blanks
    ///   clock      the gateway's time minus ours in seconds
    Result<QString> outcome = QString();
};

/// A whole connection test that ended.
struct AccountTest {
    qint64 atMs = 0; ///< its end, wall time UTC; 0 = never tested
    std::vector<TestStep> steps = {}; ///< in the order of the checklist; the detail of a failure is not kept
};

} // namespace rollcall
