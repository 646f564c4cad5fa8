// needs: keyring absent
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secrets/secrets.h"
#include "tests/support/answer.h"

#include <QDirIterator>

using namespace rollcall;
using rollcall::tests::answerOf;

/// A session bus without a Secret Service on it (error 7, no fallback).
class KeychainAbsentTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<Secrets> m_secrets = makeKeychainSecrets(QLatin1String(keychainService));

private slots:
    void initTestCase() { QCOMPARE(qEnvironmentVariable("ROLLCALL_KEYRING_MODE"), QStringLiteral("absent")); }

    void everythingSaysNoKeychain()
    {
        const QString key = QStringLiteral("account-1");
        const Done written
            = answerOf<Nothing>([&](auto then) { return m_secrets->write(key, Secret("CNRY-absent"), then); });
        QVERIFY(!written.ok());
        QCOMPARE(written.failure().kind, Failure::Kind::NoKeychain);
        const Result<Secret> got = answerOf<Secret>([&](auto then) { return m_secrets->read(key, then); });
        QVERIFY(!got.ok());
        QCOMPARE(got.failure().kind, Failure::Kind::NoKeychain);
        const Done forgotten = answerOf<Nothing>([&](auto then) { return m_secrets->forget(key, then); });
        QVERIFY(!forgotten.ok());
        QCOMPARE(forgotten.failure().kind, Failure::Kind::NoKeychain);
    }

    void nothingWasWrittenAnywhere()
    {
        for (QDirIterator it(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
             it.hasNext();) {
            QFile file(it.next());
            if (file.open(QIODevice::ReadOnly))
                QVERIFY2(!file.readAll().contains("CNRY-absent"), qPrintable(file.fileName()));
        }
    }
};

QTEST_GUILESS_MAIN(KeychainAbsentTest)
#include "keychain_absent_test.moc"
