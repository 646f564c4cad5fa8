// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/people/fetch.h"

#include "models/gateways/gateway.h"
#include "models/store/batches.h"
#include "models/store/stops.h"
#include "models/store/store.h"
#include "tests/support/gatewayplace.h"
#include "tests/support/relay.h"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr char waitMessage[] = "the fetch did not come there";

struct Place : GatewayPlace {
    template <class... Args>
    explicit Place(Args &&...args)
        : GatewayPlace(std::forward<Args>(args)...)
        , fetch(*importer, *store, gatewayOf())
    {
    }
    bool comesTo(ContactFetch::State state)
    {
        return eventually([&] { return fetch.state() == state; }, 30'000);
    }
    ImportOutcome commit()
    {
        const auto outcome = answerOf<ImportOutcome>([&](auto then) {
            return importer->commit(
                *fetch.staged(), fetch.staged()->request.consent, std::make_shared<JobControl>(), {}, then);
        });
        if (!outcome)
            qFatal("%s", qPrintable(outcome.failure().detail));
        return *outcome;
    }
    ContactFetch fetch;
};

GatewayContact contact(const char *chatId, const char *number, const char *name, bool saved = true)
{
    GatewayContact contact;
    contact.chatId = QString::fromUtf8(chatId);
    contact.number = QString::fromUtf8(number);
    contact.name = QString::fromUtf8(name);
    contact.saved = saved;
    return contact;
}

QString reasonOf(const GatewayContact &contact, bool alsoFromChats = true)
{
    FetchRequest request;
    request.alsoFromChats = alsoFromChats;
    return QString::fromLatin1(listedRow(contact, request).planned.reason);
}

QByteArray sendApiRow(const QByteArray &phone, const QByteArray &name)
{
    return "{\"phone\":\"" + phone + "\",\"name\":\"" + name + "\",\"is_whatsapp_user\":true}";
}

RelayAct sendApiPage(int page, int total, const QByteArray &rows)
{
    return {.answer = Relay::http(200,
                "{\"data\":[" + rows + "],\"meta\":{\"total\":" + QByteArray::number(total)
                    + ",\"page\":" + QByteArray::number(page) + ",\"per_page\":2}}",
                {"Content-Type: application/json"})};
}

} // namespace

class FetchTest : public QObject {
    Q_OBJECT

private slots:
    void whatBecomesOfOneContact()
    {
        FetchRequest request;
        request.alsoFromChats = true;
        request.chatsTag = QStringLiteral("from chats");
        ListedRow row = listedRow(contact("447700900123@c.us", "447700900123", "Ann"), request);
        QVERIFY(!row.planned.reason);
        QCOMPARE(row.planned.number.e164, 447700900123);
        QCOMPARE(row.planned.raw, std::string("+447700900123")); // international: no country is read into it later
        QCOMPARE(row.planned.name, std::string("Ann"));
        QCOMPARE(row.planned.tags, std::string());
        QCOMPARE(row.told->chatId, QStringLiteral("447700900123@c.us"));
        QCOMPARE(row.told->lid, QString());

        // The profile name is not a name; who is only known from a chat carries the tag.
        GatewayContact stranger = contact("447700900124@s.whatsapp.net", "", "", false);
        stranger.profileName = QStringLiteral("King");
        row = listedRow(stranger, request);
        QCOMPARE(row.planned.number.e164, 447700900124);
        QCOMPARE(row.planned.name, std::string());
        QCOMPARE(QString::fromStdString(row.planned.tags), Imports::joinedTags({QStringLiteral("from chats")}));
        QCOMPARE(row.told->profileName, QStringLiteral("King"));
        QCOMPARE(reasonOf(stranger, false), QStringLiteral("not-saved"));

        // A LID is never stripped to digits.
        QCOMPARE(reasonOf(contact("123456789012345@lid", "", "Zoe")), QStringLiteral("no-number"));
        row = listedRow(contact("123456789012345@lid", "+447700900125", "Zoe"), request);
        QCOMPARE(row.planned.number.e164, 447700900125);
        QCOMPARE(row.told->lid, QStringLiteral("123456789012345@lid"));
        QCOMPARE(row.told->chatId, QString());

        GatewayContact group = contact("120363041234567890@g.us", "", "Staff");
        group.other = true;
        QCOMPARE(reasonOf(group), QStringLiteral("group"));
        GatewayContact me = contact("447700900999@c.us", "447700900999", "");
        me.me = true;
        QCOMPARE(reasonOf(me), QStringLiteral("own-account"));
        QCOMPARE(reasonOf(contact("x@c.us", "", "Odd")), QStringLiteral("not-a-number"));
    }

    /// 128 saved rows and more, pages of 100, over the sandbox's Wawp.
    void theSandboxsListComesInLikeAnImport()
    {
        SandboxFixture sandbox;
        Place place(sandbox);
        place.fetch.start({.account = place.account});
        QVERIFY2(place.comesTo(ContactFetch::State::Staged), waitMessage);
        QCOMPARE(sandbox.requests(QStringLiteral("/wawp/v2/contacts/all")), int(place.fetch.progress().pages));
        QVERIFY(place.fetch.progress().pages >= 2);
        const StagedImport &staged = *place.fetch.staged();
        QCOMPARE(staged.rows.rows, place.fetch.progress().rows);
        QCOMPARE(staged.dryRun.sum(), staged.rows.rows);
        QCOMPARE(staged.rows.rejected.at("group"), 2); // a group and a newsletter
        QCOMPARE(staged.rows.rejected.at("own-account"), 1);
        QVERIFY(staged.rows.rejected.at("not-saved") > 0);
        QVERIFY(place.people().empty()); // nothing yet

        const ImportCounts expected = staged.dryRun;
        const ImportOutcome outcome = place.commit();
        QCOMPARE(outcome.counts.sum(), staged.rows.rows);
        QCOMPARE(outcome.counts.added, expected.added);
        const std::vector<PersonRow> people = place.people();
        QCOMPARE(qint64(people.size()), outcome.counts.added);
        for (const PersonRow &person : people)
            QVERIFY(!person.fields.name.isEmpty()); // saved ones have the phone's name
        const auto details = answerOf<PersonDetails>(
            [&](auto then) { return place.store->people().details(people.front().id, {}, then); });
        QCOMPARE(details->told.size(), 1u);
        QCOMPARE(details->told[0].account, place.account.id);
        QCOMPARE(details->told[0].name, people.front().fields.name);
        QVERIFY(details->told[0].chatId.endsWith(QLatin1String("@c.us")));
        QVERIFY(details->told[0].saved);
        const auto batch = answerOf<std::optional<BatchSummary>>(
            [&](auto then) { return place.store->batches().newestUndoable(then); });
        QCOMPARE((*batch)->act, QStringLiteral("fetch"));

        // Once more with those from chats: only they are new, and they can be told apart.
        place.fetch.start({.account = place.account, .alsoFromChats = true, .chatsTag = QStringLiteral("chat")});
        QVERIFY2(place.comesTo(ContactFetch::State::Staged), waitMessage);
        const ImportOutcome second = place.commit();
        QCOMPARE(second.counts.unchanged, outcome.counts.added + outcome.counts.unchanged);
        QVERIFY(second.counts.added > 0);
        const auto tagged = answerOf<qint64>(
            [&](auto then) { return place.store->people().count({.tags = {QStringLiteral("chat")}}, {}, then); });
        QCOMPARE(*tagged, second.counts.added);

        const auto undone
            = answerOf<UndoReport>([&](auto then) { return place.store->batches().undo(second.batch, then); });
        QCOMPARE(undone->restored, second.counts.added);
        QCOMPARE(qint64(place.people().size()), outcome.counts.added);
        QVERIFY(eventually([&] { return !place.stagingFileLeft(); }));
    }

    void aPageThatFailsHoldsTheFetchUntilResume()
    {
        SandboxFixture sandbox;
        Place place(sandbox);
        sandbox.fault(QStringLiteral("5xx=503:4@1")); // the second page: once, and its three repeats
        place.fetch.start({.account = place.account});
        QVERIFY2(place.comesTo(ContactFetch::State::Paused), waitMessage);
        QVERIFY(place.fetch.problem());
        QCOMPARE(place.fetch.problem()->kind, Failure::Kind::GatewayError);
        QCOMPARE(place.fetch.progress().pages, 1);
        QCOMPARE(place.fetch.progress().rows, 100);
        QVERIFY(place.people().empty());
        place.fetch.resume();
        QVERIFY(!place.fetch.problem());
        QVERIFY2(place.comesTo(ContactFetch::State::Staged), waitMessage);
        // The first page was not asked again.
        int firstPages = 0;
        for (const SandboxLedgerEntry &entry : sandbox.ledger())
            firstPages += entry.path.find("/contacts/all") != std::string::npos ? 1 : 0;
        QCOMPARE(firstPages, int(place.fetch.progress().pages) + 4);
        QCOMPARE(place.fetch.staged()->dryRun.sum(), place.fetch.progress().rows);
    }

    void aPageIsKeptAsItWas()
    {
        GatewayContactsPage page;
        page.contacts = {contact("447700900123@c.us", "447700900123", "Zoë \"Z\" 😀"), contact("1@g.us", "", "", false)};
        page.contacts[0].profileName = QString::fromUtf8("\u202eevil");
        page.contacts[0].about = QStringLiteral("a\nb");
        page.contacts[1].other = true;
        const auto back = fromKeptForm(keptForm(page));
        QVERIFY(back);
        QCOMPARE(back->contacts.size(), page.contacts.size());
        for (std::size_t i = 0; i < page.contacts.size(); ++i) {
            const GatewayContact &was = page.contacts[i];
            const GatewayContact &is = back->contacts[i];
            QCOMPARE(is.chatId, was.chatId);
            QCOMPARE(is.number, was.number);
            QCOMPARE(is.name, was.name);
            QCOMPARE(is.profileName, was.profileName);
            QCOMPARE(is.about, was.about);
            QCOMPARE(std::tuple(is.saved, is.me, is.other), std::tuple(was.saved, was.me, was.other));
        }
        for (const char *odd : {"", "{}", "[[]]", "[[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]]", "[1]"})
            QCOMPARE(fromKeptForm(odd).failure().kind, Failure::Kind::BadInput);
    }

    /// The program ends in the middle: the next one goes on at the page that had not come, and nobody is doubled.
    void afterTheProgramEndedItGoesOn()
    {
        Relay relay;
        Place place(sendApiAccount(relay.address(QStringLiteral("/v1"))), QStringLiteral("sk_live_x"));
        const auto kept = [&place] {
            return answerOf<std::optional<KeptFetch>>(
                [&](auto then) { return place.store->gatewayNotes().kept(place.account.id, then); });
        };
        relay.next(sendApiPage(1, 6, sendApiRow("+447700900101", "A") + ',' + sendApiRow("+447700900102", "B")));
        relay.next(sendApiPage(2, 6, sendApiRow("+447700900103", "C") + ',' + sendApiRow("+447700900104", "D")));
        relay.next({.silent = true}); // the third page never comes
        {
            ContactFetch cut(*place.importer, *place.store, place.gatewayOf());
            cut.start({.account = place.account});
            QVERIFY(eventually([&] { return relay.deliveries() == 3; }, 30'000));
            QCOMPARE(cut.progress().pages, 2);
        } // it ends without a word
        QVERIFY(eventually([&] { return !place.stagingFileLeft(); }));
        QVERIFY(*kept());
        QCOMPARE((*kept())->pages, 2);
        QCOMPARE((*kept())->rows, 4);
        QCOMPARE((*kept())->total, 6);
        QCOMPARE((*kept())->cursor, QStringLiteral("3"));
        QVERIFY((*kept())->atMs > 0);
        QVERIFY(place.people().empty());

        relay.next(sendApiPage(3, 6, sendApiRow("+447700900104", "D") + ',' + sendApiRow("+447700900105", "E")));
        place.fetch.goOn({.account = place.account});
        QVERIFY2(place.comesTo(ContactFetch::State::Staged), waitMessage);
        QCOMPARE(relay.deliveries(), 4);
        QVERIFY(relay.requests().back().contains("page=3"));
        QCOMPARE(place.fetch.progress().pages, 3);
        QCOMPARE(place.fetch.progress().rows, 6);
        QCOMPARE(place.fetch.staged()->dryRun.added, 5); // the list moved by one: D came twice, and is one
        // Read to its end, and not yet imported: should the program end now, nothing is asked again.
        QCOMPARE((*kept())->cursor, QString());
        place.fetch.goOn({.account = place.account});
        QVERIFY2(place.comesTo(ContactFetch::State::Staged), waitMessage);
        QCOMPARE(relay.deliveries(), 4);
        QCOMPARE(place.fetch.staged()->dryRun.added, 5);
        QCOMPARE(place.commit().counts.added, 5);
        QCOMPARE(place.people().size(), std::size_t(5));
        place.fetch.done();
        QVERIFY(eventually([&] { return !*kept(); }));
    }

    void startAgainAndCancelForgetWhatWasKept()
    {
        Relay relay;
        Place place(sendApiAccount(relay.address(QStringLiteral("/v1"))), QStringLiteral("sk_live_x"));
        const auto kept = [&place] {
            return *answerOf<std::optional<KeptFetch>>(
                [&](auto then) { return place.store->gatewayNotes().kept(place.account.id, then); });
        };
        relay.next(sendApiPage(1, 4, sendApiRow("+447700900101", "A") + ',' + sendApiRow("+447700900102", "B")));
        relay.next({.silent = true});
        {
            ContactFetch cut(*place.importer, *place.store, place.gatewayOf());
            cut.start({.account = place.account});
            QVERIFY(eventually([&] { return relay.deliveries() == 2; }, 30'000));
        }
        QVERIFY(kept());
        relay.next(sendApiPage(1, 2, sendApiRow("+447700900108", "H") + ',' + sendApiRow("+447700900109", "I")));
        place.fetch.start({.account = place.account});
        QVERIFY2(place.comesTo(ContactFetch::State::Staged), waitMessage);
        QVERIFY(relay.requests().back().contains("page=1"));
        QCOMPARE(place.fetch.staged()->dryRun.added, 2); // nothing of before
        QVERIFY(kept());
        place.fetch.cancel();
        QVERIFY(eventually([&] { return !kept(); }));
    }

    void pauseAndCancel()
    {
        Relay relay;
        Place place(sendApiAccount(relay.address(QStringLiteral("/v1"))), QStringLiteral("sk_live_x"));
        relay.next(sendApiPage(1, 4, sendApiRow("+447700900101", "A") + ',' + sendApiRow("+447700900102", "B")));
        relay.next(sendApiPage(2, 4, sendApiRow("+447700900103", "C") + ',' + sendApiRow("+447700900104", "D")));
        place.fetch.start({.account = place.account});
        place.fetch.pause();
        QCOMPARE(place.fetch.state(), ContactFetch::State::Paused);
        QVERIFY(!place.fetch.problem()); // the operator's own pause
        spin(300);
        QVERIFY(relay.deliveries() <= 1);
        place.fetch.resume();
        QVERIFY2(place.comesTo(ContactFetch::State::Staged), waitMessage);
        QCOMPARE(relay.deliveries(), 2);
        QCOMPARE(place.fetch.staged()->dryRun.added, 4);
        QCOMPARE(place.fetch.progress().total, 4);
        QVERIFY(place.stagingFileLeft());
        place.fetch.cancel();
        QCOMPARE(place.fetch.state(), ContactFetch::State::Idle);
        QVERIFY(eventually([&] { return !place.stagingFileLeft(); }));
        QVERIFY(place.people().empty());

        // Cancelled in the middle of a page.
        relay.next({.silent = true});
        place.fetch.start({.account = place.account});
        QVERIFY(eventually([&] { return relay.deliveries() == 3; }));
        QVERIFY(place.stagingFileLeft());
        place.fetch.cancel();
        QVERIFY(eventually([&] { return !place.stagingFileLeft(); }));
    }

    void aListThatRepeatsItselfEnds()
    {
        Relay relay;
        // An engine that overlooks the offset: the same full page for ever.
        QByteArray rows;
        for (int row = 0; row < 100; ++row)
            rows += (row ? "," : "") + QByteArray("{\"id\":\"4477009001") + QByteArray::number(10 + row % 90)
                + QByteArray::number(row / 90) + "@c.us\",\"name\":\"N\",\"isMyContact\":true}";
        relay.always({.answer = Relay::http(200, '[' + rows + ']', {"Content-Type: application/json"})});
        Place place(wawpAccount(relay.address()), QStringLiteral("token"));
        place.fetch.start({.account = place.account});
        QVERIFY2(place.comesTo(ContactFetch::State::Failed), waitMessage);
        QCOMPARE(place.fetch.problem()->kind, Failure::Kind::BadReply);
        QCOMPARE(relay.deliveries(), 2);
        QVERIFY(eventually([&] { return !place.stagingFileLeft(); }));
        place.fetch.resume(); // over is over
        QCOMPARE(place.fetch.state(), ContactFetch::State::Failed);
    }

    void stoppedPeopleStaySuppressed()
    {
        Relay relay;
        Place place(sendApiAccount(relay.address(QStringLiteral("/v1"))), QStringLiteral("sk_live_x"));
        PersonFields fields;
        fields.name = QStringLiteral("Ann");
        fields.number = parsePhoneNumber(QStringLiteral("+447700900101"), {});
        const auto ann = answerOf<PersonId>([&](auto then) { return place.store->people().add(fields, then); });
        QVERIFY(answerOf<Nothing>([&](auto then) {
            return place.store->stops().stop({*ann}, {}, QStringLiteral("wrote STOP"), then);
        }).ok());
        relay.next(sendApiPage(1, 2, sendApiRow("+447700900101", "Annie") + ',' + sendApiRow("+447700900102", "B")));
        place.fetch.start({.account = place.account});
        QVERIFY2(place.comesTo(ContactFetch::State::Staged), waitMessage);
        const ImportOutcome outcome = place.commit();
        QCOMPARE(outcome.counts.suppressed, 1);
        QCOMPARE(outcome.counts.added, 1);
        QVERIFY(place.people().front().doNotContact);
        QCOMPARE(place.people().front().fields.name, QStringLiteral("Ann"));
    }

    void anEmptyListIsSaid()
    {
        Relay relay;
        Place place(sendApiAccount(relay.address(QStringLiteral("/v1"))), QStringLiteral("sk_live_x"));
        relay.next(sendApiPage(1, 0, {}));
        place.fetch.start({.account = place.account});
        QVERIFY2(place.comesTo(ContactFetch::State::Failed), waitMessage);
        QCOMPARE(place.fetch.problem()->detail, QStringLiteral("no-rows"));
    }
};

QTEST_GUILESS_MAIN(FetchTest)
#include "fetch_test.moc"
