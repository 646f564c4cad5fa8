// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/countrybox.h"
#include "ui/parts/theme.h"
#include "ui/welcome/welcome.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace rollcall;

class WelcomeTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        applyTheme(*qApp, ThemeChoice::Light);
        QApplication::setKeyboardInputInterval(60'000); // a busy machine types slowly
    }
    void wantsANameFirst();
    void tellsTheChoice_data();
    void tellsTheChoice();
    void enterTakesTheSandbox();
    void closedWithoutAChoice();
    void everyControlHasAName();
    void countriesAreComplete();
    void countriesAreSpeltAsPeopleDo();
    void typingFindsACountry_data();
    void typingFindsACountry();
};

namespace {
template <class T> T *part(const QWidget &window, const char *name)
{
    T *found = window.findChild<T *>(QLatin1String(name));
    if (!found)
        qFatal("no %s", name);
    return found;
}
} // namespace

void WelcomeTest::wantsANameFirst()
{
    Welcome welcome({}, {});
    welcome.show();
    auto *sandbox = part<QPushButton>(welcome, "welcome.sandbox");
    auto *name = part<QLineEdit>(welcome, "welcome.operator");
    QVERIFY(!sandbox->isEnabled());
    QVERIFY(!part<QPushButton>(welcome, "welcome.gateway")->isEnabled());
    const QString asking = part<QLabel>(welcome, "welcome.hint")->text();
    QTest::keyClicks(name, QStringLiteral("   "));
    QVERIFY(!sandbox->isEnabled());
    QTest::keyClicks(name, QStringLiteral("Ada"));
    QVERIFY(sandbox->isEnabled());
    QVERIFY(part<QLabel>(welcome, "welcome.hint")->text() != asking);
}

void WelcomeTest::tellsTheChoice_data()
{
    QTest::addColumn<QByteArray>("button");
    QTest::addColumn<int>("way");
    QTest::newRow("sandbox") << QByteArray("welcome.sandbox") << int(WelcomeChoice::Way::Sandbox);
    QTest::newRow("gateway") << QByteArray("welcome.gateway") << int(WelcomeChoice::Way::Gateway);
}

void WelcomeTest::tellsTheChoice()
{
    QFETCH(QByteArray, button);
    QFETCH(int, way);
    Welcome welcome(QStringLiteral("  Ada   Lovelace "), QStringLiteral("gb"));
    welcome.show();
    WelcomeChoice told;
    int times = 0;
    connect(&welcome, &Welcome::chosen, this, [&](const WelcomeChoice &choice) {
        told = choice;
        ++times;
    });
    QTest::mouseClick(part<QPushButton>(welcome, button.constData()), Qt::LeftButton);
    QCOMPARE(times, 1);
    QCOMPARE(int(told.way), way);
    QCOMPARE(told.operatorName, QStringLiteral("Ada Lovelace"));
    QCOMPARE(told.region, QStringLiteral("GB"));
    QVERIFY(!welcome.isVisible());
}

void WelcomeTest::enterTakesTheSandbox()
{
    Welcome welcome(QStringLiteral("Ada"), {});
    welcome.show();
    QSignalSpy chosen(&welcome, &Welcome::chosen);
    QTest::keyClick(part<QLineEdit>(welcome, "welcome.operator"), Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().value<WelcomeChoice>().region, QString());
}

void WelcomeTest::closedWithoutAChoice()
{
    Welcome welcome(QStringLiteral("Ada"), {});
    welcome.show();
    QSignalSpy chosen(&welcome, &Welcome::chosen);
    QTest::keyClick(&welcome, Qt::Key_Escape);
    QVERIFY(!welcome.isVisible());
    QCOMPARE(chosen.size(), 0);
}

void WelcomeTest::everyControlHasAName()
{
    Welcome welcome({}, {});
    for (const QWidget *control : welcome.findChildren<QWidget *>()) {
        if (control->focusPolicy() == Qt::NoFocus || qobject_cast<const QComboBox *>(control->parentWidget()))
            continue;
        if (!control->inherits("QPushButton") && !control->inherits("QLineEdit") && !control->inherits("QComboBox"))
            continue;
        QVERIFY2(!control->objectName().isEmpty(), control->metaObject()->className());
        bool named = !control->accessibleName().isEmpty();
        if (const auto *button = qobject_cast<const QPushButton *>(control))
            named = named || !button->text().isEmpty();
        for (const QLabel *label : welcome.findChildren<QLabel *>())
            named = named || label->buddy() == control;
        QVERIFY2(named, qPrintable(control->objectName()));
    }
    for (const QLabel *label : welcome.findChildren<QLabel *>())
        QVERIFY2(label->buddy() || label->text().isEmpty() || label->textFormat() == Qt::PlainText,
            qPrintable(label->text()));
}

void WelcomeTest::countriesAreComplete()
{
    CountryBox box(QStringLiteral("none"));
    QCOMPARE(box.region(), QString());
    QVERIFY(box.count() > 240); // 245 regions (platform.md 1.3), and none
    box.setRegion(QStringLiteral("DE"));
    QCOMPARE(box.currentText(), QStringLiteral("Germany (+49)"));
    box.setRegion(QStringLiteral("IN"));
    QCOMPARE(box.region(), QStringLiteral("IN"));
    box.setRegion(QStringLiteral("ZZ"));
    QCOMPARE(box.region(), QString());
    const auto name = [&box](int n) { return box.itemText(n).section(QStringLiteral(" (+"), 0, 0); };
    for (int n = 2; n < box.count(); ++n)
        QVERIFY2(QString::localeAwareCompare(name(n - 1), name(n)) <= 0, qPrintable(box.itemText(n)));
}

void WelcomeTest::countriesAreSpeltAsPeopleDo()
{
    const CountryBox box(QStringLiteral("none"));
    for (const char *name : {"Isle of Man (+44)", "Antigua and Barbuda (+1)", "Guinea-Bissau (+245)",
             "\xC3\x85land Islands (+358)", "Congo (Kinshasa) (+243)", "Saint Vincent and the Grenadines (+1)"})
        QVERIFY2(box.findText(QString::fromUtf8(name)) > 0, name);
    for (int n = 1; n < box.count(); ++n)
        QVERIFY2(!box.itemText(n).contains(QLatin1String(" And ")) && !box.itemText(n).contains(QLatin1String(" Of ")),
            qPrintable(box.itemText(n)));
}

void WelcomeTest::typingFindsACountry_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("region");
    const auto row = [](const char *typed, const char *region) {
        QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(region);
    };
    row("germ", "DE");
    row("49", "DE");
    row("+49", "DE");
    row("united k", "GB");
    row("44", "GB"); // shared with three islands
    row("1", "US");
    row("+1", "US");
    row("emir", "AE"); // a word inside the name
    row("aland", "AX");
    row("qa", "QA");
    row("gb", "GB"); // no name begins so: two letters
    row("nnn", "NP"); // Namibia, Nauru, Nepal: the same letter goes on to the next
}

void WelcomeTest::typingFindsACountry()
{
    QFETCH(QString, typed);
    QFETCH(QString, region);
    Welcome welcome(QStringLiteral("Ada"), {});
    welcome.show();
    auto *box = part<CountryBox>(welcome, "welcome.country");
    box->setFocus();
    QTest::keyClicks(box, typed);
    QCOMPARE(box->region(), region);
    QVERIFY(!box->view()->isVisible()); // a blank in a name did not open the list
}

QTEST_MAIN(WelcomeTest)
#include "welcome_test.moc"
