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
    emit started();
}

std::vector<SandboxDoor> SandboxHost::doors() const
{
    if (!m_server)
        return {};
    const SandboxServer &server = *m_server;
    const SandboxOptions &options = server.options();
    const auto door = [](GatewayKind kind, const std::string &address, const std::string &user,
                          const std::string &sender, const std::string &secret) {
        return SandboxDoor{kind, QUrl(QString::fromStdString(address)), QString::fromStdString(user),
            QString::fromStdString(sender), Secret(QByteArray::fromStdString(secret))};
    };
    return {door(GatewayKind::OnPrem, server.onPremAddress(), server.user(), {}, server.password()),
        door(GatewayKind::SendApi, server.sendApiAddress(), {}, options.sendApiSession, options.sendApiKey),
        door(GatewayKind::CommBox, server.commBoxAddress(), {}, options.commBoxStream, options.commBoxKey),
        door(GatewayKind::Wawp, server.wawpAddress(), {}, options.wawpInstance, options.wawpToken),
        door(GatewayKind::Dialog360, server.dialog360Address(), {}, {}, options.dialog360Key)};
}

bool SandboxHost::letWriteIn(qint64 number)
{
    const std::string digits = std::to_string(number);
    if (!m_server || number <= 0 || !m_server->world().isSubscriber(digits))
        return false;
    m_server->writeInbound(digits);
    return true;
}

} // namespace rollcall
