// SPDX-License-Identifier: GPL-3.0-or-later
// The schema against the list of what erasing does: a new table or column with personal data and without a rule fails.
#include "models/store/internal/erasure.h"

#include "models/store/erasures.h"
#include "models/store/internal/connection.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "tests/support/temporarystore.h"

#include <QMap>
#include <QSet>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 number = 4915112345678;
const QString mark = QStringLiteral("Wilhelmine");

struct Column {
    QString name = {};
    QString type = {};
    int key = 0;
};
using Schema = QMap<QString, std::vector<Column>>;

Schema schemaOf(const QString &file)
{
    Schema schema;
    const auto db = *Connection::open(file, Connection::Mode::Read);
    Statement table(
        *db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
    while (table.step()) {
        Statement column(*db, "SELECT name, type, pk FROM pragma_table_info(?)", table.text(0));
        while (column.step())
            schema[table.text(0)].push_back({column.text(0), column.text(1), column.integer(2)});
    }
    return schema;
}

/// Texts that are about the operator, a gateway or the program, whatever happens. Everything else may hold somebody.
bool isAboutNobody(const QString &column)
{
    static const QSet<QString> list{QStringLiteral("meta.key"), QStringLiteral("boots.name"),
        QStringLiteral("accounts.name"), QStringLiteral("accounts.address"), QStringLiteral("accounts.user"),
        QStringLiteral("accounts.sender"), QStringLiteral("accounts.ca_file"), QStringLiteral("accounts.region"),
        QStringLiteral("accounts.cannot_tell"), QStringLiteral("runs.by"), QStringLiteral("batches.act"),
        QStringLiteral("batches.by"), QStringLiteral("blocks.by"), // operators
        QStringLiteral("block_ops.why"), QStringLiteral("blocks.why"), QStringLiteral("blocks.source"), // stable ids
        QStringLiteral("import_rows.reason"), QStringLiteral("run_halts.why"), QStringLiteral("account_tests.step"),
        QStringLiteral("account_tests.failure")};
    return list.contains(column);
}

/// Tables whose rows this test cannot make up one by one: the chain has its tests, the person is added by the store,
/// names of aliases need an alias that points at them.
bool isMadeElsewhere(const QString &table)
{
    static const QSet<QString> list{QStringLiteral("people"), QStringLiteral("journal"),
        QStringLiteral("journal_details"), QStringLiteral("alias_names"), QStringLiteral("meta")};
    return list.contains(table);
}

/// Where the bare number stays: the stop, and our ledger of what a gateway was told and said.
bool mayKeepTheNumber(const QString &table)
{
    static const QSet<QString> list{
        QStringLiteral("stops"), QStringLiteral("blocks"), QStringLiteral("block_ops"), QStringLiteral("block_seen")};
    return list.contains(table);
}

QString valueFor(const QString &table, const Column &column, PersonId person)
{
    if (column.type == QLatin1String("TEXT"))
        return isAboutNobody(table + u'.' + column.name)
            ? QStringLiteral("'x'")
            : QStringLiteral("'%1 %2.%3 +4915112345678'").arg(mark, table, column.name);
    if (column.type == QLatin1String("BLOB"))
        return QStringLiteral("x'00'");
    if (column.name == QLatin1String("person") || (table == QLatin1String("removed_people") && column.name == u"id"))
        return QString::number(person.value());
    if (column.name == QLatin1String("alias") || column.name == QLatin1String("e164"))
        return QString::number(number);
    if (column.name == QLatin1String("state")) // ended, whatever it is of
        return QStringLiteral("2");
    return QStringLiteral("7");
}

/// One row about the person in every table, every column filled.
void fillEverything(const QString &file, const Schema &schema, PersonId person)
{
    for (auto table = schema.begin(); table != schema.end(); ++table) {
        if (isMadeElsewhere(table.key()))
            continue;
        QStringList names;
        QStringList values;
        for (const Column &column : *table) {
            names << column.name;
            values << valueFor(table.key(), column, person);
        }
        const QString sql = QStringLiteral("INSERT OR REPLACE INTO %1 (%2) VALUES (%3)")
                                .arg(table.key(), names.join(u','), values.join(u','));
        if (!TemporaryStore::tamper(file, sql))
            qFatal("%s", qPrintable(sql));
    }
}

qint64 countIn(const QString &file, const QString &sql)
{
    const auto db = *Connection::open(file, Connection::Mode::Read);
    const qint64 count = db->number(sql.toUtf8());
    if (db->failed())
        qFatal("%s", qPrintable(sql));
    return count;
}

} // namespace

class EraseRulesTest : public QObject {
    Q_OBJECT

private slots:
    void everyTableHasARule()
    {
        TemporaryStore store;
        const Schema schema = schemaOf(store.file());
        QVERIFY(schema.size() > 20);
        QSet<QString> named;
        for (const EraseRule &rule : eraseRules()) {
            const QString table = QString::fromLatin1(rule.table);
            QVERIFY2(schema.contains(table), rule.table);
            named.insert(table);
            if (rule.by == EraseRule::By::Apart) {
                QVERIFY2(*rule.act != '\0', "say why");
                continue;
            }
            const auto &columns = schema[table];
            QVERIFY2(std::any_of(columns.begin(), columns.end(),
                         [&](const Column &column) { return column.name == QLatin1String(rule.column); }),
                qPrintable(table + u'.' + QLatin1String(rule.column)));
        }
        for (auto table = schema.begin(); table != schema.end(); ++table)
            QVERIFY2(named.contains(table.key()),
                qPrintable(QStringLiteral("models/store/internal/eraserules.cpp says nothing of ") + table.key()));
    }

    /// The behaviour, not the list: every column that may hold somebody is filled with her, she is erased, nothing of
    /// her is left in any of them.
    void everyColumnForgets()
    {
        TemporaryStore store;
        PersonFields fields;
        fields.name = mark;
        fields.number = {.typed = QStringLiteral("+49 151 12345678"), .e164 = number};
        const PersonId her = store.add(fields);
        store.close();
        const Schema schema = schemaOf(store.file());
        fillEverything(store.file(), schema, her);
        QVERIFY(store.open());
        const auto report = await<EraseReport>([&](auto then) { return store->erasures().erase(her, then); });
        QVERIFY(report);
        QVERIFY(report->erased);
        store.close();
        QStringList left;
        int texts = 0;
        for (auto table = schema.begin(); table != schema.end(); ++table)
            for (const Column &column : *table) {
                const QString name = table.key() + u'.' + column.name;
                QString sql;
                if (column.type == QLatin1String("TEXT")) {
                    ++texts;
                    sql = QStringLiteral("SELECT count(*) FROM %1 WHERE instr(%2, '%3') OR instr(%2, '15112345678')")
                              .arg(table.key(), column.name, mark);
                } else if (column.name == QLatin1String("person"))
                    sql = QStringLiteral("SELECT count(*) FROM %1 WHERE person = %2").arg(table.key()).arg(her.value());
                else if ((column.name == QLatin1String("alias") || column.name == QLatin1String("e164"))
                    && !mayKeepTheNumber(table.key()))
                    sql = QStringLiteral("SELECT count(*) FROM %1 WHERE %2 = %3")
                              .arg(table.key(), column.name)
                              .arg(number);
                if (!sql.isEmpty() && countIn(store.file(), sql) != 0)
                    left << name;
            }
        QCOMPARE(left, QStringList());
        QCOMPARE(report->leftIn, QStringList());
        QVERIFY(texts > 50);
        QCOMPARE(countIn(store.file(), QStringLiteral("SELECT count(*) FROM stops WHERE alias = %1").arg(number)), 1);
        QVERIFY(store.open());
        QVERIFY((*await<ChainReport>([&](auto then) { return store->journal().verify(then); })).sound);
    }
};

QTEST_GUILESS_MAIN(EraseRulesTest)
#include "eraserules_test.moc"
