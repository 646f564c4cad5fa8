// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/capabilitywords.h"

#include "ui/text/age.h"
#include "ui/text/words.h"

#include <QSet>
#include <QTest>

using namespace rollcall;

namespace {

constexpr qint64 aDay = 1'795'000'000'000; // 18 November 2026

Account ofKind(GatewayKind kind)
{
    Account account;
    account.kind = kind;
    return account;
}

} // namespace

class CapabilityWordsTest final : public QObject {
    Q_OBJECT
private slots:
    void everyCapabilityHasItsOwnName();
    void whatAKindCannotIsASentence();
    void aRefusalTellsDateAndCode();
    void aProbeTellsItsDate();
    void reasonsAreSentences();
};

void CapabilityWordsTest::everyCapabilityHasItsOwnName()
{
    QSet<QString> names;
    for (int what = int(Capability::CheckOne); what <= int(Capability::About); ++what)
        names.insert(CapabilityWords::name(Capability(what)));
    QVERIFY(!names.contains(QString()));
    QCOMPARE(names.size(), 12);
    QCOMPARE(CapabilityWords::all().size(), size_t(12));
}

void CapabilityWordsTest::whatAKindCannotIsASentence()
{
    for (const GatewayKind kind : gatewayKinds)
        for (const Capability what : CapabilityWords::all()) {
            const QString why = CapabilityWords::whyNot(ofKind(kind), what);
            QCOMPARE(why.isEmpty(), capabilitiesOf(kind).has(what));
            if (why.isEmpty())
                continue;
            QVERIFY2(why.endsWith(QLatin1Char('.')) && !why.contains(QLatin1Char('%')), qPrintable(why));
            QVERIFY2(why.startsWith(Words::gatewayKind(kind)), qPrintable(why));
        }
    // gateways.md, section 0, 3: block is no check, so validating is not offered with 360dialog.
    QVERIFY(CapabilityWords::whyNoCheck(ofKind(GatewayKind::Dialog360)).contains(QLatin1String("another account")));
    QVERIFY(CapabilityWords::whyNoCheck(ofKind(GatewayKind::Wawp)).isEmpty());
    // Only a node answers a part of a request later (gateways.md 1.2): elsewhere there is nothing to wait for.
    for (const GatewayKind kind : gatewayKinds)
        QCOMPARE(CapabilityWords::whyNoWait(ofKind(kind)).isEmpty(), kind == GatewayKind::OnPrem);
    QVERIFY(CapabilityWords::whyNoWait(ofKind(GatewayKind::Wawp)).contains(QLatin1String("at once")));
    QCOMPARE(CapabilityWords::whyNoWait(ofKind(GatewayKind::Dialog360)),
        CapabilityWords::whyNoCheck(ofKind(GatewayKind::Dialog360)));
}

void CapabilityWordsTest::aRefusalTellsDateAndCode()
{
    Account account = ofKind(GatewayKind::Wawp);
    QVERIFY(CapabilityWords::whyNot(account, Capability::Block).isEmpty());
    account.refusals = {{Capability::Block, 422, aDay}};
    const QString why = CapabilityWords::whyNot(account, Capability::Block);
    QVERIFY2(why.contains(QLatin1String("422")), qPrintable(why));
    QVERIFY2(why.contains(moment(aDay)), qPrintable(why));
    QVERIFY(CapabilityWords::whyNot(account, Capability::Photo).isEmpty());
}

void CapabilityWordsTest::aProbeTellsItsDate()
{
    Account account = ofKind(GatewayKind::CommBox);
    QVERIFY(CapabilityWords::doubt(account).isEmpty());
    QVERIFY(!CapabilityWords::probe(account).isEmpty());
    account.probe = {TruthProbe::Outcome::CannotTell, aDay};
    account.cannotTell = QStringLiteral("probe");
    QVERIFY(CapabilityWords::doubt(account).contains(moment(aDay)));
    QVERIFY(CapabilityWords::probe(account).contains(QLatin1String("cannot tell")));
    account.probe.outcome = TruthProbe::Outcome::CanTell;
    QVERIFY(!CapabilityWords::probe(account).contains(QLatin1String("cannot tell")));
    QVERIFY(CapabilityWords::probe(ofKind(GatewayKind::Dialog360)).isEmpty()); // it checks nothing
}

void CapabilityWordsTest::reasonsAreSentences()
{
    for (const char *id : {"probe", "no-country", "version>=2.43", "contradiction", "no-word", "no-answer", "failed"}) {
        const QString text = Words::reason(QLatin1String(id));
        QVERIFY2(text != QLatin1String(id) && text.endsWith(QLatin1Char('.')), id);
    }
}

QTEST_MAIN(CapabilityWordsTest)
#include "capabilitywords_test.moc"
