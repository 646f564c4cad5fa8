// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/accountbook.h"
#include "models/store/people.h"
#include "tests/support/storedverdict.h"
#include "tests/support/temporarystore.h"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 dayMs = 86'400'000;
constexpr qint64 number = 447700900123;

} // namespace

/// Issue 3: each account keeps its own verdict; a fresh valid beside a fresh invalid is "disagree".
class AccountVerdictsTest : public QObject {
    Q_OBJECT

private:
    static Spine disagreeing(TemporaryStore &store, AccountId account = {})
    {
        return *await<Spine>([&](auto then) { return store->people().spine({.disagree = true}, {}, account, then); });
    }
    static PersonDetails details(TemporaryStore &store, PersonId id, AccountId account)
    {
        return *await<PersonDetails>([&](auto then) { return store->people().details(id, account, then); });
    }

private slots:
    void validBesideInvalidDisagree()
    {
        TemporaryStore store;
        const AccountId node = store.account(QStringLiteral("Node"));
        const AccountId other = store.account(QStringLiteral("Other"));
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+447700900123"), number);
        const PersonId bob = store.add(QStringLiteral("Bob"), QStringLiteral("+447700900124"), number + 1);
        storeVerdict(*store, node, number, VerdictWord::Valid, QStringLiteral("valid"));
        QVERIFY(!store.row(ann, node).disagree);
        QVERIFY(disagreeing(store).empty());
        storeVerdict(*store, other, number, VerdictWord::Invalid, QStringLiteral("false"));
        storeVerdict(*store, node, number + 1, VerdictWord::Valid);
        storeVerdict(*store, other, number + 1, VerdictWord::Valid);
        for (const AccountId at : {node, other, AccountId()}) {
            QVERIFY(store.row(ann, at).disagree);
            QVERIFY(!store.row(bob, at).disagree);
            QCOMPARE(disagreeing(store, at), Spine{ann});
        }
        QCOMPARE(store.row(ann, node).verdict.word, VerdictWord::Valid);
        QCOMPARE(store.row(ann, other).verdict.word, VerdictWord::Invalid);
        const auto count
            = await<qint64>([&](auto then) { return store->people().count({.disagree = true}, node, then); });
        QCOMPARE(*count, 1);

        const PersonDetails seen = details(store, ann, other);
        QVERIFY(seen.row.disagree);
        QCOMPARE(seen.byAccount.size(), 2u);
        QCOMPARE(seen.byAccount[0].account, other); // the account asked for comes first
        QCOMPARE(seen.byAccount[0].word, VerdictWord::Invalid);
        QCOMPARE(seen.byAccount[0].rawWord, QStringLiteral("false"));
        QCOMPARE(seen.byAccount[1].account, node);
        QCOMPARE(seen.byAccount[1].word, VerdictWord::Valid);
    }

    void whatIsNotValidOrInvalidDisagreesWithNobody()
    {
        TemporaryStore store;
        const AccountId node = store.account(QStringLiteral("Node"));
        const AccountId other = store.account(QStringLiteral("Other"));
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+447700900123"), number);
        storeVerdict(*store, node, number, VerdictWord::Invalid);
        for (const VerdictWord word : {VerdictWord::Unverified, VerdictWord::Failed, VerdictWord::Processing}) {
            storeVerdict(*store, other, number, word);
            QVERIFY(!store.row(ann, node).disagree);
            QVERIFY(disagreeing(store).empty());
        }
        // A failure does not take a fresh verdict away.
        storeVerdict(*store, other, number, VerdictWord::Valid);
        storeVerdict(*store, other, number, VerdictWord::Failed);
        QVERIFY(store.row(ann, node).disagree);
        QCOMPARE(disagreeing(store), Spine{ann});
    }

    void aStaleAnswerNoLongerDisagrees()
    {
        TemporaryStore store;
        const AccountId node = store.account(QStringLiteral("Node"));
        const AccountId other = store.account(QStringLiteral("Other"));
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+447700900123"), number);
        storeVerdict(*store, node, number, VerdictWord::Valid);
        store.clock.advance(3 * dayMs);
        storeVerdict(*store, other, number, VerdictWord::Invalid);
        store.clock.advance(4 * dayMs - 1); // the valid one is 7 days old less 1 ms
        QVERIFY(store.row(ann, other).disagree);
        QCOMPARE(disagreeing(store), Spine{ann});
        store.clock.advance(1);
        QVERIFY(!store.row(ann, other).disagree);
        QVERIFY(disagreeing(store).empty());
        // Both are still shown side by side.
        QCOMPARE(details(store, ann, node).byAccount.size(), 2u);
    }

    void eachAccountHasItsOwnDays()
    {
        TemporaryStore store;
        const AccountId node = store.account(QStringLiteral("Node"));
        Account brief;
        brief.name = QStringLiteral("Brief");
        brief.address = QUrl(QStringLiteral("https://localhost:9091/v1"));
        brief.keepSeconds = 86'400;
        const AccountId other = *await<AccountId>([&](auto then) { return store->accounts().save(brief, then); });
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+447700900123"), number);
        storeVerdict(*store, node, number, VerdictWord::Valid);
        storeVerdict(*store, other, number, VerdictWord::Invalid);
        QVERIFY(store.row(ann, node).disagree);
        store.clock.advance(dayMs);
        QVERIFY(!store.row(ann, node).disagree);
        QVERIFY(disagreeing(store).empty());
    }

    void theSandboxIsNoSecondOpinion()
    {
        TemporaryStore store;
        const AccountId node = store.account(QStringLiteral("Node"));
        std::vector<AccountId> made;
        for (const char *name : {"Sandbox", "Block list (sandbox)"}) {
            Account one;
            one.name = QString::fromLatin1(name);
            one.address = QUrl(QStringLiteral("http://127.0.0.1:1/v1"));
            one.sandbox = true;
            made.push_back(*await<AccountId>([&](auto then) { return store->accounts().save(one, then); }));
        }
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+447700900123"), number);
        storeVerdict(*store, node, number, VerdictWord::Valid);
        storeVerdict(*store, made[0], number, VerdictWord::Invalid);
        for (const AccountId at : {node, made[0], AccountId()})
            QVERIFY(!store.row(ann, at).disagree);
        QVERIFY(disagreeing(store).empty());
        QCOMPARE(details(store, ann, node).byAccount.size(), 2u); // it is shown all the same, under its name
        storeVerdict(*store, made[1], number, VerdictWord::Valid);
        QVERIFY(store.row(ann, made[0]).disagree); // within its own world it is one
        QCOMPARE(disagreeing(store), Spine{ann});
    }

    void aRemovedAccountHasNoSay()
    {
        TemporaryStore store;
        const AccountId node = store.account(QStringLiteral("Node"));
        const AccountId other = store.account(QStringLiteral("Other"));
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+447700900123"), number);
        storeVerdict(*store, node, number, VerdictWord::Valid);
        storeVerdict(*store, other, number, VerdictWord::Invalid);
        QVERIFY(await<Nothing>([&](auto then) { return store->accounts().remove(other, then); }));
        QVERIFY(!store.row(ann, node).disagree);
        QVERIFY(disagreeing(store).empty());
        QCOMPARE(details(store, ann, node).byAccount.size(), 1u);
    }

    void whoSharesTheNumberSharesTheDisagreement()
    {
        TemporaryStore store;
        const AccountId node = store.account(QStringLiteral("Node"));
        const AccountId other = store.account(QStringLiteral("Other"));
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+447700900123"), number);
        const PersonId zoe = store.add(QStringLiteral("Zoe"), QStringLiteral("07700 900123"), number);
        store.add(QStringLiteral("Nobody"), QString());
        storeVerdict(*store, node, number, VerdictWord::Valid);
        storeVerdict(*store, other, number, VerdictWord::Invalid);
        QCOMPARE(disagreeing(store, node), (Spine{ann, zoe}));
        // Together with the other filters.
        const Filter invalidHere{.verdicts = {VerdictWord::Invalid}, .disagree = true};
        const auto at = [&](AccountId account) {
            return await<Spine>([&](auto then) {
                return store->people().spine(invalidHere, {}, account, then);
            })->size();
        };
        QCOMPARE(at(other), 2u);
        QCOMPARE(at(node), 0u);
    }
};

QTEST_GUILESS_MAIN(AccountVerdictsTest)
#include "accountverdicts_test.moc"
