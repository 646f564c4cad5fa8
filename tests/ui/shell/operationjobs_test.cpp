// SPDX-License-Identifier: GPL-3.0-or-later
// What the runs of blocks tell the status line about the way to their account, over real runs on a real store.
#include "ui/shell/internal/operationjobs.h"

#include "tests/support/blockplace.h"
#include "ui/parts/badge.h"
#include "ui/shell/jobsdock.h"

using namespace rollcall;
using namespace rollcall::tests;

class OperationJobsTest final : public BlockPlace {
    Q_OBJECT

    std::unique_ptr<JobsDock> m_dock;
    std::unique_ptr<OperationJobs> m_jobs;
    Account m_known;
    std::vector<StatusLine::ReachView> m_views;

    void follow()
    {
        m_jobs = std::make_unique<OperationJobs>(*m_dock, m_store->clock, [this](AccountId) { return &m_known; });
        m_jobs->follow(*m_runner, QStringLiteral("block"));
        connect(m_jobs.get(), &OperationJobs::reached, this, [this](AccountId account, const auto &view) {
            QCOMPARE(account, m_account);
            m_views.push_back(view);
        });
    }

private slots:
    void init()
    {
        begin();
        m_known.id = m_account;
        m_known.kind = GatewayKind::Dialog360;
        m_dock = std::make_unique<JobsDock>();
        m_views.clear();
        follow();
    }
    void cleanup()
    {
        m_jobs.reset();
        m_dock.reset();
        end();
    }

    void anAnswerMeansOnline()
    {
        QVERIFY(over(create(itemsFor(2))));
        QVERIFY(!m_views.empty());
        QCOMPARE(m_views.back().reach, StatusLine::Reach::Online);
        QCOMPARE(m_views.back().brief, QString());
    }

    /// Green "Done" is what was done, all of it.
    void whatAJobIsCalledAtItsEnd()
    {
        const auto word = [this](RunId id) {
            const auto *card = m_dock->findChild<QWidget *>(QStringLiteral("job.block-%1").arg(id.value()));
            return card ? card->findChild<Badge *>()->text() : QString();
        };
        m_server->refuse = {asked(0), asked(1)};
        const RunId refused = create(itemsFor(2));
        QVERIFY(over(refused));
        QCOMPARE(word(refused), QStringLiteral("Refused"));
        const RunId mixed = create(itemsFor(4));
        QVERIFY(over(mixed));
        QCOMPARE(word(mixed), QStringLiteral("Done in part"));
        const RunId whole = create(itemsFor(2, 10));
        QVERIFY(over(whole));
        QCOMPARE(word(whole), QStringLiteral("Done"));
    }

    void trouble_data()
    {
        QTest::addColumn<Failure>("why");
        QTest::addColumn<StatusLine::Reach>("reach");
        QTest::addColumn<QString>("brief");
        Failure gone = failure(Failure::Kind::Refused, 402);
        gone.aboutAccount = true;
        QTest::newRow("401") << failure(Failure::Kind::Unauthorised, 401) << StatusLine::Reach::Trouble
                             << QStringLiteral("Login refused");
        QTest::newRow("the plan ended") << gone << StatusLine::Reach::Trouble << QStringLiteral("Account refused");
        QTest::newRow("elsewhere") << failure(Failure::Kind::Redirected, 302) << StatusLine::Reach::Trouble
                                   << QStringLiteral("Sends us elsewhere");
    }
    void trouble()
    {
        QFETCH(Failure, why);
        QFETCH(StatusLine::Reach, reach);
        QFETCH(QString, brief);
        m_server->script.push_back({BlockServer::Act::Fail, why});
        const RunId id = create(itemsFor(2));
        QVERIFY(halted(id));
        QVERIFY(!m_views.empty());
        QCOMPARE(m_views.back().reach, reach);
        QCOMPARE(m_views.back().brief, brief);
        QVERIFY(!m_views.back().why.isEmpty());

        // The next start of the program shows the run, and says nothing about now.
        m_runner.reset();
        QVERIFY(m_store->open());
        makeRunner();
        follow();
        m_views.clear();
        QVERIFY(await<qint64>([&](auto then) {
            m_runner->recover(then);
            return Call(std::make_shared<Call::State>());
        }));
        m_jobs->showActive();
        QVERIFY(m_told[id].halted.has_value());
        QVERIFY(m_views.empty());

        // Resumed, and the gateway takes it now (a refused redirect settled these two).
        m_runner->resume(id);
        QVERIFY(over(id));
        if (why.kind != Failure::Kind::Redirected)
            QCOMPARE(m_views.back().reach, StatusLine::Reach::Online);
    }
};

QTEST_MAIN(OperationJobsTest)
#include "operationjobs_test.moc"
