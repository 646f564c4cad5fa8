// SPDX-License-Identifier: GPL-3.0-or-later
// vCard files and pasted lists in the whole program: dropped or pasted on Contacts they go the way of every import,
// with preview, consent, counts that add up, and undo.
#include "app/application.h"
#include "models/store/journal.h"
#include "tests/app/composeplace.h"
#include "tests/app/openapp.h"

#include <QDir>
#include <QPointer>
#include <QRadioButton>
#include <QStackedWidget>

using namespace rollcall;
using namespace rollcall::tests;

class CardImportTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_open.reset(); }
    void cardsBecomePeople();
    void twiceChangesNothing();
    void brokenCardsAreCounted();
    void aListIsPasted();
    void pastedCards();
    void nothingToPaste();

private:
    QWidget *dialog() { return dialogNamed(QStringLiteral("importDialog")); }
    bool toDryRun();
    QString counts(const char *name);
    QString dropped(const QByteArray &bytes);
    bool paste(const QString &text);
    bool closed();
    std::unique_ptr<OpenApp> m_open;
};

void CardImportTest::init()
{
    m_open = std::make_unique<OpenApp>();
    QVERIFY(m_open->start());
    m_open->window().showPage(Act::ShowContacts);
}

/// From the look at the columns to the counts, with "none known".
bool CardImportTest::toDryRun()
{
    QWidget *import = dialog();
    if (!import || !eventually([&] { return import->findChild<QStackedWidget *>()->currentIndex() > 0; }))
        return false;
    auto *stack = import->findChild<QStackedWidget *>();
    for (const int step : {1, 2}) {
        if (!eventually([&] { return stack->currentIndex() == step; }) || !pressed(import, "next"))
            return false;
    }
    if (!eventually([&] { return stack->currentIndex() == 3; }))
        return false;
    named<QRadioButton>(*import, "consentNone")->click();
    return pressed(import, "next") && eventually([&] { return stack->currentIndex() == 5; });
}

/// The five counts as they stand there: digits only, separated by blanks.
QString CardImportTest::counts(const char *name)
{
    QStringList numbers;
    for (const QLabel *label : named<QWidget>(*dialog(), name)->findChildren<QLabel *>()) {
        bool isNumber = false;
        (void)label->text().toInt(&isNumber);
        if (isNumber)
            numbers << label->text();
    }
    return numbers.join(u' ');
}

QString CardImportTest::dropped(const QByteArray &bytes)
{
    const QString path = written(m_open->folder, "people.vcf", bytes);
    return dropFile(m_open->window(), path) ? path : QString();
}

bool CardImportTest::paste(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    m_open->window().activateWindow();
    if (!QTest::qWaitForWindowActive(&m_open->window()))
        return false;
    named<QTableView>(m_open->window(), "contacts")->setFocus();
    QTest::keySequence(&m_open->window(), QKeySequence::Paste);
    return dialog() != nullptr;
}

/// By its Close button, at the end.
bool CardImportTest::closed()
{
    const QPointer<QWidget> import = dialog();
    if (!pressed(import, "next"))
        return false;
    QCoreApplication::sendPostedEvents(import, QEvent::DeferredDelete); // no loop of the program runs in a test
    return import.isNull();
}

void CardImportTest::cardsBecomePeople()
{
    OpenApp &open = *m_open;
    QVERIFY(!dropped("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Example\r\nTEL;TYPE=CELL:+447700900123\r\n"
                     "TEL;TYPE=WORK:+44 20 7946 0999\r\nEMAIL:anna@example.org\r\nEND:VCARD\r\n"
                     "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:<b>Ben</b>\r\nTEL;VALUE=uri:tel:+447700900124\r\nEND:VCARD\r\n")
                 .isEmpty());
    QWidget *import = dialog();
    QVERIFY(import);
    auto *preview = named<QTableView>(*import, "importPreview");
    QVERIFY(eventually([&] { return preview->model()->rowCount() == 3; }));
    QCOMPARE(preview->model()->index(1, 1).data().toString(), QStringLiteral("+44 20 7946 0999"));
    QVERIFY(!named<QComboBox>(*import, "delimiter")->isVisible()); // a vCard has none
    shot(import, "import-cards");
    QVERIFY(toDryRun());
    shot(import, "import-cards-dryrun");
    QVERIFY(pressed(import, "next"));
    QVERIFY(eventually([&] { return open.people() == 3; }));
    QVERIFY(pressed(import, "undoImport"));
    QVERIFY(eventually([&] { return open.people() == 0; }));
}

void CardImportTest::twiceChangesNothing()
{
    OpenApp &open = *m_open;
    for (int round = 0; round < 2; ++round) {
        QVERIFY(!dropped("BEGIN:VCARD\nFN:Anna\nTEL:+447700900123\nTEL:0044 20 79460999\nEND:VCARD\n").isEmpty());
        QVERIFY(toDryRun());
        QVERIFY(pressed(dialog(), "next"));
        auto *stack = dialog()->findChild<QStackedWidget *>();
        QVERIFY(eventually([&] { return stack->currentIndex() == 6; }));
        QCOMPARE(open.people(), 2);
        QVERIFY(closed());
    }
}

void CardImportTest::brokenCardsAreCounted()
{
    OpenApp &open = *m_open;
    QVERIFY(!dropped("BEGIN:VCARD\nFN:Anna\nTEL:+447700900123\nEND:VCARD\n"
                     "BEGIN:VCARD\nFN:Nobody\nEND:VCARD\n"
                     "BEGIN:VCARD\nFN:Cut\nTEL:+4477009")
                 .isEmpty());
    QVERIFY(toDryRun());
    QString words;
    for (const QLabel *label : dialog()->findChildren<QLabel *>())
        if (label->isVisible())
            words += label->text() + u'\n';
    QVERIFY2(words.contains(QStringLiteral("The card cannot be read whole")), qPrintable(words));
    QVERIFY(pressed(dialog(), "next"));
    QVERIFY(eventually([&] { return open.people() == 1; }));
}

void CardImportTest::aListIsPasted()
{
    OpenApp &open = *m_open;
    QVERIFY(open.addPerson(QStringLiteral("Alice"), QLatin1String(alice)));
    auto *contacts = named<QTableView>(open.window(), "contacts");
    QVERIFY(eventually([&] { return contacts->model()->rowCount() == 1; }));
    contacts->selectRow(0); // as somebody had it who found that nothing happened
    QVERIFY(paste(QStringLiteral("name\tphone\nAnna\t+447700900123\nBen\t+447700900124\n")));
    QVERIFY(toDryRun());
    QVERIFY(named<QLabel>(*dialog(), "trail")->text().contains(QStringLiteral("Pasted list")));
    QVERIFY(pressed(dialog(), "next"));
    QVERIFY(eventually([&] { return open.people() == 3; }));
    const auto left
        = [&] { return QDir(open.folder.filePath(QStringLiteral("profile"))).entryList({QStringLiteral("pasted-*")}); };
    QVERIFY(closed());
    QVERIFY(eventually([&] { return left().isEmpty(); })); // nothing of it stays behind
}

void CardImportTest::pastedCards()
{
    QVERIFY(run(*m_open, Act::Import));
    QGuiApplication::clipboard()->setText(QStringLiteral("BEGIN:VCARD\nFN:Žofie\nTEL:+447700900123\nEND:VCARD\n"));
    QVERIFY(pressed(dialog(), "pasteList"));
    auto *preview = named<QTableView>(*dialog(), "importPreview");
    QVERIFY(eventually([&] { return preview->model()->rowCount() == 1; }));
    QCOMPARE(preview->model()->index(0, 0).data().toString(), QStringLiteral("Žofie"));
}

void CardImportTest::nothingToPaste()
{
    QVERIFY(paste(QString()));
    auto *problem = named<QLabel>(*dialog(), "problem");
    QVERIFY(eventually([&] { return problem->isVisible(); }));
    QVERIFY(problem->text().contains(QStringLiteral("no text")));
}

QTEST_MAIN(CardImportTest)
#include "cardimport_test.moc"
