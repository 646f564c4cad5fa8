// SPDX-License-Identifier: GPL-3.0-or-later
// Every code that gateways.md lists (sections 1.6, 2.3, 3, 4.3, 5.2, 5.4, 190 of 5.1 and 131051 of 5.5) has one
// sentence and one next step of its own. The lists below are written from there, not from the table that is tested.
#include "ui/text/failuretext.h"
#include "ui/text/gatewaycodes.h"

#include <QMap>
#include <QRegularExpression>
#include <QTest>

using namespace rollcall;

namespace {

struct Listed {
    GatewayKind kind;
    int code;
    const char *type = ""; ///< as in the gateway's answer
};

std::vector<Listed> listed()
{
    std::vector<Listed> all;
    const auto add = [&all](GatewayKind kind, std::initializer_list<int> codes) {
        for (const int code : codes)
            all.push_back({kind, code});
    };
    // 1.6 confirmed titles, then those whose titles are not confirmed
    add(GatewayKind::OnPrem,
        {400, 402, 408, 410, 429, 430, 432, 433, 470, 471, 472, 500, 1009, 1024, 1025, 1031, 2048});
    add(GatewayKind::OnPrem,
        {1000, 1001, 1002, 1004, 1005, 1006, 1008, 1010, 1011, 1013, 1014, 1015, 1021, 1022, 1023, 1026, 2000, 2001,
            2002, 2003});
    // 2.3
    add(GatewayKind::SendApi,
        {400, 422, 401, 4010, 4011, 4012, 4013, 402, 4021, 4028, 403, 4030, 404, 409, 410, 429, 4029, 500});
    for (const char *type : {"subscription_required", "subscription_expired", "email_quota_exceeded"})
        all.push_back({GatewayKind::SendApi, 402, type});
    // 3
    add(GatewayKind::CommBox, {400, 401, 404, 429, 500, 501});
    // 4.3, and 501 of section 0, 9
    add(GatewayKind::Wawp, {200, 400, 401, 403, 404, 422, 500, 501, 429});
    all.push_back({GatewayKind::Wawp, 403, "subscription_required"});
    all.push_back({GatewayKind::Wawp, 403, "quota reached"});
    all.push_back({GatewayKind::Wawp, 404, "invalid_session"});
    all.push_back({GatewayKind::Wawp, 422, "The method is not implemented by the engine."});
    all.push_back({GatewayKind::Wawp, 500, "rate-overlimit"});
    // 5.2, the codes of 5.4 and 131051 of 5.5; 131050 is how a marketing stop (5.5) is refused; at 360dialog and at its
    // parent
    for (const GatewayKind kind : {GatewayKind::Dialog360, GatewayKind::CloudApi})
        add(kind, {139100, 139101, 139102, 135002, 139103, 130429, 131021, 131047, 131050, 131051, 131056, 190});
    // 5.4: 360dialog's own table
    add(GatewayKind::Dialog360, {400, 401, 403, 500, 502});
    all.push_back({GatewayKind::Dialog360, 400, "Your WhatsApp for Business API has been disabled."});
    all.push_back({GatewayKind::Dialog360, 400, "You have exceeded the limit of 1 request every * seconds."});
    all.push_back({GatewayKind::Dialog360, 400, "due to lack of payment … overdue invoices"});
    return all;
}

Failure refused(const Listed &one)
{
    Failure failure;
    failure.kind = Failure::Kind::Refused;
    failure.code = one.code;
    failure.detail = QStringLiteral("HTTP 400, ") + QString::fromUtf8(one.type);
    return failure;
}

QByteArray nameOf(const Listed &one)
{
    return "kind " + QByteArray::number(int(one.kind)) + ", code " + QByteArray::number(one.code) + ' ' + one.type;
}

} // namespace

class GatewayCodesTest final : public QObject {
    Q_OBJECT
private slots:
    void noListedCodeFallsThrough();
    void meaningsOfOneStatusAreToldApart();
    void notEngagedSaysBothReasons();
    void anUnknownOutcomeIsSettledNotRepeated();
    void otherFailuresKeepTheirWords();
    void theGatewaysOwnWordsAreQuotedAsOneLine();
};

void GatewayCodesTest::noListedCodeFallsThrough()
{
    for (const Listed &one : listed()) {
        const QByteArray name = nameOf(one);
        const Failure failure = refused(one);
        Failure bare = failure;
        bare.code = 0;
        bare.detail.clear();
        QVERIFY2(wordsOfCode(failure, one.kind).has_value(), name.constData());
        const CodeWords words = *wordsOfCode(failure, one.kind);
        for (const QString &sentence : {words.happened, words.next}) {
            QVERIFY2(sentence.size() > 20 && sentence.endsWith(QLatin1Char('.')), name.constData());
            QVERIFY2(!sentence.contains(QLatin1String("unknown"), Qt::CaseInsensitive), name.constData());
            QVERIFY2(!sentence.contains(QLatin1Char('%')), name.constData());
            // One sentence, and one next step: nothing ends in the middle.
            static const QRegularExpression ends(QStringLiteral("[.!?…] "));
            QVERIFY2(!sentence.contains(ends), qPrintable(QString::fromUtf8(name) + u": " + sentence));
        }
        const QString whole = failureSentence(failure, one.kind);
        QVERIFY2(whole.contains(words.happened) && whole.endsWith(words.next), name.constData());
        QVERIFY2(whole.contains(QString::number(one.code)), name.constData());
        // The sentence that any refusal gets is not good enough for one that the vendor explains.
        QVERIFY2(
            !whole.startsWith(whatHappened(bare)) && nextStep(failure, one.kind) != nextStep(bare), name.constData());
    }
}

void GatewayCodesTest::meaningsOfOneStatusAreToldApart()
{
    // Statuses that mean different things, and codes that differ, must not read the same within one vendor.
    QMap<int, QMap<QString, QByteArray>> seen;
    for (const Listed &one : listed()) {
        const QString happened = wordsOfCode(refused(one), one.kind)->happened;
        const QByteArray other = seen[int(one.kind)].value(happened);
        const QByteArray name = nameOf(one);
        // These are one thing with two names: gateways.md 2.3 (429 and 4029; 403 and 4030; 402), 4.3, 5.2 (135002).
        const bool twins = one.code == 135002 || one.code == 4029 || one.code == 402 || one.code == 501
            || (one.kind == GatewayKind::Wawp && one.code == 422);
        const QByteArray both = name + " reads like " + other;
        QVERIFY2(other.isEmpty() || twins, both.constData());
        seen[int(one.kind)].insert(happened, name);
    }
}

void GatewayCodesTest::notEngagedSaysBothReasons()
{
    for (const GatewayKind kind : {GatewayKind::Dialog360, GatewayKind::CloudApi}) {
        const QString text = failureSentence(refused({kind, 131047}), kind);
        QVERIFY2(text.contains(QLatin1String("24 hours")), qPrintable(text));
        QVERIFY2(text.contains(QLatin1String("not on WhatsApp")), qPrintable(text));
    }
    QVERIFY(wordsOfCode(GatewayKind::OnPrem, 2048)->happened.contains(QLatin1String("24 hours")));
    QVERIFY(!wordsOfCode(GatewayKind::OnPrem, 131047)); // no code of that vendor's
    QVERIFY(!wordsOfCode(GatewayKind::SendApi, 139101));
}

void GatewayCodesTest::anUnknownOutcomeIsSettledNotRepeated()
{
    Failure failure = refused({GatewayKind::Dialog360, 139103});
    failure.kind = Failure::Kind::OutcomeUnknown;
    const QString text = failureSentence(failure, GatewayKind::Dialog360);
    QVERIFY2(text.contains(QLatin1String("139103")), qPrintable(text));
    QVERIFY2(text.contains(QLatin1String("settle"), Qt::CaseInsensitive), qPrintable(text));
}

void GatewayCodesTest::otherFailuresKeepTheirWords()
{
    for (const Failure::Kind kind : {Failure::Kind::Offline, Failure::Kind::Timeout, Failure::Kind::DiskFull,
             Failure::Kind::BadReply, Failure::Kind::KeychainLocked}) {
        Failure failure;
        failure.kind = kind;
        failure.code = 500; // an SQLite or HTTP code beside it changes nothing
        QCOMPARE(failureSentence(failure, GatewayKind::Wawp), failureSentence(failure));
    }
}

void GatewayCodesTest::theGatewaysOwnWordsAreQuotedAsOneLine()
{
    Failure failure = refused({GatewayKind::OnPrem, 1009});
    failure.subject = QStringLiteral("Parameter %2\nvalue is not valid");
    const QString text = whatHappened(failure, GatewayKind::OnPrem);
    QVERIFY2(text.contains(QStringLiteral("Parameter %2 value is not valid")), qPrintable(text));
    QVERIFY2(text.contains(QLatin1String("1009")), qPrintable(text));
    failure.kind = Failure::Kind::RateLimited;
    failure.subject = QStringLiteral("node.example");
    failure.retryAfter = std::chrono::seconds(200);
    QVERIFY(failureSentence(failure, GatewayKind::OnPrem).contains(QStringLiteral("3 min 20 s")));
}

QTEST_MAIN(GatewayCodesTest)
#include "gatewaycodes_test.moc"
