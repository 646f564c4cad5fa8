// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instancedoor.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalServer>
#include <QLocalSocket>
#include <QStandardPaths>

namespace rollcall {

namespace {

constexpr int waitMs = 1000;
constexpr qint64 mostBytes = 64 * 1024;
const char greeting[] = "rollcall raise 1";

QString socketName(const QString &folder)
{
    const QByteArray path = QDir(folder).canonicalPath().toUtf8();
    const QString name = QStringLiteral("rollcall-")
        + QString::fromLatin1(QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().first(24));
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return runtime.isEmpty() ? name : QDir(runtime).filePath(name);
}

} // namespace

InstanceDoor::InstanceDoor(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_server(std::make_unique<QLocalServer>())
{
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, &InstanceDoor::answer);
    if (!m_server->listen(socketName(folder))) {
        // We hold the profile's lock, so whoever left this name behind is gone.
        QLocalServer::removeServer(socketName(folder));
        m_server->listen(socketName(folder));
    }
}

InstanceDoor::~InstanceDoor() = default;

bool InstanceDoor::isOpen() const
{
    return m_server->isListening();
}

bool InstanceDoor::knock(const QString &folder, const QStringList &files)
{
    QLocalSocket socket;
    socket.connectToServer(socketName(folder));
    if (!socket.waitForConnected(waitMs))
        return false;
    QByteArray message(greeting);
    for (const QString &file : files)
        message += '\0' + file.toUtf8();
    if (message.size() > mostBytes)
        message = greeting; // too many files for one message: the window comes to the front without them
    socket.write(message);
    if (!socket.waitForBytesWritten(waitMs))
        return false;
    socket.disconnectFromServer();
    return socket.state() == QLocalSocket::UnconnectedState || socket.waitForDisconnected(waitMs);
}

void InstanceDoor::answer()
{
    while (QLocalSocket *socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            const QByteArray bytes = socket->read(mostBytes);
            socket->deleteLater();
            QStringList parts = QString::fromUtf8(bytes).split(QLatin1Char('\0'));
            if (parts.takeFirst() == QLatin1String(greeting))
                emit knocked(parts);
        });
    }
}

} // namespace rollcall
