// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/importdialog.h"

#include "models/settings/settings.h"
#include "models/store/people.h"
#include "tests/support/temporarystore.h"
#include "ui/exchange/importwords.h"
#include "ui/parts/fieldlist.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStackedWidget>
#include <QStyle>
#include <QTableView>
#include <QTest>
#include <QThreadPool>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// Counted by hand: 8 records below the header, one of them blank.
//   added: Zoë, Ian, Eva, 12 (kept as typed)      unchanged: Zoë again
//   rejected: 4.917E+12, "call office"
constexpr char customers[] = "Kunden 2024\r\n"
                             "Name;Telefon;E-Mail;Tags\r\n"
                             "Zo\xC3\xAB;0151 23456789;zoe@example.org;vip\r\n"
                             "Ian;+44 7400 123456;;\r\n"
                             "Zo\xC3\xAB;+4915123456789;;\r\n"
                             "Sci;4.917E+12;;\r\n"
                             ";;;\r\n"
                             "Office;call office;;\r\n"
                             "Eva;+447700900000;;lead\r\n"
                             "Short;12;;\r\n";

} // namespace

class ImportDialogTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void aListGoesThroughEveryStep();
    void withoutAnAnswerAboutConsentNothingGoesOn();
    void wrongGuessesCanBeCorrected();
    void badFilesEndInOneSentence_data();
    void badFilesEndInOneSentence();
    void noPhoneColumnStopsAtTheColumns();
    void rejectedRowsAreFoundInTheFile();
    void aSecondNumberIsNotLostSilently();
    void cardsWithManyNumbersAreSaid();
    void buttonsStandAsThePlatformHasThem();
    void goingBackDropsTheDryRun();
    void cancelWhileReadingReturnsToTheQuestions();
    void everyControlHasAName();
    void everyReasonHasWords();

private:
    template <class T> T *part(const char *name)
    {
        auto *found = m_dialog->findChild<T *>(QLatin1String(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    QString make(const QByteArray &bytes)
    {
        const QString path = m_files->filePath(QStringLiteral("list.csv"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }
    int page() { return m_dialog->findChild<QStackedWidget *>()->currentIndex(); }
    bool shows(int wanted)
    {
        return QTest::qWaitFor(
            [&] { return page() == wanted && part<QPushButton>("back")->isVisible() != (wanted == resultPage); },
            10'000);
    }
    void next() { QTest::mouseClick(part<QPushButton>("next"), Qt::LeftButton); }
    QString problem() { return part<QLabel>("problem")->isVisible() ? part<QLabel>("problem")->text() : QString(); }
    QStringList everybody(); ///< "name|typed|E.164|tags|consent", sorted
    qint64 people()
    {
        const auto count = await<qint64>([&](auto then) { return (*m_store)->people().count({}, {}, then); });
        return count ? *count : -1;
    }
    /// Up to the dry run, with "none known".
    void toDryRun(const QString &file)
    {
        m_dialog->openFile(file);
        QVERIFY(shows(columnsPage));
        next();
        QVERIFY(shows(numbersPage));
        next();
        QVERIFY(shows(consentPage));
        part<QRadioButton>("consentNone")->click();
        next();
        QVERIFY(shows(dryRunPage));
    }
    static constexpr int sourcePage = 0;
    static constexpr int columnsPage = 1;
    static constexpr int numbersPage = 2;
    static constexpr int consentPage = 3;
    static constexpr int dryRunPage = 5;
    static constexpr int resultPage = 6;

    std::unique_ptr<QTemporaryDir> m_files;
    std::unique_ptr<TemporaryStore> m_store;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Importer> m_importer;
    std::unique_ptr<ImportDialog> m_dialog;
    QString m_chosen; ///< what the person picks in file dialogs
};

void ImportDialogTest::init()
{
    m_files = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<TemporaryStore>();
    QVERIFY(m_store->isOpen());
    m_settings = std::make_unique<Settings>(m_files->path());
    m_settings->setValue(Keys::operatorName, QStringLiteral("Tess"));
    m_settings->setValue(Keys::defaultRegion, QStringLiteral("DE"));
    m_importer = std::make_unique<Importer>(**m_store, m_store->folder());
    Asks asks;
    asks.openFile = [this](QWidget *, const FileWish &, const std::function<void(QString)> &then) { then(m_chosen); };
    asks.saveFile = asks.openFile;
    m_dialog = std::make_unique<ImportDialog>(ImportNeeds{**m_store, *m_importer, *m_settings, asks});
    m_dialog->QDialog::show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

void ImportDialogTest::cleanup()
{
    m_dialog.reset();
    m_importer.reset();
    m_store.reset();
    QThreadPool::globalInstance()->waitForDone();
}

QStringList ImportDialogTest::everybody()
{
    const auto spine = await<Spine>([&](auto then) { return (*m_store)->people().spine({}, {}, {}, then); });
    if (!spine)
        return {};
    const auto rows
        = await<std::vector<PersonRow>>([&](auto then) { return (*m_store)->people().rows(*spine, {}, then); });
    if (!rows)
        return {};
    QStringList found;
    for (const PersonRow &row : *rows)
        found.append(row.fields.name + u'|' + row.fields.number.typed + u'|' + row.fields.number.e164Text() + u'|'
            + row.fields.tags.join(u'+') + u'|' + QString::number(int(row.consent)));
    found.sort();
    return found;
}

void ImportDialogTest::aListGoesThroughEveryStep()
{
    m_chosen = make(QByteArray(customers));
    QSignalSpy imported(m_dialog.get(), &ImportDialog::imported);
    part<QPushButton>("browse")->click();
    QVERIFY(shows(columnsPage));
    QCOMPARE(part<QComboBox>("delimiter")->currentText(), QStringLiteral("Semicolon (;)"));
    QCOMPARE(part<QSpinBox>("firstLine")->value(), 2);
    QVERIFY(part<QCheckBox>("header")->isChecked());
    QCOMPARE(part<QComboBox>("column2")->currentText(), QStringLiteral("Phone number"));
    auto *preview = part<QTableView>("importPreview");
    QCOMPARE(preview->accessibleName(), QStringLiteral("Import preview"));
    QCOMPARE(preview->model()->rowCount(), 7);
    QCOMPARE(preview->model()->index(0, 0).data().toString(), QStringLiteral("Zoë"));
    next();
    QVERIFY(shows(numbersPage));
    QTRY_VERIFY(part<FieldList>("findings")->text().contains(QStringLiteral("4.917E+12")));
    QCOMPARE(part<QComboBox>("country")->currentData().toString(), QStringLiteral("DE"));
    next();
    QVERIFY(shows(consentPage));
    QVERIFY(!part<QPushButton>("next")->isEnabled());
    part<QRadioButton>("consentGiven")->click();
    part<QLineEdit>("consentSource")->setText(QStringLiteral("web form"));
    next();
    QVERIFY(shows(dryRunPage));
    const QString counts = QStringLiteral(
        "Added: 4\nUpdated: 0\nUnchanged: 1\nSuppressed (do-not-contact): 0\nRejected: 2\nRows read: 7\n");
    QCOMPARE(part<FieldList>("dryRunCounts")->text(), counts);
    QCOMPARE(people(), qint64(0));
    QCOMPARE(part<QPushButton>("next")->text(), QStringLiteral("&Import"));
    next();
    QVERIFY(shows(resultPage));
    QCOMPARE(part<FieldList>("resultCounts")->text(), counts);
    QCOMPARE(part<QLabel>("resultTitle")->text(), QStringLiteral("Imported; rejected rows: 2"));
    const QString reasons = part<FieldList>("resultReasons")->text();
    QVERIFY2(reasons.contains(QStringLiteral("4.917E+12")), qPrintable(reasons));
    QVERIFY2(reasons.contains(QStringLiteral("is no number")), qPrintable(reasons));
    QCOMPARE(reasons.count(u'\n'), 2);
    QCOMPARE(imported.size(), 1);
    QCOMPARE(people(), qint64(4));

    QCOMPARE(everybody(),
        (QStringList{QStringLiteral("Eva|+447700900000|+447700900000|lead|1"),
            QStringLiteral("Ian|+44 7400 123456|+447400123456||1"), QStringLiteral("Short|12|||1"),
            QStringLiteral("Zoë|0151 23456789|+4915123456789|vip|1")}));

    m_chosen = m_files->filePath(QStringLiteral("out.csv"));
    part<QPushButton>("exportRejected")->click();
    QTRY_VERIFY(part<QLabel>("resultSaid")->text().startsWith(QStringLiteral("2 rows written")));
    QFile out(m_chosen);
    QVERIFY(out.open(QIODevice::ReadOnly));
    QVERIFY(out.readAll().contains("Sci;4.917E+12"));
    part<QPushButton>("undoImport")->click();
    QTRY_COMPARE(part<QLabel>("resultTitle")->text(), QStringLiteral("Import undone"));
    QCOMPARE(part<QLabel>("resultSaid")->text(), QStringLiteral("Undone: Import, 4 people taken back out."));
    QCOMPARE(people(), qint64(0));
    QVERIFY(!part<QPushButton>("undoImport")->isEnabled());
    next();
    QVERIFY(!m_dialog->isVisible());
}

void ImportDialogTest::withoutAnAnswerAboutConsentNothingGoesOn()
{
    m_dialog->openFile(make("name,phone\nZoe,+4915123456789\n"));
    QVERIFY(shows(columnsPage));
    next();
    QVERIFY(shows(numbersPage));
    next();
    QVERIFY(shows(consentPage));
    QVERIFY(!part<QPushButton>("next")->isEnabled());
    part<QRadioButton>("consentGiven")->click();
    QVERIFY(!part<QPushButton>("next")->isEnabled()); // the source is still missing
    part<QLineEdit>("consentSource")->setText(QStringLiteral("  "));
    QVERIFY(!part<QPushButton>("next")->isEnabled());
    part<QLineEdit>("consentSource")->setText(QStringLiteral("paper form"));
    QVERIFY(part<QPushButton>("next")->isEnabled());
    part<QRadioButton>("consentNone")->click();
    QVERIFY(part<QPushButton>("next")->isEnabled());
}

void ImportDialogTest::wrongGuessesCanBeCorrected()
{
    m_dialog->openFile(make("a;b,c\n0151 23456789;Zo\xEB,x\n"));
    QVERIFY(shows(columnsPage));
    auto *delimiter = part<QComboBox>("delimiter");
    delimiter->setCurrentIndex(delimiter->findText(QStringLiteral("Semicolon (;)")));
    auto *encoding = part<QComboBox>("encoding");
    encoding->setCurrentIndex(encoding->findData(QByteArray("windows-1252")));
    auto *model = part<QTableView>("importPreview")->model();
    QTRY_COMPARE(model->columnCount(), 2);
    QTRY_COMPARE(model->index(0, 1).data().toString(), QStringLiteral("Zoë,x"));
    part<QCheckBox>("header")->setChecked(false);
    QTRY_COMPARE(model->rowCount(), 2);
    auto *second = part<QComboBox>("column2");
    second->setCurrentIndex(second->findText(QStringLiteral("Note")));
    QVERIFY(model->headerData(1, Qt::Horizontal).toString().contains(QStringLiteral("Note")));
}

void ImportDialogTest::badFilesEndInOneSentence_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("word");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("is empty");
    QTest::newRow("binary") << QByteArray("\x7F"
                                          "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3E\0\1\0\0\0",
        24) << QStringLiteral("not a text file");
    QTest::newRow("workbook") << QByteArray("PK\x03\x04\x14\0\6\0\x08\0\0\0", 12) << QStringLiteral("save it as CSV");
    QTest::newRow("long line") << QByteArray(9'000'000, 'x') << QStringLiteral("longer than 4 MB");
}

void ImportDialogTest::badFilesEndInOneSentence()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, word);
    m_dialog->openFile(make(bytes));
    QTRY_VERIFY_WITH_TIMEOUT(!problem().isEmpty(), 10'000);
    QVERIFY2(problem().contains(word), qPrintable(problem()));
    QVERIFY2(problem().contains(QStringLiteral("Nothing was imported")), qPrintable(problem()));
    QCOMPARE(page(), sourcePage);
    // The window is alive: another file goes through.
    m_dialog->openFile(make("name,phone\nZoe,+4915123456789\n"));
    QVERIFY(shows(columnsPage));
    QVERIFY(problem().isEmpty());
}

void ImportDialogTest::noPhoneColumnStopsAtTheColumns()
{
    m_dialog->openFile(make("name,city\nZoe,Berlin\n"));
    QVERIFY(shows(columnsPage));
    QVERIFY(!part<QPushButton>("next")->isEnabled());
    QVERIFY(problem().contains(QStringLiteral("Phone number")));
    auto *second = part<QComboBox>("column2");
    second->setCurrentIndex(second->findText(QStringLiteral("Name")));
    QVERIFY(problem().contains(QStringLiteral("Two columns")));
    second->setCurrentIndex(second->findText(QStringLiteral("Phone number")));
    QVERIFY(problem().isEmpty());
    QVERIFY(part<QPushButton>("next")->isEnabled());
}

void ImportDialogTest::rejectedRowsAreFoundInTheFile()
{
    QSignalSpy told(m_dialog.get(), &ImportDialog::told);
    toDryRun(make(QByteArray(customers)));
    QCOMPARE(part<QTableView>("importPreview")->model()->headerData(2, Qt::Vertical).toString(), QStringLiteral("5"));
    const auto sayWhere = [](const QString &reasons) {
        return reasons.contains(QStringLiteral("export the list again. Line 6."))
            && reasons.contains(QStringLiteral("is no number. Line 8."));
    };
    QVERIFY(sayWhere(part<FieldList>("dryRunReasons")->text()));
    next();
    QVERIFY(shows(resultPage));
    QVERIFY(sayWhere(part<FieldList>("resultReasons")->text()));
    QVERIFY(told.last().first().toString().endsWith(QStringLiteral("Rejected rows: 2.")));
    m_chosen = m_files->filePath(QStringLiteral("out.csv"));
    part<QPushButton>("exportRejected")->click();
    QTRY_VERIFY(!part<QLabel>("resultSaid")->text().isEmpty() && QFile::exists(m_chosen));
    QFile out(m_chosen);
    QVERIFY(out.open(QIODevice::ReadOnly));
    const QByteArray written = out.readAll();
    QVERIFY(written.contains("\r\n6,") && written.contains("\r\n8,"));
}

void ImportDialogTest::aSecondNumberIsNotLostSilently()
{
    m_dialog->openFile(make("name,mobile,phone 2\nAnn,+447700900123,+447700900124\nBob,+447700900125,\n"));
    QVERIFY(shows(columnsPage));
    const QString sentence
        = QStringLiteral("2 columns look like phone numbers: only “mobile” is imported, not “phone 2”.");
    auto *said = part<QLabel>("otherPhones");
    QVERIFY(said->isVisible());
    QCOMPARE(said->text(), sentence);
    auto *second = part<QComboBox>("column3");
    second->setCurrentText(QStringLiteral("Note")); // it comes along as something else
    QVERIFY(!said->isVisible());
    second->setCurrentText(QStringLiteral("Ignore"));
    QVERIFY(said->isVisible());
    next();
    QVERIFY(shows(numbersPage));
    next();
    QVERIFY(shows(consentPage));
    part<QRadioButton>("consentNone")->click();
    next();
    QVERIFY(shows(dryRunPage));
    QVERIFY(part<QLabel>("dryRunNotes")->text().contains(sentence));
}

void ImportDialogTest::cardsWithManyNumbersAreSaid()
{
    toDryRun(make("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nTEL:+447700900123\r\nTEL:+447700900124\r\nEND:VCARD\r\n"
                  "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bob\r\nTEL:+447700900125\r\nEND:VCARD\r\n"));
    const QString sentence = QStringLiteral("Cards with more than one number: 1.");
    QVERIFY(part<QLabel>("dryRunNotes")->text().contains(sentence));
    next();
    QVERIFY(shows(resultPage));
    QVERIFY(part<QLabel>("resultSaid")->text().contains(sentence));
    QCOMPARE(people(), qint64(3));
}

void ImportDialogTest::buttonsStandAsThePlatformHasThem()
{
    m_dialog->openFile(make(QByteArray(customers)));
    QVERIFY(shows(columnsPage));
    const int back = part<QPushButton>("back")->x();
    const int next = part<QPushButton>("next")->x();
    const int cancel = part<QPushButton>("cancel")->x();
    const int order = m_dialog->style()->styleHint(QStyle::SH_DialogButtonLayout, nullptr, m_dialog.get());
    const bool first = order == QDialogButtonBox::MacLayout || order == QDialogButtonBox::GnomeLayout;
    QVERIFY(back < next);
    QVERIFY(first ? cancel < back : cancel > next);
}

void ImportDialogTest::goingBackDropsTheDryRun()
{
    toDryRun(make("name,phone\nZoe,+4915123456789\n"));
    QTest::mouseClick(part<QPushButton>("back"), Qt::LeftButton);
    QVERIFY(shows(consentPage));
    QThreadPool::globalInstance()->waitForDone();
    QCOMPARE(QDir(m_store->folder()).entryList({QStringLiteral("*.staging")}).size(), 0);
    next();
    QVERIFY(shows(dryRunPage));
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());
    QThreadPool::globalInstance()->waitForDone();
    QCOMPARE(QDir(m_store->folder()).entryList({QStringLiteral("*.staging")}).size(), 0);
    QCOMPARE(people(), qint64(0));
}

void ImportDialogTest::cancelWhileReadingReturnsToTheQuestions()
{
    QByteArray bytes = "name,phone\n";
    for (int i = 0; i < 60'000; ++i)
        bytes += "Person,+4915" + QByteArray::number(120'000'000 + i) + "\n";
    m_dialog->openFile(make(bytes));
    QVERIFY(shows(columnsPage));
    next();
    next();
    QVERIFY(shows(consentPage));
    part<QRadioButton>("consentNone")->click();
    QSignalSpy working(m_dialog.get(), &ImportDialog::working);
    QSignalSpy rested(m_dialog.get(), &ImportDialog::rested);
    next();
    QVERIFY(working.wait());
    QTest::mouseClick(part<QPushButton>("cancel"), Qt::LeftButton);
    QCOMPARE(page(), consentPage);
    QCOMPARE(rested.size(), 1);
    QVERIFY(problem().contains(QStringLiteral("cancelled")));
    QVERIFY(m_dialog->isVisible());
}

void ImportDialogTest::everyControlHasAName()
{
    m_dialog->openFile(make("name,phone\nZoe,+4915123456789\n"));
    QVERIFY(shows(columnsPage));
    for (QWidget *widget : m_dialog->findChildren<QWidget *>()) {
        const bool control = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget)
            || qobject_cast<QComboBox *>(widget) || qobject_cast<QAbstractSpinBox *>(widget)
            || qobject_cast<QTableView *>(widget);
        // Parts of a control (the line edit of a spin box, the corner of a table) belong to it.
        const bool inner = widget->parentWidget()
            && (qobject_cast<QAbstractSpinBox *>(widget->parentWidget())
                || qobject_cast<QComboBox *>(widget->parentWidget())
                || qobject_cast<QAbstractItemView *>(widget->parentWidget()) || widget->inherits("QTableCornerButton")
                || !widget->window()->inherits("rollcall::ImportDialog"));
        if (!control || inner)
            continue;
        QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
        bool named = !widget->accessibleName().isEmpty();
        if (const auto *button = qobject_cast<QAbstractButton *>(widget))
            named = named || !button->text().isEmpty();
        for (const QLabel *label : m_dialog->findChildren<QLabel *>())
            named = named || label->buddy() == widget;
        QVERIFY2(named, qPrintable(widget->objectName()));
        QVERIFY2(widget->focusPolicy() & Qt::TabFocus, qPrintable(widget->objectName()));
    }
}

void ImportDialogTest::everyReasonHasWords()
{
    for (const char *id : {"no-number", "not-a-number", "scientific", "encoding", "quote", "columns"}) {
        const QString words = ImportWords::reason(QString::fromLatin1(id));
        QVERIFY2(words.endsWith(u'.') && words != QString::fromLatin1(id), id);
    }
    QCOMPARE(ImportWords::reason(QStringLiteral("from-the-future")), QStringLiteral("from-the-future"));
}

QTEST_MAIN(ImportDialogTest)
#include "importdialog_test.moc"
