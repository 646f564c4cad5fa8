// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/dossier.h"

#include <QFile>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace rollcall;

namespace {

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

DossierPage page(const QString &name)
{
    DossierPage page;
    page.title = QStringLiteral("Dossier of ") + name;
    page.sections.push_back(
        {.title = QStringLiteral("Person"), .none = {}, .columns = {}, .rows = {{QStringLiteral("Name"), name}}});
    page.sections.push_back({.title = QStringLiteral("Verdicts"),
        .none = QStringLiteral("Never checked."),
        .columns = {QStringLiteral("When")},
        .rows = {}});
    return page;
}

} // namespace

class DossierTest : public QObject {
    Q_OBJECT

private slots:
    void textIsEscaped()
    {
        const QByteArray html = dossierHtml(page(QStringLiteral("<img src='/etc/passwd'><b>&amp; \"x\"")));
        QVERIFY(!html.contains("<img"));
        QVERIFY(!html.contains("<b>"));
        QVERIFY(html.contains("&lt;img src='/etc/passwd'&gt;&lt;b&gt;&amp;amp; &quot;x&quot;"));
        QVERIFY(html.contains("Never checked."));
        QVERIFY(html.startsWith("<!DOCTYPE html>"));
    }

    void bidiControlsAreMarks()
    {
        const QByteArray html = dossierHtml(page(QStringLiteral("a\u202Eb")));
        QVERIFY(!html.contains(QString(QChar(0x202e)).toUtf8()));
        QVERIFY(html.contains("a[U+202E]b"));
    }

    void filesAreWrittenWholeAndPrivate()
    {
        QTemporaryDir folder;
        const QString html = folder.filePath(QStringLiteral("d.html"));
        QVERIFY(writeDossier(page(QStringLiteral("Ünal")), html));
        QVERIFY(bytesOf(html).contains("Ünal"));
        QCOMPARE(QFile::permissions(html) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const QString pdf = folder.filePath(QStringLiteral("d.pdf"));
        DossierPage big = page(QStringLiteral("Ann"));
        for (int i = 0; i < 500; ++i)
            big.sections[1].rows.push_back({QString::number(i)});
        QVERIFY(writeDossier(big, pdf));
        const QByteArray bytes = bytesOf(pdf);
        QVERIFY(bytes.startsWith("%PDF-1."));
        QVERIFY(bytes.trimmed().endsWith("%%EOF"));
        QVERIFY(bytes.count("/Type /Page\n") + bytes.count("/Type /Page ") >= 2
            || bytes.contains("/Count ")); // several pages
        QVERIFY(!writeDossier(page(QStringLiteral("Ann")), folder.filePath(QStringLiteral("no/such/d.html"))));
    }
};

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    DossierTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "dossier_test.moc"
