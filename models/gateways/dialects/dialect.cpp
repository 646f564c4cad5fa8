// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/dialect.h"

#include "models/gateways/dialects/commbox.h"
#include "models/gateways/dialects/dialog360.h"
#include "models/gateways/dialects/onprem.h"
#include "models/gateways/dialects/sendapi.h"
#include "models/gateways/dialects/wawp.h"

namespace rollcall {

namespace {

Failure unsupported()
{
    return {Failure::Kind::Unsupported, QStringLiteral("this gateway cannot do that")};
}

/// Stands in for a kind that this version does not know.
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

bool Dialect::canAsk(const QString &) const
{
    return true;
}

Result<Health> Dialect::readHealth(const HttpReply &, const Credentials &) const
{
    return unsupported();
}

HttpRequest Dialect::contactsRequest(const Credentials &, const PageAsk &) const
{
    return {};
}

Result<GatewayContactsPage> Dialect::readContacts(const HttpReply &, const PageAsk &) const
{
    return unsupported();
}

HttpRequest Dialect::contactRequest(const Credentials &, const QString &) const
{
    return {};
}

Result<GatewayContact> Dialect::readContact(const HttpReply &) const
{
    return unsupported();
}

HttpRequest Dialect::aboutRequest(const Credentials &, const QString &) const
{
    return {};
}

Result<QString> Dialect::readAbout(const HttpReply &) const
{
    return unsupported();
}

HttpRequest Dialect::photoRequest(const Credentials &, const QString &) const
{
    return {};
}

Result<QUrl> Dialect::readPhoto(const HttpReply &) const
{
    return unsupported();
}

HttpRequest Dialect::lidOfRequest(const Credentials &, const QString &) const
{
    return {};
}

HttpRequest Dialect::numberOfRequest(const Credentials &, const QString &) const
{
    return {};
}

Result<LidPair> Dialect::readLid(const HttpReply &) const
{
    return unsupported();
}

HttpRequest Dialect::blockRequest(const Credentials &, std::span<const QString>) const
{
    return {};
}

HttpRequest Dialect::unblockRequest(const Credentials &, std::span<const QString>) const
{
    return {};
}

Result<BlockReply> Dialect::readBlock(const HttpReply &, std::span<const QString>, bool) const
{
    return unsupported();
}

HttpRequest Dialect::reportRequest(const Credentials &, const QString &, const QString &, bool) const
{
    return {};
}

Result<Nothing> Dialect::readReport(const HttpReply &) const
{
    return unsupported();
}

HttpRequest Dialect::blockedRequest(const Credentials &, const PageAsk &) const
{
    return {};
}

Result<BlockedPage> Dialect::readBlocked(const HttpReply &, const PageAsk &) const
{
    return unsupported();
}

HttpRequest Dialect::sendCardsRequest(
    const Credentials &, const QString &, std::span<const Card>, const QString &) const
{
    return {};
}

Result<SendReply> Dialect::readSend(const HttpReply &) const
{
    return unsupported();
}

std::optional<RateHint> Dialect::rateHint(const HttpReply &) const
{
    return std::nullopt;
}

QString Dialect::cannotTell(const QString &) const
{
    return {};
}

bool Dialect::isEngineWord(const HttpReply &) const
{
    return false;
}

const Dialect &dialectOf(GatewayKind kind)
{
    static const OnPremDialect onPrem;
    static const SendApiDialect sendApi;
    static const CommBoxDialect commBox;
    static const WawpDialect wawp;
    static const Dialog360Dialect dialog360(Dialog360Dialect::Flavour::Dialog360);
    static const Dialog360Dialect cloudApi(Dialog360Dialect::Flavour::CloudApi);
    static const NoDialect none;
    switch (kind) {
    case GatewayKind::OnPrem:
        return onPrem;
    case GatewayKind::SendApi:
        return sendApi;
    case GatewayKind::CommBox:
        return commBox;
    case GatewayKind::Wawp:
        return wawp;
    case GatewayKind::Dialog360:
        return dialog360;
    case GatewayKind::CloudApi:
        return cloudApi;
    }
    return none;
}

} // namespace rollcall
