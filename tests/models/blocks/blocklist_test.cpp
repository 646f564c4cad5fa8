// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blocklist.h"

#include "tests/support/fakeclock.h"

#include <QTest>
#include <deque>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr int pageSize = 3;

/// "1 2 3": three rows.
BlockedPage page(const char *ids, const char *next = "")
{
    BlockedPage made;
    for (const QString &id : QString::fromLatin1(ids).split(u' ', Qt::SkipEmptyParts))
        made.rows.push_back({.waId = id});
    made.next = QString::fromLatin1(next);
    return made;
}

Failure changed()
{
    return {.kind = Failure::Kind::Refused, .code = 139102};
}

} // namespace

class BlockListTest final : public QObject {
    Q_OBJECT

    std::deque<Result<BlockedPage>> m_pages;
    QStringList m_cursors;

    /// Reads with the scripted pages; the last one repeats for ever.
    Result<ServerList> read()
    {
        FakeClock clock;
        m_cursors.clear();
        ListSource source;
        source.pageSize = pageSize;
        source.page = [&](const PageAsk &ask, std::function<void(Result<BlockedPage>)> then) {
            m_cursors.push_back(ask.cursor);
            const Result<BlockedPage> answer = m_pages.front();
            if (m_pages.size() > 1)
                m_pages.pop_front();
            return clock.after(10, [answer, then = std::move(then)] { then(answer); });
        };
        std::optional<Result<ServerList>> got;
        const Call call = readServerList(source, clock, {}, [&](Result<ServerList> list) { got = std::move(list); });
        for (int i = 0; i < 50'000 && !got; ++i)
            clock.runNext();
        return got ? *got : Result<ServerList>(Failure{.kind = Failure::Kind::Timeout});
    }

private slots:
    void pageByPage()
    {
        m_pages = {page("1 2 3", "a"), page("4 5 6", "b"), page("7")};
        const auto list = read();
        QVERIFY2(list.ok(), qPrintable(list ? QString() : list.failure().detail));
        QCOMPARE(list->rows.size(), 7U);
        QCOMPARE(list->pages, 3);
        QCOMPARE(m_cursors.join(u','), QStringLiteral(",a,b"));
        QCOMPARE(list->rows[0].alias, AliasKey(1));
    }

    void anEmptyListIsAList()
    {
        m_pages = {page("")};
        const auto list = read();
        QVERIFY(list);
        QVERIFY(list->rows.empty());
    }

    void eachOnce()
    {
        m_pages = {page("1 2 3", "a"), page("3 4")};
        QCOMPARE(read()->rows.size(), 4U);
    }

    void aCursorThatComesBackOnAShortPageIsTheEnd()
    {
        m_pages = {page("1 2 3", "a"), page("4", "a")};
        const auto list = read();
        QVERIFY(list);
        QCOMPARE(list->rows.size(), 4U);
        QCOMPARE(list->pages, 2);
    }

    void aFullPageThatComesAgainIsDoubtful()
    {
        m_pages = {page("1 2 3", "a"), page("1 2 3", "b")};
        QCOMPARE(read().failure().kind, Failure::Kind::BadReply);
        m_pages = {page("1 2 3", "a"), page("4 5 6", "a")};
        QCOMPARE(read().failure().kind, Failure::Kind::BadReply);
    }

    void itStartsAnewWhenTheListChangedButNotForEver()
    {
        m_pages = {page("1 2 3", "a"), changed(), page("2 3")};
        const auto list = read();
        QVERIFY(list);
        QCOMPARE(list->rows.size(), 2U); // nothing of the first try
        QCOMPARE(list->restarts, 1);
        QCOMPARE(m_cursors.join(u','), QStringLiteral(",a,"));
        m_pages = {changed()};
        const auto never = read();
        QCOMPARE(never.failure().code, 139102);
        QCOMPARE(m_cursors.size(), 1 + mostListRestarts);
    }

    void aFailureInTheMiddleIsNoList()
    {
        m_pages = {page("1 2 3", "a"), Failure{.kind = Failure::Kind::Timeout}};
        QCOMPARE(read().failure().kind, Failure::Kind::Timeout);
    }

    void endlessPagesEnd()
    {
        FakeClock clock;
        ListSource source;
        source.pageSize = 1;
        int asked = 0;
        source.page = [&](const PageAsk &, std::function<void(Result<BlockedPage>)> then) {
            ++asked;
            const BlockedPage endless
                = page(QByteArray::number(100'000 + asked).constData(), QByteArray::number(asked).constData());
            return clock.after(1, [endless, then = std::move(then)] { then(endless); });
        };
        std::optional<Result<ServerList>> got;
        const Call call = readServerList(source, clock, {}, [&](Result<ServerList> list) { got = std::move(list); });
        while (!got && clock.runNext()) { }
        QVERIFY(got);
        QCOMPARE(got->failure().kind, Failure::Kind::BadReply);
        QCOMPARE(asked, mostListPages);
    }

    void droppedItStops()
    {
        FakeClock clock;
        ListSource source;
        int asked = 0;
        source.page = [&](const PageAsk &, std::function<void(Result<BlockedPage>)> then) {
            ++asked;
            return clock.after(1, [then = std::move(then)] { then(page("1", "a")); });
        };
        {
            const Call call
                = readServerList(source, clock, {}, [](const Result<ServerList> &) { QFAIL("was dropped"); });
        }
        while (clock.runNext()) { }
        QCOMPARE(asked, 1);
    }

    void whoCannotListSaysSo()
    {
        FakeClock clock;
        std::optional<Result<ServerList>> got;
        const Call call = readServerList({}, clock, {}, [&](Result<ServerList> list) { got = std::move(list); });
        QVERIFY(!got); // not from inside the call
        clock.runNext();
        QCOMPARE(got->failure().kind, Failure::Kind::Unsupported);
    }
};

QTEST_GUILESS_MAIN(BlockListTest)
#include "blocklist_test.moc"
