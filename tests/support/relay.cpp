// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/relay.h"

#include <QHostAddress>
#include <QPointer>
#include <QSslServer>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <algorithm>
#include <sys/socket.h>

namespace rollcall::tests {

namespace {

constexpr qint64 atOnce = 64 * 1024;

/// Length of the first whole request in `bytes`, 0 when it is not whole yet.
qsizetype requestLength(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return 0;
    qsizetype body = 0;
    for (const QByteArray &line : bytes.left(end).split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).toLower() == "content-length")
            body = line.mid(colon + 1).trimmed().toLongLong();
    }
    const qsizetype whole = end + 4 + body;
    return bytes.size() >= whole ? whole : 0;
}

} // namespace

struct Relay::Peer {
    QPointer<QTcpSocket> socket;
    QPointer<QTcpSocket> upstream;
    QByteArray in;
    QByteArray out;
    RelayAct act;
    qint64 fillerLeft = 0;
    qint64 written = 0;
    bool busy = false;
    QTimer drip;
    QTimer idle;
};

Relay::Relay(QObject *parent)
    : QObject(parent)
    , m_server(new QTcpServer(this))
{
    m_always.answer = http(200, "{}");
    connect(m_server, &QTcpServer::newConnection, this, &Relay::accept);
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("no free port on loopback for the relay");
}

Relay::Relay(const QSslConfiguration &tls, QObject *parent)
    : QObject(parent)
    , m_tls(true)
{
    auto *server = new QSslServer(this);
    server->setSslConfiguration(tls);
    m_server = server;
    m_always.answer = http(200, "{}");
    connect(server, &QSslServer::startedEncryptionHandshake, this, [this] { ++m_handshakes; });
    connect(server, &QTcpServer::pendingConnectionAvailable, this, &Relay::accept);
    if (!server->listen(QHostAddress::LocalHost))
        qFatal("no free port on loopback for the relay");
}

Relay::~Relay() = default;

quint16 Relay::port() const
{
    return m_server->serverPort();
}

QUrl Relay::address(const QString &path) const
{
    const QString scheme = m_tls ? QStringLiteral("https") : QStringLiteral("http");
    return QUrl(QStringLiteral("%1://127.0.0.1:%2%3").arg(scheme).arg(port()).arg(path));
}

QByteArray Relay::http(int status, const QByteArray &body, const QByteArrayList &headers)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Said\r\nContent-Type: application/json\r\n";
    for (const QByteArray &header : headers)
        bytes += header + "\r\n";
    return bytes + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

void Relay::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        ++m_connections;
        auto peer = std::make_shared<Peer>();
        peer->socket = socket;
        m_peers.insert(socket, peer);
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1); // a drip of single bytes would wait for each ACK
        if (const auto *tls = qobject_cast<QSslSocket *>(socket))
            m_negotiated = tls->sslConfiguration().nextNegotiatedProtocol();
        peer->drip.setSingleShot(true);
        peer->idle.setSingleShot(true);
        peer->drip.setTimerType(Qt::PreciseTimer);
        peer->idle.setTimerType(Qt::PreciseTimer);
        connect(&peer->drip, &QTimer::timeout, this, [this, peer = peer.get()] { push(*peer); });
        connect(&peer->idle, &QTimer::timeout, this, [this, peer = peer.get()] { drop(*peer, false); });
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onBytes(socket); });
        connect(socket, &QTcpSocket::bytesWritten, this, [this, peer = peer.get()](qint64 count) {
            m_sent += count;
            if (peer->busy && !peer->drip.isActive())
                push(*peer);
        });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            if (const auto gone = m_peers.take(socket); gone && gone->busy)
                --m_waiting;
            socket->deleteLater();
        });
        if (m_resetOnConnect)
            drop(*peer, true);
    }
}

void Relay::onBytes(QTcpSocket *socket)
{
    const std::shared_ptr<Peer> peer = m_peers.value(socket);
    if (!peer)
        return;
    peer->idle.stop();
    const QByteArray bytes = socket->readAll();
    m_received += bytes.size();
    peer->in += bytes;
    const qsizetype length = requestLength(peer->in);
    if (length == 0 || peer->busy)
        return;
    const QByteArray request = peer->in.left(length);
    peer->in.remove(0, length);
    m_requests.push_back(request);
    serve(*peer, request);
}

void Relay::serve(Peer &peer, const QByteArray &request)
{
    peer.act = m_always;
    if (!m_next.empty()) {
        peer.act = m_next.front();
        m_next.pop_front();
    }
    if (peer.act.close || peer.act.reset) {
        drop(peer, peer.act.reset);
        return;
    }
    peer.busy = true;
    m_mostAtOnce = std::max(m_mostAtOnce, ++m_waiting);
    if (peer.act.silent)
        return;
    peer.out = peer.act.answer;
    peer.fillerLeft = peer.act.filler;
    peer.written = 0;
    if (!peer.act.forward) {
        push(peer);
        return;
    }
    peer.upstream = new QTcpSocket(peer.socket);
    connect(peer.upstream, &QTcpSocket::connected, this, [up = peer.upstream, request] {
        // One answer and then the end, so that the end of the answer is known.
        QByteArray once = request;
        up->write(once.replace("Connection: Keep-Alive", "Connection: close"));
    });
    // The client may be gone, and the peer with it, before the upstream has answered.
    connect(
        peer.upstream, &QTcpSocket::disconnected, this, [this, weak = std::weak_ptr<Peer>(m_peers.value(peer.socket))] {
            const std::shared_ptr<Peer> alive = weak.lock();
            if (!alive || !alive->upstream)
                return;
            alive->out = alive->upstream->readAll();
            alive->act.closeAfter = true;
            push(*alive);
        });
    peer.upstream->connectToHost(QHostAddress::LocalHost, m_upstream);
}

/// Writes as much as may be written now; called again when the socket took it or the drip is due.
void Relay::push(Peer &peer)
{
    if (!peer.socket || peer.socket->bytesToWrite() > 4 * atOnce)
        return;
    qint64 most = atOnce;
    const bool dripping = peer.act.dripFrom >= 0 && peer.written >= peer.act.dripFrom;
    if (dripping)
        most = 1;
    else if (peer.act.dripFrom >= 0)
        most = std::min(most, peer.act.dripFrom - peer.written);
    if (peer.act.cutAfter >= 0)
        most = std::min(most, peer.act.cutAfter - peer.written);
    QByteArray part = peer.out.left(most);
    peer.out.remove(0, part.size());
    if (part.isEmpty() && peer.fillerLeft > 0 && most > 0) {
        part = QByteArray(std::min(most, peer.fillerLeft), 'x');
        peer.fillerLeft -= part.size();
    }
    peer.written += part.size();
    const bool cut = peer.act.cutAfter >= 0 && peer.written >= peer.act.cutAfter;
    const bool all = peer.out.isEmpty() && peer.fillerLeft == 0;
    if (cut || all) {
        if (!part.isEmpty())
            peer.socket->write(part);
        if (cut)
            peer.act.closeAfter = true;
        finish(peer);
    } else {
        if (dripping)
            peer.drip.start(peer.act.dripMs);
        peer.socket->write(part);
        if (!dripping && peer.act.dripFrom >= 0 && peer.written >= peer.act.dripFrom)
            peer.drip.start(peer.act.dripMs);
    }
}

void Relay::finish(Peer &peer)
{
    if (std::exchange(peer.busy, false))
        --m_waiting;
    if (peer.act.closeAfter)
        peer.socket->disconnectFromHost();
    else if (m_idleMs > 0)
        peer.idle.start(m_idleMs);
}

void Relay::drop(Peer &peer, bool reset)
{
    if (!peer.socket)
        return;
    if (reset) {
        const linger now{1, 0};
        ::setsockopt(int(peer.socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    peer.socket->abort();
}

} // namespace rollcall::tests
