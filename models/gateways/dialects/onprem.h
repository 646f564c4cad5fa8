// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/dialects/dialect.h"

namespace rollcall {

/// The WhatsApp Business API on-premises node (vendor page A; gateways.md section 1). The account's address ends in
/// /v1.
class OnPremDialect final : public Dialect {
public:
    [[nodiscard]] bool hasLogin() const override { return true; }
    [[nodiscard]] HttpRequest loginRequest(const Credentials &credentials) const override;
    [[nodiscard]] Result<Session> readLogin(const HttpReply &reply) const override;
    [[nodiscard]] HttpRequest checkRequest(
        const Credentials &credentials, std::span<const QString> inputs, const CheckOptions &options) const override;
    [[nodiscard]] Result<CheckReply> readCheck(const HttpReply &reply, std::span<const QString> inputs) const override;
    [[nodiscard]] HttpRequest healthRequest(const Credentials &credentials) const override;
    [[nodiscard]] Result<Health> readHealth(const HttpReply &reply, const Credentials &credentials) const override;
    /// One person each; with any other number of them there is no request. No body.
    /// Digits alone are a wa_id and get a '+'.
    [[nodiscard]] HttpRequest blockRequest(
        const Credentials &credentials, std::span<const QString> people) const override;
    [[nodiscard]] HttpRequest unblockRequest(
        const Credentials &credentials, std::span<const QString> people) const override;
    /// The HTTP status of a refusal is not documented: 2048 (did not write in the last 24 hours) and 1009 (no WhatsApp
    /// id) are the person's under 200 as well as under 4xx.
    [[nodiscard]] Result<BlockReply> readBlock(
        const HttpReply &reply, std::span<const QString> people, bool unblock) const override;
    /// Body: reason (cut to 59 characters, left out when empty), block.
    [[nodiscard]] HttpRequest reportRequest(
        const Credentials &credentials, const QString &who, const QString &reason, bool block) const override;
    [[nodiscard]] Result<Nothing> readReport(const HttpReply &reply) const override;
    /// 1 to 257 cards; a reply (`replyTo`) cannot be written: no request.
    [[nodiscard]] HttpRequest sendCardsRequest(const Credentials &credentials, const QString &to,
        std::span<const Card> cards, const QString &replyTo) const override;
    [[nodiscard]] Result<SendReply> readSend(const HttpReply &reply) const override;
    [[nodiscard]] QString cannotTell(const QString &version) const override;
    [[nodiscard]] Failure readFailure(const HttpReply &reply) const override;
};

} // namespace rollcall
