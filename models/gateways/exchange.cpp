// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/exchange.h"

#include "models/gateways/way.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QSslCipher>
#include <algorithm>
#include <cstring>

namespace rollcall {

namespace {

constexpr qsizetype maxHeaderValue = 8192;
constexpr qint64 readAtOnce = 64 * 1024;

/// A body that can be read once. Qt silently sends a rewindable one again when the peer closes without answering; with
/// this it gives up with ContentReSendError after one delivery (measured facts M3, M4).
class OnceDevice final : public QIODevice {
public:
    OnceDevice(QByteArray bytes, QObject *parent)
        : QIODevice(parent)
        , m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] bool isSequential() const override { return true; }
    bool seek(qint64) override { return false; } ///< Qt tries to rewind before it gives up
    [[nodiscard]] qint64 bytesAvailable() const override { return m_bytes.size() - m_at + QIODevice::bytesAvailable(); }
    [[nodiscard]] bool atEnd() const override { return m_at == m_bytes.size(); }

protected:
    qint64 readData(char *to, qint64 most) override
    {
        const qint64 count = std::min<qint64>(most, m_bytes.size() - m_at);
        if (count == 0)
            return -1;
        std::memcpy(to, m_bytes.constData() + m_at, size_t(count));
        m_at += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_at = 0;
};

bool isSendable(const QByteArray &value)
{
    const auto visible = [](char c) { return c >= 0x20 && c < 0x7f; };
    return !value.isEmpty() && value.size() <= maxHeaderValue && value == value.trimmed()
        && std::all_of(value.begin(), value.end(), visible);
}

bool isHeaderName(const QByteArray &name)
{
    const auto fits
        = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; };
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), fits);
}

QNetworkRequest plainRequest(const QUrl &url, const Way &way)
{
    QNetworkRequest request(url);
    request.setSslConfiguration(way.tls);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy); // M1, M2
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false); // M12
    request.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // One vendor wants a content type even on GET, and a name with a three-part version (gateways.md 6.6).
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setRawHeader("User-Agent", "Rollcall/" ROLLCALL_VERSION);
    return request;
}

} // namespace

Exchange::Exchange(HttpRequest request, QUrl url, std::function<void(Result<HttpReply>)> done)
    : m_request(std::move(request))
    , m_url(std::move(url))
    , m_done(std::move(done))
{
}

Exchange::~Exchange()
{
    stop();
}

std::optional<Failure> Exchange::problem() const
{
    const auto bad = [this](const QString &why) { return Failure{Failure::Kind::BadInput, why, {}, 0, m_url.host()}; };
    if (m_request.verb.isEmpty())
        return Failure{Failure::Kind::Unsupported, QStringLiteral("this gateway cannot do that")};
    if (!m_request.path.startsWith('/') || !isSendable(m_request.path) || m_request.path.contains(' ')
        || !m_url.isValid())
        return bad(QStringLiteral("a path that cannot be sent"));
    for (const auto &[name, value] : m_request.secretHeaders)
        if (!isHeaderName(name) || !isSendable(value.reveal())) // M9
            return bad(QStringLiteral("a header value that is not visible ASCII"));
    return std::nullopt;
}

void Exchange::start(QNetworkAccessManager &manager, const Way &way)
{
    QNetworkRequest request = plainRequest(m_url, way);
    request.setDecompressedSafetyCheckThreshold(m_request.maxBytes);
    for (const auto &[name, value] : m_request.secretHeaders)
        request.setRawHeader(name, value.reveal());
    QIODevice *body = nullptr;
    if (!m_request.body.isEmpty() || m_request.write) {
        request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        request.setHeader(QNetworkRequest::ContentLengthHeader, m_request.body.size());
        body = new OnceDevice(m_request.body, nullptr);
    }
    m_reply = manager.sendCustomRequest(request, m_request.verb, body);
    if (body)
        body->setParent(m_reply);
    m_reply->setReadBufferSize(readAtOnce);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_sent = true; });
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (errors.isEmpty())
            return;
        m_tlsProblem = errors.front().errorString();
        m_tlsCode = int(errors.front().error());
    });
    connect(m_reply, &QNetworkReply::encrypted, this, [this] {
        const QSslCipher cipher = m_reply->sslConfiguration().sessionCipher();
        m_tls = cipher.protocolString() + u' ' + cipher.name();
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::onMetaData);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::onReadable);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::onFinished);
}

void Exchange::expire()
{
    if (!m_reply) {
        settle(Failure{m_request.write ? Failure::Kind::Offline : Failure::Kind::Timeout,
            QStringLiteral("the deadline passed before it could be sent"), {}, 0, m_url.host()});
        return;
    }
    // Whether a write left in the very moment cannot be told from here: the socket lives in a thread of Qt's.
    settle(lost(Failure::Kind::Timeout, QStringLiteral("no whole answer within %1 ms").arg(m_request.deadlineMs)));
}

void Exchange::fail(const Failure &failure)
{
    settle(failure);
}

void Exchange::stop()
{
    m_done = nullptr;
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

int Exchange::status() const
{
    return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

void Exchange::onMetaData()
{
    const int code = status();
    if (code < 300 || code > 399)
        return;
    const QByteArray location = m_reply->rawHeader("Location");
    const QUrl target = m_url.resolved(QUrl::fromEncoded(location, QUrl::StrictMode));
    QString where = location.isEmpty() ? QString() : target.host();
    if (!where.isEmpty() && target.port() > 0)
        where += u':' + QString::number(target.port());
    // Of the rest nothing is told: an address echoed there can hold the token (gateways.md 4.1).
    const bool web = target.scheme() == u"https" || target.scheme() == u"http";
    const QString scheme = web ? target.scheme() : QStringLiteral("another scheme");
    settle(Failure{Failure::Kind::Redirected, QStringLiteral("HTTP %1 to %2").arg(code).arg(scheme), {}, code, where});
}

void Exchange::onReadable()
{
    while (m_reply && m_reply->bytesAvailable() > 0) {
        const QByteArray part = m_reply->read(std::min(readAtOnce, m_request.maxBytes - m_body.size() + 1));
        if (part.isEmpty())
            return;
        m_body += part;
        if (m_body.size() > m_request.maxBytes)
            settle(lost(Failure::Kind::TooLarge, QStringLiteral("more than %1 bytes").arg(m_request.maxBytes)));
    }
}

Failure Exchange::lost(Failure::Kind readKind, const QString &detail) const
{
    const Failure::Kind kind = m_request.write ? Failure::Kind::OutcomeUnknown : readKind;
    return {kind, detail, {}, m_reply ? status() : 0, m_url.host()};
}

Failure Exchange::networkFailure() const
{
    const QNetworkReply::NetworkError error = m_reply->error();
    const QString detail = QStringLiteral("network error %1").arg(int(error));
    if (status() > 0) {
        if (error == QNetworkReply::UnknownContentError && m_reply->hasRawHeader("Content-Encoding"))
            return lost(Failure::Kind::TooLarge, QStringLiteral("the packed answer unpacks to too much or is damaged"));
        return lost(Failure::Kind::BadReply, QStringLiteral("the answer was cut, ") + detail);
    }
    if (m_sent)
        return lost(Failure::Kind::GatewayError, QStringLiteral("closed without an answer, ") + detail);
    switch (error) {
    case QNetworkReply::SslHandshakeFailedError:
        return {Failure::Kind::Tls, m_tlsProblem.isEmpty() ? detail : m_tlsProblem, {}, m_tlsCode, m_url.host()};
    case QNetworkReply::ContentReSendError:
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::UnknownContentError:
        return lost(Failure::Kind::GatewayError, QStringLiteral("closed without an answer, ") + detail);
    default:
        return {Failure::Kind::Offline, detail, {}, 0, m_url.host()};
    }
}

void Exchange::onFinished()
{
    onReadable();
    if (!m_reply)
        return;
    const int code = status();
    const QNetworkReply::NetworkError error = m_reply->error();
    // Qt turns statuses from 400 on into errors 201-299 and 401-499; what the status means is read by the dialect.
    const bool fromStatus = code >= 400 && error >= QNetworkReply::ContentAccessDenied;
    if (code < 200 || code > 599 || (error != QNetworkReply::NoError && !fromStatus)) {
        settle(error == QNetworkReply::NoError
                ? lost(Failure::Kind::BadReply, QStringLiteral("HTTP status %1").arg(code))
                : networkFailure());
        return;
    }
    // On an error status Qt tells of the status and may say nothing of the cut (M7): the length promised is ours to
    // hold.
    const QByteArray promised = m_reply->rawHeader("Content-Length");
    if (!promised.isEmpty() && !m_reply->hasRawHeader("Content-Encoding") && m_request.verb != "HEAD"
        && promised.trimmed().toLongLong() > m_body.size()) {
        settle(lost(Failure::Kind::BadReply, QStringLiteral("the answer was cut")));
        return;
    }
    HttpReply reply;
    reply.status = code;
    for (const auto &[name, value] : m_reply->rawHeaderPairs())
        reply.headers.emplace_back(name.toLower(), value);
    reply.body = std::exchange(m_body, {});
    settle(std::move(reply));
}

void Exchange::settle(Result<HttpReply> result)
{
    const auto done = std::exchange(m_done, nullptr);
    stop();
    if (done)
        done(std::move(result));
}

} // namespace rollcall
