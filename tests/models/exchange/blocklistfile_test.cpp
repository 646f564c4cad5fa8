// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/blocklistfile.h"

#include "models/base/json.h"
#include "models/store/journal.h"
#include "tests/support/temporarystore.h"

#include <QFile>
#include <QTemporaryDir>

using namespace rollcall;
using namespace rollcall::tests;

class BlockListFileTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    TemporaryStore m_store;
    AccountId m_account;

    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    QString write(const char *name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path(name);
    }
    static QByteArray read(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    qint64 armed(qint64 number, const QString &reason, const QString &note)
    {
        OperationOrder order;
        order.account = m_account;
        order.reason = reason;
        order.note = note;
        const OperationItem item{.alias = AliasKey(number), .ask = u'+' + QString::number(number)};
        const auto count = await<qint64>([&](auto then) { return m_store->blocks().arm(order, {item}, then); });
        return count ? *count : -1;
    }
    Result<qint64> exported(const QString &file, BlockListFormat format)
    {
        return await<qint64>([&](auto then) {
            return exportBlockList(
                *m_store, {}, {{m_account, QStringLiteral("=cmd()")}}, format, file, [](const Progress &) {}, then);
        });
    }

private slots:
    void initTestCase()
    {
        m_account = m_store.account();
        m_store.add(QStringLiteral("@SUM(A1)"), QStringLiteral("+447700900001"), 447700900001);
        QCOMPARE(armed(447700900001, QStringLiteral("spam"), QStringLiteral("=1+2")), 1);
        QCOMPARE(armed(447700900002, QStringLiteral("-told us, twice"), {}), 1);
        QCOMPARE(armed(447700900003, QStringLiteral("spam"), QStringLiteral("a \"quoted\"\nnote")), 1);
    }

    void csvIsDefusedAndComesBack()
    {
        const QString file = path("list.csv");
        QCOMPARE(*exported(file, BlockListFormat::Csv), 3);
        const QByteArray bytes = read(file);
        QVERIFY(bytes.startsWith("\xEF\xBB\xBF\"# Rollcall block list"));
        QVERIFY(bytes.contains("\r\n+447700900001,'@SUM(A1),armed,yes,spam,'=1+2,"));
        QVERIFY(bytes.contains(",\"'-told us, twice\","));
        QVERIFY(bytes.contains(",'=cmd()\r\n"));
        QVERIFY(!(QFile::permissions(file) & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));

        const Result<BlockList> list = readBlockList(file, {});
        QVERIFY(list);
        QVERIFY(list->own);
        QCOMPARE(list->numbers.size(), std::size_t(3));
        std::map<qint64, QString> reasons;
        for (const ListedNumber &one : list->numbers)
            reasons[one.number.e164] = one.reason;
        const std::map<qint64, QString> expected{{447700900001, QStringLiteral("spam")},
            {447700900002, QStringLiteral("-told us, twice")}, {447700900003, QStringLiteral("spam")}};
        QCOMPARE(reasons, expected);
        QVERIFY(list->notNumbers.isEmpty());
    }

    void jsonIsExactAndComesBack()
    {
        const QString file = path("list.json");
        QCOMPARE(*exported(file, BlockListFormat::Json), 3);
        const Result<Json> json = parseJson(read(file));
        QVERIFY(json);
        QCOMPARE((*json)[u"count"].toInteger(), 3);
        const Json &newest = (*json)[u"lines"].array().front();
        QCOMPARE(newest[u"number"].toString(), QStringLiteral("+447700900003"));
        QCOMPARE(newest[u"note"].toString(), QStringLiteral("a \"quoted\"\nnote"));
        QCOMPARE(newest[u"block"].toString(), QStringLiteral("armed"));
        const Result<BlockList> list = readBlockList(file, {});
        QVERIFY(list);
        QCOMPARE(list->numbers.size(), std::size_t(3));
        QCOMPARE(list->numbers[1].reason, QStringLiteral("-told us, twice"));
    }

    void whatASpreadsheetSavedAgain()
    {
        const QString file = write("semicolons.csv",
            "# Rollcall block list. Saved by a spreadsheet.;;;;;;;;;;;\r\n"
            "number;name;block;do_not_contact;reason;note;source;by;when;confirmed;last_seen;account\r\n"
            "+447700900001;Ann;blocked;yes;spam;;;;;;;Main\r\n"
            "+447700900001;Ann;blocked;yes;fraud;;;;;;;Main\r\n"
            "7700900002;Bob;blocked;yes;;;;;;;;Main\r\n"
            "unknown;Cid;blocked;yes;spam;;;;;;;Main\r\n");
        const Result<BlockList> list = readBlockList(file, QStringLiteral("GB"));
        QVERIFY(list);
        QCOMPARE(list->numbers.size(), std::size_t(2));
        QCOMPARE(list->numbers[0].reason, QStringLiteral("spam")); // the first line counts
        QCOMPARE(list->repeated, 1);
        QCOMPARE(list->numbers[1].number.e164, 447700900002);
        QVERIFY(list->numbers[1].reason.isEmpty());
        QCOMPARE(list->notNumbers, QStringList{QStringLiteral("unknown")});
    }

    void anyFileWithNumbers()
    {
        const QString chat = write("chat.txt",
            "21/11/2026, 10:02 - Ann: STOP, I am +44 7700 900001\nOrder 12345 for "
            "wa.me/447700900002, invoice 99,95\nCall 07700 900003!\n");
        const Result<BlockList> list = readBlockList(chat, {});
        QVERIFY(list);
        QVERIFY(!list->own);
        QCOMPARE(list->numbers.size(), std::size_t(2));
        QCOMPARE(list->numbers[0].number.e164, 447700900001);
        QCOMPARE(list->numbers[1].number.e164, 447700900002);
        QCOMPARE(list->needCountry.size(), 1);
        const Result<BlockList> british = readBlockList(chat, QStringLiteral("GB"));
        QCOMPARE(british->numbers.size(), std::size_t(3));
        // UTF-16, as some programs save a text
        const QString wide = write(
            "wide.csv", QByteArray::fromHex("fffe") + [] {
                const QString text = QStringLiteral("name,phone\nÄnne,+447700900005\n");
                return QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
            }());
        const Result<BlockList> other = readBlockList(wide, {});
        QVERIFY(other);
        QCOMPARE(other->numbers.size(), std::size_t(1));
    }

    void hostileFilesAreRefused()
    {
        QVERIFY(!readBlockList(path("not there.csv"), {}));
        QVERIFY(!readBlockList(m_folder.path(), {}));
        const Result<BlockList> broken = readBlockList(
            write("broken.json", "{\"rollcall_block_list\":1,\"lines\":[{\"number\":\"+447700900001\"}"), {});
        QVERIFY(!broken);
        QCOMPARE(broken.failure().kind, Failure::Kind::BadInput);
        // Twice the same key: no reader may choose one of them.
        QVERIFY(!readBlockList(write("twice.json",
                                   "{\"rollcall_block_list\":1,\"lines\":[{\"number\":\"+447700900001\",\"number\":"
                                   "\"+447700900002\"}],\"count\":1}"),
            {}));
        QVERIFY(!readBlockList(write("cut.csv", "# Rollcall block list\r\nnumber,name\r\n+447700900001,Ann\r\n"), {}));
        const Result<BlockList> reasons
            = readBlockList(write("long.json",
                                "{\"rollcall_block_list\":1,\"lines\":[{\"number\":\"+447700900001\",\"reason\":\""
                                    + QByteArray(5000, 'x') + "\"}],\"count\":1}"),
                {});
        QVERIFY(reasons);
        QCOMPARE(reasons->numbers[0].reason.size(), 100);
    }

    void theExportIsInTheJournalAndCannotHalfReplaceAFile()
    {
        const auto noted = [this] {
            JournalFilter filter;
            filter.act = QStringLiteral("block.export");
            const auto found
                = await<std::vector<qint64>>([&](auto then) { return m_store->journal().chosen(filter, then); });
            return found ? found->size() : 0;
        };
        QVERIFY(QTest::qWaitFor([&] { return noted() == 2; })); // nobody waited for the note
        const QString folder = m_folder.filePath(QStringLiteral("no such folder/list.csv"));
        const Result<qint64> failed = exported(folder, BlockListFormat::Csv);
        QVERIFY(!failed);
        QCOMPARE(failed.failure().kind, Failure::Kind::ReadOnly);
    }
};

QTEST_GUILESS_MAIN(BlockListFileTest)
#include "blocklistfile_test.moc"
