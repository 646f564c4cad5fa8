// SPDX-License-Identifier: GPL-3.0-or-later
// What was learned of a gateway: refusals and the truth probe, and what a probe does to the verdicts already stored.
#include "models/store/accountbook.h"

#include "models/store/journal.h"
#include "models/store/people.h"
#include "models/store/runbook.h"
#include "models/store/verdicts.h"
#include "tests/support/temporarystore.h"

#include <algorithm>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

using Outcome = TruthProbe::Outcome;

Account stored(TemporaryStore &store, AccountId id)
{
    const auto all = await<std::vector<Account>>([&](auto then) { return store->accounts().all(then); });
    if (all)
        for (const Account &account : *all)
            if (account.id == id)
                return account;
    return {};
}

bool save(TemporaryStore &store, const Account &account)
{
    return await<AccountId>([&](auto then) { return store->accounts().save(account, then); }).ok();
}

bool probed(TemporaryStore &store, AccountId id, Outcome outcome, qint64 atMs)
{
    return await<Nothing>([&](auto then) { return store->accounts().setProbe(id, {outcome, atMs}, then); }).ok();
}

Result<bool> refused(TemporaryStore &store, AccountId id, const LearnedRefusal &refusal)
{
    return await<bool>([&](auto then) { return store->accounts().addRefusal(id, refusal, then); });
}

AccountTest lastTest(TemporaryStore &store, AccountId id)
{
    const auto tests
        = await<std::map<AccountId, AccountTest>>([&](auto then) { return store->accounts().tests(then); });
    return tests && tests->contains(id) ? tests->at(id) : AccountTest();
}

QStringList acts(TemporaryStore &store)
{
    QStringList found;
    const auto seqs = await<std::vector<qint64>>([&](auto then) { return store->journal().list({}, then); });
    if (!seqs)
        return found;
    const auto rows = await<std::vector<JournalEntry>>([&](auto then) { return store->journal().rows(*seqs, then); });
    if (rows)
        for (const JournalEntry &entry : *rows)
            found += entry.act + u' ' + entry.outcome;
    return found;
}

QString newestDetails(TemporaryStore &store)
{
    const auto seqs = await<std::vector<qint64>>([&](auto then) { return store->journal().list({}, then); });
    if (!seqs || seqs->empty())
        return {};
    const qint64 newest = *std::max_element(seqs->cbegin(), seqs->cend());
    const auto rows
        = await<std::vector<JournalEntry>>([&](auto then) { return store->journal().rows({newest}, then); });
    return rows && !rows->empty() ? rows->front().details : QString();
}

/// Stores one verdict the way a run does.
void answer(TemporaryStore &store, AccountId account, qint64 e164, VerdictWord word, const QString &reason = {})
{
    RunItem item;
    item.alias = AliasKey(e164);
    item.ask = u'+' + QString::number(e164);
    const auto run = await<RunId>([&](auto then) { return store->runs().create(account, {}, {item}, 0, then); });
    QVERIFY(run);
    const auto items = await<std::vector<RunItem>>([&](auto then) { return store->runs().items(*run, then); });
    QVERIFY(items);
    ItemAnswer said;
    said.item = items->front().id;
    Verdict verdict;
    verdict.word = word;
    verdict.rawWord = QStringLiteral("raw");
    verdict.reason = reason;
    verdict.asked = item.ask;
    said.verdict = verdict;
    QVERIFY(await<Nothing>([&](auto then) { return store->runs().answer(*run, {said}, then); }));
}

} // namespace

class AccountBookTest final : public QObject {
    Q_OBJECT

private slots:
    void whatWasLearnedSurvivesARestart()
    {
        TemporaryStore store;
        const AccountId id = store.account();
        const LearnedRefusal about{Capability::About, 422, 1'700'000'000'001};
        const LearnedRefusal block{Capability::Block, 501, 1'700'000'000'002};
        QVERIFY(*refused(store, id, about));
        QVERIFY(*refused(store, id, block));
        QVERIFY(!*refused(store, id, {Capability::About, 501, 1'700'000'000'003})); // the first one stays
        QVERIFY(probed(store, id, Outcome::CannotTell, 1'700'000'000'004));
        store.close();
        QVERIFY(store.open());
        const Account account = stored(store, id);
        QCOMPARE(account.refusals, (std::vector<LearnedRefusal>{about, block}));
        QCOMPARE(account.probe, (TruthProbe{Outcome::CannotTell, 1'700'000'000'004}));
        QCOMPARE(account.cannotTell, QStringLiteral("probe"));
        QCOMPARE(acts(store).filter(QStringLiteral("account.refused")),
            (QStringList{QStringLiteral("account.refused what=7 code=501"),
                QStringLiteral("account.refused what=12 code=422")}));
        QCOMPARE(acts(store).filter(QStringLiteral("account.probe")),
            QStringList{QStringLiteral("account.probe cannot-tell")});
    }

    /// Every kind of line, and nothing of a failure but what its sentence is made of.
    void aTestSurvivesARestart()
    {
        using State = TestStep::State;
        TemporaryStore store;
        const AccountId id = store.account();
        const Failure refused{
            Failure::Kind::Unauthorised, QStringLiteral("detail"), {}, 4011, QStringLiteral("gateway.example")};
        const AccountTest test{1'700'000'000'000,
            {{QStringLiteral("address"), State::Ok, QStringLiteral("gateway.example")},
                {QStringLiteral("tls"), State::Skipped, QStringLiteral("first-check")},
                {QStringLiteral("login"), State::Failed, refused},
                {QStringLiteral("health"), State::Warning, QStringLiteral("SCAN_QR_CODE")},
                {QStringLiteral("can-block"), State::Cannot, QStringLiteral("422")}}};
        QVERIFY(await<Nothing>([&](auto then) { return store->accounts().keepTest(id, test, then); }));
        store.close();
        QVERIFY(store.open());
        const AccountTest kept = lastTest(store, id);
        QCOMPARE(kept.atMs, test.atMs);
        QCOMPARE(kept.steps.size(), test.steps.size());
        for (size_t i = 0; i < kept.steps.size(); ++i) {
            QCOMPARE(kept.steps[i].id, test.steps[i].id);
            QCOMPARE(kept.steps[i].state, test.steps[i].state);
            QCOMPARE(kept.steps[i].outcome.ok(), test.steps[i].outcome.ok());
            if (kept.steps[i].outcome)
                QCOMPARE(*kept.steps[i].outcome, *test.steps[i].outcome);
        }
        const Failure failure = kept.steps[2].outcome.failure();
        QCOMPARE(failure.kind, refused.kind);
        QCOMPARE(failure.code, refused.code);
        QCOMPARE(failure.subject, refused.subject);
        QCOMPARE(failure.detail, QString());
        QVERIFY(await<Nothing>([&](auto then) { return store->accounts().keepTest(id, {}, then); }));
        QCOMPARE(lastTest(store, id).atMs, 0);
    }

    void aTestIsOfOneConnection_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("sandbox");
        QTest::addColumn<bool>("kept");
        for (const char *what : {"name", "budget"})
            QTest::newRow(what) << QString::fromLatin1(what) << false << true;
        for (const char *what : {"kind", "address", "sender", "user", "caFile"})
            QTest::newRow(what) << QString::fromLatin1(what) << false << false;
        QTest::newRow("the sandbox's port") << QStringLiteral("address") << true << true;
        QTest::newRow("another kind of sandbox") << QStringLiteral("kind") << true << false;
    }
    void aTestIsOfOneConnection()
    {
        QFETCH(QString, what);
        QFETCH(bool, sandbox);
        QFETCH(bool, kept);
        TemporaryStore store;
        Account edited = stored(store, store.account());
        edited.sandbox = sandbox;
        QVERIFY(save(store, edited));
        const AccountTest test{7, {{QStringLiteral("address"), TestStep::State::Ok, QString()}}};
        QVERIFY(await<Nothing>([&](auto then) { return store->accounts().keepTest(edited.id, test, then); }));
        QVERIFY(probed(store, edited.id, Outcome::CannotTell, 9));
        if (what == QLatin1String("name"))
            edited.name = QStringLiteral("Renamed");
        else if (what == QLatin1String("budget"))
            edited.budget.perHour = 1;
        else if (what == QLatin1String("kind"))
            edited.kind = GatewayKind::Wawp;
        else if (what == QLatin1String("address"))
            edited.address = QUrl(QStringLiteral("https://other.example/v1"));
        else if (what == QLatin1String("sender"))
            edited.sender = QStringLiteral("sess_2");
        else if (what == QLatin1String("user"))
            edited.user = QStringLiteral("somebody");
        else
            edited.caFile = QStringLiteral("/etc/ca.pem");
        QVERIFY(save(store, edited));
        QCOMPARE(lastTest(store, edited.id).atMs, kept ? 7 : 0);
        if (sandbox) // what its probe found holds at its next port as well
            QCOMPARE(stored(store, edited.id).probe.atMs, kept ? 9 : 0);
    }

    void refusalsAreForgottenOnCommand()
    {
        TemporaryStore store;
        const AccountId id = store.account();
        const AccountId other = store.account(QStringLiteral("Other"));
        for (const AccountId account : {id, other})
            QVERIFY(*refused(store, account, {Capability::Block, 422, 1}));
        QVERIFY(await<Nothing>([&](auto then) { return store->accounts().forgetRefusals(id, then); }));
        QVERIFY(stored(store, id).refusals.empty());
        QCOMPARE(stored(store, other).refusals.size(), 1U);
        QVERIFY(await<Nothing>([&](auto then) { return store->accounts().forgetRefusals(id, then); }));
        QCOMPARE(acts(store).filter(QStringLiteral("account.try-again")),
            QStringList{QStringLiteral("account.try-again forgotten=1")}); // nothing happened the second time
        QVERIFY(*refused(store, id, {Capability::Block, 501, 2})); // and may be learned anew
    }

    void anAccountThatIsNotThereLearnsNothing()
    {
        TemporaryStore store;
        QVERIFY(!*refused(store, AccountId(4711), {Capability::Block, 422, 1}));
        QVERIFY(!probed(store, AccountId(4711), Outcome::CanTell, 1));
        QVERIFY(acts(store).filter(QStringLiteral("account.")).isEmpty());
    }

    void anotherGatewayStartsWithNothing_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("kept");
        for (const char *what : {"name", "budget", "user"})
            QTest::newRow(what) << QString::fromLatin1(what) << true;
        for (const char *what : {"kind", "address", "sender"})
            QTest::newRow(what) << QString::fromLatin1(what) << false;
    }
    void anotherGatewayStartsWithNothing()
    {
        QFETCH(QString, what);
        QFETCH(bool, kept);
        TemporaryStore store;
        const AccountId id = store.account();
        const LearnedRefusal block{Capability::Block, 422, 7};
        QVERIFY(*refused(store, id, block));
        QVERIFY(probed(store, id, Outcome::CannotTell, 9));
        Account edited = stored(store, id);
        const Account before = edited;
        if (what == QLatin1String("name"))
            edited.name = QStringLiteral("Renamed");
        else if (what == QLatin1String("budget"))
            edited.budget.perHour = 1;
        else if (what == QLatin1String("user"))
            edited.user = QStringLiteral("somebody");
        else if (what == QLatin1String("kind"))
            edited.kind = GatewayKind::Wawp;
        else if (what == QLatin1String("address"))
            edited.address = QUrl(QStringLiteral("https://other.example/v1"));
        else
            edited.sender = QStringLiteral("sess_2");
        QVERIFY(save(store, edited));
        const Account now = stored(store, id);
        QCOMPARE(now.refusals, kept ? std::vector<LearnedRefusal>{block} : std::vector<LearnedRefusal>{});
        QCOMPARE(now.probe, kept ? TruthProbe({Outcome::CannotTell, 9}) : TruthProbe());
        QCOMPARE(now.cannotTell, kept ? QStringLiteral("probe") : QString());
        edited.takeLearned(before); // the list in memory says the same as the file
        QCOMPARE(edited.refusals, now.refusals);
        QCOMPARE(edited.probe, now.probe);
        QCOMPARE(edited.cannotTell, now.cannotTell);
    }

    void theJournalSaysWhatWasChanged()
    {
        TemporaryStore store;
        Account edited = stored(store, store.account());
        edited.budget.perHour = 500;
        edited.address = QUrl(QStringLiteral("https://old.example/v1"));
        QVERIFY(save(store, edited));
        edited.budget.perHour = 1000;
        edited.address = QUrl(QStringLiteral("https://new.example/v1"));
        QVERIFY(save(store, edited));
        const QString details = newestDetails(store);
        QVERIFY2(details.contains(QStringLiteral("\"per_hour\":\"500 → 1000\"")), qPrintable(details));
        QVERIFY2(details.contains(QStringLiteral("\"address\":\"https://old.example/v1 → https://new.example/v1\"")),
            qPrintable(details));
        QVERIFY2(!details.contains(QStringLiteral("per_day")), "what stayed is not told");
    }
    void theSandboxMovingHouseIsNobodysAct()
    {
        TemporaryStore store;
        Account sandbox = stored(store, store.account());
        sandbox.sandbox = true;
        QVERIFY(save(store, sandbox));
        const qsizetype before = acts(store).size();
        sandbox.address = QUrl(QStringLiteral("http://127.0.0.1:40001/v1"));
        QVERIFY(save(store, sandbox));
        QCOMPARE(stored(store, sandbox.id).address, sandbox.address);
        QCOMPARE(acts(store).size(), before);
        sandbox.budget.perHour = 7; // that was somebody
        QVERIFY(save(store, sandbox));
        QCOMPARE(acts(store).size(), before + 1);
    }

    void anOldCopyOfTheAccountDoesNotUndoAProbe()
    {
        TemporaryStore store;
        const AccountId id = store.account();
        Account copy = stored(store, id); // as an open dialog holds it
        QVERIFY(probed(store, id, Outcome::CannotTell, 9));
        copy.name = QStringLiteral("Renamed");
        QVERIFY(save(store, copy));
        QCOMPARE(stored(store, id).cannotTell, QStringLiteral("probe"));
        copy = stored(store, id);
        QVERIFY(probed(store, id, Outcome::CanTell, 10));
        QVERIFY(save(store, copy));
        QCOMPARE(stored(store, id).cannotTell, QString());
        QCOMPARE(stored(store, id).probe, (TruthProbe{Outcome::CanTell, 10}));
    }

    void aReasonOfAnotherKindOutlivesTheProbe()
    {
        TemporaryStore store;
        Account account = stored(store, store.account());
        account.cannotTell = QStringLiteral("version>=2.43");
        QVERIFY(save(store, account));
        QVERIFY(probed(store, account.id, Outcome::CannotTell, 9));
        QCOMPARE(stored(store, account.id).cannotTell, QStringLiteral("version>=2.43"));
        QVERIFY(probed(store, account.id, Outcome::CanTell, 10));
        QCOMPARE(stored(store, account.id).cannotTell, QStringLiteral("version>=2.43"));
    }

    void aProbeDoubtsWhatWasStoredBeforeIt()
    {
        TemporaryStore store;
        const AccountId doubted = store.account(QStringLiteral("Doubted"));
        const AccountId trusted = store.account(QStringLiteral("Trusted"));
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+447400000001"), 447400000001);
        const PersonId bob = store.add(QStringLiteral("Bob"), QStringLiteral("+447400000002"), 447400000002);
        for (const AccountId account : {doubted, trusted}) {
            answer(store, account, 447400000001, VerdictWord::Valid);
            answer(store, account, 447400000002, VerdictWord::Invalid);
        }
        const auto words = [&](AccountId account) {
            return std::pair(store.row(ann, account).verdict.word, store.row(bob, account).verdict.word);
        };
        const auto listed = [&](VerdictWord word) {
            VerdictFilter filter;
            filter.account = doubted;
            filter.words = {word};
            const auto ids
                = await<std::vector<qint64>>([&](auto then) { return store->verdicts().list(filter, then); });
            return ids ? ids->size() : 99;
        };
        const auto counted = [&](VerdictWord word) {
            Filter filter;
            filter.verdicts = {word};
            const auto count = await<qint64>([&](auto then) { return store->people().count(filter, doubted, then); });
            return count ? *count : -1;
        };
        const auto asWas = std::pair(VerdictWord::Valid, VerdictWord::Invalid);
        const auto asDoubted = std::pair(VerdictWord::Unverified, VerdictWord::Invalid);
        QCOMPARE(words(doubted), asWas);
        int told = 0;
        const auto watch = QObject::connect(&*store, &Store::changed,
            [&](const Change &change) { told += (change.kinds & Change::VerdictsChanged) != 0; });
        QVERIFY(probed(store, doubted, Outcome::CannotTell, 9));
        QTRY_COMPARE(told, 1); // the tables read again
        QObject::disconnect(watch);
        QCOMPARE(words(doubted), asDoubted);
        QCOMPARE(words(trusted), asWas);
        QCOMPARE(store.row(ann, doubted).verdict.reason, QStringLiteral("probe"));
        QCOMPARE(store.row(ann, doubted).verdict.rawWord, QStringLiteral("raw")); // what it really said stays
        QCOMPARE(store.row(bob, doubted).verdict.reason, QString());
        QCOMPARE(listed(VerdictWord::Valid), 0U);
        QCOMPARE(listed(VerdictWord::Unverified), 1U);
        QCOMPARE(counted(VerdictWord::Valid), 0);
        QCOMPARE(counted(VerdictWord::Unverified), 1);
        const auto details
            = await<PersonDetails>([&](auto then) { return store->people().details(ann, doubted, then); });
        QVERIFY(details);
        QCOMPARE(details->history.size(), 2U);
        for (const Verdict &verdict : details->history)
            QCOMPARE(verdict.word, verdict.account == doubted ? VerdictWord::Unverified : VerdictWord::Valid);

        answer(store, doubted, 447400000001, VerdictWord::Unverified, QStringLiteral("probe"));
        QVERIFY(probed(store, doubted, Outcome::CanTell, 10)); // a later probe lifts it
        QCOMPARE(counted(VerdictWord::Unverified), 1); // but not from what was answered under it
        QCOMPARE(listed(VerdictWord::Valid), 1U);
    }
};

QTEST_GUILESS_MAIN(AccountBookTest)
#include "accountbook_test.moc"
