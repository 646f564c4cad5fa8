// SPDX-License-Identifier: GPL-3.0-or-later
// Composing in the whole program, as a person does it: people become cards, files are dropped, drafts and templates.
#include "app/application.h"
#include "tests/app/composeplace.h"
#include "tests/app/openapp.h"
#include "ui/compose/composepage.h"
#include "ui/shell/actions.h"

#include <QDrag>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPointer>
#include <QTimer>

using namespace rollcall;
using namespace rollcall::tests;

class ComposingTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_open.reset(); }
    void peopleBecomeCards();
    void hostileNames();
    void draftSurvives();
    void templates();
    void droppedFiles();
    void filesDroppedAnywhere();
    void cardsAreDragged();
    void pastedCards();
    void exported();
    void whatIsNoMessageIsNotExported();
    void keyboardOnly();
    void countersStop();

private:
    std::unique_ptr<OpenApp> m_open;
};

void ComposingTest::init()
{
    m_open = std::make_unique<OpenApp>();
    QVERIFY(m_open->start(true));
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

void ComposingTest::hostileNames()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage(open));
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
    QVERIFY(toPage(open));
    page(open).addCards({cardNamed(QStringLiteral("Draft Example"), QStringLiteral("+447700900123"))});
    QVERIFY(addRecipient(open, QLatin1String(alice)));
    auto *state = on<QLabel>(open, "draftState");
    QVERIFY(eventually([&] { return state->text() == QStringLiteral("Draft saved"); }));
    type(on<QLineEdit>(open, "name.last_name"), QStringLiteral("Last"));
    open.app.reset(); // what is due is handed over
    QVERIFY(open.start(true));
    QVERIFY(toPage(open));
    QVERIFY(eventually([&] { return page(open).cards().size() == 1; }));
    QCOMPARE(page(open).cards().front().name.last, QStringLiteral("Last"));
    QCOMPARE(page(open).cards().front().phones.front().phone, QStringLiteral("+447700900123"));
    QCOMPARE(page(open).recipients().numbers.size(), std::size_t(1));
    QCOMPARE(on<QLabel>(open, "draftState")->text(), QStringLiteral("Draft restored"));
}

void ComposingTest::templates()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage(open));
    page(open).addCards({cardNamed(QStringLiteral("Support Example"), QStringLiteral("+447700900123"))});
    auto *menu = named<QMenu>(page(open), "templatesMenu");
    QVERIFY(menu);
    menu->popup({0, 0});
    menu->actions().front()->trigger();
    menu->hide();
    const QPointer<QWidget> name = dialogNamed(QStringLiteral("templateName")); // it deletes itself when it closes
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
    QVERIFY(toPage(open));
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

/// Whatever lies under the hand: a field would take the file's path for text, and the list is for its own cards.
void ComposingTest::filesDroppedAnywhere()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage(open));
    const Card first = cardNamed(QStringLiteral("First Card"), QStringLiteral("+447700900123"));
    page(open).addCards({first});
    const QString file = written(open.folder, "one.vcf", "BEGIN:VCARD\nFN:Anna Example\nEND:VCARD\n");
    std::size_t cards = 1;
    for (const char *name : {"cards", "recipientInput", "replyTo", "name.formatted_name", "phones.0.type",
             "messagePreview", "recipients", "send"}) {
        auto *list = on<QListView>(open, "cards");
        list->setCurrentIndex(list->model()->index(0, 0)); // what was dropped before has no phone
        auto *target = on<QWidget>(open, name);
        QVERIFY2(target, name);
        if (auto *box = qobject_cast<QComboBox *>(target))
            target = box->lineEdit();
        if (auto *view = qobject_cast<QAbstractItemView *>(target))
            target = view->viewport();
        QVERIFY2(dropFile(*target, file), name);
        ++cards;
        QVERIFY2(eventually([&] { return page(open).cards().size() == cards; }), name);
        QCOMPARE(page(open).cards().back().name.formatted, QStringLiteral("Anna Example"));
        QCOMPARE(page(open).cards().front(), first);
    }
    QVERIFY(on<QLineEdit>(open, "recipientInput")->text().isEmpty());
    QVERIFY(page(open).replyTo().isEmpty());
}

/// The hand presses, moves and lets go. The platform of these tests (offscreen) ends every drag at once, so what it
/// would report is sent here; under a display (xvfb-run, QT_QPA_PLATFORM=xcb) it is the display's.
void ComposingTest::cardsAreDragged()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage(open));
    std::vector<Card> cards;
    cards.reserve(3);
    for (const char *name : {"First Card", "Second Card", "Third Card"})
        cards.push_back(cardNamed(QLatin1String(name), QStringLiteral("+447700900123")));
    page(open).addCards(cards);
    auto *list = on<QListView>(open, "cards");
    QWidget &view = *list->viewport();
    const QPoint from = list->visualRect(list->model()->index(0, 0)).center();
    const QPoint below = list->visualRect(list->model()->index(2, 0)).bottomLeft() + QPoint(20, -1);
    const auto mouse = [&](QEvent::Type type, const QPoint &at) {
        const bool press = type == QEvent::MouseButtonPress;
        QMouseEvent event(type, at, view.mapToGlobal(at), press ? Qt::LeftButton : Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&view, &event);
    };
    const auto byDisplay = [&] { // the drag has an event loop of its own: the hand moves from a timer
        QWindow *window = list->window()->windowHandle();
        const QPoint to = view.mapTo(list->window(), below);
        QTest::mouseMove(window, to - QPoint(0, 3));
        QTest::mouseMove(window, to);
        QTest::mouseRelease(window, Qt::LeftButton, {}, to);
    };
    const bool display = QGuiApplication::platformName() != QLatin1String("offscreen");
    if (display)
        QTimer::singleShot(200, list, byDisplay);
    mouse(QEvent::MouseButtonPress, from);
    mouse(QEvent::MouseMove, from + QPoint(0, 2));
    mouse(QEvent::MouseMove, from + QPoint(0, 2 + QApplication::startDragDistance())); // the drag takes the rest
    if (!display) {
        const auto *drag = list->findChild<QDrag *>(); // what the mouse set off
        QVERIFY(drag && drag->mimeData());
        const auto sent = [&](auto event) {
            QCoreApplication::sendEvent(&view, &event);
            return event.isAccepted() && event.dropAction() == Qt::MoveAction;
        };
        QVERIFY(sent(QDragEnterEvent(from, Qt::MoveAction, drag->mimeData(), Qt::LeftButton, Qt::NoModifier)));
        QVERIFY(sent(QDragMoveEvent(below, Qt::MoveAction, drag->mimeData(), Qt::LeftButton, Qt::NoModifier)));
        QVERIFY(sent(QDropEvent(below, Qt::MoveAction, drag->mimeData(), Qt::LeftButton, Qt::NoModifier)));
    }
    const auto order = [&] {
        QString names;
        for (const Card &card : page(open).cards())
            names += card.name.formatted.front();
        return names;
    };
    QVERIFY2(eventually([&] { return order() == QStringLiteral("STF"); }), qPrintable(order()));
    QCOMPARE(list->model()->index(2, 0).data().toString(), QStringLiteral("First Card"));
    QCOMPARE(list->currentIndex().row(), 2); // it is still the one in the form
    QCOMPARE(on<QLineEdit>(open, "name.formatted_name")->text(), QStringLiteral("First Card"));
    QVERIFY(eventually([&] { return preview(open).startsWith(QStringLiteral("Second Card")); }));
    QVERIFY(eventually([&] { return on<QLabel>(open, "draftState")->text() == QStringLiteral("Draft saved"); }));
}

void ComposingTest::pastedCards()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage(open));
    std::size_t cards = 0;
    for (const char *text : {"BEGIN:VCARD\nFN:Anna Example\nTEL:+447700900123\nEND:VCARD\n",
             "[{\"name\":{\"formatted_name\":\"Ben Example\",\"first_name\":\"Ben\"}}]",
             "Cora Example, +44 7700 900125\n"}) {
        QGuiApplication::clipboard()->setText(QString::fromLatin1(text));
        on<QToolButton>(open, "cardsPaste")->click();
        ++cards;
        QVERIFY2(eventually([&] { return page(open).cards().size() == cards; }), text);
    }
    QCOMPARE(page(open).cards()[0].phones.front().phone, QStringLiteral("+447700900123"));
    QCOMPARE(page(open).cards()[1].name.first, QStringLiteral("Ben"));
    QCOMPARE(page(open).cards()[2].name.formatted, QStringLiteral("Cora Example"));
}

/// As a .vcf and as the JSON of the message: byte for byte what the JSON tab shows. Both are read again as they were.
void ComposingTest::exported()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage(open));
    std::vector<Card> cards{cardNamed(QString::fromUtf8("Zo\u00e9 Example"), QStringLiteral("+447700900123")),
        cardNamed(QString::fromUtf8("\u0645\u062d\u0645\u062f"), QString())};
    cards[1].phones.front().waId = QStringLiteral("447700900124"); // filled in as it leaves
    page(open).addCards(cards);
    QVERIFY(addRecipient(open, QLatin1String(alice)));
    on<QTabWidget>(open, "composeTabs")->setCurrentIndex(1);
    auto *json = on<QPlainTextEdit>(open, "json");
    QVERIFY(eventually([&] { return json->toPlainText().contains(QLatin1String(alice).mid(1)); }));
    const QByteArray shown = json->toPlainText().toUtf8();
    cards[1].phones.front().phone = QStringLiteral("+44 7700 900124");
    for (const char *name : {"exportJson", "exportVcf"}) {
        open.saveTo = open.folder.filePath(QLatin1String(name));
        on<QAction>(open, name)->trigger();
        QByteArray bytes;
        QVERIFY(eventually([&] {
            QFile file(open.saveTo);
            bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
            return !bytes.isEmpty();
        }));
        QVERIFY2(QLatin1String(name) == QLatin1String("exportVcf") || bytes == shown, bytes.constData());
        on<QToolButton>(open, "composeNew")->click();
        QVERIFY(eventually([&] { return page(open).cards().empty(); }));
        open.openFrom = open.saveTo;
        on<QToolButton>(open, "cardsOpen")->click();
        QVERIFY(eventually([&] { return page(open).cards().size() == 2; }));
        QCOMPARE(page(open).cards(), cards);
    }
}

/// A reply where the gateway has none: there is no message, and no other file is written in its place.
void ComposingTest::whatIsNoMessageIsNotExported()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage(open));
    Composition composition;
    composition.cards = {cardNamed(QStringLiteral("Zoe Example"), QStringLiteral("+447700900123"))};
    composition.numbers = {QStringLiteral("+447700900124")};
    composition.replyTo = QStringLiteral("wamid.1");
    page(open).setComposition(composition);
    QCOMPARE(page(open).replyTo(), composition.replyTo);
    open.saveTo = open.folder.filePath(QStringLiteral("none.json"));
    open.told.clear();
    on<QAction>(open, "exportJson")->trigger();
    QVERIFY(eventually([&] { return !open.told.isEmpty(); }));
    QVERIFY2(
        open.told.first().startsWith(QStringLiteral("This cannot be used as it is.")), qPrintable(open.told.first()));
    QVERIFY(!QFile::exists(open.saveTo));
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
    QVERIFY(toPage(open));
    std::vector<Card> many;
    many.reserve(300);
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
