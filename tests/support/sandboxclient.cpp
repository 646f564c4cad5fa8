// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sandboxclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpSocket>

namespace rollcall::tests {

QByteArray WireAnswer::header(const QByteArray &lowerName) const
{
    for (const auto &[name, value] : headers) {
        if (name == lowerName)
            return value;
    }
    return {};
}

QJsonObject WireAnswer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

SandboxClient::SandboxClient(quint16 port)
    : m_port(port)
{
}

WireAnswer SandboxClient::send(const QByteArray &request) const
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
    WireAnswer answer;
    if (!socket.waitForConnected(5000))
        return answer;
    socket.write(request);
    QByteArray bytes;
    while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(15'000))
        bytes += socket.readAll();
    bytes += socket.readAll();

    const auto end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return answer;
    const QList<QByteArray> lines = bytes.left(end).split('\n');
    answer.status = lines.first().split(' ').value(1).toInt();
    for (const QByteArray &line : lines.mid(1)) {
        const auto colon = line.indexOf(':');
        answer.headers.append({line.left(colon).toLower(), line.mid(colon + 1).trimmed()});
    }
    answer.body = bytes.mid(end + 4);
    answer.cut = answer.body.size() < answer.header("content-length").toLongLong();
    return answer;
}

WireAnswer SandboxClient::get(const QByteArray &path, const QByteArray &moreHeaders) const
{
    return send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + moreHeaders + "\r\n");
}

WireAnswer SandboxClient::post(const QByteArray &path, const QByteArray &body, const QByteArray &moreHeaders) const
{
    return sendBody("POST", path, body, moreHeaders);
}

WireAnswer SandboxClient::sendBody(
    const QByteArray &method, const QByteArray &path, const QByteArray &body, const QByteArray &moreHeaders) const
{
    return send(method + " " + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n" + moreHeaders + "\r\n" + body);
}

WireAnswer SandboxClient::remove(const QByteArray &path) const
{
    return send("DELETE " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}

WireAnswer SandboxClient::login(const QByteArray &user, const QByteArray &password, const QByteArray &body) const
{
    const QByteArray pair = user + ":" + password;
    return post("/v1/users/login", body, "Authorization: Basic " + pair.toBase64() + "\r\n");
}

bool SandboxClient::logIn(const QByteArray &user, const QByteArray &password)
{
    const QJsonArray users = login(user, password).json().value(QLatin1String("users")).toArray();
    m_token = users.first().toObject().value(QLatin1String("token")).toString().toUtf8();
    return !m_token.isEmpty();
}

WireAnswer SandboxClient::check(const QByteArray &body) const
{
    return post("/v1/contacts", body, bearer());
}

QByteArray SandboxClient::bearer() const
{
    return "Authorization: Bearer " + m_token + "\r\n";
}

} // namespace rollcall::tests
