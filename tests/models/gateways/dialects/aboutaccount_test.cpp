// SPDX-License-Identifier: GPL-3.0-or-later
// Which refusals are about the account itself (session gone, plan, locked, stream id) and which about the number asked:
// the first stop a run at once and judge nobody, the second are the number's own.
#include "models/gateways/dialects/dialect.h"
#include "tests/models/gateways/dialects/goldencase.h"
#include "tests/support/golden.h"

#include <QTest>
#include <array>

using namespace rollcall;

namespace {

const std::array asked{QStringLiteral("+447700900000")};

HttpReply replyOf(GatewayKind kind, const QString &name)
{
    switch (kind) {
    case GatewayKind::SendApi:
        return golden::readCase(QStringLiteral("sendapi"), QString(name + u".reply")).reply;
    case GatewayKind::CommBox:
        return golden::readCase(QStringLiteral("commbox"), QString(name + u".reply")).reply;
    case GatewayKind::Wawp:
        return goldenReply(QStringLiteral("wawp/replies"), name);
    case GatewayKind::OnPrem:
        return goldenReply(QStringLiteral("onprem"), name);
    default:
        return goldenReply(QStringLiteral("dialog360"), name);
    }
}

} // namespace

class AboutAccountTest final : public QObject {
    Q_OBJECT

private slots:
    void whomARefusalIsAbout_data()
    {
        QTest::addColumn<GatewayKind>("kind");
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("account");
        const auto row = [](GatewayKind kind, const char *file, bool account) {
            QTest::addRow("%d %s", int(kind), file) << kind << QString::fromLatin1(file) << account;
        };
        using K = GatewayKind;
        for (const char *file : {"f-404-session", "f-200-session", "f-422-state", "f-422-state-failed",
                 "f-403-subscription", "f-404-nest-session", "f-404-route"})
            row(K::Wawp, file, true);
        for (const char *file : {"f-400", "f-422-other", "f-418-text"})
            row(K::Wawp, file, false);
        for (const char *file : {"failure-404-session", "failure-409-conflict", "failure-410-gone",
                 "failure-402-subscription_expired", "failure-402-no-body", "failure-403-insufficient_scope"})
            row(K::SendApi, file, true);
        for (const char *file :
            {"failure-404-contact", "failure-404-message-only", "failure-400-validation", "failure-422-validation"})
            row(K::SendApi, file, false);
        for (const char *file : {"failure-404-documented", "failure-404-no-body"})
            row(K::CommBox, file, true); // a number without WhatsApp is valid:false: it is the stream that is not there
        for (const char *file : {"failure-400-documented", "failure-400-no-body", "failure-409"})
            row(K::CommBox, file, false);
        for (const char *file : {"own-unpaid", "own-disabled", "own-blocked-403"})
            row(K::Dialog360, file, true);
        for (const char *file : {"block-parameter", "block-full", "own-other-400"})
            row(K::Dialog360, file, false);
        for (const char *file : {"password-change", "locked", "request-not-valid"})
            row(K::OnPrem, file, true);
        for (const char *file : {"not-valid-400", "not-engaged-400"})
            row(K::OnPrem, file, false);
    }
    void whomARefusalIsAbout()
    {
        QFETCH(GatewayKind, kind);
        QFETCH(QString, file);
        const HttpReply reply = replyOf(kind, file);
        const Failure failure = dialectOf(kind).readFailure(reply);
        QCOMPARE(failure.kind, Failure::Kind::Refused);
        QTEST(failure.aboutAccount, "account");
        // Neither is ever a verdict, and what is about the account never refuses a person.
        QVERIFY(!dialectOf(kind).readCheck(reply, asked));
        const Result<BlockReply> block = dialectOf(kind).readBlock(reply, asked, false);
        if (failure.aboutAccount)
            QVERIFY(!block);
    }

    void whatAnswersTheKeyStopsByItsKind()
    {
        for (const auto &[kind, file] :
            {std::pair{GatewayKind::Dialog360, "bare-401"}, {GatewayKind::Dialog360, "own-key-says-404"},
                {GatewayKind::CommBox, "failure-401-documented"}, {GatewayKind::CommBox, "failure-403"},
                {GatewayKind::SendApi, "failure-401-revoked_api_key"}, {GatewayKind::Wawp, "f-401"}})
            QCOMPARE(dialectOf(kind).readFailure(replyOf(kind, QString::fromLatin1(file))).kind,
                Failure::Kind::Unauthorised);
    }

    void onlyWordsAreAnEnginesWord()
    {
        const Dialect &wawp = dialectOf(GatewayKind::Wawp);
        for (const char *file : {"f-422-engine", "f-501-engine"})
            QVERIFY(wawp.isEngineWord(replyOf(GatewayKind::Wawp, QString::fromLatin1(file))));
        for (const char *file : {"f-501-empty", "f-501-html", "f-422-other", "f-422-state", "exists"})
            QVERIFY(!wawp.isEngineWord(replyOf(GatewayKind::Wawp, QString::fromLatin1(file))));
        const Dialect &commBox = dialectOf(GatewayKind::CommBox);
        for (const char *file : {"failure-501", "failure-501-no-body"})
            QVERIFY(!commBox.isEngineWord(replyOf(GatewayKind::CommBox, QString::fromLatin1(file))));
    }
};

QTEST_GUILESS_MAIN(AboutAccountTest)
#include "aboutaccount_test.moc"
