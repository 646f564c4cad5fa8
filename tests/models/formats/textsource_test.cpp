// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/textsource.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace rollcall;

class TextSourceTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(m_folder.isValid()); }
    void converts_data();
    void converts();
    void brokenBytesBecomeReplacementMarks_data();
    void brokenBytesBecomeReplacementMarks();
    void hashesWhatItRead();
    void refusesWhatIsNoFile_data();
    void refusesWhatIsNoFile();
    void aFileThatChangesMeanwhileIsRefused_data();
    void aFileThatChangesMeanwhileIsRefused();
    void unknownEncoding();

private:
    QString make(const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(QStringLiteral("file.csv"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }
    static Result<QByteArray> readAll(TextSource &source, qint64 step)
    {
        QByteArray all;
        QByteArray piece(step, '\0');
        while (true) {
            const auto got = source.read(piece.data(), step);
            if (!got)
                return got.failure();
            if (*got == 0)
                return all;
            all.append(piece.constData(), *got);
        }
    }
    QTemporaryDir m_folder;
};

void TextSourceTest::converts_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("utf8");
    const QByteArray zoe = "Zo\xC3\xAB \xF0\x9F\x98\x80";
    QTest::newRow("UTF-8") << zoe << QByteArray("UTF-8") << zoe;
    QTest::newRow("UTF-8 BOM") << QByteArray("\xEF\xBB\xBF" + zoe) << QByteArray("UTF-8") << zoe;
    QTest::newRow("UTF-16LE") << QByteArray("Z\0o\0\xEB\0 \0\x3D\xD8\x00\xDE", 12) << QByteArray("UTF-16LE") << zoe;
    QTest::newRow("UTF-16LE BOM") << QByteArray("\xFF\xFEZ\0o\0\xEB\0 \0\x3D\xD8\x00\xDE", 14) << QByteArray("UTF-16LE")
                                  << zoe;
    QTest::newRow("UTF-16BE BOM") << QByteArray("\xFE\xFF\0Z\0o\0\xEB\0 \xD8\x3D\xDE\x00", 14) << QByteArray("UTF-16BE")
                                  << zoe;
    QTest::newRow("Windows-1252") << QByteArray("Zo\xEB \x80") << QByteArray("windows-1252")
                                  << QByteArray("Zo\xC3\xAB \xE2\x82\xAC");
    QTest::newRow("Latin-1") << QByteArray("Zo\xEB") << QByteArray("ISO-8859-1") << QByteArray("Zo\xC3\xAB");
    QTest::newRow("Shift_JIS") << QByteArray("\x93\x63\x92\x86") << QByteArray("Shift_JIS")
                               << QByteArray("\xE7\x94\xB0\xE4\xB8\xAD");
    QTest::newRow("empty") << QByteArray() << QByteArray("UTF-8") << QByteArray();
    QTest::newRow("empty, converted") << QByteArray() << QByteArray("UTF-16LE") << QByteArray();
}

void TextSourceTest::converts()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, utf8);
    for (const qint64 step : {5, 4096}) {
        auto source = TextSource::open(make(bytes), encoding);
        QVERIFY(source.ok());
        const auto all = readAll(**source, step);
        QVERIFY(all.ok());
        QCOMPARE(*all, utf8);
        QCOMPARE((*source)->bytesRead(), qint64(bytes.size()));
    }
}

void TextSourceTest::brokenBytesBecomeReplacementMarks_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("encoding");
    QTest::newRow("lone surrogate") << QByteArray("a\0\x3D\xD8"
                                                  "b\0",
        6) << QByteArray("UTF-16LE");
    QTest::newRow("half a unit") << QByteArray("a\0b", 3) << QByteArray("UTF-16LE");
    QTest::newRow("Shift_JIS, one byte") << QByteArray("a\xFF"
                                                       "b")
                                         << QByteArray("Shift_JIS");
}

void TextSourceTest::brokenBytesBecomeReplacementMarks()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, encoding);
    auto source = TextSource::open(make(bytes), encoding);
    QVERIFY(source.ok());
    const auto all = readAll(**source, 100);
    QVERIFY(all.ok());
    QVERIFY2(all->contains("\xEF\xBF\xBD"), all->toHex(' ').constData());
    QVERIFY(all->startsWith('a'));
}

void TextSourceTest::hashesWhatItRead()
{
    // FIPS 180-2, appendix B.1: SHA-256("abc").
    auto source = TextSource::open(make("abc"), "UTF-8");
    QVERIFY(source.ok());
    QVERIFY(readAll(**source, 2).ok());
    QCOMPARE(
        (*source)->sha256().toHex(), QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

void TextSourceTest::refusesWhatIsNoFile_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("kind");
    const QString fifo = m_folder.filePath(QStringLiteral("fifo"));
    QCOMPARE(mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
    QTest::newRow("FIFO") << fifo << int(Failure::Kind::BadInput);
    QTest::newRow("folder") << m_folder.path() << int(Failure::Kind::BadInput);
    QTest::newRow("device") << QStringLiteral("/dev/zero") << int(Failure::Kind::BadInput);
    QTest::newRow("nothing") << m_folder.filePath(QStringLiteral("nothing")) << int(Failure::Kind::NotFound);
}

void TextSourceTest::refusesWhatIsNoFile()
{
    QFETCH(QString, path);
    QFETCH(int, kind);
    const auto source = TextSource::open(path, "UTF-8");
    QVERIFY(!source.ok());
    QCOMPARE(int(source.failure().kind), kind);
    QCOMPARE(source.failure().subject, path);
}

void TextSourceTest::aFileThatChangesMeanwhileIsRefused_data()
{
    QTest::addColumn<qint64>("newSize");
    QTest::addColumn<QByteArray>("encoding");
    QTest::newRow("grows") << qint64(200'000) << QByteArray("UTF-8");
    QTest::newRow("shrinks") << qint64(50'000) << QByteArray("UTF-8");
    QTest::newRow("grows, converted") << qint64(1'000'000) << QByteArray("UTF-16LE");
}

void TextSourceTest::aFileThatChangesMeanwhileIsRefused()
{
    QFETCH(qint64, newSize);
    QFETCH(QByteArray, encoding);
    const QString path = make(QByteArray(encoding == "UTF-8" ? 100'000 : 900'000, 'x'));
    auto source = TextSource::open(path, encoding);
    QVERIFY(source.ok());
    char some[1000];
    QVERIFY((*source)->read(some, sizeof some).ok());
    QVERIFY(QFile::resize(path, newSize));
    const auto rest = readAll(**source, 4096);
    QVERIFY(!rest.ok());
    QCOMPARE(int(rest.failure().kind), int(Failure::Kind::BadInput));
    QCOMPARE(rest.failure().detail, QStringLiteral("changed-while-read"));
}

void TextSourceTest::unknownEncoding()
{
    const auto source = TextSource::open(make("a"), "no-such-encoding");
    QVERIFY(!source.ok());
    QCOMPARE(int(source.failure().kind), int(Failure::Kind::BadInput));
}

QTEST_GUILESS_MAIN(TextSourceTest)
#include "textsource_test.moc"
