// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/store/blocks.h"
#include "ui/blocks/blocksneeds.h"
#include "ui/blocks/blocksubject.h"
#include "ui/shell/actions.h"
#include "ui/shell/shellneeds.h"
#include "ui/shell/statusline.h"

#include <QObject>
#include <QPointer>

class QDialog;

namespace rollcall {

class BlockCommands;
class BlockListReader;
class OperationJobs;
class JobsDock;
class Pages;

[[nodiscard]] BlocksNeeds blocksNeeds(const ShellNeeds &needs);

/// The commands of blocking, from whatever page they are given: resolves whom they are about and opens their dialogs.
class BlockShell final : public QObject {
    Q_OBJECT
public:
    BlockShell(const ShellNeeds &needs, Actions &actions, Pages &pages, JobsDock &dock, QWidget *window);
    void setAccount(AccountId account);
    void setWritable(bool writable, const QString &why);
    void showActive(); ///< runs that wait since the last session
    void undoRun(RunId run); ///< the opposite of what it did, over its flight plan

signals:
    void told(const QString &sentence);
    void pageWanted(rollcall::Act act);
    void reached(rollcall::AccountId account, const rollcall::StatusLine::ReachView &view); ///< by a run of its own

private:
    void connectActions();
    void showActions();
    void settle(std::vector<BlockId> chosen);
    void settleOf(RunId run);
    void openSettle(const std::vector<BlockId> &ids);
    void reconcile();
    void carry();
    void noteWrote();
    void noteWroteOf(const BlockTarget &chosen, AccountId at);
    void letWriteIn(); ///< into the sandbox
    void letWriteInOf(const BlockTarget &chosen, AccountId at);
    void writeIn(const std::vector<BlockCandidate> &chosen, AccountId at);
    void onStopsRecorded(const std::vector<PhoneNumber> &numbers, bool block);
    void blockByRule(const std::vector<PhoneNumber> &numbers);
    void offerBlock(const std::vector<PersonId> &people, const QString &source, AccountId at);
    void showResults(RunId run);
    void fail(const QString &title, const Failure &failure);
    using WithTarget = std::function<void(const BlockTarget &, AccountId at)>;
    /// Whom the chosen rows of the page that is shown are about, and the account at this moment; nobody where nothing
    /// is chosen. Not told once the page was left. `title` stands over the sentence of a failure.
    void withTarget(const QString &title, WithTarget then);
    [[nodiscard]] bool choosesPeople() const; ///< the page that is shown, now

    BlocksNeeds m_needs;
    std::function<bool(qint64)> m_letWriteIn;
    Actions &m_actions;
    Pages &m_pages;
    QWidget *m_window;
    BlockCommands *m_commands;
    BlockListReader *m_lists;
    OperationJobs *m_jobs;
    AccountId m_account;
    bool m_writable = false;
    QString m_why;
    QPointer<QDialog> m_dialog;
    Call m_call;
    Call m_rule; ///< carried out also while another command is
};

} // namespace rollcall
