// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cards/cardcheck.h"
#include "models/cards/recipients.h"
#include "ui/text/cardwords.h"
#include "ui/text/sendwords.h"

#include <QSet>
#include <QTest>

using namespace rollcall;

class CardWordsTest final : public QObject {
    Q_OBJECT
private slots:
    void everyNoticeHasASentence();
    void namesOfCards();
    void bubbleCountsTheOthers();
    void recipients();
    void everyEndHasWords();
};

void CardWordsTest::everyNoticeHasASentence()
{
    QSet<QString> seen;
    for (int code = 0; code <= int(CardCode::HiddenMarks); ++code) {
        CardNotice notice;
        notice.code = static_cast<CardCode>(code);
        notice.text = QStringLiteral("typed") + QChar(0x202E);
        const QString words = CardWords::notice(notice);
        QVERIFY2(words.endsWith(u'.'), qPrintable(QString::number(code) + u' ' + words));
        QVERIFY(!words.contains(QChar(0x202E)));
        QVERIFY2(!seen.contains(words), qPrintable(words));
        seen.insert(words);
    }
    CardNotice type;
    type.code = CardCode::OtherType;
    type.text = QStringLiteral("mobile");
    QVERIFY(CardWords::notice(type).contains(QStringLiteral("mobile")));
    CardNotice hidden;
    hidden.code = CardCode::HiddenMarks;
    hidden.text = QStringLiteral("U+202E U+0001");
    QVERIFY2(CardWords::notice(hidden).contains(
                 QStringLiteral(": right-to-left override (U+202E), control character (U+0001).")),
        qPrintable(CardWords::notice(hidden)));
}

void CardWordsTest::namesOfCards()
{
    Card card;
    QCOMPARE(CardWords::cardName(card), QStringLiteral("Without a name"));
    card.phones.push_back({QStringLiteral("+44 7700 900123"), {}, {}});
    QCOMPARE(CardWords::cardName(card), QStringLiteral("+44 7700 900123"));
    card.org.company = QStringLiteral("Example Ltd");
    QCOMPARE(CardWords::cardName(card), QStringLiteral("Example Ltd"));
    card.name.last = QStringLiteral("Example");
    card.name.first = QStringLiteral("Anna");
    QCOMPARE(CardWords::cardName(card), QStringLiteral("Anna Example"));
    card.name.formatted = QStringLiteral("Dr Anna Example");
    QCOMPARE(CardWords::cardName(card), QStringLiteral("Dr Anna Example"));
}

void CardWordsTest::bubbleCountsTheOthers()
{
    Card card;
    card.name.formatted = QStringLiteral("Anna") + QChar(0x202E);
    QCOMPARE(CardWords::bubble({}), QString());
    QCOMPARE(CardWords::bubble({card}), QStringLiteral("Anna‹U+202E›"));
    QVERIFY(CardWords::bubble({card, card, card}).contains(QStringLiteral("and 2 other contacts")));
}

void CardWordsTest::recipients()
{
    const qint64 now = 1'700'000'000'000;
    RecipientLine line;
    line.number = QStringLiteral("+447700900123");
    QCOMPARE(CardWords::recipientName(line), line.number);
    line.name = QStringLiteral("Alice");
    QCOMPARE(CardWords::recipientName(line), QStringLiteral("Alice"));
    QVERIFY(CardWords::recipient(line, now).contains(QStringLiteral("Never checked")));
    QVERIFY(CardWords::recipient(line, now).contains(QStringLiteral("no opt-in on record")));
    line.hasWindow = true;
    line.window = InboundWindow::Open;
    line.windowUntilMs = now + 3'600'000;
    line.consent = ConsentState::OptIn;
    QVERIFY(CardWords::recipient(line, now).contains(QStringLiteral("Window open until")));
    QVERIFY(CardWords::recipient(line, now).contains(QStringLiteral("1 h")));
    QVERIFY(CardWords::recipient(line, now).contains(QStringLiteral("opt-in")));
    line.window = InboundWindow::Closed;
    QVERIFY(CardWords::recipient(line, now).contains(QStringLiteral("Window closed")));
    line.waId = QStringLiteral("447700900999");
    line.otherWaId = true;
    QVERIFY(CardWords::recipient(line, now).contains(QStringLiteral("+447700900999")));
    for (const SendObstacle obstacle :
        {SendObstacle::NoNumber, SendObstacle::DoNotContact, SendObstacle::Blocked, SendObstacle::Unsettled}) {
        line.obstacle = obstacle;
        QVERIFY(CardWords::obstacle(obstacle).endsWith(u'.'));
        QCOMPARE(CardWords::recipient(line, now), CardWords::obstacle(obstacle));
    }
}

void CardWordsTest::everyEndHasWords()
{
    const std::vector<std::pair<OperationState, const char *>> ends{{OperationState::Done, ""},
        {OperationState::Done, Why::settledByOperator}, {OperationState::Refused, Why::outsideWindow},
        {OperationState::Refused, Why::badNumber}, {OperationState::Refused, Why::unsupported},
        {OperationState::Refused, Why::redirected}, {OperationState::Refused, Why::settledByOperator},
        {OperationState::Refused, Why::ownNumber}, {OperationState::Refused, Why::notOnWhatsApp},
        {OperationState::Refused, Why::gateway}, {OperationState::Unknown, Why::noAnswer},
        {OperationState::Unknown, Why::crash}, {OperationState::NotSent, Why::doNotContact},
        {OperationState::NotSent, Why::notOnWhatsApp}, {OperationState::NotSent, Why::unsettled},
        {OperationState::NotSent, Why::cancelled}, {OperationState::Deferred, Why::offline},
        {OperationState::Deferred, Why::rateLimited}, {OperationState::Planned, ""}};
    QSet<QString> seen;
    for (const auto &[state, why] : ends) {
        OperationItem item;
        item.state = state;
        item.why = QLatin1String(why);
        const SendWords::Cause cause = SendWords::cause(item, GatewayKind::Dialog360);
        QVERIFY(!cause.what.isEmpty());
        QVERIFY2(cause.meaning.endsWith(u'.'), qPrintable(cause.meaning));
        QVERIFY2(!seen.contains(cause.what), qPrintable(cause.what)); // each is told apart in the table
        seen.insert(cause.what);
    }
    OperationItem item;
    item.state = OperationState::Refused;
    item.why = QLatin1String(Why::gateway);
    item.code = 131047;
    QVERIFY(SendWords::cause(item, GatewayKind::Dialog360).what.contains(QStringLiteral("131047")));
}

QTEST_MAIN(CardWordsTest)
#include "cardwords_test.moc"
