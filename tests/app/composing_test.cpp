// SPDX-License-Identifier: GPL-3.0-or-later
// Composing in the whole program, as a person does it: people become cards, files are dropped, a message is sent to the
// sandbox, whose ledger holds the very bytes the JSON tab showed.
#include "app/application.h"
#include "app/sandbox/sandboxfault.h"
#include "app/sandbox/sandboxserver.h"
#include "app/sandboxhost.h"
#include "models/accounts/accounts.h"
#include "models/store/stops.h"
#include "tests/app/openapp.h"
#include "ui/compose/composepage.h"
#include "ui/shell/actions.h"
#include "ui/shell/jobsdock.h"
#include "ui/shell/pages.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QFile>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSet>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <algorithm>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

const char alice[] = "+16315551001";
const char bob[] = "+16315551002";

ComposePage &page(OpenApp &open)
{
    return open.window().pages().compose();
}

template <class T> T *on(OpenApp &open, const char *name)
{
    return named<T>(page(open), name);
}

bool run(OpenApp &open, Act act)
{
    QAction *action = open.window().actions().at(act);
    if (!eventually([action] { return action->isEnabled(); }))
        return false;
    action->trigger();
    return true;
}

void shot(QWidget *widget, const char *name)
{
    if (widget && qEnvironmentVariableIsSet("ROLLCALL_SHOTS"))
        widget->grab().save(
            qEnvironmentVariable("ROLLCALL_SHOTS") + u'/' + QLatin1String(name) + QStringLiteral(".png"));
}

QString preview(OpenApp &open)
{
    return on<QWidget>(open, "messagePreview")->accessibleDescription();
}

/// Somebody of the sandbox's world who wrote within the last day.
QString recentWriter(OpenApp &open)
{
    const SandboxServer &server = *open.app->sandbox().server();
    for (qint64 digits = 447400000000; digits < 447400002000; ++digits) {
        const QString number = QString::number(digits);
        if (server.world().isSubscriber(number.toStdString()) && server.wroteLately("+" + number.toStdString()))
            return u'+' + number;
    }
    return {};
}

void type(QWidget *into, const QString &text)
{
    into->setFocus();
    for (const QChar c : text) // keyClicks() knows ASCII only
        QTest::sendKeyEvent(QTest::Click, into, Qt::Key_unknown, QString(c), Qt::NoModifier);
}

bool dropFile(QWidget &target, const QString &path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    const QPoint middle = target.rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent drop(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &drop);
    return true;
}

QString written(const QTemporaryDir &folder, const char *name, const QByteArray &bytes)
{
    const QString path = folder.filePath(QLatin1String(name));
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
}

Card cardNamed(const QString &name, const QString &phone)
{
    Card card;
    card.name.formatted = name;
    card.name.first = QStringLiteral("First");
    card.phones.push_back({phone, QStringLiteral("CELL"), {}});
    return card;
}

} // namespace

class ComposingTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_open.reset(); }
    void peopleBecomeCards();
    void sentBytesAreTheShownOnes();
    void severalRecipients();
    void unknownIsSettled();
    void hostileNames();
    void draftSurvives();
    void templates();
    void droppedFiles();
    void keyboardOnly();
    void countersStop();

private:
    [[nodiscard]] bool toPage() const;
    [[nodiscard]] bool addRecipient(const QString &number) const;
    [[nodiscard]] QWidget *toPlan() const;
    std::unique_ptr<OpenApp> m_open;
};

void ComposingTest::init()
{
    m_open = std::make_unique<OpenApp>();
    QVERIFY(m_open->start(true));
}

bool ComposingTest::toPage() const
{
    m_open->window().showPage(Act::ShowCompose);
    return page(*m_open).isVisible();
}

bool ComposingTest::addRecipient(const QString &number) const
{
    auto *input = on<QLineEdit>(*m_open, "recipientInput");
    const int before = on<QListView>(*m_open, "recipients")->model()->rowCount();
    type(input, number);
    QTest::keyClick(input, Qt::Key_Return);
    return eventually([&] { return on<QListView>(*m_open, "recipients")->model()->rowCount() == before + 1; });
}

QWidget *ComposingTest::toPlan() const
{
    return run(*m_open, Act::Send) ? dialogNamed(QStringLiteral("sendPlan")) : nullptr;
}

void ComposingTest::peopleBecomeCards()
{
    OpenApp &open = *m_open;
    QVERIFY(!open.window().actions().at(Act::Compose)->isEnabled()); // nobody is chosen
    QVERIFY(open.addPerson(QStringLiteral("Alice Able"), QLatin1String(alice)));
    QVERIFY(open.addPerson(QStringLiteral("Bob Baker"), QLatin1String(bob)));
    auto *contacts = named<QTableView>(open.window(), "contacts");
    QVERIFY(eventually([&] { return contacts->model()->rowCount() == 2; }));
    contacts->selectAll();
    QVERIFY(run(open, Act::Compose));
    QVERIFY(page(open).isVisible());
    QVERIFY(eventually([&] { return on<QListView>(open, "cards")->model()->rowCount() == 2; }));
    QCOMPARE(on<QListView>(open, "cards")->model()->index(0, 0).data().toString(), QStringLiteral("Alice Able"));
    QVERIFY2(preview(open).startsWith(QStringLiteral("Alice Able and 1 other contact")), qPrintable(preview(open)));
    QVERIFY(preview(open).contains(QStringLiteral("View all")));
    QCOMPARE(on<QLineEdit>(open, "name.first_name")->text(), QStringLiteral("Alice"));
    QCOMPARE(on<QLineEdit>(open, "name.last_name")->text(), QStringLiteral("Able"));
    QVERIFY(on<QLineEdit>(open, "phones.0.phone")->text().contains(QStringLiteral("555")));
    shot(&open.window(), "compose-people");

    // In the window of today the menu, the context menu and the palette have it under one name.
    QCOMPARE(open.window().actions().at(Act::Compose)->text().remove(u'&'), QStringLiteral("Compose"));
}

void ComposingTest::sentBytesAreTheShownOnes()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage());
    on<QToolButton>(open, "cardAdd")->click();
    type(on<QLineEdit>(open, "name.formatted_name"), QStringLiteral("Zoé \"Quote\" Example"));
    QVERIFY(!open.window().actions().at(Act::Send)->isEnabled());
    QVERIFY(on<QLabel>(open, "name.remark1")->isVisible()); // one more part of the name is missing
    type(on<QLineEdit>(open, "name.first_name"), QStringLiteral("Zoé"));
    on<QToolButton>(open, "phones.add")->click();
    type(on<QLineEdit>(open, "phones.0.phone"), QStringLiteral("+44 7700 900123"));
    auto *kind = on<QComboBox>(open, "phones.0.type");
    QVERIFY(kind->isEditable());
    QCOMPARE(kind->itemText(0), QStringLiteral("CELL"));
    type(kind->lineEdit(), QStringLiteral("mobile")); // no standard value: sent as typed, with a warning
    QVERIFY(on<QLabel>(open, "phones.0.remark0")->text().contains(QStringLiteral("mobile")));
    const QString to = recentWriter(open);
    QVERIFY(!to.isEmpty());
    QVERIFY(addRecipient(to));
    on<QTabWidget>(open, "composeTabs")->setCurrentIndex(1);
    auto *json = on<QPlainTextEdit>(open, "json");
    const QString ending
        = QStringLiteral("[{\"name\":{\"formatted_name\":\"Zoé \\\"Quote\\\" Example\",\"first_name\":\"Zoé\"},"
                         "\"phones\":[{\"phone\":\"+44 7700 900123\",\"type\":\"mobile\"}]}]");
    QVERIFY2(
        eventually([&] { return json->toPlainText().contains(ending) && json->toPlainText().contains(to.mid(1)); }),
        qPrintable(json->toPlainText()));
    const QByteArray shown = json->toPlainText().toUtf8();
    shot(&open.window(), "compose-json");

    QWidget *plan = toPlan();
    QVERIFY(plan);
    shot(plan, "compose-plan");
    QVERIFY(named<QPushButton>(*plan, "start")->isDefault()); // one recipient
    QVERIFY(pressed(plan, "start"));
    std::vector<SandboxLedgerEntry> sends;
    QVERIFY(eventually([&] {
        sends = open.app->sandbox().server()->ledger();
        std::erase_if(
            sends, [](const SandboxLedgerEntry &entry) { return entry.path.find("messages") == std::string::npos; });
        return !sends.empty();
    }));
    QCOMPARE(sends.size(), std::size_t(1));
    QCOMPARE(sends.front().status, 200);
    QCOMPARE(QByteArray::fromStdString(sends.front().body), shown);
    QVERIFY(eventually([&] { return page(open).cards().empty(); })); // it left: the composer is free again

    QVERIFY(run(open, Act::SentMessages));
    QWidget *sent = dialogNamed(QStringLiteral("sentDialog"));
    QVERIFY(sent);
    auto *table = named<QTableView>(*sent, "sent");
    QVERIFY(eventually([&] {
        return table->model()->rowCount() == 1
            && table->model()->index(0, 4).data().toString() == QStringLiteral("Taken by the gateway");
    }));
    QVERIFY(!table->model()->index(0, 5).data().toString().isEmpty()); // the message ID
    shot(sent, "compose-sent");
    QVERIFY(pressed(sent, "compose"));
    QVERIFY(eventually([&] { return page(open).cards().size() == 1; }));
    QCOMPARE(page(open).cards().front().name.formatted, QStringLiteral("Zoé \"Quote\" Example"));
}

void ComposingTest::severalRecipients()
{
    OpenApp &open = *m_open;
    QVERIFY(open.addPerson(QStringLiteral("Alice"), QLatin1String(alice)));
    Result<Spine> everybody = answerOf<Spine>(
        [&](auto then) { return open.app->store().people().spine({}, {}, AccountId(0), std::move(then)); });
    QVERIFY(everybody && everybody->size() == 1);
    QVERIFY(answerOf<Nothing>([&](auto then) {
        return open.app->store().stops().stop(*everybody, {}, QStringLiteral("opt-out"), std::move(then));
    }));
    QVERIFY(toPage());
    page(open).addCards({cardNamed(QStringLiteral("Ada Example"), QStringLiteral("+447700900123"))});
    page(open).addRecipients(*everybody);
    QVERIFY(addRecipient(recentWriter(open)));
    QVERIFY(addRecipient(QStringLiteral("+447700900555"))); // nobody's number in this world
    auto *list = on<QListView>(open, "recipients");
    QVERIFY(eventually(
        [&] { return list->model()->index(0, 0).data().toString().contains(QStringLiteral("Do not contact")); }));
    list->setCurrentIndex(list->model()->index(0, 0));
    QVERIFY(!on<QPushButton>(open, "recipientCheckNow")->isVisible()); // no check is spent on them
    list->setCurrentIndex(list->model()->index(1, 0));
    QVERIFY(on<QPushButton>(open, "recipientCheckNow")->isVisible());
    shot(&open.window(), "compose-several");
    QWidget *plan = toPlan();
    QVERIFY(plan);
    shot(plan, "compose-several-plan");
    QCOMPARE(named<QPushButton>(*plan, "start")->text(), QStringLiteral("Send to 2"));
    QVERIFY(pressed(plan, "start"));
    QVERIFY(eventually([&] { return open.window().jobs().running() == 0 && page(open).cards().empty(); }));
    QVERIFY(run(open, Act::SentMessages));
    QWidget *sent = dialogNamed(QStringLiteral("sentDialog"));
    QVERIFY(sent);
    auto *table = named<QTableView>(*sent, "sent");
    const auto outcomes = [table] {
        QStringList all;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            all << table->model()->index(row, 4).data().toString();
        all.sort();
        return all;
    };
    QVERIFY2(eventually([&] {
        return outcomes() == QStringList{QStringLiteral("Cannot be reached"), QStringLiteral("Taken by the gateway")};
    }),
        qPrintable(outcomes().join(u'|')));
    for (const SandboxLedgerEntry &entry : open.app->sandbox().server()->ledger()) // nothing left for who said STOP
        QVERIFY(entry.body.find("16315551001") == std::string::npos);
}

void ComposingTest::unknownIsSettled()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage());
    page(open).addCards({cardNamed(QStringLiteral("Ada Example"), QStringLiteral("+447700900123"))});
    QVERIFY(addRecipient(recentWriter(open)));
    auto fault = SandboxFault::parse("cut:1");
    fault->path = "/v1/messages";
    open.app->sandbox().server()->addFault(*fault);
    QWidget *plan = toPlan();
    QVERIFY(pressed(plan, "start"));
    QVERIFY(run(open, Act::Settle)); // enabled once the outcome is unknown
    QWidget *settle = dialogNamed(QStringLiteral("settleSend"));
    QVERIFY(settle);
    QCOMPARE(named<QListWidget>(*settle, "unknown")->count(), 1);
    QVERIFY(!named<QPushButton>(*settle, "settle")->isEnabled()); // nothing is chosen for the operator
    shot(settle, "compose-settle");
    named<QAbstractButton>(*settle, "arrived")->click();
    QVERIFY(pressed(settle, "settle"));
    QVERIFY(eventually([&] { return !open.window().actions().at(Act::Settle)->isEnabled(); }));
    int sends = 0;
    for (const SandboxLedgerEntry &entry : open.app->sandbox().server()->ledger())
        sends += entry.path.find("messages") != std::string::npos ? 1 : 0;
    QCOMPARE(sends, 1); // never by itself a second time
}

void ComposingTest::hostileNames()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage());
    const QString markup = QStringLiteral("<b>Bold</b> <img src=x>");
    const QString turned = QStringLiteral("Ann") + QChar(0x202E) + QStringLiteral("gpj.exe");
    const QString arabic = QString::fromUtf8("\u0645\u062d\u0645\u062f \u0639\u0644\u064a");
    const QString longName(200, u'W');
    const QString emoji = QString::fromUtf8("\U0001F469\u200D\U0001F469\u200D\U0001F467 Family");
    std::vector<Card> cards;
    for (const QString &name : {markup, turned, arabic, longName, emoji})
        cards.push_back(cardNamed(name, QStringLiteral("+447700900123")));
    page(open).addCards(cards);
    auto *list = on<QListView>(open, "cards");
    QCOMPARE(list->model()->index(0, 0).data().toString(), markup);
    QCOMPARE(list->model()->index(1, 0).data().toString(), QStringLiteral("Ann‹U+202E›gpj.exe"));
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        list->setCurrentIndex(list->model()->index(row, 0));
        QVERIFY(!preview(open).contains(QChar(0x202E)));
        QCOMPARE(
            on<QLineEdit>(open, "name.formatted_name")->text(), page(open).cards()[std::size_t(row)].name.formatted);
        shot(&open.window(), qPrintable(QStringLiteral("compose-hostile-%1").arg(row)));
    }
    list->setCurrentIndex(list->model()->index(0, 0));
    for (const QLabel *label : page(open).findChildren<QLabel *>())
        QVERIFY2(
            label->textFormat() == Qt::PlainText || !label->text().contains(u'<'), qPrintable(label->objectName()));
    on<QTabWidget>(open, "composeTabs")->setCurrentIndex(1);
    auto *json = on<QPlainTextEdit>(open, "json");
    QVERIFY(eventually([&] { return json->toPlainText().contains(QStringLiteral("‹U+202E›")); }));
    QVERIFY(on<QLabel>(open, "jsonMarks")->isVisible());
    on<QPushButton>(open, "copyJson")->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(turned)); // what is copied is the bytes
}

void ComposingTest::draftSurvives()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage());
    page(open).addCards({cardNamed(QStringLiteral("Draft Example"), QStringLiteral("+447700900123"))});
    QVERIFY(addRecipient(QLatin1String(alice)));
    auto *state = on<QLabel>(open, "draftState");
    QVERIFY(eventually([&] { return state->text() == QStringLiteral("Draft saved"); }));
    type(on<QLineEdit>(open, "name.last_name"), QStringLiteral("Last"));
    open.app.reset(); // what is due is handed over
    QVERIFY(open.start(true));
    QVERIFY(toPage());
    QVERIFY(eventually([&] { return page(open).cards().size() == 1; }));
    QCOMPARE(page(open).cards().front().name.last, QStringLiteral("Last"));
    QCOMPARE(page(open).cards().front().phones.front().phone, QStringLiteral("+447700900123"));
    QCOMPARE(page(open).recipients().numbers.size(), std::size_t(1));
    QCOMPARE(on<QLabel>(open, "draftState")->text(), QStringLiteral("Draft restored"));
}

void ComposingTest::templates()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage());
    page(open).addCards({cardNamed(QStringLiteral("Support Example"), QStringLiteral("+447700900123"))});
    auto *menu = named<QMenu>(page(open), "templatesMenu");
    QVERIFY(menu);
    menu->popup({0, 0});
    menu->actions().front()->trigger();
    menu->hide();
    QWidget *name = dialogNamed(QStringLiteral("templateName"));
    QVERIFY(name);
    type(named<QLineEdit>(*name, "name"), QStringLiteral("Our support & <b>you</b>"));
    QVERIFY(pressed(name, "save"));
    QVERIFY(eventually([&] { return !name || !name->isVisible(); }));
    on<QToolButton>(open, "composeNew")->click(); // asked; the test says yes
    QVERIFY(eventually([&] { return page(open).cards().empty(); }));

    menu->popup({0, 0});
    QAction *use = nullptr;
    QVERIFY(eventually([&] {
        const QList<QAction *> actions = menu->actions();
        use = actions.constLast();
        return use->text() == QStringLiteral("Our support && <b>you</b>");
    }));
    use->trigger();
    menu->hide();
    QVERIFY(eventually([&] { return page(open).cards().size() == 1; }));
    QCOMPARE(page(open).cards().front().name.formatted, QStringLiteral("Support Example"));

    menu->popup({0, 0});
    named<QAction>(page(open), "templatesManage")->trigger();
    menu->hide();
    QWidget *all = dialogNamed(QStringLiteral("templates"));
    QVERIFY(all);
    auto *list = named<QListWidget>(*all, "templateList");
    QVERIFY(eventually([&] { return list->count() == 1; }));
    shot(all, "compose-templates");
    QVERIFY(pressed(all, "rename"));
    QWidget *rename = dialogNamed(QStringLiteral("templateName"));
    QVERIFY(rename);
    named<QLineEdit>(*rename, "name")->setText(QStringLiteral("Renamed"));
    QVERIFY(pressed(rename, "save"));
    QVERIFY(
        eventually([&] { return list->count() == 1 && list->item(0)->text().startsWith(QStringLiteral("Renamed")); }));
    QVERIFY(pressed(all, "delete"));
    QVERIFY(eventually([&] { return list->count() == 0; }));
}

void ComposingTest::droppedFiles()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage());
    const QString vcf = written(open.folder, "two.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna "
        "Example\r\nN:Example;Anna;;;\r\nTEL;TYPE=CELL:+447700900123\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ben Example\r\nN:Example;Ben;;;\r\nEND:VCARD\r\n");
    QVERIFY(dropFile(page(open), vcf));
    QVERIFY(eventually([&] { return page(open).cards().size() == 2; }));
    QCOMPARE(page(open).cards().front().name.formatted, QStringLiteral("Anna Example"));
    QCOMPARE(page(open).cards().front().phones.front().phone, QStringLiteral("+447700900123"));
    const QString csv = written(open.folder, "people.csv", "name,phone\n");
    QVERIFY(dropFile(page(open), csv)); // a list of people is the window's, which imports it
    QWidget *import = dialogNamed(QStringLiteral("importDialog"));
    QVERIFY(import);
    import->close();
    QCOMPARE(page(open).cards().size(), std::size_t(2));
    const QString broken = written(open.folder, "broken.vcf", "no card at all");
    QVERIFY(dropFile(page(open), broken));
    QVERIFY(eventually([&] { return open.told.size() == 1; }));
    QCOMPARE(page(open).cards().size(), std::size_t(2)); // nothing was lost by it
}

void ComposingTest::keyboardOnly()
{
    OpenApp &open = *m_open;
    QWidget &window = open.window();
    window.activateWindow();
    QTest::keyClick(&window, Qt::Key_4, Qt::ControlModifier);
    QVERIFY(eventually([&] { return page(open).isVisible(); }));
    const auto walkTo = [&](const char *name) {
        QSet<QWidget *> seen;
        for (QWidget *at = QApplication::focusWidget(); at && !seen.contains(at); at = QApplication::focusWidget()) {
            if (at->objectName() == QLatin1String(name))
                return true;
            seen.insert(at);
            QTest::keyClick(at, Qt::Key_Tab);
        }
        return false;
    };
    page(open).setFocus();
    on<QLineEdit>(open, "recipientInput")->setFocus();
    QVERIFY(walkTo("cardAdd"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("name.formatted_name"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("First Card"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("First"));
    QVERIFY(walkTo("phones.add"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("+447700900123"));
    spin(50); // it comes into view from the event loop
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab); // an entry that was added stands where it is seen
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("phones.0.type"));
    on<QToolButton>(open, "phones.add")->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("+447700900124"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up, Qt::AltModifier); // to the first place
    QCOMPARE(page(open).cards().front().phones.front().phone, QStringLiteral("+447700900124"));
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("phones.0.phone"));

    page(open).addCards({cardNamed(QStringLiteral("Second Card"), QLatin1String(bob))});
    auto *cards = on<QListView>(open, "cards");
    cards->setFocus();
    QTest::keyClick(cards, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(page(open).cards().front().name.formatted, QStringLiteral("Second Card"));
    QTest::keyClick(cards, Qt::Key_Delete);
    QCOMPARE(page(open).cards().size(), std::size_t(1));
    QCOMPARE(page(open).cards().front().name.formatted, QStringLiteral("First Card"));
}

void ComposingTest::countersStop()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage());
    std::vector<Card> many;
    for (int i = 0; i < 300; ++i)
        many.push_back(cardNamed(QStringLiteral("Person %1").arg(i), u'+' + QString::number(447700900000 + i)));
    page(open).addCards({many.begin(), many.begin() + 5});
    auto *counter = on<QLabel>(open, "cardCounter");
    auto *notice = on<QLabel>(open, "messageNotice");
    QCOMPARE(counter->text(), QStringLiteral("5 of 257 cards"));
    spin(400);
    QVERIFY(!notice->isVisible());
    page(open).addCards({many[5]});
    QVERIFY(eventually([&] { return notice->isVisible(); })); // from 6 on
    page(open).addCards(many);
    QCOMPARE(counter->text(), QStringLiteral("257 of 257 cards"));
    QVERIFY(!on<QToolButton>(open, "cardAdd")->isEnabled());
}

QTEST_MAIN(ComposingTest)
#include "composing_test.moc"
