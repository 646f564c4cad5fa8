// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/dialects/dialect.h"

namespace rollcall {

/// 360dialog (vendor page E; gateways.md section 5), and its parent, Meta's Cloud API: the same language behind another
/// address (https://graph.facebook.com/v{n}/{phone number id}) and a Bearer header instead of D360-API-KEY.
///
/// There is no call that tells whether a number is on WhatsApp, and a block is no check: 131047 means "did not write in
/// the last 24 hours" as well as "not on WhatsApp".
class Dialog360Dialect final : public Dialect {
public:
    enum class Flavour { Dialog360, CloudApi };
    explicit Dialog360Dialect(Flavour flavour)
        : m_flavour(flavour)
    {
    }
    /// Neither vendor's pages have a health call: one row of the block list is asked for, which proves address and key
    /// and writes nothing. Any answer of the list's own form is healthy, also "the list changed just now".
    [[nodiscard]] HttpRequest healthRequest(const Credentials &credentials) const override;
    [[nodiscard]] Result<Health> readHealth(const HttpReply &reply, const Credentials &credentials) const override;

    /// A person is a number as typed, a wa_id, a JID (its digits are sent) or a user id without a number ("US.134…",
    /// sent as user_id). The same text twice is sent once.
    [[nodiscard]] HttpRequest blockRequest(
        const Credentials &credentials, std::span<const QString> people) const override;
    [[nodiscard]] HttpRequest unblockRequest(
        const Credentials &credentials, std::span<const QString> people) const override;
    /// A row is matched on its `input`, then on the digits of it, then on its wa_id. Lists that contradict each other,
    /// and a row whose code means trouble at the gateway (139103), leave the person Unknown. A row that is throttled
    /// (130429, 360dialog's own words) is Deferred. A failed row that says no code of its own has the answer's.
    [[nodiscard]] Result<BlockReply> readBlock(
        const HttpReply &reply, std::span<const QString> people, bool unblock) const override;

    [[nodiscard]] HttpRequest blockedRequest(const Credentials &credentials, const PageAsk &page) const override;
    /// Rows may come twice: a full first page whose cursor leads back to it is only known for it when it was asked
    /// again. A row without any id makes the page BadReply: who reads back must not take it for "not blocked".
    [[nodiscard]] Result<BlockedPage> readBlocked(const HttpReply &reply, const PageAsk &page) const override;

    /// 1 to 257 cards, else no request.
    [[nodiscard]] HttpRequest sendCardsRequest(const Credentials &credentials, const QString &to,
        std::span<const Card> cards, const QString &replyTo) const override;
    [[nodiscard]] Result<SendReply> readSend(const HttpReply &reply) const override;

    /// x-business-use-case-usage tells when access comes back in a unit that is not known here (gateways.md 5.4): more
    /// than zero says only that nothing is left now.
    [[nodiscard]] std::optional<RateHint> rateHint(const HttpReply &reply) const override;
    [[nodiscard]] Failure readFailure(const HttpReply &reply) const override;

private:
    [[nodiscard]] HttpRequest request(const QByteArray &verb, const QByteArray &path, const Credentials &) const;
    [[nodiscard]] HttpRequest blockUsers(
        const QByteArray &verb, const Credentials &credentials, std::span<const QString> people) const;

    Flavour m_flavour;
};

} // namespace rollcall
