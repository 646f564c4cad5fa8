// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/masked.h"
#include "models/base/result.h"
#include "models/domain/verdict.h"

#include <QByteArray>
#include <QString>
#include <QUrl>
#include <optional>
#include <utility>
#include <vector>

namespace rollcall {

/// What an account needs to prove itself. Made by models/accounts from the keychain, kept in memory only.
struct Credentials {
    QString user = {};
    Secret password = {}; ///< on-premises login
    Secret token = {}; ///< API key, or the session token of the last login
    QString sender = {}; ///< Account::sender: session, stream or instance id. Set by the gateway, not a secret
};

/// A request as plain values: what a dialect writes and the transport sends. Bytes are sent exactly as given.
struct HttpRequest {
    QByteArray verb = {}; ///< "GET", "POST", "DELETE", "PUT"
    QByteArray path = {}; ///< below the account's address, already percent-encoded, starts with '/'; may hold "?query"
    QByteArray shownPath = {}; ///< the path without credentials, for logs; empty = path
    std::vector<std::pair<QByteArray, Secret>> secretHeaders = {}; ///< Authorization, D360-API-KEY …
    QByteArray body = {}; ///< empty = none
    bool write = false; ///< a block, unblock, report or send: never sent twice, outcome may be unknown
    qint64 deadlineMs = 30'000; ///< total, from hand-over to the last byte
    qint64 maxBytes = 8 * 1024 * 1024; ///< cap of the answer's body
};

struct HttpReply {
    int status = 0;
    std::vector<std::pair<QByteArray, QByteArray>> headers = {}; ///< names in lower case
    QByteArray body = {};
    [[nodiscard]] QByteArray header(QByteArrayView lowerName) const; ///< first one, empty when absent
};

struct CheckOptions {
    bool forceCheck = false;
    bool wait = false;
    /// May the gateway repeat the request by itself? The runner says no: it books each attempt and asks Stops before it
    /// (product.md, rule 4). The one renewal of a login after a 401 is always made: the node took nothing.
    bool repeat = true;
};

/// NumberAnswer::reason of an input that was not asked, since the kind needs the country in front.
inline constexpr char noCountry[] = "no-country";

/// The gateway's word on one input.
struct NumberAnswer {
    QString input = {}; ///< exactly the text asked
    VerdictWord word = VerdictWord::NotChecked; ///< NotChecked: the row did not come back
    QString rawWord = {};
    QString waId = {};
    QString reason = {}; ///< "version>=2.43", "unknown-word", …
    int code = 0;
};

struct CheckReply {
    std::vector<NumberAnswer> numbers = {}; ///< one per input asked, in the order asked
    QString version = {}; ///< the node's version when it told one ("v2.45.1")
};

struct Session {
    Secret token = {};
    qint64 expiresAtMs = 0; ///< UTC ms by the gateway's own clock; 0 = not told, usable until it is refused
    bool mustChangePassword = false; ///< the node wants a new password first; token is empty
    QString version = {}; ///< the node's version when it told one
};

struct Health {
    bool healthy = false;
    QString status = {}; ///< raw word(s): "connected", "SCAN_QR_CODE", …
    QString version = {};
};

/// Where to go on reading a list. Opaque to everybody but the dialect; an empty cursor is the first page.
struct PageAsk {
    QString cursor = {};
    int limit = 100; ///< rows wanted, at most Capabilities::pageSize
};

/// One row of the gateway's own contact list. Every field may be missing (gateways.md 2.1, 4.2).
struct GatewayContact {
    QString chatId = {}; ///< JID or LID as told: "447700900000@c.us", "1@lid"; empty = none told
    QString number = {}; ///< digits or +digits as told; never made from a LID
    QString name = {}; ///< as saved on the phone
    QString profileName = {}; ///< self-chosen and unverified: never overwrites ours
    QString about = {};
    QUrl photo = {}; ///< a link of WhatsApp's that expires
    bool saved = false; ///< in the phone's address book; else it is only known from an interaction
    std::optional<bool> onWhatsApp = {};
    std::optional<bool> blocked = {};
    bool me = false; ///< the account itself
    bool other = false; ///< a group, newsletter or broadcast: no person
};

struct GatewayContactsPage {
    std::vector<GatewayContact> contacts = {};
    QString next = {}; ///< cursor of the next page, empty = this was the last
    qint64 total = -1; ///< as told, -1 = not told
};

/// A LID and the number behind it; each may be empty when the gateway does not know it.
struct LidPair {
    QString lid = {}; ///< "123@lid"
    QString number = {}; ///< digits
};

/// What the gateway said about one person of a block or unblock request.
struct BlockAnswer {
    enum class Outcome {
        Done,
        Refused, ///< code says why (131047, 2048, 139101, 131021 …)
        Unknown, ///< the answer does not speak of this person: to be read back
        Deferred, ///< nothing was taken for this person (130429, 360dialog's throttle): to be asked again after a pause
    };
    QString input = {}; ///< exactly the text asked
    QString waId = {}; ///< as answered, may differ from the number asked (gateways.md 6.2)
    Outcome outcome = Outcome::Unknown;
    int code = 0;
    QString detail = {}; ///< the gateway's own words; names no person
};

struct BlockReply {
    std::vector<BlockAnswer> people = {}; ///< one per input asked, in the order asked
    std::optional<std::chrono::seconds> retryAfter = {}; ///< pause before the deferred are asked again; of the Gateway
};

struct BlockedRow {
    QString waId = {}; ///< digits, empty when only an id without a number is known
    QString userId = {}; ///< BSUID
    QString input = {};
};

struct BlockedPage {
    std::vector<BlockedRow> rows = {};
    QString next = {}; ///< cursor of the next page, empty = this was the last
};

struct SendReply {
    QString messageId = {};
    QString waId = {}; ///< the recipient's id as the gateway knows it, empty = not told
    QString status = {}; ///< "accepted", "held_for_quality_assessment", …; empty = not told
};

/// What an answer's headers say about the pace (sendapi: X-RateLimit-*).
struct RateHint {
    int perMinute = 0; ///< requests allowed per minute, 0 = not told
    int remaining = -1; ///< requests left in the present window, -1 = not told
    qint64 resetAtMs = 0; ///< UTC ms by the gateway's clock, when there is room again; 0 = not told
};

} // namespace rollcall
