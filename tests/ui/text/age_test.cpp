// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/age.h"
#include "ui/text/words.h"

#include <QSet>
#include <QTest>

using namespace rollcall;

namespace {

constexpr qint64 day = 86'400'000;
constexpr qint64 now = 1'700'000'000'000;

Verdict verdict(VerdictWord word, qint64 ageMs)
{
    Verdict v;
    v.word = word;
    v.at.wallMs = now - ageMs;
    return v;
}

TimeView time()
{
    TimeView view;
    view.now.wallMs = now;
    return view;
}

} // namespace

class AgeTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void durations();
    void theSentenceOfTheIssue();
    void edgeOfFreshness();
    void wordsWithoutKeeping();
    void clockMoved();
    void everyEnumHasWords();
};

void AgeTest::durations()
{
    QCOMPARE(shortDuration(-5), QStringLiteral("just now"));
    QCOMPARE(shortDuration(59'999), QStringLiteral("just now"));
    QCOMPARE(shortDuration(60'000), QStringLiteral("1 min"));
    QCOMPARE(shortDuration(3'599'999), QStringLiteral("59 min"));
    QCOMPARE(shortDuration(3'600'000), QStringLiteral("1 h"));
    QCOMPARE(shortDuration(2 * day), QStringLiteral("2 d"));
    QCOMPARE(longDuration(12'000), QStringLiteral("12 s"));
    QCOMPARE(longDuration(200'000), QStringLiteral("3 min 20 s"));
    QCOMPARE(longDuration(2 * 3'600'000 + 5 * 60'000), QStringLiteral("2 h 5 min"));
    QCOMPARE(rate(12.4), QStringLiteral("12/s"));
    QCOMPARE(rate(0.5), QStringLiteral("30/min"));
    QCOMPARE(rate(0), QString());
}

void AgeTest::theSentenceOfTheIssue()
{
    QCOMPARE(
        verdictAge(verdict(VerdictWord::Valid, 2 * day), time(), secondsFresh), QStringLiteral("2 d, expires in 5 d"));
    // Some hours later age and rest still add up to the seven days.
    QCOMPARE(verdictAge(verdict(VerdictWord::Valid, 2 * day + 7'200'000), time(), secondsFresh),
        QStringLiteral("2 d, expires in 5 d"));
    QCOMPARE(verdictAge(verdict(VerdictWord::Valid, 1'000), time(), secondsFresh),
        QStringLiteral("just now, expires in 7 d"));
    QCOMPARE(timeLeft(1), QStringLiteral("1 min"));
    QCOMPARE(timeLeft(3'599'999), QStringLiteral("1 h"));
    QCOMPARE(verdictSentence(verdict(VerdictWord::Invalid, 2 * day), time(), secondsFresh),
        QStringLiteral("Invalid, 2 d, expires in 5 d"));
}

void AgeTest::edgeOfFreshness()
{
    // 604,799 s is fresh, 604,800 s is stale (issue 2, Checking).
    QVERIFY(!verdictAge(verdict(VerdictWord::Valid, 604'799'000), time(), secondsFresh)
                 .contains(QStringLiteral("expired")));
    QCOMPARE(
        verdictAge(verdict(VerdictWord::Valid, 604'800'000), time(), secondsFresh), QStringLiteral("7 d, expired"));
    QCOMPARE(verdictAge(verdict(VerdictWord::Valid, 9 * day), time(), secondsFresh), QStringLiteral("9 d, expired"));
}

void AgeTest::wordsWithoutKeeping()
{
    QCOMPARE(verdictSentence(verdict(VerdictWord::NotChecked, 0), time(), secondsFresh), QStringLiteral("Not checked"));
    QCOMPARE(verdictSentence(verdict(VerdictWord::Failed, 3 * 3'600'000), time(), secondsFresh),
        QStringLiteral("Failed, 3 h"));
    QCOMPARE(verdictSentence(verdict(VerdictWord::Processing, 0), time(), secondsFresh),
        QStringLiteral("Processing, just now"));
}

void AgeTest::clockMoved()
{
    TimeView view = time();
    view.latestSeenMs = now + 1;
    const QString age = verdictAge(verdict(VerdictWord::Valid, day), view, secondsFresh);
    QVERIFY2(age.contains(QStringLiteral("clock")), qPrintable(age));
}

void AgeTest::everyEnumHasWords()
{
    QSet<QString> verdicts;
    for (int i = 0; i <= int(VerdictWord::Unverified); ++i)
        verdicts.insert(Words::verdict(VerdictWord(i)));
    QCOMPARE(verdicts.size(), 6);
    QVERIFY(!verdicts.contains(QString()));
    QSet<QString> columns;
    for (int i = 0; i <= int(PersonColumn::Note); ++i)
        columns.insert(Words::personColumn(PersonColumn(i)));
    QCOMPARE(columns.size(), 14);
    QSet<QString> kinds;
    for (int i = 1; i <= 5; ++i)
        kinds.insert(Words::gatewayKind(GatewayKind(i)));
    QCOMPARE(kinds.size(), 5);
    QCOMPARE(Words::country(QStringLiteral("DE")), QStringLiteral("Germany"));
    QCOMPARE(Words::country(QStringLiteral("001")), QStringLiteral("International")); // libphonenumber: no country
    QCOMPARE(Words::act(QStringLiteral("not.known.yet")), QStringLiteral("not.known.yet"));
}

QTEST_MAIN(AgeTest)
#include "age_test.moc"
