// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "ui/blocks/blockplandialog.h"
#include "ui/blocks/blocksneeds.h"
#include "ui/blocks/blocksubject.h"

#include <QMap>
#include <QObject>
#include <QPointer>
#include <deque>

class QWidget;

namespace rollcall {

class BlockDialog;

/// Block…, Unblock…, Report… and lists from files and other accounts: from the click over the dialog and the flight
/// plan to do-not-contact and running operations.
class BlockCommands final : public QObject {
    Q_OBJECT
public:
    /// `window`: parent of the dialogs.
    BlockCommands(BlocksNeeds needs, QWidget *window);

    /// `target`: the choice, resolved at the click; empty = pasted text is asked for. `source`: BlockEntry::source.
    void block(const BlockTarget &target, AccountId current, const QString &source = QStringLiteral("selection"));
    /// In one step to the flight plan: why is known, do-not-contact and the current account are asked for. Nothing
    /// happens without the plan's button.
    void blockFor(const BlockTarget &target, const QString &reason, AccountId current);
    void blockFor(const std::vector<PhoneNumber> &numbers, const QString &reason, AccountId current);
    void unblock(const BlockTarget &target, AccountId current);
    void report(const BlockTarget &target, AccountId current);
    /// The list of one account is to be blocked at another, each with the reason it has.
    void carry(const std::vector<BlockId> &entries, AccountId to);
    /// The numbers of a file. `remarks`: what the dialog says about the rest of it.
    void blockList(const BlockList &list, const QStringList &remarks, AccountId current);
    /// What reconciling found to be done at the gateway, over a flight plan for each of the two.
    void carryOut(const std::vector<BlockId> &block, const std::vector<BlockId> &unblock, const QString &reason,
        AccountId account);
    /// The opposite of what a run did, over its flight plan.
    void undo(const OperationRun &run);

signals:
    void told(const QString &sentence); ///< for the status line

private:
    /// One run, or one arming, to be started.
    struct Leg {
        std::shared_ptr<const BlockPlan> plan = {};
        OperationOrder order = {};
    };
    void open(const BlockOpening &opening, const BlockTarget &target, AccountId current);
    void build(const BlockOpening &opening, AccountId current);
    void openOn(BlockSubject subject, const BlockOpening &opening, AccountId current);
    [[nodiscard]] bool wishFor(const QString &reason, AccountId current, const QString &source);
    void planSubject(Result<BlockSubject> subject);
    void ask(); ///< from the dialog to the flight plan
    void plan(); ///< at every account that was chosen, one after the other
    void planNext(std::vector<BlockPlanAt> plans);
    void showPlans(std::vector<BlockPlanAt> plans);
    void start();
    void stopNext(std::size_t group);
    void recordConsent(); ///< Unblock: a new consent is on record before do-not-contact is lifted
    void lift();
    void startNext();
    void finish();
    void closeDialog();
    void planLater(); ///< what still waits for its plan
    void fail(const Failure &failure);
    void rememberReason();
    void planUndo(const OperationRun &run, const Account &account);
    [[nodiscard]] OperationOrder orderAt(const BlockPlanAt &at) const;
    [[nodiscard]] std::deque<Leg> legs() const;
    [[nodiscard]] bool isBusy() const;

    BlocksNeeds m_needs;
    QWidget *m_window;
    QPointer<BlockDialog> m_dialog;
    QPointer<BlockPlanDialog> m_plan;
    BlockSubject m_subject;
    BlockWishes m_wishes;
    QString m_source;
    std::function<void()> m_later; ///< the second plan of carryOut()
    QMap<OperationKind, QString> m_lastReasons; ///< each offered again in this session
    std::deque<Leg> m_legs; ///< still to be started
    qint64 m_started = 0; ///< runs
    qint64 m_armed = 0;
    Call m_call;
};

} // namespace rollcall
