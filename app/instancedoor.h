// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <memory>

class QLocalServer;

namespace rollcall {

/// How a second start finds the first window of a profile: a socket of this user, named after the profile's folder.
class InstanceDoor final : public QObject {
    Q_OBJECT
public:
    explicit InstanceDoor(const QString &folder, QObject *parent = nullptr);
    ~InstanceDoor() override;

    /// Asks the program that has the profile to raise its window and import `files`. False when nobody answered
    /// within a second. Blocks: for main(), before there is a window.
    static bool knock(const QString &folder, const QStringList &files);
    [[nodiscard]] bool isOpen() const;

signals:
    void knocked(const QStringList &files);

private:
    void answer();
    std::unique_ptr<QLocalServer> m_server;
};

} // namespace rollcall
