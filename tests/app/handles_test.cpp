// SPDX-License-Identifier: GPL-3.0-or-later
// The names by which a screen reader and a black-box check find the parts of the whole window (design.md section 4),
// and Export…, which belongs to the page that is shown.
#include "app/application.h"
#include "tests/app/blockworld.h"
#include "tests/support/answer.h"
#include "ui/shell/actions.h"

#include <QAction>
#include <QFile>
#include <QLineEdit>
#include <QStatusBar>
#include <QTableView>

using namespace rollcall;
using namespace rollcall::tests;

class HandlesTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_world.reset(); }
    void tablesAndSearchFieldsHaveTheirNames();
    void theStatusLineHasItsNames();
    void exportBelongsToThePageThatIsShown();

private:
    [[nodiscard]] MainWindow &window() const { return m_world->open.window(); }
    [[nodiscard]] QAction *action(const QString &name) const;
    std::unique_ptr<BlockWorld> m_world;
};

void HandlesTest::init()
{
    m_world = std::make_unique<BlockWorld>();
    QVERIFY(m_world->start());
}

QAction *HandlesTest::action(const QString &name) const
{
    const QList<QAction *> all = static_cast<QWidget &>(window()).actions();
    for (QAction *action : all)
        if (action->text().remove(QLatin1Char('&')) == name)
            return action;
    return nullptr;
}

void HandlesTest::tablesAndSearchFieldsHaveTheirNames()
{
    QStringList names;
    for (const QTableView *table : window().findChildren<QTableView *>())
        names << table->accessibleName();
    for (const char *name : {"Contacts", "Checks", "Blocked", "Journal", "Accounts"})
        QVERIFY2(names.count(QLatin1String(name)) == 1, name);
    int fields = 0; // of Contacts, Checks, Blocked and Journal
    for (const QLineEdit *field : window().findChildren<QLineEdit *>())
        fields += field->accessibleName() == QStringLiteral("Search") ? 1 : 0;
    QCOMPARE(fields, 4);
}

void HandlesTest::theStatusLineHasItsNames()
{
    QStringList names;
    for (const QWidget *part : window().statusBar()->findChildren<QWidget *>())
        names << part->accessibleName();
    for (const char *name : {"Row count", "Selection count", "Current account", "Budget left"})
        QVERIFY2(names.count(QLatin1String(name)) == 1, name);
}

void HandlesTest::exportBelongsToThePageThatIsShown()
{
    QAction *write = action(QStringLiteral("Export…"));
    QVERIFY(write);
    window().showPage(Act::ShowContacts);
    QVERIFY(!write->isEnabled());
    QVERIFY2(
        Actions::whyDisabled(*write).contains(QStringLiteral("Journal")), qPrintable(Actions::whyDisabled(*write)));

    const QString journal = m_world->open.folder.filePath(QStringLiteral("journal.csv"));
    m_world->open.saveTo = journal;
    window().showPage(Act::ShowJournal);
    QVERIFY(write->isEnabled());
    write->trigger();
    QVERIFY(eventually([&] { return QFile::exists(journal); }));

    m_world->addPeople(1);
    window().showPage(Act::ShowContacts);
    QVERIFY(m_world->choose("contacts", 1));
    QVERIFY(m_world->blockChosen());
    QVERIFY(m_world->lastRun(1));
    const QString list = m_world->open.folder.filePath(QStringLiteral("list.csv"));
    m_world->open.saveTo = list;
    window().showPage(Act::ShowBlocked);
    QVERIFY(eventually([&] { return m_world->table("blocked").model()->rowCount() == 1; }));
    write->trigger();
    QVERIFY(eventually([&] { return QFile::exists(list); }));
}

QTEST_MAIN(HandlesTest)
#include "handles_test.moc"
