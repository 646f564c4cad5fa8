// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/dialects/dialect.h"

namespace rollcall {

/// CommBox (vendor page C; gateways.md section 3). The account's address is the host alone; its sender is the stream
/// id, as the console shows it (already percent-encoded) or decoded. It checks one number a call and can do nothing
/// else: no health call is documented either.
class CommBoxDialect final : public Dialect {
public:
    /// "+digits", at most 20 of them; the '+' is not sent.
    [[nodiscard]] bool canAsk(const QString &input) const override;
    /// One number a request; none or several give a request without verb, and BadInput from the reader.
    [[nodiscard]] HttpRequest checkRequest(
        const Credentials &credentials, std::span<const QString> inputs, const CheckOptions &options) const override;
    /// Only a boolean `data.valid` under a 2xx is a verdict; the body's `status` decides nothing.
    [[nodiscard]] Result<CheckReply> readCheck(const HttpReply &reply, std::span<const QString> inputs) const override;
    /// By the HTTP status: an older revision answers its errors without a body. `code` is that status.
    [[nodiscard]] Failure readFailure(const HttpReply &reply) const override;
};

} // namespace rollcall
