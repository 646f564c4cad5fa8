// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/people.h"

#include "models/store/batches.h"
#include "tests/support/temporarystore.h"

#include <QSignalSpy>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

QStringList listOf(std::initializer_list<const char *> texts)
{
    QStringList list;
    for (const char *text : texts)
        list.append(QString::fromUtf8(text));
    return list;
}

} // namespace

class PeopleTest : public QObject {
    Q_OBJECT

private:
    static PersonFields person(const QString &name, qint64 e164, const QString &region, const QStringList &tags = {})
    {
        PersonFields fields;
        fields.name = name;
        fields.number = {.typed = e164 ? QLatin1Char('+') + QString::number(e164) : QString(),
            .e164 = e164,
            .region = region,
            .state = e164 ? NumberState::Valid : NumberState::NotANumber,
            .explicitPlus = e164 != 0};
        fields.tags = tags;
        return fields;
    }
    static QStringList names(TemporaryStore &store, const Filter &filter, const SortOrder &order = {})
    {
        const auto spine = await<Spine>([&](auto then) { return store->people().spine(filter, order, {}, then); });
        if (!spine)
            return {spine.failure().detail};
        const auto rows
            = await<std::vector<PersonRow>>([&](auto then) { return store->people().rows(*spine, {}, then); });
        QStringList names;
        for (const PersonRow &row : *rows)
            names.append(row.fields.name);
        return names;
    }

private slots:
    void whatWasTypedComesBack()
    {
        TemporaryStore store;
        PersonFields fields
            = person(QStringLiteral("Zoë O'Hara"), 447700900000, QStringLiteral("GB"), {QStringLiteral("vip")});
        fields.number.typed = QStringLiteral("  +44 (0)7700 900000 ");
        fields.email = QStringLiteral("zoe@example.org");
        fields.organisation = QStringLiteral("Ümlaut & Söhne");
        fields.note = QStringLiteral("line\nbreak");
        const PersonId id = store.add(fields);
        QVERIFY(store.open());
        const PersonRow row = store.row(id);
        QCOMPARE(row.fields, fields);
        QCOMPARE(row.createdMs, store.clock.now().wallMs);
        QCOMPARE(row.verdict.word, VerdictWord::NotChecked);
    }

    void changedComesAfterTheCommitOnThisThread()
    {
        TemporaryStore store;
        QSignalSpy changed(&*store, &Store::changed);
        const PersonId id = store.add(QStringLiteral("Ann"), QStringLiteral("1"));
        QCOMPARE(changed.size(), 1);
        const auto change = changed.front().front().value<Change>();
        QCOMPARE(change.kinds, int(Change::PeopleChanged | Change::JournalChanged));
        QCOMPARE(change.people, std::vector<PersonId>{id});
        QVERIFY(change.membership);
    }

    void twoPeopleMayShareANumber()
    {
        TemporaryStore store;
        const PersonId one = store.add(QStringLiteral("Ann"), QStringLiteral("+4915112345678"), 4915112345678);
        const PersonId two = store.add(QStringLiteral("Bob"), QStringLiteral("0151 12345678"), 4915112345678);
        QVERIFY(one != two);
        QCOMPARE(names(store, {}), QStringList({QStringLiteral("Ann"), QStringLiteral("Bob")}));
    }

    void filtersAndOrders()
    {
        TemporaryStore store;
        const QString de = QStringLiteral("DE");
        const QString in = QStringLiteral("IN");
        store.add(person(QStringLiteral("carl"), 4915112345671, de, {QStringLiteral("vip"), QStringLiteral("press")}));
        store.add(person(QStringLiteral("Ann"), 919876543210, in, {QStringLiteral("vip")}));
        store.add(person(QStringLiteral("bob"), 0, {}));
        QCOMPARE(names(store, {}), listOf({"Ann", "bob", "carl"}));
        QCOMPARE(names(store, {}, {PersonColumn::Name, true}), listOf({"carl", "bob", "Ann"}));
        QCOMPARE(names(store, {}, {PersonColumn::Number, false}), listOf({"Ann", "carl", "bob"}));
        QCOMPARE(names(store, {}, {PersonColumn::Country, false}), listOf({"bob", "carl", "Ann"}));
        QCOMPARE(names(store, {.countries = {de}}), listOf({"carl"}));
        QCOMPARE(names(store, {.tags = {QStringLiteral("vip")}}), listOf({"Ann", "carl"}));
        QCOMPARE(names(store, {.tags = {QStringLiteral("vi")}}), QStringList());
        QCOMPARE(names(store, {.noNumber = true}), listOf({"bob"}));
        QCOMPARE(names(store, {.verdicts = {VerdictWord::NotChecked}}), listOf({"Ann", "bob", "carl"}));
        QCOMPARE(names(store, {.verdicts = {VerdictWord::Valid}}), QStringList());
        const auto count = await<qint64>(
            [&](auto then) { return store->people().count({.text = QStringLiteral("+4915")}, {}, then); });
        QCOMPARE(*count, 1);
        const auto tags = await<QStringList>([&](auto then) { return store->people().tags(then); });
        QCOMPARE(*tags, listOf({"vip", "press"}));
        const auto countries = await<QStringList>([&](auto then) { return store->people().countries(then); });
        QCOMPARE(*countries, listOf({"DE", "IN"}));
    }

    void searchRowsGiveWhatChangedSince()
    {
        TemporaryStore store;
        const PersonId ann = store.add(person(QStringLiteral("Ann"), 919876543210, QStringLiteral("IN")));
        store.add(person(QStringLiteral("Bob"), 0, {}));
        std::vector<SearchRow> rows;
        const auto consume = [&rows](const SearchRow &row) { rows.push_back(row); };
        const auto all = await<qint64>([&](auto then) { return store->people().searchRows(0, consume, then); });
        QVERIFY(all);
        QCOMPARE(rows.size(), 2u);
        QVERIFY(rows[0].text.contains(QStringLiteral("+919876543210")));
        rows.clear();
        PersonFields fields = store.row(ann).fields;
        fields.name = QStringLiteral("Anna");
        QVERIFY(await<Nothing>([&](auto then) { return store->people().update(ann, fields, then); }));
        const auto since = await<qint64>([&](auto then) { return store->people().searchRows(*all, consume, then); });
        QVERIFY(*since > *all);
        QCOMPARE(rows.size(), 1u);
        QCOMPARE(rows[0].id, ann);
        QVERIFY(rows[0].text.startsWith(QStringLiteral("Anna\x1f")));
    }

    void aDroppedReadAnswersNothingADroppedWriteIsWritten()
    {
        TemporaryStore store;
        int answers = 0;
        {
            const Call read = store->people().count({}, {}, [&](auto) { ++answers; });
            const Call write = store->people().add(person(QStringLiteral("Ann"), 0, {}), [&](auto) { ++answers; });
        }
        store.add(person(QStringLiteral("Bob"), 0, {})); // the writer works in order: Ann is through when Bob is
        QCOMPARE(names(store, {}), listOf({"Ann", "Bob"}));
        QCOMPARE(answers, 0);
    }
};

QTEST_GUILESS_MAIN(PeopleTest)
#include "people_test.moc"
