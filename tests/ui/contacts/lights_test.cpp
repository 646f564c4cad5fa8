// SPDX-License-Identifier: GPL-3.0-or-later
// The three lights in the Contacts page: columns, filters with counts, details with provenance, and the commands that
// set them.
#include "models/store/blocks.h"
#include "models/store/consents.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "models/tables/contactsmodel.h"
#include "tests/support/answer.h"
#include "tests/support/checkplace.h"
#include "ui/contacts/contactspage.h"
#include "ui/contacts/peopleview.h"
#include "ui/parts/badge.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 hourMs = 3'600'000;

template <class T> T *in(const QWidget *window, const char *name)
{
    T *found = window->findChild<T *>(QLatin1String(name));
    if (!found)
        qFatal("no %s", name);
    return found;
}

} // namespace

class ContactsLightsTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void init();
    void cleanup();
    void columnsSayItInWords();
    void theColumnChooserKnowsThem();
    void headingsSayWhoseLightItIs();
    void aBlockThatChangesIsShown();
    void filtersWithTheirCounts();
    void detailsNameWhoWhenAndWhy();
    void marketingStopByHand();
    void optInAndOptOutInTwoKeys();
    void anOptInLiftsOnlyWhenSaid();
    void anOptOutOffersTheBlock();

private:
    PersonId add(const QString &name, const QString &number);
    void arm(PersonId person, const QString &number);
    QString cell(PersonId person, PersonColumn column);
    QDialog *dialog(const char *name);
    void choose(PersonId person);
    QStringList stopChoices();
    QString factsOf(const char *light);
    [[nodiscard]] qint64 now() const { return m_place->clock.now().wallMs; }
    Store &store() { return *m_place->store; }

    std::unique_ptr<CheckPlace> m_place;
    std::unique_ptr<QAction> m_optIn, m_optOut, m_marketing, m_wrote;
    std::unique_ptr<ContactsPage> m_page;
    PersonId m_ann, m_bob, m_eve;
    QStringList m_told;
};

void ContactsLightsTest::init()
{
    m_place = std::make_unique<CheckPlace>();
    for (auto *action : {&m_optIn, &m_optOut, &m_marketing, &m_wrote})
        *action = std::make_unique<QAction>(QStringLiteral("action"));
    ContactsActions actions;
    actions.optIn = m_optIn.get();
    actions.optOut = m_optOut.get();
    actions.marketing = m_marketing.get();
    actions.wroteNow = m_wrote.get();
    store().setOperator(QStringLiteral("Tess"));
    m_ann = add(QStringLiteral("Ann"), QStringLiteral("+447700900123"));
    m_bob = add(QStringLiteral("Bob"), QStringLiteral("+447700900124"));
    m_eve = add(QStringLiteral("Eve"), QStringLiteral("+447700900125"));
    m_page = std::make_unique<ContactsPage>(
        ContactsNeeds{store(), m_place->clock, *m_place->settings, *m_place->desk, *m_place->runner,
            [this](AccountId id) { return m_place->account(id); }, {}},
        actions);
    connect(m_page.get(), &ContactsPage::told, this, [this](const QString &sentence) { m_told << sentence; });
    m_page->resize(1500, 900);
    m_page->show();
    m_page->setAccount(m_place->accountId);
    QVERIFY(eventually([&] { return m_page->model().isSettled() && m_page->shownCount() == 3; }));
}

void ContactsLightsTest::cleanup()
{
    m_page.reset();
    m_place.reset();
    m_told.clear();
}

PersonId ContactsLightsTest::add(const QString &name, const QString &number)
{
    PersonFields fields;
    fields.name = name;
    fields.number = parsePhoneNumber(number, {});
    const auto id = answerOf<PersonId>([&](auto then) { return store().people().add(fields, then); });
    if (!id)
        qFatal("%s", qPrintable(id.failure().detail));
    return *id;
}

void ContactsLightsTest::arm(PersonId person, const QString &number)
{
    OperationOrder order;
    order.account = m_place->accountId;
    order.reason = QStringLiteral("spam");
    order.note = QStringLiteral("third time");
    OperationItem item;
    item.alias = parsePhoneNumber(number, {}).key();
    item.person = person;
    item.ask = number;
    QVERIFY(answerOf<qint64>([&](auto then) { return store().blocks().arm(order, {item}, then); }));
}

QString ContactsLightsTest::cell(PersonId person, PersonColumn column)
{
    const QModelIndex index = m_page->model().index(m_page->model().rowOf(person), int(column));
    eventually([&] {
        index.data();
        return index.data(ContactsModel::LoadedRole).toBool();
    });
    return index.data().toString();
}

QDialog *ContactsLightsTest::dialog(const char *name)
{
    QDialog *found = nullptr;
    eventually([&] {
        found = m_page->findChild<QDialog *>(QLatin1String(name));
        return found && found->isVisible();
    });
    if (!found)
        qFatal("no dialog %s", name);
    return found;
}

void ContactsLightsTest::choose(PersonId person)
{
    auto *table = static_cast<PeopleView *>(in<QTableView>(m_page.get(), "contacts"));
    table->makeCurrent(person);
    QCOMPARE(m_page->chosenCount(), 1);
}

/// The filter over people as it is read after the counts came.
QStringList ContactsLightsTest::stopChoices()
{
    QMenu *menu = in<QToolButton>(m_page.get(), "filterStops")->menu();
    emit menu->aboutToShow();
    eventually([menu] { return menu->actions().first()->text().contains(u'('); });
    QStringList words;
    for (const QAction *action : menu->actions())
        if (!action->isSeparator())
            words << action->text();
    return words;
}

QString ContactsLightsTest::factsOf(const char *light)
{
    return in<FieldList>(m_page.get(), light)->text();
}

void ContactsLightsTest::columnsSayItInWords()
{
    arm(m_ann, QStringLiteral("+447700900123"));
    QVERIFY(answerOf<qint64>([&](auto then) {
        return store().marketing().noteByHand(
            {m_bob}, {.account = m_place->accountId, .state = MarketingState::Stopped}, then);
    }));
    QVERIFY(answerOf<Nothing>([&](auto then) {
        return store().consents().record(
            {m_eve}, {.what = ConsentState::OptIn, .source = QStringLiteral("web form")}, then);
    }));
    QVERIFY(answerOf<std::vector<BlockId>>([&](auto then) {
        return store().blocks().wrote({m_eve}, now() - 2 * hourMs, QStringLiteral("operator"), then);
    }));
    QVERIFY(eventually([&] { return cell(m_eve, PersonColumn::LastInbound).contains(QStringLiteral("ago")); }));
    QCOMPARE(cell(m_ann, PersonColumn::Stops), QStringLiteral("Do not contact"));
    QCOMPARE(cell(m_ann, PersonColumn::Block), QStringLiteral("Armed"));
    QCOMPARE(cell(m_ann, PersonColumn::Marketing), QString());
    QCOMPARE(cell(m_bob, PersonColumn::Stops), QString()); // WhatsApp's light is not ours
    QCOMPARE(cell(m_bob, PersonColumn::Block), QString());
    QCOMPARE(cell(m_bob, PersonColumn::Marketing), QStringLiteral("Stopped"));
    QCOMPARE(cell(m_eve, PersonColumn::Consent), QStringLiteral("Opt-in"));
    // The node has the 24-hour rule: 22 hours are left.
    QCOMPARE(cell(m_eve, PersonColumn::LastInbound), QStringLiteral("Open for 22 h, 2 h ago"));

    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(in<QTableView>(m_page.get(), "contacts"));
    const auto spoken = [&](PersonId person, PersonColumn column) {
        return table->tableInterface()->cellAt(m_page->model().rowOf(person), int(column))->text(QAccessible::Name);
    };
    QCOMPARE(spoken(m_ann, PersonColumn::Block), QStringLiteral("Armed"));
    QCOMPARE(spoken(m_bob, PersonColumn::Marketing), QStringLiteral("Stopped"));
    const QString tip = m_page->model()
                            .index(m_page->model().rowOf(m_bob), int(PersonColumn::Marketing))
                            .data(Qt::ToolTipRole)
                            .toString();
    QVERIFY2(tip.contains(QStringLiteral("inside WhatsApp")), qPrintable(tip));
}

void ContactsLightsTest::theColumnChooserKnowsThem()
{
    QMenu *columns = in<QToolButton>(m_page.get(), "columnChooser")->menu();
    emit columns->aboutToShow();
    QStringList names;
    for (const QAction *action : columns->actions())
        names << action->text();
    for (const char *name : {"Do not contact", "Block", "Marketing stop", "Consent", "Wrote to us last"})
        QVERIFY2(names.contains(QLatin1String(name)), name);
    const QHeaderView *header = in<QTableView>(m_page.get(), "contacts")->horizontalHeader();
    QVERIFY(!header->isSectionHidden(int(PersonColumn::Block)));
    QVERIFY(!header->isSectionHidden(int(PersonColumn::Marketing)));
    QCOMPARE(header->visualIndex(int(PersonColumn::Block)), header->visualIndex(int(PersonColumn::Stops)) + 1);
    QCOMPARE(header->visualIndex(int(PersonColumn::Marketing)), header->visualIndex(int(PersonColumn::Stops)) + 2);
}

void ContactsLightsTest::headingsSayWhoseLightItIs()
{
    const auto about = [&](PersonColumn column) {
        return m_page->model().headerData(int(column), Qt::Horizontal, Qt::ToolTipRole).toString();
    };
    QVERIFY(about(PersonColumn::Stops).contains(QStringLiteral("Ours")));
    QVERIFY(about(PersonColumn::Block).contains(QStringLiteral("gateway")));
    QVERIFY(about(PersonColumn::Marketing).contains(QStringLiteral("WhatsApp&#39;s own"))
        || about(PersonColumn::Marketing).contains(QStringLiteral("WhatsApp's own")));
    for (int column = 0; column < ContactsModel::columns; ++column)
        QVERIFY(!about(PersonColumn(column)).isEmpty());
}

void ContactsLightsTest::aBlockThatChangesIsShown()
{
    QCOMPARE(cell(m_ann, PersonColumn::Block), QString());
    arm(m_ann, QStringLiteral("+447700900123"));
    QVERIFY(eventually([&] { return cell(m_ann, PersonColumn::Block) == QStringLiteral("Armed"); }));
    m_page->setFilter({.blocks = {BlockView::Armed}});
    QVERIFY(eventually([&] { return m_page->model().isSettled() && m_page->shownCount() == 1; }));
    arm(m_bob, QStringLiteral("+447700900124")); // the filter follows
    QVERIFY(eventually([&] { return m_page->shownCount() == 2; }));
}

void ContactsLightsTest::filtersWithTheirCounts()
{
    arm(m_ann, QStringLiteral("+447700900123"));
    const QStringList words = stopChoices();
    for (const char *choice : {"Everybody (3)", "Do not contact (1)", "May be contacted (2)", "Blocked (0)",
             "Blocked here, not there (0)", "There, unknown to us (0)", "Armed (1)", "Block unknown (0)",
             "Block refused (0)", "Marketing stop in WhatsApp (0)", "No opt-in (3)", "Without a readable number (0)"})
        QVERIFY2(words.contains(QLatin1String(choice)), qPrintable(QLatin1String(choice) + words.join(u'|')));
    auto *chip = in<QToolButton>(m_page.get(), "filterStops");
    for (QAction *action : chip->menu()->actions())
        if (action->text() == QStringLiteral("Armed (1)"))
            action->trigger();
    QVERIFY(eventually([&] { return m_page->model().isSettled() && m_page->shownCount() == 1; }));
    QCOMPARE(m_page->model().keyAt(0), m_ann);
    QCOMPARE(chip->accessibleName(), QStringLiteral("People: Armed"));
    for (QAction *action : chip->menu()->actions())
        if (action->text().startsWith(QStringLiteral("No opt-in")))
            action->trigger();
    QVERIFY(eventually([&] { return chip->accessibleName() == QStringLiteral("People: Armed, no opt-in"); }));
    in<QToolButton>(m_page.get(), "clearFilters")->click();
    QVERIFY(eventually([&] { return m_page->model().isSettled() && m_page->shownCount() == 3; }));
}

void ContactsLightsTest::detailsNameWhoWhenAndWhy()
{
    choose(m_ann);
    auto *stop = in<Badge>(m_page.get(), "lights.stop");
    auto *block = in<Badge>(m_page.get(), "lights.block");
    auto *marketing = in<Badge>(m_page.get(), "lights.marketing");
    auto *inbound = in<Badge>(m_page.get(), "lights.inbound");
    QVERIFY(eventually([&] { return stop->text() == QStringLiteral("No"); }));
    QCOMPARE(block->text(), QStringLiteral("No"));
    QCOMPARE(marketing->text(), QStringLiteral("Not told"));
    QCOMPARE(inbound->text(), QStringLiteral("Not known"));
    QVERIFY(factsOf("lights.inbound.facts").contains(QStringLiteral("tried, or armed")));

    arm(m_ann, QStringLiteral("+447700900123"));
    QVERIFY(answerOf<std::vector<BlockId>>([&](auto then) {
        return store().blocks().wrote({m_ann}, now() - 30 * hourMs, QStringLiteral("operator"), then);
    }));
    QVERIFY(answerOf<qint64>([&](auto then) {
        return store().marketing().noteByHand({m_ann},
            {.account = m_place->accountId,
                .state = MarketingState::Stopped,
                .raw = QStringLiteral("<b>showed</b> us the phone")},
            then);
    }));
    QVERIFY(eventually([&] { return marketing->text() == QStringLiteral("Stopped"); }));
    QCOMPARE(stop->text(), QStringLiteral("Yes"));
    QCOMPARE(stop->accessibleName(), QStringLiteral("Do not contact: Yes"));
    QCOMPARE(block->text(), QStringLiteral("Armed"));
    QCOMPARE(block->accessibleName(), QStringLiteral("Block at Sandbox: Armed"));
    QCOMPARE(inbound->text(), QStringLiteral("Closed"));
    const QString ours = factsOf("lights.stop.facts");
    QVERIFY2(ours.contains(QStringLiteral("By: Tess")) && ours.contains(QStringLiteral("Reason: Spam"))
            && ours.contains(QStringLiteral("Since: ")),
        qPrintable(ours));
    const QString theirs = factsOf("lights.block.facts");
    QVERIFY2(theirs.contains(QStringLiteral("By: Tess")) && theirs.contains(QStringLiteral("Reason: Spam"))
            && theirs.contains(QStringLiteral("Note: third time")) && theirs.contains(QStringLiteral("Since: ")),
        qPrintable(theirs));
    const QString whatsapps = factsOf("lights.marketing.facts");
    QVERIFY2(whatsapps.contains(QStringLiteral("Sandbox, Stopped, Noted by hand, <b>showed</b> us the phone, Tess")),
        qPrintable(whatsapps));
    QVERIFY(factsOf("lights.inbound.facts").contains(QStringLiteral("Outside")));
}

void ContactsLightsTest::marketingStopByHand()
{
    QVERIFY(!m_marketing->isEnabled()); // nobody is chosen
    choose(m_bob);
    QVERIFY(m_marketing->isEnabled());
    m_marketing->trigger();
    QDialog *window = dialog("marketingDialog");
    QVERIFY(in<QRadioButton>(window, "stopped")->isChecked());
    QVERIFY(in<QPushButton>(window, "record")->isDefault());
    QTest::keyClick(window, Qt::Key_Return);
    QVERIFY(eventually([&] { return cell(m_bob, PersonColumn::Marketing) == QStringLiteral("Stopped"); }));
    QCOMPARE(cell(m_bob, PersonColumn::Stops), QString()); // never by itself
    QVERIFY(eventually([&] { return !m_page->findChild<QDialog *>(QStringLiteral("marketingDialog")); }));
    m_marketing->trigger();
    window = dialog("marketingDialog");
    in<QRadioButton>(window, "resumed")->click();
    in<QPushButton>(window, "record")->click();
    QVERIFY(eventually([&] { return cell(m_bob, PersonColumn::Marketing) == QStringLiteral("Allowed again"); }));
}

void ContactsLightsTest::optInAndOptOutInTwoKeys()
{
    choose(m_ann);
    m_optOut->trigger(); // the first key
    QTest::keyClick(dialog("consentDialog"), Qt::Key_Return); // the second
    QVERIFY(eventually([&] { return cell(m_ann, PersonColumn::Consent) == QStringLiteral("Opt-out"); }));
    QCOMPARE(cell(m_ann, PersonColumn::Stops), QStringLiteral("Do not contact"));
    QVERIFY(eventually([&] { return !m_page->findChild<QDialog *>(QStringLiteral("consentDialog")); }));

    choose(m_bob);
    m_optIn->trigger();
    QDialog *window = dialog("consentDialog");
    QVERIFY(!in<QPushButton>(window, "record")->isEnabled()); // nobody agreed out of nowhere
    // On a low screen what is asked scrolls, whom it is about with it, and the button stays in sight.
    const auto *body = window->findChild<DialogBody *>();
    QVERIFY(body && eventually([&] { return in<QLabel>(window, "whom")->isVisible(); }));
    QVERIFY(body->inside()->isAncestorOf(in<QLabel>(window, "whom")));
    window->resize(window->width(), 260);
    QCOMPARE(window->height(), 260);
    QVERIFY(eventually([&] { return body->verticalScrollBar()->maximum() > 0; }));
    const auto *record = in<QPushButton>(window, "record");
    QVERIFY(record->mapTo(window, record->rect().bottomRight()).y() < window->height());
    QTest::keyClicks(in<QLineEdit>(window, "source"), QStringLiteral("web form"));
    QTest::keyClick(window, Qt::Key_Return);
    QVERIFY(eventually([&] { return cell(m_bob, PersonColumn::Consent) == QStringLiteral("Opt-in"); }));
    QVERIFY(eventually([&] { return !m_page->findChild<QDialog *>(QStringLiteral("consentDialog")); }));
    choose(m_eve);
    m_optIn->trigger(); // the source used last is offered: two keys
    window = dialog("consentDialog");
    QCOMPARE(in<QLineEdit>(window, "source")->text(), QStringLiteral("web form"));
    QTest::keyClick(window, Qt::Key_Return);
    QVERIFY(eventually([&] { return cell(m_eve, PersonColumn::Consent) == QStringLiteral("Opt-in"); }));
}

void ContactsLightsTest::anOptInLiftsOnlyWhenSaid()
{
    QVERIFY(answerOf<Nothing>([&](auto then) {
        return store().consents().record(
            {m_ann}, {.what = ConsentState::OptOut, .source = QStringLiteral("told us")}, then);
    }));
    QVERIFY(eventually([&] { return cell(m_ann, PersonColumn::Stops) == QStringLiteral("Do not contact"); }));
    choose(m_ann);
    m_optIn->trigger();
    QDialog *window = dialog("consentDialog");
    auto *lift = in<QCheckBox>(window, "lift");
    QVERIFY(lift->isVisible() && !lift->isChecked());
    in<QLineEdit>(window, "source")->setText(QStringLiteral("signed paper"));
    in<QPushButton>(window, "record")->click();
    QVERIFY(eventually([&] { return cell(m_ann, PersonColumn::Consent) == QStringLiteral("Opt-in"); }));
    QCOMPARE(cell(m_ann, PersonColumn::Stops), QStringLiteral("Do not contact"));
    QVERIFY(eventually([&] { return !m_page->findChild<QDialog *>(QStringLiteral("consentDialog")); }));
    m_optIn->trigger();
    window = dialog("consentDialog");
    in<QCheckBox>(window, "lift")->click();
    in<QPushButton>(window, "record")->click();
    QVERIFY(eventually([&] { return cell(m_ann, PersonColumn::Stops).isEmpty(); }));
    QVERIFY(eventually([&] { return m_told.last().contains(QStringLiteral("Do-not-contact was lifted")); }));
    QVERIFY(!store().stops().contains(parsePhoneNumber(QStringLiteral("+447700900123"), {}).key()));
}

void ContactsLightsTest::anOptOutOffersTheBlock()
{
    QSignalSpy wanted(m_page.get(), &ContactsPage::blockWanted);
    choose(m_ann);
    m_optOut->trigger();
    QDialog *window = dialog("consentDialog");
    auto *block = in<QCheckBox>(window, "alsoBlock");
    QVERIFY2(block->isVisible() && block->text().contains(QStringLiteral("Sandbox")), qPrintable(block->text()));
    QVERIFY(!block->isChecked()); // offered, not made
    QCOMPARE(block->shortcut(), QKeySequence(QStringLiteral("Alt+B"))); // one key
    block->click();
    QVERIFY(block->isChecked());
    QTest::keyClick(window, Qt::Key_Return);
    QVERIFY(eventually([&] { return wanted.count() == 1; }));
    QCOMPARE(wanted.front().front().value<std::vector<PersonId>>(), std::vector<PersonId>{m_ann});
}

QTEST_MAIN(ContactsLightsTest)
#include "lights_test.moc"
