// SPDX-License-Identifier: GPL-3.0-or-later
// product.md, rule 2: do-not-contact holds under every alias and spelling, through every later import; after an erase
// the file may be imported again without anything of the person coming back.
#include "models/base/progress.h"
#include "models/exchange/importer.h"
#include "models/store/erasures.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/temporarystore.h"

#include <QDirIterator>
#include <QFile>

using namespace rollcall;
using namespace rollcall::tests;
using F = ImportField;

namespace {

struct Mobile {
    const char *region;
    qint64 e164;
    const char *national; ///< as people of the country write it
    const char *other; ///< how WhatsApp may write the same one (gateways.md 6.2); "" = no other way
};

// Germany has one spelling; Brazil with and without the ninth digit, Mexico 52 and 521, Argentina 54 and 549.
const Mobile mobiles[] = {{"DE", 4915112345678, "0151 12345678", ""},
    {"BR", 5562981234567, "(62) 98123-4567", "556281234567"}, {"MX", 525512345678, "55 1234 5678", "5215512345678"},
    {"AR", 5491123456789, "011 15-2345-6789", "541123456789"}};

QString fullWidth(const QString &digits)
{
    QString wide;
    for (const QChar c : digits)
        wide += QChar(c.unicode() - u'0' + 0xff10);
    return wide;
}

/// Twelve ways to write it, or eleven and the other spelling.
QStringList spellings(const Mobile &mobile)
{
    const QString digits = QString::number(mobile.e164);
    const QString cc = digits.left(2);
    const QString rest = digits.mid(2);
    QStringList list{QString(u'+' + digits), QStringLiteral("00") + digits, QString::fromLatin1(mobile.national),
        QStringLiteral("+%1 %2 %3").arg(cc, rest.left(3), rest.mid(3)),
        QStringLiteral("+%1 (%2) %3-%4").arg(cc, rest.left(3), rest.mid(3, 4), rest.mid(7)),
        QStringLiteral("+%1.%2.%3").arg(cc, rest.left(2), rest.mid(2)),
        QStringLiteral("+%1\u00a0%2\u2011%3").arg(cc, rest.left(3), rest.mid(3)), QString(u'+' + fullWidth(digits)),
        QString(digits + QStringLiteral("@c.us")), QString(digits + QStringLiteral("@s.whatsapp.net")),
        QStringLiteral("tel:+%1-%2-%3").arg(cc, rest.left(3), rest.mid(3))};
    list << (*mobile.other != '\0' ? QString(u'+' + QString::fromLatin1(mobile.other))
                                   : QStringLiteral(" +%1-%2 ").arg(cc, rest));
    return list;
}

QStringList filesWith(const QString &folder, const QStringList &texts)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(file.fileName()));
        const QByteArray bytes = file.readAll();
        for (const QString &text : texts) {
            const QByteArray wide(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
            if (bytes.contains(text.toUtf8()) || bytes.contains(wide))
                found << QFileInfo(file).fileName() + QStringLiteral(": ") + text;
        }
    }
    return found;
}

class Place {
public:
    Place()
        : m_importer(std::make_unique<Importer>(*store, store.folder()))
    {
    }
    ImportCounts import(const QByteArray &csv, const char *region)
    {
        const QString path = m_files.filePath(QStringLiteral("list.csv"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(csv) != csv.size())
            qFatal("cannot write");
        file.close();
        const ImportRequest request{path, {}, {F::Name, F::Phone, F::Note}, QString::fromLatin1(region)};
        const auto staged = await<StagedImport>(
            [&](auto then) { return m_importer->stage(request, std::make_shared<JobControl>(), {}, then); });
        if (!staged)
            qFatal("stage: %s", qPrintable(staged.failure().detail));
        const auto outcome = await<ImportOutcome>(
            [&](auto then) { return m_importer->commit(*staged, {}, std::make_shared<JobControl>(), {}, then); });
        if (!outcome)
            qFatal("commit: %s", qPrintable(outcome.failure().detail));
        return outcome->counts;
    }
    TemporaryStore store;

private:
    QTemporaryDir m_files;
    std::unique_ptr<Importer> m_importer;
};

const QString name = QStringLiteral("Wilhelmine Österreicher");
const QString note = QStringLiteral("Asked about her late mother's contract");

QByteArray csvOf(const QStringList &numbers)
{
    QByteArray csv("name,phone,note\n");
    for (const QString &one : numbers)
        csv += name.toUtf8() + ",\"" + one.toUtf8() + "\"," + note.toUtf8() + '\n';
    return csv;
}

} // namespace

class SuppressionTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase_data()
    {
        QTest::addColumn<int>("which");
        for (int i = 0; i < int(std::size(mobiles)); ++i)
            QTest::newRow(mobiles[i].region) << i;
    }

    void aStoppedNumberStaysStoppedInEverySpelling()
    {
        QFETCH_GLOBAL(int, which);
        const Mobile &mobile = mobiles[which];
        Place place;
        QCOMPARE(place.import(csvOf({QStringLiteral("+%1").arg(mobile.e164)}), mobile.region).added, 1);
        const auto everybody = *await<Spine>([&](auto then) { return place.store->people().spine({}, {}, {}, then); });
        QVERIFY(await<Nothing>([&](auto then) {
            return place.store->stops().stop({everybody.at(0)}, {}, QStringLiteral("asked"), then);
        }));
        const QStringList all = spellings(mobile);
        QCOMPARE(all.size(), 12);
        for (const QString &one : all) {
            const ImportCounts counts = place.import(csvOf({one}), mobile.region);
            QVERIFY2(counts.suppressed == 1, qPrintable(one));
        }
        QCOMPARE(*await<qint64>([&](auto then) { return place.store->people().count({}, {}, then); }), 1);
        // Lifting it lifts what came with it.
        QVERIFY(await<Nothing>(
            [&](auto then) { return place.store->stops().lift({everybody.at(0)}, QStringLiteral("consent"), then); }));
        for (const QString &one : all)
            QVERIFY2(place.import(csvOf({one}), mobile.region).suppressed == 0, qPrintable(one));
    }

    void anErasedOneStaysSuppressedAndNothingComesBack()
    {
        QFETCH_GLOBAL(int, which);
        const Mobile &mobile = mobiles[which];
        Place place;
        QCOMPARE(place.import(csvOf({QString::fromLatin1(mobile.national)}), mobile.region).added, 1);
        const auto everybody = *await<Spine>([&](auto then) { return place.store->people().spine({}, {}, {}, then); });
        const auto report = await<EraseReport>(
            [&](auto then) { return place.store->erasures().erase(PersonId(everybody.at(0)), then); });
        QVERIFY(report && report->erased);
        const QStringList all = spellings(mobile);
        const ImportCounts counts = place.import(csvOf(all), mobile.region);
        QCOMPARE(counts.suppressed, 12);
        QCOMPARE(counts.sum(), 12);
        QCOMPARE(*await<qint64>([&](auto then) { return place.store->people().count({}, {}, then); }), 0);
        QStringList texts = all;
        texts << name << QStringLiteral("Wilhelmine") << note << QString::number(mobile.e164);
        for (QString &text : texts)
            text = text.trimmed();
        // While it is open, and after its log was taken in.
        QCOMPARE(filesWith(place.store.folder(), texts), QStringList());
        QVERIFY((*await<ChainReport>([&](auto then) { return place.store->journal().verify(then); })).sound);
    }
};

QTEST_GUILESS_MAIN(SuppressionTest)
#include "suppression_test.moc"
