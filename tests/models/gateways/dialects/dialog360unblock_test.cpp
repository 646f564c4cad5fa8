// SPDX-License-Identifier: GPL-3.0-or-later
// Unblocking at 360dialog and Meta's Cloud API: two generations of answers (gateways.md 5.2), as golden files.
#include "models/gateways/dialects/dialect.h"
#include "tests/models/gateways/dialects/blockwords.h"
#include "tests/models/gateways/dialects/goldenread.h"

#include <QTest>

using namespace rollcall;

class Dialog360UnblockTest final : public QObject {
    Q_OBJECT

private slots:
    void readsUnblocks_data();
    void readsUnblocks();
    void everyGoldenFileIsRead();
};

void Dialog360UnblockTest::readsUnblocks_data()
{
    QTest::addColumn<QString>("unblocked");
    QTest::addColumn<QString>("blocked"); // the same answer to a block: "removed" blocks nobody
    const auto row = [](const char *file, const char *unblocked, const char *blocked) {
        QTest::newRow(file) << QString::fromLatin1(unblocked) << QString::fromLatin1(blocked);
    };
    const char *const done = "done 16505551234; unknown";
    row("unblock-removed-2026", done, "unknown; unknown");
    row("unblock-added-to-2025", done, done);
    row("unblock-both-lists", "done 16505551234; done 14155559876", "unknown; done 14155559876");
    row("unblock-same-in-both", done, done);
    const char *const failed = "unknown; refused 131047 14155559876";
    row("unblock-mixed-400", "done 16505551234; refused 131047 14155559876", failed);
    row("unblock-mixed-200", "done 16505551234; refused 131047 14155559876", failed);
    row("unblock-removed-empty", failed, failed);
}

void Dialog360UnblockTest::readsUnblocks()
{
    const std::vector<QString> both{QStringLiteral("+16505551234"), QStringLiteral("+14155559876")};
    const HttpReply reply = goldenReply(QStringLiteral("dialog360"), QString::fromLatin1(QTest::currentDataTag()));
    for (const GatewayKind kind : {GatewayKind::Dialog360, GatewayKind::CloudApi}) {
        const Dialect &dialect = dialectOf(kind);
        QTEST(inWords(dialect.readBlock(reply, both, true), both), "unblocked");
        QTEST(inWords(dialect.readBlock(reply, both, false), both), "blocked");
    }
}

void Dialog360UnblockTest::everyGoldenFileIsRead()
{
    const QString tests = QStringLiteral("dialog360*_test.cpp");
    QCOMPARE(golden::unread(QStringLiteral("dialog360"), tests), QStringList());
    QCOMPARE(golden::unread(QStringLiteral("cloudapi"), tests), QStringList());
}

QTEST_GUILESS_MAIN(Dialog360UnblockTest)
#include "dialog360unblock_test.moc"
