// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runs/checkanswers.h"

#include <QTest>

using namespace rollcall;

namespace {

constexpr qint64 nowMs = 1'800'000'000'000;

RunItem item(int attempts = 1, const QString &reason = {}, qint64 firstAskedMs = nowMs)
{
    RunItem item;
    item.id = RunItemId(7);
    item.alias = AliasKey(16315551000);
    item.ask = QStringLiteral("+16315551000");
    item.attempts = attempts;
    item.reason = reason;
    item.firstAskedMs = firstAskedMs;
    return item;
}

AnswerContext context()
{
    return {
        AccountId(3), RunId(9), {nowMs, 1'000, QStringLiteral("b")}, [](int attempts) { return 1000LL << attempts; }};
}

ItemAnswer map(const RunItem &item, VerdictWord word, const QString &raw = {}, const QString &reason = {})
{
    CheckReply reply;
    NumberAnswer number;
    number.input = item.ask;
    number.word = word;
    number.rawWord = raw;
    number.reason = reason;
    number.waId = QStringLiteral("16315551000");
    reply.numbers.push_back(number);
    return answersOf(std::span(&item, 1), reply, context()).front();
}

ItemAnswer map(const RunItem &item, Failure::Kind kind, int code = 0)
{
    Failure failure;
    failure.kind = kind;
    failure.code = code;
    return answersOf(std::span(&item, 1), failure, context()).front();
}

} // namespace

class CheckAnswersTest final : public QObject {
    Q_OBJECT

private slots:
    void whatWasNotSentCostsNothing()
    {
        const ItemAnswer unsent = map(item(), VerdictWord::Failed, {}, QStringLiteral("no-country"));
        QCOMPARE(unsent.state, RunItemState::Failed);
        QCOMPARE(unsent.reason, QStringLiteral("no-country"));
        QVERIFY(unsent.verdict);
        QVERIFY(unsent.giveBack); // the booking
        QVERIFY(!map(item(), VerdictWord::Failed, QStringLiteral("failed")).giveBack); // asked and answered
    }

    void plainAnswers_data()
    {
        QTest::addColumn<int>("word");
        QTest::addColumn<QString>("raw");
        QTest::newRow("valid") << int(VerdictWord::Valid) << QStringLiteral("valid");
        QTest::newRow("invalid") << int(VerdictWord::Invalid) << QStringLiteral("invalid");
        QTest::newRow("unverified") << int(VerdictWord::Unverified) << QStringLiteral("valid");
    }
    void plainAnswers()
    {
        QFETCH(int, word);
        QFETCH(QString, raw);
        const ItemAnswer answer = map(item(), VerdictWord(word), raw);
        QCOMPARE(answer.item, RunItemId(7));
        QCOMPARE(answer.state, RunItemState::Answered);
        QVERIFY(answer.verdict);
        QCOMPARE(answer.verdict->word, VerdictWord(word));
        QCOMPARE(answer.verdict->rawWord, raw);
        QCOMPARE(answer.verdict->asked, QStringLiteral("+16315551000"));
        QCOMPARE(answer.verdict->waId, QStringLiteral("16315551000"));
        QCOMPARE(answer.verdict->account, AccountId(3));
        QCOMPARE(answer.verdict->run, RunId(9));
        QCOMPARE(answer.verdict->at.wallMs, nowMs);
        QCOMPARE(answer.verdict->source, VerdictSource::Live);
    }

    void unknownWordFailsWithTheWord()
    {
        const ItemAnswer answer
            = map(item(), VerdictWord::Failed, QStringLiteral("unchecked"), QStringLiteral("unknown-word"));
        QCOMPARE(answer.state, RunItemState::Failed);
        QCOMPARE(answer.reason, QStringLiteral("unknown-word"));
        QCOMPARE(answer.verdict->word, VerdictWord::Failed);
        QCOMPARE(answer.verdict->rawWord, QStringLiteral("unchecked"));
    }

    void missingRowStaysNotChecked()
    {
        for (const int attempts : {1, 2}) {
            const ItemAnswer answer = map(item(attempts), VerdictWord::NotChecked);
            QCOMPARE(answer.state, RunItemState::Planned);
            QCOMPARE(answer.reason, QStringLiteral("no-answer"));
            QVERIFY(answer.dueMs > nowMs);
            QVERIFY(!answer.giveBack); // the node was asked: it counts
            QVERIFY(!answer.verdict);
        }
        const ItemAnswer last = map(item(3), VerdictWord::NotChecked);
        QCOMPARE(last.state, RunItemState::NotAsked);
        QCOMPARE(last.reason, QStringLiteral("no-answer"));
        QVERIFY(!last.verdict);
    }

    void replyWithTooFewNumbersLosesNobody()
    {
        const std::vector<RunItem> items{item(), item()};
        const std::vector<ItemAnswer> answers = answersOf(items, CheckReply{}, context());
        QCOMPARE(answers.size(), 2U);
        QCOMPARE(answers[1].state, RunItemState::Planned);
    }

    void processingIsAskedAgainWithGrowingPauses()
    {
        // A question asked at t = 0 and never decided: when is it asked again, and when is it given up?
        std::vector<qint64> asked{0};
        RunItem waiting = item(1, {}, nowMs);
        AnswerContext at = context();
        CheckReply reply;
        reply.numbers.push_back({waiting.ask, VerdictWord::Processing, QStringLiteral("processing")});
        ItemAnswer answer;
        for (int i = 0; i < 100; ++i) {
            answer = answersOf(std::span(&waiting, 1), reply, at).front();
            QCOMPARE(bool(answer.verdict), i == 0 || answer.state == RunItemState::Failed);
            if (answer.state != RunItemState::Planned)
                break;
            QCOMPARE(answer.reason, QStringLiteral("processing"));
            QVERIFY(!answer.giveBack);
            at.now.wallMs = answer.dueMs;
            asked.push_back((answer.dueMs - nowMs) / 1000);
            waiting.reason = answer.reason;
            ++waiting.attempts;
        }
        QCOMPARE(answer.state, RunItemState::Failed);
        QCOMPARE(answer.reason, QStringLiteral("processing-timeout"));
        QCOMPARE(answer.verdict->word, VerdictWord::Failed);
        QCOMPARE(asked.back(), 15 * 60);
        QVERIFY(asked.size() < 20);
        for (std::size_t i = 2; i + 1 < asked.size(); ++i)
            QVERIFY(asked[i] - asked[i - 1] >= asked[i - 1] - asked[i - 2]);
    }

    void processingSurvivesTroubleInBetween()
    {
        const RunItem waiting = item(2, QStringLiteral("processing"), nowMs - 60'000);
        for (const auto kind : {Failure::Kind::Timeout, Failure::Kind::GatewayError}) {
            const ItemAnswer answer = map(waiting, kind);
            QCOMPARE(answer.state, RunItemState::Planned);
            QCOMPARE(answer.reason, QStringLiteral("processing"));
            QVERIFY(!answer.giveBack);
        }
        // Nothing was booked for the repeat, so nothing can be given back.
        QVERIFY(!map(waiting, Failure::Kind::RateLimited).giveBack);
        QCOMPARE(map(waiting, Failure::Kind::RateLimited).reason, QStringLiteral("processing"));
    }

    void failuresAreNeverInvalid_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("nothingTaken");
        using Kind = Failure::Kind;
        QTest::newRow("offline") << int(Kind::Offline) << true;
        QTest::newRow("tls") << int(Kind::Tls) << true;
        QTest::newRow("redirected") << int(Kind::Redirected) << true;
        QTest::newRow("401") << int(Kind::Unauthorised) << true;
        QTest::newRow("429") << int(Kind::RateLimited) << true;
        QTest::newRow("timeout") << int(Kind::Timeout) << false;
        QTest::newRow("5xx") << int(Kind::GatewayError) << false;
        QTest::newRow("HTML") << int(Kind::BadReply) << false;
        QTest::newRow("too large") << int(Kind::TooLarge) << false;
    }
    void failuresAreNeverInvalid()
    {
        QFETCH(int, kind);
        QFETCH(bool, nothingTaken);
        for (const int attempts : {1, 2, 3, 10}) {
            const ItemAnswer answer = map(item(attempts), Failure::Kind(kind));
            if (nothingTaken) {
                QCOMPARE(answer.state, RunItemState::Planned);
                QVERIFY(answer.giveBack);
                QVERIFY(answer.reason.isEmpty()); // the next attempt is the first real one
                QVERIFY(!answer.verdict);
            } else if (attempts < 3) {
                QCOMPARE(answer.state, RunItemState::Planned);
                QVERIFY(!answer.giveBack);
                QVERIFY(!answer.reason.isEmpty());
                QVERIFY(answer.dueMs > nowMs);
                QVERIFY(!answer.verdict);
            } else {
                QCOMPARE(answer.state, RunItemState::Failed);
                QCOMPARE(answer.verdict->word, VerdictWord::Failed);
                QCOMPARE(answer.verdict->reason, answer.reason);
            }
        }
    }

    void refusalFailsAtOnceWithItsCode()
    {
        const ItemAnswer answer = map(item(1), Failure::Kind::Refused, 1009);
        QCOMPARE(answer.state, RunItemState::Failed);
        QCOMPARE(answer.reason, QStringLiteral("refused"));
        QCOMPARE(answer.code, 1009);
        QCOMPARE(answer.verdict->code, 1009);
    }

    void retryAfterIsKept()
    {
        Failure failure;
        failure.kind = Failure::Kind::RateLimited;
        failure.retryAfter = std::chrono::seconds(90);
        const RunItem one = item();
        QCOMPARE(answersOf(std::span(&one, 1), failure, context()).front().dueMs, nowMs + 90'000);
    }

    void whatTheOperatorMustMend()
    {
        using Kind = Failure::Kind;
        for (const Kind kind : {Kind::Unauthorised, Kind::Tls, Kind::Redirected, Kind::KeychainLocked}) {
            QVERIFY(needsOperator({kind}));
            QVERIFY(tookNothing({kind}));
        }
        for (const Kind kind : {Kind::Offline, Kind::RateLimited, Kind::Timeout, Kind::GatewayError, Kind::BadReply})
            QVERIFY(!needsOperator({kind}));
        // What is about the account stops the run; what is about the number asked does not (each dialect says which).
        for (const int code : {1024, 402, 404, 422}) {
            Failure refused{Kind::Refused, {}, {}, code};
            QVERIFY(!needsOperator(refused));
            refused.aboutAccount = true;
            QVERIFY(needsOperator(refused));
            QVERIFY(tookNothing(refused)); // planned again, the booking given back
        }
    }
};

QTEST_GUILESS_MAIN(CheckAnswersTest)
#include "checkanswers_test.moc"
