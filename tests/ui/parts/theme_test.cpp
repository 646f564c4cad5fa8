// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/badge.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/emptystate.h"
#include "ui/parts/icons.h"
#include "ui/parts/internal/stylesheet.h"
#include "ui/parts/theme.h"
#include "ui/parts/verdictdelegate.h"
#include "ui/text/words.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <cmath>

using namespace rollcall;

namespace {

/// WCAG 2.1, relative luminance and contrast ratio.
double luminance(const QColor &colour)
{
    const auto part = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(double(colour.redF())) + 0.7152 * part(double(colour.greenF()))
        + 0.0722 * part(double(colour.blueF()));
}

double contrast(const QColor &a, const QColor &b)
{
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

void compareContrast(const QColor &fore, const QColor &back, const char *what)
{
    QVERIFY2(contrast(fore, back) >= 4.5,
        qPrintable(QStringLiteral("%1: %2 on %3 is %4")
                       .arg(QLatin1String(what), fore.name(), back.name())
                       .arg(contrast(fore, back))));
}

QImage grab(QWidget &widget)
{
    return widget.grab().toImage();
}

} // namespace

class ThemeTest final : public QObject {
    Q_OBJECT
private slots:
    void contrastIsReadable_data();
    void contrastIsReadable();
    void sheetHasNoUnresolvedNames();
    void choiceIsApplied();
    void everyPictureDraws();
    void iconsFollowTheTheme();
    void badgeSaysItsWord();
    void verdictCellPaintsWithoutWords();
    void emptyStateButtonFollowsItsAction();
    void questionAnswersOnce();
    void dialogsShowForeignTextPlainly();
};

void ThemeTest::contrastIsReadable_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void ThemeTest::contrastIsReadable()
{
    QFETCH(bool, dark);
    const Tokens &t = dark ? darkTokens() : lightTokens();
    for (const QColor &paper : {t.window, t.surface, t.raised}) {
        compareContrast(t.text, paper, "text");
        compareContrast(t.muted, paper, "muted");
        compareContrast(t.accent, paper, "accent");
    }
    compareContrast(t.text, t.selection, "selected text");
    compareContrast(t.accentSoft.fore, t.selection, "selected navigation");
    compareContrast(t.muted, t.selection, "age in a selected row");
    compareContrast(t.onAccent, t.accent, "primary button");
    for (int i = 0; i <= int(Tone::Sandbox); ++i) {
        const Ink &ink = t.ink(Tone(i));
        compareContrast(ink.fore, ink.back, "badge");
    }
}

void ThemeTest::sheetHasNoUnresolvedNames()
{
    for (const Tokens &tokens : {lightTokens(), darkTokens()}) {
        const QString sheet = styleSheetOf(tokens);
        QVERIFY2(!sheet.contains(QLatin1Char('@')), qPrintable(sheet.mid(sheet.indexOf(QLatin1Char('@')), 40)));
        const QStringList pieces = sheet.split(QStringLiteral("url("));
        QVERIFY(pieces.size() > 5);
        for (qsizetype i = 1; i < pieces.size(); ++i) {
            const QString path = pieces.at(i).section(QLatin1Char(')'), 0, 0);
            QVERIFY2(QFile::exists(path), qPrintable(path));
        }
    }
}

void ThemeTest::choiceIsApplied()
{
    QCOMPARE(themeChoice(QStringLiteral("dark")), ThemeChoice::Dark);
    QCOMPARE(themeChoice(QStringLiteral("nonsense")), ThemeChoice::System);
    applyTheme(*qApp, ThemeChoice::Dark);
    QVERIFY(tokensOf(QApplication::palette()).dark);
    applyTheme(*qApp, ThemeChoice::Light);
    QVERIFY(!tokensOf(QApplication::palette()).dark);
}

void ThemeTest::everyPictureDraws()
{
    applyTheme(*qApp, ThemeChoice::Light);
    const QStringList names = QDir(QStringLiteral(":/icons")).entryList();
    QVERIFY(names.size() > 50);
    for (const QString &file : names) {
        const QString name = file.section(QLatin1Char('.'), 0, 0);
        const QImage image = iconPixmap(name, 20, 2.0, Qt::black).toImage();
        QCOMPARE(image.size(), QSize(40, 40));
        int inked = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                inked += image.pixelColor(x, y).alpha() > 128 ? 1 : 0;
        QVERIFY2(inked > 20, qPrintable(name));
    }
    for (int i = 0; i <= int(VerdictWord::Unverified); ++i)
        QVERIFY(!icon(Words::verdictIcon(VerdictWord(i))).isNull());
    QVERIFY(icon(QStringLiteral("no-such-icon")).isNull());
}

void ThemeTest::iconsFollowTheTheme()
{
    const QIcon one = icon(QStringLiteral("stop"));
    const auto darkest = [&one] {
        int level = 255;
        const QImage image = one.pixmap(40, 40).toImage();
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y).alpha() > 250)
                    level = std::min(level, image.pixelColor(x, y).lightness());
        return level;
    };
    applyTheme(*qApp, ThemeChoice::Light);
    QVERIFY(darkest() < 100);
    applyTheme(*qApp, ThemeChoice::Dark);
    QVERIFY(darkest() > 180);
}

void ThemeTest::badgeSaysItsWord()
{
    Badge badge(QStringLiteral("Valid"), Tone::Good, QStringLiteral("verdict-valid"));
    QCOMPARE(badge.accessibleName(), QStringLiteral("Valid"));
    const int narrow = badge.sizeHint().width();
    badge.setBadge(QStringLiteral("Unverified"), Tone::Neutral, QStringLiteral("verdict-unverified"));
    QVERIFY(badge.sizeHint().width() > narrow);
    QCOMPARE(badge.accessibleName(), QStringLiteral("Unverified"));
}

void ThemeTest::verdictCellPaintsWithoutWords()
{
    applyTheme(*qApp, ThemeChoice::Light);
    QStandardItemModel model(2, 1);
    QTableView table;
    setUpTable(table, QStringLiteral("Contacts"));
    QCOMPARE(table.accessibleName(), QStringLiteral("Contacts"));
    table.setModel(&model);
    Verdict valid;
    valid.word = VerdictWord::Valid;
    TimeView time;
    const VerdictLook look = VerdictLook::of(valid, time, secondsFresh);
    QCOMPARE(look.sentence(), QStringLiteral("Valid, just now, expires in 7 d"));
    VerdictDelegate delegate(
        [look](const QModelIndex &index) { return index.row() == 0 ? std::optional(look) : std::nullopt; });
    table.setItemDelegateForColumn(0, &delegate);
    table.resize(500, 200);
    const QImage image = grab(table);
    const QColor ground = lightTokens().good.back;
    bool badge = false;
    for (int x = 0; x < image.width() && !badge; ++x)
        for (int y = 0; y < image.height() && !badge; ++y)
            badge = image.pixelColor(x, y) == ground;
    QVERIFY(badge);
}

void ThemeTest::emptyStateButtonFollowsItsAction()
{
    QAction action(QStringLiteral("Import…"));
    action.setObjectName(QStringLiteral("import"));
    EmptyState empty(QStringLiteral("contacts"), QStringLiteral("Nobody here yet"), QStringLiteral("Bring a list."));
    QPushButton *button = empty.addButton(&action);
    int triggered = 0;
    connect(&action, &QAction::triggered, this, [&triggered] { ++triggered; });
    button->click();
    QCOMPARE(triggered, 1);
    action.setEnabled(false);
    QVERIFY(!button->isEnabled());
    QCOMPARE(empty.accessibleName(), QStringLiteral("Nobody here yet"));
}

void ThemeTest::questionAnswersOnce()
{
    const Asks asks = realAsks();
    QWidget parent;
    for (const bool accept : {true, false}) {
        std::vector<bool> answers;
        Question question;
        question.title = QStringLiteral("Delete");
        question.text = QStringLiteral("Delete 12 people?");
        question.confirm = QStringLiteral("Delete 12 people");
        question.dangerous = true;
        asks.confirm(&parent, question, [&answers](bool yes) { answers.push_back(yes); });
        auto *box = parent.findChild<QMessageBox *>(QStringLiteral("question"));
        QVERIFY(box);
        QVERIFY(box->defaultButton() != box->buttons().constFirst());
        if (accept)
            box->buttons().constFirst()->click();
        else
            QTest::keyClick(box, Qt::Key_Escape);
        QCOMPARE(answers, std::vector<bool>{accept});
        QTRY_VERIFY(!parent.findChild<QMessageBox *>(QStringLiteral("question")));
    }
}

void ThemeTest::dialogsShowForeignTextPlainly()
{
    // reliability.md M14: QMessageBox would draw a local file named in an <img> tag.
    QWidget parent;
    Notice notice;
    notice.text = QStringLiteral("<img src='/some/file.png'>");
    realAsks().tell(&parent, notice);
    auto *box = parent.findChild<QMessageBox *>(QStringLiteral("notice"));
    QVERIFY(box);
    QCOMPARE(box->textFormat(), Qt::PlainText);
    box->close();
}

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
