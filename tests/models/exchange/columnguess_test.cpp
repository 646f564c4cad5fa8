// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/columnguess.h"
#include "models/exchange/countrynames.h"
#include "models/exchange/optindate.h"

#include <QDate>
#include <QTest>
#include <QTimeZone>

using namespace rollcall;
using F = ImportField;

class ColumnGuessTest : public QObject {
    Q_OBJECT
private slots:
    void byHeader_data();
    void byHeader();
    void byContent_data();
    void byContent();
    void problems();
    void otherPhones_data();
    void otherPhones();
    void regions();
    void optInDates_data();
    void optInDates();
};

namespace {

CsvSample sampleOf(const QString &header, std::initializer_list<QString> rows)
{
    CsvSample sample;
    if (!header.isEmpty())
        sample.header = header.split(u'|');
    sample.columns = sample.header.size();
    qint64 line = 1;
    for (const QString &row : rows) {
        sample.rows.push_back({++line, row.split(u'|')});
        if (header.isEmpty())
            sample.columns = std::max(sample.columns, sample.rows.back().fields.size());
    }
    return sample;
}

} // namespace

void ColumnGuessTest::byHeader_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<ColumnMap>("columns");
    const auto row = [](const QString &header, const ColumnMap &columns) {
        QTest::newRow(qPrintable(header)) << header << columns;
    };
    row(QStringLiteral("name|phone|country|email|organisation|tags|opt_in_date"),
        {F::Name, F::Phone, F::Country, F::Email, F::Organisation, F::Tags, F::OptInDate});
    row(QStringLiteral("Vorname|Nachname|Handynummer|E-Mail|Firma|Bemerkung"),
        {F::GivenName, F::FamilyName, F::Phone, F::Email, F::Organisation, F::Note});
    row(QStringLiteral("Nom|Téléphone|Pays|Courriel"), {F::Name, F::Phone, F::Country, F::Email});
    row(QStringLiteral("Nombre completo|Teléfono móvil|País"), {F::Name, F::Phone, F::Country});
    row(QStringLiteral("Nome|Celular|Etiquetas|Observações"), {F::Name, F::Phone, F::Tags, F::Note});
    row(QStringLiteral("Имя|Телефон|Компания"), {F::GivenName, F::Phone, F::Organisation});
    row(QStringLiteral("氏名|電話番号"), {F::Name, F::Phone});
    row(QStringLiteral("الاسم|رقم الهاتف"), {F::Name, F::Phone});
    row(QStringLiteral("ID|Customer Name|Phone Number|Phone (home)"), {F::Ignore, F::Name, F::Phone, F::Ignore});
    row(QStringLiteral("WhatsApp|Name"), {F::Phone, F::Name});
}

void ColumnGuessTest::byHeader()
{
    QFETCH(QString, header);
    QFETCH(ColumnMap, columns);
    QCOMPARE(guessColumns(sampleOf(header, {})), columns);
}

void ColumnGuessTest::byContent_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("row");
    QTest::addColumn<ColumnMap>("columns");
    QTest::newRow("no header") << QString() << QStringLiteral("Zoë Meyer|+49 151 23456789|zoe@example.org|DE")
                               << ColumnMap{F::Name, F::Phone, F::Email, F::Country};
    QTest::newRow("words that say nothing")
        << QStringLiteral("a|b|c") << QStringLiteral("x|0151/23456789|zoe@example.org")
        << ColumnMap{F::Ignore, F::Phone, F::Email};
    QTest::newRow("dates are no numbers")
        << QStringLiteral("a|b") << QStringLiteral("2024-03-31|0151 23456789") << ColumnMap{F::Ignore, F::Phone};
    QTest::newRow("a customer's number is no name")
        << QStringLiteral("CustomerId|FirstName|Phone") << QStringLiteral("4711|Ann|+44 7700 900123")
        << ColumnMap{F::Ignore, F::GivenName, F::Phone};
    QTest::newRow("a number beside a telephone")
        << QStringLiteral("Nummer|Kunde|Name|Telefon") << QStringLiteral("4711|4711|Ann|030 1234567")
        << ColumnMap{F::Ignore, F::Ignore, F::Name, F::Phone};
    QTest::newRow("a state is no country")
        << QStringLiteral("city|state|phone") << QStringLiteral("Cambridge|MA|617 555 0100")
        << ColumnMap{F::Ignore, F::Ignore, F::Phone};
    QTest::newRow("a document's number is no phone") << QStringLiteral("Número do documento|Cliente nome")
                                                     << QStringLiteral("496774|Ana") << ColumnMap{F::Ignore, F::Name};
    QTest::newRow("the header wins") << QStringLiteral("fax|phone") << QStringLiteral("0301234567|n/a")
                                     << ColumnMap{F::Ignore, F::Phone};
}

void ColumnGuessTest::byContent()
{
    QFETCH(QString, header);
    QFETCH(QString, row);
    QFETCH(ColumnMap, columns);
    QCOMPARE(guessColumns(sampleOf(header, {row, row, row})), columns);
}

void ColumnGuessTest::problems()
{
    QCOMPARE(int(problemOf({F::Name, F::Phone, F::Ignore, F::Ignore})), int(ColumnProblem::None));
    QCOMPARE(int(problemOf({F::Name, F::Ignore})), int(ColumnProblem::NoPhone));
    QCOMPARE(int(problemOf({})), int(ColumnProblem::NoPhone));
    QCOMPARE(int(problemOf({F::Phone, F::Phone})), int(ColumnProblem::Twice));
}

void ColumnGuessTest::regions()
{
    for (const auto &[cell, region] :
        {std::pair("DE", "DE"), {"de", "DE"}, {" br ", "BR"}, {"IND", "IN"}, {"Germany", "DE"}, {"Deutschland", "DE"},
            {"España", "ES"}, {"日本", "JP"}, {"XX", ""}, {"", ""}, {"Atlantis", ""}})
        QCOMPARE(regionOf(QString::fromUtf8(cell)), QString::fromLatin1(region));
}

void ColumnGuessTest::otherPhones_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<std::vector<std::size_t>>("others");
    using Columns = std::vector<std::size_t>;
    // The rows: a name, a number, a second number without a +, a date, a third one with a +.
    QTest::newRow("two more by header") << QStringLiteral("name|mobile|phone 2|since|Home phone") << Columns{2, 4};
    QTest::newRow("a customer number is none") << QStringLiteral("name|mobile|Kundennr|since|phone2") << Columns{4};
    QTest::newRow("whatever it is called, with a +")
        << QStringLiteral("name|mobile|id|since|alternative") << Columns{4};
    QTest::newRow("without a header") << QString() << Columns{2, 4};
    QTest::newRow("a word alone is nothing") << QStringLiteral("name|mobile|x|phone notes|y") << Columns{4};
}

void ColumnGuessTest::otherPhones()
{
    QFETCH(QString, header);
    QFETCH(std::vector<std::size_t>, others);
    const CsvSample sample = sampleOf(header,
        {QStringLiteral("Ann|+447700900123|020 7946 0999|2024-03-31|+44 7700 900124"),
            QStringLiteral("Bob|+447700900125|02079460998|2024-03-30|")});
    const ColumnMap columns{F::Name, F::Phone, F::Ignore, F::Ignore, F::Ignore};
    QCOMPARE(otherPhoneColumns(sample, columns), others);
    ColumnMap taken = columns;
    taken[4] = F::Note; // what is imported as something else is not ignored
    QVERIFY(std::erase(others, std::size_t(4)) > 0);
    QCOMPARE(otherPhoneColumns(sample, taken), others);
}

void ColumnGuessTest::optInDates_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QDateTime>("at");
    const auto day = [](int y, int m, int d) { return QDateTime(QDate(y, m, d), QTime(0, 0), Qt::UTC); };
    QTest::newRow("ISO") << QStringLiteral("2024-03-31") << day(2024, 3, 31);
    QTest::newRow("ISO slashes") << QStringLiteral("2024/3/1") << day(2024, 3, 1);
    QTest::newRow("compact") << QStringLiteral("20240331") << day(2024, 3, 31);
    QTest::newRow("German") << QStringLiteral("31.3.2024") << day(2024, 3, 31);
    QTest::newRow("day first for sure") << QStringLiteral("31/03/2024") << day(2024, 3, 31);
    QTest::newRow("month first for sure") << QStringLiteral("03/31/2024") << day(2024, 3, 31);
    QTest::newRow("with time") << QStringLiteral("2024-03-31T10:20:30Z")
                               << QDateTime(QDate(2024, 3, 31), QTime(10, 20, 30), Qt::UTC);
    QTest::newRow("with offset") << QStringLiteral("2024-03-31 10:20:30+02:00")
                                 << QDateTime(QDate(2024, 3, 31), QTime(8, 20, 30), Qt::UTC);
    QTest::newRow("with a blank") << QStringLiteral("2024-03-31 10:20:30")
                                  << QDateTime(QDate(2024, 3, 31), QTime(10, 20, 30), Qt::UTC);
    for (const char *bad : {"03/04/2024", "2024-02-30", "yes", "0", "31.03.24", "1700-01-01", "+4915123456789",
             "12345678901", "2024-13-01", "-1.-1.2024"})
        QTest::newRow(bad) << QString::fromLatin1(bad) << QDateTime();
}

void ColumnGuessTest::optInDates()
{
    QFETCH(QString, cell);
    QFETCH(QDateTime, at);
    const auto read = readOptInDate(cell);
    QCOMPARE(read.has_value(), at.isValid());
    if (read)
        QCOMPARE(*read, at.toMSecsSinceEpoch());
}

QTEST_GUILESS_MAIN(ColumnGuessTest)
#include "columnguess_test.moc"
