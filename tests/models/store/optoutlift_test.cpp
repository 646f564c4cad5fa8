// SPDX-License-Identifier: GPL-3.0-or-later
// An opt-out is lifted by an explicit new consent only, whatever command asks for it.
#include "models/store/consents.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/ledgerplace.h"

using namespace rollcall;
using namespace rollcall::tests;

class OptOutLiftTest : public LedgerPlace {
    Q_OBJECT

private slots:
    void init()
    {
        begin();
        m_ann = m_store->add(QStringLiteral("Ann"), QStringLiteral("+447700900000"), first);
        m_bob = m_store->add(QStringLiteral("Bob"), QStringLiteral("+447700900001"), first + 1);
        stop({m_bob}, {}, QStringLiteral("by mistake"));
    }
    void cleanup() { end(); }

    void aStopByMistakeIsLiftedFreely()
    {
        QVERIFY(isStopped(m_bob, 1));
        QVERIFY(lift({m_bob}));
        QVERIFY(!isStopped(m_bob, 1));
        QVERIFY(journal(QStringLiteral("stop.lift")).front().outcome == QStringLiteral("people=1 aliases=1"));
    }

    void anOptOutStaysWithoutANewConsent()
    {
        optOut(m_ann);
        QVERIFY(lift({m_ann, m_bob}));
        QVERIFY(isStopped(m_ann, 0));
        QVERIFY(!isStopped(m_bob, 1));
        QVERIFY(journal(QStringLiteral("stop.lift")).front().outcome.endsWith(QStringLiteral(" kept=1")));
    }

    void aNewConsentAloneLiftsNothingUnlessItIsSaid()
    {
        optOut(m_ann);
        QVERIFY(optIn(m_ann, false));
        QVERIFY(isStopped(m_ann, 0)); // the consent is there; lifting is a command of its own
        QVERIFY(lift({m_ann}));
        QVERIFY(!isStopped(m_ann, 0));
        optOut(m_ann);
        QVERIFY(optIn(m_ann, true)); // both in one
        QVERIFY(!isStopped(m_ann, 0));
    }

    void aConsentFromBeforeTheOptOutIsNoNewOne()
    {
        const qint64 now = m_store->clock.now().wallMs;
        optOut(m_ann);
        QVERIFY(optIn(m_ann, true, now - 86'400'000)); // given yesterday: what was said today counts
        QVERIFY(isStopped(m_ann, 0));
        QCOMPARE(m_store->row(m_ann).consent, ConsentState::OptOut);
    }

    void anOptOutUnderTheSameNumberHoldsEverybody()
    {
        const PersonId same = m_store->add(QStringLiteral("Same number"), QStringLiteral("07700 900000"), first);
        optOut(m_ann);
        QVERIFY(isStopped(same, 0));
        QVERIFY(lift({same}));
        QVERIFY(isStopped(same, 0));
        QVERIFY(isStopped(m_ann, 0));
    }

    void saidAgainItCountsFromThen()
    {
        stop({m_ann}, {}, QStringLiteral("opt-out"));
        m_store->clock.advance(1'000);
        QVERIFY(optIn(m_ann, false));
        m_store->clock.advance(1'000);
        stop({m_ann}, {}, QStringLiteral("opt-out")); // STOP once more
        QVERIFY(lift({m_ann}));
        QVERIFY(isStopped(m_ann, 0));
        m_store->clock.advance(1'000);
        QVERIFY(optIn(m_ann, true)); // a consent after it lifts it
        QVERIFY(!isStopped(m_ann, 0));
    }

    void aReasonThatSaysOptOutIsOne()
    {
        QVERIFY(optIn(m_ann, false)); // before
        m_store->clock.advance(1'000);
        stop({m_ann}, {AliasKey(first + 7)}, QStringLiteral("opt-out")); // Block… with that reason; +7 is nobody
        QVERIFY(lift({m_ann}));
        QVERIFY(isStopped(m_ann, 0));
        m_store->clock.advance(1'000);
        QVERIFY(optIn(m_ann, true));
        QVERIFY(!isStopped(m_ann, 0));
    }

    void unblockingAnOptOutNeedsTheConsentToo()
    {
        optOut(m_ann);
        OperationOrder unblock = order(OperationKind::Unblock);
        unblock.liftStop = true;
        start({itemFor(first, m_ann)}, unblock);
        QVERIFY(isStopped(m_ann, 0));
        m_store->clock.advance(1'000);
        unblock.consent = {.what = ConsentState::OptIn, .source = QStringLiteral("signed paper")};
        start({itemFor(first, m_ann)}, unblock);
        QVERIFY(!isStopped(m_ann, 0));
        QCOMPARE(m_store->row(m_ann).consent, ConsentState::OptIn);
    }

    void aNumberOfNobodyThatSaidStopNeedsItToo()
    {
        constexpr qint64 stranger = first + 7;
        QVERIFY(await<qint64>([&](auto then) {
            return (*m_store)->consents().optOut(
                {{.alias = AliasKey(stranger), .wording = QStringLiteral("STOP")}}, QStringLiteral("chat"), then);
        }));
        OperationOrder unblock = order(OperationKind::Unblock);
        unblock.liftStop = true;
        start({itemFor(stranger)}, unblock);
        QVERIFY((*m_store)->stops().contains(AliasKey(stranger)));
        unblock.consent = {.what = ConsentState::OptIn, .source = QStringLiteral("signed paper")};
        start({itemFor(stranger)}, unblock);
        QVERIFY(!(*m_store)->stops().contains(AliasKey(stranger)));
    }

    /// Editing a person is no way around it: the stop goes with them to the new number.
    void anotherNumberLiftsNothing()
    {
        optOut(m_ann);
        PersonFields fields = m_store->row(m_ann).fields;
        fields.number = {.typed = QStringLiteral("+447700900009"),
            .e164 = first + 9,
            .region = QStringLiteral("GB"),
            .state = NumberState::Valid,
            .explicitPlus = true};
        QVERIFY(await<Nothing>([&](auto then) { return (*m_store)->people().update(m_ann, fields, then); }));
        QVERIFY(isStopped(m_ann, 9));
        QVERIFY((*m_store)->stops().contains(AliasKey(first))); // the old number too
    }

    void whoSaidItIsToldToTheDialog()
    {
        optOut(m_ann);
        stop({}, {AliasKey(first + 7)}, QStringLiteral("opt-out"));
        const auto people = *await<std::vector<BlockCandidate>>([&](auto then) {
            return blocks().candidates({m_ann, m_bob}, m_account, then);
        });
        QVERIFY(people[0].optedOut);
        QVERIFY(!people[1].optedOut && people[1].doNotContact);
        const auto numbers = *await<std::vector<BlockCandidate>>([&](auto then) {
            return blocks().numberCandidates(
                {{.typed = QStringLiteral("+447700900007"), .e164 = first + 7}}, m_account, then);
        });
        QVERIFY(numbers[0].optedOut); // nobody here, and said so all the same
    }

private:
    PersonId m_ann;
    PersonId m_bob;

    bool isStopped(PersonId person, int number)
    {
        return m_store->row(person).doNotContact && (*m_store)->stops().contains(AliasKey(first + number));
    }
    void stop(const std::vector<PersonId> &people, const std::vector<AliasKey> &aliases, const QString &reason)
    {
        QVERIFY(await<Nothing>([&](auto then) { return (*m_store)->stops().stop(people, aliases, reason, then); }));
    }
    Done lift(const std::vector<PersonId> &people)
    {
        return await<Nothing>(
            [&](auto then) { return (*m_store)->stops().lift(people, QStringLiteral("mistake"), then); });
    }
    void optOut(PersonId person)
    {
        m_store->clock.advance(1'000);
        QVERIFY(await<Nothing>([&](auto then) {
            return (*m_store)->consents().record(
                {person}, {.what = ConsentState::OptOut, .source = QStringLiteral("told us")}, then);
        }));
        m_store->clock.advance(1'000);
    }
    Done optIn(PersonId person, bool lift, qint64 atMs = 0)
    {
        const ConsentEvent event{.what = ConsentState::OptIn, .atMs = atMs, .source = QStringLiteral("web form")};
        return await<Nothing>([&](auto then) { return (*m_store)->consents().record({person}, event, then, lift); });
    }
};

QTEST_GUILESS_MAIN(OptOutLiftTest)
#include "optoutlift_test.moc"
