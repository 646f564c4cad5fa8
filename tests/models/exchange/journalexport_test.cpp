// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/journalexport.h"

#include "models/base/json.h"
#include "models/store/erasures.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/temporarystore.h"

#include <QFile>
#include <QThread>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

void note(TemporaryStore &store, const QString &act, const QString &outcome, const QString &details = {})
{
    const Done done = await<Nothing>(
        [&](auto then) { return store->journal().note({.act = act, .outcome = outcome, .details = details}, then); });
    if (!done)
        qFatal("note: %s", qPrintable(done.failure().detail));
}

/// As the window would say it, in short.
JournalExportWords words()
{
    return {.what = [](const JournalEntry &entry) { return QString(u"Did " + entry.act); },
        .whom = [](const JournalEntry &entry) { return entry.about.name; },
        .result = [](const JournalEntry &entry) { return QString(u"So: " + entry.outcome); },
        .person = [](const JournalSubject &about, qint64) -> QString {
            return about.state == JournalSubject::State::Erased ? QStringLiteral("nobody")
                                                                : about.name + u' ' + about.number;
        },
        .more = [](qint64 people) { return QStringLiteral("%1 others").arg(people); }};
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class JournalExportTest : public QObject {
    Q_OBJECT

private slots:
    void csvIsDefusedAndSaysSo()
    {
        TemporaryStore store;
        note(store, QStringLiteral("act"), QStringLiteral("=1+1"), QStringLiteral("-cmd, \"x\""));
        note(store, QStringLiteral("@act"), QStringLiteral("a+b"));
        store->setOperator(QStringLiteral("+Eve"));
        note(store, QStringLiteral("act"), QStringLiteral("done"));
        const QString path = store.folder() + QStringLiteral("/out.csv");
        const auto count = await<qint64>(
            [&](auto then) { return exportJournal(*store, {}, JournalFormat::Csv, words(), path, {}, then); });
        QVERIFY(count);
        QCOMPARE(*count, 3);
        const QList<QByteArray> lines = bytesOf(path).split('\n');
        QVERIFY(lines[0].startsWith("\xEF\xBB\xBF\"# Rollcall journal."));
        QVERIFY(lines[0].contains("begin with = + - @"));
        QCOMPARE(lines[1],
            QByteArray("number,time,operator,what,whom,account,result,people,details,act,subject,batch,run,"
                       "outcome,digest,hash\r"));
        QVERIFY(lines[2].startsWith("1,20"));
        QVERIFY(lines[2].contains(",Tess,Did act,,,So: =1+1,,\"'-cmd, \"\"x\"\"\",act,0,0,0,'=1+1,"));
        QVERIFY(lines[3].contains(",Tess,Did @act,,,So: a+b,,,'@act,0,0,0,a+b,,"));
        QVERIFY(lines[4].contains(",'+Eve,Did act,"));
        QCOMPARE(lines.size(), 6); // the last line ends the file
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void jsonHoldsEveryMember()
    {
        TemporaryStore store;
        note(store, QStringLiteral("act"), QStringLiteral("done"), QStringLiteral("{\"name\":\"Ünal\"}"));
        note(store, QStringLiteral("other"), QStringLiteral("done"));
        const QString path = store.folder() + QStringLiteral("/out.json");
        const auto count = await<qint64>([&](auto then) {
            return exportJournal(*store, {.act = QStringLiteral("act")}, JournalFormat::Json, words(), path, {}, then);
        });
        QVERIFY(count);
        QCOMPARE(*count, 1);
        const Result<Json> json = parseJson(bytesOf(path));
        QVERIFY(json);
        QCOMPARE((*json)[u"count"].toInteger().value_or(-1), 1);
        QCOMPARE((*json)[u"entries"].array().size(), 1u);
        const Json &entry = (*json)[u"entries"].array().front();
        QCOMPARE(entry[u"number"].toInteger().value_or(-1), 1);
        QCOMPARE(entry[u"details"].toString(), QStringLiteral("{\"name\":\"Ünal\"}"));
        QCOMPARE(entry[u"hash"].toString().size(), 64);
        // The export is itself an act, noted (behind it in the order of writing).
        note(store, QStringLiteral("later"), QStringLiteral("done"));
        const auto seqs = *await<std::vector<qint64>>(
            [&](auto then) { return store->journal().chosen({.act = QStringLiteral("export")}, then); });
        QCOMPARE(seqs.size(), 1u);
    }

    /// A colleague without this program sees whom each entry was about, by the names of today; an erased person has
    /// none.
    void whomAnEntryIsAboutIsNamed()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann Old"), QStringLiteral("+4915112345678"), 4915112345678);
        const PersonId bob = store.add(QStringLiteral("Bob Secret"), QStringLiteral("+4915187654321"), 4915187654321);
        const auto stop = [&](auto then) { return store->stops().stop({ann, bob}, {}, QStringLiteral("spam"), then); };
        QVERIFY(await<Nothing>(stop));
        PersonFields fields = store.row(ann).fields;
        fields.name = QStringLiteral("Ann New");
        QVERIFY(await<Nothing>([&](auto then) { return store->people().update(ann, fields, then); }));
        const QString path = store.folder() + QStringLiteral("/out");
        const auto written = [&](JournalFormat format) {
            const auto count
                = await<qint64>([&](auto then) { return exportJournal(*store, {}, format, words(), path, {}, then); });
            return count ? bytesOf(path) : QByteArray();
        };
        QByteArray csv = written(JournalFormat::Csv);
        QVERIFY(csv.contains(",Did person.add,Ann New,"));
        QVERIFY(csv.contains(",Did person.add,Bob Secret,"));
        QVERIFY(csv.contains(",Ann New +4915112345678; Bob Secret +4915187654321,"));
        QVERIFY(await<EraseReport>([&](auto then) { return store->erasures().erase(bob, then); }));
        csv = written(JournalFormat::Csv);
        QVERIFY(csv.contains(",Ann New +4915112345678"));
        for (const char *trace : {"Bob", "Secret", "87654321"})
            QVERIFY2(!csv.contains(trace), csv.constData());
        const QByteArray json = written(JournalFormat::Json);
        QVERIFY(!json.contains("Secret") && !json.contains("87654321"));
        const Result<Json> all = parseJson(json);
        QVERIFY(all);
        bool erased = false;
        for (const Json &entry : (*all)[u"entries"].array())
            for (const Json &person : entry[u"people"].array())
                erased = erased || person[u"state"].toString() == QStringLiteral("erased");
        QVERIFY(erased);
    }

    /// A hundred are named. A colleague must not take them for all.
    void whoIsNotNamedIsCounted()
    {
        TemporaryStore store;
        std::vector<PersonId> all;
        all.reserve(103);
        const PersonId other = store.add(QStringLiteral("Other"), QStringLiteral("1"), 4915200000);
        for (int i = 0; i < 103; ++i)
            all.push_back(store.add(QStringLiteral("P%1").arg(i), QStringLiteral("0%1").arg(i), 4915100000 + i));
        const auto stop = [&](const std::vector<PersonId> &people) {
            return await<Nothing>(
                [&](auto then) { return store->stops().stop(people, {}, QStringLiteral("spam"), then); });
        };
        QVERIFY(stop(all));
        QVERIFY(stop({other}));
        const QString path = store.folder() + QStringLiteral("/out.csv");
        QVERIFY(await<qint64>([&](auto then) {
            return exportJournal(*store, {.act = QStringLiteral("stop")}, JournalFormat::Csv, words(), path, {}, then);
        }));
        const QList<QByteArray> lines = bytesOf(path).split('\n');
        QCOMPARE(lines.size(), 5); // how it was made, the header, two entries, the end
        QVERIFY2(lines[2].contains("P99 +4915100099; 3 others,"), lines[2].constData());
        QVERIFY(!lines[2].contains("P100"));
        QVERIFY2(!lines[3].contains("others"), lines[3].constData());
    }

    void nothingChosenIsAnEmptyFile()
    {
        TemporaryStore store;
        const QString path = store.folder() + QStringLiteral("/none.json");
        QCOMPARE(await<qint64>([&](auto then) {
            return exportJournal(*store, {.act = QStringLiteral("no")}, JournalFormat::Json, words(), path, {}, then);
        }).ok(),
            true);
        const Result<Json> json = parseJson(bytesOf(path));
        QVERIFY(json);
        QVERIFY((*json)[u"entries"].array().empty());
    }

    /// More than one slice: progress comes, a dropped Call leaves the old file.
    void bigOnesAreToldAndCancelled()
    {
        TemporaryStore store;
        store.close();
        QVERIFY(TemporaryStore::tamper(store.file(),
            QStringLiteral(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8192) INSERT INTO journal "
                "SELECT i, i, 0, 0, 0, 'x', 'act', 'done', x'', x'00' FROM n")));
        QVERIFY(store.open());
        const QString path = store.folder() + QStringLiteral("/big.csv");
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old");
        old.close();
        {
            const Call call = exportJournal(*store, {}, JournalFormat::Csv, words(), path, {},
                [](const Result<qint64> &) { qFatal("a dropped Call answers nothing"); });
        }
        const auto facets = await<JournalFacets>([&](auto then) { return store->journal().facets(then); }); // behind it
        QVERIFY(facets);
        QCOMPARE(bytesOf(path), QByteArray("old"));
        std::vector<qint64> told;
        const auto count = await<qint64>([&](auto then) {
            return exportJournal(
                *store, {}, JournalFormat::Csv, words(), path,
                [&](const Progress &progress) {
                    told.push_back(progress.done);
                    QCOMPARE(progress.total, 8192);
                    QCOMPARE(QThread::currentThread(), QCoreApplication::instance()->thread());
                },
                then);
        });
        QVERIFY(count);
        QCOMPARE(*count, 8192);
        QVERIFY(told.size() >= 2 && told.front() <= 4096 && told.back() == 8192);
        QCOMPARE(bytesOf(path).count('\n'), 8194);
    }

    void aFolderThatIsNotThereIsAFailure()
    {
        TemporaryStore store;
        note(store, QStringLiteral("act"), QStringLiteral("done"));
        const auto count = await<qint64>([&](auto then) {
            return exportJournal(*store, {}, JournalFormat::Csv, words(),
                store.folder() + QStringLiteral("/no/such/file.csv"), {}, then);
        });
        QVERIFY(!count);
    }
};

QTEST_GUILESS_MAIN(JournalExportTest)
#include "journalexport_test.moc"
