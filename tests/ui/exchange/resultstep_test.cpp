// SPDX-License-Identifier: GPL-3.0-or-later
// What the last step of an import says: never more than was done.
#include "ui/exchange/resultstep.h"

#include "ui/exchange/countslist.h"
#include "ui/parts/fieldlist.h"

#include <QLabel>
#include <QTest>

using namespace rollcall;

class ResultStepTest final : public QObject {
    Q_OBJECT
private slots:
    void titleSaysWhatWasDone_data();
    void titleSaysWhatWasDone();
    void peopleOnlyChangedWereNotTakenOut();
    void furtherRowsAreNoLine();
    void whatCardsHoldBesidesIsInWords();
};

void ResultStepTest::titleSaysWhatWasDone_data()
{
    QTest::addColumn<bool>("fetch");
    QTest::addColumn<int>("added");
    QTest::addColumn<int>("rejected");
    QTest::addColumn<QString>("title");
    const auto row = [](const char *name, bool fetch, int added, int rejected, const char *title) {
        QTest::newRow(name) << fetch << added << rejected << QString::fromLatin1(title);
    };
    row("file", false, 2, 0, "Imported");
    row("file, some rejected", false, 2, 3, "Imported; rejected rows: 3");
    row("file, all rejected", false, 0, 3, "Nothing imported; rejected rows: 3");
    row("file without rows", false, 0, 0, "Nothing imported: there were no rows");
    row("fetch", true, 2, 0, "Contacts fetched");
    row("fetch, some not taken", true, 2, 5, "Contacts fetched; not taken: 5");
    row("fetch, none taken", true, 0, 5, "Nothing fetched; not taken: 5");
    row("fetch of nobody", true, 0, 0, "Nothing fetched: there were no contacts");
}

void ResultStepTest::titleSaysWhatWasDone()
{
    QFETCH(const bool, fetch);
    QFETCH(const int, added);
    QFETCH(const int, rejected);
    ResultStep step;
    if (fetch)
        step.speakOfFetch();
    ImportOutcome outcome;
    outcome.counts.added = added;
    outcome.counts.rejected = rejected;
    step.showOutcome(outcome, {});
    QTEST(step.findChild<QLabel *>(QStringLiteral("resultTitle"))->text(), "title");
}

void ResultStepTest::peopleOnlyChangedWereNotTakenOut()
{
    ResultStep step;
    step.showUndone({.act = QStringLiteral("import"), .restored = 7});
    const auto *said = step.findChild<QLabel *>(QStringLiteral("resultSaid"));
    QCOMPARE(said->text(), QStringLiteral("Undone: Import, 7 people."));
    step.showUndone({.act = QStringLiteral("import"), .restored = 7, .takenOut = 4});
    QCOMPARE(
        said->text(), QStringLiteral("Undone: Import, 4 people taken back out. 3 people were put back as they were."));
}

/// "Lines 4, 9 and 12 more." would be read as the line 12.
void ResultStepTest::furtherRowsAreNoLine()
{
    StagedRows rows;
    rows.rejected["no number"] = 14;
    rows.rejectedLines["no number"] = {4, 9};
    FieldList list(nullptr);
    showReasons(list, rows);
    QVERIFY2(list.text().contains(QStringLiteral("Lines 4, 9, and 12 further rows.")), qPrintable(list.text()));
}

void ResultStepTest::whatCardsHoldBesidesIsInWords()
{
    StagedRows rows;
    rows.leftOut = QStringList{QStringLiteral("ADR"), QStringLiteral("NOTE"), QStringLiteral("XML")};
    QCOMPARE(notesOf(rows),
        QStringList{QStringLiteral("Not taken from the cards, and only in your file: addresses, notes, XML.")});
}

QTEST_MAIN(ResultStepTest)
#include "resultstep_test.moc"
