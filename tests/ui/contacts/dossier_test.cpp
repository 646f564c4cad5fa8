// SPDX-License-Identifier: GPL-3.0-or-later
// The dossier of one person against the schema: every column that holds them must be in it, in HTML and in PDF.
#include "models/exchange/dossier.h"
#include "models/store/erasures.h"
#include "models/store/internal/connection.h"
#include "models/store/people.h"
#include "tests/support/temporarystore.h"
#include "ui/contacts/internal/dossierwords.h"

#include <QApplication>
#include <QFile>
#include <QMap>
#include <QSet>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 number = 4915112345678;

struct Column {
    QString table = {};
    QString name = {};
    QString type = {};
};

std::vector<Column> columnsOf(const QString &file)
{
    std::vector<Column> columns;
    const auto db = *Connection::open(file, Connection::Mode::Read);
    Statement table(
        *db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
    while (table.step()) {
        Statement column(*db, "SELECT name, type FROM pragma_table_info(?)", table.text(0));
        while (column.step())
            columns.push_back({table.text(0), column.text(0), column.text(1)});
    }
    return columns;
}

/// Not about the person, or shown in other words. A new table or column is in the dossier, or it is named here.
bool isLeftOut(const Column &column)
{
    static const QSet<QString> tables{QStringLiteral("meta"), QStringLiteral("boots"), QStringLiteral("accounts"),
        QStringLiteral("account_refusals"), QStringLiteral("account_tests"), QStringLiteral("block_reads"),
        QStringLiteral("batches"), QStringLiteral("people"), QStringLiteral("alias_names"), QStringLiteral("journal"),
        QStringLiteral("journal_details"), // filled by the store, tested below
        QStringLiteral("removed_people"), // who was deleted is nobody here
        QStringLiteral("fetches"), QStringLiteral("fetch_pages"), QStringLiteral("run_halts"), // of an account, a run
        QStringLiteral("drafts"), // the operator's unsent work
        QStringLiteral("import_files")}; // the file's name is shown with the row
    static const QSet<QString> columns{QStringLiteral("run_items.reason"), QStringLiteral("import_rows.reason"),
        QStringLiteral("block_ops.why"), QStringLiteral("blocks.why"), // stable ids, shown as state
        QStringLiteral("messages.cards"), QStringLiteral("messages.reply_to")}; // about others; an id
    return tables.contains(column.table) || columns.contains(column.table + u'.' + column.name);
}

QString valueFor(const Column &column, PersonId person)
{
    if (column.type == QLatin1String("TEXT"))
        return QStringLiteral("'~%1.%2~ +4915112345678'").arg(column.table, column.name);
    if (column.type == QLatin1String("BLOB"))
        return QStringLiteral("x'00'");
    if (column.name == QLatin1String("person"))
        return QString::number(person.value());
    if (column.name == QLatin1String("alias"))
        return QString::number(number);
    if (column.name == QLatin1String("state"))
        return QStringLiteral("2");
    if (column.name == QLatin1String("kind")) // of the run: a message, whose line shows what a block's line shows not
        return QStringLiteral("4");
    if (column.name.startsWith(QLatin1String("undone")))
        return QStringLiteral("0");
    if (column.name == QLatin1String("field"))
        return QStringLiteral("6");
    return QStringLiteral("7");
}

QMap<QString, QString> insertsFor(const std::vector<Column> &columns, PersonId person)
{
    QMap<QString, QStringList> names;
    QMap<QString, QStringList> values;
    for (const Column &column : columns) {
        names[column.table] << column.name;
        values[column.table] << valueFor(column, person);
    }
    QMap<QString, QString> inserts;
    for (auto table = names.begin(); table != names.end(); ++table)
        inserts[table.key()] = QStringLiteral("INSERT OR REPLACE INTO %1 (%2) VALUES (%3)")
                                   .arg(table.key(), table->join(u','), values[table.key()].join(u','));
    return inserts;
}

} // namespace

class DossierSchemaTest : public QObject {
    Q_OBJECT
private slots:
    void everyColumnIsInIt()
    {
        TemporaryStore store;
        PersonFields fields;
        fields.name = QStringLiteral("Ann");
        fields.number = {.typed = QStringLiteral("0151 12345678"), .e164 = number, .region = QStringLiteral("DE")};
        fields.email = QStringLiteral("ann@example.org");
        fields.organisation = QStringLiteral("Acme");
        fields.tags = {QStringLiteral("vip")};
        fields.note = QStringLiteral("a note");
        const PersonId ann = store.add(fields);
        store.close();
        const std::vector<Column> columns = columnsOf(store.file());
        const QSet<QString> byStore{QStringLiteral("people"), QStringLiteral("journal"),
            QStringLiteral("journal_details"), QStringLiteral("meta"), QStringLiteral("alias_names")};
        const QMap<QString, QString> inserts = insertsFor(columns, ann);
        for (auto insert = inserts.begin(); insert != inserts.end(); ++insert)
            if (!byStore.contains(insert.key()))
                QVERIFY2(TemporaryStore::tamper(store.file(), *insert), qPrintable(*insert));
        // A second act of another kind: blocks have columns that messages have not.
        QString second = inserts[QStringLiteral("runs")];
        QVERIFY(TemporaryStore::tamper(store.file(),
            second.replace(QStringLiteral("(7,"), QStringLiteral("(8,"))
                .replace(QStringLiteral(",4)"), QStringLiteral(",1)"))));
        QVERIFY(TemporaryStore::tamper(store.file(), QStringLiteral("UPDATE runs SET kind = 1 WHERE id = 8")));
        for (const char *table : {"block_runs", "block_ops"})
            QVERIFY(TemporaryStore::tamper(store.file(),
                QString(inserts[QString::fromLatin1(table)]).replace(QStringLiteral("(7,"), QStringLiteral("(8,"))));
        QVERIFY(TemporaryStore::tamper(store.file(), QStringLiteral("UPDATE block_ops SET run = id")));
        QVERIFY(store.open());
        const auto facts = await<DossierFacts>([&](auto then) { return store->dossiers().read(ann, {}, then); });
        QVERIFY(facts);
        const DossierPage page = dossierPage(*facts, {}, store.clock.now().wallMs);
        const QString html = QString::fromUtf8(dossierHtml(page));
        QStringList missing;
        int looked = 0;
        for (const Column &column : columns) {
            if (column.type != QLatin1String("TEXT") || isLeftOut(column))
                continue;
            ++looked;
            if (!html.contains(QStringLiteral("~%1.%2~").arg(column.table, column.name)))
                missing << column.table + u'.' + column.name;
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u' ')));
        QVERIFY(looked > 30);
        for (const char *own :
            {"Ann", "0151 12345678", "+4915112345678", "ann@example.org", "Acme", "vip", "a note", "New person"})
            QVERIFY2(html.contains(QString::fromUtf8(own)), own);

        QTemporaryDir folder;
        const QString pdf = folder.filePath(QStringLiteral("dossier.pdf"));
        QVERIFY(writeDossier(page, pdf));
        QFile file(pdf);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.startsWith("%PDF-") && bytes.size() > 10'000);
    }

    /// A run's other people are none of their business.
    void nobodyElseIsInIt()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+4915112345678"), number);
        store.add(QStringLiteral("Bob Unseen"), QStringLiteral("+4930123456"), 4930123456);
        store.close();
        QVERIFY(TemporaryStore::tamper(
            store.file(), QStringLiteral("INSERT INTO import_rows VALUES (1, 5, 'columns', 'Bob Unseen;030123456')")));
        QVERIFY(store.open());
        const auto facts = await<DossierFacts>([&](auto then) { return store->dossiers().read(ann, {}, then); });
        QVERIFY(facts);
        const QByteArray html = dossierHtml(dossierPage(*facts, {}, store.clock.now().wallMs));
        QVERIFY(html.contains("Ann"));
        QVERIFY(!html.contains("Unseen") && !html.contains("30123456"));
    }
};

QTEST_MAIN(DossierSchemaTest)
#include "dossier_test.moc"
