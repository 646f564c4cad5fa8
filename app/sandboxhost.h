// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/masked.h"

#include <QObject>
#include <QUrl>
#include <memory>

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
    [[nodiscard]] SandboxServer *server() const { return m_server.get(); }

signals:
    void started(const QUrl &onPremAddress, const QString &user, const rollcall::Secret &password);
    void failed();

private:
    void take(std::shared_ptr<SandboxServer> server, bool listens);
    std::shared_ptr<SandboxServer> m_server;
    std::unique_ptr<QThread> m_starter;
};

} // namespace rollcall
