// SPDX-License-Identifier: GPL-3.0-or-later
// product.md, rule 8 and design.md section 2: what is to be done is on disk before the first byte leaves. When it
// cannot be saved (disk full, somebody else holds the file, read-only), the gateway is not called, the person is told
// in words, and later it is done once.
#include "models/blocks/blockrun.h"
#include "models/gateways/gateway.h"
#include "models/runs/runner.h"
#include "models/store/blocks.h"
#include "models/store/runbook.h"
#include "models/store/stops.h"
#include "models/store/store.h"
#include "tests/support/answer.h"
#include "tests/support/rushclock.h"
#include "tests/support/sandboxfixture.h"
#include "ui/text/failuretext.h"

#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QStandardPaths>
#include <QTemporaryDir>
#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace rollcall;
using namespace rollcall::tests;

namespace {

enum class Deed { Block, Unblock, Check };

#ifdef Q_OS_UNIX
/// No file grows while it lives: the write itself fails, as on a full disk.
class FullDisk {
public:
    FullDisk()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{4096, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    FullDisk(const FullDisk &) = delete;
    FullDisk &operator=(const FullDisk &) = delete;

private:
    rlimit m_before{};
};
#endif

/// Another program writes to the file.
class Held {
public:
    explicit Held(const QString &file)
    {
        m_db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("stranger"));
        m_db.setDatabaseName(file);
        if (!m_db.open() || !QSqlQuery(m_db).exec(QStringLiteral("BEGIN IMMEDIATE")))
            qFatal("the file cannot be held");
    }
    ~Held()
    {
        QSqlQuery(m_db).exec(QStringLiteral("COMMIT"));
        m_db = QSqlDatabase();
        QSqlDatabase::removeDatabase(QStringLiteral("stranger"));
    }
    Held(const Held &) = delete;
    Held &operator=(const Held &) = delete;

private:
    QSqlDatabase m_db;
};

/// The real store, runners, gateways and sandbox; `onReady` is called when a request is about to be made ready, before
/// its intent is stored.
class Place final : public QObject {
public:
    explicit Place(Deed deed)
        : m_deed(deed)
        , m_numbers(deed == Deed::Check ? m_sandbox.numbers(3) : m_sandbox.people(3, true))
    {
        for (const QString &number : m_numbers)
            m_sandbox.server().setBlocked(number.toStdString(), deed == Deed::Unblock);
    }
    ~Place() override { close(); }
    void open()
    {
        auto opened = Store::open(folder(), m_clock);
        if (!opened)
            qFatal("open: %s", qPrintable(opened.failure().detail));
        store = *std::move(opened);
        if (!answerOf<Nothing>([&](auto then) { return store->checkFile(false, then); })
            || !answerOf<Nothing>([&](auto then) { return store->stops().load(then); }))
            qFatal("the store cannot be used");
        makeGateway();
        m_blocks = std::make_unique<BlockRunner>(
            *store, BlockRunner::BlockerOf([this](AccountId) { return blocker(); }), m_clock);
        m_checks = std::make_unique<Runner>(
            *store, Runner::CheckerOf([this](AccountId) { return checker(); }),
            [](AccountId) {
                return CheckBudget{1'000'000, 1'000'000, 0};
            },
            m_clock);
        connect(m_blocks.get(), &BlockRunner::progressed, this,
            [this](const OperationProgress &progress) { halted = progress.halted; });
        connect(m_blocks.get(), &BlockRunner::finished, this, [this](const OperationProgress &) { over = true; });
        connect(m_checks.get(), &Runner::progressed, this,
            [this](const RunProgress &progress) { halted = progress.halted; });
        connect(m_checks.get(), &Runner::finished, this, [this](const RunProgress &) { over = true; });
    }
    void close()
    {
        m_blocks.reset();
        m_checks.reset();
        m_gateway.reset();
        store.reset();
    }
    [[nodiscard]] QString folder() const { return m_folder.filePath(QStringLiteral("profile")); }
    [[nodiscard]] QString file() const { return folder() + QStringLiteral("/rollcall.db"); }
    Result<RunId> create()
    {
        return answerOf<RunId>([this](auto then) {
            if (m_deed == Deed::Check)
                m_checks->create(AccountId(1), {}, checkItems(), 0, then);
            else
                m_blocks->create(order(), blockItems(), then);
            return Call(std::make_shared<Call::State>());
        });
    }
    void resume(RunId run)
    {
        halted.reset();
        m_deed == Deed::Check ? m_checks->resume(run) : m_blocks->resume(run);
    }
    /// How often anything was done or asked at the gateway.
    [[nodiscard]] int delivered() const
    {
        int count = 0;
        for (const SandboxLedgerEntry &entry : m_sandbox.ledger())
            count += int(entry.acted.size() + entry.asked.size());
        return count;
    }
    [[nodiscard]] bool isSettled() const { return !m_blocks->isStoring() && !m_checks->isStoring(); }

    std::unique_ptr<Store> store;
    std::function<void()> onReady;
    std::optional<Failure> halted;
    bool over = false;

private:
    void makeGateway()
    {
        Account account;
        account.id = AccountId(1);
        account.registeredCountryCode = 44;
        Credentials mine;
        if (m_deed == Deed::Check) {
            account.kind = GatewayKind::OnPrem;
            account.address = m_sandbox.address();
            account.user = m_sandbox.user();
            mine.user = m_sandbox.user();
            mine.password = Secret::fromTyped(m_sandbox.password());
        } else {
            account.kind = GatewayKind::Dialog360;
            account.address = QUrl(QString::fromStdString(m_sandbox.server().dialog360Address()));
            mine.token = Secret(QByteArray::fromStdString(m_sandbox.server().options().dialog360Key));
        }
        m_gateway = std::make_unique<Gateway>(
            account, [this, mine](auto then) { return m_clock.after(0, [mine, then] { then(mine); }); }, m_clock);
    }
    void ready()
    {
        if (const auto once = std::exchange(onReady, nullptr))
            once();
    }
    std::optional<Blocker> blocker()
    {
        Blocker blocker;
        blocker.capabilities = m_gateway->capabilities();
        blocker.block = [this](const auto &people, auto then, auto mayLeave) {
            return m_gateway->block(people, std::move(then), std::move(mayLeave));
        };
        blocker.unblock = [this](const auto &people, auto then, auto mayLeave) {
            return m_gateway->unblock(people, std::move(then), std::move(mayLeave));
        };
        blocker.list.page = [this](const PageAsk &ask, auto then) { return m_gateway->blocked(ask, std::move(then)); };
        blocker.readyInMs = [this] {
            ready();
            return m_gateway->readyInMs();
        };
        blocker.writeDeadlineMs = blocker.capabilities.writeDeadlineMs;
        return blocker;
    }
    std::optional<Checker> checker()
    {
        Checker checker;
        checker.capabilities = m_gateway->capabilities();
        checker.check = [this](const auto &inputs, const CheckOptions &options, auto then, auto mayLeave) {
            return m_gateway->check(inputs, options, std::move(then), std::move(mayLeave));
        };
        checker.readyInMs = [this] {
            ready();
            return m_gateway->readyInMs();
        };
        return checker;
    }
    [[nodiscard]] OperationOrder order() const
    {
        OperationOrder order;
        order.account = AccountId(1);
        order.kind = m_deed == Deed::Block ? OperationKind::Block : OperationKind::Unblock;
        order.reason = QStringLiteral("spam");
        return order;
    }
    [[nodiscard]] std::vector<OperationItem> blockItems() const
    {
        std::vector<OperationItem> items;
        for (const QString &number : m_numbers)
            items.push_back({.alias = AliasKey(number.mid(1).toLongLong()), .ask = number});
        return items;
    }
    [[nodiscard]] std::vector<RunItem> checkItems() const
    {
        std::vector<RunItem> items;
        for (const QString &number : m_numbers) {
            RunItem item;
            item.alias = AliasKey(number.mid(1).toLongLong());
            item.ask = number;
            items.push_back(item);
        }
        return items;
    }

    const Deed m_deed;
    RushClock m_clock;
    QTemporaryDir m_folder;
    SandboxFixture m_sandbox;
    const QStringList m_numbers;
    std::unique_ptr<Gateway> m_gateway;
    std::unique_ptr<BlockRunner> m_blocks;
    std::unique_ptr<Runner> m_checks;
};

} // namespace

class UnsavedIntentTest final : public QObject {
    Q_OBJECT

    static void deeds()
    {
        QTest::addColumn<int>("deed");
        QTest::newRow("block") << int(Deed::Block);
        QTest::newRow("unblock") << int(Deed::Unblock);
        QTest::newRow("check") << int(Deed::Check);
    }

private slots:
#ifdef Q_OS_UNIX
    void noRoomForTheRun_data()
    {
        deeds();
    }
    void noRoomForTheRun()
    {
        QFETCH(int, deed);
        Place place{Deed(deed)};
        place.open();
        {
            const FullDisk full;
            const auto run = place.create();
            QVERIFY(!run);
            QCOMPARE(run.failure().kind, Failure::Kind::DiskFull);
            const QString words = failureSentence(run.failure());
            QVERIFY2(
                words.contains(QStringLiteral("The disk is full")) && words.contains(QStringLiteral("Free some space")),
                qPrintable(words));
            spin(100);
        }
        QCOMPARE(place.delivered(), 0);
        QVERIFY(place.create()); // there is room again
        QVERIFY(eventually([&] { return place.over; }));
        QCOMPARE(place.delivered(), 3);
    }

    /// The run is stored; then the disk is full at the very moment a request is made ready.
    void noRoomForTheIntent_data()
    {
        deeds();
    }
    void noRoomForTheIntent()
    {
        QFETCH(int, deed);
        Place place{Deed(deed)};
        place.open();
        std::optional<FullDisk> full;
        place.onReady = [&full] { full.emplace(); };
        const auto run = place.create();
        QVERIFY(run);
        QVERIFY(eventually([&] { return place.halted.has_value(); }));
        QVERIFY(full);
        QCOMPARE(place.halted->kind, Failure::Kind::DiskFull);
        spin(100);
        QCOMPARE(place.delivered(), 0);
        full.reset();
        QVERIFY(eventually([&] { return place.isSettled(); }));
        place.resume(*run);
        QVERIFY(eventually([&] { return place.over; }));
        QCOMPARE(place.delivered(), 3);
    }

    void readOnly_data()
    {
        deeds();
    }
    void readOnly()
    {
        if (geteuid() == 0)
            QSKIP("root may write everything: see readOnlyAsNobody()");
        QFETCH(int, deed);
        Place place{Deed(deed)};
        place.open();
        place.close();
        const QByteArray file = QFile::encodeName(place.file());
        const QByteArray folder = QFile::encodeName(place.folder());
        QCOMPARE(chmod(file.constData(), 0400), 0);
        QCOMPARE(chmod(folder.constData(), 0500), 0);
        place.open();
        QVERIFY(place.store->report().readOnly);
        const auto run = place.create();
        QVERIFY(!run);
        QCOMPARE(run.failure().kind, Failure::Kind::ReadOnly);
        QVERIFY(failureSentence(run.failure()).contains(QStringLiteral("cannot be written")));
        spin(100);
        QCOMPARE(place.delivered(), 0);
        place.close();
        chmod(folder.constData(), 0700);
    }

    void readOnlyAsNobody()
    {
        if (geteuid() != 0)
            QSKIP("not root: readOnly() has tried it");
        const QString setpriv = QStandardPaths::findExecutable(QStringLiteral("setpriv"));
        if (setpriv.isEmpty())
            QSKIP("setpriv is not here");
        QTemporaryDir place;
        QFile::setPermissions(place.path(), QFile::Permissions(0x7777));
        const QString copy = place.filePath(QStringLiteral("unsavedintent_test"));
        QVERIFY(QFile::copy(QCoreApplication::applicationFilePath(), copy));
        QFile::setPermissions(copy, QFile::Permissions(0x7755));
        QProcess child;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("TMPDIR"), place.path());
        environment.insert(QStringLiteral("HOME"), place.path());
        child.setProcessEnvironment(environment);
        child.setProcessChannelMode(QProcess::MergedChannels);
        child.start(setpriv,
            {QStringLiteral("--reuid=65534"), QStringLiteral("--regid=65534"), QStringLiteral("--clear-groups"), copy,
                QStringLiteral("readOnly")});
        QVERIFY(child.waitForFinished(120'000));
        const QByteArray output = child.readAll();
        for (const char *deed : {"block", "unblock", "check"}) {
            const QByteArray passed = QByteArray("PASS   : UnsavedIntentTest::readOnly(") + deed + ')';
            QVERIFY2(child.exitCode() == 0 && output.contains(passed), output.constData());
        }
    }
#endif

    /// Somebody else holds the file: it waits, and nothing leaves before the intent is on disk.
    void heldBySomebodyElse_data()
    {
        deeds();
    }
    void heldBySomebodyElse()
    {
        QFETCH(int, deed);
        Place place{Deed(deed)};
        place.open();
        std::optional<Held> held;
        place.onReady = [&] { held.emplace(place.file()); };
        const auto run = place.create();
        QVERIFY(run);
        QVERIFY(eventually([&] { return held.has_value(); }));
        spin(600);
        QCOMPARE(place.delivered(), 0);
        QVERIFY(!place.over);
        held.reset();
        QVERIFY(eventually([&] { return place.over; }));
        QCOMPARE(place.delivered(), 3);
    }

    void aBusyFileHasItsWords()
    {
        const QString words = failureSentence({.kind = Failure::Kind::Busy});
        QVERIFY(words.contains(QStringLiteral("busy")) && words.contains(QStringLiteral("Nothing was changed")));
    }
};

QTEST_GUILESS_MAIN(UnsavedIntentTest)
#include "unsavedintent_test.moc"
