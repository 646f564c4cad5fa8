// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secrets/secrets.h"
#include "tests/support/answer.h"

using namespace rollcall;
using rollcall::tests::answerOf;

class MemoryTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<Secrets> m_secrets = makeMemorySecrets();

private slots:
    void keepsUntilForgotten()
    {
        const QString key = QStringLiteral("account-1");
        const auto read = [&] { return answerOf<Secret>([&](auto then) { return m_secrets->read(key, then); }); };
        QCOMPARE(read().failure().kind, Failure::Kind::NotFound);
        QVERIFY(answerOf<Nothing>([&](auto then) { return m_secrets->write(key, Secret("pw"), then); }).ok());
        QCOMPARE(read()->reveal(), QByteArray("pw"));
        QVERIFY(answerOf<Nothing>([&](auto then) { return m_secrets->forget(key, then); }).ok());
        QCOMPARE(read().failure().kind, Failure::Kind::NotFound);
    }

    void answersFromTheEventLoopAndNeverAfterTheDrop()
    {
        int told = 0;
        Call call = m_secrets->read(QStringLiteral("a"), [&told](const Result<Secret> &) { ++told; });
        QCOMPARE(told, 0);
        call = Call();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(told, 0);
        call = m_secrets->read(QStringLiteral("a"), [&told](const Result<Secret> &) { ++told; });
        QTRY_COMPARE(told, 1);
        QVERIFY(!call.isOpen());
    }

    void outlivedByItsQuestionsStaysSilent()
    {
        int told = 0;
        const Call call = m_secrets->read(QStringLiteral("a"), [&told](const Result<Secret> &) { ++told; });
        m_secrets.reset();
        QCoreApplication::processEvents();
        QCOMPARE(told, 0);
    }
};

QTEST_GUILESS_MAIN(MemoryTest)
#include "memory_test.moc"
