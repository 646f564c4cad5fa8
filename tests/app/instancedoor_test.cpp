// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/instancedoor.h"
#include "app/sandboxhost.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <memory>

using namespace rollcall;

namespace {

/// A second start is another program, so its blocking knock runs on another thread here.
bool knockFromElsewhere(const QString &folder, const QStringList &files, QSignalSpy *wait)
{
    bool answered = false;
    const std::unique_ptr<QThread> other(QThread::create([&] { answered = InstanceDoor::knock(folder, files); }));
    other->start();
    if (wait)
        wait->wait(3000);
    other->wait();
    return answered;
}

} // namespace

class InstanceDoorTest final : public QObject {
    Q_OBJECT
private slots:
    void secondStartIsHeard();
    void namesAreOfTheFolder();
    void nobodyHome();
    void sandboxStartsOffThisThread();
};

void InstanceDoorTest::secondStartIsHeard()
{
    QTemporaryDir folder;
    InstanceDoor door(folder.path());
    QVERIFY(door.isOpen());
    QSignalSpy knocked(&door, &InstanceDoor::knocked);
    const QStringList files{QStringLiteral("/a/Zoë list.csv"), QStringLiteral("/b.csv")};
    QVERIFY(knockFromElsewhere(folder.path(), files, &knocked));
    QTRY_COMPARE(knocked.size(), 1);
    QCOMPARE(knocked.at(0).at(0).toStringList(), files);
    QVERIFY(knockFromElsewhere(folder.path(), {}, &knocked));
    QTRY_COMPARE(knocked.size(), 2);
    QCOMPARE(knocked.at(1).at(0).toStringList(), QStringList());
}

void InstanceDoorTest::namesAreOfTheFolder()
{
    QTemporaryDir one;
    QTemporaryDir two;
    InstanceDoor first(one.path());
    InstanceDoor second(two.path());
    QSignalSpy wrong(&first, &InstanceDoor::knocked);
    QSignalSpy right(&second, &InstanceDoor::knocked);
    QVERIFY(knockFromElsewhere(two.path(), {}, &right));
    QTRY_COMPARE(right.size(), 1);
    QCOMPARE(wrong.size(), 0);
}

void InstanceDoorTest::nobodyHome()
{
    QTemporaryDir folder;
    QVERIFY(!InstanceDoor::knock(folder.path(), {}));
}

void InstanceDoorTest::sandboxStartsOffThisThread()
{
    SandboxHost host;
    QSignalSpy started(&host, &SandboxHost::started);
    host.start();
    host.start(); // once
    QVERIFY(!host.isStarted()); // the answer comes through the event loop, never from inside start()
    QVERIFY(started.wait(5000));
    QCOMPARE(started.size(), 1);
    const std::vector<SandboxDoor> doors = host.doors();
    QVERIFY(!doors.empty());
    const QUrl address = doors.front().address; // the on-premises node stands first
    QCOMPARE(address.host(), QStringLiteral("127.0.0.1"));
    QVERIFY(address.port() > 0);
    QCOMPARE(address.path(), QStringLiteral("/v1"));
}

QTEST_GUILESS_MAIN(InstanceDoorTest)
#include "instancedoor_test.moc"
