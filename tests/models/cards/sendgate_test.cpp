// SPDX-License-Identifier: GPL-3.0-or-later
// Who never gets a message, whatever way they are written: do-not-contact under a confirmed id and under a chat id, a
// consent that was withdrawn, a second "send again", a card of somebody who was erased meanwhile.
#include "models/store/consents.h"
#include "models/store/erasures.h"
#include "models/store/gatewaynotes.h"
#include "models/store/stops.h"
#include "tests/support/sendplace.h"
#include "tests/support/storedverdict.h"

using namespace rollcall;
using namespace rollcall::tests;

class SendGateTest final : public SendPlace {
    Q_OBJECT

    static constexpr qint64 other = 447400777000; ///< another number, which said STOP

    void stop(const std::vector<PersonId> &people, const std::vector<AliasKey> &aliases)
    {
        QVERIFY(await<Nothing>(
            [&](auto then) { return (*m_store)->stops().stop(people, aliases, QStringLiteral("STOP"), then); }));
    }
    Result<RunId> again(SendDesk &desk, RunId run, const std::vector<std::size_t> &which)
    {
        std::vector<OperationId> ids;
        for (const std::size_t i : which)
            ids.push_back(items(run)[i].id);
        return answered<RunId>(
            [&](auto then) { return desk.sendAgain(ids, m_account, QStringLiteral("again"), then); });
    }
    RunId oneTo(AliasKey alias, const QString &ask)
    {
        const SendOrder order{.account = m_account.id, .cards = cardsAsJson({ann()}), .cardCount = 1};
        return *await<RunId>([&](auto then) {
            m_runner->create(order, {{.alias = alias, .ask = ask}}, then);
            return Call(std::make_shared<Call::State>());
        });
    }

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void theConfirmedIdIsStopped()
    {
        storeVerdict(
            **m_store, m_account.id, first, VerdictWord::Valid, QStringLiteral("valid"), QString::number(other));
        SendDesk the = desk();
        QCOMPARE(planFor(the, numbers(1)).send.front().ask, QString::number(other));
        stop({}, {AliasKey(other)});
        const SendPlan plan = planFor(the, numbers(1));
        QCOMPARE(plan.doNotContact, 1);
        QVERIFY(plan.send.empty());
    }

    void theStopHoldsAtTheMomentOfSending_data()
    {
        QTest::addColumn<QString>("ask");
        QTest::newRow("digits") << QString::number(other);
        QTest::newRow("number") << QString(u'+' + QString::number(other));
        QTest::newRow("chat id") << QString(QString::number(other) + QStringLiteral("@c.us"));
    }
    void theStopHoldsAtTheMomentOfSending()
    {
        QFETCH(QString, ask);
        // Planned before the STOP came, and it is about somebody else's number.
        m_server->beforeLeaving = [this] { (*m_store)->stops().hold({AliasKey(other)}); };
        const RunId id = oneTo(AliasKey(first), ask);
        QVERIFY(over(id));
        QCOMPARE(m_server->ledger.size(), 0U);
        QCOMPARE(items(id)[0].state, OperationState::NotSent);
        QCOMPARE(items(id)[0].why, QString::fromLatin1(Why::doNotContact));
    }

    void whoIsStoppedByAChatIdIsStoppedByItsNumber()
    {
        // Typed without a country, and known to the gateway by a chat id.
        const PersonId ann = m_store->add(QStringLiteral("Ann"), QStringLiteral("0 777 000"));
        QVERIFY(await<Nothing>([&](auto then) {
            return (*m_store)->gatewayNotes().keep(
                ann, {.account = m_account.id, .chatId = QString::number(other) + QStringLiteral("@c.us")}, then);
        }));
        stop({ann}, {});
        Recipients recipients;
        recipients.numbers.push_back({.typed = u'+' + QString::number(other), .e164 = other});
        SendDesk the = desk();
        QCOMPARE(planFor(the, recipients).doNotContact, 1);
        const RunId id = oneTo(AliasKey(other), u'+' + QString::number(other));
        QVERIFY(over(id));
        QCOMPARE(m_server->ledger.size(), 0U);
    }

    void twoClicksOnSendAgainSendOnce()
    {
        m_server->next(Act::Lose);
        const RunId id = create(1);
        QVERIFY(over(id));
        QCOMPARE(items(id)[0].state, OperationState::Unknown);
        SendDesk the = desk();
        std::vector<Result<RunId>> answers;
        const auto keep = [&](const Result<RunId> &answer) { answers.push_back(answer); };
        const Call one = the.sendAgain({items(id)[0].id}, m_account, {}, keep);
        const Call two = the.sendAgain({items(id)[0].id}, m_account, {}, keep);
        QVERIFY(until([&] { return answers.size() == 2; }));
        if (!answers[0]) // the refusal takes a step less
            std::swap(answers[0], answers[1]);
        QVERIFY(answers[0]);
        QVERIFY(!answers[1]);
        QCOMPARE(answers[1].failure().kind, Failure::Kind::BadInput);
        QVERIFY(over(*answers[0]));
        QVERIFY(until([&] { return m_runner->active().empty(); }));
        QCOMPARE(m_server->times(asked(0)), 2); // the lost one and one more
    }

    void twoClicksOnARefusedOneSendOnce()
    {
        m_server->next(Act::Fail, failure(Failure::Kind::Refused, 131047));
        const RunId id = create(1);
        QVERIFY(over(id));
        SendDesk the = desk();
        for (int i = 0; i < 2; ++i)
            if (const auto run = again(the, id, {0}))
                QVERIFY(over(*run));
        QCOMPARE(m_server->times(asked(0)), 1);
    }

    void whatIsUnknownOfAnotherMessageHoldsASendAgain()
    {
        m_server->next(Act::Fail, failure(Failure::Kind::Refused, 131047));
        const RunId refused = create(1);
        QVERIFY(over(refused));
        QCOMPARE(items(refused)[0].state, OperationState::Refused);
        m_server->next(Act::Lose);
        const RunId lost = create(1);
        QVERIFY(over(lost));
        QCOMPARE(items(lost)[0].state, OperationState::Unknown);
        SendDesk the = desk();
        const auto id = again(the, refused, {0});
        if (id)
            QVERIFY(over(*id));
        QCOMPARE(m_server->times(asked(0)), 1); // the one whose answer was lost
        QCOMPARE(items(lost)[0].state, OperationState::Unknown); // nobody settled it
    }

    void aWithdrawnConsentHoldsASendAgain()
    {
        m_account.sandbox = false;
        m_account.address = QUrl(QStringLiteral("https://waba.example/v1"));
        const PersonId ann = m_store->add(QStringLiteral("Ann"), asked(0), first);
        m_server->next(Act::Fail, failure(Failure::Kind::Refused, 131047));
        const RunId id = create(2);
        QVERIFY(over(id));
        QVERIFY(await<Nothing>([&](auto then) {
            return (*m_store)->consents().record({ann}, {.what = ConsentState::OptOut, .atMs = 1}, then);
        }));
        // Somebody lifted the stop; that is no opt-in.
        QVERIFY(await<Nothing>(
            [&](auto then) { return (*m_store)->stops().lift({ann}, QStringLiteral("by mistake"), then); }));
        SendDesk the = desk();
        QCOMPARE(again(the, id, {0}).failure().kind, Failure::Kind::BadInput);
        QCOMPARE(m_server->times(asked(0)), 0);
    }

    void anErasedCardIsNotSentToTheRest()
    {
        const PersonId bell = m_store->add(QStringLiteral("Ann Bell"), QStringLiteral("+447400999999"), 447400999999);
        RunId id;
        m_server->onArrived = [&] { m_runner->pause(id); };
        id = create(2);
        QVERIFY(until([&] { return m_server->ledger.size() == 1 && !m_runner->isStoring(); }));
        QVERIFY(until([&] { return items(id)[0].state == OperationState::Done; }));
        m_server->onArrived = {};
        QVERIFY(await<EraseReport>([&](auto then) { return (*m_store)->erasures().erase(bell, then); })->erased);
        m_runner->resume(id);
        QVERIFY(halted(id));
        QCOMPARE(m_server->ledger.size(), 1U);
        QCOMPARE(items(id)[1].state, OperationState::Planned);
        m_runner->cancel(id);
        QVERIFY(over(id));
    }
};

QTEST_GUILESS_MAIN(SendGateTest)
#include "sendgate_test.moc"
