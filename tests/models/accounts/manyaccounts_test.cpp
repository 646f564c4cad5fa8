// SPDX-License-Identifier: GPL-3.0-or-later
// Several accounts of one kind: each has its own server, session and key, in the keychain as on the wire.
#include "models/gateways/gateway.h"
#include "tests/support/answer.h"
#include "tests/support/checkworld.h"
#include "tests/support/relay.h"

#include <QTest>
#include <algorithm>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

const QString number = QStringLiteral("+447700900000");

RelayAct answer(bool there)
{
    RelayAct act;
    act.answer = Relay::http(200, there ? "{\"is_whatsapp_user\":true}" : "{\"is_whatsapp_user\":false}");
    return act;
}

/// A sendapi account at its own relay.
struct Customer {
    Customer(const QString &ownName, const QByteArray &ownKey, const QString &ownSession, bool saysYes)
        : key(ownKey)
        , session(ownSession)
        , word(saysYes ? VerdictWord::Valid : VerdictWord::Invalid)
    {
        relay.always(answer(saysYes));
        account.name = ownName;
        account.kind = GatewayKind::SendApi;
        account.address = relay.address(QStringLiteral("/v1"));
        account.sender = session;
    }
    bool saveIn(CheckWorld &world)
    {
        const auto saved
            = answerOf<Accounts::Saved>([&](auto then) { return world.accounts().save(account, Secret(key), then); });
        account.id = saved ? saved->id : AccountId();
        return saved.ok() && saved->place == SecretPlace::Keychain;
    }
    [[nodiscard]] VerdictWord ask(CheckWorld &world) const
    {
        const auto reply = answerOf<CheckReply>(
            [&](auto then) { return world.accounts().gateway(account.id)->check({number}, {}, then); });
        return reply ? reply->numbers.at(0).word : VerdictWord::NotChecked;
    }
    /// Every request that arrived here bears this key and this session.
    [[nodiscard]] bool onlyItsOwn() const
    {
        const QByteArray bearer = "bearer " + key.toLower() + "\r\n";
        const QByteArray query = "session_id=" + session.toLatin1() + ' ';
        return std::all_of(relay.requests().begin(), relay.requests().end(),
            [&](const QByteArray &request) { return request.toLower().contains(bearer) && request.contains(query); });
    }

    QByteArray key;
    QString session;
    VerdictWord word;
    Relay relay;
    Account account;
};

} // namespace

class ManyAccountsTest final : public QObject {
    Q_OBJECT

private slots:
    void eachRequestBearsItsOwnKey()
    {
        SystemClock clock;
        CheckWorld world(clock);
        Customer shop(QStringLiteral("Shop"), QByteArrayLiteral("sk_live_shop"), QStringLiteral("sess_shop"), true);
        Customer club(QStringLiteral("Club"), QByteArrayLiteral("sk_live_club"), QStringLiteral("sess_club"), false);
        QVERIFY(shop.saveIn(world) && club.saveIn(world));
        QVERIFY(shop.account.id != club.account.id);
        QVERIFY(world.accounts().gateway(shop.account.id) != world.accounts().gateway(club.account.id));
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(shop.ask(world), shop.word);
            QCOMPARE(club.ask(world), club.word);
            world.close(); // and so after a restart, with what the keychain gives back
            world.open();
        }
        QCOMPARE(shop.relay.deliveries(), 2);
        QCOMPARE(club.relay.deliveries(), 2);
        QVERIFY(shop.onlyItsOwn());
        QVERIFY(club.onlyItsOwn());
    }

    void aNewKeyIsOneAccounts()
    {
        SystemClock clock;
        CheckWorld world(clock);
        Customer shop(QStringLiteral("Shop"), QByteArrayLiteral("sk_live_old"), QStringLiteral("sess_shop"), true);
        Customer club(QStringLiteral("Club"), QByteArrayLiteral("sk_live_club"), QStringLiteral("sess_club"), true);
        QVERIFY(shop.saveIn(world) && club.saveIn(world));
        shop.key = QByteArrayLiteral("sk_live_new");
        QVERIFY(shop.saveIn(world));
        QCOMPARE(world.accounts().all().size(), 2U);
        QCOMPARE(shop.ask(world), shop.word);
        QCOMPARE(club.ask(world), club.word);
        QVERIFY(shop.onlyItsOwn());
        QVERIFY(club.onlyItsOwn());
    }

    void removingOneKeepsTheOthersSecret()
    {
        SystemClock clock;
        CheckWorld world(clock);
        Customer shop(QStringLiteral("Shop"), QByteArrayLiteral("sk_live_shop"), QStringLiteral("sess_shop"), true);
        Customer club(QStringLiteral("Club"), QByteArrayLiteral("sk_live_club"), QStringLiteral("sess_club"), false);
        QVERIFY(shop.saveIn(world) && club.saveIn(world));
        const QString shopsPlace = world.accounts().find(shop.account.id)->secretKey();
        const QString clubsPlace = world.accounts().find(club.account.id)->secretKey();
        QVERIFY(answerOf<Nothing>([&](auto then) { return world.accounts().remove(shop.account.id, then); }));
        const auto kept = [&](const QString &place) {
            return answerOf<Secret>([&](auto then) { return world.keychain().read(place, then); });
        };
        QCOMPARE(kept(shopsPlace).failure().kind, Failure::Kind::NotFound);
        const Result<Secret> clubs = kept(clubsPlace);
        QVERIFY(clubs);
        QCOMPARE(clubs->reveal(), club.key);
        QVERIFY(world.accounts().gateway(shop.account.id) == nullptr);
        QCOMPARE(club.ask(world), club.word);
        world.close();
        world.open();
        QCOMPARE(world.accounts().all().size(), 1U);
        QVERIFY(world.accounts().find(club.account.id)->hasStoredSecret);
        QCOMPARE(club.ask(world), club.word);
        QVERIFY(club.onlyItsOwn());
        QVERIFY(shop.relay.requests().empty());
    }
};

QTEST_GUILESS_MAIN(ManyAccountsTest)
#include "manyaccounts_test.moc"
