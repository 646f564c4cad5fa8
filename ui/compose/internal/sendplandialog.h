// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cards/messageplan.h"
#include "ui/plans/plandialog.h"

class QCheckBox;
class QListWidget;

namespace rollcall {

/// What sending this message means, before a byte leaves: who gets it, who does not and why, what is foretold to fail.
/// Above ten recipients the default is Cancel.
class SendPlanDialog final : public PlanDialog {
    Q_OBJECT
public:
    static constexpr qint64 defaultIsCancelAbove = 10;

    /// `message`: what is sent, in words. `checkFirst`: the setting, as it stands.
    SendPlanDialog(const Account &account, const QString &message, bool checkFirst, QWidget *parent = nullptr);
    void setPlan(const SendPlan &plan, qint64 nowMs); ///< again after another choice
    [[nodiscard]] const SendPlan &plan() const { return m_plan; }
    [[nodiscard]] SendOptions options() const;

signals:
    void optionsChanged(); ///< plan again

protected:
    [[nodiscard]] bool mayStart() const override;

private:
    QCheckBox *addChoice(const char *name, const QString &words);
    void showCounts();
    void showWarnings();
    void showRecipients(qint64 nowMs);
    [[nodiscard]] QString ratio() const;

    Account m_account;
    QString m_message;
    SendPlan m_plan;
    QListWidget *m_recipients;
    QWidget *m_choices;
    QCheckBox *m_leaveClosed;
    QCheckBox *m_leaveWithout;
    QCheckBox *m_checkFirst;
};

} // namespace rollcall
