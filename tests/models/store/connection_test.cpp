// SPDX-License-Identifier: GPL-3.0-or-later
// Prepared statements are kept by their text: none of the ways to use one text twice may show, and what was used once
// must not keep out what is used always.
#include "models/store/internal/connection.h"

#include <QTemporaryDir>
#include <QTest>

using namespace rollcall;

class ConnectionTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Connection> m_db;

    QString file(const char *name) { return m_folder->filePath(QLatin1String(name)); }
    QByteArray attach(const char *name) { return "ATTACH '" + file(name).toUtf8() + "' AS other;"; }

private slots:
    void init();
    void cleanup();
    void oneTextWithinItself();
    void bindingsOfTheLastUseAreGone();
    void halfReadIsReadAnewAndHoldsNoLock();
    void anErrorDoesNotStick();
    void theSchemaMayChange();
    void anotherFileUnderTheSameName();
    void rareTextsDoNotKeepOutOthers();
};

void ConnectionTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto db = Connection::open(file("a.sqlite"), Connection::Mode::Write);
    QVERIFY(db);
    m_db = *std::move(db);
    QVERIFY(m_db->isFast());
    QVERIFY(m_db->exec("CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT);"
                       "INSERT INTO t (id, word) VALUES (1, 'one'), (2, 'two'), (3, 'three');"));
}

void ConnectionTest::cleanup()
{
    m_db.reset();
    m_folder.reset();
}

void ConnectionTest::oneTextWithinItself()
{
    const QByteArray text = "SELECT id FROM t ORDER BY id";
    for (int round = 0; round < 2; ++round) {
        QString met;
        Statement outer(*m_db, text);
        while (outer.step()) {
            Statement inner(*m_db, text);
            while (inner.step())
                met += QString::number(outer.number(0) * 10 + inner.number(0)) + u' ';
        }
        QCOMPARE(met, QStringLiteral("11 12 13 21 22 23 31 32 33 "));
    }
}

void ConnectionTest::bindingsOfTheLastUseAreGone()
{
    const QByteArray text = "SELECT count(*) FROM t WHERE word = ?1 OR ?2 IS NOT NULL";
    {
        Statement row(*m_db, text, QStringLiteral("one"), qint64(7));
        QVERIFY(row.step());
        QCOMPARE(row.number(0), 3);
    }
    Statement row(*m_db, text, QStringLiteral("one"));
    QVERIFY(row.step());
    QCOMPARE(row.number(0), 1);
}

void ConnectionTest::halfReadIsReadAnewAndHoldsNoLock()
{
    const QByteArray text = "SELECT id FROM t ORDER BY id";
    {
        Statement row(*m_db, text);
        QVERIFY(row.step());
    }
    auto other = Connection::open(file("a.sqlite"), Connection::Mode::Write);
    QVERIFY(other);
    QVERIFY((*other)->exec("PRAGMA busy_timeout=0; BEGIN EXCLUSIVE; DELETE FROM t WHERE id = 1; COMMIT;"));
    Statement row(*m_db, text);
    QVERIFY(row.step());
    QCOMPARE(row.number(0), 2);
}

void ConnectionTest::anErrorDoesNotStick()
{
    const QByteArray text = "INSERT INTO t (id, word) VALUES (?, 'again')";
    QVERIFY(!Statement(*m_db, text, qint64(1)).run());
    QVERIFY(m_db->takeFailure().has_value());
    QVERIFY(Statement(*m_db, text, qint64(4)).run());
    QCOMPARE(m_db->number("SELECT count(*) FROM t"), 4);
}

void ConnectionTest::theSchemaMayChange()
{
    QCOMPARE(m_db->number("SELECT count(*) FROM t WHERE id > 0"), 3);
    QVERIFY(m_db->exec("DROP TABLE t; CREATE TABLE t (word TEXT, id INTEGER); INSERT INTO t VALUES ('nine', 9);"));
    QCOMPARE(m_db->number("SELECT count(*) FROM t WHERE id > 0"), 1);
    QVERIFY(m_db->exec("DROP TABLE t;"));
    QCOMPARE(m_db->number("SELECT count(*) FROM t WHERE id > 0"), 0);
    QVERIFY(m_db->takeFailure().has_value());
}

void ConnectionTest::anotherFileUnderTheSameName()
{
    const QByteArray text = "SELECT word FROM other.told WHERE id = 2";
    QVERIFY(m_db->exec(attach("b.sqlite")
        + "CREATE TABLE other.told (id INTEGER PRIMARY KEY, word TEXT);"
          "INSERT INTO other.told VALUES (2, 'of b');"));
    QCOMPARE(m_db->text(text), QStringLiteral("of b"));
    QVERIFY(m_db->exec("DETACH other;"));
    QCOMPARE(m_db->text(text), QString());
    QVERIFY(m_db->takeFailure().has_value()); // not there is an error, not an empty answer
    // As many changes of the schema, so the same number in the file's head, and all in another place.
    QVERIFY(m_db->exec(attach("c.sqlite")
        + "CREATE TABLE other.told (word TEXT, more TEXT, id INTEGER);"
          "INSERT INTO other.told VALUES ('of c', '', 2);"));
    QCOMPARE(m_db->text(text), QStringLiteral("of c"));
    QVERIFY(m_db->exec("DETACH other;"));
}

void ConnectionTest::rareTextsDoNotKeepOutOthers()
{
    for (int i = 0; i < 500; ++i)
        m_db->number("SELECT " + QByteArray::number(i));
    const QByteArray always = "SELECT count(*) FROM t";
    m_db->number(always);
    const qint64 before = m_db->prepared();
    for (int i = 0; i < 100; ++i)
        QCOMPARE(m_db->number(always), 3);
    QCOMPARE(m_db->prepared() - before, 0);
}

QTEST_GUILESS_MAIN(ConnectionTest)
#include "connection_test.moc"
