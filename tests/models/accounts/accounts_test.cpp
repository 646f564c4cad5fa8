// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/accounts/accounts.h"
#include "models/gateways/gateway.h"
#include "models/secrets/secrets.h"
#include "models/store/journal.h"
#include "models/store/store.h"
#include "tests/support/answer.h"
#include "tests/support/sandboxfixture.h"

#include <QDirIterator>
#include <QTcpServer>
#include <QTemporaryDir>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

/// A keychain that can be locked and taken away, as the measured table of platform.md 2 says they behave.
class MoodyKeychain final : public Secrets {
public:
    enum class Mood { Open, Locked, Absent };
    Mood mood = Mood::Open;
    int writes = 0;

    Call read(const QString &key, std::function<void(Result<Secret>)> then) override
    {
        if (mood == Mood::Open)
            return m_memory->read(key, std::move(then));
        const auto kind = mood == Mood::Locked ? Failure::Kind::NotFound : Failure::Kind::NoKeychain;
        return m_clock.after(0, [kind, then = std::move(then)] { then(Failure{kind}); });
    }
    Call write(const QString &key, const Secret &secret, std::function<void(Done)> then) override
    {
        ++writes;
        if (mood == Mood::Open)
            return m_memory->write(key, secret, std::move(then));
        const auto kind = mood == Mood::Locked ? Failure::Kind::KeychainLocked : Failure::Kind::NoKeychain;
        return m_clock.after(0, [kind, then = std::move(then)] { then(Failure{kind}); });
    }
    Call forget(const QString &key, std::function<void(Done)> then) override
    {
        return m_memory->forget(key, std::move(then));
    }
    [[nodiscard]] QString backendName() const override { return QStringLiteral("moody"); }

private:
    SystemClock m_clock;
    std::unique_ptr<Secrets> m_memory = makeMemorySecrets();
};

} // namespace

class AccountsTest final : public QObject {
    Q_OBJECT

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    MoodyKeychain m_keychain;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Accounts> m_accounts;
    std::unique_ptr<SandboxFixture> m_sandbox;

    void open()
    {
        auto opened = Store::open(m_folder->filePath(QStringLiteral("p")), m_clock);
        QVERIFY2(opened.ok(), opened.ok() ? "" : qPrintable(opened.failure().detail));
        m_store = *std::move(opened);
        QVERIFY(answerOf<Nothing>([&](auto then) { return m_store->checkFile(false, then); }).ok());
        m_accounts = std::make_unique<Accounts>(*m_store, m_keychain, m_clock);
        QVERIFY(answerOf<Nothing>([&](auto then) { return m_accounts->load(then); }).ok());
    }
    void close()
    {
        m_accounts.reset();
        m_store.reset();
    }
    [[nodiscard]] Account node() const
    {
        Account account;
        account.name = QStringLiteral("Node");
        account.address = m_sandbox->address();
        account.user = m_sandbox->user();
        return account;
    }
    Result<Accounts::Saved> save(const Account &account, const QString &password)
    {
        return answerOf<Accounts::Saved>(
            [&](auto then) { return m_accounts->save(account, Secret::fromTyped(password), then); });
    }
    Result<CheckReply> ask(AccountId id)
    {
        return answerOf<CheckReply>(
            [&](auto then) { return m_accounts->gateway(id)->check({m_sandbox->numbers(1).front()}, {}, then); });
    }
    std::vector<TestStep> test(const Account &account, const QString &password)
    {
        std::vector<TestStep> steps;
        const Done done = answerOf<Nothing>([&](auto then) {
            return m_accounts->test(
                account, Secret::fromTyped(password), [&](const TestStep &step) { steps.push_back(step); }, then);
        });
        bool failed = false;
        for (const TestStep &step : steps)
            failed = failed || step.state == TestStep::State::Failed;
        if (done.ok() == failed)
            steps.clear(); // the whole must say what the steps say
        return steps;
    }
    static QString states(const std::vector<TestStep> &steps)
    {
        QStringList words;
        for (const TestStep &step : steps)
            words += step.id + u'=' + QStringLiteral("OWF-C").at(int(step.state));
        return words.join(u' ');
    }
    [[nodiscard]] int logins() const { return m_sandbox->requests(QStringLiteral("/v1/users/login")); }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_keychain.mood = MoodyKeychain::Mood::Open;
        m_keychain.writes = 0;
        m_sandbox = std::make_unique<SandboxFixture>();
        open();
    }
    void cleanup()
    {
        close();
        m_sandbox.reset();
    }

    void savedAccountAndSecretSurviveARestart()
    {
        const auto saved = save(node(), m_sandbox->password());
        QVERIFY(saved.ok());
        QCOMPARE(saved->place, SecretPlace::Keychain);
        QVERIFY(!saved->keychain);
        close();
        open();
        QCOMPARE(m_accounts->all().size(), 1U);
        QVERIFY(m_accounts->find(saved->id)->hasStoredSecret);
        QVERIFY(ask(saved->id).ok());
        QCOMPARE(logins(), 1);
    }

    void savingWithoutSecretKeepsTheOldOne()
    {
        const AccountId id = save(node(), m_sandbox->password())->id;
        Account edited = *m_accounts->find(id);
        edited.name = QStringLiteral("Renamed");
        QVERIFY(save(edited, {}).ok());
        QCOMPARE(m_keychain.writes, 1);
        QCOMPARE(m_accounts->find(id)->name, QStringLiteral("Renamed"));
        QVERIFY(m_accounts->find(id)->hasStoredSecret);
        QVERIFY(ask(id).ok());
    }

    void withoutKeychainThisSessionOnly_data()
    {
        QTest::addColumn<bool>("locked");
        QTest::newRow("locked") << true;
        QTest::newRow("absent") << false;
    }
    void withoutKeychainThisSessionOnly()
    {
        QFETCH(bool, locked);
        m_keychain.mood = locked ? MoodyKeychain::Mood::Locked : MoodyKeychain::Mood::Absent;
        const auto saved = save(node(), m_sandbox->password());
        QVERIFY(saved.ok());
        QCOMPARE(saved->place, SecretPlace::SessionMemory);
        QCOMPARE(saved->keychain->kind, locked ? Failure::Kind::KeychainLocked : Failure::Kind::NoKeychain);
        QVERIFY(!m_accounts->find(saved->id)->hasStoredSecret);
        QVERIFY(ask(saved->id).ok()); // it works all the same
        close();
        open(); // the next session does not know it
        const auto asked = ask(saved->id);
        QVERIFY(!asked.ok());
        QCOMPARE(asked.failure().kind, locked ? Failure::Kind::Unauthorised : Failure::Kind::NoKeychain);
        QCOMPARE(logins(), 1); // nothing was sent without a password
    }

    void lockedKeychainClearsNothing()
    {
        const AccountId id = save(node(), m_sandbox->password())->id;
        close();
        open();
        m_keychain.mood = MoodyKeychain::Mood::Locked; // answers "not found"
        const auto asked = ask(id);
        QVERIFY(!asked.ok());
        QCOMPARE(asked.failure().kind, Failure::Kind::KeychainLocked);
        QVERIFY(m_accounts->find(id)->hasStoredSecret);
        close();
        open();
        QVERIFY(m_accounts->find(id)->hasStoredSecret);
        m_keychain.mood = MoodyKeychain::Mood::Open; // unlocked: it is all there
        QVERIFY(ask(id).ok());
    }

    void newPasswordWhileLockedDoesNotForgetTheOldMark()
    {
        const AccountId id = save(node(), m_sandbox->password())->id;
        m_keychain.mood = MoodyKeychain::Mood::Locked;
        const auto saved = save(*m_accounts->find(id), QStringLiteral("Another-Pass1"));
        QVERIFY(saved.ok());
        QCOMPARE(saved->place, SecretPlace::SessionMemory);
        QVERIFY(m_accounts->find(id)->hasStoredSecret);
        QCOMPARE(ask(id).failure().kind, Failure::Kind::Unauthorised); // the new one is used, and it is wrong
    }

    void wrongPasswordIsOneAttempt()
    {
        const AccountId id = save(node(), QStringLiteral("Wrong-Pass1"))->id;
        const auto asked = ask(id);
        QVERIFY(!asked.ok());
        QCOMPARE(asked.failure().kind, Failure::Kind::Unauthorised);
        QCOMPARE(logins(), 1);
    }

    void manyQuestionsOneLogin()
    {
        const AccountId id = save(node(), m_sandbox->password())->id;
        int answered = 0;
        std::vector<Call> calls;
        for (int i = 0; i < 5; ++i)
            calls.push_back(
                m_accounts->gateway(id)->health([&](const Result<Health> &health) { answered += health.ok(); }));
        QTRY_COMPARE(answered, 5);
        QCOMPARE(logins(), 1);
    }

    void gatewayIsMadeAnewWhenTheAccountChanged()
    {
        const AccountId id = save(node(), m_sandbox->password())->id;
        QVERIFY(ask(id).ok());
        Gateway *before = m_accounts->gateway(id);
        QCOMPARE(m_accounts->gateway(id), before);
        bool answered = false; // a question in the air is still answered
        const Call call = before->health([&](const Result<Health> &health) { answered = health.ok(); });
        QVERIFY(save(*m_accounts->find(id), QStringLiteral("Wrong-Pass1")).ok());
        QVERIFY(m_accounts->gateway(id) != before);
        QCOMPARE(ask(id).failure().kind, Failure::Kind::Unauthorised); // no session of the old password lives on
        QTRY_VERIFY(answered);
        QVERIFY(m_accounts->gateway(AccountId(4711)) == nullptr);
    }

    void removeForgetsTheSecret()
    {
        const AccountId id = save(node(), m_sandbox->password())->id;
        const QString key = m_accounts->find(id)->secretKey();
        QVERIFY(answerOf<Nothing>([&](auto then) { return m_accounts->remove(id, then); }).ok());
        QVERIFY(m_accounts->find(id) == nullptr);
        QVERIFY(m_accounts->gateway(id) == nullptr);
        QCOMPARE(answerOf<Secret>([&](auto then) { return m_keychain.read(key, then); }).failure().kind,
            Failure::Kind::NotFound);
    }

    void checklistAllGood()
    {
        const auto steps = test(node(), m_sandbox->password());
        QCOMPARE(states(steps),
            QStringLiteral(
                "address=O tls=O login=O health=O can-check=O can-tell=O can-block=O can-list=C limits=O clock=O"));
        QCOMPARE(*steps[0].outcome, QStringLiteral("127.0.0.1"));
        QCOMPARE(*steps[2].outcome, m_sandbox->user());
        QCOMPARE(*steps[3].outcome, QStringLiteral("connected"));
        QCOMPARE(*steps[4].outcome, QStringLiteral("50")); // numbers in a request
        QCOMPARE(*steps[6].outcome, QStringLiteral("1"));
        QCOMPARE(*steps[8].outcome, QStringLiteral("per-minute=60 checks=50"));
        QVERIFY(m_sandbox->asked().isEmpty()); // it spends no check
        QCOMPARE(*steps[5].outcome, QStringLiteral("v2.41.2"));
        QCOMPARE(logins(), 1);
        QCOMPARE(m_keychain.writes, 0); // a test saves nothing
        QVERIFY(m_accounts->all().empty());
        const auto list = [&] {
            return *answerOf<std::vector<qint64>>([&](auto then) { return m_store->journal().list({}, then); });
        };
        QTRY_VERIFY(!list().empty());
        const auto rows
            = answerOf<std::vector<JournalEntry>>([&](auto then) { return m_store->journal().rows(list(), then); });
        QCOMPARE(rows->front().act, QStringLiteral("connection.test"));
        QCOMPARE(rows->front().outcome, QStringLiteral("ok"));
    }

    void checklistWithTheSavedSecret()
    {
        const AccountId id = save(node(), m_sandbox->password())->id;
        QCOMPARE(states(test(*m_accounts->find(id), {})),
            QStringLiteral(
                "address=O tls=O login=O health=O can-check=O can-tell=O can-block=O can-list=C limits=O clock=O"));
    }

    void checklistWrongPassword()
    {
        const auto steps = test(node(), QStringLiteral("Wrong-Pass1"));
        QCOMPARE(states(steps),
            QStringLiteral(
                "address=O tls=O login=F health=- can-check=- can-tell=- can-block=- can-list=- limits=- clock=O"));
        QCOMPARE(steps[2].outcome.failure().kind, Failure::Kind::Unauthorised);
        QCOMPARE(logins(), 1);
    }

    void checklistNoPasswordAnywhere()
    {
        const auto steps = test(node(), {});
        QCOMPARE(states(steps),
            QStringLiteral(
                "address=- tls=- login=F health=- can-check=- can-tell=- can-block=- can-list=- limits=- clock=-"));
        QCOMPARE(steps[2].outcome.failure().kind, Failure::Kind::Unauthorised);
        QCOMPARE(logins(), 0);
    }

    void checklistPasswordMustBeChanged()
    {
        SandboxOptions options = SandboxFixture::quick();
        options.passwordMustChange = true;
        m_sandbox = std::make_unique<SandboxFixture>(options);
        const auto steps = test(node(), m_sandbox->password());
        QCOMPARE(states(steps),
            QStringLiteral(
                "address=O tls=O login=F health=- can-check=- can-tell=- can-block=- can-list=- limits=- clock=O"));
        QCOMPARE(steps[2].outcome.failure().kind, Failure::Kind::Refused);
        QCOMPARE(steps[2].outcome.failure().code, 1024); // "Password change required", gateways.md 1.1
    }

    void checklistNodeThatCannotTell()
    {
        SandboxOptions options = SandboxFixture::quick();
        options.apiVersion = "v2.45.1";
        m_sandbox = std::make_unique<SandboxFixture>(options);
        const auto steps = test(node(), m_sandbox->password());
        QCOMPARE(states(steps),
            QStringLiteral(
                "address=O tls=O login=O health=O can-check=O can-tell=W can-block=O can-list=C limits=O clock=O"));
        QCOMPARE(*steps[5].outcome, QStringLiteral("v2.45.1"));
    }

    void checklistUnhealthyNodeAndWrongClock()
    {
        m_sandbox->fault(QStringLiteral("health-disconnected"));
        m_sandbox->server().advanceClock(3'600'000);
        const auto steps = test(node(), m_sandbox->password());
        QCOMPARE(states(steps),
            QStringLiteral(
                "address=O tls=O login=O health=W can-check=O can-tell=O can-block=O can-list=C limits=O clock=W"));
        QCOMPARE(*steps[3].outcome, QStringLiteral("disconnected"));
        QVERIFY(std::abs(steps[9].outcome->toInt() - 3'600) <= 2);
    }

    void checklistBadAddresses_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("empty") << QString();
        QTest::newRow("http to another machine") << QStringLiteral("http://gateway.example/v1");
        QTest::newRow("http to a name of this machine") << QStringLiteral("http://localhost:9090/v1");
        QTest::newRow("login in it") << QStringLiteral("https://admin:pw@gateway.example/v1");
        QTest::newRow("query") << QStringLiteral("https://gateway.example/v1?token=x");
    }
    void checklistBadAddresses()
    {
        QFETCH(QString, address);
        Account account = node();
        account.address = QUrl(address);
        QCOMPARE(states(test(account, QStringLiteral("x"))),
            QStringLiteral(
                "address=F tls=- login=- health=- can-check=- can-tell=- can-block=- can-list=- limits=- clock=-"));
    }

    void checklistDeadGateway()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        Account account = node();
        account.address = QUrl(QStringLiteral("http://127.0.0.1:%1/v1").arg(closed.serverPort()));
        closed.close();
        const auto steps = test(account, QStringLiteral("x"));
        QCOMPARE(states(steps),
            QStringLiteral(
                "address=F tls=- login=- health=- can-check=- can-tell=- can-block=- can-list=- limits=- clock=-"));
        QCOMPARE(steps[0].outcome.failure().kind, Failure::Kind::Offline);
    }

    void droppedTestIsSilent()
    {
        int told = 0;
        m_sandbox->fault(QStringLiteral("slow=200"));
        {
            const Call call = m_accounts->test(
                node(), Secret(m_sandbox->password().toUtf8()), [&](const TestStep &) { ++told; },
                [&](const Done &) { told += 100; });
        }
        QTest::qWait(100);
        QCOMPARE(told, 0);
    }

    void aPauseOutlivesAnEdit()
    {
        const auto saved = save(node(), m_sandbox->password());
        QVERIFY(saved.ok());
        m_sandbox->fault(QStringLiteral("429=30:1"));
        CheckOptions once;
        once.repeat = false;
        const auto told = answerOf<CheckReply>([&](auto then) {
            return m_accounts->gateway(saved->id)->check({m_sandbox->numbers(1).front()}, once, then);
        });
        QVERIFY(!told.ok());
        QCOMPARE(told.failure().kind, Failure::Kind::RateLimited);
        Account renamed = *m_accounts->find(saved->id);
        renamed.name = QStringLiteral("The same node");
        QVERIFY(save(renamed, {}).ok());
        QVERIFY(m_accounts->gateway(saved->id)->pausedForMs() > 20'000);
        QVERIFY(save(renamed, m_sandbox->password()).ok());
        QVERIFY(m_accounts->gateway(saved->id)->pausedForMs() > 20'000);
        // Another gateway asked for no pause.
        renamed.address = QUrl(QStringLiteral("https://other.example/v1"));
        QVERIFY(save(renamed, {}).ok());
        QCOMPARE(m_accounts->gateway(saved->id)->pausedForMs(), 0);
    }

    void aTestIsKeptWithoutItsSecret()
    {
        const auto saved = save(node(), m_sandbox->password());
        QVERIFY(saved.ok());
        QCOMPARE(m_accounts->lastTest(saved->id).atMs, 0);
        const QString found = states(test(*m_accounts->find(saved->id), {}));
        const AccountTest kept = m_accounts->lastTest(saved->id);
        QVERIFY(kept.atMs > 0);
        QCOMPARE(states(kept.steps), found);
        close();
        QDirIterator files(m_folder->path(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(m_sandbox->password().toUtf8()), qPrintable(file.fileName()));
        }
        open();
        QCOMPARE(m_accounts->lastTest(saved->id).atMs, kept.atMs);
        QCOMPARE(states(m_accounts->lastTest(saved->id).steps), found);

        Account renamed = *m_accounts->find(saved->id);
        renamed.name = QStringLiteral("Renamed");
        QVERIFY(save(renamed, {}).ok());
        QCOMPARE(m_accounts->lastTest(saved->id).atMs, kept.atMs);
        QVERIFY(save(renamed, QStringLiteral("another-password")).ok()); // nobody tried that one
        QCOMPARE(m_accounts->lastTest(saved->id).atMs, 0);
        close();
        open();
        QCOMPARE(m_accounts->lastTest(saved->id).atMs, 0);
    }

    /// The dialog tests its fields and saves them then: what was tested is what is saved.
    void aTestOfFieldsIsKeptWhenTheyAreSaved()
    {
        QVERIFY(!test(node(), m_sandbox->password()).empty());
        const auto saved = save(node(), m_sandbox->password());
        QVERIFY(saved.ok());
        QVERIFY(m_accounts->lastTest(saved->id).atMs > 0);
        Account other = node();
        other.name = QStringLiteral("Other");
        QVERIFY(!test(other, m_sandbox->password()).empty());
        const auto unlike = save(other, QStringLiteral("another-password"));
        QVERIFY(unlike.ok());
        QCOMPARE(m_accounts->lastTest(unlike->id).atMs, 0);
    }

    void sandboxAccountIsRegisteredOnce()
    {
        const Secret password(m_sandbox->password().toUtf8());
        const auto use = [&] {
            return answerOf<AccountId>([&](auto then) {
                return m_accounts->useSandbox(m_sandbox->address(), m_sandbox->user(), password, then);
            });
        };
        const auto first = use();
        QVERIFY(first.ok());
        QVERIFY(ask(*first).ok());
        QVERIFY(m_accounts->find(*first)->sandbox);
        QVERIFY(!m_accounts->find(*first)->hasStoredSecret);
        QCOMPARE(m_keychain.writes, 0); // its password is no secret worth a keychain
        close();
        m_sandbox = std::make_unique<SandboxFixture>(); // another port
        open();
        const auto second = use();
        QVERIFY(second.ok());
        QCOMPARE(*second, *first);
        QCOMPARE(m_accounts->all().size(), 1U);
        QCOMPARE(m_accounts->find(*second)->address, m_sandbox->address());
        QVERIFY(ask(*second).ok());
    }
};

QTEST_GUILESS_MAIN(AccountsTest)
#include "accounts_test.moc"
