// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/emptystate.h"

#include "ui/parts/theme.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace rollcall;

class EmptyStateTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void nothingIsCut_data();
    void nothingIsCut();
};

void EmptyStateTest::nothingIsCut_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("short") << QStringLiteral("Nobody matches") << QStringLiteral("No person fits.");
    QTest::newRow("long") << QStringLiteral("Nothing was checked yet here")
                          << QStringLiteral("Choose people on the Contacts page and validate them: the runs and every "
                                            "verdict will be listed here, with where they come from.");
}

void EmptyStateTest::nothingIsCut()
{
    QFETCH(QString, title);
    QFETCH(QString, sentence);
    for (const int width : {500, 900, 1600}) {
        EmptyState state(QStringLiteral("checks"), title, sentence);
        state.resize(width, 600);
        state.show();
        QVERIFY(QTest::qWaitForWindowExposed(&state));
        int seen = 0;
        for (const QLabel *label : state.findChildren<QLabel *>()) {
            if (label->text().isEmpty())
                continue; // the picture
            ++seen;
            const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
            QVERIFY2(label->height() >= needed,
                qPrintable(QStringLiteral("%1: %2 of %3 at %4")
                               .arg(label->text())
                               .arg(label->height())
                               .arg(needed)
                               .arg(width)));
            QVERIFY(label->wordWrap() || label->width() >= label->sizeHint().width());
        }
        QCOMPARE(seen, 2);
    }
}

QTEST_MAIN(EmptyStateTest)
#include "emptystate_test.moc"
