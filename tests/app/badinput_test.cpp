// SPDX-License-Identifier: GPL-3.0-or-later
// Bad files and a full disk, end to end: the import dialog in the real window says one clear sentence, nothing in the
// store is lost or changed, and the window goes on.
#include "app/application.h"
#include "models/domain/phonenumber.h"
#include "models/secrets/secrets.h"
#include "models/settings/settings.h"
#include "models/store/people.h"
#include "models/store/store.h"
#include "tests/app/openapp.h"
#include "tests/support/answer.h"
#include "ui/exchange/importdialog.h"
#include "ui/shell/mainwindow.h"

#include <QDirIterator>
#include <QFile>
#include <QPushButton>
#include <QRadioButton>
#include <csignal>
#include <sys/resource.h>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

/// While it lives no file of this process grows beyond `bytes`: what a full disk looks like to a program.
class SmallDisk final {
public:
    explicit SmallDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit small{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

private:
    rlimit m_before{};
};

QByteArray goodList(int people)
{
    QByteArray csv("name,phone,note\r\n");
    for (int i = 0; i < people; ++i)
        csv += "Person " + QByteArray::number(i) + ",+4420795" + QByteArray::number(60000 + i) + ','
            + QByteArray(400, 'n') + "\r\n";
    return csv;
}

QLabel *problemOf(QWidget &dialog)
{
    return named<QLabel>(dialog, "problem");
}

/// The sentence the dialog shows once it shows one.
QString problem(QWidget &dialog, int timeoutMs = 60'000)
{
    QLabel *label = problemOf(dialog);
    (void)eventually([&] { return label->isVisible() && !label->text().isEmpty(); }, timeoutMs);
    return label->isVisible() ? label->text() : QString();
}

void press(QWidget &dialog, const char *button)
{
    named<QPushButton>(dialog, button)->click();
}

/// Presses Next when it can be pressed, and waits until the trail says another step.
bool nextStep(QWidget &dialog)
{
    auto *next = named<QPushButton>(dialog, "next");
    auto *trail = named<QLabel>(dialog, "trail");
    if (!eventually([&] { return next->isEnabled(); }))
        return false;
    const QString before = trail->text();
    next->click();
    return eventually([&] { return trail->text() != before; });
}

} // namespace

class BadInputTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void file_data();
    void file();
    void wrongColumns();
    void diskFullWhileReading();
    void diskFullWhileSaving();
    void cleanupTestCase();

private:
    QWidget *import(const QString &path);
    QString write(const QString &name, const QByteArray &bytes);
    bool importGood(QWidget &dialog);
    [[nodiscard]] QStringList stagingFiles() const;

    OpenApp m_open;
};

void BadInputTest::initTestCase()
{
    QVERIFY(m_open.start());
    QVERIFY(m_open.addPerson(QStringLiteral("Ada"), QStringLiteral("+442079460001")));
}

void BadInputTest::cleanupTestCase()
{
    m_open.app.reset();
}

QString BadInputTest::write(const QString &name, const QByteArray &bytes)
{
    const QString path = m_open.folder.filePath(name);
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
}

QWidget *BadInputTest::import(const QString &path)
{
    m_open.window().importFiles({path});
    return dialogNamed(QStringLiteral("importDialog"));
}

QStringList BadInputTest::stagingFiles() const
{
    QStringList found;
    QDirIterator files(m_open.folder.filePath(QStringLiteral("profile")), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        if (file.contains(QLatin1String("stag"), Qt::CaseInsensitive))
            found << file;
    }
    return found;
}

void BadInputTest::file_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("repeat"); // how many times the bytes follow each other
    QTest::addColumn<QString>("sentence");
    QTest::newRow("empty") << QByteArray() << qint64(1) << QStringLiteral("is empty");
    QTest::newRow("only blank lines") << QByteArray("\r\n\r\n  \r\n") << qint64(1)
                                      << QStringLiteral("Nothing was imported");
    QTest::newRow("binary") << QByteArrayLiteral("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\xff\xfe\xfa\0\1\2\3")
                            << qint64(40) << QStringLiteral("is not a text file");
    QTest::newRow("workbook") << QByteArrayLiteral("PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0\x62unch") << qint64(1)
                              << QStringLiteral("is a spreadsheet workbook");
    QTest::newRow("a line of 200 MB") << QByteArray(1 << 20, '7') << qint64(200)
                                      << QStringLiteral("is longer than 4 MB");
}

void BadInputTest::file()
{
    QFETCH(QByteArray, bytes);
    QFETCH(qint64, repeat);
    QFETCH(QString, sentence);
    const QString path = m_open.folder.filePath(QStringLiteral("list.csv"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (qint64 i = 0; i < repeat; ++i)
        QCOMPARE(file.write(bytes), qint64(bytes.size()));
    file.close();
    const qint64 before = m_open.people();

    QWidget *dialog = import(path);
    QVERIFY(dialog);
    const QString said = problem(*dialog);
    QVERIFY2(said.contains(sentence), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("list.csv")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("Nothing was imported")), qPrintable(said));
    QCOMPARE(m_open.people(), before);
    QCOMPARE(stagingFiles(), QStringList());
    press(*dialog, "cancel");
    QVERIFY(eventually([] { return !dialogNamed(QStringLiteral("importDialog"), 0); }));
    QVERIFY(m_open.windowLives());
    QVERIFY(file.remove());
}

void BadInputTest::wrongColumns()
{
    const qint64 before = m_open.people();
    QWidget *dialog = import(write(QStringLiteral("menu.csv"), "dish,price\r\nSoup,4.50\r\nBread,2.00\r\n"));
    QVERIFY(dialog);
    const QString said = problem(*dialog);
    QVERIFY2(said.contains(QStringLiteral("No column holds the phone numbers yet")), qPrintable(said));
    QVERIFY(!named<QPushButton>(*dialog, "next")->isEnabled());
    QCOMPARE(m_open.people(), before);
    press(*dialog, "cancel");
    QVERIFY(m_open.windowLives());
}

/// From the columns to the dry run, with "none known".
bool BadInputTest::importGood(QWidget &dialog)
{
    const auto onStep = [&](const char *word) {
        return eventually([&] { return named<QLabel>(dialog, "trail")->text().contains(QLatin1String(word)); });
    };
    if (!onStep("Columns") || !nextStep(dialog) || !onStep("Numbers") || !nextStep(dialog) || !onStep("Consent"))
        return false;
    named<QRadioButton>(dialog, "consentNone")->setChecked(true);
    return eventually([&] { return named<QPushButton>(dialog, "next")->isEnabled(); });
}

void BadInputTest::diskFullWhileReading()
{
    const qint64 before = m_open.people();
    QWidget *dialog = import(write(QStringLiteral("long.csv"), goodList(4000)));
    QVERIFY(dialog);
    QVERIFY(importGood(*dialog));
    {
        const SmallDisk small(256 * 1024);
        press(*dialog, "next");
        const QString said = problem(*dialog);
        QVERIFY2(said.contains(QStringLiteral("The disk is full")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("Nothing was imported")), qPrintable(said));
    }
    QCOMPARE(m_open.people(), before);
    QCOMPARE(stagingFiles(), QStringList());
    press(*dialog, "cancel");
    QVERIFY(m_open.windowLives());
}

void BadInputTest::diskFullWhileSaving()
{
    const qint64 before = m_open.people();
    QWidget *dialog = import(write(QStringLiteral("long.csv"), goodList(4000)));
    QVERIFY(dialog);
    QVERIFY(importGood(*dialog));
    press(*dialog, "next");
    auto *trail = named<QLabel>(*dialog, "trail");
    auto *next = named<QPushButton>(*dialog, "next");
    QVERIFY(eventually([&] { return trail->text().contains(QStringLiteral("Dry run")) && next->isEnabled(); }));
    {
        const SmallDisk small(512 * 1024);
        next->click();
        const QString said = problem(*dialog);
        QVERIFY2(said.contains(QStringLiteral("The disk is full")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("Nothing was imported")), qPrintable(said));
    }
    QCOMPARE(m_open.people(), before);
    // There is room again: the same import, without reading the file once more.
    QVERIFY(eventually([&] { return next->isEnabled(); }));
    next->click();
    QVERIFY(eventually([&] { return next->text().contains(QStringLiteral("Close")); }, 30'000));
    QCOMPARE(m_open.people(), before + 4000);
    next->click();
    QVERIFY(m_open.windowLives());
}

QTEST_MAIN(BadInputTest)
#include "badinput_test.moc"
