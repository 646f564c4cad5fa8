// SPDX-License-Identifier: GPL-3.0-or-later
// A profile of each old version, made by that version's own steps and filled with all that it could hold, opened by the
// Store of today: nothing is lost, nothing is changed, and the journal still verifies.
#include "models/store/accountbook.h"
#include "models/store/consents.h"
#include "models/store/internal/connection.h"
#include "models/store/internal/migrator.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "models/store/runbook.h"
#include "models/store/stops.h"
#include "tests/support/storedverdict.h"
#include "tests/support/temporarystore.h"

#include <QFile>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 annsNumber = 4915112345678;
constexpr qint64 bobsNumber = 4915112345679;

QStringList texts(Connection &db, const QByteArray &sql)
{
    QStringList found;
    Statement row(db, sql);
    while (row.step())
        found += row.text(0);
    return found;
}

QStringList tablesOf(Connection &db)
{
    return texts(
        db, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
}

QStringList columnsOf(Connection &db, const QString &table)
{
    return texts(db, "SELECT '\"' || name || '\"' FROM pragma_table_info('" + table.toUtf8() + "')");
}

/// Every row of a table as SQL literals of these columns.
QStringList rowsOf(Connection &db, const QString &table, const QStringList &columns)
{
    QStringList quoted;
    for (const QString &column : columns)
        quoted += QStringLiteral("quote(%1)").arg(column);
    return texts(db, "SELECT " + quoted.join(QStringLiteral(" || '|' || ")).toUtf8() + " FROM " + table.toUtf8());
}

/// What a file held: of each table its columns and rows.
struct Content {
    QMap<QString, QStringList> columns = {};
    QMap<QString, QStringList> rows = {};
};

Content contentOf(Connection &db)
{
    Content content;
    for (const QString &table : tablesOf(db)) {
        content.columns[table] = columnsOf(db, table);
        content.rows[table] = rowsOf(db, table, content.columns[table]);
    }
    return content;
}

} // namespace

class OldFilesTest final : public QObject {
    Q_OBJECT

private slots:
    void everythingInAnOldFileStays_data();
    void everythingInAnOldFileStays();

private:
    void fill(TemporaryStore &store);
    /// Puts a file of `version` in the place of the closed store's, with all of its rows that have a table there.
    static Content goBack(const TemporaryStore &store, int version);
    void lookThrough(TemporaryStore &store) const;

    PersonId m_ann, m_bob;
    AccountId m_node;
    qint64 m_entries = 0; ///< of the journal
};

void OldFilesTest::fill(TemporaryStore &store)
{
    m_ann = store.add(QStringLiteral("Ann"), QStringLiteral("+49 1511 2345678"), annsNumber);
    m_bob = store.add(QStringLiteral("Bob"), QStringLiteral("+49 1511 2345679"), bobsNumber);
    m_node = store.account(QStringLiteral("Node"));
    ConsentEvent consent;
    consent.what = ConsentState::OptIn;
    consent.atMs = 1'600'000'000'000;
    consent.source = QStringLiteral("web form");
    consent.wording = QStringLiteral("Yes, write to me");
    QVERIFY(await<Nothing>([&](auto then) { return store->consents().record({m_ann}, consent, then); }));
    storeVerdict(
        *store, m_node, annsNumber, VerdictWord::Valid, QStringLiteral("valid"), QStringLiteral("4915112345678"));
    QVERIFY(await<Nothing>(
        [&](auto then) { return store->stops().stop({m_bob}, {}, QStringLiteral("wrote STOP"), then); }));
    const auto chain = await<ChainReport>([&](auto then) { return store->journal().verify(then); });
    QVERIFY(chain && chain->sound);
    m_entries = chain->entries;
    QVERIFY(m_entries >= 5);
    store.close();
    // A block that was done, with its run; numbers are those of models/domain/operation.h.
    for (const char *sql : {"INSERT INTO runs (account, state, force, wait, started_ms, ended_ms, by, total, answered,"
                            " failed, not_asked, cached, kind) SELECT id, 2, 0, 0, 5, 6, 'Tess', 1, 1, 0, 0, 0, 1"
                            " FROM accounts",
             "INSERT INTO block_runs SELECT max(id), 0, 1, 0, 0, 0, 0, 'spam', 'a note', 'paste' FROM runs",
             "INSERT INTO block_ops (run, alias, person, state, attempts, due_ms, sent_ms, ended_ms, confirmed_ms,"
             " code, ask, why, detail, wa_id) SELECT max(id), 4915112345679, 2, 2, 1, 0, 5, 6, 0, 0, '+4915112345679',"
             " '', '', '4915112345679' FROM runs",
             "INSERT INTO blocks (account, alias, wish, state, standing, there, operation, run, at_ms, done_ms,"
             " confirmed_ms, read_ms, last_seen_ms, code, wa_id, reason, note, source, by, why, detail)"
             " SELECT account, 4915112345679, 1, 2, 1, 0, 1, id, 5, 6, 0, 0, 0, 0, '4915112345679', 'spam', 'a note',"
             " 'paste', 'Tess', '', '' FROM runs WHERE kind = 1"})
        QVERIFY2(TemporaryStore::tamper(store.file(), QString::fromLatin1(sql)), sql);
}

Content OldFilesTest::goBack(const TemporaryStore &store, int version)
{
    const QString today = store.folder() + QStringLiteral("/today");
    Content content;
    {
        QFile::rename(store.file(), today);
        const auto old = *Connection::open(store.file(), Connection::Mode::Write);
        if (!schema::migrate(*old, version))
            qFatal("version %d cannot be made", version);
        Statement(*old, "ATTACH ? AS today", today).run();
        old->exec("BEGIN; PRAGMA defer_foreign_keys = ON;");
        for (const QString &table : tablesOf(*old)) {
            const QByteArray columns = columnsOf(*old, table).join(u',').toUtf8();
            const QByteArray name = table.toUtf8();
            old->exec("DELETE FROM main." + name + "; INSERT INTO main." + name + " (" + columns + ") SELECT " + columns
                + " FROM today." + name + ";");
        }
        old->exec("COMMIT;");
        old->exec("DETACH today;");
        if (const auto failure = old->takeFailure())
            qFatal("version %d cannot be filled: %s", version, qPrintable(failure->detail));
        content = contentOf(*old);
    }
    QFile::remove(today);
    QFile::setPermissions(store.file(), QFile::ReadOwner | QFile::WriteOwner);
    return content;
}

/// As the parts of the program read it.
void OldFilesTest::lookThrough(TemporaryStore &store) const
{
    const auto ann = await<PersonDetails>([&](auto then) { return store->people().details(m_ann, m_node, then); });
    QVERIFY(ann);
    QCOMPARE(ann->row.fields.name, QStringLiteral("Ann"));
    QCOMPARE(ann->row.fields.number.typed, QStringLiteral("+49 1511 2345678"));
    QCOMPARE(ann->row.verdict.word, VerdictWord::Valid);
    QCOMPARE(ann->history.size(), size_t(1));
    QCOMPARE(ann->history.front().rawWord, QStringLiteral("valid"));
    QCOMPARE(ann->row.consent, ConsentState::OptIn);
    QCOMPARE(ann->consents.size(), size_t(1));
    QCOMPARE(ann->consents.front().wording, QStringLiteral("Yes, write to me"));
    QVERIFY(store.row(m_bob).doNotContact);
    QVERIFY(await<Nothing>([&](auto then) { return store->stops().load(then); }));
    QVERIFY(store->stops().contains(AliasKey(bobsNumber)));
    const auto accounts = await<std::vector<Account>>([&](auto then) { return store->accounts().all(then); });
    QVERIFY(accounts);
    QCOMPARE(accounts->size(), size_t(1));
    QCOMPARE(accounts->front().id, m_node);
    QCOMPARE(accounts->front().name, QStringLiteral("Node"));
    const auto items = await<std::vector<RunItem>>([&](auto then) { return store->runs().items(RunId(1), then); });
    QVERIFY(items);
    QCOMPARE(items->size(), size_t(1));
    QCOMPARE(items->front().ask, QStringLiteral("+4915112345678"));
    QCOMPARE(items->front().state, RunItemState::Answered);
    const auto chain = await<ChainReport>([&](auto then) { return store->journal().verify(then); });
    QVERIFY(chain);
    QVERIFY2(chain->sound, qPrintable(chain->finding));
    QVERIFY(chain->entries >= m_entries);
}

void OldFilesTest::everythingInAnOldFileStays_data()
{
    QTest::addColumn<int>("version");
    for (int version = 1; version < schema::newest(); ++version)
        QTest::addRow("version %d", version) << version;
}

void OldFilesTest::everythingInAnOldFileStays()
{
    QFETCH(const int, version);
    TemporaryStore store;
    fill(store);
    if (QTest::currentTestFailed())
        return;
    const Content before = goBack(store, version);
    for (const char *table : {"people", "accounts", "verdicts", "newest", "consents", "stops", "runs", "run_items",
             "bookings", "batches", "journal", "journal_details"})
        QVERIFY2(!before.rows.value(QString::fromLatin1(table)).isEmpty(), table);
    QCOMPARE(before.rows.value(QStringLiteral("blocks")).size(), version >= 4 ? 1 : 0);
    QCOMPARE(before.rows.value(QStringLiteral("block_ops")).size(), version >= 4 ? 1 : 0);

    QVERIFY2(store.open(), qPrintable(store.failure().detail));
    QCOMPARE(store->report().migratedFrom, version);
    lookThrough(store);
    if (QTest::currentTestFailed())
        return;
    store.close();
    const auto after = *Connection::open(store.file(), Connection::Mode::Immutable);
    QCOMPARE(after->number("PRAGMA user_version"), schema::newest());
    for (auto each = before.rows.begin(); each != before.rows.end(); ++each) {
        if (each.key() == QLatin1String("meta"))
            continue; // the clock and the counter of writing transactions go on
        const QStringList rows = rowsOf(*after, each.key(), before.columns.value(each.key()));
        for (const QString &row : each.value())
            QVERIFY2(rows.contains(row), qPrintable(each.key() + QStringLiteral(": ") + row));
    }
}

QTEST_GUILESS_MAIN(OldFilesTest)
#include "oldfiles_test.moc"
