// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/blocks/blockrun.h"
#include "models/gateways/gateway.h"
#include "models/runs/runner.h"
#include "models/store/store.h"
#include "tests/support/leapclock.h"
#include "tests/support/sandboxfixture.h"
#include "tests/support/wirefaults.h"

#include <QObject>
#include <QTemporaryDir>
#include <map>
#include <memory>

namespace rollcall::tests {

/// The matrix of reliability.md C5 with the real store, the real runners and gateways, and the sandbox behind a relay:
/// one trial is one fault at the first, middle or last request of a block, unblock, list or check. The ledger is the
/// sandbox's (what it did to whom, how often). Faults do not end a trial: runs that halt are resumed, as a person
/// would.
class FaultMatrix final : public QObject {
public:
    struct Figures {
        qint64 trials = 0;
        qint64 acknowledged
            = 0; ///< people told as done or refused, numbers told as answered, rows of a list told as read
        qint64 lost = 0; ///< of them, not so at the gateway
        qint64 doubled = 0; ///< people with whom something was done twice
        qint64 unknownMet = 0; ///< were not known for a while, and shown as such
        qint64 unknownUnshown = 0; ///< open, unknown or being sent when the run said that it is over
        qint64 elsewhere = 0; ///< requests at the server nobody was told of
        QStringList wrong = {}; ///< trials that did not end as the row says
        [[nodiscard]] bool good() const
        {
            return lost == 0 && doubled == 0 && unknownUnshown == 0 && elsewhere == 0 && wrong.isEmpty();
        }
        [[nodiscard]] QString line() const;
    };

    FaultMatrix();
    ~FaultMatrix() override;
    /// `position`: 0 first, 1 middle, 2 last of the three requests.
    void trial(const FaultRow &row, WireAct act, int position, quint32 seed);
    [[nodiscard]] const Figures &figures() const { return m_figures; }

private:
    void openStore();
    void makeGateway(WireAct act);
    [[nodiscard]] std::unique_ptr<Gateway> gatewayAt(const QUrl &address, WireAct act);
    [[nodiscard]] Gateway &use(const QStringList &ask); ///< counts the request, lets the fault go off at its turn
    void writeTrial(WireAct act);
    void listTrial();
    void checkTrial();
    void judgeWrite(RunId run, WireAct act, const QStringList &numbers, bool over);
    void judgeCheck(RunId run, const QStringList &numbers, bool over);
    [[nodiscard]] std::optional<Blocker> blocker();
    [[nodiscard]] std::optional<Checker> checker();
    void wrong(const QString &what);

    std::unique_ptr<LeapClock> m_clock;
    std::unique_ptr<SandboxFixture> m_sandbox;
    std::unique_ptr<Relay> m_relay;
    std::unique_ptr<Relay> m_other; ///< nobody was told of it
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Gateway> m_gateway;
    std::unique_ptr<Gateway> m_nowhere;
    QStringList m_people;
    QStringList m_numbers; ///< valid and invalid ones in turn
    qsizetype m_taken = 0;
    qint64 m_listSize = 0;
    Figures m_figures;

    const FaultRow *m_row = nullptr;
    WireAct m_act = WireAct::Block;
    int m_position = 0;
    QRandomGenerator m_random;
    QString m_cell;
    int m_requests = 0;
    std::optional<WireFault> m_fault; ///< went off
    QStringList m_hit; ///< the people or numbers of the request that met it
    std::map<QString, int> m_anyway; ///< done at the gateway by our hand
};

} // namespace rollcall::tests
