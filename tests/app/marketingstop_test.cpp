// SPDX-License-Identifier: GPL-3.0-or-later
// The third light in the whole program: a message that the gateway answers with 131050 lights WhatsApp's own stop, and
// neither of ours.
#include "app/application.h"
#include "models/store/consents.h"
#include "models/store/people.h"
#include "tests/app/blockworld.h"
#include "tests/support/answer.h"
#include "ui/compose/composepage.h"
#include "ui/shell/pages.h"

using namespace rollcall;
using namespace rollcall::tests;

class MarketingStopTest final : public QObject {
    Q_OBJECT
private slots:
    void anAnswerLightsTheThirdLight();
};

void MarketingStopTest::anAnswerLightsTheThirdLight()
{
    BlockWorld world;
    QVERIFY(world.start());
    QVERIFY(!world.addPeople(1).isEmpty());
    Store &store = world.open.app->store();
    const auto everybody
        = answerOf<Spine>([&](auto then) { return store.people().spine(Filter{}, SortOrder{}, AccountId(0), then); });
    QVERIFY(everybody && everybody->size() == 1);
    const ConsentEvent in{.what = ConsentState::OptIn, .atMs = 1, .source = QStringLiteral("form")};
    QVERIFY(answerOf<Nothing>([&](auto then) { return store.consents().record(*everybody, in, then); }));
    const auto cell
        = [&](PersonColumn column) { return world.table("contacts").model()->index(0, int(column)).data().toString(); };
    QVERIFY(cell(PersonColumn::Marketing) != QStringLiteral("Stopped"));

    Card card;
    card.name.formatted = QStringLiteral("Ada Example");
    card.name.first = QStringLiteral("Ada");
    card.phones.push_back({QStringLiteral("+447700900123"), QStringLiteral("CELL"), {}});
    world.open.window().showPage(Act::ShowCompose);
    ComposePage &compose = world.open.window().pages().compose();
    compose.addCards({card});
    compose.addRecipients(*everybody);
    world.sandbox.fault(QStringLiteral("graph-error=131050:1"));
    QVERIFY(world.run(Act::Send));
    QVERIFY(pressed(dialogNamed(QStringLiteral("sendPlan")), "start"));
    QVERIFY(eventually([&] { return world.writes("POST", "messages") == 1; }));

    world.open.window().showPage(Act::ShowContacts);
    QVERIFY2(eventually([&] { return cell(PersonColumn::Marketing) == QStringLiteral("Stopped"); }),
        qPrintable(cell(PersonColumn::Marketing) + wordsOnScreen()));
    QVERIFY(cell(PersonColumn::Stops).isEmpty()); // ours is another
    QVERIFY(cell(PersonColumn::Block).isEmpty()); // and so is the gateway's
    QCOMPARE(world.stopped(), 0);
    const auto lights
        = answerOf<PersonLights>([&](auto then) { return store.people().lights(everybody->at(0), then); });
    QVERIFY(lights);
    QCOMPARE(lights->marketing.size(), std::size_t(1));
    QCOMPARE(lights->marketing[0].state, MarketingState::Stopped);
    QVERIFY2(lights->marketing[0].raw.contains(QStringLiteral("131050")), qPrintable(lights->marketing[0].raw));
    QCOMPARE(world.writes("POST", "messages"), 1); // not sent again
}

QTEST_MAIN(MarketingStopTest)
#include "marketingstop_test.moc"
