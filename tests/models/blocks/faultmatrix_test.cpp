// SPDX-License-Identifier: GPL-3.0-or-later
// A short walk through the fault matrix of reliability.md C5; `./do crash` runs all of it
// (tests/crash/faults_crash.cpp).
#include "tests/support/faultmatrix.h"

#include <QTest>

using namespace rollcall::tests;

class FaultMatrixTest : public QObject {
    Q_OBJECT
private slots:
    /// Each row once, the act and the position in turn; what takes seconds is left to the long form.
    void everyFaultEndsAsStated()
    {
        FaultMatrix matrix;
        int turn = 0;
        for (const FaultRow &row : faultRows()) {
            if (row.name == std::string_view("429") || row.name == std::string_view("slow loris"))
                continue;
            const WireAct act = row.acts[std::size_t(turn) % row.acts.size()];
            matrix.trial(row, act, turn % 3, quint32(turn));
            ++turn;
        }
        QVERIFY2(matrix.figures().good(),
            qPrintable(matrix.figures().line() + matrix.figures().wrong.join(QStringLiteral("; "))));
        QCOMPARE(matrix.figures().trials, 12);
        QVERIFY(matrix.figures().acknowledged > 50);
    }

    /// The judge is not blind: what is spoilt behind its back is counted.
    void theJudgeSees()
    {
        FaultMatrix matrix;
        FaultRow liar{
            "liar", {WireAct::Block}, [](QRandomGenerator &, WireAct, const QStringList &ask, const QUrl &) {
                // Says done, and has not done it.
                QByteArrayList rows;
                for (const QString &who : ask)
                    rows << "{\"input\":\"" + who.toLatin1() + "\",\"wa_id\":\"" + who.mid(1).toLatin1() + "\"}";
                WireFault fault;
                fault.act.answer = Relay::http(200,
                    "{\"messaging_product\":\"whatsapp\",\"block_users\":{\"added_users\":[" + rows.join(',') + "]}}");
                fault.act.closeAfter = true;
                fault.write = WireFault::Stated::Done;
                return fault;
            }};
        matrix.trial(liar, WireAct::Block, 1, 1);
        QVERIFY2(!matrix.figures().good(), qPrintable(matrix.figures().line()));
    }
};

QTEST_GUILESS_MAIN(FaultMatrixTest)
#include "faultmatrix_test.moc"
