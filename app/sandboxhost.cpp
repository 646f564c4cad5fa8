// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandboxhost.h"

#include "app/sandbox/sandboxserver.h"

#include <QThread>

namespace rollcall {

SandboxHost::SandboxHost(QObject *parent)
    : QObject(parent)
{
}

SandboxHost::~SandboxHost()
{
    if (m_starter)
        m_starter->wait(); // some milliseconds: it only binds a port
    if (m_server)
        m_server->stop();
}

void SandboxHost::start()
{
    if (m_starter)
        return;
    m_starter.reset(QThread::create([this] {
        auto server = std::make_shared<SandboxServer>();
        const bool listens = server->start();
        QMetaObject::invokeMethod(
            this, [this, server = std::move(server), listens] { take(server, listens); }, Qt::QueuedConnection);
    }));
    m_starter->start();
}

void SandboxHost::take(std::shared_ptr<SandboxServer> server, bool listens)
{
    if (!listens) {
        emit failed();
        return;
    }
    m_server = std::move(server);
    emit started(QUrl(QString::fromStdString(m_server->onPremAddress())), QString::fromStdString(m_server->user()),
        Secret(QByteArray::fromStdString(m_server->password())));
}

} // namespace rollcall
