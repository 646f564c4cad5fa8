// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a block would name at the gateway: an id that a gateway made up must not send it to somebody else.
#include "models/store/accountbook.h"
#include "models/store/blocks.h"
#include "tests/support/storedverdict.h"
#include "tests/support/temporarystore.h"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 number = 5592981723241;
const QString known = QStringLiteral("559281723241"); // gateways.md 6.2: Brazil, without the ninth digit

} // namespace

class BlockCandidatesTest final : public QObject {
    Q_OBJECT

    static QString waIdOf(TemporaryStore &store, PersonId person, AccountId account)
    {
        const auto found = *await<std::vector<BlockCandidate>>(
            [&](auto then) { return store->blocks().candidates({person}, account, then); });
        return found.size() == 1 ? found.front().waId : QStringLiteral("not one candidate");
    }
    static bool probed(TemporaryStore &store, AccountId account, TruthProbe::Outcome outcome)
    {
        return await<Nothing>([&](auto then) { return store->accounts().setProbe(account, {outcome, 1}, then); }).ok();
    }

private slots:
    void theIdOfAnAccountThatCannotTellIsNotUsed()
    {
        TemporaryStore store;
        const AccountId blocking = store.account(QStringLiteral("Blocks"));
        const AccountId checking = store.account(QStringLiteral("Checks"));
        const PersonId ana = store.add(QStringLiteral("Ana"), QStringLiteral("+55 92 98172-3241"), number);
        QCOMPARE(waIdOf(store, ana, blocking), QString());
        storeVerdict(*store, checking, number, VerdictWord::Valid, QStringLiteral("valid"), known);
        QCOMPARE(waIdOf(store, ana, blocking), known);
        QVERIFY(probed(store, checking, TruthProbe::Outcome::CannotTell));
        QCOMPARE(waIdOf(store, ana, blocking), QString());
        QVERIFY(probed(store, checking, TruthProbe::Outcome::CanTell));
        QCOMPARE(waIdOf(store, ana, blocking), known);
    }

    void anUnverifiedIdIsNotUsed()
    {
        TemporaryStore store;
        const AccountId node = store.account(QStringLiteral("Node"));
        const PersonId ana = store.add(QStringLiteral("Ana"), QStringLiteral("+55 92 98172-3241"), number);
        storeVerdict(*store, node, number, VerdictWord::Unverified, QStringLiteral("valid"), known);
        QCOMPARE(waIdOf(store, ana, node), QString());
    }
};

QTEST_GUILESS_MAIN(BlockCandidatesTest)
#include "blockcandidates_test.moc"
