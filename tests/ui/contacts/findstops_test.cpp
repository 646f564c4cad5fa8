// SPDX-License-Identifier: GPL-3.0-or-later
// "Find STOP in a text" over a real store: what is ticked becomes an opt-out with the quote, word for word, as proof.
#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/answer.h"
#include "tests/support/temporarystore.h"
#include "ui/contacts/internal/findstopsdialog.h"
#include "ui/parts/pasteedit.h"
#include "ui/parts/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

template <class T> T *part(const QWidget &window, const char *name)
{
    T *found = window.findChild<T *>(QLatin1String(name));
    if (!found)
        qFatal("no %s", name);
    return found;
}

} // namespace

class FindStopsTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    void tickedMessagesBecomeOptOuts()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+4915112345678"), 4915112345678);
        const PersonId bob = store.add(QStringLiteral("Bob"), QStringLiteral("+4915112345679"), 4915112345679);
        FindStopsDialog dialog(*store, QStringLiteral("DE"));
        dialog.open();
        auto *table = part<QTableWidget>(dialog, "findStops.table");
        auto *record = part<QPushButton>(dialog, "findStops.record");
        QVERIFY(!record->isEnabled());
        const QString quote = QStringLiteral("Désabonner \u202esvp");
        part<QPlainTextEdit>(dialog, "findStops.text")
            ->setPlainText(QStringLiteral("+49 151 12345678: ") + quote
                + QStringLiteral("\n0151 12345679: I will stop by at noon\nSomebody: STOP\n+49 151 12345677: See you"));
        QTest::mouseClick(part<QPushButton>(dialog, "findStops.find"), Qt::LeftButton);
        QVERIFY(eventually([&] { return table->rowCount() == 3; }));
        // Whole messages of known senders are ticked; a phrase in a sentence is only asked about.
        QCOMPARE(table->item(0, 0)->checkState(), Qt::Checked);
        QVERIFY(table->item(0, 0)->text().contains(QStringLiteral("‹U+202E›")));
        QVERIFY(!table->item(0, 0)->text().contains(QChar(0x202e)));
        QVERIFY(!table->item(1, 0)->data(Qt::CheckStateRole).isValid()); // Somebody has no number: no box
        QCOMPARE(table->item(2, 0)->checkState(), Qt::Unchecked);
        QVERIFY(!store->stops().contains(AliasKey(4915112345678))); // nothing is done by itself
        QSignalSpy told(&dialog, &FindStopsDialog::told);
        QTest::mouseClick(record, Qt::LeftButton);
        QVERIFY(eventually([&] { return told.size() == 1; }));
        QVERIFY(store->stops().contains(AliasKey(4915112345678)));
        QVERIFY(!store->stops().contains(AliasKey(4915112345679)));
        QVERIFY(store.row(ann).doNotContact);
        QVERIFY(!store.row(bob).doNotContact);
        const auto details = *await<PersonDetails>([&](auto then) { return store->people().details(ann, {}, then); });
        QCOMPARE(details.consents.size(), 1U);
        QCOMPARE(details.consents[0].what, ConsentState::OptOut);
        QCOMPARE(details.consents[0].wording, quote); // word for word, the turning mark included
        QCOMPARE(details.consents[0].by, QStringLiteral("Tess"));
    }

    /// A line of a megabyte, NULs, marks: the window neither hangs nor shows them raw.
    void hostileText()
    {
        TemporaryStore store;
        FindStopsDialog dialog(*store, QStringLiteral("DE"));
        dialog.open();
        QString text = QStringLiteral("stop ") + QString(1'000'000, u'x')
            + QStringLiteral("\n+4915112345678: STOP\u2067") + QChar(u'\0') + QStringLiteral("\n");
        QElapsedTimer timer;
        timer.start();
        QApplication::clipboard()->setText(text);
        part<QPlainTextEdit>(dialog, "findStops.text")->paste();
        QTest::mouseClick(part<QPushButton>(dialog, "findStops.find"), Qt::LeftButton);
        auto *table = part<QTableWidget>(dialog, "findStops.table");
        QVERIFY(eventually([&] { return table->rowCount() == 2; }));
        dialog.grab();
        QVERIFY2(timer.elapsed() < 3'000, qPrintable(QString::number(timer.elapsed())));
        const QString shown = table->item(0, 0)->text();
        QVERIFY(!shown.contains(QChar(0x2067)) && !shown.contains(QChar(u'\0')));
        QVERIFY(table->item(1, 0)->text().size() < 2'100); // not a million characters in a cell
    }

    void endlessLinesAreBroken()
    {
        const QString usual = QStringLiteral("+49 151 12345678: STOP\nhello\n");
        QCOMPARE(withoutEndlessLines(usual), usual);
        const QString words = QStringLiteral("+4915112345678, ").repeated(1'000);
        QString broken = withoutEndlessLines(words);
        for (const QString &line : broken.split(u'\n'))
            QVERIFY(line.size() <= 2'000 && (line.isEmpty() || line.startsWith(u'+') || line.startsWith(u' ')));
        QCOMPARE(broken.remove(u'\n'), words);
        const QString wild = QStringLiteral("x\U0001F600").repeated(100'000); // nowhere to break, and no half signs
        broken = withoutEndlessLines(wild);
        for (const QString &line : broken.split(u'\n'))
            QVERIFY(line.size() <= 2'001 && !line.front().isLowSurrogate());
        QCOMPARE(broken.remove(u'\n'), wild);
    }
};

QTEST_MAIN(FindStopsTest)
#include "findstops_test.moc"
