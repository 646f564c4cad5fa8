// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/domain/account.h"
#include "models/people/fetch.h"
#include "models/store/batches.h"
#include "ui/parts/dialogs.h"

#include <QDialog>
#include <optional>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace rollcall {

class ConsentStep;
class DryRunStep;
class FetchChoiceStep;
class ResultStep;
class Settings;
class Store;
class WorkStep;

/// What the dialog works with. All of it outlives the dialog.
struct FetchNeeds {
    Store &store;
    Importer &importer;
    Settings &settings; ///< operator
    ContactFetch::GatewayOf gatewayOf;
    Asks asks;
};

/// Fetch contacts…: which of the account's contacts, consent, reading page by page, dry run, result. Nothing is in the
/// list before the operator has seen the dry run; Cancel drops everything. What was read when the window was closed, or
/// the program ended, is kept for a week and offered to go on with. No check is spent.
class FetchDialog final : public QDialog {
    Q_OBJECT
public:
    FetchDialog(FetchNeeds needs, const Account &account, QWidget *parent = nullptr);
    ~FetchDialog() override;

signals:
    void imported(rollcall::BatchId batch, const rollcall::ImportCounts &counts); ///< committed
    void told(const QString &sentence); ///< for the status line; plain text

public slots:
    void reject() override;

protected:
    void closeEvent(QCloseEvent *event) override; ///< in the middle of reading: what was read stays kept

private:
    enum class Step { Choice, Consent, Reading, DryRun, Saving, Result };

    void build();
    void connectParts();
    void turnTo(Step step);
    void goOn();
    void goBack();
    void updateButtons();
    void lookForKept();
    void read();
    void onFetch();
    void showReading();
    void save();
    void undo();
    void exportRejected();
    void showProblem(const QString &sentence);
    [[nodiscard]] QString sentence(const Failure &failure, bool over) const;

    FetchNeeds m_needs;
    const Account m_account;
    ContactFetch m_fetch;
    Step m_step = Step::Choice;
    QLabel *m_trail = nullptr;
    QLabel *m_problem = nullptr;
    QStackedWidget *m_stack = nullptr;
    FetchChoiceStep *m_choice = nullptr;
    ConsentStep *m_consent = nullptr;
    WorkStep *m_work = nullptr;
    DryRunStep *m_dryRun = nullptr;
    ResultStep *m_result = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_next = nullptr;
    QPushButton *m_cancel = nullptr;
    std::optional<BatchId> m_batch;
    std::shared_ptr<JobControl> m_control;
    Call m_call;
    Call m_kept;
};

} // namespace rollcall
