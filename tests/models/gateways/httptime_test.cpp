// SPDX-License-Identifier: GPL-3.0-or-later
// Dates: the three forms of RFC 9110 5.6.7, with its own example. Waits: gateways.md 6.4.
#include "models/gateways/httptime.h"
#include "tests/models/gateways/dialects/goldencase.h"
#include "tests/support/golden.h"

#include <QTest>

using namespace rollcall;

class HttpTimeTest final : public QObject {
    Q_OBJECT

private slots:
    void readsTheThreeFormsOfADate()
    {
        constexpr qint64 example = 784'111'777'000; // date -u -d 'Sun, 06 Nov 1994 08:49:37 GMT' +%s
        QCOMPARE(readHttpDate("Sun, 06 Nov 1994 08:49:37 GMT").value_or(-1), example);
        QCOMPARE(readHttpDate("Sunday, 06-Nov-94 08:49:37 GMT").value_or(-1), example);
        QCOMPARE(readHttpDate("Sun Nov  6 08:49:37 1994").value_or(-1), example);
        for (const char *bad : {"", "soon", "Sun, 31 Feb 2026 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                 "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nox 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"})
            QVERIFY2(!readHttpDate(bad), bad);
    }

    void retryAfter_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<int>("seconds"); // -1 = nothing
        const QByteArray noon = "Sat, 21 Nov 2026 12:00:00 GMT";
        QTest::newRow("seconds") << QByteArray("120") << noon << 120;
        QTest::newRow("blanks") << QByteArray(" 7 ") << QByteArray() << 7;
        QTest::newRow("zero") << QByteArray("0") << QByteArray() << 0;
        QTest::newRow("negative") << QByteArray("-5") << noon << 0;
        QTest::newRow("clamped to an hour") << QByteArray("3601") << noon << 3600;
        QTest::newRow("10^12") << QByteArray("1000000000000") << noon << 3600;
        QTest::newRow("beyond 64 bit") << QByteArray("99999999999999999999999") << noon << 3600;
        QTest::newRow("text") << QByteArray("later") << noon << -1;
        QTest::newRow("fraction") << QByteArray("1.5") << noon << -1;
        QTest::newRow("empty") << QByteArray() << noon << -1;
        QTest::newRow("minus") << QByteArray("-") << noon << -1;
        QTest::newRow("date by the answer's Date") << QByteArray("Sat, 21 Nov 2026 12:00:30 GMT") << noon << 30;
        QTest::newRow("date in the past") << QByteArray("Sat, 21 Nov 2026 11:00:30 GMT") << noon << 0;
        QTest::newRow("date far away") << QByteArray("Sat, 21 Nov 2027 12:00:30 GMT") << noon << 3600;
        // Our clock says 1970-01-01 00:00:10.
        QTest::newRow("no Date: our clock") << QByteArray("Thu, 01 Jan 1970 00:00:40 GMT") << QByteArray() << 30;
        QTest::newRow("Date is nonsense") << QByteArray("Thu, 01 Jan 1970 00:00:40 GMT") << QByteArray("x") << 30;
    }
    void retryAfter()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, date);
        const auto wait = readRetryAfter(text, date, 10'000);
        QTEST(wait ? int(wait->count()) : -1, "seconds");
    }

    /// As whole answers: throttled until 12:01:30 by a gateway whose own clock says 12:00:00, whatever ours says.
    void aDateInAnAnswer()
    {
        const HttpReply replies[] = {
            golden::readCase(QStringLiteral("sendapi"), QStringLiteral("failure-429-date.reply")).reply,
            golden::readCase(QStringLiteral("commbox"), QStringLiteral("failure-429-date.reply")).reply,
            goldenReply(QStringLiteral("dialog360"), QStringLiteral("bare-429-date")),
        };
        for (const HttpReply &reply : replies) {
            QCOMPARE(reply.status, 429);
            const auto wait = readRetryAfter(reply.header("retry-after"), reply.header("date"), 10'000);
            QVERIFY(wait.has_value());
            QCOMPARE(wait->count(), 90);
        }
    }

    void backoffDoublesToFiveMinutes()
    {
        const std::vector<qint64> ceilings{
            1'000, 2'000, 4'000, 8'000, 16'000, 32'000, 64'000, 128'000, 256'000, 300'000, 300'000};
        for (int repeat = 1; repeat <= int(ceilings.size()); ++repeat) {
            const qint64 ceiling = ceilings[size_t(repeat - 1)];
            QCOMPARE(backoffMs(repeat, 0.0), 0);
            QCOMPARE(backoffMs(repeat, 0.5), ceiling / 2);
            QVERIFY(backoffMs(repeat, 0.999999) < ceiling);
        }
        QVERIFY(backoffMs(1'000'000, 0.999) <= 300'000);
    }
};

QTEST_GUILESS_MAIN(HttpTimeTest)
#include "httptime_test.moc"
