// SPDX-License-Identifier: GPL-3.0-or-later
// A key with a unique text goes through the connection test, a run with troubles, a contact list, a block and a read of
// the list at each gateway that has a key, Wawp's in the query of its URL; then it is in no file of the profile.
#include "models/base/log.h"
#include "models/gateways/gateway.h"
#include "models/store/backups.h"
#include "models/store/journal.h"
#include "tests/support/answer.h"
#include "tests/support/checkworld.h"
#include "tests/support/rushclock.h"
#include "tests/support/sandboxfixture.h"

#include <QDirIterator>
#include <QFile>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

QByteArray canary()
{
    return QByteArrayLiteral("CNRY-7f3a9e51bd-Xy1z");
}

struct Place {
    QUrl address = {};
    QString sender = {};
};

Place placeAt(SandboxFixture &sandbox, GatewayKind kind)
{
    const SandboxServer &server = sandbox.server();
    const SandboxOptions &options = server.options();
    const auto url = [](const std::string &address) { return QUrl(QString::fromStdString(address)); };
    switch (kind) {
    case GatewayKind::SendApi:
        return {url(server.sendApiAddress()), QString::fromStdString(options.sendApiSession)};
    case GatewayKind::CommBox:
        return {url(server.commBoxAddress()), QString::fromStdString(options.commBoxStream)};
    case GatewayKind::Wawp:
        return {url(server.wawpAddress()), QString::fromStdString(options.wawpInstance)};
    case GatewayKind::Dialog360:
        return {url(server.dialog360Address()), {}};
    case GatewayKind::CloudApi:
        return {url(server.cloudApiAddress()), {}};
    case GatewayKind::OnPrem:
        break;
    }
    return {};
}

SandboxOptions keyedOptions()
{
    SandboxOptions options = SandboxFixture::quick();
    options.sendApiKey = options.commBoxKey = options.wawpToken = options.dialog360Key = options.cloudToken
        = canary().toStdString();
    options.wawpCheckGapMs = options.sendApiPerMinute = 0;
    return options;
}

/// Raw, UTF-16, base64 in its three phases, hex.
QList<QByteArray> forms()
{
    const QByteArray key = canary();
    QByteArray wide;
    for (const char c : key)
        wide += QByteArray(1, c) + '\0';
    QList<QByteArray> all{key, wide, key.toHex()};
    for (int phase = 0; phase < 3; ++phase) {
        const QByteArray coded = QByteArray(QByteArray(phase, 'x') + key + "xx").toBase64();
        all += coded.mid(4, coded.size() - 12);
    }
    return all;
}

QStringList filesWithIt(const QString &folder, int &files)
{
    QStringList found;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        ++files;
        const QByteArray bytes = file.readAll();
        for (const QByteArray &form : forms())
            if (bytes.contains(form))
                found += file.fileName();
    }
    return found;
}

bool anyLogContains(const QString &folder, const QByteArray &text)
{
    bool found = false;
    int read = 0;
    for (QDirIterator logs(folder + QStringLiteral("/logs"), QDir::Files); logs.hasNext(); ++read) {
        QFile file(logs.next());
        found = found || !file.open(QIODevice::ReadOnly) || file.readAll().contains(text);
    }
    return found || read == 0;
}

} // namespace

class KeyCanaryTest final : public QObject {
    Q_OBJECT

    RushClock m_clock;

    /// Everything that the gateway can do, with troubles in between.
    static void useIt(CheckWorld &world, SandboxFixture &sandbox, AccountId id)
    {
        Gateway &gateway = *world.accounts().gateway(id);
        const Capabilities can = gateway.capabilities();
        if (can.checkOne) {
            sandbox.fault(QStringLiteral("5xx:1@1"));
            sandbox.fault(QStringLiteral("cut:1@3"));
            const RunId run = world.start(world.addPeople(sandbox.numbers(6)));
            QTRY_VERIFY_WITH_TIMEOUT(world.isOver(run), 15'000);
            QVERIFY(world.summary(run).answered >= 5);
        }
        sandbox.clearFaults();
        if (can.listContacts)
            QVERIFY(answerOf<GatewayContactsPage>([&](auto then) { return gateway.contacts({}, then); }));
        if (can.block)
            (void)answerOf<BlockReply>([&](auto then) { return gateway.block({sandbox.people(1, true)[0]}, then); });
        if (can.listBlocked)
            QVERIFY(answerOf<BlockedPage>([&](auto then) { return gateway.blocked({}, then); }));
    }

private slots:
    void nowhereInTheProfile_data()
    {
        QTest::addColumn<GatewayKind>("kind");
        QTest::newRow("sendapi") << GatewayKind::SendApi;
        QTest::newRow("CommBox") << GatewayKind::CommBox;
        QTest::newRow("Wawp") << GatewayKind::Wawp;
        QTest::newRow("360dialog") << GatewayKind::Dialog360;
        QTest::newRow("Cloud API") << GatewayKind::CloudApi;
    }
    void nowhereInTheProfile()
    {
        QFETCH(GatewayKind, kind);
        SandboxFixture sandbox(keyedOptions());
        CheckWorld world(m_clock);
        log::start(world.folder() + QStringLiteral("/logs"));
        const AccountId id = world.addAccount(sandbox.address(), sandbox.user(), sandbox.password());
        Account account = world.account();
        account.kind = kind;
        account.address = placeAt(sandbox, kind).address;
        account.sender = placeAt(sandbox, kind).sender;
        QVERIFY(answerOf<Accounts::Saved>(
            [&](auto then) { return world.accounts().save(account, Secret(canary()), then); }));
        const auto test = [&](const Account &tried) {
            return answerOf<Nothing>([&](auto then) {
                return world.accounts().test(
                    tried, Secret(canary()), [](const TestStep &) {}, then);
            }).ok();
        };
        QVERIFY(test(account));
        sandbox.fault(QStringLiteral("html:1"));
        QVERIFY(answerOf<Nothing>([&](auto then) {
            return world.accounts().test(
                account, {}, [](const TestStep &) {}, then); // as saved: it is kept
        }).ok()
            || world.accounts().lastTest(id).atMs > 0);
        Account dead = account;
        dead.address.setPort(1); // refused: the failure names where it was to go
        dead.address.setScheme(QStringLiteral("http"));
        (void)test(dead);

        useIt(world, sandbox, id);
        QVERIFY(answerOf<BackupFile>([&](auto then) { return world.store().backups().backupNow(then); }).ok());

        int files = 0;
        QCOMPARE(filesWithIt(world.folder(), files), QStringList());
        world.close();
        log::stop();
        files = 0;
        QCOMPARE(filesWithIt(world.folder(), files), QStringList());
        QVERIFY2(files >= 3, qPrintable(QString::number(files))); // database, log, backup
        if (kind == GatewayKind::Wawp) // it travels in URLs, as the vendor wants it
            QVERIFY(!anyLogContains(world.folder(), account.sender.toUtf8()));
    }

    void theSearchFindsWhatIsThere()
    {
        QTemporaryDir folder;
        for (const QByteArray &form : forms()) {
            QFile file(folder.filePath(QStringLiteral("f")));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("a" + form + "b");
            file.close();
            int files = 0;
            QVERIFY(!filesWithIt(folder.path(), files).isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(KeyCanaryTest)
#include "keycanary_test.moc"
