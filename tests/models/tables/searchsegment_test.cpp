// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/searchsegment.h"

#include <QRandomGenerator>
#include <QTest>

using namespace rollcall;

namespace {

QString fields(const QString &name, const QString &typed, const QString &e164)
{
    return QStringList{name, typed, e164, QStringLiteral("x@example.org"), {}, {}}.join(QChar(0x1F));
}

std::vector<std::uint32_t> scan(const SearchSegment &segment, const QString &typed)
{
    std::vector<std::uint32_t> rows;
    segment.scan(needleOf(typed), rows);
    return rows;
}

} // namespace

class SearchSegmentTest : public QObject {
    Q_OBJECT
private slots:
    void everyRowOnce();
    void aNumberHoweverWritten_data();
    void aNumberHoweverWritten();
    void doesNotReachIntoTheNextRow();
    void agreesWithTheObvious();
    void outOfOrder();
    void growsInSegments();
};

void SearchSegmentTest::everyRowOnce()
{
    SearchSegment segment;
    segment.add(PersonId(1), fields(QStringLiteral("banana"), {}, {}));
    segment.add(PersonId(2), fields(QStringLiteral("kiwi"), {}, {}));
    segment.add(PersonId(3), fields(QStringLiteral("ananas"), {}, {}));
    segment.finish();
    QCOMPARE(scan(segment, QStringLiteral("an")), (std::vector<std::uint32_t>{0, 2}));
    QCOMPARE(scan(segment, QStringLiteral("A")), (std::vector<std::uint32_t>{0, 1, 2})); // e-mail
    QCOMPARE(scan(segment, QStringLiteral("nobody")), std::vector<std::uint32_t>());
}

void SearchSegmentTest::aNumberHoweverWritten_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("search");
    QTest::newRow("digits over punctuation") << "(631) 555-1004"
                                             << "6315551004";
    QTest::newRow("other punctuation") << "631.555.1004"
                                       << "555-1004";
    QTest::newRow("typed as it is") << "(631) 555-1004"
                                    << "(631) 555";
    QTest::newRow("arabic digits") << QStringLiteral("٦٣١ ٥٥٥ ١٠٠٤") << "5551004";
}

void SearchSegmentTest::aNumberHoweverWritten()
{
    QFETCH(QString, typed);
    QFETCH(QString, search);
    SearchSegment segment;
    segment.add(PersonId(1), fields(QStringLiteral("other"), QStringLiteral("12"), {}));
    segment.add(PersonId(2), fields(QStringLiteral("the one"), typed, {}));
    segment.finish();
    QCOMPARE(scan(segment, search), std::vector<std::uint32_t>{1});
}

void SearchSegmentTest::doesNotReachIntoTheNextRow()
{
    SearchSegment segment;
    segment.add(PersonId(1), QStringLiteral("abc"));
    segment.add(PersonId(2), QStringLiteral("def"));
    segment.finish();
    QCOMPARE(scan(segment, QStringLiteral("cd")), std::vector<std::uint32_t>());
    QCOMPARE(scan(segment, QStringLiteral("abc")), std::vector<std::uint32_t>{0});
    QCOMPARE(scan(segment, QStringLiteral("def")), std::vector<std::uint32_t>{1});
}

void SearchSegmentTest::agreesWithTheObvious()
{
    QRandomGenerator random(7);
    const QString letters = QStringLiteral("abcAB 1é");
    SearchSegment segment;
    QStringList texts;
    for (int row = 0; row < 2000; ++row) {
        QString text;
        for (int length = random.bounded(40); length > 0; --length)
            text += letters[random.bounded(int(letters.size()))];
        texts << text;
        segment.add(PersonId(row + 1), text);
    }
    segment.finish();
    for (const char *typed : {"a", "b", "ab", "ba", "abc", "aab", "1", "11", "e", "ca b", "abcabc", "caeb"}) {
        const QString wanted = QString::fromLatin1(typed);
        std::vector<std::uint32_t> expected;
        for (int row = 0; row < texts.size(); ++row) {
            const QString plain = texts[row].toLower().replace(QChar(0xE9), QLatin1Char('e'));
            if (plain.contains(wanted))
                expected.push_back(std::uint32_t(row));
        }
        QCOMPARE(scan(segment, wanted), expected);
    }
}

void SearchSegmentTest::outOfOrder()
{
    SearchSegment segment;
    segment.add(PersonId(30), QStringLiteral("three"));
    segment.add(PersonId(10), QStringLiteral("one"));
    segment.add(PersonId(20), QStringLiteral("two"));
    segment.finish();
    QCOMPARE(segment.find(PersonId(10)), std::size_t(0));
    QCOMPARE(segment.find(PersonId(15)), segment.size());
    const auto rows = scan(segment, QStringLiteral("two"));
    QCOMPARE(rows.size(), std::size_t(1));
    QCOMPARE(segment.idAt(rows[0]), PersonId(20));
}

void SearchSegmentTest::growsInSegments()
{
    SearchSegments segments;
    const QString text(1000, QLatin1Char('x'));
    for (int row = 1; row <= 10'000; ++row)
        segments.add(PersonId(row), text);
    const auto all = segments.take();
    QVERIFY(all.size() > 1);
    std::size_t rows = 0;
    for (const auto &segment : all)
        rows += segment->size();
    QCOMPARE(rows, std::size_t(10'000));
    QVERIFY(segments.take().empty());
}

QTEST_APPLESS_MAIN(SearchSegmentTest)
#include "searchsegment_test.moc"
