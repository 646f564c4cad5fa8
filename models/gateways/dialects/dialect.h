// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/card.h"
#include "models/gateways/dialects/wire.h"

#include <span>

namespace rollcall {

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

    /// May this text be asked as it is? Kinds that need an international number (sendapi, CommBox, Wawp) say no to one
    /// without '+': guessing a country would ask about somebody else. Such an input is answered Failed, "no-country",
    /// without a request.
    [[nodiscard]] virtual bool canAsk(const QString &input) const;

    [[nodiscard]] virtual HttpRequest healthRequest(const Credentials &credentials) const;
    /// The state of the account's own session where the kind has sessions (`credentials.sender`).
    [[nodiscard]] virtual Result<Health> readHealth(const HttpReply &reply, const Credentials &credentials) const;

    /// The gateway's own contact list, a page at a time. A reader gives `next` only when another page can exist, and
    /// never the cursor that was asked.
    [[nodiscard]] virtual HttpRequest contactsRequest(const Credentials &credentials, const PageAsk &page) const;
    [[nodiscard]] virtual Result<GatewayContactsPage> readContacts(const HttpReply &reply, const PageAsk &page) const;

    /// One contact by chat id or number ("+digits", digits, "1@c.us", "1@lid"). An answer is no check.
    [[nodiscard]] virtual HttpRequest contactRequest(const Credentials &credentials, const QString &who) const;
    [[nodiscard]] virtual Result<GatewayContact> readContact(const HttpReply &reply) const;
    /// Hidden or none is an empty text, not a failure.
    [[nodiscard]] virtual HttpRequest aboutRequest(const Credentials &credentials, const QString &who) const;
    [[nodiscard]] virtual Result<QString> readAbout(const HttpReply &reply) const;
    /// The link of a profile photo; hidden or none is an empty link (also a 404 that is not about the session).
    [[nodiscard]] virtual HttpRequest photoRequest(const Credentials &credentials, const QString &who) const;
    [[nodiscard]] virtual Result<QUrl> readPhoto(const HttpReply &reply) const;
    /// `lid` of a number and the number of a LID.
    [[nodiscard]] virtual HttpRequest lidOfRequest(const Credentials &credentials, const QString &number) const;
    [[nodiscard]] virtual HttpRequest numberOfRequest(const Credentials &credentials, const QString &lid) const;
    [[nodiscard]] virtual Result<LidPair> readLid(const HttpReply &reply) const;

    /// Writes (HttpRequest::write). At most Capabilities::blockBatch people; "+digits" or a wa_id each.
    [[nodiscard]] virtual HttpRequest blockRequest(
        const Credentials &credentials, std::span<const QString> people) const;
    [[nodiscard]] virtual HttpRequest unblockRequest(
        const Credentials &credentials, std::span<const QString> people) const;
    /// Reads both. A reply that names results per person is a result, whatever its status (gateways.md 5.2: mixed
    /// results come as 400 or 200); a failure means that nobody was blocked, or RateLimited: nothing was taken.
    [[nodiscard]] virtual Result<BlockReply> readBlock(
        const HttpReply &reply, std::span<const QString> people, bool unblock) const;
    [[nodiscard]] virtual HttpRequest reportRequest(
        const Credentials &credentials, const QString &who, const QString &reason, bool block) const;
    [[nodiscard]] virtual Result<Nothing> readReport(const HttpReply &reply) const;

    [[nodiscard]] virtual HttpRequest blockedRequest(const Credentials &credentials, const PageAsk &page) const;
    /// "The list changed while it was read" is Refused with code 139102: the reader starts anew.
    [[nodiscard]] virtual Result<BlockedPage> readBlocked(const HttpReply &reply, const PageAsk &page) const;

    /// A contacts message to `to` (wa_id digits, "+digits" or chat id). A write. `replyTo`: message id or empty.
    [[nodiscard]] virtual HttpRequest sendCardsRequest(
        const Credentials &credentials, const QString &to, std::span<const Card> cards, const QString &replyTo) const;
    [[nodiscard]] virtual Result<SendReply> readSend(const HttpReply &reply) const;

    /// What the headers of any reply say about the pace; nothing = they do not speak of it.
    [[nodiscard]] virtual std::optional<RateHint> rateHint(const HttpReply &reply) const;

    /// Why a node of this version cannot tell valid from invalid ("version>=2.43"); empty = it can, or not known.
    [[nodiscard]] virtual QString cannotTell(const QString &version) const;

    /// The failure that a non-success reply means (also a 200 that carries errors). Never OutcomeUnknown for reads. An
    /// engine that cannot do the call (Wawp: 422/501 "not implemented") is Unsupported with the status as code.
    [[nodiscard]] virtual Failure readFailure(const HttpReply &reply) const = 0;
    /// Does this reply say in the engine's own words that it cannot do the call? A bare 501 is not that: a proxy or a
    /// restart gives one as well, so it is believed only when it comes twice in a row.
    [[nodiscard]] virtual bool isEngineWord(const HttpReply &reply) const;
};

/// The dialect of a kind; lives as long as the program.
[[nodiscard]] const Dialect &dialectOf(GatewayKind kind);

} // namespace rollcall
