// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/cards/drafts.h"
#include "models/domain/operation.h"
#include "ui/compose/composeneeds.h"
#include "ui/shell/actions.h"
#include "ui/shell/shellneeds.h"
#include "ui/shell/statusline.h"

#include <QObject>
#include <QPointer>
#include <map>
#include <vector>

class QDialog;

namespace rollcall {

class JobsDock;
class OperationJobs;
class Pages;
struct OperationProgress;
class SendCommands;

[[nodiscard]] ComposeNeeds composeNeeds(const ShellNeeds &needs);

/// The commands of composing: people of Contacts become cards, a message is sent, what was sent is shown and settled.
class ComposeShell final : public QObject {
    Q_OBJECT
public:
    ComposeShell(const ShellNeeds &needs, Actions &actions, Pages &pages, JobsDock &dock, QWidget *window);
    void setAccount(AccountId account);
    void setWritable(bool writable, const QString &why);
    void showActive(); ///< runs that wait since the last session

signals:
    void told(const QString &sentence);
    void pageWanted(rollcall::Act act);
    void reached(rollcall::AccountId account, const rollcall::StatusLine::ReachView &view); ///< by a run of its own

private:
    void connectActions();
    void showActions();
    void readUnknown();
    void compose();
    void bringBack(const OperationProgress &progress);
    void showSent(RunId run);
    void settle(const std::vector<OperationId> &operations);
    void fail(const QString &title, const Failure &failure);

    ComposeNeeds m_needs;
    Actions &m_actions;
    Pages &m_pages;
    QWidget *m_window;
    SendCommands *m_commands;
    OperationJobs *m_jobs;
    AccountId m_account;
    bool m_writable = false;
    QString m_why;
    std::vector<OperationId> m_unknown;
    std::map<RunId, Composition> m_left; ///< messages that are on their way, as they were composed
    QPointer<QDialog> m_dialog;
    Call m_call;
    Call m_count;
    Call m_countSoon;
};

} // namespace rollcall
