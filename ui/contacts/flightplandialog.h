// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/checks/checkplan.h"
#include "ui/plans/plandialog.h"

#include <utility>

class QPushButton;

namespace rollcall {

/// Whom a command was given for.
enum class CheckScope {
    Chosen,
    Shown, ///< nobody is selected: everybody the list shows
};

/// What a check run will cost, before a byte leaves: where each chosen person ends, how many requests, how long.
/// Nothing starts without its Validate button.
class FlightPlanDialog final : public PlanDialog {
    Q_OBJECT
public:
    FlightPlanDialog(const Account &account, const RunOptions &options, CheckScope scope, QWidget *parent = nullptr);
    ~FlightPlanDialog() override;
    /// `nowMs`: the present wall time, for the sentence about a clock that moved. Nothing starts before a way on is
    /// taken for those whom the plan names as without opt-in.
    void setPlan(CheckPlan plan, qint64 nowMs); ///< again after the time was confirmed
    [[nodiscard]] const CheckPlan &plan() const { return m_plan; }
    [[nodiscard]] CheckPlan takePlan() { return std::move(m_plan); } ///< at the start; the dialog goes on without

signals:
    void timeConfirmed(); ///< the operator says that the present time is right

protected:
    [[nodiscard]] bool mayStart() const override;

private:
    void showCounts();
    void showWarnings();
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString withoutPlusSentence() const;

    Account m_account;
    RunOptions m_options;
    CheckScope m_scope;
    CheckPlan m_plan;
    qint64 m_nowMs = 0;
    QPushButton *m_confirmTime;
};

} // namespace rollcall
