// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/clock.h"
#include "models/store/store.h"
#include "models/tables/contactsmodel.h"
#include "tests/support/answer.h"
#include "tests/support/manypeople.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr int many = 900;

/// What a person takes for "the same": case, accents and stroked letters do not count. Written without the program's
/// own folding.
QString plain(const QString &text)
{
    QString out = text.toLower().normalized(QString::NormalizationForm_D);
    out.remove(QRegularExpression(QStringLiteral("[\u0300-\u036F]")));
    return out.replace(QStringLiteral("ł"), QStringLiteral("l"))
        .replace(QStringLiteral("ø"), QStringLiteral("o"))
        .replace(QStringLiteral("æ"), QStringLiteral("ae"))
        .replace(QStringLiteral("ß"), QStringLiteral("ss"));
}

QString onlyDigits(const QString &text)
{
    return QString(text).remove(QRegularExpression(QStringLiteral("[^0-9]")));
}

bool matches(const PersonFields &person, const QString &typed)
{
    const QString wanted = plain(typed.trimmed());
    for (const QString &field :
        QStringList{person.name, person.number.typed, person.number.e164Text(), person.email, person.organisation}
            + person.tags) {
        if (plain(field).contains(wanted))
            return true;
    }
    static const QRegularExpression likeANumber(QStringLiteral("^[-+./() 0-9]*[0-9][-+./() 0-9]*$"));
    const QString digits = onlyDigits(wanted);
    return likeANumber.match(wanted).hasMatch()
        && (onlyDigits(person.number.typed).contains(digits) || onlyDigits(person.number.e164Text()).contains(digits));
}

ContactsWords words()
{
    ContactsWords words;
    words.title = [](PersonColumn column) { return QStringLiteral("column %1").arg(int(column)); };
    words.cell = [](const PersonRow &row, PersonColumn column, const Freshness &) {
        return column == PersonColumn::Number ? row.fields.number.typed : row.fields.name;
    };
    return words;
}

} // namespace

class ContactsModelTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void passesTheModelTester();
    void cellsAreReadWhenAskedFor();
    void titles();
    void searchAgreesWithTheObvious_data();
    void searchAgreesWithTheObvious();
    void searchBeforeTheTextsAreLoaded();
    void newestTextWins();
    void editsAreFound();
    void filtersAgreeWithTheObvious();
    void sortsBothWays();
    void additionAndDeletionAreShown();
    void aSelectionIsResolvedFromWhatIsShown();
    void anotherAccountForgetsTheRows();

private:
    void settle();
    void seed();
    QStringList shownNames();
    std::unique_ptr<QTemporaryDir> m_folder;
    SystemClock m_clock;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<ContactsModel> m_model;
};

void ContactsModelTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = Store::open(m_folder->path(), m_clock);
    QVERIFY(opened.ok());
    m_store = *std::move(opened);
    QVERIFY(answerOf<Nothing>([&](auto then) { return m_store->checkFile(false, then); }).ok());
    m_model = std::make_unique<ContactsModel>(*m_store, m_clock, words());
}

void ContactsModelTest::cleanup()
{
    m_model.reset();
    m_store.reset();
}

void ContactsModelTest::settle()
{
    QVERIFY(eventually([this] { return m_model->isSettled(); }));
}

void ContactsModelTest::seed()
{
    const auto outcome = addPeople(*m_store, m_folder->path(), many);
    QVERIFY2(outcome.ok(), outcome.ok() ? "" : qPrintable(outcome.failure().detail));
    QCOMPARE(outcome->counts.added, many);
    m_model->setAccount({}, secondsFresh);
    settle();
    QCOMPARE(m_model->rowCount(), many);
}

QStringList ContactsModelTest::shownNames()
{
    QStringList names;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        eventually([&] {
            m_model->index(row, 0).data(); // has it read
            return m_model->personAt(row) != nullptr;
        });
        names << m_model->index(row, 0).data().toString();
    }
    return names;
}

void ContactsModelTest::passesTheModelTester()
{
    QAbstractItemModelTester tester(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    seed();
    m_model->loadSearch();
    QVERIFY(eventually([this] { return m_model->isSearchReady(); }));
    Filter filter;
    filter.text = QStringLiteral("muller");
    m_model->setFilter(filter);
    settle();
    QVERIFY(m_model->rowCount() > 0);
    m_model->setOrder({PersonColumn::Number, true});
    settle();
    m_model->setFilter({});
    settle();
    const std::vector<PersonId> some(m_model->spine().begin(), m_model->spine().begin() + 300);
    QVERIFY(answerOf<qint64>([&](auto then) { return m_store->people().remove(some, then); }).ok());
    QVERIFY(eventually([this] { return m_model->rowCount() == many - 300; }));
    QVERIFY(shownNames().size() == many - 300);
}

void ContactsModelTest::cellsAreReadWhenAskedFor()
{
    seed();
    const int row = 600; // not of the window that was read before showing
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    const QModelIndex cell = m_model->index(row, 0);
    QCOMPARE(cell.data(ContactsModel::LoadedRole).toBool(), false);
    QVERIFY(cell.data(ContactsModel::PersonIdRole).toLongLong() > 0);
    spin(20);
    QCOMPARE(changed.count(), 0); // neither role reads

    QCOMPARE(cell.data().toString(), QString());
    QCOMPARE(changed.count(), 0); // no signal from inside data()
    QVERIFY(eventually([&] { return changed.count() > 0; }));
    QCOMPARE(changed.count(), 1); // one signal a window
    QCOMPARE(changed[0][0].toModelIndex().row(), 512);
    QCOMPARE(changed[0][1].toModelIndex().row(), 767);
    QVERIFY(!cell.data().toString().isEmpty());
    QCOMPARE(cell.data().toString(), m_model->personAt(row)->fields.name);
    QCOMPARE(cell.data(ContactsModel::VerdictRole).toInt(), int(VerdictWord::NotChecked));
    QCOMPARE(cell.data(ContactsModel::FreshRole).toBool(), false);
    QVERIFY(!cell.data(ContactsModel::AgeRole).isValid());
}

void ContactsModelTest::titles()
{
    QCOMPARE(m_model->columnCount(), 14);
    QCOMPARE(m_model->headerData(3, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("column 3"));
    QCOMPARE(m_model->rowCount(m_model->index(0, 0)), 0);
}

void ContactsModelTest::searchAgreesWithTheObvious_data()
{
    QTest::addColumn<QString>("typed");
    for (const char *typed : {"ali", "MULLER", "straßer", "strasser", "walesa", "odegard", "ægir", "aegir", "555",
             "0155", "+49 151", "631) 00", "98-0", "gmail", "user7", "cafe", "große", "a", "nobody at all", "  anna ",
             "12", "1", "jose garcia", "(", "-"})
        QTest::newRow(typed) << QString::fromUtf8(typed);
    QTest::newRow("arabic") << QStringLiteral("محمد");
    QTest::newRow("hindi") << QStringLiteral("अमित");
}

void ContactsModelTest::searchAgreesWithTheObvious()
{
    QFETCH(QString, typed);
    seed();
    m_model->loadSearch();
    QVERIFY(eventually([this] { return m_model->isSearchReady(); }));
    Filter filter;
    filter.text = typed;
    m_model->setFilter(filter);
    settle();
    QStringList expected;
    for (int index = 0; index < many; ++index) {
        if (matches(madePerson(index), typed))
            expected << madePerson(index).name;
    }
    QStringList shown = shownNames();
    QStringList inOrder = shown;
    std::stable_sort(inOrder.begin(), inOrder.end(), // the store's order: NOCASE folds ASCII only
        [](const QString &a, const QString &b) { return a.toUtf8().toLower() < b.toUtf8().toLower(); });
    QCOMPARE(shown, inOrder);
    shown.sort();
    expected.sort();
    QCOMPARE(shown, expected);
}

void ContactsModelTest::searchBeforeTheTextsAreLoaded()
{
    seed();
    Filter filter;
    filter.text = QStringLiteral("khalid");
    m_model->setFilter(filter);
    settle();
    QVERIFY(!m_model->isSearchReady());
    const QStringList early = shownNames();
    QVERIFY(!early.isEmpty());
    for (const QString &name : early)
        QVERIFY(name.contains(QStringLiteral("Khalid")));
    filter.text = QStringLiteral("user"); // everybody has such an address
    m_model->setFilter(filter);
    settle();
    QCOMPARE(m_model->rowCount(), 100);
    QVERIFY(m_model->isPartial());

    m_model->loadSearch(); // and then all of them
    QVERIFY(eventually([this] { return m_model->rowCount() == many; }));
    QVERIFY(!m_model->isPartial());
}

void ContactsModelTest::newestTextWins()
{
    seed();
    m_model->loadSearch();
    QVERIFY(eventually([this] { return m_model->isSearchReady(); }));
    QSignalSpy settled(m_model.get(), &ContactsModel::settled);
    Filter filter;
    for (const char *typed : {"n", "na", "nat", "natalie"}) {
        filter.text = QString::fromLatin1(typed);
        m_model->setFilter(filter);
    }
    settle();
    spin(50);
    QCOMPARE(settled.count(), 1); // the older ones never came
    for (const QString &name : shownNames())
        QVERIFY(name.contains(QStringLiteral("Natalie")));
}

void ContactsModelTest::editsAreFound()
{
    seed();
    m_model->loadSearch();
    QVERIFY(eventually([this] { return m_model->isSearchReady(); }));
    const PersonId person = m_model->keyAt(0);
    PersonFields fields;
    fields.name = QStringLiteral("Zwölfender");
    QVERIFY(answerOf<Nothing>([&](auto then) { return m_store->people().update(person, fields, then); }).ok());
    Filter filter;
    filter.text = QStringLiteral("zwolfender");
    m_model->setFilter(filter);
    QVERIFY(eventually([&] { return m_model->isSettled() && m_model->rowCount() == 1; }));
    QCOMPARE(m_model->keyAt(0), person);
    QCOMPARE(shownNames(), QStringList{QStringLiteral("Zwölfender")});

    fields.name = QStringLiteral("Other");
    QVERIFY(answerOf<Nothing>([&](auto then) { return m_store->people().update(person, fields, then); }).ok());
    QVERIFY(eventually([&] { return m_model->isSettled() && m_model->rowCount() == 0; }));
}

void ContactsModelTest::filtersAgreeWithTheObvious()
{
    seed();
    const auto expect = [this](const Filter &filter, const std::function<bool(const PersonFields &)> &fits) {
        m_model->setFilter(filter);
        settle();
        QStringList expected;
        for (int index = 0; index < many; ++index) {
            if (fits(madePerson(index)))
                expected << madePerson(index).name;
        }
        QVERIFY(!expected.isEmpty());
        expected.sort();
        QStringList shown = shownNames();
        shown.sort();
        QCOMPARE(shown, expected);
    };
    Filter countries;
    countries.countries = {QStringLiteral("DE"), QStringLiteral("VN")};
    expect(countries, [](const PersonFields &person) {
        return person.number.region == QLatin1String("DE") || person.number.region == QLatin1String("VN");
    });
    Filter tags;
    tags.tags = {QStringLiteral("café")};
    expect(tags, [](const PersonFields &person) { return person.tags.contains(QStringLiteral("café")); });
    Filter noNumber;
    noNumber.noNumber = true;
    expect(noNumber, [](const PersonFields &person) { return !person.number.hasE164(); });
    Filter notChecked;
    notChecked.verdicts = {VerdictWord::NotChecked};
    expect(notChecked, [](const PersonFields &) { return true; });
    Filter valid;
    valid.verdicts = {VerdictWord::Valid};
    m_model->setFilter(valid);
    settle();
    QCOMPARE(m_model->rowCount(), 0);
}

void ContactsModelTest::sortsBothWays()
{
    seed();
    m_model->setOrder({PersonColumn::Name, false});
    settle();
    const auto up = m_model->spine();
    m_model->sort(int(PersonColumn::Name), Qt::DescendingOrder);
    settle();
    auto down = m_model->spine();
    QVERIFY(up != down);
    std::reverse(down.begin(), down.end());
    QCOMPARE(down, up);
    QCOMPARE(m_model->rowOf(up.back()), 0);
    QCOMPARE(m_model->rowOf(PersonId(999'999)), -1);
}

void ContactsModelTest::additionAndDeletionAreShown()
{
    m_model->setAccount({}, secondsFresh);
    settle();
    QCOMPARE(m_model->rowCount(), 0);
    PersonFields fields;
    fields.name = QStringLiteral("Anna");
    const auto id = answerOf<PersonId>([&](auto then) { return m_store->people().add(fields, then); });
    QVERIFY(id.ok());
    QVERIFY(eventually([this] { return m_model->rowCount() == 1; }));
    QCOMPARE(shownNames(), QStringList{QStringLiteral("Anna")});
    QVERIFY(answerOf<qint64>([&](auto then) { return m_store->people().remove({*id}, then); }).ok());
    QVERIFY(eventually([this] { return m_model->rowCount() == 0; }));
}

void ContactsModelTest::aSelectionIsResolvedFromWhatIsShown()
{
    seed();
    const auto &spine = m_model->spine();
    QCOMPARE(m_model->resolve({true, {}}), spine);
    const auto butTwo = m_model->resolve({true, {spine[0], spine[899]}});
    QCOMPARE(butTwo, (std::vector<PersonId>(spine.begin() + 1, spine.end() - 1)));
    // In view order, whatever order they were chosen in; who is not shown is not chosen.
    QCOMPARE(m_model->resolve({false, {spine[5], PersonId(999'999), spine[2]}}),
        (std::vector<PersonId>{spine[2], spine[5]}));
    QVERIFY(m_model->resolve({false, {}}).empty());
}

void ContactsModelTest::anotherAccountForgetsTheRows()
{
    seed();
    QCOMPARE(m_model->index(0, 0).data(ContactsModel::LoadedRole).toBool(), true);
    m_model->setAccount(AccountId(77), secondsFresh);
    QCOMPARE(m_model->index(0, 0).data(ContactsModel::LoadedRole).toBool(), false);
    settle();
    QCOMPARE(shownNames().size(), many);
}

QTEST_GUILESS_MAIN(ContactsModelTest)
#include "contactsmodel_test.moc"
