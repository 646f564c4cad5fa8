// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/dialects/dialect.h"

namespace rollcall {

/// Wawp, a hosted WAHA (vendor page D; gateways.md section 4). The account's address is the host alone; its sender is
/// the instance id.
///
/// The credentials lie in the query of a GET, so every request has a shownPath: the route with the names of its
/// parameters, without a value of any. For the same reason a Failure quotes only words that are known beforehand or a
/// `code` in lower case: the gateway may echo the whole address in its message.
///
/// A page of contacts is the last one when it holds fewer rows than asked, and also when it holds more: then the
/// gateway does not page and this was the whole list. Details of a contact are no check: onWhatsApp is never set.
class WawpDialect final : public Dialect {
public:
    [[nodiscard]] HttpRequest checkRequest(
        const Credentials &credentials, std::span<const QString> inputs, const CheckOptions &options) const override;
    [[nodiscard]] Result<CheckReply> readCheck(const HttpReply &reply, std::span<const QString> inputs) const override;
    [[nodiscard]] bool canAsk(const QString &input) const override;
    [[nodiscard]] HttpRequest healthRequest(const Credentials &credentials) const override;
    [[nodiscard]] Result<Health> readHealth(const HttpReply &reply, const Credentials &credentials) const override;
    [[nodiscard]] HttpRequest contactsRequest(const Credentials &credentials, const PageAsk &page) const override;
    [[nodiscard]] Result<GatewayContactsPage> readContacts(const HttpReply &reply, const PageAsk &page) const override;
    [[nodiscard]] HttpRequest contactRequest(const Credentials &credentials, const QString &who) const override;
    [[nodiscard]] Result<GatewayContact> readContact(const HttpReply &reply) const override;
    [[nodiscard]] HttpRequest aboutRequest(const Credentials &credentials, const QString &who) const override;
    [[nodiscard]] Result<QString> readAbout(const HttpReply &reply) const override;
    [[nodiscard]] HttpRequest photoRequest(const Credentials &credentials, const QString &who) const override;
    [[nodiscard]] Result<QUrl> readPhoto(const HttpReply &reply) const override;
    [[nodiscard]] HttpRequest lidOfRequest(const Credentials &credentials, const QString &number) const override;
    [[nodiscard]] HttpRequest numberOfRequest(const Credentials &credentials, const QString &lid) const override;
    [[nodiscard]] Result<LidPair> readLid(const HttpReply &reply) const override;
    [[nodiscard]] HttpRequest blockRequest(
        const Credentials &credentials, std::span<const QString> people) const override;
    [[nodiscard]] HttpRequest unblockRequest(
        const Credentials &credentials, std::span<const QString> people) const override;
    [[nodiscard]] Result<BlockReply> readBlock(
        const HttpReply &reply, std::span<const QString> people, bool unblock) const override;
    [[nodiscard]] HttpRequest sendCardsRequest(const Credentials &credentials, const QString &to,
        std::span<const Card> cards, const QString &replyTo) const override;
    [[nodiscard]] Result<SendReply> readSend(const HttpReply &reply) const override;
    [[nodiscard]] Failure readFailure(const HttpReply &reply) const override;
    [[nodiscard]] bool isEngineWord(const HttpReply &reply) const override;
};

} // namespace rollcall
