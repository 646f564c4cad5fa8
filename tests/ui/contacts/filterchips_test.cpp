// SPDX-License-Identifier: GPL-3.0-or-later
// The chips over the Contacts table as a person uses them: pressed, and chosen from by keyboard.
#include "models/domain/filter.h"
#include "models/store/people.h"
#include "models/tables/contactsmodel.h"
#include "tests/support/answer.h"
#include "tests/support/checkplace.h"
#include "tests/support/storedverdict.h"
#include "ui/contacts/contactspage.h"
#include "ui/parts/theme.h"

#include <QApplication>
#include <QMenu>
#include <QTest>
#include <QTimer>
#include <QToolButton>

using namespace rollcall;
using namespace rollcall::tests;

class FilterChipsTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void init();
    void cleanup();
    void staleOnly();
    void byTag();

private:
    void add(const QString &name, const QString &number, const QStringList &tags = {});
    [[nodiscard]] QToolButton *chip(const char *name) const
    {
        return m_page->findChild<QToolButton *>(QLatin1String(name));
    }
    /// Presses the chip, goes to the entry in its menu and presses Enter. False when there is no such entry.
    bool choose(const char *name, const QString &entry);
    /// Who is shown, by name.
    QStringList shown();
    std::unique_ptr<CheckPlace> m_place;
    std::unique_ptr<ContactsPage> m_page;
};

void FilterChipsTest::init()
{
    m_place = std::make_unique<CheckPlace>();
    add(QStringLiteral("Anna"), QStringLiteral("+447700900001"), {QStringLiteral("vip"), QStringLiteral("north")});
    add(QStringLiteral("Berta"), QStringLiteral("+447700900002"), {QStringLiteral("north & south")});
    add(QStringLiteral("Carla"), QStringLiteral("+447700900003"));
    storeVerdict(*m_place->store, m_place->accountId, 447700900001, VerdictWord::Valid);
    storeVerdict(*m_place->store, m_place->accountId, 447700900002, VerdictWord::Failed); // never fresh (product.md)
    m_page = std::make_unique<ContactsPage>(
        ContactsNeeds{*m_place->store, m_place->clock, *m_place->settings, *m_place->desk, *m_place->runner,
            [this](AccountId id) { return m_place->account(id); }, realAsks()},
        ContactsActions{});
    m_page->resize(1200, 700);
    m_page->show();
    m_page->setAccount(m_place->accountId);
    QCOMPARE(shown(), (QStringList{QStringLiteral("Anna"), QStringLiteral("Berta"), QStringLiteral("Carla")}));
}

void FilterChipsTest::cleanup()
{
    m_page.reset();
    m_place.reset();
}

void FilterChipsTest::add(const QString &name, const QString &number, const QStringList &tags)
{
    PersonFields fields;
    fields.name = name;
    fields.number = parsePhoneNumber(number, QString());
    fields.tags = tags;
    QVERIFY(answerOf<PersonId>([&](auto then) { return m_place->store->people().add(fields, then); }));
}

bool FilterChipsTest::choose(const char *name, const QString &entry)
{
    bool found = false;
    // The menu has an event loop of its own until something of it is chosen.
    QTimer::singleShot(0, m_page.get(), [&] {
        auto *menu = chip(name)->menu();
        QAction *wanted = nullptr;
        (void)eventually([&] {
            wanted = nullptr; // the menu is filled anew when the store has answered
            for (QAction *action : menu->actions())
                wanted = action->text().section(QStringLiteral(" ("), 0, 0) == entry ? action : wanted;
            return menu->isVisible() && wanted;
        });
        found = menu->isVisible() && wanted;
        if (!found)
            return void(menu->close());
        menu->setActiveAction(wanted);
        QTest::keyClick(menu, Qt::Key_Return);
    });
    QTest::mouseClick(chip(name), Qt::LeftButton);
    return found;
}

QStringList FilterChipsTest::shown()
{
    QStringList names;
    if (!eventually([this] { return m_page->model().isSettled(); }))
        return names;
    for (int row = 0; row < m_page->model().rowCount(); ++row) {
        const QModelIndex index = m_page->model().index(row, int(PersonColumn::Name));
        (void)eventually([&] {
            index.data();
            return index.data(ContactsModel::LoadedRole).toBool();
        });
        names += index.data().toString();
    }
    names.sort();
    return names;
}

void FilterChipsTest::staleOnly()
{
    QVERIFY(!chip("filterVerdict")->isChecked());
    QVERIFY(choose("filterVerdict", QStringLiteral("Stale only")));
    QCOMPARE(shown(), QStringList{QStringLiteral("Berta")}); // Carla has no verdict at all
    QVERIFY(chip("filterVerdict")->isChecked());
    QVERIFY2(chip("filterVerdict")->accessibleName().contains(QStringLiteral("stale"), Qt::CaseInsensitive),
        qPrintable(chip("filterVerdict")->accessibleName()));
    QVERIFY(choose("filterVerdict", QStringLiteral("Stale only"))); // once more: off
    QCOMPARE(shown().size(), 3);
    QVERIFY(!chip("filterVerdict")->isChecked());
}

void FilterChipsTest::byTag()
{
    QVERIFY(choose("filterTag", QStringLiteral("vip")));
    QCOMPARE(shown(), QStringList{QStringLiteral("Anna")});
    QVERIFY(chip("filterTag")->isChecked());
    QCOMPARE(chip("filterTag")->accessibleName(), QStringLiteral("Tag: vip"));
    // Any of them; an "&" of a tag is no shortcut.
    QVERIFY(choose("filterTag", QStringLiteral("north && south")));
    QCOMPARE(shown(), (QStringList{QStringLiteral("Anna"), QStringLiteral("Berta")}));
    QVERIFY(choose("filterTag", QStringLiteral("vip")));
    QCOMPARE(shown(), QStringList{QStringLiteral("Berta")});
    QTest::mouseClick(chip("clearFilters"), Qt::LeftButton);
    QCOMPARE(shown().size(), 3);
    QVERIFY(!chip("filterTag")->isChecked());
}

QTEST_MAIN(FilterChipsTest)
#include "filterchips_test.moc"
