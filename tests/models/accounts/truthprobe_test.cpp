// SPDX-License-Identifier: GPL-3.0-or-later
// The truth probe against the sandbox node, with the real store, budget and journal.
#include "models/accounts/truthprobe.h"

#include "models/gateways/gateway.h"
#include "models/store/journal.h"
#include "models/store/stops.h"
#include "tests/support/answer.h"
#include "tests/support/checkworld.h"
#include "tests/support/rushclock.h"
#include "tests/support/sandboxfixture.h"

#include <QTcpServer>
#include <QTest>
#include <set>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

using Outcome = TruthProbe::Outcome;

Result<TruthProbe> probe(CheckWorld &world, AccountId id, const std::function<bool()> &mayLeave = {})
{
    return answerOf<TruthProbe>([&](auto then) { return world.accounts().probe(id, then, mayLeave); });
}

QStringList journal(CheckWorld &world, const QString &act)
{
    QStringList found;
    const auto seqs = answerOf<std::vector<qint64>>([&](auto then) { return world.store().journal().list({}, then); });
    const auto rows
        = answerOf<std::vector<JournalEntry>>([&](auto then) { return world.store().journal().rows(*seqs, then); });
    for (const JournalEntry &entry : *rows)
        if (entry.act == act)
            found += entry.outcome;
    return found;
}

struct KeyedAccount {
    Account account;
    Secret key;
};

KeyedAccount keyedAccount(SandboxFixture &node, GatewayKind kind)
{
    const SandboxOptions &options = node.server().options();
    const auto of = [kind](const std::string &address, const std::string &sender, const std::string &key) {
        KeyedAccount keyed;
        keyed.account.name = QStringLiteral("Keyed");
        keyed.account.kind = kind;
        keyed.account.address = QUrl(QString::fromStdString(address));
        keyed.account.sender = QString::fromStdString(sender);
        keyed.key = Secret(QByteArray::fromStdString(key));
        return keyed;
    };
    if (kind == GatewayKind::SendApi)
        return of(node.server().sendApiAddress(), options.sendApiSession, options.sendApiKey);
    if (kind == GatewayKind::CommBox)
        return of(node.server().commBoxAddress(), options.commBoxStream, options.commBoxKey);
    return of(node.server().wawpAddress(), options.wawpInstance, options.wawpToken);
}

NumberAnswer said(VerdictWord word)
{
    NumberAnswer answer;
    answer.word = word;
    return answer;
}

} // namespace

class TruthProbeTest final : public QObject {
    Q_OBJECT

private slots:
    void asksWhatNobodyCanHave()
    {
        std::set<qint64> british;
        std::set<qint64> american;
        for (quint32 seed = 0; seed < 5000; ++seed) {
            const std::vector<qint64> numbers = fictionalNumbers(seed);
            QCOMPARE(numbers.size(), 2U);
            // Ofcom, numbers for use in TV and radio drama: mobile 07700 900000 to 900999.
            QVERIFY(numbers[0] >= 447'700'900'000 && numbers[0] <= 447'700'900'999);
            // NANPA: 555-0100 to 555-0199 in every area code, which never begins with 0 or 1.
            QCOMPARE(numbers[1] / 10'000'000'000, 1);
            QVERIFY(numbers[1] / 1'000'000'000 % 10 >= 2);
            QVERIFY(numbers[1] % 10'000'000 >= 5'550'100 && numbers[1] % 10'000'000 <= 5'550'199);
            british.insert(numbers[0]);
            american.insert(numbers[1]);
        }
        QVERIFY(british.size() > 900); // by chance: nobody can prepare an answer for one
        QVERIFY(american.size() > 600);
    }

    void judges_data()
    {
        using Word = VerdictWord;
        QTest::addColumn<std::vector<Word>>("words");
        QTest::addColumn<Outcome>("outcome"); // None: nothing was proved
        QTest::newRow("both invalid") << std::vector{Word::Invalid, Word::Invalid} << Outcome::CanTell;
        QTest::newRow("one valid") << std::vector{Word::Invalid, Word::Valid} << Outcome::CannotTell;
        QTest::newRow("known to be unverified") << std::vector{Word::Unverified} << Outcome::CannotTell;
        QTest::newRow("invalid and failed") << std::vector{Word::Failed, Word::Invalid} << Outcome::CanTell;
        QTest::newRow("valid and failed") << std::vector{Word::Failed, Word::Valid} << Outcome::CannotTell;
        QTest::newRow("failed") << std::vector{Word::Failed, Word::Failed} << Outcome::None;
        QTest::newRow("processing") << std::vector{Word::Processing, Word::NotChecked} << Outcome::None;
        QTest::newRow("no answers") << std::vector<Word>{} << Outcome::None;
    }
    void judges()
    {
        QFETCH(std::vector<VerdictWord>, words);
        QFETCH(Outcome, outcome);
        std::vector<NumberAnswer> answers;
        std::transform(words.begin(), words.end(), std::back_inserter(answers), said);
        const auto judged = judgeProbe(answers);
        QCOMPARE(judged ? *judged : Outcome::None, outcome);
    }

    void aNodeThatCanTellPasses()
    {
        SandboxFixture node;
        SystemClock clock;
        CheckWorld world(clock);
        const AccountId id = world.addAccount(node.address(), node.user(), node.password());
        QCOMPARE(world.accounts().find(id)->probe.outcome, Outcome::None);
        const qint64 before = clock.now().wallMs;
        const auto found = probe(world, id);
        QVERIFY2(found.ok(), found ? "" : qPrintable(found.failure().detail));
        QCOMPARE(found->outcome, Outcome::CanTell);
        QVERIFY(found->atMs >= before && found->atMs <= clock.now().wallMs);
        QCOMPARE(world.accounts().find(id)->probe, *found);
        QVERIFY(world.accounts().find(id)->cannotTell.isEmpty());
        const QStringList asked = node.asked();
        QCOMPARE(asked.size(), 2);
        QVERIFY(asked[0].startsWith(QLatin1String("+447700900")));
        QVERIFY(asked[1].startsWith(QLatin1String("+1")));
        QCOMPARE(world.budgetUse().lastHour, 2); // live checks like any
        QCOMPARE(journal(world, QStringLiteral("account.probe")), QStringList{QStringLiteral("can-tell")});
        world.close();
        world.open();
        QCOMPARE(world.accounts().find(id)->probe, *found);
    }

    void aNodeThatCallsEverybodyValidIsFoundOut()
    {
        SandboxFixture node;
        SystemClock clock;
        CheckWorld world(clock);
        const AccountId id = world.addAccount(node.address(), node.user(), node.password());
        const QString number = node.numbers(1).first();
        const auto people = world.addPeople({number});
        const RunId run = world.start(people);
        QVERIFY(eventually([&] { return world.isOver(run); }));
        QCOMPARE(world.verdicts().at(number).word, VerdictWord::Valid);

        const Gateway *open = world.accounts().gateway(id);
        int told = 0;
        QObject::connect(&world.accounts(), &Accounts::changed, &world.accounts(), [&] { ++told; });
        node.fault(QStringLiteral("always-valid"));
        const auto found = probe(world, id);
        QVERIFY(found);
        QCOMPARE(found->outcome, Outcome::CannotTell);
        QCOMPARE(told, 1);
        QCOMPARE(world.accounts().find(id)->cannotTell, QStringLiteral("probe"));
        QCOMPARE(world.accounts().gateway(id), open); // its session lives on
        QCOMPARE(open->account().cannotTell, QStringLiteral("probe"));
        QCOMPARE(world.verdicts().at(number).word, VerdictWord::Unverified); // stored before the probe
        QCOMPARE(world.verdicts().at(number).reason, QStringLiteral("probe"));

        node.clearFaults();
        const auto reply
            = answerOf<CheckReply>([&](auto then) { return world.accounts().gateway(id)->check({number}, {}, then); });
        QVERIFY(reply);
        QCOMPARE(reply->numbers[0].word, VerdictWord::Unverified);
    }

    void everyKindThatChecksIsFoundOut_data()
    {
        QTest::addColumn<GatewayKind>("kind");
        QTest::newRow("sendapi") << GatewayKind::SendApi;
        QTest::newRow("CommBox") << GatewayKind::CommBox;
        QTest::newRow("Wawp") << GatewayKind::Wawp;
    }
    /// No version tells it here: once found out, its "valid" is doubted although the fault is over.
    void everyKindThatChecksIsFoundOut()
    {
        QFETCH(GatewayKind, kind);
        SandboxOptions options = SandboxFixture::quick();
        options.wawpCheckGapMs = options.sendApiPerMinute = 0; // our own pace is kept, in a faster time
        SandboxFixture node(options);
        RushClock clock;
        CheckWorld world(clock);
        const KeyedAccount keyed = keyedAccount(node, kind);
        const auto saved = answerOf<Accounts::Saved>(
            [&](auto then) { return world.accounts().save(keyed.account, keyed.key, then); });
        QVERIFY(saved);
        const std::vector<QString> numbers{node.numbers(1).first(), node.numbers(1, false).first()};
        const auto word = [&](const QString &number) -> NumberAnswer {
            const auto reply = answerOf<CheckReply>(
                [&](auto then) { return world.accounts().gateway(saved->id)->check({number}, {}, then); });
            return reply ? reply->numbers.at(0) : said(VerdictWord::NotChecked);
        };
        QCOMPARE(word(numbers[0]).word, VerdictWord::Valid);

        node.fault(QStringLiteral("always-valid"));
        const auto found = probe(world, saved->id);
        QVERIFY2(found.ok(), found ? "" : qPrintable(found.failure().detail));
        QCOMPARE(found->outcome, Outcome::CannotTell);
        QCOMPARE(world.accounts().find(saved->id)->cannotTell, QStringLiteral("probe"));
        QCOMPARE(journal(world, QStringLiteral("account.probe")), QStringList{QStringLiteral("cannot-tell")});

        node.clearFaults();
        const NumberAnswer doubted = word(numbers[0]);
        QCOMPARE(doubted.word, VerdictWord::Unverified);
        QCOMPARE(doubted.reason, QStringLiteral("probe"));
        QCOMPARE(doubted.rawWord, QStringLiteral("true")); // what it said stays beside it
        QCOMPARE(word(numbers[1]).word, VerdictWord::Invalid); // that it calls somebody valid proves nothing; this does
    }

    void overBudgetNothingIsAsked()
    {
        SandboxFixture node;
        SystemClock clock;
        CheckWorld world(clock);
        const AccountId id = world.addAccount(node.address(), node.user(), node.password(), {3, 100, 60});
        QVERIFY(probe(world, id));
        const auto second = probe(world, id); // one more would fit, two do not
        QVERIFY(!second);
        QCOMPARE(second.failure().kind, Failure::Kind::OverBudget);
        QVERIFY(second.failure().retryAfter.has_value());
        QVERIFY(second.failure().retryAfter->count() > 3500 && second.failure().retryAfter->count() <= 3601);
        QCOMPARE(node.asked().size(), 2);
        QCOMPARE(world.budgetUse().lastHour, 2);
        const AccountId none = world.addAccount(node.address(), node.user(), node.password(), {1, 100, 60});
        const auto never = probe(world, none);
        QCOMPARE(never.failure().kind, Failure::Kind::OverBudget);
        QVERIFY(!never.failure().retryAfter.has_value()); // such a budget never has room for two
    }

    void whatWasNotTakenIsGivenBack()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const QUrl address(QStringLiteral("http://127.0.0.1:%1/v1").arg(closed.serverPort()));
        closed.close();
        SystemClock clock;
        CheckWorld world(clock);
        const AccountId id = world.addAccount(address, QStringLiteral("u"), QStringLiteral("p"));
        const auto found = probe(world, id);
        QVERIFY(!found);
        QCOMPARE(found.failure().kind, Failure::Kind::Offline);
        QCOMPARE(world.budgetUse().lastHour, 0);
        QCOMPARE(world.accounts().find(id)->probe, TruthProbe());
        QVERIFY(journal(world, QStringLiteral("account.probe")).isEmpty());
    }

    void whatMayHaveBeenTakenIsNot()
    {
        SandboxFixture node;
        node.fault(QStringLiteral("5xx=502"));
        SystemClock clock;
        CheckWorld world(clock);
        const AccountId id = world.addAccount(node.address(), node.user(), node.password());
        const auto found = probe(world, id);
        QVERIFY(!found);
        QCOMPARE(found.failure().kind, Failure::Kind::GatewayError);
        QCOMPARE(node.requests(QStringLiteral("/v1/contacts")), 1); // not repeated: it was booked once
        QCOMPARE(world.budgetUse().lastHour, 2);
    }

    void mayBeHeldBack()
    {
        SandboxFixture node;
        SystemClock clock;
        CheckWorld world(clock);
        const AccountId id = world.addAccount(node.address(), node.user(), node.password());
        const auto found = probe(world, id, [] { return false; });
        QVERIFY(!found);
        QCOMPARE(found.failure().kind, Failure::Kind::Cancelled);
        QVERIFY(node.asked().isEmpty());
        QCOMPARE(world.budgetUse().lastHour, 0);
    }

    void anEngineThatCannotIsRemembered()
    {
        SandboxFixture node;
        node.fault(QStringLiteral("engine-no-block"));
        SystemClock clock;
        CheckWorld world(clock);
        const KeyedAccount keyed = keyedAccount(node, GatewayKind::Wawp);
        const auto saved = answerOf<Accounts::Saved>(
            [&](auto then) { return world.accounts().save(keyed.account, keyed.key, then); });
        QVERIFY(saved);
        int told = 0;
        QObject::connect(&world.accounts(), &Accounts::changed, &world.accounts(), [&] { ++told; });
        const std::vector<QString> one{node.numbers(1).first()};
        const auto block = [&] {
            return answerOf<BlockReply>(
                [&](auto then) { return world.accounts().gateway(saved->id)->block(one, then); });
        };
        QVERIFY(!block());
        QCOMPARE(told, 1);
        QVERIFY(!world.accounts().find(saved->id)->capabilities().block);
        QVERIFY(!block()); // answered without a request
        QCOMPARE(told, 1);
        QTRY_COMPARE(journal(world, QStringLiteral("account.refused")), QStringList{QStringLiteral("what=7 code=422")});
        world.close();
        world.open();
        QVERIFY(!world.accounts().find(saved->id)->capabilities().block);
        QVERIFY(!world.accounts().gateway(saved->id)->capabilities().block);
        node.clearFaults();
        Gateway *open = world.accounts().gateway(saved->id);
        QVERIFY(answerOf<Nothing>([&](auto then) { return world.accounts().forgetRefusals(saved->id, then); }));
        QCOMPARE(world.accounts().gateway(saved->id), open);
        QVERIFY(open->capabilities().block);
        QVERIFY(block());
        QCOMPARE(journal(world, QStringLiteral("account.try-again")), QStringList{QStringLiteral("forgotten=1")});
    }

    void anUnknownAccountIsSaid()
    {
        SystemClock clock;
        CheckWorld world(clock);
        QCOMPARE(probe(world, AccountId(4711)).failure().kind, Failure::Kind::NotFound);
    }

    void anAccountThatCannotCheckIsNotAsked()
    {
        SystemClock clock;
        CheckWorld world(clock);
        Account account;
        account.name = QStringLiteral("List only");
        account.kind = GatewayKind::Dialog360;
        account.address = QUrl(QStringLiteral("https://gateway.example"));
        const auto saved
            = answerOf<Accounts::Saved>([&](auto then) { return world.accounts().save(account, Secret("key"), then); });
        QVERIFY(saved);
        QCOMPARE(probe(world, saved->id).failure().kind, Failure::Kind::Unsupported);
    }
};

QTEST_GUILESS_MAIN(TruthProbeTest)
#include "truthprobe_test.moc"
