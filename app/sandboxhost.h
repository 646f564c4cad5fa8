// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/sandboxdoor.h"

#include <QObject>
#include <memory>
#include <vector>

class QThread;

namespace rollcall {

class SandboxServer;

/// The built-in sandbox, built and started off the GUI thread. It ends with this object, without waiting.
class SandboxHost final : public QObject {
    Q_OBJECT
public:
    explicit SandboxHost(QObject *parent = nullptr);
    ~SandboxHost() override;
    void start(); ///< once; started() or failed() follows
    [[nodiscard]] bool isStarted() const { return m_server != nullptr; }
    /// Of the running sandbox, the on-premises node first; the other four speak about the same world.
    [[nodiscard]] std::vector<SandboxDoor> doors() const;
    /// The person of this number (E.164, digits) writes to the sandbox's business now, so that for 24 hours it may
    /// block and answer them. False when there is none on WhatsApp in its world, or no sandbox.
    bool letWriteIn(qint64 number);
    [[nodiscard]] SandboxServer *server() const { return m_server.get(); }

signals:
    void started();
    void failed();

private:
    void take(std::shared_ptr<SandboxServer> server, bool listens);
    std::shared_ptr<SandboxServer> m_server;
    std::unique_ptr<QThread> m_starter;
};

} // namespace rollcall
