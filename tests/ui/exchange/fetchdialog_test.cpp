// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/fetchdialog.h"

#include "models/settings/settings.h"
#include "tests/support/gatewayplace.h"
#include "tests/support/relay.h"
#include "ui/exchange/importwords.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr int choicePage = 0;
constexpr int consentPage = 1;
constexpr int workPage = 2;
constexpr int dryRunPage = 3;
constexpr int resultPage = 4;

struct Dialog {
    explicit Dialog(GatewayPlace &place)
        : settings(place.folder.path())
        , window({*place.store, *place.importer, settings, place.gatewayOf(), {}}, place.account)
        , told(&window, &FetchDialog::told)
        , imported(&window, &FetchDialog::imported)
    {
        window.show();
    }
    template <class T> T *part(const char *name)
    {
        auto *found = window.findChild<T *>(QLatin1String(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    bool shows(int page)
    {
        return eventually([&] { return window.findChild<QStackedWidget *>()->currentIndex() == page; }, 30'000);
    }
    void next() { part<QPushButton>("next")->click(); }
    QString problem() { return part<QLabel>("problem")->isVisible() ? part<QLabel>("problem")->text() : QString(); }
    void toReading()
    {
        next();
        part<QRadioButton>("consentNone")->click();
        next();
    }
    /// For the eye: ROLLCALL_PICTURES names a folder.
    void picture(const char *name)
    {
        const QString folder = qEnvironmentVariable("ROLLCALL_PICTURES");
        spin(30);
        if (!folder.isEmpty())
            window.grab().save(folder + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png"));
    }
    Settings settings;
    FetchDialog window;
    QSignalSpy told;
    QSignalSpy imported;
};

} // namespace

class FetchDialogTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, themeChoice(qEnvironmentVariable("ROLLCALL_THEME"))); }
    void theListGoesThroughEveryStep();
    void aFailingPagePausesAndResumeGoesOn();
    void aLostSessionIsSaidInTheVendorsWords();
    void cancelReturnsToTheQuestions();
    void anEndlessListIsOneSentence();
    void whatWasInterruptedIsOfferedAgain();
    void everyReasonHasWords();
};

void FetchDialogTest::theListGoesThroughEveryStep()
{
    SandboxFixture sandbox;
    GatewayPlace place(sandbox);
    Dialog dialog(place);
    QVERIFY(dialog.shows(choicePage));
    QVERIFY(dialog.part<QRadioButton>("savedOnly")->isChecked());
    QVERIFY(dialog.part<QLabel>("delayHint")->text().contains(QStringLiteral("30 seconds")));
    dialog.picture("fetch-choice");
    dialog.next();
    QVERIFY(dialog.shows(consentPage));
    QVERIFY(!dialog.part<QPushButton>("next")->isEnabled()); // no answer of its own
    QCOMPARE(sandbox.requests(QStringLiteral("/wawp/v2/contacts/all")), 0); // nothing was asked yet
    dialog.part<QRadioButton>("consentNone")->click();
    dialog.next();
    QVERIFY(dialog.shows(dryRunPage));
    QVERIFY(place.people().empty());
    dialog.picture("fetch-dryrun");
    const QString reasons = dialog.part<FieldList>("dryRunReasons")->text();
    QVERIFY2(reasons.contains(QStringLiteral("A group, newsletter or broadcast")), qPrintable(reasons));
    QVERIFY(reasons.contains(QStringLiteral("The account itself.")));
    dialog.next();
    QVERIFY(dialog.shows(resultPage));
    dialog.picture("fetch-result");
    const auto added = qint64(place.people().size());
    QVERIFY(added > 50);
    const QString counts = dialog.part<FieldList>("resultCounts")->text();
    QVERIFY2(counts.startsWith(QStringLiteral("Added: %1\n").arg(added)), qPrintable(counts));
    QCOMPARE(dialog.imported.count(), 1);
    QCOMPARE(dialog.told.count(), 1);
    dialog.part<QPushButton>("undoImport")->click();
    QVERIFY(eventually([&] { return place.people().empty(); }));
    QVERIFY(eventually([&] { return dialog.part<QLabel>("resultTitle")->text() == QStringLiteral("Fetch undone"); }));
    for (QWidget *widget : dialog.window.findChildren<QWidget *>()) {
        if (!qobject_cast<QAbstractButton *>(widget) || !widget->isVisible())
            continue;
        QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(accessible && !accessible->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
    }
}

void FetchDialogTest::aFailingPagePausesAndResumeGoesOn()
{
    SandboxFixture sandbox;
    sandbox.fault(QStringLiteral("5xx=503:4@1"));
    GatewayPlace place(sandbox);
    Dialog dialog(place);
    dialog.toReading();
    QVERIFY(dialog.shows(workPage));
    QVERIFY(eventually([&] { return !dialog.problem().isEmpty(); }, 30'000));
    QVERIFY2(dialog.problem().contains(QStringLiteral("the 100 contacts read so far are kept")),
        qPrintable(dialog.problem()));
    auto *pause = dialog.part<QPushButton>("pause");
    QVERIFY(pause->text().contains(QStringLiteral("Resume")));
    dialog.picture("fetch-paused");
    pause->click();
    QCOMPARE(dialog.problem(), QString());
    QVERIFY(dialog.shows(dryRunPage));
    dialog.part<QPushButton>("back")->click(); // another answer: what was read is dropped
    QVERIFY(dialog.shows(consentPage));
    QVERIFY(eventually([&] { return !place.stagingFileLeft(); }));
}

void FetchDialogTest::aLostSessionIsSaidInTheVendorsWords()
{
    SandboxFixture sandbox;
    sandbox.fault(QStringLiteral("invalid-session"));
    GatewayPlace place(sandbox);
    Dialog dialog(place);
    dialog.toReading();
    QVERIFY(eventually([&] { return !dialog.problem().isEmpty(); }, 30'000));
    QVERIFY2(dialog.problem().contains(QStringLiteral("session at Wawp was dropped")), qPrintable(dialog.problem()));
}

void FetchDialogTest::cancelReturnsToTheQuestions()
{
    Relay relay;
    relay.always({.silent = true});
    GatewayPlace place(sendApiAccount(relay.address(QStringLiteral("/v1"))), QStringLiteral("sk_live_x"));
    Dialog dialog(place);
    dialog.toReading();
    QVERIFY(eventually([&] { return relay.deliveries() == 1; }));
    dialog.part<QPushButton>("cancel")->click();
    QVERIFY(dialog.shows(consentPage));
    QVERIFY(dialog.problem().contains(QStringLiteral("Nothing was imported")));
    QVERIFY(dialog.part<QRadioButton>("consentNone")->isChecked()); // the answers are still there
    QVERIFY(eventually([&] { return !place.stagingFileLeft(); }));
    dialog.part<QPushButton>("cancel")->click();
    QVERIFY(!dialog.window.isVisible());
    QVERIFY(place.people().empty());
}

void FetchDialogTest::anEndlessListIsOneSentence()
{
    Relay relay;
    QByteArray rows;
    for (int row = 0; row < 100; ++row)
        rows += (row ? "," : "") + QByteArray("{\"id\":\"447700900") + QByteArray::number(100 + row)
            + "@c.us\",\"name\":\"N\",\"isMyContact\":true}";
    relay.always({.answer = Relay::http(200, '[' + rows + ']', {"Content-Type: application/json"})});
    GatewayPlace place(wawpAccount(relay.address()), QStringLiteral("token"));
    Dialog dialog(place);
    dialog.toReading();
    QVERIFY(eventually([&] { return !dialog.problem().isEmpty(); }, 30'000));
    QVERIFY2(dialog.problem().contains(QStringLiteral("no end")), qPrintable(dialog.problem()));
    QVERIFY(dialog.shows(consentPage));
    QVERIFY(place.people().empty());
}

void FetchDialogTest::whatWasInterruptedIsOfferedAgain()
{
    SandboxFixture sandbox;
    GatewayPlace place(sandbox);
    const auto pages = [&sandbox] { return sandbox.requests(QStringLiteral("/wawp/v2/contacts/all")); };
    {
        Dialog first(place);
        QVERIFY(!first.part<QRadioButton>("goOn")->isVisible());
        sandbox.fault(QStringLiteral("5xx=503:4@1"));
        first.toReading();
        QVERIFY(eventually([&] { return !first.problem().isEmpty(); }, 30'000)); // one page came
        first.window.close();
        QVERIFY(!first.window.isVisible());
        QVERIFY(first.told.last().first().toString().contains(QStringLiteral("goes on where it stopped")));
    }
    const int before = pages();
    Dialog second(place);
    QVERIFY(eventually([&] { return second.part<QRadioButton>("goOn")->isVisible(); }));
    QVERIFY(second.part<QRadioButton>("goOn")->isChecked());
    QVERIFY2(second.part<QRadioButton>("goOn")->text().contains(QStringLiteral("page 2")),
        qPrintable(second.part<QRadioButton>("goOn")->text()));
    QVERIFY(second.part<QLabel>("keptSays")->text().contains(QStringLiteral("100")));
    QVERIFY(second.part<QRadioButton>("startAgain")->isVisible());
    second.picture("fetch-go-on");
    second.part<QRadioButton>("alsoFromChats")->click(); // a choice of its own: it is not the other pair's
    QVERIFY(second.part<QRadioButton>("goOn")->isChecked());
    second.toReading();
    QVERIFY(second.shows(dryRunPage));
    const int asked = pages() - before;
    second.next();
    QVERIFY(second.shows(resultPage));
    const auto people = place.people().size();
    QVERIFY(people > 100);

    // The same list in one go: the same people, by one page more.
    GatewayPlace whole(sandbox);
    const int from = pages();
    Dialog third(whole);
    third.part<QRadioButton>("alsoFromChats")->click();
    third.toReading();
    QVERIFY(third.shows(dryRunPage));
    QCOMPARE(pages() - from, asked + 1);
    third.next();
    QVERIFY(third.shows(resultPage));
    QCOMPARE(whole.people().size(), people);
    Dialog after(place);
    spin(100);
    QVERIFY(!after.part<QRadioButton>("goOn")->isVisible()); // imported: nothing is kept
}

void FetchDialogTest::everyReasonHasWords()
{
    for (const char *reason : {FetchReason::group, FetchReason::ownAccount, FetchReason::notSaved})
        QVERIFY(ImportWords::reason(QLatin1String(reason)) != QLatin1String(reason));
}

QTEST_MAIN(FetchDialogTest)
#include "fetchdialog_test.moc"
