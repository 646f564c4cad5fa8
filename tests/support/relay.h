// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QHash>
#include <QObject>
#include <QSslConfiguration>
#include <QUrl>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

class QTcpServer;
class QTcpSocket;

namespace rollcall::tests {

/// What a Relay does with one request, once it has it whole.
struct RelayAct {
    QByteArray answer = {}; ///< raw bytes, status line included; see Relay::http()
    qint64 filler = 0; ///< so many bytes of 'x' follow
    qint64 cutAfter = -1; ///< closes after so many bytes of the answer
    qint64 dripFrom = -1; ///< from this byte on, one byte each dripMs
    int dripMs = 20;
    bool closeAfter = false; ///< closes when everything is written
    bool close = false; ///< closes without a byte
    bool reset = false; ///< resets the connection (RST) without a byte
    bool silent = false; ///< never answers
    bool forward = false; ///< asks the upstream and sends its answer, under cutAfter and drip
};

/// A TCP server on loopback that misbehaves on demand, counts what really arrived and keeps the raw bytes. With an
/// upstream it stands between client and server. Lives in the test's thread and needs its event loop.
class Relay final : public QObject {
    Q_OBJECT
public:
    explicit Relay(QObject *parent = nullptr); ///< plain
    explicit Relay(const QSslConfiguration &tls, QObject *parent = nullptr);
    ~Relay() override;

    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QUrl address(const QString &path = {}) const; ///< http(s)://127.0.0.1:port + path
    void setUpstream(quint16 port) { m_upstream = port; }
    /// Closes connections that were idle for so long after an answer; 0 = never.
    void setIdleLimit(int ms) { m_idleMs = ms; }
    void setResetOnConnect(bool on) { m_resetOnConnect = on; }

    void always(const RelayAct &act) { m_always = act; } ///< for each request that has no act of its own
    void next(const RelayAct &act) { m_next.push_back(act); } ///< for the next request; may be queued
    void forgetNext() { m_next.clear(); }

    [[nodiscard]] int deliveries() const { return int(m_requests.size()); } ///< whole requests that arrived
    [[nodiscard]] int connections() const { return m_connections; }
    [[nodiscard]] const std::vector<QByteArray> &requests() const { return m_requests; }
    [[nodiscard]] qint64 bytesReceived() const { return m_received; } ///< also those of no whole request
    [[nodiscard]] qint64 bytesSent() const { return m_sent; }
    [[nodiscard]] int mostAtOnce() const { return m_mostAtOnce; } ///< requests waiting for an answer at the same time
    [[nodiscard]] QByteArray negotiated() const { return m_negotiated; } ///< ALPN protocol of the last TLS connection
    [[nodiscard]] int handshakes() const { return m_handshakes; }

    /// An answer with Content-Length and the given further header lines ("Name: value").
    [[nodiscard]] static QByteArray http(int status, const QByteArray &body, const QByteArrayList &headers = {});

private:
    struct Peer;
    void accept();
    void onBytes(QTcpSocket *socket);
    void serve(Peer &peer, const QByteArray &request);
    void push(Peer &peer);
    void finish(Peer &peer);
    void drop(Peer &peer, bool reset);

    QTcpServer *m_server = nullptr;
    QHash<QTcpSocket *, std::shared_ptr<Peer>> m_peers;
    RelayAct m_always;
    std::deque<RelayAct> m_next;
    std::vector<QByteArray> m_requests;
    quint16 m_upstream = 0;
    int m_idleMs = 0;
    bool m_resetOnConnect = false;
    bool m_tls = false;
    int m_connections = 0;
    int m_handshakes = 0;
    int m_waiting = 0;
    int m_mostAtOnce = 0;
    qint64 m_received = 0;
    qint64 m_sent = 0;
    QByteArray m_negotiated;
};

} // namespace rollcall::tests
