// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/failuretext.h"

#include <QSet>
#include <QTest>

using namespace rollcall;
using Kind = Failure::Kind;

namespace {

/// The compiler's switch warning is what keeps this list complete: a new kind must be added here to build.
bool isKnown(Kind kind)
{
    switch (kind) {
    case Kind::Offline:
    case Kind::Timeout:
    case Kind::Tls:
    case Kind::Redirected:
    case Kind::TooLarge:
    case Kind::BadReply:
    case Kind::OutcomeUnknown:
    case Kind::Unauthorised:
    case Kind::RateLimited:
    case Kind::Refused:
    case Kind::GatewayError:
    case Kind::Unsupported:
    case Kind::Storage:
    case Kind::DiskFull:
    case Kind::ReadOnly:
    case Kind::Corrupt:
    case Kind::Foreign:
    case Kind::NewerSchema:
    case Kind::Busy:
    case Kind::AlreadyOpen:
    case Kind::NotFound:
    case Kind::BadInput:
    case Kind::NoKeychain:
    case Kind::KeychainLocked:
    case Kind::Cancelled:
    case Kind::DoNotContact:
    case Kind::OverBudget:
    case Kind::ClockMoved:
        return true;
    }
    return false;
}

std::vector<Kind> allKinds()
{
    std::vector<Kind> kinds;
    for (int i = 0; isKnown(Kind(i)); ++i)
        kinds.push_back(Kind(i));
    return kinds;
}

Failure failure(Kind kind, const QString &subject = {})
{
    Failure f;
    f.kind = kind;
    f.subject = subject;
    f.detail = QStringLiteral("errno 111 internal detail");
    return f;
}

} // namespace

class FailureTextTest final : public QObject {
    Q_OBJECT
private slots:
    void everyKindHasThreePartsAndIsUnlikeTheOthers();
    void subjectIsNamedOnceAndDetailNever();
    void codeAndWaitAreTold();
    void placeholdersInTheSubjectStayAsTheyAre();
};

void FailureTextTest::everyKindHasThreePartsAndIsUnlikeTheOthers()
{
    const std::vector<Kind> kinds = allKinds();
    QCOMPARE(kinds.back(), Kind::ClockMoved);
    QSet<QString> seen;
    for (const Kind kind : kinds) {
        const QString text = failureSentence(failure(kind));
        const QByteArray name = "kind " + QByteArray::number(int(kind));
        QVERIFY2(!whatHappened(failure(kind)).isEmpty(), name.constData());
        QVERIFY2(!nextStep(failure(kind)).isEmpty(), name.constData());
        QVERIFY2(text.count(QLatin1Char('.')) >= 2, qPrintable(text));
        QVERIFY2(text.endsWith(QLatin1Char('.')), qPrintable(text));
        QVERIFY2(!text.contains(QLatin1Char('%')), qPrintable(text));
        QVERIFY2(!seen.contains(text), qPrintable(text));
        seen.insert(text);
    }
}

void FailureTextTest::subjectIsNamedOnceAndDetailNever()
{
    for (const Kind kind : allKinds()) {
        const QString text = failureSentence(failure(kind, QStringLiteral("node.example")));
        QVERIFY2(text.count(QStringLiteral("node.example")) == 1, qPrintable(text));
        QVERIFY2(!text.contains(QStringLiteral("errno")), qPrintable(text));
    }
}

void FailureTextTest::codeAndWaitAreTold()
{
    Failure refused = failure(Kind::Refused, QStringLiteral("Parameter is not valid"));
    refused.code = 1009;
    QVERIFY(whatHappened(refused).contains(QStringLiteral("1009")));
    Failure denied = failure(Kind::Unauthorised);
    denied.code = 1005;
    QCOMPARE(whatHappened(denied, GatewayKind::OnPrem).count(QStringLiteral("1005")), 1);
    Failure limited = failure(Kind::RateLimited);
    limited.retryAfter = std::chrono::seconds(200);
    QVERIFY2(nextStep(limited).contains(QStringLiteral("3 min 20 s")), qPrintable(nextStep(limited)));
}

void FailureTextTest::placeholdersInTheSubjectStayAsTheyAre()
{
    Failure odd = failure(Kind::GatewayError, QStringLiteral("a%1b%2"));
    odd.code = 503;
    QVERIFY2(whatHappened(odd).contains(QStringLiteral("a%1b%2")), qPrintable(whatHappened(odd)));
    QVERIFY2(whatHappened(odd).contains(QStringLiteral("503")), qPrintable(whatHappened(odd)));
}

QTEST_MAIN(FailureTextTest)
#include "failuretext_test.moc"
