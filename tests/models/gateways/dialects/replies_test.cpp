// SPDX-License-Identifier: GPL-3.0-or-later
// The helpers all dialects share: gateways.md 6.1 (identity), 6.6 (wire details).
#include "models/gateways/dialects/internal/replies.h"

#include <QTest>

using namespace rollcall;

class RepliesTest final : public QObject {
    Q_OBJECT

private slots:
    void codes_data();
    void codes();
    void whatMayBecomeAToken_data();
    void whatMayBecomeAToken();
    void pathSegments();
    void jids();
    void ownWordsNameNobody_data();
    void ownWordsNameNobody();
    void ownWordsAreShort();
};

void RepliesTest::codes_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("code");
    QTest::newRow("number") << QByteArray("131047") << 131047;
    QTest::newRow("text") << QByteArray("\"131047\"") << 131047;
    QTest::newRow("null") << QByteArray("null") << 0;
    QTest::newRow("word") << QByteArray("\"invalid_session\"") << 0;
    QTest::newRow("fraction") << QByteArray("1.5") << 0;
    QTest::newRow("negative") << QByteArray("-1") << 0;
    QTest::newRow("beyond 2^53") << QByteArray("9007199254740993") << 999'999;
    QTest::newRow("beyond 2^64") << QByteArray("99999999999999999999") << 0;
}

void RepliesTest::codes()
{
    QFETCH(QByteArray, json);
    QFETCH(int, code);
    const Result<Json> value = parseJson(json);
    QVERIFY(value);
    QCOMPARE(codeOf(*value), code);
}

void RepliesTest::whatMayBecomeAToken_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("may");
    QTest::newRow("none") << QString() << false;
    QTest::newRow("one") << QStringLiteral("a") << true;
    QTest::newRow("first and last visible") << QStringLiteral("!~") << true;
    QTest::newRow("blank") << QStringLiteral("a b") << false;
    QTest::newRow("DEL") << QStringLiteral("a\x7f") << false;
    QTest::newRow("4,096") << QString(4096, u'x') << true;
    QTest::newRow("4,097") << QString(4097, u'x') << false;
    QTest::newRow("4,096 of other letters") << QString(4096, QChar(0xfc)) << false;
}

void RepliesTest::whatMayBecomeAToken()
{
    QFETCH(const QString, text);
    QFETCH(const bool, may);
    QCOMPARE(isVisibleAscii(text), may);
}

void RepliesTest::pathSegments()
{
    QCOMPARE(percentEncoded(QStringLiteral("+1 (631) 555-1004")), QByteArray("%2B1%20%28631%29%20555-1004"));
    QCOMPARE(percentEncoded(QStringLiteral("1@c.us")), QByteArray("1%40c.us"));
    QCOMPARE(percentEncoded(QStringLiteral("a%3d/?&#")), QByteArray("a%253d%2F%3F%26%23"));
    QCOMPARE(percentEncoded(QString::fromUtf8("é")), QByteArray("%C3%A9"));
}

void RepliesTest::jids()
{
    QCOMPARE(withoutJid(QStringLiteral("16315551004@c.us")), QStringLiteral("16315551004"));
    QCOMPARE(withoutJid(QStringLiteral("447700900000@s.whatsapp.net")), QStringLiteral("447700900000"));
    // A LID is no number; a group is no person; a suffix alone is nothing.
    for (const char *text : {"123456789012345@lid", "120363@g.us", "@c.us", "+1631@c.us", "+16315551004", ""})
        QCOMPARE(withoutJid(QString::fromLatin1(text)), QString::fromLatin1(text));
}

void RepliesTest::ownWordsNameNobody_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("kept");
    const auto row = [](const char *said, const char *kept) {
        QTest::newRow(said) << QString::fromUtf8(said) << QString::fromUtf8(kept);
    };
    row("User +14155559876 is unknown", "User … is unknown");
    row("User +1 (415) 555-9876 is unknown", "User … is unknown");
    row("14155559876@c.us", "…@c.us");
    row("(#131047) Re-engagement within 24 hours", "(#131047) Re-engagement within 24 hours");
    row("two\n\tlines", "two lines");
    // Meta's Graph API quotes the token it cannot read.
    row("Malformed access token EAAGm0PX4ZCpsBAKZCZBq9nMZD", "Malformed access token …");
    row("see https://developers.facebook.com/docs/graph-api", "see https://developers.facebook.com/docs/graph-api");
}

void RepliesTest::ownWordsNameNobody()
{
    QFETCH(QString, said);
    QFETCH(QString, kept);
    QCOMPARE(ownWords(said), kept);
}

void RepliesTest::ownWordsAreShort()
{
    QCOMPARE(ownWords(QString(1'000'000, QLatin1Char('x'))), QString(100, QLatin1Char('x')));
    QCOMPARE(ownWords(QString(300, QLatin1Char('x')), 200).size(), 200);
    // A number that the cut would halve is gone before the cut.
    const QString beforeTheCut = QString(95, QLatin1Char('x')) + QStringLiteral(" 14155559876");
    QCOMPARE(ownWords(beforeTheCut), QString(QString(95, QLatin1Char('x')) + QString::fromUtf8(" …")));
}

QTEST_GUILESS_MAIN(RepliesTest)
#include "replies_test.moc"
