// SPDX-License-Identifier: GPL-3.0-or-later
// The page in the real dialog, over a real store.
#include "models/people/retention.h"
#include "models/settings/settings.h"
#include "models/store/erasures.h"
#include "models/store/people.h"
#include "tests/support/temporarystore.h"
#include "ui/parts/theme.h"
#include "ui/preferences/preferences.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 dayMs = 86'400'000;

template <class T> T *part(const QWidget &window, const char *name)
{
    T *found = window.findChild<T *>(QLatin1String(name));
    if (!found)
        qFatal("no %s", name);
    return found;
}

} // namespace

class RetentionPageTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void init()
    {
        m_store = std::make_unique<TemporaryStore>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->path());
        m_settings->setValue(Keys::operatorName, QStringLiteral("Ada"));
        (*m_store).add(QStringLiteral("Ann"), QStringLiteral("+4401"), 4401);
        (*m_store).add(QStringLiteral("Bob"), QStringLiteral("+4402"), 4402);
        m_store->clock.advance(100 * dayMs);
        m_questions.clear();
        m_answer = true;
    }
    void everythingIsOffAtFirst();
    void countsBeforeAnythingIsSaved();
    void removesAfterAYesOnly();
    void savesRulesAndRule();

private:
    std::unique_ptr<Preferences> open()
    {
        PreferencesNeeds needs;
        needs.asks.confirm = [this](QWidget *, const Question &question, const std::function<void(bool)> &then) {
            m_questions.push_back(question);
            then(m_answer);
        };
        needs.retention.preview
            = [this](const RetentionRules &rules, std::function<void(Result<RetentionCounts>)> then) {
                  return (*m_store)->erasures().preview(rules, std::move(then));
              };
        needs.retention.apply = [this](const RetentionRules &rules, std::function<void(Result<RetentionCounts>)> then) {
            return (*m_store)->erasures().apply(rules, false, std::move(then));
        };
        auto window = std::make_unique<Preferences>(*m_settings, std::move(needs));
        window->show();
        window->showRetention();
        return window;
    }
    qint64 people()
    {
        return *await<qint64>([&](auto then) { return (*m_store)->people().count({}, {}, then); });
    }

    std::unique_ptr<TemporaryStore> m_store;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::vector<Question> m_questions;
    bool m_answer = true;
};

void RetentionPageTest::everythingIsOffAtFirst()
{
    const auto window = open();
    for (const char *name : {"verdicts", "runs", "told", "leads", "journal"}) {
        QVERIFY(!part<QCheckBox>(*window, qPrintable(QStringLiteral("retention.%1.on").arg(QLatin1String(name))))
                     ->isChecked());
        QVERIFY(!part<QSpinBox>(*window, qPrintable(QStringLiteral("retention.%1.time").arg(QLatin1String(name))))
                     ->isEnabled());
    }
    QVERIFY(!part<QCheckBox>(*window, "retention.daily")->isChecked());
    for (QWidget *widget : window->findChildren<QWidget *>(QRegularExpression(QStringLiteral("^retention\\."))))
        QVERIFY2(
            qobject_cast<QLabel *>(widget) || widget->focusPolicy() != Qt::NoFocus, qPrintable(widget->objectName()));
}

void RetentionPageTest::countsBeforeAnythingIsSaved()
{
    const auto window = open();
    auto *due = part<QLabel>(*window, "retention.leads.due");
    QTRY_COMPARE(due->text(), QStringLiteral("kept"));
    auto *on = part<QCheckBox>(*window, "retention.leads.on");
    QTest::mouseClick(on, Qt::LeftButton, {}, QPoint(10, on->height() / 2));
    QTRY_COMPARE(due->text(), QStringLiteral("0 now")); // a year, by default
    auto *time = part<QSpinBox>(*window, "retention.leads.time");
    QVERIFY(time->isEnabled());
    time->setValue(3);
    QTRY_COMPARE(due->text(), QStringLiteral("2 now"));
    QVERIFY(part<QLabel>(*window, "retention.said")->text().contains(QStringLiteral("2 people")));
    QCOMPARE(people(), 2);
    QCOMPARE(retentionRules(*m_settings), RetentionRules{});
    QTest::mouseClick(part<QPushButton>(*window, "preferences.cancel"), Qt::LeftButton);
    QCOMPARE(retentionRules(*m_settings), RetentionRules{});
    QCOMPARE(people(), 2);
}

void RetentionPageTest::removesAfterAYesOnly()
{
    const auto window = open();
    auto *remove = part<QPushButton>(*window, "retention.remove");
    part<QCheckBox>(*window, "retention.leads.on")->setChecked(true);
    part<QSpinBox>(*window, "retention.leads.time")->setValue(3);
    QTRY_COMPARE(part<QLabel>(*window, "retention.leads.due")->text(), QStringLiteral("2 now"));
    QTRY_VERIFY(remove->isEnabled());
    m_answer = false;
    QTest::mouseClick(remove, Qt::LeftButton);
    QCOMPARE(m_questions.size(), 1U);
    QVERIFY(m_questions.front().dangerous);
    QVERIFY(m_questions.front().text.contains(QStringLiteral("2 people")));
    QCOMPARE(people(), 2);
    m_answer = true;
    QTest::mouseClick(remove, Qt::LeftButton);
    auto *said = part<QLabel>(*window, "retention.said");
    QTRY_VERIFY2(said->text().startsWith(QStringLiteral("Removed:")), qPrintable(said->text()));
    QVERIFY(said->text().contains(QStringLiteral("2 people")));
    QCOMPARE(people(), 0);
    QVERIFY(!remove->isEnabled());
}

void RetentionPageTest::savesRulesAndRule()
{
    {
        const auto window = open();
        part<QSpinBox>(*window, "retention.undo.time")->setValue(14);
        part<QCheckBox>(*window, "retention.verdicts.on")->setChecked(true);
        part<QSpinBox>(*window, "retention.verdicts.time")->setValue(6);
        part<QCheckBox>(*window, "retention.daily")->setChecked(true);
        QTest::mouseClick(part<QPushButton>(*window, "preferences.save"), Qt::LeftButton);
    }
    const Settings settings(m_folder->path()); // from the disk
    QCOMPARE(retentionRules(settings), (RetentionRules{.undoDays = 14, .verdictMonths = 6}));
    QVERIFY(settings.value(Keys::retentionDaily));
    const auto again = open();
    QVERIFY(part<QCheckBox>(*again, "retention.verdicts.on")->isChecked());
    QCOMPARE(part<QSpinBox>(*again, "retention.verdicts.time")->value(), 6);
    QVERIFY(!part<QCheckBox>(*again, "retention.leads.on")->isChecked());
}

QTEST_MAIN(RetentionPageTest)
#include "retentionpage_test.moc"
