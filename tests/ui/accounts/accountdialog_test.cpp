// SPDX-License-Identifier: GPL-3.0-or-later
// The account dialog of each kind in a real (off-screen) window: fields, defaults, what is asked for before saving, and
// a pasted curl line, whose key must reach the secret field and nothing else.
#include "models/accounts/accounts.h"
#include "models/secrets/secrets.h"
#include "tests/support/answer.h"
#include "tests/support/temporarystore.h"
#include "ui/accounts/accountdialog.h"

#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

struct Dialog {
    explicit Dialog(const Account &account = {})
    {
        asks.openFile = [](QWidget *, const FileWish &, const std::function<void(QString)> &then) {
            then(QStringLiteral("ca.pem"));
        };
        open(account);
    }
    void open(const Account &account)
    {
        window = std::make_unique<AccountDialog>(accounts, account, asks);
        window->show();
    }
    void save(const QString &name)
    {
        Account account;
        account.name = name;
        account.address = QUrl(QStringLiteral("https://gateway.example/v1"));
        bool done = false;
        auto call = accounts.save(account, {}, [&done](const Result<Accounts::Saved> &saved) { done = saved.ok(); });
        QVERIFY(eventually([&done] { return done; }));
    }
    template <class T> [[nodiscard]] T &part(const char *name) const
    {
        T *found = window->findChild<T *>(QLatin1String(name));
        if (!found)
            qFatal("no %s", name);
        return *found;
    }
    [[nodiscard]] QLineEdit &line(const char *name) const { return part<QLineEdit>(name); }
    [[nodiscard]] QString label(const char *name) const { return part<QLabel>(name).text(); }
    void choose(GatewayKind kind) const
    {
        auto &kinds = part<QComboBox>("kind");
        kinds.setCurrentIndex(kinds.findData(int(kind)));
    }
    /// Presses save; the sentence that is shown, empty when it would be saved.
    [[nodiscard]] QString press() const
    {
        const QSignalSpy wanted(window.get(), &AccountDialog::saveWanted);
        part<QPushButton>("save").click();
        return wanted.isEmpty() ? label("problem") : QString();
    }
    /// Everything a person could read in the dialog.
    [[nodiscard]] QString visibleText() const
    {
        QStringList all;
        for (const QLabel *one : window->findChildren<QLabel *>())
            all << one->text() << one->toolTip() << one->accessibleName();
        for (const QLineEdit *one : window->findChildren<QLineEdit *>())
            all << one->displayText() << one->toolTip() << one->placeholderText();
        for (const QPushButton *one : window->findChildren<QPushButton *>())
            all << one->text() << one->toolTip();
        return all.join(QLatin1Char('\n'));
    }

    TemporaryStore store;
    SystemClock clock;
    std::unique_ptr<Secrets> secrets = makeMemorySecrets();
    Accounts accounts{*store, *secrets, clock};
    Asks asks;
    std::unique_ptr<AccountDialog> window;
};

void paste(QLineEdit &field, const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    field.setFocus();
    QTest::keySequence(&field, QKeySequence::Paste);
    QCoreApplication::processEvents();
}

const QString &wawpLine()
{
    static const QString line = QStringLiteral(
        "curl 'https://api.wawp.net/v2/contacts/check-exists?instance_id=ABCDEF123456&access_token=verySecret77&phone="
        "447700900000'");
    return line;
}

} // namespace

class AccountDialogTest final : public QObject {
    Q_OBJECT
private slots:
    void theKindIsNamedByItsLabelAndTheCurlButtonIsWhole();
    void eachKindHasItsFields_data();
    void eachKindHasItsFields();
    void everyKindCanBeChosen();
    void onlyVisibleFieldsAreRequired();
    void aNameOfItsOwnIsProposed();
    void aTypedAddressAndNameStay();
    void aKeyWithBlanksIsNotSaved();
    void anotherKindNeedsItsOwnSecret();
    void theKeyOfOneHostIsNotTakenToAnother();
    void aPastedLineFillsTheFields();
    void aPastedLineLeavesNoTrace_data();
    void aPastedLineLeavesNoTrace();
    void whatIsNoLineIsExplained();
};

void AccountDialogTest::eachKindHasItsFields_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("sender"); ///< its label, empty = none
    QTest::addColumn<QString>("secret");
    QTest::addColumn<bool>("login");
    QTest::addColumn<bool>("checks");
    const auto row = [](const char *name, GatewayKind kind, const char *address, const char *sender, const char *secret,
                         bool login, bool checks) {
        QTest::newRow(name) << int(kind) << QString::fromLatin1(address) << QString::fromLatin1(sender)
                            << QString::fromLatin1(secret) << login << checks;
    };
    // gateways.md 1.1, 2, 3, 4.1, 5.1
    row("on-premises", GatewayKind::OnPrem, "", "", "Password", true, true);
    row("sendapi", GatewayKind::SendApi, "https://sendapi.co/v1", "Session id", "API key", false, true);
    row("CommBox", GatewayKind::CommBox, "https://api.commbox.io", "Stream id", "API key", false, true);
    row("Wawp", GatewayKind::Wawp, "https://api.wawp.net", "Instance id", "Access token", false, true);
    row("360dialog", GatewayKind::Dialog360, "https://waba-v2.360dialog.io", "", "API key", false, false);
    row("Cloud API", GatewayKind::CloudApi, "https://graph.facebook.com/v21.0/", "", "Access token", false, false);
}

void AccountDialogTest::eachKindHasItsFields()
{
    QFETCH(int, kind);
    QFETCH(QString, sender);
    QFETCH(bool, login);
    QFETCH(bool, checks);
    Dialog dialog;
    dialog.choose(GatewayKind(kind));
    QTEST(dialog.line("address").text(), "address");
    QCOMPARE(dialog.line("user").isVisible(), login);
    QCOMPARE(dialog.line("caFile").isVisible(), login);
    QCOMPARE(dialog.part<QWidget>("countryCode").isVisible(), login);
    QCOMPARE(dialog.line("sender").isVisible(), !sender.isEmpty());
    QCOMPARE(dialog.part<QWidget>("perHour").isVisible(), checks);
    if (!sender.isEmpty())
        QCOMPARE(dialog.line("sender").accessibleName(), sender);
    QTEST(dialog.line("password").accessibleName(), "secret");
    // Each hint has its room (QFormLayout lost the last one's after rows were hidden).
    for (const char *hint : {"reading", "senderHint", "place", "rule"}) {
        const auto &label = dialog.part<QLabel>(hint);
        QVERIFY2(!label.isVisible()
                || eventually([&label] { return label.height() >= label.heightForWidth(label.width()); }),
            hint);
    }
    QCOMPARE(dialog.line("password").echoMode(), QLineEdit::Password);
}

void AccountDialogTest::everyKindCanBeChosen()
{
    Dialog dialog;
    const auto *kinds = qobject_cast<QStandardItemModel *>(dialog.part<QComboBox>("kind").model());
    QCOMPARE(kinds->rowCount(), 6);
    for (int i = 0; i < 6; ++i) {
        QVERIFY(kinds->item(i)->isEnabled());
        QVERIFY(!kinds->item(i)->text().contains(QLatin1String("built")));
    }
}

void AccountDialogTest::onlyVisibleFieldsAreRequired()
{
    Dialog dialog;
    dialog.choose(GatewayKind::SendApi);
    QVERIFY(dialog.press().contains(QLatin1String("session id")));
    dialog.line("sender").setText(QStringLiteral("sess_1"));
    QVERIFY(dialog.press().contains(QLatin1String("API key")));
    dialog.line("password").setText(QStringLiteral(" sk_live_1 "));
    QCOMPARE(dialog.press(), QString());
    QCOMPARE(dialog.window->secret().reveal(), QByteArray("sk_live_1"));
    const Account account = dialog.window->account();
    QCOMPARE(account.sender, QStringLiteral("sess_1"));
    QVERIFY(account.user.isEmpty() && account.registeredCountryCode == 0);

    dialog.choose(GatewayKind::Dialog360);
    QCOMPARE(dialog.press(), QString());
    QVERIFY(dialog.window->account().sender.isEmpty()); // what is not shown is not kept

    dialog.choose(GatewayKind::CloudApi);
    QVERIFY(dialog.press().contains(QLatin1String("phone number id")));
    dialog.line("address").setText(QStringLiteral("https://graph.facebook.com/v21.0/106540352242922/"));
    QCOMPARE(dialog.press(), QString());
    QCOMPARE(dialog.window->account().address.toString(),
        QStringLiteral("https://graph.facebook.com/v21.0/106540352242922"));
}

void AccountDialogTest::aNameOfItsOwnIsProposed()
{
    Dialog dialog;
    dialog.save(QStringLiteral("Wawp"));
    dialog.save(QStringLiteral("wawp 2"));
    dialog.open({});
    dialog.choose(GatewayKind::Wawp);
    QCOMPARE(dialog.line("name").text(), QStringLiteral("Wawp 3"));
    dialog.choose(GatewayKind::CommBox);
    QCOMPARE(dialog.line("name").text(), QStringLiteral("CommBox"));
    dialog.line("name").setText(QStringLiteral("WAWP"));
    QVERIFY(dialog.press().contains(QLatin1String("name of its own")));
    dialog.line("name").clear();
    QVERIFY(dialog.press().contains(QLatin1String("needs a name")));
}

void AccountDialogTest::aTypedAddressAndNameStay()
{
    Dialog dialog;
    dialog.choose(GatewayKind::SendApi);
    dialog.line("address").setText(QStringLiteral("https://api.sendapi.co/v1"));
    dialog.line("name").setText(QStringLiteral("Support"));
    dialog.choose(GatewayKind::Wawp);
    QCOMPARE(dialog.line("address").text(), QStringLiteral("https://api.sendapi.co/v1"));
    QCOMPARE(dialog.line("name").text(), QStringLiteral("Support"));
}

void AccountDialogTest::aKeyWithBlanksIsNotSaved()
{
    Dialog dialog;
    dialog.choose(GatewayKind::Dialog360);
    dialog.line("password").setText(QStringLiteral("two words"));
    QVERIFY(dialog.press().contains(QLatin1String("no key has")));
}

void AccountDialogTest::theKeyOfOneHostIsNotTakenToAnother()
{
    Dialog dialog;
    Account account;
    account.id = AccountId(7);
    account.name = QStringLiteral("S");
    account.kind = GatewayKind::SendApi;
    account.sender = QStringLiteral("sess_1");
    account.address = QUrl(QStringLiteral("https://sendapi.co/v1"));
    account.hasStoredSecret = true;
    dialog.open(account);
    dialog.line("address").setText(QStringLiteral("https://sendapi.co/v2"));
    QCOMPARE(dialog.press(), QString());
    dialog.open(account);
    dialog.line("address").setText(QStringLiteral("https://other.example/v1"));
    QVERIFY2(dialog.press().contains(QStringLiteral("sendapi.co")), qPrintable(dialog.label("problem")));
    dialog.line("password").setText(QStringLiteral("sk_live_new"));
    QCOMPARE(dialog.press(), QString());
}

void AccountDialogTest::anotherKindNeedsItsOwnSecret()
{
    Dialog dialog;
    Account account;
    account.id = AccountId(7);
    account.name = QStringLiteral("D");
    account.kind = GatewayKind::Dialog360;
    account.address = QUrl(QStringLiteral("https://waba-v2.360dialog.io"));
    account.hasStoredSecret = true;
    dialog.open(account);
    QCOMPARE(dialog.press(), QString()); // empty keeps the old one
    QCOMPARE(dialog.line("address").text(), QStringLiteral("https://waba-v2.360dialog.io"));
    dialog.choose(GatewayKind::CommBox);
    dialog.line("sender").setText(QStringLiteral("abc%3d"));
    QVERIFY(dialog.press().contains(QLatin1String("API key")));
}

void AccountDialogTest::aPastedLineFillsTheFields()
{
    Dialog dialog;
    QGuiApplication::clipboard()->setText(wawpLine());
    dialog.part<QPushButton>("curl").click();
    QCOMPARE(dialog.window->account().kind, GatewayKind::Wawp);
    QCOMPARE(dialog.line("address").text(), QStringLiteral("https://api.wawp.net"));
    QCOMPARE(dialog.line("sender").text(), QStringLiteral("ABCDEF123456"));
    QCOMPARE(dialog.window->secret().reveal(), QByteArray("verySecret77"));
    QVERIFY(dialog.label("curlSaid").contains(QLatin1String("Wawp")));
    QCOMPARE(dialog.press(), QString());
    QCOMPARE(QGuiApplication::clipboard()->text(), wawpLine()); // read, not written
}

void AccountDialogTest::aPastedLineLeavesNoTrace_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("before");
    QTest::addColumn<bool>("select");
    QTest::newRow("into the empty address") << QStringLiteral("address") << QString() << false;
    QTest::newRow("behind an address") << QStringLiteral("address") << QStringLiteral("https://sendapi.co/v1") << false;
    QTest::newRow("over an address") << QStringLiteral("address") << QStringLiteral("https://sendapi.co/v1") << true;
    QTest::newRow("into the key") << QStringLiteral("password") << QString() << false;
}

void AccountDialogTest::aPastedLineLeavesNoTrace()
{
    QFETCH(QString, field);
    QFETCH(QString, before);
    QFETCH(bool, select);
    Dialog dialog;
    QLineEdit &edit = dialog.line(qPrintable(field));
    edit.setText(before);
    if (select)
        edit.selectAll();
    paste(edit, wawpLine() + QStringLiteral(" \\\n  -H 'Accept: application/json'\n"));
    QCOMPARE(dialog.line("address").text(), QStringLiteral("https://api.wawp.net"));
    QCOMPARE(dialog.window->secret().reveal(), QByteArray("verySecret77"));
    QVERIFY(!dialog.visibleText().contains(QLatin1String("verySecret77")));
    QVERIFY(!dialog.visibleText().contains(QLatin1String("access_token")));
    for (QLineEdit *each : {&dialog.line("address"), &dialog.line("sender"), &dialog.line("name")})
        for (int i = 0; i < 5; ++i) {
            each->undo();
            QVERIFY(!dialog.visibleText().contains(QLatin1String("verySecret77")));
        }
    for (int i = 0; i < 5; ++i) {
        edit.redo();
        QVERIFY(!dialog.visibleText().contains(QLatin1String("verySecret77")));
    }
}

void AccountDialogTest::whatIsNoLineIsExplained()
{
    Dialog dialog;
    QGuiApplication::clipboard()->setText(QStringLiteral("hello"));
    dialog.part<QPushButton>("curl").click();
    QVERIFY(dialog.label("curlSaid").contains(QLatin1String("no curl line")));
    QGuiApplication::clipboard()->setText(
        QStringLiteral("curl 'https://api.example/x' -H 'Authorization: Bearer topSecret9'"));
    dialog.part<QPushButton>("curl").click();
    QVERIFY(dialog.label("curlSaid").contains(QLatin1String("none of the gateways")));
    QVERIFY(!dialog.visibleText().contains(QLatin1String("topSecret9")));
    // An address that somebody pastes is an address.
    paste(dialog.line("address"), QStringLiteral("https://curl.example/v1"));
    QVERIFY(dialog.line("address").text().contains(QLatin1String("curl.example")));
}

void AccountDialogTest::theKindIsNamedByItsLabelAndTheCurlButtonIsWhole()
{
    Dialog dialog;
    // A screen reader takes a combo box's own name for its value and asks the label beside it for what it is.
    auto &kind = dialog.part<QComboBox>("kind");
    QAccessibleInterface *read = QAccessible::queryAccessibleInterface(&kind);
    QVERIFY(read);
    QStringList labels;
    for (const auto &[from, how] : read->relations(QAccessible::Label))
        labels += from->text(QAccessible::Name);
    QVERIFY2(labels.contains(QStringLiteral("Kind")), qPrintable(labels.join(QLatin1Char('|'))));
    for (const GatewayKind each : gatewayKinds) {
        dialog.choose(each);
        spin(20);
        const auto &curl = dialog.part<QPushButton>("curl");
        QVERIFY(curl.isVisible());
        QVERIFY(curl.width() >= curl.sizeHint().width());
        QVERIFY(curl.mapTo(curl.parentWidget(), QPoint(curl.width(), 0)).x() <= curl.parentWidget()->width());
    }
}

QTEST_MAIN(AccountDialogTest)
#include "accountdialog_test.moc"
