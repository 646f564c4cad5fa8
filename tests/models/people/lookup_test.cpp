// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/people/lookup.h"

#include "models/domain/person.h"
#include "tests/support/gatewayplace.h"
#include "tests/support/relay.h"

#include <QBuffer>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

PersonId add(GatewayPlace &place, const QString &number)
{
    PersonFields fields;
    fields.name = QStringLiteral("Our name");
    fields.number = parsePhoneNumber(number, {});
    const auto id = answerOf<PersonId>([&](auto then) { return place.store->people().add(fields, then); });
    if (!id)
        qFatal("%s", qPrintable(id.failure().detail));
    return *id;
}

PersonDetails details(GatewayPlace &place, PersonId id)
{
    return *answerOf<PersonDetails>([&](auto then) { return place.store->people().details(id, {}, then); });
}

/// Somebody of the sandbox's world of whom `holds` is true.
template <class Holds> QString somebody(SandboxFixture &sandbox, Holds holds)
{
    for (const QString &number : sandbox.numbers(400)) {
        if (holds(sandbox.server().world(), number.mid(1).toStdString()))
            return number;
    }
    qFatal("nobody like that");
    return {};
}

QByteArray png(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "png");
    return bytes;
}

RelayAct json(const QByteArray &body, int status = 200)
{
    return {.answer = Relay::http(status, body, {"Content-Type: application/json"})};
}

/// A relay that plays Wawp and, for the link it tells, WhatsApp's server of photos.
struct Scripted : GatewayPlace {
    explicit Scripted(Relay &relay)
        : GatewayPlace(wawpAccount(relay.address()), QStringLiteral("token"))
        , lookup(*store, gatewayOf())
        , person(add(*this, QStringLiteral("+447400123456")))
    {
    }
    Result<PhotoFound> photo()
    {
        return answerOf<PhotoFound>([&](auto then) { return lookup.photo(person, account.id, then); });
    }
    PersonLookup lookup;
    PersonId person;
};

} // namespace

class LookupTest : public QObject {
    Q_OBJECT

private slots:
    void whatTheSandboxTellsIsKept()
    {
        SandboxFixture sandbox;
        GatewayPlace place(sandbox);
        PersonLookup lookup(*place.store, place.gatewayOf());
        const QString number = somebody(sandbox, [](const SandboxWorld &world, const std::string &digits) {
            return world.profileName(digits) && world.about(digits) && world.lid(digits);
        });
        const std::string digits = number.mid(1).toStdString();
        const PersonId id = add(place, number);
        const Done done = answerOf<Nothing>([&](auto then) { return lookup.details(id, place.account.id, then); });
        QVERIFY2(done.ok(), done.ok() ? "" : qPrintable(done.failure().detail));
        const PersonDetails seen = details(place, id);
        QCOMPARE(seen.told.size(), 1u);
        QCOMPARE(seen.told[0].profileName, QString::fromStdString(*sandbox.server().world().profileName(digits)));
        QCOMPARE(seen.told[0].about, QString::fromStdString(*sandbox.server().world().about(digits)));
        QCOMPARE(seen.told[0].lid, QString::fromStdString(*sandbox.server().world().lid(digits) + "@lid"));
        QCOMPARE(seen.row.fields.name, QStringLiteral("Our name")); // the profile name is theirs, not ours
        QCOMPARE(seen.row.verdict.word, VerdictWord::NotChecked); // and no check was spent
        QCOMPARE(sandbox.requests(QStringLiteral("/wawp/v2/contacts/check-exists")), 0);
    }

    void hiddenIsNoFailure()
    {
        SandboxFixture sandbox;
        GatewayPlace place(sandbox);
        PersonLookup lookup(*place.store, place.gatewayOf());
        const PersonId id = add(place, somebody(sandbox, [](const SandboxWorld &world, const std::string &digits) {
            return !world.about(digits) && !world.showsPhoto(digits);
        }));
        QVERIFY(answerOf<Nothing>([&](auto then) { return lookup.details(id, place.account.id, then); }).ok());
        QCOMPARE(details(place, id).told.at(0).about, QString());
        const auto photo = answerOf<PhotoFound>([&](auto then) { return lookup.photo(id, place.account.id, then); });
        QVERIFY2(photo.ok(), photo.ok() ? "" : qPrintable(photo.failure().detail));
        QVERIFY(photo->hidden());
    }

    void aPhotoIsUnpacked()
    {
        SandboxFixture sandbox;
        GatewayPlace place(sandbox);
        PersonLookup lookup(*place.store, place.gatewayOf());
        const PersonId id = add(place, somebody(sandbox, [](const SandboxWorld &world, const std::string &digits) {
            return world.showsPhoto(digits);
        }));
        const auto photo = answerOf<PhotoFound>([&](auto then) { return lookup.photo(id, place.account.id, then); });
        QVERIFY2(photo.ok(), photo.ok() ? "" : qPrintable(photo.failure().detail));
        QVERIFY(!photo->hidden());
    }

    void anEngineWithoutAboutStillTellsTheRest()
    {
        Relay relay;
        Scripted place(relay);
        relay.next(
            json("{\"id\":\"447400123456@c.us\",\"name\":\"Phone name\",\"pushname\":\"Annie\",\"isMyContact\":true}"));
        relay.next(json("{\"message\":\"The method is not implemented by the engine.\",\"statusCode\":422}", 422));
        relay.next(json("{\"lid\":\"55@lid\",\"number\":\"447400123456\"}"));
        const Done done
            = answerOf<Nothing>([&](auto then) { return place.lookup.details(place.person, place.account.id, then); });
        QVERIFY2(done.ok(), done.ok() ? "" : qPrintable(done.failure().detail));
        const GatewayNote note = details(place, place.person).told.at(0);
        QCOMPARE(note.profileName, QStringLiteral("Annie"));
        QCOMPARE(note.name, QStringLiteral("Phone name"));
        QCOMPARE(note.chatId, QStringLiteral("447400123456@c.us"));
        QCOMPARE(note.lid, QStringLiteral("55@lid"));
        QVERIFY(note.saved);
    }

    /// An id becomes an alias, and a stop goes over every alias: it must be of the number that was asked.
    void onlyAnIdOfTheNumberAskedIsKept_data()
    {
        QTest::addColumn<QString>("number");
        QTest::addColumn<QByteArray>("contact");
        QTest::addColumn<QByteArray>("lids");
        QTest::addColumn<bool>("ok");
        QTest::addColumn<QString>("chatId");
        QTest::addColumn<QString>("lid");
        const QString ann = QStringLiteral("+447400123456");
        const QByteArray noLid = "{\"lid\":null,\"pn\":\"447400123456@c.us\"}";
        const QString none;
        QTest::newRow("its own") << ann << QByteArray("{\"id\":\"447400123456@c.us\"}")
                                 << QByteArray("{\"lid\":\"55@lid\",\"pn\":\"447400123456@c.us\"}") << true
                                 << QStringLiteral("447400123456@c.us") << QStringLiteral("55@lid");
        QTest::newRow("somebody else's") << ann << QByteArray("{\"id\":\"447400999999@c.us\",\"pushname\":\"Eve\"}")
                                         << noLid << false << none << none;
        QTest::newRow("a group's") << ann << QByteArray("{\"id\":\"12345-678@g.us\"}") << noLid << false << none
                                   << none;
        QTest::newRow("Brazil without the 9")
            << QStringLiteral("+5592981723241") << QByteArray("{\"id\":\"559281723241@c.us\"}")
            << QByteArray("{\"lid\":null,\"pn\":null}") << true << QStringLiteral("559281723241@c.us") << none;
        QTest::newRow("a LID with the number") << ann << QByteArray("{\"id\":\"77@lid\",\"number\":\"447400123456\"}")
                                               << noLid << true << none << QStringLiteral("77@lid");
        QTest::newRow("a LID of another number")
            << ann << QByteArray("{\"id\":\"77@lid\",\"number\":\"447400999999\"}") << noLid << false << none << none;
        QTest::newRow("a LID alone") << ann << QByteArray("{\"id\":\"77@lid\"}") << noLid << true << none << none;
        QTest::newRow("the LID of another pair") << ann << QByteArray("{\"id\":\"447400123456@c.us\"}")
                                                 << QByteArray("{\"lid\":\"66@lid\",\"pn\":\"447400999999@c.us\"}")
                                                 << false << QStringLiteral("447400123456@c.us") << none;
    }
    void onlyAnIdOfTheNumberAskedIsKept()
    {
        QFETCH(QString, number);
        QFETCH(QByteArray, contact);
        QFETCH(QByteArray, lids);
        QFETCH(bool, ok);
        Relay relay;
        Scripted place(relay);
        const PersonId person = add(place, number);
        relay.next(json(contact));
        relay.next(json("{\"about\":null}"));
        relay.next(json(lids));
        const Done done
            = answerOf<Nothing>([&](auto then) { return place.lookup.details(person, place.account.id, then); });
        QCOMPARE(done.ok(), ok);
        if (!ok)
            QCOMPARE(done.failure().kind, Failure::Kind::BadReply);
        const std::vector<GatewayNote> told = details(place, person).told;
        QTEST(told.empty() ? QString() : told[0].chatId, "chatId");
        QTEST(told.empty() ? QString() : told[0].lid, "lid");
        for (const Alias &alias : details(place, person).aliases)
            QVERIFY2(!alias.text.contains(QStringLiteral("999999")) && alias.text != u"66@lid", qPrintable(alias.text));
    }

    void aFailureInTheMiddleKeepsWhatCame()
    {
        Relay relay;
        Scripted place(relay);
        relay.next(json("{\"id\":\"447400123456@c.us\",\"pushname\":\"Annie\"}"));
        relay.always(json("{\"message\":\"broken\"}", 500)); // about, with its repeats
        const Done done
            = answerOf<Nothing>([&](auto then) { return place.lookup.details(place.person, place.account.id, then); });
        QVERIFY(!done.ok());
        QCOMPARE(done.failure().kind, Failure::Kind::GatewayError);
        QCOMPARE(details(place, place.person).told.at(0).profileName, QStringLiteral("Annie"));
    }

    void aLargePhotoIsMadeSmall()
    {
        Relay relay;
        Scripted place(relay);
        const QByteArray link = relay.address(QStringLiteral("/p.jpg")).toEncoded();
        relay.next(json("{\"url\":\"" + link + "\"}"));
        relay.next({.answer = Relay::http(200, png(2000, 1000), {"Content-Type: image/jpeg"})}); // a PNG named JPEG
        const auto photo = place.photo();
        QVERIFY2(photo.ok(), photo.ok() ? "" : qPrintable(photo.failure().detail));
        QCOMPARE(photo->image.size(), QSize(512, 256));
        QVERIFY(!relay.requests().back().contains("token")); // no credentials to the photo's server
    }

    void whatIsNoPictureIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Failure::Kind>("kind");
        const QByteArray svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
        QTest::newRow("svg") << svg << Failure::Kind::BadInput;
        QTest::newRow("html") << QByteArray("<html></html>") << Failure::Kind::BadInput;
        QTest::newRow("cut") << png(60, 60).left(60) << Failure::Kind::BadInput;
        QByteArray bomb = png(8, 8);
        bomb.replace(16, 8, QByteArray("\x00\x00\xEA\x60\x00\x00\xEA\x60", 8)); // says 60,000 by 60,000
        QTest::newRow("bomb") << bomb << Failure::Kind::TooLarge;
    }
    void whatIsNoPictureIsRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(Failure::Kind, kind);
        Relay relay;
        Scripted place(relay);
        relay.next(json("{\"url\":\"" + relay.address(QStringLiteral("/p.jpg")).toEncoded() + "\"}"));
        relay.next({.answer = Relay::http(200, bytes, {"Content-Type: image/jpeg"})});
        const auto photo = place.photo();
        QVERIFY(!photo.ok());
        QCOMPARE(photo.failure().kind, kind);
    }

    void droppingStopsTheAsking()
    {
        Relay relay;
        Scripted place(relay);
        relay.next(json("{\"id\":\"447400123456@c.us\",\"pushname\":\"Annie\"}"));
        relay.always({.silent = true});
        bool told = false;
        {
            const Call call
                = place.lookup.details(place.person, place.account.id, [&told](const Done &) { told = true; });
            QVERIFY(eventually([&] { return relay.deliveries() == 2; }));
        }
        spin(100);
        QVERIFY(!told);
        QVERIFY(details(place, place.person).told.empty());
    }
};

QTEST_GUILESS_MAIN(LookupTest)
#include "lookup_test.moc"
