// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cards/messageplan.h"

#include <QTest>

using namespace rollcall;

namespace {

constexpr qint64 now = 1'795'219'200'000;
constexpr qint64 hour = 3'600'000;
constexpr qint64 first = 447400123000;

TimeView present()
{
    return {.now = {.wallMs = now}, .latestSeenMs = now};
}

Account account(GatewayKind kind = GatewayKind::Dialog360, bool sandbox = true)
{
    Account account;
    account.id = AccountId(1);
    account.kind = kind;
    account.address
        = QUrl(sandbox ? QStringLiteral("http://127.0.0.1:1/d360") : QStringLiteral("https://waba-v2.360dialog.io"));
    account.sandbox = sandbox;
    return account;
}

SendCandidate person(int i)
{
    SendCandidate candidate;
    candidate.who.person = PersonId(i + 1);
    candidate.who.alias = AliasKey(first + i);
    candidate.who.typed = QStringLiteral("typed");
    candidate.who.lastInboundMs = now - hour;
    candidate.who.consent = ConsentState::OptIn;
    candidate.name = QStringLiteral("P%1").arg(i);
    return candidate;
}

Verdict verdict(VerdictWord word, qint64 ageMs)
{
    Verdict verdict;
    verdict.word = word;
    verdict.at.wallMs = now - ageMs;
    return verdict;
}

BlockEntry entry(BlockStanding standing, ServerWord there)
{
    BlockEntry entry;
    entry.standing = standing;
    entry.there = there;
    return entry;
}

RecipientLine lineOfOne(const SendCandidate &candidate, const Account &at = account())
{
    return lineOf(candidate, at, present());
}

SendPlan plan(const std::vector<SendCandidate> &candidates, const SendOptions &options = {},
    const Account &at = account(), const Traffic &traffic = {})
{
    return planMessage(candidates, at, options, traffic, present());
}

} // namespace

/// The recipient line, what a recipient will see, and the flight plan.
class MessagePlanTest final : public QObject {
    Q_OBJECT

private slots:
    void theLineOfOne()
    {
        SendCandidate ann = person(0);
        RecipientLine line = lineOfOne(ann);
        QCOMPARE(line.obstacle, SendObstacle::None);
        QCOMPARE(line.knowledge, Knowledge::WroteLately);
        QCOMPARE(line.window, InboundWindow::Open);
        QCOMPARE(line.windowUntilMs, now + 23 * hour);
        QCOMPARE(line.ask, QStringLiteral("+447400123000"));
        QVERIFY(!line.mayCheck());

        ann.who.lastInboundMs = now - 24 * hour;
        line = lineOfOne(ann);
        QCOMPARE(line.window, InboundWindow::Closed);
        QCOMPARE(line.windowUntilMs, 0);
        QCOMPARE(line.knowledge, Knowledge::NeverChecked);
        QVERIFY(line.mayCheck());
        ann.who.lastInboundMs = 0;
        QCOMPARE(lineOfOne(ann).window, InboundWindow::NotKnown);
        // Wawp has no such rule.
        QCOMPARE(lineOfOne(ann, account(GatewayKind::Wawp)).window, InboundWindow::Open);
        QVERIFY(!lineOfOne(ann, account(GatewayKind::Wawp)).hasWindow);
    }

    void whatWeKnow_data()
    {
        QTest::addColumn<VerdictWord>("word");
        QTest::addColumn<qint64>("age");
        QTest::addColumn<Knowledge>("knowledge");
        const qint64 week = 7 * 24 * hour;
        QTest::newRow("valid") << VerdictWord::Valid << week - 1 << Knowledge::Valid;
        QTest::newRow("stale") << VerdictWord::Valid << week << Knowledge::Stale;
        QTest::newRow("invalid") << VerdictWord::Invalid << hour << Knowledge::Invalid;
        QTest::newRow("stale invalid") << VerdictWord::Invalid << week << Knowledge::Stale;
        QTest::newRow("unverified") << VerdictWord::Unverified << hour << Knowledge::Unverified;
        QTest::newRow("processing") << VerdictWord::Processing << hour << Knowledge::Unclear;
        QTest::newRow("failed") << VerdictWord::Failed << hour << Knowledge::Unclear;
    }
    void whatWeKnow()
    {
        QFETCH(VerdictWord, word);
        QFETCH(qint64, age);
        QFETCH(Knowledge, knowledge);
        SendCandidate ann = person(0);
        ann.who.lastInboundMs = 0;
        ann.newest = verdict(word, age);
        QCOMPARE(lineOfOne(ann).knowledge, knowledge);
        QCOMPARE(lineOfOne(ann).checkedMs, now - age);
        ann.who.lastInboundMs = now - hour; // who writes is there, whatever was answered before
        QCOMPARE(lineOfOne(ann).knowledge, Knowledge::WroteLately);
    }

    void theWaIdMayDiffer()
    {
        SendCandidate ann = person(0);
        ann.who.waId = QStringLiteral("447400123000");
        QVERIFY(!lineOfOne(ann).otherWaId);
        ann.who.waId = QStringLiteral("447400999999");
        QVERIFY(lineOfOne(ann).otherWaId);
        QCOMPARE(lineOfOne(ann).ask, QStringLiteral("+447400999999"));
        QCOMPARE(lineOfOne(ann).waId, QStringLiteral("447400999999"));
        // On-premises: `to` is the wa_id as it is (gateways.md 1.8).
        QCOMPARE(lineOfOne(ann, account(GatewayKind::OnPrem)).ask, QStringLiteral("447400999999"));
    }

    void obstacles_data()
    {
        QTest::addColumn<SendCandidate>("candidate");
        QTest::addColumn<SendObstacle>("obstacle");
        const auto row
            = [](const char *name, SendObstacle obstacle, const std::function<void(SendCandidate &)> &change) {
                  SendCandidate candidate = person(0);
                  change(candidate);
                  QTest::newRow(name) << candidate << obstacle;
              };
        row("none", SendObstacle::None, [](SendCandidate &) {});
        row("no number", SendObstacle::NoNumber, [](SendCandidate &c) { c.who.alias = {}; });
        row("a user id", SendObstacle::NoNumber, [](SendCandidate &c) {
            c.who.alias = AliasKey(-3);
            c.who.otherName = QStringLiteral("MA.1587668549511396");
        });
        row("do not contact", SendObstacle::DoNotContact, [](SendCandidate &c) { c.who.doNotContact = true; });
        row("stopped, without a number", SendObstacle::DoNotContact, [](SendCandidate &c) {
            c.who.doNotContact = true;
            c.who.alias = {};
        });
        row("blocked", SendObstacle::Blocked,
            [](SendCandidate &c) { c.who.entry = entry(BlockStanding::Blocked, ServerWord::NotRead); });
        row("blocked there", SendObstacle::Blocked,
            [](SendCandidate &c) { c.who.entry = entry(BlockStanding::NotBlocked, ServerWord::Present); });
        row("blocked here, not there", SendObstacle::None,
            [](SendCandidate &c) { c.who.entry = entry(BlockStanding::Blocked, ServerWord::Absent); });
        row("unsettled", SendObstacle::Unsettled, [](SendCandidate &c) { c.unsettled = true; });
        row("a stop before everything", SendObstacle::DoNotContact, [](SendCandidate &c) {
            c.who.doNotContact = c.unsettled = true;
            c.who.entry = entry(BlockStanding::Blocked, ServerWord::Present);
        });
    }
    void obstacles()
    {
        QFETCH(SendCandidate, candidate);
        QFETCH(SendObstacle, obstacle);
        QCOMPARE(lineOfOne(candidate).obstacle, obstacle);
        const SendPlan its = plan({candidate});
        QCOMPARE(its.send.size(), std::size_t(obstacle == SendObstacle::None));
        QCOMPARE(its.doNotContact + its.noNumber + its.blocked + its.unsettled + qint64(its.send.size()), 1);
    }

    void aLidIsWrittenToWhereItCanBe()
    {
        SendCandidate ann = person(0);
        ann.who.alias = AliasKey(-3);
        ann.who.otherName = QStringLiteral("123@lid");
        QCOMPARE(lineOfOne(ann, account(GatewayKind::Wawp)).ask, QStringLiteral("123@lid"));
        QCOMPARE(lineOfOne(ann).obstacle, SendObstacle::NoNumber);
    }

    void everybodyEndsInExactlyOnePlace()
    {
        std::vector<SendCandidate> all;
        for (int i = 0; i < 9; ++i)
            all.push_back(person(i));
        all[1].who.doNotContact = true;
        all[2].who.entry = entry(BlockStanding::Blocked, ServerWord::Present);
        all[3].unsettled = true;
        all[4].who.alias = {};
        all[5].who.alias = all[0].who.alias; // share a number
        all[6].who.lastInboundMs = 0;
        all[6].newest = verdict(VerdictWord::Invalid, hour);
        all[7].who.lastInboundMs = now - 30 * hour;
        all[8].who.lastInboundMs = 0;
        all[8].who.waId = QString::number(first); // another number of the first: one message
        const SendPlan its = plan(all, {}, account(), {.checks = 10, .sends = 4});
        QCOMPARE(its.people, 9);
        QCOMPARE(its.lines.size(), 9U);
        QCOMPARE(its.send.size(), 2U);
        QCOMPARE(its.send[1].person, PersonId(8));
        QCOMPARE(its.sameNumber, 2);
        QCOMPARE(its.doNotContact + its.blocked + its.unsettled + its.noNumber + its.invalidLeft, 5);
        QCOMPARE(its.windowClosed, 1);
        QCOMPARE(its.requests, 2);
        QCOMPARE(its.checksLately, 10);
        QCOMPARE(its.sendsLately, 6);
        const SendPlan without = plan(all, {.leaveClosed = true});
        QCOMPARE(without.send.size(), 1U);
        QCOMPARE(without.closedLeft, 1);
        const SendPlan again = plan(all, {.again = true});
        QCOMPARE(again.unsettled, 0);
        QCOMPARE(again.send.size(), 3U);
    }

    void theSameGateAsForChecks()
    {
        std::vector<SendCandidate> two{person(0), person(1)};
        two[1].who.consent = ConsentState::None;
        // Nobody is reached through the sandbox.
        QCOMPARE(plan(two).send.size(), 2U);
        QVERIFY(!plan(two).needsReason);
        const Account real = account(GatewayKind::Dialog360, false);
        const SendPlan left = plan(two, {}, real);
        QCOMPARE(left.send.size(), 1U);
        QCOMPARE(left.withoutOptInLeft, 1);
        QVERIFY(!left.needsReason);
        const SendPlan all = plan(two, {.withoutOptIn = ConsentChoice::Override}, real);
        QCOMPARE(all.send.size(), 2U);
        QCOMPARE(all.withoutOptIn, std::vector<PersonId>{PersonId(2)});
        QVERIFY(all.needsReason);
        // Who is nobody here has no consent that could be recorded: only a reason leads on.
        two[1].who.person = PersonId();
        const SendPlan stranger = plan(two, {.withoutOptIn = ConsentChoice::Override}, real);
        QCOMPARE(stranger.send.size(), 2U);
        QVERIFY(stranger.withoutOptIn.empty());
        QCOMPARE(stranger.strangers, 1);
        QVERIFY(stranger.needsReason);
        QCOMPARE(plan(two, {.withoutOptIn = ConsentChoice::Override}).strangers, 0); // the sandbox reaches nobody
    }

    void theLazyCheck()
    {
        std::vector<SendCandidate> three{person(0), person(1), person(2)};
        three[1].who.lastInboundMs = 0; // never checked
        three[2].who.lastInboundMs = 0;
        three[2].newest = verdict(VerdictWord::Valid, 30 * 24 * hour); // stale: was checked once
        QVERIFY(plan(three, {}, account(GatewayKind::OnPrem)).check.empty()); // off by default
        const SendPlan its = plan(three, {.checkFirst = true}, account(GatewayKind::OnPrem));
        QCOMPARE(its.check.size(), 1U);
        QCOMPARE(its.check.front().alias, AliasKey(first + 1));
        QCOMPARE(its.check.front().ask, QStringLiteral("+447400123001"));
        QCOMPARE(its.send.size(), 3U);
        QCOMPARE(its.requests, 4);
        QVERIFY(plan(three, {.checkFirst = true}).check.empty()); // 360dialog cannot check
    }

    void whatTheRecipientWillSee()
    {
        Card card;
        card.phones = {{QStringLiteral("+44 7400 123000"), {}, {}},
            {QStringLiteral("07400 123001"), {}, QStringLiteral("447400123001")},
            {{}, {}, QStringLiteral("447400123002")}, {QStringLiteral("none"), {}, {}}};
        const std::vector<Card> cards{card};
        QCOMPARE(aliasesOf(cards, QStringLiteral("GB")),
            (std::vector<AliasKey>{AliasKey(first), AliasKey(first + 1), AliasKey(first + 2)}));
        Verdict valid = verdict(VerdictWord::Valid, hour);
        valid.waId = QStringLiteral("447400555555");
        Verdict same = verdict(VerdictWord::Valid, hour);
        same.waId = QStringLiteral("447400123001@c.us");
        const std::vector<Messages::Known> known{{AliasKey(first), valid, true}, {AliasKey(first + 1), same, false}};
        const auto sights = sightsOf(cards, known, QStringLiteral("GB"), present());
        QCOMPARE(sights.size(), 4U);
        QCOMPARE(sights[0].button, CardButton::Invite);
        QCOMPARE(sights[0].offered, QStringLiteral("447400555555"));
        QVERIFY(sights[0].offeredDiffers);
        QCOMPARE(sights[0].knowledge, Knowledge::Valid);
        QCOMPARE(sights[1].button, CardButton::Message);
        QVERIFY(sights[1].offered.isEmpty()); // the card has it
        QCOMPARE(sights[2].button, CardButton::Message);
        QCOMPARE(sights[2].knowledge, Knowledge::NeverChecked);
        QCOMPARE(sights[3].button, CardButton::Invite);
        QVERIFY(sights[3].alias.isNull());
    }
};

QTEST_GUILESS_MAIN(MessagePlanTest)
#include "messageplan_test.moc"
