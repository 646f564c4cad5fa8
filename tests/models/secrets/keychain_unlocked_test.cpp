// needs: keyring unlocked
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secrets/secrets.h"
#include "tests/support/answer.h"

#include <QDirIterator>
#include <QProcess>

using namespace rollcall;
using rollcall::tests::answerOf;

/// The real QtKeychain on a real gnome-keyring; secret-tool is the independent witness.
class KeychainUnlockedTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<Secrets> m_secrets = makeKeychainSecrets(QLatin1String(keychainService));

    Done write(const QString &key, const QByteArray &text)
    {
        return answerOf<Nothing>([&](auto then) { return m_secrets->write(key, Secret(text), then); });
    }
    Result<Secret> read(const QString &key)
    {
        return answerOf<Secret>([&](auto then) { return m_secrets->read(key, then); });
    }
    static QByteArray witness(const QString &key)
    {
        QProcess tool;
        tool.start(QStringLiteral("secret-tool"),
            {QStringLiteral("lookup"), QStringLiteral("user"), key, QStringLiteral("server"),
                QLatin1String(keychainService)});
        tool.waitForFinished(5'000);
        return tool.readAllStandardOutput();
    }

private slots:
    void writesWhereTheWitnessSeesIt()
    {
        QVERIFY(write(QStringLiteral("account-1"), "Tok3n!one").ok());
        QCOMPARE(witness(QStringLiteral("account-1")), QByteArray("Tok3n!one"));
        const Result<Secret> back = read(QStringLiteral("account-1"));
        QVERIFY(back.ok());
        QCOMPARE(back->reveal(), QByteArray("Tok3n!one"));
    }

    void overwritesAndForgets()
    {
        QVERIFY(write(QStringLiteral("account-2"), "first").ok());
        QVERIFY(write(QStringLiteral("account-2"), "second").ok());
        QCOMPARE(witness(QStringLiteral("account-2")), QByteArray("second"));
        QVERIFY(
            answerOf<Nothing>([&](auto then) { return m_secrets->forget(QStringLiteral("account-2"), then); }).ok());
        QCOMPARE(witness(QStringLiteral("account-2")), QByteArray());
        const Result<Secret> gone = read(QStringLiteral("account-2"));
        QVERIFY(!gone.ok());
        QCOMPARE(gone.failure().kind, Failure::Kind::NotFound);
    }

    void longTokenComesBackWhole()
    {
        // 2,561 bytes: one more than the Windows store takes; the longest the program accepts is 4,096.
        const QByteArray token = QByteArray("0123456789abcdef").repeated(256);
        QVERIFY(write(QStringLiteral("account-3"), token).ok());
        const Result<Secret> back = read(QStringLiteral("account-3"));
        QVERIFY(back.ok());
        QCOMPARE(back->reveal(), token);
    }

    void droppedCallStaysSilent()
    {
        QVERIFY(write(QStringLiteral("account-4"), "x").ok());
        bool told = false;
        {
            const Call dropped
                = m_secrets->read(QStringLiteral("account-4"), [&told](const Result<Secret> &) { told = true; });
            QVERIFY(dropped.isOpen());
        }
        QVERIFY(read(QStringLiteral("account-4")).ok()); // jobs run in turn: the dropped one is through as well
        QVERIFY(!told);
    }

    void secretIsInTheKeyringFileOnlyEncrypted()
    {
        QVERIFY(write(QStringLiteral("account-5"), "CNRY-keychain-5f1d").ok());
        int files = 0;
        for (QDirIterator it(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
             it.hasNext();) {
            QFile file(it.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            ++files;
            QVERIFY2(!file.readAll().contains("CNRY-keychain-5f1d"), qPrintable(file.fileName()));
        }
        QVERIFY(files > 0); // the keyring itself is there
    }
};

QTEST_GUILESS_MAIN(KeychainUnlockedTest)
#include "keychain_unlocked_test.moc"
