// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/dialects/dialect.h"

namespace rollcall {

/// sendapi.co (vendor page B; gateways.md section 2). The account's address ends in /v1; its sender is the session id,
/// opaque text that is compared as text. No block, about, LID or send of cards: no endpoint is documented for them.
class SendApiDialect final : public Dialect {
public:
    /// "+digits", at most 15 of them: the page asks for E.164.
    [[nodiscard]] bool canAsk(const QString &input) const override;
    /// One number a request; none or several give a request without verb, and BadInput from the reader.
    [[nodiscard]] HttpRequest checkRequest(
        const Credentials &credentials, std::span<const QString> inputs, const CheckOptions &options) const override;
    /// Only a boolean `is_whatsapp_user` is a verdict; any other answer is a failure, never "invalid".
    [[nodiscard]] Result<CheckReply> readCheck(const HttpReply &reply, std::span<const QString> inputs) const override;
    /// The sessions of the key; the account's own is looked for among them.
    [[nodiscard]] HttpRequest healthRequest(const Credentials &credentials) const override;
    /// Status "not-found": no such session. "not-on-first-page": not among those listed, and there are more.
    [[nodiscard]] Result<Health> readHealth(const HttpReply &reply, const Credentials &credentials) const override;
    [[nodiscard]] HttpRequest contactsRequest(const Credentials &credentials, const PageAsk &page) const override;
    /// The cursor is the page number as text.
    [[nodiscard]] Result<GatewayContactsPage> readContacts(const HttpReply &reply, const PageAsk &page) const override;
    /// X-RateLimit-Limit, -Remaining, -Reset: on every answer, also on failures.
    [[nodiscard]] std::optional<RateHint> rateHint(const HttpReply &reply) const override;
    /// `code` is sendapi's own (4011, 4029 …) where its type or code is known, else the HTTP status.
    [[nodiscard]] Failure readFailure(const HttpReply &reply) const override;
};

} // namespace rollcall
