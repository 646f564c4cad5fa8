// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/settings.h"
#include "ui/parts/countrybox.h"
#include "ui/parts/theme.h"
#include "ui/preferences/preferences.h"

#include <QApplication>
#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace rollcall;

namespace {

template <class T> T *part(const QWidget &window, const char *name)
{
    T *found = window.findChild<T *>(QLatin1String(name));
    if (!found)
        qFatal("no %s", name);
    return found;
}

/// Stands in for the store and for the person who answers.
struct World {
    std::vector<BackupFile> files = {};
    std::function<void(Result<BackupFile>)> madeThen = {};
    std::vector<Question> questions = {};
    std::vector<Notice> notices = {};
    QStringList restored = {};
    bool answer = true;

    PreferencesNeeds needs()
    {
        PreferencesNeeds needs;
        needs.asks.confirm = [this](QWidget *, const Question &question, const std::function<void(bool)> &then) {
            questions.push_back(question);
            then(answer);
        };
        needs.asks.tell = [this](QWidget *, const Notice &notice) { notices.push_back(notice); };
        needs.backUp = [this](std::function<void(Result<BackupFile>)> then) {
            madeThen = std::move(then);
            return Call();
        };
        needs.backups = [this](const std::function<void(std::vector<BackupFile>)> &then) {
            then(files);
            return Call();
        };
        needs.restore = [this](const QString &path) { restored.append(path); };
        needs.languages = {{QStringLiteral("en"), QStringLiteral("English")}};
        return needs;
    }
};

} // namespace

class PreferencesTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->path());
        m_settings->setValue(Keys::operatorName, QStringLiteral("Ada"));
    }
    void showsWhatIsSet();
    void savesEverything();
    void cancelSavesNothing();
    void saveNeedsAName();
    void backsUp();
    void backupThatFails();
    void restoresAfterAYes_data();
    void restoresAfterAYes();
    void saysWhenItCannotBeWritten();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
};

void PreferencesTest::showsWhatIsSet()
{
    m_settings->setValue(Keys::defaultRegion, QStringLiteral("BR"));
    m_settings->setValue(Keys::cacheDays, 3);
    m_settings->setValue(Keys::theme, QStringLiteral("dark"));
    m_settings->setValue(Keys::dailyBackup, false);
    World world;
    Preferences window(*m_settings, world.needs());
    QCOMPARE(part<QLineEdit>(window, "preferences.operator")->text(), QStringLiteral("Ada"));
    QCOMPARE(part<CountryBox>(window, "preferences.country")->region(), QStringLiteral("BR"));
    QCOMPARE(part<QSpinBox>(window, "preferences.cacheDays")->value(), 3);
    QCOMPARE(part<QComboBox>(window, "preferences.theme")->currentText(), QStringLiteral("Dark"));
    QVERIFY(!part<QCheckBox>(window, "preferences.daily")->isChecked());
    QCOMPARE(part<QLabel>(window, "preferences.said")->text(), QStringLiteral("No backup was made yet."));
}

void PreferencesTest::savesEverything()
{
    World world;
    {
        Preferences window(*m_settings, world.needs());
        window.show();
        auto *name = part<QLineEdit>(window, "preferences.operator");
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral(" Grace  Hopper "));
        part<CountryBox>(window, "preferences.country")->setRegion(QStringLiteral("US"));
        part<QSpinBox>(window, "preferences.cacheDays")->setValue(2);
        QVERIFY(!part<QCheckBox>(window, "preferences.checkFirst")->isChecked()); // nobody is asked about by itself
        part<QCheckBox>(window, "preferences.checkFirst")->click();
        part<QComboBox>(window, "preferences.theme")->setCurrentText(QStringLiteral("Light"));
        part<QComboBox>(window, "preferences.language")->setCurrentText(QStringLiteral("English"));
        window.showBackups();
        QTest::mouseClick(part<QCheckBox>(window, "preferences.daily"), Qt::LeftButton, {}, QPoint(10, 10));
        QTest::mouseClick(part<QPushButton>(window, "preferences.save"), Qt::LeftButton);
        QCOMPARE(window.result(), int(QDialog::Accepted));
    }
    m_settings = std::make_unique<Settings>(m_folder->path()); // from the disk
    QCOMPARE(m_settings->value(Keys::operatorName), QStringLiteral("Grace Hopper"));
    QCOMPARE(m_settings->value(Keys::defaultRegion), QStringLiteral("US"));
    QCOMPARE(m_settings->value(Keys::cacheDays), 2);
    QCOMPARE(m_settings->value(Keys::theme), QStringLiteral("light"));
    QCOMPARE(m_settings->value(Keys::language), QStringLiteral("en"));
    QVERIFY(!m_settings->value(Keys::dailyBackup));
    QVERIFY(m_settings->value(Keys::checkBeforeSend));
}

void PreferencesTest::cancelSavesNothing()
{
    World world;
    Preferences window(*m_settings, world.needs());
    window.show();
    part<QSpinBox>(window, "preferences.cacheDays")->setValue(1);
    part<QLineEdit>(window, "preferences.operator")->setText(QStringLiteral("Mallory"));
    QTest::mouseClick(part<QPushButton>(window, "preferences.cancel"), Qt::LeftButton);
    QVERIFY(!window.isVisible());
    QCOMPARE(m_settings->value(Keys::cacheDays), 7);
    QCOMPARE(m_settings->value(Keys::operatorName), QStringLiteral("Ada"));
}

void PreferencesTest::saveNeedsAName()
{
    World world;
    Preferences window(*m_settings, world.needs());
    auto *save = part<QPushButton>(window, "preferences.save");
    QVERIFY(save->isEnabled());
    part<QLineEdit>(window, "preferences.operator")->setText(QStringLiteral("  "));
    QVERIFY(!save->isEnabled());
    QVERIFY(!save->toolTip().isEmpty());
}

void PreferencesTest::backsUp()
{
    World world;
    Preferences window(*m_settings, world.needs());
    window.show();
    window.showBackups();
    auto *button = part<QPushButton>(window, "preferences.backUp");
    auto *table = part<QTableWidget>(window, "preferences.backups");
    QCOMPARE(table->rowCount(), 0);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!button->isEnabled()); // not twice at once
    const BackupFile made{QStringLiteral("/somewhere/rollcall-2026-11-21.db"), 1'795'000'000'000, 123'456};
    world.files = {made};
    world.madeThen(made);
    QVERIFY(button->isEnabled());
    QCOMPARE(table->rowCount(), 1);
    QCOMPARE(table->item(0, 2)->text(), QStringLiteral("rollcall-2026-11-21.db"));
    QCOMPARE(part<QLabel>(window, "preferences.said")->text(),
        QStringLiteral("The backup is made: rollcall-2026-11-21.db."));
}

void PreferencesTest::backupThatFails()
{
    World world;
    Preferences window(*m_settings, world.needs());
    window.show();
    window.showBackups();
    auto *button = part<QPushButton>(window, "preferences.backUp");
    QTest::mouseClick(button, Qt::LeftButton);
    Failure failure;
    failure.kind = Failure::Kind::DiskFull;
    world.madeThen(failure);
    QVERIFY(button->isEnabled());
    QVERIFY(part<QLabel>(window, "preferences.said")->text().contains(QStringLiteral("disk"), Qt::CaseInsensitive));
}

void PreferencesTest::restoresAfterAYes_data()
{
    QTest::addColumn<bool>("answer");
    QTest::newRow("yes") << true;
    QTest::newRow("no") << false;
}

void PreferencesTest::restoresAfterAYes()
{
    QFETCH(bool, answer);
    World world;
    world.answer = answer;
    world.files = {{QStringLiteral("/b/second.db"), 1'795'000'000'000, 10},
        {QStringLiteral("/b/first.db"), 1'794'000'000'000, 10}};
    Preferences window(*m_settings, world.needs());
    window.show();
    window.showBackups();
    auto *restore = part<QPushButton>(window, "preferences.restore");
    QVERIFY(!restore->isEnabled());
    part<QTableWidget>(window, "preferences.backups")->selectRow(1);
    QVERIFY(restore->isEnabled());
    QTest::mouseClick(restore, Qt::LeftButton);
    QCOMPARE(world.questions.size(), 1U);
    QVERIFY(world.questions.front().dangerous);
    QCOMPARE(world.restored, answer ? QStringList({QStringLiteral("/b/first.db")}) : QStringList());
    QCOMPARE(window.isVisible(), !answer);
}

void PreferencesTest::saysWhenItCannotBeWritten()
{
    // A folder in the file's place cannot be written by anybody, root included.
    m_settings.reset();
    QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("settings.ini"))));
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("settings.ini")));
    m_settings = std::make_unique<Settings>(m_folder->path());
    World world;
    Preferences window(*m_settings, world.needs());
    window.show();
    part<QLineEdit>(window, "preferences.operator")->setText(QStringLiteral("Ada"));
    QTest::mouseClick(part<QPushButton>(window, "preferences.save"), Qt::LeftButton);
    QCOMPARE(world.notices.size(), 1U);
    QVERIFY(window.isVisible());
}

QTEST_MAIN(PreferencesTest)
#include "preferences_test.moc"
