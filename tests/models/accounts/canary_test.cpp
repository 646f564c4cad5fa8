// needs: keyring unlocked
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/log.h"
#include "models/secrets/secrets.h"
#include "models/settings/settings.h"
#include "models/store/backups.h"
#include "tests/support/answer.h"
#include "tests/support/checkworld.h"
#include "tests/support/rushclock.h"
#include "tests/support/sandboxfixture.h"

#include <QDirIterator>
#include <QProcess>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

const QByteArray canary("CNRY-7f3a9e51bd-Xy1!");

QByteArray utf16(const QByteArray &text, bool bigEndian)
{
    QByteArray wide;
    for (const char c : text)
        wide += bigEndian ? QByteArray(1, '\0') + c : QByteArray(1, c) + '\0';
    return wide;
}

/// The forms of reliability.md C9: raw, UTF-16, base64 in its three phases, hex, percent, JSON-escaped, reversed.
QList<QByteArray> forms()
{
    QByteArray reversed = canary;
    std::reverse(reversed.begin(), reversed.end());
    QByteArray percent;
    QByteArray escaped;
    for (const char c : canary) {
        percent += '%' + QByteArray(1, c).toHex();
        escaped += "\\u00" + QByteArray(1, c).toHex();
    }
    QList<QByteArray> all{canary, utf16(canary, false), utf16(canary, true), canary.toHex(), canary.toHex().toUpper(),
        percent, canary.toPercentEncoding(), escaped, reversed};
    for (int phase = 0; phase < 3; ++phase) {
        // What surrounds the text changes the first and last characters of its base64: compare without them.
        const QByteArray coded = QByteArray(QByteArray(phase, 'x') + canary + "xx").toBase64();
        all += coded.mid(4, coded.size() - 12);
    }
    return all;
}

} // namespace

/// A password with a unique text goes through save, login, 401, check, backup and restart, with the real keychain; then
/// it is nowhere but in the keychain.
class CanaryTest final : public QObject {
    Q_OBJECT

    RushClock m_clock;

    static QStringList filesWithIt(const QString &folder, int &files)
    {
        QStringList found;
        QDirIterator it(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            ++files;
            const QByteArray bytes = file.readAll();
            for (const QByteArray &form : forms()) {
                if (bytes.contains(form))
                    found += file.fileName();
            }
        }
        return found;
    }

private slots:
    void searchFindsWhatIsThere()
    {
        // The search itself must be able to fail.
        QTemporaryDir folder;
        const QList<QByteArray> hidden{"a" + canary, "Basic " + QByteArray("admin:" + canary).toBase64(),
            "xx" + QByteArray("u:" + canary + "!").toBase64(), utf16(canary, false), canary.toHex()};
        for (int i = 0; i < hidden.size(); ++i) {
            QFile file(folder.filePath(QString::number(i)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(hidden[i]);
            file.close();
            int files = 0;
            QVERIFY2(!filesWithIt(folder.path(), files).isEmpty(), hidden[i].constData());
            file.remove();
        }
    }

    void nowhereButInTheKeychain()
    {
        SandboxOptions options = SandboxFixture::quick();
        options.password = canary.toStdString();
        SandboxFixture sandbox(options);
        CheckWorld world(m_clock, makeKeychainSecrets(QLatin1String(keychainService)));
        log::start(world.folder() + QStringLiteral("/logs"));
        Settings settings(world.folder());
        settings.setValue(Keys::operatorName, QStringLiteral("Test"));

        const AccountId id = world.addAccount(sandbox.address(), sandbox.user(), QString::fromLatin1(canary));
        settings.setValue(Keys::currentAccount, id.value());
        QVERIFY(world.accounts().find(id)->hasStoredSecret);
        sandbox.fault(QStringLiteral("401:1@1"));
        const QStringList numbers = sandbox.numbers(100);
        const RunId run = world.start(world.addPeople(numbers));
        QTRY_VERIFY_WITH_TIMEOUT(world.isOver(run), 15'000);
        QCOMPARE(world.summary(run).answered, 100);
        QCOMPARE(sandbox.requests(QStringLiteral("/v1/users/login")), 2);
        QVERIFY(answerOf<Nothing>([&](auto then) {
            return world.accounts().test(
                world.account(), Secret(canary), [](const TestStep &) {}, then);
        }).ok());
        sandbox.fault(QStringLiteral("login-refused"));
        QVERIFY(!answerOf<Nothing>([&](auto then) {
            return world.accounts().test(
                world.account(), Secret(canary), [](const TestStep &) {}, then);
        }).ok());
        QVERIFY(answerOf<BackupFile>([&](auto then) { return world.store().backups().backupNow(then); }).ok());

        int files = 0;
        QCOMPARE(filesWithIt(world.folder(), files), QStringList()); // open: database, WAL, logs, settings, backup
        world.close();
        log::stop();
        files = 0;
        QCOMPARE(filesWithIt(world.folder(), files), QStringList());
        QVERIFY2(files >= 4, qPrintable(QString::number(files)));
        QCOMPARE(filesWithIt(QDir::homePath(), files), QStringList()); // the keyring file itself is encrypted

        QProcess witness;
        witness.start(QStringLiteral("secret-tool"),
            {QStringLiteral("lookup"), QStringLiteral("server"), QLatin1String(keychainService), QStringLiteral("user"),
                QStringLiteral("account-%1").arg(id.value())});
        QVERIFY(witness.waitForFinished(5'000));
        QCOMPARE(witness.readAllStandardOutput(), canary);
        for (const SandboxLedgerEntry &entry : sandbox.ledger())
            QVERIFY(entry.path.find("CNRY") == std::string::npos); // in no URL
    }
};

QTEST_GUILESS_MAIN(CanaryTest)
#include "canary_test.moc"
