// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/masked.h"
#include "models/base/result.h"
#include "models/domain/account.h"
#include "models/domain/verdict.h"

#include <QByteArray>
#include <QString>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace rollcall {

/// What an account needs to prove itself. Made by models/accounts from the keychain, kept in memory only.
struct Credentials {
    QString user = {};
    Secret password = {}; ///< on-premises login
    Secret token = {}; ///< API key, or the session token of the last login
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
    QString status = {}; ///< raw word(s): "connected", …
    QString version = {};
};

/// One vendor's language as pure functions: question to request, reply to answer. No I/O, no clock, no state; any
/// thread. What a kind cannot do gives a request without verb, and Unsupported from its reader.
class Dialect {
public:
    Dialect() = default;
    Dialect(const Dialect &) = delete;
    Dialect &operator=(const Dialect &) = delete;
    virtual ~Dialect();

    /// Has it a login that gives a session token? Then loginRequest/readLogin are used.
    [[nodiscard]] virtual bool hasLogin() const { return false; }
    [[nodiscard]] virtual HttpRequest loginRequest(const Credentials &credentials) const;
    [[nodiscard]] virtual Result<Session> readLogin(const HttpReply &reply) const;

    [[nodiscard]] virtual HttpRequest checkRequest(
        const Credentials &credentials, std::span<const QString> inputs, const CheckOptions &options) const;
    /// `inputs` as asked. A row that is missing comes back as NotChecked; a word that is not known as Failed with
    /// rawWord.
    [[nodiscard]] virtual Result<CheckReply> readCheck(const HttpReply &reply, std::span<const QString> inputs) const;

    [[nodiscard]] virtual HttpRequest healthRequest(const Credentials &credentials) const;
    [[nodiscard]] virtual Result<Health> readHealth(const HttpReply &reply) const;

    /// Why a node of this version cannot tell valid from invalid ("version>=2.43"); empty = it can, or not known.
    [[nodiscard]] virtual QString cannotTell(const QString &version) const;

    /// The failure that a non-success reply means (also a 200 that carries errors). Never OutcomeUnknown for reads.
    [[nodiscard]] virtual Failure readFailure(const HttpReply &reply) const = 0;
};

/// The dialect of a kind; lives as long as the program. Kinds that are not built yet answer Unsupported to everything.
[[nodiscard]] const Dialect &dialectOf(GatewayKind kind);

} // namespace rollcall
