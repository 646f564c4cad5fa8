// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/checks/checkplan.h"

#include <QDialog>

class QFrame;
class QLabel;
class QPushButton;

namespace rollcall {

class ConsentGate;
class FieldList;

/// What a check run will cost, before a byte leaves: where each chosen person ends, how many requests, how long. Its
/// text can be copied. Nothing starts without its Validate button.
class FlightPlanDialog final : public QDialog {
    Q_OBJECT
public:
    FlightPlanDialog(const Account &account, const RunOptions &options, QWidget *parent = nullptr);
    /// `nowMs`: the present wall time, for the sentence about a clock that moved.
    void setPlan(const CheckPlan &plan, qint64 nowMs); ///< again after the time was confirmed
    [[nodiscard]] const CheckPlan &plan() const { return m_plan; }
    /// Of the people to be asked, how many have no opt-in: nothing starts before a way on is taken. 0 = no question.
    void setWithoutOptIn(qint64 people);
    [[nodiscard]] const ConsentGate &gate() const { return *m_gate; }
    void setBusy(bool busy); ///< while the run is being stored
    void showProblem(const QString &sentence);

signals:
    void startWanted(); ///< Validate was pressed; the dialog stays open until accept()
    void timeConfirmed(); ///< the operator says that the present time is right

private:
    void showCounts();
    void follow();
    void showWarnings();
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString withoutPlusSentence() const;

    Account m_account;
    RunOptions m_options;
    CheckPlan m_plan;
    qint64 m_nowMs = 0;
    QLabel *m_heading;
    QLabel *m_summary;
    FieldList *m_counts;
    QFrame *m_banner;
    QLabel *m_warning;
    QPushButton *m_confirmTime;
    ConsentGate *m_gate;
    QLabel *m_problem;
    QPushButton *m_start;
    QPushButton *m_cancel;
    bool m_busy = false;
};

} // namespace rollcall
