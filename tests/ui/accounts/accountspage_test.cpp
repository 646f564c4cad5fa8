// SPDX-License-Identifier: GPL-3.0-or-later
// The Accounts page in a real (off-screen) window over a real store and the sandbox node.
#include "models/accounts/accounts.h"
#include "models/secrets/secrets.h"
#include "models/settings/settings.h"
#include "models/store/accountbook.h"
#include "models/store/store.h"
#include "tests/support/answer.h"
#include "tests/support/sandboxfixture.h"
#include "tests/support/temporarystore.h"
#include "ui/accounts/accountdialog.h"
#include "ui/accounts/accountspage.h"
#include "ui/accounts/accountswords.h"
#include "ui/accounts/testchecklist.h"
#include "ui/accounts/testoutlook.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

template <class T> T *part(const QWidget &window, const char *name)
{
    T *found = window.findChild<T *>(QLatin1String(name));
    if (!found)
        qFatal("no %s", name);
    return found;
}

/// A keychain that is not there.
class NoKeychain final : public Secrets {
public:
    Call read(const QString &, std::function<void(Result<Secret>)> then) override
    {
        then(Failure{Failure::Kind::NoKeychain});
        return {};
    }
    Call write(const QString &, const Secret &, std::function<void(Done)> then) override
    {
        then(Failure{Failure::Kind::NoKeychain});
        return {};
    }
    Call forget(const QString &, std::function<void(Done)> then) override
    {
        then(Failure{Failure::Kind::NoKeychain});
        return {};
    }
    [[nodiscard]] QString backendName() const override { return QStringLiteral("Secret Service"); }
};

/// The page, its actions and what it asks of a person.
struct Desk {
    explicit Desk(std::unique_ptr<Secrets> keychain)
        : secrets(std::move(keychain))
        , settings(dir.path())
        , accounts(*store, *secrets, clock)
        , page(needs(), {&add, &edit, &remove, &test, &probe, &tryAgain, {}})
    {
        page.resize(1200, 700);
        page.show();
    }
    AccountsNeeds needs()
    {
        AccountsNeeds its{accounts, settings, asks(), &clock};
        its.probe = [this](AccountId id, std::function<void(Result<TruthProbe>)> then) {
            return accounts.probe(id, std::move(then));
        };
        its.forgetRefusals = [this](AccountId id, std::function<void(Done)> then) {
            return accounts.forgetRefusals(id, std::move(then));
        };
        return its;
    }
    Asks asks()
    {
        Asks asks;
        asks.tell = [this](QWidget *, const Notice &notice) { notices.push_back(notice); };
        asks.confirm = [this](QWidget *, const Question &question, const std::function<void(bool)> &then) {
            questions.push_back(question);
            then(saysYes);
        };
        return asks;
    }
    AccountDialog *dialog() { return page.findChild<AccountDialog *>(); }
    AccountDialog *fill(const SandboxFixture &node, const QString &password)
    {
        add.trigger();
        AccountDialog *open = dialog();
        part<QLineEdit>(*open, "name")->setText(QStringLiteral("Node"));
        part<QLineEdit>(*open, "address")->setText(node.address().toString());
        part<QLineEdit>(*open, "user")->setText(node.user());
        part<QLineEdit>(*open, "password")->setText(password);
        return open;
    }
    /// Saved without the dialog; the page follows.
    AccountId save(const Account &account, const QString &password = {})
    {
        AccountId id;
        const qint64 before = page.shownCount();
        auto call = accounts.save(account, Secret(password.toUtf8()),
            [&id](const Result<Accounts::Saved> &saved) { id = saved.ok() ? saved->id : AccountId(); });
        if (!eventually([&] { return !id.isNull() && page.shownCount() == before + 1; }))
            qFatal("not saved");
        part<QTableView>(page, "accounts.table")->selectRow(int(before));
        return id;
    }
    [[nodiscard]] QString ability(Capability what) const
    {
        return part<QLabel>(page, qPrintable(QStringLiteral("ability.%1").arg(int(what))))->text();
    }
    [[nodiscard]] QString cell(int column) const
    {
        return part<QTableView>(page, "accounts.table")->model()->index(0, column).data().toString();
    }

    QTemporaryDir dir;
    TemporaryStore store;
    SystemClock clock;
    std::unique_ptr<Secrets> secrets;
    Settings settings;
    Accounts accounts;
    std::vector<Notice> notices;
    std::vector<Question> questions;
    bool saysYes = true;
    QAction add{QStringLiteral("Add account…")}, edit{QStringLiteral("Edit…")}, remove{QStringLiteral("Delete…")},
        test{QStringLiteral("Test connection")}, probe{QStringLiteral("Truth probe…")},
        tryAgain{QStringLiteral("Try again what was refused")};
    AccountsPage page;
};

} // namespace

class AccountsPageTest final : public QObject {
    Q_OBJECT

private slots:
    void emptySaysWhatToDo()
    {
        Desk desk(makeMemorySecrets());
        QCOMPARE(desk.page.shownCount(), 0);
        QVERIFY(!part<QTableView>(desk.page, "accounts.table")->isVisible());
        QCOMPARE(part<QTableView>(desk.page, "accounts.table")->accessibleName(), QStringLiteral("Accounts"));
        QVERIFY(!desk.edit.isEnabled() && !desk.remove.isEnabled() && !desk.test.isEnabled());
    }

    void anAccountIsAddedTestedAndDeleted()
    {
        SandboxFixture node;
        Desk desk(makeMemorySecrets());
        AccountDialog *dialog = desk.fill(node, node.password());
        part<QPushButton>(*dialog, "test")->click();
        QVERIFY(eventually([&] { return part<QPushButton>(*dialog, "test")->isEnabled(); }));
        QVERIFY(part<QLabel>(*dialog, "test.login")->text().endsWith(QLatin1String(": yes")));
        QVERIFY(part<QLabel>(*dialog, "test.health.finding")->text().contains(QLatin1String("connected")));
        QVERIFY(desk.accounts.all().empty()); // testing saves nothing
        part<QSpinBox>(*dialog, "perHour")->setValue(123);
        part<QPushButton>(*dialog, "save")->click();
        QVERIFY(eventually([&] { return desk.page.shownCount() == 1 && !desk.dialog(); }));
        QCOMPARE(desk.accounts.all().front().budget.perHour, 123);
        QCOMPARE(desk.cell(0), QStringLiteral("Node"));
        QVERIFY(desk.notices.empty());
        QVERIFY(desk.edit.isEnabled() && desk.remove.isEnabled() && desk.test.isEnabled());
        QVERIFY2(desk.cell(3).startsWith(QLatin1String("Works")), qPrintable(desk.cell(3))); // as tested in the dialog

        desk.test.trigger();
        QVERIFY(eventually([&] { return desk.cell(3).startsWith(QLatin1String("Works")); }));
        desk.remove.trigger();
        QVERIFY(eventually([&] { return desk.page.shownCount() == 0; }));
    }

    void aWrongPasswordSaysWhichStepAndWhatToDo()
    {
        SandboxFixture node;
        Desk desk(makeMemorySecrets());
        AccountDialog *dialog = desk.fill(node, QStringLiteral("wrong"));
        part<QPushButton>(*dialog, "test")->click();
        QVERIFY(eventually([&] { return part<QPushButton>(*dialog, "test")->isEnabled(); }));
        QVERIFY(part<QLabel>(*dialog, "test.address")->text().endsWith(QLatin1String(": yes")));
        QVERIFY(part<QLabel>(*dialog, "test.login")->text().endsWith(QLatin1String(": no")));
        QVERIFY(part<QLabel>(*dialog, "test.login.finding")->text().contains(QLatin1String("password")));
        QVERIFY(part<QLabel>(*dialog, "test.health")->text().endsWith(QLatin1String(": not known")));
        QSignalSpy tested(&desk.page, &AccountsPage::tested);
        part<QPushButton>(*dialog, "save")->click();
        QVERIFY(eventually([&] { return desk.page.shownCount() == 1 && !desk.dialog(); }));
        QCOMPARE(desk.cell(3), QStringLiteral("Does not work, tested just now"));
        QCOMPARE(tested.last().at(1).value<AccountReach>().brief, QStringLiteral("Login refused"));
    }

    void aTestIsShownAfterARestart()
    {
        SandboxFixture node;
        Desk desk(makeMemorySecrets());
        Account account;
        account.name = QStringLiteral("Node");
        account.address = node.address();
        account.user = node.user();
        const AccountId id = desk.save(account, node.password());
        QCOMPARE(desk.cell(3), QStringLiteral("Not tested yet"));
        bool ended = false;
        Call test = desk.accounts.test(
            *desk.accounts.find(id), {}, [](const TestStep &) {}, [&](const Done &) { ended = true; });
        QVERIFY(eventually([&] { return ended; }));

        // It is on its way to the file; a restart would end the writer first.
        QVERIFY(eventually([&] {
            const auto kept = answerOf<std::map<AccountId, AccountTest>>(
                [&](auto then) { return desk.store->accounts().tests(then); });
            return kept && kept->contains(id);
        }));

        Accounts again(*desk.store, *desk.secrets, desk.clock); // as after a restart: from the file
        AccountsNeeds needs{again, desk.settings, desk.asks(), &desk.clock};
        QAction edit;
        AccountsPage page(needs, {.edit = &edit});
        page.show();
        bool loaded = false;
        Call loading = again.load([&](const Done &done) { loaded = done.ok(); });
        QVERIFY(eventually([&] { return loaded; }));
        const QModelIndex cell = part<QTableView>(page, "accounts.table")->model()->index(0, 3);
        QCOMPARE(cell.data().toString(), QStringLiteral("Works, tested just now"));
        edit.trigger();
        auto *dialog = page.findChild<AccountDialog *>();
        QVERIFY(dialog);
        QVERIFY(part<QLabel>(*dialog, "test.login")->text().endsWith(QLatin1String(": yes")));
        const QString hint = part<QLabel>(*dialog, "test.hint")->text();
        QVERIFY2(hint.contains(moment(again.lastTest(id).atMs)), qPrintable(hint));
        part<QLineEdit>(*dialog, "address")->setText(QStringLiteral("https://other.example/v1"));
        QVERIFY(!part<QLabel>(*dialog, "test.login")->isVisible()); // it was of another address
    }

    void theAgeOfATestInWords()
    {
        AccountReach known{AccountReach::State::Reached, {}, {}, 1'000'000'000};
        const auto words
            = [&](qint64 ageMs) { return AccountsText::cell({}, known, AccountColumn::Reached, known.atMs + ageMs); };
        QCOMPARE(words(0), QStringLiteral("Works, tested just now"));
        QCOMPARE(words(2 * 3'600'000), QStringLiteral("Works, tested 2 h ago"));
        QVERIFY(words(-1).endsWith(moment(known.atMs))); // the clock went back: its date, no age
        known.atMs = 0;
        QCOMPARE(words(0), QStringLiteral("Works"));
    }

    /// What was tested is not what is saved: the fields were changed since.
    void aTestOfOtherFieldsIsNotKept()
    {
        SandboxFixture node;
        Desk desk(makeMemorySecrets());
        AccountDialog *dialog = desk.fill(node, node.password());
        part<QPushButton>(*dialog, "test")->click();
        QVERIFY(eventually([&] { return part<QPushButton>(*dialog, "test")->isEnabled(); }));
        part<QLineEdit>(*dialog, "password")->setText(QStringLiteral("another"));
        part<QPushButton>(*dialog, "save")->click();
        QVERIFY(eventually([&] { return desk.page.shownCount() == 1 && !desk.dialog(); }));
        QCOMPARE(desk.cell(3), QStringLiteral("Not tested yet"));
    }

    void inAFewWordsWhatIsWrong()
    {
        using State = TestStep::State;
        const auto of = [](const std::vector<TestStep> &steps, const Done &done = Nothing{}) {
            TestOutlook outlook;
            for (const TestStep &step : steps)
                outlook.take(step);
            return outlook.reach(done, GatewayKind::Wawp);
        };
        const auto step = [](const char *id, State state, const char *raw) {
            return TestStep{QString::fromLatin1(id), state, QString::fromLatin1(raw)};
        };
        QCOMPARE(of({step("health", State::Ok, "WORKING")}).brief, QString());
        // CommBox: nothing was sent, so nothing is said to work.
        QCOMPARE(of({step("address", State::Skipped, "first-check")}).state, AccountReach::State::Unproved);
        QCOMPARE(of({step("address", State::Ok, "host")}).state, AccountReach::State::Reached);
        QCOMPARE(
            of({step("health", State::Warning, "SCAN_QR_CODE")}).brief, QStringLiteral("Not connected to WhatsApp"));
        QCOMPARE(of({step("health", State::Warning, "not-found")}).brief, QStringLiteral("Session not known"));
        QCOMPARE(of({step("limits", State::Warning, "left=0")}).brief, QStringLiteral("None left now"));
        const AccountReach doubtful = of({step("can-tell", State::Warning, "v2.45.1")});
        QCOMPARE(doubtful.state, AccountReach::State::Doubtful);
        QCOMPARE(doubtful.brief, QString()); // it is online all the same
        QCOMPARE(of({}, Failure{Failure::Kind::BadReply}).brief, QStringLiteral("Answer not readable"));
    }

    void everyStepOfEveryKindHasASentence()
    {
        using State = TestStep::State;
        TestChecklist checklist;
        const auto sentence = [&](const char *id, State state, const char *raw = "") {
            checklist.show({QString::fromLatin1(id), state, QString::fromLatin1(raw)});
            return checklist.sentence(QString::fromLatin1(id));
        };
        QVERIFY(sentence("login", State::Ok).contains(QLatin1String("key is accepted")));
        QVERIFY(sentence("address", State::Skipped, "first-check").contains(QLatin1String("first check shows it")));
        QVERIFY(sentence("address", State::Skipped, "nothing-sent").contains(QLatin1String("Nothing was sent")));
        QVERIFY(sentence("login", State::Skipped, "first-check").contains(QLatin1String("proved by the first check")));
        QVERIFY(sentence("health", State::Skipped, "none").contains(QLatin1String("does not tell its state")));
        QVERIFY(sentence("health", State::Skipped, "answered").contains(QLatin1String("not known. It answers")));
        // "Yes" is said of what was proved only.
        QVERIFY(sentence("tls", State::Ok).contains(QLatin1String("not needed")));
        QVERIFY(sentence("tls", State::Ok, "TLSv1.3").contains(QLatin1String("yes")));
        const QString proxied = sentence("tls", State::Ok, "TLSv1.3 TLS_AES_256_GCM_SHA384 via proxy h:3128");
        QVERIFY2(proxied.contains(QLatin1String("yes")) && proxied.contains(QLatin1String("via proxy h:3128")),
            qPrintable(proxied));
        QVERIFY(sentence("limits", State::Ok, "per-minute=60").contains(QLatin1String("assumed")));
        QVERIFY(sentence("limits", State::Ok, "per-minute=60 told").contains(QLatin1String("yes")));
        QVERIFY(sentence("health", State::Warning, "").contains(QLatin1String("session or instance")));
        // sendapi's session ids that are not among those listed: words, not the dialect's own.
        QCOMPARE(sentence("health", State::Warning, "not-found"), sentence("health", State::Warning, ""));
        const QString many = sentence("health", State::Warning, "not-on-first-page");
        QVERIFY2(many.contains(QLatin1String("lists many sessions")) && !many.contains(QLatin1String("first-page")),
            qPrintable(many));
        QVERIFY(sentence("can-check", State::Ok, "50").contains(QLatin1String("Up to 50")));
        QVERIFY(sentence("can-check", State::Cannot).contains(QLatin1String("another account")));
        QVERIFY(sentence("can-block", State::Cannot, "422").contains(QLatin1String("HTTP 422")));
        QVERIFY(sentence("can-block", State::Ok, "1000").contains(QLatin1String("1,000")));
        QVERIFY(sentence("can-list", State::Ok, "contacts tell").contains(QLatin1String("not the whole block list")));
        const QString probed = sentence("can-tell", State::Warning, "probe 1700000000000");
        QVERIFY2(probed.contains(moment(1'700'000'000'000)), qPrintable(probed));
        QVERIFY(probed.contains(QLatin1String("unverified")));
        QVERIFY(sentence("can-tell", State::Skipped).contains(QLatin1String("truth probe")));
        const QString limits = sentence("limits", State::Ok, "per-minute=300 told left=12 blocked-most=64000");
        QVERIFY2(limits.contains(QLatin1String("allows 300")) && limits.contains(QLatin1String("64,000")),
            qPrintable(limits));
        QVERIFY(sentence("limits", State::Warning, "per-minute=60 left=0").contains(QLatin1String("None is left")));
        // Nothing raw is shown where a sentence belongs.
        for (const char *id : {"can-check", "can-tell", "can-block", "can-list", "limits"})
            for (const State state : {State::Skipped, State::Cannot})
                QVERIFY2(sentence(id, state).size() > 30, id);
    }

    void withoutAKeychainItIsSaidPlainly()
    {
        SandboxFixture node;
        Desk desk(std::make_unique<NoKeychain>());
        AccountDialog *dialog = desk.fill(node, node.password());
        QVERIFY(part<QLabel>(*dialog, "place")->text().contains(QLatin1String("Secret Service")));
        part<QPushButton>(*dialog, "save")->click();
        QVERIFY(eventually([&] { return desk.notices.size() == 1; }));
        QVERIFY(desk.notices[0].text.contains(QLatin1String("this session's memory")));
        QCOMPARE(desk.cell(7), QStringLiteral("This session only"));
        QVERIFY(!desk.accounts.all().front().hasStoredSecret);
    }

    void whatCannotBeIsNotSaved()
    {
        SandboxFixture node;
        Desk desk(makeMemorySecrets());
        AccountDialog *dialog = desk.fill(node, node.password());
        for (const char *bad : {"", "http://gateway.example/v1", "https://u:p@gateway.example/v1", "gateway"}) {
            part<QLineEdit>(*dialog, "address")->setText(QLatin1String(bad));
            part<QPushButton>(*dialog, "save")->click();
            QVERIFY2(part<QLabel>(*dialog, "problem")->isVisible(), bad);
        }
        QVERIFY(desk.accounts.all().empty());
    }

    void whatAnAccountCannotIsGreyedWithTheReason()
    {
        Desk desk(makeMemorySecrets());
        Account account;
        account.name = QStringLiteral("Messages");
        account.kind = GatewayKind::Dialog360;
        account.address = QUrl(QStringLiteral("https://waba-v2.360dialog.io"));
        desk.save(account);
        QCOMPARE(desk.ability(Capability::Block), QStringLiteral("Block and unblock"));
        QVERIFY(desk.ability(Capability::CheckOne).contains(QLatin1String("no call that tells")));
        QVERIFY(!desk.probe.isEnabled()); // nothing to probe where nothing is checked
        QVERIFY(desk.probe.toolTip().contains(QLatin1String("no call that tells")));

        account.name = QStringLiteral("Phone");
        account.kind = GatewayKind::Wawp;
        account.address = QUrl(QStringLiteral("https://api.wawp.net"));
        const AccountId wawp = desk.save(account);
        QCOMPARE(desk.ability(Capability::Block), QStringLiteral("Block and unblock"));
        QVERIFY(!desk.tryAgain.isEnabled());
        // As a gateway does when its engine said no.
        bool stored = false;
        Call refused = desk.store->accounts().addRefusal(
            wawp, {Capability::Block, 422, 1'795'000'000'000}, [&](const Result<bool> &done) { stored = done.ok(); });
        QVERIFY(eventually([&] { return stored; }));
        Call loaded = desk.accounts.load([](const Done &) {});
        QVERIFY(eventually([&] { return !desk.accounts.find(wawp)->refusals.empty(); }));
        QVERIFY(eventually([&] { return desk.ability(Capability::Block).contains(QLatin1String("422")); }));
        QVERIFY(!desk.ability(Capability::CheckOne).contains(QLatin1Char(':')));
        QVERIFY(desk.tryAgain.isEnabled() && desk.probe.isEnabled());
        desk.tryAgain.trigger();
        QVERIFY(eventually([&] { return desk.accounts.find(wawp)->refusals.empty(); }));
        QVERIFY(eventually([&] { return desk.ability(Capability::Block) == QLatin1String("Block and unblock"); }));
        QVERIFY(!desk.tryAgain.isEnabled());
        QVERIFY(desk.tryAgain.toolTip().contains(QLatin1String("Nothing was refused")));
    }

    void aProbeAsksBeforeItSpends()
    {
        SandboxFixture node;
        Desk desk(makeMemorySecrets());
        Account account;
        account.name = QStringLiteral("Node");
        account.address = QUrl(node.address());
        account.user = node.user();
        const AccountId id = desk.save(account, node.password());
        desk.saysYes = false;
        desk.probe.trigger();
        QCOMPARE(desk.questions.size(), size_t(1));
        QVERIFY(desk.questions.front().details.contains(QLatin1String("two live checks")));
        QVERIFY(desk.questions.front().details.contains(QLatin1String("fiction")));
        QCOMPARE(desk.accounts.find(id)->probe.outcome, TruthProbe::Outcome::None);
        desk.saysYes = true;
        desk.probe.trigger();
        QVERIFY(eventually([&] { return desk.accounts.find(id)->probe.outcome == TruthProbe::Outcome::CanTell; }));
        QVERIFY(eventually(
            [&] { return part<QLabel>(desk.page, "abilities.probe")->text().contains(QLatin1String("it can tell")); }));
        QVERIFY(desk.notices.empty());
    }

    void anotherThemeRedrawsThePanel()
    {
        Desk desk(makeMemorySecrets());
        Account account;
        account.name = QStringLiteral("Node");
        account.address = QUrl(QStringLiteral("https://gateway.example/v1"));
        desk.save(account);
        const auto *panel = part<QWidget>(desk.page, "abilities");
        const auto pictures = [panel] {
            QList<QImage> all;
            for (const QLabel *label : panel->findChildren<QLabel *>())
                if (!label->pixmap().isNull())
                    all << label->pixmap().toImage();
            return all;
        };
        applyTheme(*qApp, ThemeChoice::Light);
        const QList<QImage> light = pictures();
        QCOMPARE(light.size(), 12);
        applyTheme(*qApp, ThemeChoice::Dark);
        QVERIFY(eventually([&] { return pictures() != light; }));
        applyTheme(*qApp, ThemeChoice::Light);
        QVERIFY(eventually([&] { return pictures() == light; }));
    }

    void theTableFitsAWindowOf1280()
    {
        Desk desk(makeMemorySecrets());
        Account account;
        account.name = QStringLiteral("A rather long name of an account that does not fit");
        account.address = QUrl(QStringLiteral("https://gateway.with-a-long-name.example:9090/v1"));
        desk.save(account);
        desk.page.resize(1280 - 184, 700); // the navigation stands left of it
        auto *table = part<QTableView>(desk.page, "accounts.table");
        QVERIFY(eventually([&] { return table->horizontalScrollBar()->maximum() == 0; }));
        const QModelIndex name = table->model()->index(0, 0);
        QVERIFY(name.data(Qt::ToolTipRole).toString().contains(account.name)); // what is cut off can be read
    }

    void theRuleWithoutPlusIsShownBeforehand()
    {
        SandboxFixture node;
        Desk desk(makeMemorySecrets());
        AccountDialog *dialog = desk.fill(node, node.password());
        part<QSpinBox>(*dialog, "countryCode")->setValue(91);
        // Vendor page A, "Phone Number Formats": at an Indian node.
        QVERIFY(part<QLabel>(*dialog, "rule")->text().contains(QLatin1String("+9116315551002")));
    }
};

QTEST_MAIN(AccountsPageTest)
#include "accountspage_test.moc"
