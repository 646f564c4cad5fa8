// SPDX-License-Identifier: GPL-3.0-or-later
// From the vendor's answer to the sentence a person reads: what the dialect makes of a documented reply must meet the
// line of words that was written for it. The expected words follow gateways.md, not the table.
#include "models/gateways/dialects/dialect.h"
#include "tests/models/gateways/dialects/goldencase.h"
#include "tests/support/golden.h"
#include "ui/text/failuretext.h"
#include "ui/text/gatewaycodes.h"

#include <QTest>

using namespace rollcall;

class GatewayAnswersTest final : public QObject {
    Q_OBJECT
private slots:
    void anAnswerMeetsItsWords_data();
    void anAnswerMeetsItsWords();
    void aKeyedAnswerMeetsItsWords_data();
    void aKeyedAnswerMeetsItsWords() { anAnswerMeetsItsWords(); }
};

void GatewayAnswersTest::anAnswerMeetsItsWords_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("file"); // below golden/; without a suffix: .http
    QTest::addColumn<QString>("says");
    const auto row = [](GatewayKind kind, const char *file, const char *says) {
        QTest::newRow(file) << int(kind) << QString::fromLatin1(file) << QString::fromLatin1(says);
    };
    // gateways.md 5.4: 360dialog's three kinds of HTTP 400, told apart by their text, and its other statuses
    row(GatewayKind::Dialog360, "dialog360/own-unpaid", "invoices");
    row(GatewayKind::Dialog360, "dialog360/own-disabled", "disabled");
    row(GatewayKind::Dialog360, "dialog360/own-throttle", "slow down");
    row(GatewayKind::Dialog360, "dialog360/own-throttle-seconds", "slow down");
    row(GatewayKind::Dialog360, "dialog360/own-throttle-endpoint", "slow down");
    row(GatewayKind::Dialog360, "dialog360/own-key-says-404", "API key");
    row(GatewayKind::Dialog360, "dialog360/own-key-snake-case", "API key");
    row(GatewayKind::Dialog360, "dialog360/own-blocked-403", "blocked this path");
    row(GatewayKind::Dialog360, "dialog360/own-500", "error of its own");
    row(GatewayKind::Dialog360, "dialog360/own-502", "not running");
    row(GatewayKind::Dialog360, "dialog360/bare-401", "API key");
    row(GatewayKind::Dialog360, "dialog360/bare-429", "slow down");
    // 5.1 and 5.2
    row(GatewayKind::CloudApi, "cloudapi/key-190", "expired");
    row(GatewayKind::CloudApi, "cloudapi/key-190-at-400", "expired");
    row(GatewayKind::CloudApi, "cloudapi/pair-rate", "one person");
    row(GatewayKind::CloudApi, "cloudapi/window-closed", "24 hours");
    row(GatewayKind::Dialog360, "dialog360/block-full", "64,000");
    row(GatewayKind::Dialog360, "dialog360/block-internal", "not sure");
    row(GatewayKind::Dialog360, "dialog360/block-too-many", "Too many");
    row(GatewayKind::Dialog360, "dialog360/list-changed", "changed while");
    // 1.6
    row(GatewayKind::OnPrem, "onprem/locked", "locked");
    row(GatewayKind::OnPrem, "onprem/password-change", "new password");
    row(GatewayKind::OnPrem, "onprem/request-not-valid", "could not read the request");
    row(GatewayKind::OnPrem, "onprem/not-engaged-400", "24 hours");
    row(GatewayKind::OnPrem, "onprem/not-valid-400", "did not accept a value");
    row(GatewayKind::OnPrem, "onprem/spam-limit", "blocked or reported");
    row(GatewayKind::OnPrem, "onprem/throttled", "slow down");
    row(GatewayKind::OnPrem, "onprem/node-500", "error of its own");
    // 4.3
    row(GatewayKind::Wawp, "wawp/replies/f-400", "did not accept the request");
    row(GatewayKind::Wawp, "wawp/replies/f-401", "access token");
    row(GatewayKind::Wawp, "wawp/replies/f-403-subscription", "free plan");
    row(GatewayKind::Wawp, "wawp/replies/f-404-session", "dropped");
    row(GatewayKind::Wawp, "wawp/replies/f-422-state", "not working now");
    row(GatewayKind::Wawp, "wawp/replies/f-422-engine", "engine");
    row(GatewayKind::Wawp, "wawp/replies/f-501-engine", "engine");
    row(GatewayKind::Wawp, "wawp/replies/f-429", "slow down");
    row(GatewayKind::Wawp, "wawp/replies/f-500", "error of its own");
    row(GatewayKind::Wawp, "wawp/replies/f-overlimit", "limits how often");
    row(GatewayKind::Wawp, "wawp/replies/f-overlimit-200", "limits how often");
    row(GatewayKind::Wawp, "wawp/replies/f-200-result", "could not do this");
    row(GatewayKind::Wawp, "wawp/replies/f-200-session", "dropped");
    row(GatewayKind::Wawp, "wawp/replies/f-200-status", "access token");
}

void GatewayAnswersTest::aKeyedAnswerMeetsItsWords_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("says");
    const auto row = [](GatewayKind kind, const QByteArray &file, const char *says) {
        QTest::newRow(file.constData()) << int(kind) << QString::fromLatin1(file) << QString::fromLatin1(says);
    };
    // 2.3: the type tells more than the status
    const auto sendApi = [&row](const char *file, const char *says) {
        row(GatewayKind::SendApi, "sendapi/failure-" + QByteArray(file) + ".reply", says);
    };
    sendApi("400-validation", "did not accept a value");
    sendApi("401-missing_api_key", "no API key came");
    sendApi("401-invalid_api_key", "does not know this API key");
    sendApi("401-revoked_api_key", "revoked");
    sendApi("401-expired_api_key", "expired");
    sendApi("401-no-body", "did not accept the API key");
    sendApi("402-subscription_required", "wants a subscription");
    sendApi("402-subscription_expired", "has expired");
    sendApi("402-email_quota_exceeded", "e-mails");
    sendApi("402-sms_balance_low", "balance");
    sendApi("402-quota_exceeded", "quota of the plan");
    sendApi("402-no-body", "wants a subscription");
    sendApi("403-insufficient_scope", "lacks the right");
    sendApi("403-no-body", "does not let this API key");
    sendApi("404-session", "says nothing about the number");
    sendApi("404-contact", "says nothing about the number");
    sendApi("409-conflict", "conflicts");
    sendApi("410-gone", "is gone");
    sendApi("422-validation", "did not accept a value");
    sendApi("429-documented", "slow down");
    sendApi("429-no-body", "slow down");
    sendApi("500", "error of its own");
    // 3: the documented bodies, and the older revision that has none
    const auto commBox = [&row](const char *file, const char *says) {
        row(GatewayKind::CommBox, "commbox/failure-" + QByteArray(file) + ".reply", says);
    };
    commBox("400-documented", "stream id or the number");
    commBox("400-no-body", "stream id or the number");
    commBox("401-documented", "after 30 more days");
    commBox("401-no-body", "after 30 more days");
    commBox("404-documented", "does not know this stream");
    commBox("404-no-body", "does not know this stream");
    commBox("429-documented", "slow down");
    commBox("429-no-body", "slow down");
    commBox("500-documented", "error of its own");
    commBox("500-no-body", "error of its own");
    commBox("501", "does not offer this call");
    commBox("501-no-body", "does not offer this call");
}

void GatewayAnswersTest::anAnswerMeetsItsWords()
{
    QFETCH(int, kind);
    QFETCH(QString, file);
    QFETCH(QString, says);
    const auto gateway = GatewayKind(kind);
    const QString folder = file.section(u'/', 0, -2);
    const QString name = file.section(u'/', -1);
    const HttpReply reply = name.endsWith(u".reply") ? golden::readCase(folder, name).reply : goldenReply(folder, name);
    QVERIFY(reply.status >= 200);
    const Failure failure = dialectOf(gateway).readFailure(reply);
    const std::optional<CodeWords> words = wordsOfCode(failure, gateway);
    QVERIFY2(words.has_value(), qPrintable(failureInWords(failure)));
    QVERIFY2(words->happened.contains(says), qPrintable(words->happened));
    QVERIFY(failureSentence(failure, gateway).contains(words->next));
}

QTEST_MAIN(GatewayAnswersTest)
#include "gatewayanswers_test.moc"
