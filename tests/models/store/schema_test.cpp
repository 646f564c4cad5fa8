// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/migrator.h"

#include "models/store/accountbook.h"
#include "models/store/internal/connection.h"
#include "models/store/people.h"
#include "tests/support/temporarystore.h"

#include <QFile>
#include <QTemporaryDir>
#include <cerrno>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

QStringList schemaOf(Connection &db)
{
    QStringList lines;
    Statement row(db, "SELECT type || ' ' || name || ': ' || ifnull(sql, '') FROM sqlite_schema ORDER BY type, name");
    while (row.step())
        lines += row.text(0);
    return lines;
}

std::unique_ptr<Connection> fileAt(const QString &path, int version)
{
    auto db = *Connection::open(path, Connection::Mode::Write);
    const Done done = schema::migrate(*db, version);
    if (!done)
        qFatal("migrate: %s", qPrintable(done.failure().detail));
    return db;
}

} // namespace

class SchemaTest : public QObject {
    Q_OBJECT

private slots:
    void everyOldVersionBecomesTheFreshSchema()
    {
        QVERIFY(schema::newest() >= 3);
        QTemporaryDir dir;
        const auto fresh = fileAt(dir.filePath(QStringLiteral("fresh.db")), 0);
        const QStringList expected = schemaOf(*fresh);
        QVERIFY(expected.size() > 20);
        for (int version = 1; version < schema::newest(); ++version) {
            const auto db = fileAt(dir.filePath(QStringLiteral("v%1.db").arg(version)), version);
            QCOMPARE(db->number("PRAGMA user_version"), version);
            QVERIFY(schemaOf(*db) != expected);
            QVERIFY(schema::migrate(*db));
            QCOMPARE(db->number("PRAGMA user_version"), schema::newest());
            QCOMPARE(db->number("PRAGMA application_id"), schema::applicationId);
            QCOMPARE(schemaOf(*db), expected);
        }
    }

    void everyTableIsStrict()
    {
        QTemporaryDir dir;
        const auto db = fileAt(dir.filePath(QStringLiteral("fresh.db")), 0);
        QCOMPARE(
            db->number("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
                       " AND name NOT LIKE 'sqlite_%'"),
            0);
    }

    void anOldFileIsCopiedAsideAndItsPeopleStay_data()
    {
        QTest::addColumn<int>("version");
        for (int version = 1; version < schema::newest(); ++version)
            QTest::addRow("version %d", version) << version;
    }
    void anOldFileIsCopiedAsideAndItsPeopleStay()
    {
        QFETCH(int, version);
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        const AccountId node = store.account(QStringLiteral("Node"));
        store.close();
        // Back to the old version: what the steps after it made is taken away again, newest first.
        const std::vector<QStringList> madeBy{{},
            {QStringLiteral("DROP INDEX people_raw"), QStringLiteral("DROP TABLE import_rows"),
                QStringLiteral("DROP TABLE import_files")},
            {QStringLiteral("DROP TABLE account_refusals"), QStringLiteral("ALTER TABLE accounts DROP COLUMN probe_ms"),
                QStringLiteral("ALTER TABLE accounts DROP COLUMN probe_outcome")},
            {QStringLiteral("DROP TABLE block_seen"), QStringLiteral("DROP TABLE block_reads"),
                QStringLiteral("DROP TABLE blocks"), QStringLiteral("DROP TABLE block_ops"),
                QStringLiteral("DROP TABLE block_runs"), QStringLiteral("ALTER TABLE runs DROP COLUMN kind")},
            {QStringLiteral("DROP TABLE gateway_contacts"), QStringLiteral("DROP TABLE batch_aliases")},
            {QStringLiteral("DROP TABLE drafts"), QStringLiteral("DROP TABLE messages"),
                QStringLiteral("ALTER TABLE block_ops DROP COLUMN status"),
                QStringLiteral("ALTER TABLE block_ops DROP COLUMN message_id")},
            {QStringLiteral("DROP TABLE fetch_pages"), QStringLiteral("DROP TABLE fetches"),
                QStringLiteral("DROP TABLE run_halts")},
            {QStringLiteral("DROP TABLE marketing")}, {QStringLiteral("DROP TABLE account_tests")},
            {QStringLiteral("DROP TABLE lifted_stops")}};
        QCOMPARE(int(madeBy.size()), schema::newest());
        for (int step = schema::newest(); step > version; --step)
            for (const QString &sql : madeBy[size_t(step - 1)])
                QVERIFY(TemporaryStore::tamper(store.file(), sql));
        QVERIFY(TemporaryStore::tamper(store.file(), QStringLiteral("PRAGMA user_version = %1").arg(version)));
        QVERIFY(store.open());
        QCOMPARE(store->report().migratedFrom, version);
        QCOMPARE(store.row(ann).fields.name, QStringLiteral("Ann"));
        const auto accounts = await<std::vector<Account>>([&](auto then) { return store->accounts().all(then); });
        QVERIFY(accounts);
        QCOMPARE(accounts->front().id, node);
        QCOMPARE(accounts->front().name, QStringLiteral("Node"));
        QCOMPARE(accounts->front().probe, TruthProbe());
        QVERIFY(accounts->front().refusals.empty());
        const QString aside = store.file() + QStringLiteral(".before-%1").arg(schema::newest());
        QVERIFY(QFile::exists(aside));
        QCOMPARE(QFile::permissions(aside) & QFile::Permissions(0x0077), QFile::Permissions());
        const auto copy = *Connection::open(aside, Connection::Mode::Immutable);
        QCOMPARE(copy->number("PRAGMA user_version"), version);
        QCOMPARE(copy->number("SELECT count(*) FROM people"), 1);
        QVERIFY(store.open());
        QCOMPARE(store->report().migratedFrom, -1);
    }

    void aStepThatFailsLeavesTheLastWholeOne()
    {
        QTemporaryDir dir;
        const auto db = fileAt(dir.filePath(QStringLiteral("old.db")), 1);
        QVERIFY(db->exec("CREATE TABLE import_rows (odd INTEGER);")); // step 2 will stumble over it
        const QStringList before = schemaOf(*db);
        QVERIFY(!schema::migrate(*db).ok());
        QCOMPARE(db->number("PRAGMA user_version"), 1);
        QCOMPARE(schemaOf(*db), before);
        QVERIFY(!db->inTransaction());
    }

    /// Should the Qt driver ever bring an SQLite of its own, statements go through QSqlQuery: the same answers.
    void theSlowPathAnswersTheSame()
    {
        QTemporaryDir dir;
        const auto fast = *Connection::open(dir.filePath(QStringLiteral("fast.db")), Connection::Mode::Write);
        QVERIFY(fast->isFast()); // on this platform: sqlite_source_id() is that of the linked library
        const auto slow = *Connection::open(dir.filePath(QStringLiteral("slow.db")), Connection::Mode::Write, true);
        QVERIFY(!slow->isFast());
        for (Connection *db : {fast.get(), slow.get()}) {
            QVERIFY(schema::migrate(*db));
            QVERIFY(db->exec("BEGIN IMMEDIATE;"));
            QVERIFY(db->inTransaction());
            Statement add(*db, "INSERT INTO alias_names (kind, text) VALUES (?, ?)");
            QVERIFY(add.bind(0, QStringLiteral("Zoë; -- \"x\"")).run());
            QVERIFY(add.bind(1, QString()).run());
            QCOMPARE(db->lastId(), 2);
            QCOMPARE(db->changes(), 1);
            Statement blob(*db, "INSERT INTO journal_details (seq, salt, details) VALUES (?, ?, 'd')", qint64(1),
                QByteArray("\0\1", 2));
            QVERIFY(!blob.run() || db->exec("COMMIT;") == false); // foreign key: no such entry
            QVERIFY(db->failed());
            QVERIFY(!add.bind(2, QStringLiteral("after an error nothing runs")).run());
            const auto failure = db->takeFailure();
            QVERIFY(failure);
            db->exec("ROLLBACK;");
            QVERIFY(!db->inTransaction());
            QVERIFY(
                db->exec("INSERT INTO alias_names (kind, text) VALUES (3, 'a;b'); -- a comment; with a semicolon\n"));
            Statement row(*db, "SELECT kind, text, NULL FROM alias_names WHERE text = ?", QStringLiteral("a;b"));
            QVERIFY(row.step());
            QCOMPARE(row.number(0), 3);
            QCOMPARE(row.text(1), QStringLiteral("a;b"));
            QVERIFY(row.isNull(2));
            QVERIFY(!row.step());
        }
        QCOMPARE(schemaOf(*slow), schemaOf(*fast));
    }

    void errorsAreToldApartBySqliteCodes()
    {
        // https://www.sqlite.org/rescode.html: FULL 13, IOERR_WRITE 778, IOERR_FSYNC 1034, CORRUPT 11, READONLY_DBMOVED
        // 1032
        QCOMPARE(storageFailure(13, 0, {}).kind, Failure::Kind::DiskFull);
        QCOMPARE(storageFailure(778, ENOSPC, {}).kind, Failure::Kind::DiskFull);
        QCOMPARE(storageFailure(778, EFBIG, {}).kind, Failure::Kind::DiskFull);
        QCOMPARE(storageFailure(778, EIO, {}).kind, Failure::Kind::Storage);
        QCOMPARE(storageFailure(1034, ENOSPC, {}).kind, Failure::Kind::Storage);
        QCOMPARE(storageFailure(11, 0, {}).kind, Failure::Kind::Corrupt);
        QCOMPARE(storageFailure(26, 0, {}).kind, Failure::Kind::Corrupt);
        QCOMPARE(storageFailure(1032, 0, {}).kind, Failure::Kind::ReadOnly);
        QCOMPARE(storageFailure(5, 0, {}).kind, Failure::Kind::Busy);
        QVERIFY(stopsWriting(storageFailure(1034, ENOSPC, {})));
        QVERIFY(stopsWriting(storageFailure(778, EIO, {})));
        QVERIFY(stopsWriting(storageFailure(11, 0, {})));
        QVERIFY(!stopsWriting(storageFailure(13, 0, {})));
        QVERIFY(!stopsWriting(storageFailure(778, ENOSPC, {})));
        QVERIFY(!stopsWriting(storageFailure(5, 0, {})));
    }
};

QTEST_GUILESS_MAIN(SchemaTest)
#include "schema_test.moc"
