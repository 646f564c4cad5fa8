// SPDX-License-Identifier: GPL-3.0-or-later
// A draft survives the end of the program by kill -9, in the whole program: this program starts itself once more, lets
// that one write, and kills it.
#include "app/application.h"
#include "tests/app/composeplace.h"
#include "tests/app/openapp.h"

#include <QDir>
#include <QProcess>
#include <cstdio>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

/// The program that is killed: says where its profile lies once the draft is saved, and goes on typing.
int writeUntilKilled()
{
    OpenApp open;
    if (!open.start(true) || !toPage(open))
        return 1;
    page(open).addCards({cardNamed(QStringLiteral("Draft Example"), QStringLiteral("+447700900123"))});
    if (!addRecipient(open, QLatin1String(alice)))
        return 2;
    type(on<QLineEdit>(open, "name.last_name"), QStringLiteral("Kept"));
    if (!eventually([&] { return on<QLabel>(open, "draftState")->text() == QStringLiteral("Draft saved"); }))
        return 3;
    std::printf("SAVED %s\n", qPrintable(open.folder.path()));
    std::fflush(stdout);
    for (;;) {
        type(on<QLineEdit>(open, "name.middle_name"), QStringLiteral("x"));
        spin(20);
    }
}

} // namespace

class DraftCrashTest final : public QObject {
    Q_OBJECT
private slots:
    void killedWhileTyping_data();
    void killedWhileTyping();
};

void DraftCrashTest::killedWhileTyping_data()
{
    QTest::addColumn<int>("after"); // ms of further typing
    QTest::newRow("at once") << 0;
    QTest::newRow("while the next draft is due") << 300;
    QTest::newRow("later") << 900;
}

void DraftCrashTest::killedWhileTyping()
{
    QFETCH(int, after);
    QProcess writer;
    writer.setProcessChannelMode(QProcess::SeparateChannels);
    writer.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--write")});
    QByteArray said;
    QVERIFY(eventually(
        [&] {
            said += writer.readAllStandardOutput();
            return said.contains("SAVED ") && said.endsWith('\n');
        },
        60'000));
    const QString folder = QString::fromLocal8Bit(said.mid(said.indexOf("SAVED ") + 6)).trimmed();
    spin(after);
    writer.kill(); // SIGKILL: nothing is handed over any more
    QVERIFY(writer.waitForFinished());
    QCOMPARE(writer.exitStatus(), QProcess::CrashExit);

    OpenApp open;
    QVERIFY(QDir().rename(folder + QStringLiteral("/profile"), open.folder.filePath(QStringLiteral("profile"))));
    QDir(folder).removeRecursively();
    QVERIFY(open.start(true));
    QVERIFY(toPage(open));
    QVERIFY(eventually([&] { return page(open).cards().size() == 1; }));
    const Card card = page(open).cards().front();
    QCOMPARE(card.name.formatted, QStringLiteral("Draft Example"));
    QCOMPARE(card.name.last, QStringLiteral("Kept"));
    QCOMPARE(card.phones.front().phone, QStringLiteral("+447700900123"));
    QCOMPARE(page(open).recipients().numbers.size(), std::size_t(1));
    QCOMPARE(on<QLabel>(open, "draftState")->text(), QStringLiteral("Draft restored"));
    QVERIFY(open.told.isEmpty()); // no box in the way
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    if (app.arguments().value(1) == QLatin1String("--write"))
        return writeUntilKilled();
    DraftCrashTest test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}

#include "draftcrash_test.moc"
