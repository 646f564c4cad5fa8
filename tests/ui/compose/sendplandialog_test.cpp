// SPDX-License-Identifier: GPL-3.0-or-later
// The flight plan of a message: what it says of a plan, and what keeps it from starting.
#include "models/cards/messageplan.h"
#include "ui/compose/internal/sendplandialog.h"
#include "ui/parts/fieldlist.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

using namespace rollcall;

namespace {

const qint64 now = 1'700'000'000'000;

Account gateway()
{
    Account account;
    account.id = AccountId(1);
    account.name = QStringLiteral("Shop");
    account.kind = GatewayKind::Dialog360;
    return account;
}

SendPlan planFor(int sends)
{
    SendPlan plan;
    for (int i = 0; i < sends; ++i) {
        OperationItem item;
        item.alias = AliasKey(447700900000 + i);
        plan.send.push_back(item);
        RecipientLine line;
        line.number = QStringLiteral("+44770090%1").arg(i, 4, 10, QLatin1Char('0'));
        plan.lines.push_back(line);
    }
    plan.people = sends;
    plan.requests = sends;
    return plan;
}

QPushButton *start(const QWidget &dialog)
{
    return dialog.findChild<QPushButton *>(QStringLiteral("start"));
}

QString words(const QWidget &dialog)
{
    return dialog.findChild<FieldList *>(QStringLiteral("counts"))->text();
}

} // namespace

class SendPlanDialogTest final : public QObject {
    Q_OBJECT
private slots:
    void countsWhoIsLeftOut();
    void manyRecipientsNeedAPress();
    void withoutOptInNothingStarts();
    void choicesPlanAgain();
    void hostileNamesStayText();
};

void SendPlanDialogTest::countsWhoIsLeftOut()
{
    SendPlan plan = planFor(2);
    plan.people = 7;
    plan.doNotContact = 2;
    plan.blocked = 1;
    plan.unsettled = 1;
    plan.invalidLeft = 1;
    plan.windowClosed = 1;
    plan.checksLately = 30;
    plan.sendsLately = 10;
    SendPlanDialog dialog(gateway(), QStringLiteral("Anna Example"), false);
    dialog.setPlan(plan, now);
    QVERIFY(words(dialog).contains(QStringLiteral("Get the message: 2\n")));
    QVERIFY(words(dialog).contains(QStringLiteral("Do not contact: 2 – ")));
    QVERIFY(words(dialog).contains(QStringLiteral("Blocked: 1 – ")));
    QVERIFY(words(dialog).contains(QStringLiteral("Unsettled: 1 – ")));
    QVERIFY(words(dialog).contains(QStringLiteral("Not on WhatsApp: 1 – ")));
    QVERIFY(words(dialog).contains(QStringLiteral("Checks to messages: 30 to 10 in the last 30 days")));
    QVERIFY(!words(dialog).contains(QStringLiteral("Same number")));
    QVERIFY(dialog.findChild<QLabel *>(QStringLiteral("warning"))->text().contains(QStringLiteral("24 hours")));
    QVERIFY(start(dialog)->isEnabled());
    plan.send.clear();
    dialog.setPlan(plan, now);
    QVERIFY(!start(dialog)->isEnabled());
}

void SendPlanDialogTest::manyRecipientsNeedAPress()
{
    SendPlanDialog dialog(gateway(), QStringLiteral("Anna Example"), false);
    dialog.setPlan(planFor(10), now);
    QVERIFY(start(dialog)->isDefault());
    dialog.setPlan(planFor(11), now);
    QVERIFY(!start(dialog)->isDefault());
    QVERIFY(start(dialog)->isEnabled());
    QVERIFY(dialog.findChild<QPushButton *>(QStringLiteral("cancel"))->isDefault());
}

void SendPlanDialogTest::withoutOptInNothingStarts()
{
    SendPlan plan = planFor(3);
    plan.needsReason = true;
    plan.withoutOptIn = {PersonId(1), PersonId(2)};
    SendPlanDialog dialog(gateway(), QStringLiteral("Anna Example"), false);
    dialog.setPlan(plan, now);
    dialog.show();
    QVERIFY(dialog.gate().isVisible());
    QCOMPARE(dialog.gate().missing(), 2);
    QVERIFY(!start(dialog)->isEnabled());
    dialog.findChild<QRadioButton *>(QStringLiteral("consentGate.override"))->click();
    QVERIFY(!start(dialog)->isEnabled()); // no reason yet
    QTest::keyClicks(dialog.findChild<QLineEdit *>(QStringLiteral("consentGate.reason")), QStringLiteral("They asked"));
    QVERIFY(start(dialog)->isEnabled());
    QCOMPARE(dialog.gate().reason(), QStringLiteral("They asked"));
    QVERIFY(!dialog.gate().records());
    dialog.setBusy(true);
    QVERIFY(!start(dialog)->isEnabled());
}

void SendPlanDialogTest::choicesPlanAgain()
{
    SendPlan plan = planFor(3);
    plan.windowClosed = 1;
    plan.needsReason = true;
    plan.withoutOptIn = {PersonId(1)};
    SendPlanDialog dialog(gateway(), QStringLiteral("Anna Example"), true);
    QVERIFY(dialog.options().checkFirst); // the setting
    QCOMPARE(dialog.options().withoutOptIn, ConsentChoice::Override);
    dialog.setPlan(plan, now);
    dialog.show();
    QSignalSpy again(&dialog, &SendPlanDialog::optionsChanged);
    dialog.findChild<QCheckBox *>(QStringLiteral("leaveClosed"))->click();
    dialog.findChild<QCheckBox *>(QStringLiteral("leaveWithout"))->click();
    QCOMPARE(again.size(), 2);
    QVERIFY(dialog.options().leaveClosed);
    QCOMPARE(dialog.options().withoutOptIn, ConsentChoice::Leave);
    QVERIFY(!dialog.findChild<QCheckBox *>(QStringLiteral("checkFirst"))->isVisible()); // this kind cannot check
}

void SendPlanDialogTest::hostileNamesStayText()
{
    SendPlan plan = planFor(1);
    plan.lines.front().name = QStringLiteral("<b>x</b>") + QChar(0x202E);
    SendPlanDialog dialog(gateway(), QStringLiteral("<i>message</i>"), false);
    dialog.setPlan(plan, now);
    const QString line = dialog.findChild<QListWidget *>(QStringLiteral("planRecipients"))->item(0)->text();
    QVERIFY2(line.startsWith(QStringLiteral("<b>x</b>‹U+202E›")), qPrintable(line));
    for (const QLabel *label : dialog.findChildren<QLabel *>())
        QVERIFY2(
            label->textFormat() == Qt::PlainText || !label->text().contains(u'<'), qPrintable(label->objectName()));
}

QTEST_MAIN(SendPlanDialogTest)
#include "sendplandialog_test.moc"
