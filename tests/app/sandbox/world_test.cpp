// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxworld.h"
#include "models/domain/phonenumber.h"

#include <QFile>
#include <QProcess>
#include <QSet>
#include <QTest>

using namespace rollcall;

namespace {
std::string dialled(const char *typed, const char *countryCode)
{
    return SandboxWorld::dialled(typed, countryCode).value_or("none");
}
} // namespace

class WorldTest : public QObject {
    Q_OBJECT

private slots:
    void readsNumbersLikeTheVendorPage_data();
    void readsNumbersLikeTheVendorPage();
    void givesTheIdsWhatsAppUses_data();
    void givesTheIdsWhatsAppUses();
    void isAFunctionOfSeedAndNumber();
    void aboutSevenOfTenAreSubscribers();
    void spellingsOfOnePersonShareTheAnswer();
    void numbersWithoutRoomInThePlanAreNobodys();
    void theSampleListIsWhatTheProgramWrites();
    void sampleNumbersParseAsValid();
    void sampleRowsHaveSevenCells();
};

void WorldTest::readsNumbersLikeTheVendorPage_data()
{
    // Vendor page A, "Phone Number Formats", node registered in India; rows as reconstructed in gateways.md 1.3.
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("digits");
    QTest::newRow("row 1") << QByteArray("+1-631-555-1002") << QByteArray("16315551002");
    QTest::newRow("row 2") << QByteArray("6315551002") << QByteArray("916315551002");
    QTest::newRow("row 3") << QByteArray("1-631-555-1002") << QByteArray("9116315551002");
    QTest::newRow("row 4") << QByteArray("+1 (516) 283-7151") << QByteArray("15162837151");
    QTest::newRow("row 5") << QByteArray("+54 9 11 5612-1008") << QByteArray("5491156121008");
    QTest::newRow("failed on the page") << QByteArray("+163155588") << QByteArray("none");
    QTest::newRow("letters") << QByteArray("+1 631 CALL NOW") << QByteArray("none");
    QTest::newRow("blank") << QByteArray("   ") << QByteArray("none");
    QTest::newRow("empty") << QByteArray("") << QByteArray("none");
    QTest::newRow("longer than E.164") << QByteArray("+4412345678901234") << QByteArray("none");
    QTest::newRow("plus in the middle") << QByteArray("1+6315551002") << QByteArray("none");
}

void WorldTest::readsNumbersLikeTheVendorPage()
{
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, digits);
    QCOMPARE(QByteArray::fromStdString(dialled(typed.constData(), "91")), digits);
}

void WorldTest::givesTheIdsWhatsAppUses_data()
{
    // gateways.md 6.2: dialled, id.
    QTest::addColumn<QByteArray>("digits");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("Brazil, area 92 drops the 9") << QByteArray("5592981723241") << QByteArray("559281723241");
    QTest::newRow("Brazil, area 92, old form") << QByteArray("559281723241") << QByteArray("559281723241");
    QTest::newRow("Brazil, area 11 keeps the 9") << QByteArray("5511961234567") << QByteArray("5511961234567");
    QTest::newRow("Brazil, area 11, old form") << QByteArray("551161234567") << QByteArray("5511961234567");
    QTest::newRow("Brazil, area 21 keeps it") << QByteArray("5521981234567") << QByteArray("5521981234567");
    QTest::newRow("Brazil, area 31 drops it") << QByteArray("5531981234567") << QByteArray("553181234567");
    QTest::newRow("Brazil, landline") << QByteArray("556233334444") << QByteArray("556233334444");
    QTest::newRow("Mexico") << QByteArray("525639691841") << QByteArray("5215639691841");
    QTest::newRow("Mexico with the 1") << QByteArray("5215639691841") << QByteArray("5215639691841");
    QTest::newRow("Argentina") << QByteArray("541158749895") << QByteArray("5491158749895");
    QTest::newRow("Argentina with the 9") << QByteArray("5491158749895") << QByteArray("5491158749895");
    QTest::newRow("Argentina with the 15") << QByteArray("54111558749895") << QByteArray("5491158749895");
    QTest::newRow("anywhere else") << QByteArray("447400123456") << QByteArray("447400123456");
}

void WorldTest::givesTheIdsWhatsAppUses()
{
    QFETCH(QByteArray, digits);
    QFETCH(QByteArray, id);
    QCOMPARE(QByteArray::fromStdString(SandboxWorld::waId(digits.toStdString())), id);
}

void WorldTest::isAFunctionOfSeedAndNumber()
{
    const SandboxWorld one(7);
    const SandboxWorld same(7);
    const SandboxWorld other(8);
    int differing = 0;
    for (int n = 0; n < 1000; ++n) {
        const std::string number = std::to_string(447400000000LL + n);
        QCOMPARE(one.isSubscriber(number), same.isSubscriber(number));
        differing += one.isSubscriber(number) != other.isSubscriber(number) ? 1 : 0;
    }
    QVERIFY2(differing > 300, qPrintable(QString::number(differing))); // 2 x 0.7 x 0.3 = 42 %
}

void WorldTest::aboutSevenOfTenAreSubscribers()
{
    const SandboxWorld world(1);
    int subscribers = 0;
    for (int n = 0; n < 10'000; ++n)
        subscribers += world.isSubscriber(std::to_string(447400000000LL + n)) ? 1 : 0;
    QVERIFY2(subscribers > 6800 && subscribers < 7200, qPrintable(QString::number(subscribers))); // 4 sigma = 183
}

void WorldTest::spellingsOfOnePersonShareTheAnswer()
{
    const SandboxWorld world(3);
    for (int n = 0; n < 500; ++n) {
        const std::string tail = std::to_string(81'000'000 + n);
        QCOMPARE(world.isSubscriber("5562" + tail), world.isSubscriber("55629" + tail));
        QCOMPARE(world.isSubscriber("5255" + tail), world.isSubscriber("52155" + tail));
        QCOMPARE(world.isSubscriber("5411" + tail), world.isSubscriber("54911" + tail));
    }
}

void WorldTest::numbersWithoutRoomInThePlanAreNobodys()
{
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const SandboxWorld world(seed);
        QVERIFY(!world.isSubscriber("9116315551002")); // the vendor page's "(invalid)"
        QVERIFY(!world.isSubscriber("4407400123456")); // a trunk zero behind the country code
        QVERIFY(!world.isSubscriber("0447400123456"));
    }
}

void WorldTest::theSampleListIsWhatTheProgramWrites()
{
    QFile sample(QStringLiteral(ROLLCALL_SOURCE_DIR "/resources/samples/sample-contacts.csv"));
    QVERIFY(sample.open(QIODevice::ReadOnly));
    QProcess program;
    program.start(QStringLiteral(ROLLCALL_BIN_DIR "/rollcall-sandbox"),
        {QStringLiteral("--seed"), QStringLiteral("1"), QStringLiteral("--write-csv"), QStringLiteral("200")});
    QVERIFY2(program.waitForFinished(), qPrintable(program.errorString()));
    QCOMPARE(program.exitCode(), 0);
    QVERIFY(sample.readAll() == program.readAllStandardOutput());
}

void WorldTest::sampleNumbersParseAsValid()
{
    const SandboxWorld world(1);
    QSet<qint64> numbers;
    int none = 0;
    for (std::size_t n = 0; n < 200; ++n) {
        const SandboxPerson person = world.person(n);
        const PhoneNumber number
            = parsePhoneNumber(QString::fromStdString(person.phone), QString::fromStdString(person.country));
        if (n % 40 == 33) {
            QVERIFY2(number.state != NumberState::Valid, person.phone.c_str());
            ++none;
            continue;
        }
        QVERIFY2(number.state == NumberState::Valid, (person.country + " " + person.phone).c_str());
        QCOMPARE(number.region, QString::fromStdString(person.country));
        numbers.insert(number.e164);
    }
    QCOMPARE(none, 5);
    QCOMPARE(numbers.size(), 200 - 5 - 4); // rows 49, 99, 149, 199 repeat somebody
}

void WorldTest::sampleRowsHaveSevenCells()
{
    // Read by the rule of RFC 4180, by hand.
    const std::string csv = SandboxWorld(1).sampleCsv(200);
    int cells = 1;
    int rows = 0;
    bool quoted = false;
    for (const char c : csv) {
        if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == ',')
            ++cells;
        else if (!quoted && c == '\n') {
            QCOMPARE(cells, 7);
            cells = 1;
            ++rows;
        }
    }
    QCOMPARE(rows, 201);
}

QTEST_GUILESS_MAIN(WorldTest)
#include "world_test.moc"
