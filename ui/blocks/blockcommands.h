// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "ui/blocks/blockplandialog.h"
#include "ui/blocks/blocksneeds.h"
#include "ui/blocks/blocksubject.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace rollcall {

class BlockDialog;

/// Block… and Unblock…: from the click over the dialog and the flight plan to do-not-contact and running operations.
class BlockCommands final : public QObject {
    Q_OBJECT
public:
    /// `window`: parent of the dialogs.
    BlockCommands(BlocksNeeds needs, QWidget *window);

    /// `target`: the choice, resolved at the click; empty = pasted text is asked for. `source`: BlockEntry::source.
    void block(const BlockTarget &target, AccountId current, const QString &source = QStringLiteral("selection"));
    void unblock(const BlockTarget &target, AccountId current);
    /// The opposite of what a run did, over its flight plan.
    void undo(const OperationRun &run);

signals:
    void told(const QString &sentence); ///< for the status line

private:
    void open(OperationKind kind, const BlockTarget &target, AccountId current, const QString &source);
    void ask(); ///< from the dialog to the flight plan
    void plan(); ///< at every account that was chosen, one after the other
    void planNext(std::vector<BlockPlanAt> plans);
    void showPlans(std::vector<BlockPlanAt> plans);
    void start();
    void startNext(std::size_t at);
    void finish();
    void fail(const Failure &failure);
    void rememberReason();
    [[nodiscard]] OperationOrder orderAt(std::size_t at) const;

    BlocksNeeds m_needs;
    QWidget *m_window;
    QPointer<BlockDialog> m_dialog;
    QPointer<BlockPlanDialog> m_plan;
    BlockSubject m_subject;
    BlockWishes m_wishes;
    QString m_source;
    QString m_lastReason; ///< offered again in this session
    RunId m_undoes;
    qint64 m_started = 0; ///< runs
    qint64 m_armed = 0;
    Call m_call;
};

} // namespace rollcall
