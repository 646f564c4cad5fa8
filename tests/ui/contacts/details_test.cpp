// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/people/lookup.h"
#include "models/store/accountbook.h"
#include "models/store/people.h"
#include "models/store/store.h"
#include "models/tables/contactsmodel.h"
#include "tests/support/answer.h"
#include "tests/support/checkplace.h"
#include "tests/support/storedverdict.h"
#include "ui/contacts/contactspage.h"
#include "ui/contacts/peopleview.h"
#include "ui/parts/badge.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"
#include "ui/parts/wraplabel.h"
#include "ui/text/age.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QFrame>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QTest>
#include <QToolButton>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 annsNumber = 447700900123;

/// The Contacts page in a window of its own, over a real store and the sandbox.
struct Window {
    explicit Window(CheckPlace &place, AccountId account = {})
        : lookup(*place.store, [&place](AccountId id) { return place.accounts->gateway(id); })
        , page(std::make_unique<ContactsPage>(
              ContactsNeeds{*place.store, place.clock, *place.settings, *place.desk, *place.runner,
                  [&place](AccountId id) { return place.account(id); }, {}, &lookup},
              ContactsActions{}))
    {
        page->resize(1300, 900);
        page->show();
        page->setAccount(account.isNull() ? place.accountId : account);
        settle();
    }
    void settle()
    {
        if (!eventually([this] { return page->model().isSettled(); }))
            qFatal("the page shows no answer");
    }
    template <class T = QWidget> T *part(const char *name) const
    {
        T *found = page->findChild<T *>(QLatin1String(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    PeopleView *table() const { return static_cast<PeopleView *>(part<QTableView>("contacts")); }
    void choose(PersonId person)
    {
        table()->makeCurrent(person);
        eventually([this] { return part("details")->findChild<QScrollArea *>()->isVisible(); });
    }
    QString cell(int row, PersonColumn column)
    {
        const QModelIndex index = page->model().index(row, int(column));
        eventually([&] {
            index.data();
            return index.data(ContactsModel::LoadedRole).toBool();
        });
        return index.data().toString();
    }
    PersonLookup lookup;
    std::unique_ptr<ContactsPage> page;
};

PersonId add(CheckPlace &place, const PersonFields &fields)
{
    const auto id = answerOf<PersonId>([&](auto then) { return place.store->people().add(fields, then); });
    if (!id)
        qFatal("%s", qPrintable(id.failure().detail));
    return *id;
}

PersonFields ann()
{
    PersonFields fields;
    fields.name = QStringLiteral("Ann");
    fields.number = parsePhoneNumber(QStringLiteral("+447700900123"), {});
    return fields;
}

AccountId addAccount(CheckPlace &place, const QString &name)
{
    Account account;
    account.name = name;
    account.address = QUrl(QStringLiteral("https://localhost:9090/v1"));
    account.sandbox = true; // as the place's own: only accounts of one world disagree
    const auto saved = answerOf<Accounts::Saved>(
        [&](auto then) { return place.accounts->save(account, Secret::fromTyped(QStringLiteral("secret")), then); });
    if (!saved)
        qFatal("%s", qPrintable(saved.failure().detail));
    return saved->id;
}

AccountId addWawp(CheckPlace &place)
{
    SandboxServer &server = place.sandbox.server();
    Account account;
    account.name = QStringLiteral("Phone shop");
    account.kind = GatewayKind::Wawp;
    account.address = QUrl(QString::fromStdString(server.wawpAddress()));
    account.sender = QString::fromStdString(server.options().wawpInstance);
    const auto saved = answerOf<Accounts::Saved>([&](auto then) {
        return place.accounts->save(
            account, Secret::fromTyped(QString::fromStdString(server.options().wawpToken)), then);
    });
    if (!saved)
        qFatal("%s", qPrintable(saved.failure().detail));
    return saved->id;
}

/// Somebody of the sandbox's world who shows her photo or does not.
PersonFields somebody(CheckPlace &place, bool showsPhoto)
{
    const SandboxWorld &world = place.sandbox.server().world();
    PersonFields fields;
    fields.name = QStringLiteral("Our name");
    for (const QString &number : place.sandbox.numbers(400)) {
        const std::string digits = number.mid(1).toStdString();
        if (world.showsPhoto(digits) == showsPhoto && world.profileName(digits) && world.about(digits)) {
            fields.number = parsePhoneNumber(number, {});
            return fields;
        }
    }
    qFatal("nobody like that");
    return fields;
}

/// For the eye: ROLLCALL_PICTURES names a folder.
void picture(QWidget &window, const char *name)
{
    const QString folder = qEnvironmentVariable("ROLLCALL_PICTURES");
    if (!folder.isEmpty())
        window.grab().save(folder + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png"));
}

/// Every line of a label that is drawn lies within the label, and the label within what can be scrolled to.
QString cutOff(const QWidget *pane)
{
    for (const QLabel *label : pane->findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const QRect needed = label->fontMetrics().boundingRect(
            QRect(0, 0, label->width(), 100'000), Qt::TextWordWrap | Qt::AlignLeft, label->text());
        if (label->wordWrap() && (needed.width() > label->width() || needed.height() > label->height()))
            return label->text();
        const QWidget *facts = pane->findChild<QScrollArea *>()->viewport();
        if (facts->isAncestorOf(label)) {
            const QRect shown(label->mapTo(facts, QPoint()), label->size());
            if (shown.right() > facts->width())
                return label->text();
        }
    }
    return {};
}

} // namespace

class DetailsTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        applyTheme(*qApp, themeChoice(qEnvironmentVariable("ROLLCALL_THEME", QStringLiteral("light"))));
    }
    void init() { m_place = std::make_unique<CheckPlace>(); }
    void cleanup() { m_place.reset(); }
    void accountsThatDisagreeAreShownSideBySide();
    void aProbeIsToldWithItsDate();
    void oneAccountIsNotComparedWithItself();
    void longTextIsWrappedAndCopiedAsItIs();
    void nothingIsAskedBeforeAClick();
    void aHiddenPhotoIsNoError();
    void aLostSessionIsSaidInTheVendorsWords();
    void whatTheAccountCannotIsSaid();

private:
    std::unique_ptr<CheckPlace> m_place;
};

void DetailsTest::accountsThatDisagreeAreShownSideBySide()
{
    const PersonId id = add(*m_place, ann());
    const AccountId second = addAccount(*m_place, QStringLiteral("Second"));
    storeVerdict(*m_place->store, m_place->accountId, annsNumber, VerdictWord::Valid, QStringLiteral("valid"));
    Window window(*m_place);
    QVERIFY2(window.cell(0, PersonColumn::Verdict).startsWith(QStringLiteral("Valid")),
        qPrintable(window.cell(0, PersonColumn::Verdict)));
    window.choose(id);
    QVERIFY(!window.part("answers")->isVisible());

    storeVerdict(*m_place->store, second, annsNumber, VerdictWord::Invalid, QStringLiteral("false"));
    QVERIFY(eventually(
        [&] { return window.cell(0, PersonColumn::Verdict).startsWith(QStringLiteral("Disagree, here valid")); }));
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(window.table());
    QAccessibleInterface *cell = table->tableInterface()->cellAt(0, int(PersonColumn::Verdict));
    QVERIFY(cell->text(QAccessible::Name).startsWith(QStringLiteral("Disagree, here valid")));
    QVERIFY(eventually([&] { return window.part("answers")->isVisible(); }));
    QVERIFY(window.part("disagree")->isVisible());
    const QString here = QStringLiteral("answer-%1").arg(m_place->accountId.value());
    const QString there = QStringLiteral("answer-%1").arg(second.value());
    auto *left = window.part<QFrame>(here.toLatin1().constData());
    auto *right = window.part<QFrame>(there.toLatin1().constData());
    QVERIFY(left->isVisible() && right->isVisible());
    QCOMPARE(left->geometry().top(), right->geometry().top());
    QVERIFY(left->geometry().right() < right->geometry().left());
    QCOMPARE(left->findChild<Badge *>()->text(), QStringLiteral("Valid"));
    QCOMPARE(right->findChild<Badge *>()->text(), QStringLiteral("Invalid"));
    QVERIFY(right->accessibleName().startsWith(QStringLiteral("Second (sandbox): Invalid")));
    spin(50); // the layout follows a moment later
    picture(*window.page, "disagree");
    QCOMPARE(cutOff(window.part("details")), QString());

    // The filter finds them, and them only.
    PersonFields bob = ann();
    bob.name = QStringLiteral("Bob");
    bob.number = parsePhoneNumber(QStringLiteral("+447700900124"), {});
    add(*m_place, bob);
    QVERIFY(eventually([&] { return window.page->shownCount() == 2; }));
    QMenu *menu = window.part<QToolButton>("filterVerdict")->menu();
    emit menu->aboutToShow();
    for (QAction *action : menu->actions()) {
        if (action->text() == QStringLiteral("Accounts disagree"))
            action->trigger();
    }
    QVERIFY(eventually([&] { return window.page->shownCount() == 1; }));
    QCOMPARE(window.cell(0, PersonColumn::Name), QStringLiteral("Ann"));
    QCOMPARE(window.part<QToolButton>("filterVerdict")->accessibleName(), QStringLiteral("Verdict: accounts disagree"));
    // Once they agree again the filter lets go.
    storeVerdict(*m_place->store, second, annsNumber, VerdictWord::Valid);
    QVERIFY(eventually([&] { return window.page->shownCount() == 0; }));
}

/// Issue 3: shown as unverified, with the reason and the date of the probe.
void DetailsTest::aProbeIsToldWithItsDate()
{
    const PersonId id = add(*m_place, ann());
    storeVerdict(*m_place->store, m_place->accountId, annsNumber, VerdictWord::Valid, QStringLiteral("valid"));
    constexpr qint64 probedMs = 1'790'000'000'000;
    QVERIFY(answerOf<Nothing>([&](auto then) {
        return m_place->store->accounts().setProbe(
            m_place->accountId, {TruthProbe::Outcome::CannotTell, probedMs}, then);
    }));
    QVERIFY(answerOf<Nothing>([&](auto then) { return m_place->accounts->load(then); }));
    Window window(*m_place);
    QVERIFY2(window.cell(0, PersonColumn::Verdict).startsWith(QStringLiteral("Unverified")),
        qPrintable(window.cell(0, PersonColumn::Verdict)));
    window.choose(id);
    const auto told = [&] {
        QStringList words;
        for (const QLabel *label : window.part("verdict")->findChildren<QLabel *>())
            words << label->text();
        return words.join(QLatin1Char('\n'));
    };
    QVERIFY2(eventually([&] { return told().contains(moment(probedMs)); }), qPrintable(told()));
    QVERIFY2(told().contains(QStringLiteral("nobody can have")), qPrintable(told()));
}

void DetailsTest::oneAccountIsNotComparedWithItself()
{
    const PersonId id = add(*m_place, ann());
    storeVerdict(*m_place->store, m_place->accountId, annsNumber, VerdictWord::Valid);
    storeVerdict(*m_place->store, m_place->accountId, annsNumber, VerdictWord::Invalid);
    Window window(*m_place);
    window.choose(id);
    QVERIFY(window.cell(0, PersonColumn::Verdict).startsWith(QStringLiteral("Invalid")));
    QVERIFY(!window.part("answers")->isVisible());
}

void DetailsTest::longTextIsWrappedAndCopiedAsItIs()
{
    PersonFields fields = ann();
    fields.email
        = QStringLiteral("a.very.long.mailbox.name.for.wholesale.customers@subdomain.of.a.company.example.org");
    fields.organisation
        = QStringLiteral("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft");
    fields.note
        = QStringLiteral("called back on Monday, wants the spring list by post and by e-mail, ask again in May");
    const PersonId id = add(*m_place, fields);
    Window window(*m_place);
    window.choose(id);
    spin(50);
    picture(*window.page, "long");
    QCOMPARE(cutOff(window.part("details")), QString());
    QLabel *mail = nullptr;
    for (QLabel *label : window.part("details")->findChildren<QLabel *>()) {
        if (label->accessibleName().contains(fields.email))
            mail = label;
    }
    QVERIFY(mail);
    QVERIFY(mail->height() > 2 * mail->fontMetrics().height()); // it is wrapped, not elided
    mail->setFocus();
    QTest::keyClick(mail, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(mail, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), fields.email);
}

void DetailsTest::nothingIsAskedBeforeAClick()
{
    const AccountId account = addWawp(*m_place);
    const PersonFields fields = somebody(*m_place, true);
    const std::string digits = fields.number.e164Text().mid(1).toStdString();
    const PersonId id = add(*m_place, fields);
    m_place->sandbox.server().clearLedger();
    Window window(*m_place, account);
    window.choose(id);
    spin(200);
    QVERIFY(m_place->sandbox.ledger().empty());
    QVERIFY(window.part<QLabel>("gatewayHint")->text().contains(QStringLiteral("No check is spent")));
    QVERIFY(!window.part<QLabel>("photo")->isVisible());

    window.part<QPushButton>("lookUp")->click();
    QVERIFY(!window.part<QPushButton>("lookUp")->isEnabled()); // one at a time
    const QString profile = QString::fromStdString(*m_place->sandbox.server().world().profileName(digits));
    QVERIFY(eventually([&] { return window.part<FieldList>("gatewayFacts")->text().contains(profile); }));
    QVERIFY(eventually([&] { return window.part<QPushButton>("lookUp")->isEnabled(); }));
    QCOMPARE(m_place->sandbox.requests(QStringLiteral("/wawp/v2/contacts/check-exists")), 0);
    QCOMPARE(window.cell(0, PersonColumn::Name), QStringLiteral("Our name"));

    window.part<QPushButton>("showPhoto")->click();
    QVERIFY(eventually([&] { return window.part<QLabel>("photo")->isVisible(); }));
    QVERIFY(!window.part<QLabel>("photo")->pixmap().isNull());
    QVERIFY(!window.part<QLabel>("photo")->accessibleName().isEmpty());
    spin(50);
    window.page->findChild<QScrollArea *>()->ensureWidgetVisible(window.part<QLabel>("gatewaySaid"));
    picture(*window.page, "lookup");
    QCOMPARE(cutOff(window.part("details")), QString());
    // Another person: no photo of somebody else.
    const PersonId other = add(*m_place, ann());
    QVERIFY(eventually([&] { return window.page->shownCount() == 2; }));
    window.choose(other);
    QVERIFY(eventually([&] { return !window.part<QLabel>("photo")->isVisible(); }));
}

void DetailsTest::aHiddenPhotoIsNoError()
{
    const AccountId account = addWawp(*m_place);
    const PersonId id = add(*m_place, somebody(*m_place, false));
    Window window(*m_place, account);
    window.choose(id);
    window.part<QPushButton>("showPhoto")->click();
    const QString hidden = QStringLiteral("The photo is hidden by the person, or there is none.");
    QVERIFY(eventually([&] { return window.part<WrapLabel>("gatewaySaid")->words() == hidden; }));
    QVERIFY(!window.part<QLabel>("photo")->isVisible());
}

void DetailsTest::aLostSessionIsSaidInTheVendorsWords()
{
    const AccountId account = addWawp(*m_place);
    const PersonId id = add(*m_place, somebody(*m_place, true));
    Window window(*m_place, account);
    window.choose(id);
    m_place->sandbox.fault(QStringLiteral("invalid-session"));
    for (const char *button : {"lookUp", "showPhoto"}) {
        window.part<QPushButton>(button)->click();
        QVERIFY(eventually([&] { return window.part<QPushButton>(button)->isEnabled(); }));
        const QString said = window.part<WrapLabel>("gatewaySaid")->words();
        QVERIFY2(said.contains(QStringLiteral("session at Wawp was dropped")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("Scan the QR code")), qPrintable(said));
    }
    QVERIFY(!window.part<QLabel>("photo")->isVisible());
}

void DetailsTest::whatTheAccountCannotIsSaid()
{
    const PersonId id = add(*m_place, ann());
    Window window(*m_place); // on-premises: no details, no photo
    window.choose(id);
    for (const char *name : {"lookUp", "showPhoto"}) {
        QVERIFY(eventually([&] { return !window.part<QPushButton>(name)->isEnabled(); }));
        QVERIFY(!window.part<QPushButton>(name)->toolTip().isEmpty());
    }
    QVERIFY(!window.part<QLabel>("gatewayHint")->text().isEmpty());
}

QTEST_MAIN(DetailsTest)
#include "details_test.moc"
