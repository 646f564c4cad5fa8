// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QPair>
#include <QString>

namespace rollcall::tests {

/// An answer as it came over the socket.
struct WireAnswer {
    int status = 0; ///< 0: the connection ended before a whole head was there
    QList<QPair<QByteArray, QByteArray>> headers = {}; ///< names in lower case
    QByteArray body = {};
    bool cut = false; ///< fewer bytes than Content-Length promised
    [[nodiscard]] QByteArray header(const QByteArray &lowerName) const;
    [[nodiscard]] QJsonObject json() const; ///< empty when it is none
};

/// Speaks HTTP/1.1 to the sandbox by hand, one connection a request: shares no code with the client or the server.
class SandboxClient final {
public:
    explicit SandboxClient(quint16 port);

    WireAnswer send(const QByteArray &request) const; ///< raw bytes
    WireAnswer get(const QByteArray &path, const QByteArray &moreHeaders = {}) const;
    WireAnswer post(const QByteArray &path, const QByteArray &body, const QByteArray &moreHeaders = {}) const;
    WireAnswer remove(const QByteArray &path) const;
    /// Any method with a JSON body: "DELETE", "PUT" …
    WireAnswer sendBody(const QByteArray &method, const QByteArray &path, const QByteArray &body,
        const QByteArray &moreHeaders = {}) const;

    WireAnswer login(const QByteArray &user, const QByteArray &password, const QByteArray &body = {}) const;
    bool logIn(const QByteArray &user, const QByteArray &password); ///< keeps the token for check() and health()
    WireAnswer check(const QByteArray &body) const;
    [[nodiscard]] QByteArray bearer() const; ///< the header line

    void useToken(const QByteArray &token) { m_token = token; }
    [[nodiscard]] QByteArray token() const { return m_token; }

private:
    quint16 m_port;
    QByteArray m_token;
};

} // namespace rollcall::tests
