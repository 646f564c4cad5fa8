// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/dialect.h"

#include "models/gateways/dialects/onprem.h"

namespace rollcall {

namespace {

Failure unsupported()
{
    return {Failure::Kind::Unsupported, QStringLiteral("this gateway cannot do that")};
}

/// Stands in for the kinds whose language is not built.
class NoDialect final : public Dialect {
public:
    [[nodiscard]] Failure readFailure(const HttpReply &) const override { return unsupported(); }
};

} // namespace

QByteArray HttpReply::header(QByteArrayView lowerName) const
{
    for (const auto &[name, value] : headers)
        if (name == lowerName)
            return value;
    return {};
}

Dialect::~Dialect() = default;

HttpRequest Dialect::loginRequest(const Credentials &) const
{
    return {};
}

Result<Session> Dialect::readLogin(const HttpReply &) const
{
    return unsupported();
}

HttpRequest Dialect::checkRequest(const Credentials &, std::span<const QString>, const CheckOptions &) const
{
    return {};
}

Result<CheckReply> Dialect::readCheck(const HttpReply &, std::span<const QString>) const
{
    return unsupported();
}

HttpRequest Dialect::healthRequest(const Credentials &) const
{
    return {};
}

Result<Health> Dialect::readHealth(const HttpReply &) const
{
    return unsupported();
}

QString Dialect::cannotTell(const QString &) const
{
    return {};
}

const Dialect &dialectOf(GatewayKind kind)
{
    static const OnPremDialect onPrem;
    static const NoDialect none;
    if (kind == GatewayKind::OnPrem)
        return onPrem;
    return none;
}

} // namespace rollcall
