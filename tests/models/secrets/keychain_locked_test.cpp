// needs: keyring locked
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secrets/secrets.h"
#include "tests/support/answer.h"

using namespace rollcall;
using rollcall::tests::answerOf;

/// A locked keyring that holds "account-7", and nobody there to unlock it (platform.md 2, third row of the table).
class KeychainLockedTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<Secrets> m_secrets = makeKeychainSecrets(QLatin1String(keychainService));

private slots:
    void initTestCase() { QCOMPARE(qEnvironmentVariable("ROLLCALL_KEYRING_MODE"), QStringLiteral("locked")); }

    void writeFailsAsLocked()
    {
        const Done done = answerOf<Nothing>(
            [&](auto then) { return m_secrets->write(QStringLiteral("account-8"), Secret("x"), then); });
        QVERIFY(!done.ok());
        QCOMPARE(done.failure().kind, Failure::Kind::KeychainLocked);
    }

    void readSaysNotFoundThoughItIsThere()
    {
        const Result<Secret> got
            = answerOf<Secret>([&](auto then) { return m_secrets->read(QStringLiteral("account-7"), then); });
        QVERIFY(!got.ok());
        // The measured trap: whoever takes this for "no secret" forgets one that is there.
        QCOMPARE(got.failure().kind, Failure::Kind::NotFound);
    }

    void forgetSaysDoneThoughNothingWasForgotten()
    {
        QVERIFY(
            answerOf<Nothing>([&](auto then) { return m_secrets->forget(QStringLiteral("account-7"), then); }).ok());
    }
};

QTEST_GUILESS_MAIN(KeychainLockedTest)
#include "keychain_locked_test.moc"
