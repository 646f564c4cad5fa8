// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/way.h"

#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QSslCertificate>
#include <QSslCipher>

namespace rollcall {

namespace {

bool isLiteralLoopback(const QUrl &address)
{
    QHostAddress host;
    return host.setAddress(address.host()) && host.isLoopback();
}

/// Qt's own list still holds AES256-SHA and PSK suites (measured fact M13).
QList<QSslCipher> forwardSecretAead()
{
    QList<QSslCipher> chosen;
    for (const QSslCipher &cipher : QSslConfiguration::supportedCiphers()) {
        const QString name = cipher.name();
        const bool aead = name.contains(QLatin1String("GCM")) || name.contains(QLatin1String("CHACHA20"));
        if (aead && (name.startsWith(QLatin1String("ECDHE-")) || name.startsWith(QLatin1String("TLS_"))))
            chosen += cipher;
    }
    return chosen;
}

Failure refused(const QString &why, const QString &subject)
{
    return {Failure::Kind::Tls, why, {}, 0, subject};
}

} // namespace

std::optional<Failure> addressProblem(const QUrl &address)
{
    if (!address.isValid() || address.host().isEmpty())
        return Failure{Failure::Kind::BadInput, QStringLiteral("not an address"), {}, 0, address.host()};
    if (!address.userInfo().isEmpty() || address.hasQuery() || address.hasFragment())
        return Failure{
            Failure::Kind::BadInput, QStringLiteral("address with login, query or fragment"), {}, 0, address.host()};
    if (address.scheme() != u"https" && !(address.scheme() == u"http" && isLiteralLoopback(address)))
        return refused(QStringLiteral("https only"), address.host());
    return std::nullopt;
}

QString Way::proxyText() const
{
    if (proxy.type() == QNetworkProxy::NoProxy || proxy.type() == QNetworkProxy::DefaultProxy)
        return {};
    return proxy.hostName() + u':' + QString::number(proxy.port());
}

Way findWay(const QUrl &address, const QString &caFile)
{
    Way way;
    way.refusal = addressProblem(address);
    if (way.refusal)
        return way;
    way.tls = QSslConfiguration::defaultConfiguration();
    way.tls.setProtocol(QSsl::TlsV1_2OrLater);
    way.tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    way.tls.setCiphers(forwardSecretAead());
    if (!caFile.isEmpty()) {
        const QList<QSslCertificate> roots
            = QSslCertificate::fromPath(caFile, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
        if (roots.isEmpty()) {
            way.refusal = refused(QStringLiteral("no certificate in the CA file"), caFile);
            return way;
        }
        way.tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + roots);
    }
    // Loopback never goes through a proxy: the token would leave this machine in the clear (measured fact M11).
    if (!isLiteralLoopback(address)) {
        const QList<QNetworkProxy> proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(address));
        if (!proxies.isEmpty() && proxies.front().type() != QNetworkProxy::DefaultProxy)
            way.proxy = proxies.front();
    }
    return way;
}

} // namespace rollcall
