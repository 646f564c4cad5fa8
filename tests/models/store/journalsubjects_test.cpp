// SPDX-License-Identifier: GPL-3.0-or-later
// The journal keeps numbers; whom they mean is looked up when it is read: names as they are now, none of an erased
// person.
#include "models/store/batches.h"
#include "models/store/consents.h"
#include "models/store/erasures.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "tests/support/temporarystore.h"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

using Seqs = std::vector<qint64>;
using Kind = JournalSubject::Kind;
using State = JournalSubject::State;

Seqs chosen(TemporaryStore &store, const JournalFilter &filter)
{
    return *await<Seqs>([&](auto then) { return store->journal().chosen(filter, then); });
}

std::vector<JournalEntry> entries(TemporaryStore &store, const JournalFilter &filter = {})
{
    const Seqs seqs = chosen(store, filter);
    return *await<std::vector<JournalEntry>>([&](auto then) { return store->journal().rows(seqs, then); });
}

QStringList acts(TemporaryStore &store, const JournalFilter &filter)
{
    QStringList all;
    for (const JournalEntry &entry : entries(store, filter))
        all << entry.act;
    return all;
}

void must(const Done &done)
{
    if (!done)
        qFatal("%s", qPrintable(done.failure().detail));
}

void rename(TemporaryStore &store, PersonId id, const QString &name)
{
    PersonFields fields = store.row(id).fields;
    fields.name = name;
    must(await<Nothing>([&](auto then) { return store->people().update(id, fields, then); }));
}

void optOut(TemporaryStore &store, const std::vector<PersonId> &people)
{
    ConsentEvent event;
    event.what = ConsentState::OptOut;
    event.source = QStringLiteral("phone");
    must(await<Nothing>([&](auto then) { return store->consents().record(people, event, then); }));
}

} // namespace

class JournalSubjectsTest final : public QObject {
    Q_OBJECT
private slots:
    void aPersonIsCalledAsTheyAreNow()
    {
        TemporaryStore store;
        const PersonId id = store.add(QStringLiteral("Anna Alt"), QStringLiteral("0151 1"), 491511, {});
        rename(store, id, QStringLiteral("Anna Neu"));
        const auto all = entries(store);
        QCOMPARE(all.size(), std::size_t(2));
        for (const JournalEntry &entry : all) {
            QCOMPARE(entry.about.kind, Kind::Person);
            QCOMPARE(entry.about.state, State::Here);
            QCOMPARE(entry.about.name, QStringLiteral("Anna Neu"));
            QCOMPARE(entry.about.number, QStringLiteral("+491511"));
        }
    }

    void anAccountAndATestOfIt()
    {
        TemporaryStore store;
        const AccountId account = store.account(QStringLiteral("Berlin desk"));
        const PersonId sameNumber = store.add(QStringLiteral("Not meant"), QStringLiteral("x"));
        QCOMPARE(sameNumber.value(), account.value()); // both count from 1: the act tells them apart
        JournalEntry test{.act = QStringLiteral("connection.test"), .subject = account.value()};
        must(await<Nothing>([&](auto then) { return store->journal().note(test, then); }));
        const auto all = entries(store, {.act = QStringLiteral("connection.test")});
        QCOMPARE(all[0].about.kind, Kind::Account);
        QCOMPARE(all[0].about.name, QStringLiteral("Berlin desk"));
        QCOMPARE(acts(store, {.text = QStringLiteral("berlin")}),
            (QStringList{QStringLiteral("connection.test"), QStringLiteral("account.add")}));
        QCOMPARE(acts(store, {.account = account}),
            (QStringList{QStringLiteral("connection.test"), QStringLiteral("account.add")}));
        QCOMPARE(acts(store, {.person = sameNumber}), QStringList{QStringLiteral("person.add")});
    }

    void aNameFindsWhatWasDoneToThatPersonAloneAndAmongOthers()
    {
        TemporaryStore store;
        const PersonId anna = store.add(QStringLiteral("Анна Öztürk"), QStringLiteral("0151 1234"), 49151234, {});
        const PersonId bert = store.add(QStringLiteral("Bert"), QStringLiteral("0151 5678"), 49155678, {});
        const PersonId carl = store.add(QStringLiteral("Carl"), QStringLiteral("0151 9999"), 49159999, {});
        optOut(store, {anna, bert}); // one entry about two
        optOut(store, {carl});
        rename(store, anna, QStringLiteral("Анна Çelik"));
        const QStringList hers{QStringLiteral("person.edit"), QStringLiteral("stop"), QStringLiteral("consent"),
            QStringLiteral("person.add")};
        const auto sorted = [](QStringList list) {
            list.sort();
            return list;
        };
        for (const char *text : {"Анна Çelik", "анна", "ÇELIK", "49151234", "+49 151 234", "0151 1234"})
            QCOMPARE(sorted(acts(store, {.text = QString::fromUtf8(text)})), sorted(hers));
        QCOMPARE(sorted(acts(store, {.person = anna})), sorted(hers));
        QCOMPARE(acts(store, {.text = QStringLiteral("anna"), .namedActs = {}}), QStringList{}); // another alphabet
        QCOMPARE(acts(store, {.text = QStringLiteral("Carl"), .person = anna}), QStringList{});
        QCOMPARE(acts(store, {.text = QStringLiteral("new"), .namedActs = {QStringLiteral("person.add")}}).size(), 3);
    }

    void theDeletedAndTheErased()
    {
        TemporaryStore store;
        const PersonId anna = store.add(QStringLiteral("Anna"), QStringLiteral("0151 1234"), 49151234, {});
        const PersonId bert = store.add(QStringLiteral("Bert"), QStringLiteral("0151 5678"), 49155678, {});
        QVERIFY(await<qint64>([&](auto then) { return store->people().remove({anna}, then); }));
        QVERIFY(await<EraseReport>([&](auto then) { return store->erasures().erase(bert, then); }));
        for (const JournalEntry &entry : entries(store)) {
            if (entry.subject == anna.value() && entry.act != QLatin1String("person.erase")) {
                QCOMPARE(entry.about.state, State::Deleted);
                QCOMPARE(entry.about.name, QStringLiteral("Anna"));
            } else {
                QCOMPARE(entry.about.state, State::Erased);
                QCOMPARE(entry.about.name + entry.about.number, QString());
            }
        }
        QVERIFY(acts(store, {.text = QStringLiteral("Anna")}).contains(QStringLiteral("person.delete")));
        QCOMPARE(acts(store, {.text = QStringLiteral("Bert")}), QStringList{}); // nothing left to find them by
        QVERIFY(acts(store, {.person = bert}).contains(QStringLiteral("person.erase")));
    }

    void thePeopleOfABulkCommandAreNamed()
    {
        TemporaryStore store;
        std::vector<PersonId> all;
        for (int i = 0; i < 5; ++i)
            all.push_back(store.add(QStringLiteral("P%1").arg(i), QStringLiteral("0%1").arg(i), 4915100 + i, {}));
        optOut(store, all);
        const Seqs seqs = chosen(store, {.act = QStringLiteral("consent")});
        QCOMPARE(seqs.size(), std::size_t(1));
        const auto people = [&](qint64 seq, int most) {
            return *await<JournalPeople>([&](auto then) { return store->journal().people(seq, most, then); });
        };
        const JournalPeople some = people(seqs[0], 3);
        QCOMPARE(some.total, 5);
        QCOMPARE(some.people.size(), std::size_t(3));
        QCOMPARE(some.people[2].about.name, QStringLiteral("P2"));
        QCOMPARE(some.people[2].about.number, QStringLiteral("+4915102"));
        QCOMPARE(people(1, 3).total, 1); // "person.add": its subject alone
        QCOMPARE(people(999, 3).total, 0);
    }
};

QTEST_GUILESS_MAIN(JournalSubjectsTest)
#include "journalsubjects_test.moc"
