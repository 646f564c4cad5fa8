// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"

#include <QString>

namespace rollcall {

// The three lights of a person, never mixed (product.md, words): do-not-contact is ours, the block is the gateway's,
// the marketing stop is WhatsApp's own.

/// The block light of one alias at one account: one word for a column, from the entry alone (lightOf()).
enum class BlockLight {
    None, ///< not blocked, nothing wanted
    Planned, ///< a run will block or unblock it
    Sending,
    Blocked, ///< the gateway said so; not read back (yet)
    BlockedConfirmed, ///< and its list names it
    BlockedNotThere, ///< blocked here, not on the server's list
    OnlyThere, ///< on the server's list, unknown to us (or unblocked by us, and still there)
    Armed,
    Unknown, ///< to be settled
    Refused, ///< wanted, not had
};

/// Which lines of the block ledger are looked at, on the Blocked page and as filters of Contacts. "Blocked" is
/// everything whose light is on or wanted.
enum class BlockView { All, Blocked, HereNotThere, OnlyThere, Armed, Unknown, Open, Refused };

/// WhatsApp's own preference, as it was told last. Only the person can change it, inside WhatsApp. Stored as these
/// numbers: never renumber.
enum class MarketingState {
    NotTold = 0, ///< no gateway and no operator told anything
    Stopped = 1,
    Resumed = 2,
};

/// Where a marketing stop was learned: stable ids in MarketingNote::source.
namespace MarketingSource {
inline constexpr char send[] = "send"; ///< a message was refused with marketingStoppedCode
inline constexpr char webhook[] = "webhook"; ///< user_preferences, category marketing_messages (gateways.md 5.5)
inline constexpr char byHand[] = "operator";
} // namespace MarketingSource

/// Cloud API and 360dialog answer it to a marketing message: "user has stopped marketing messages".
inline constexpr int marketingStoppedCode = 131050;

/// One thing that was learned about somebody's marketing preference. Append-only: the one with the latest `atMs`
/// counts.
struct MarketingNote {
    AccountId account = {}; ///< the preference is about one business
    AliasKey alias = {};
    MarketingState state = MarketingState::NotTold;
    qint64 atMs = 0; ///< since when, as it was told; UTC ms, 0 = now
    QString source = {}; ///< one of MarketingSource
    QString raw = {}; ///< the gateway's own words, or the operator's; foreign text
    QString by = {}; ///< operator of the session
    friend bool operator==(const MarketingNote &, const MarketingNote &) = default;
};

/// Why somebody is do-not-contact: one stopped alias.
struct StopEntry {
    QString alias = {}; ///< "+447700900000", "1@lid", …
    qint64 atMs = 0;
    QString reason = {}; ///< stable id or the operator's own words
    QString by = {};
};

} // namespace rollcall
