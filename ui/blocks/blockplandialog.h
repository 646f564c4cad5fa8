// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/blocks/blockplan.h"
#include "ui/blocks/blocksubject.h"

#include <QDialog>
#include <memory>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace rollcall {

class DialogBody;
class PlanPeople;
class Store;

/// The plan at one account.
struct BlockPlanAt {
    Account account = {};
    std::shared_ptr<const BlockPlan> plan = {}; ///< never null
};

/// What a block or unblock will do and cost, before a byte leaves: where each chosen person ends at each account, how
/// many requests, how long. Nothing starts without its last button; above ten people, and for a report, the
/// default is Cancel.
class BlockPlanDialog final : public QDialog {
    Q_OBJECT
public:
    static constexpr qint64 defaultIsCancelAbove = 10;

    BlockPlanDialog(Store &store, const BlockWishes &wishes, const BlockSubject &subject, QWidget *parent = nullptr);
    ~BlockPlanDialog() override;
    void setPlans(std::vector<BlockPlanAt> plans); ///< again after another choice for those outside the window
    [[nodiscard]] const std::vector<BlockPlanAt> &plans() const { return m_plans; }
    [[nodiscard]] BlockOptions options() const;
    void setBackPossible(bool possible); ///< no dialog before it: no way back
    void setBusy(bool busy);
    void showProblem(const QString &sentence);

signals:
    void startWanted(); ///< the dialog stays open until accept()
    void backWanted();
    void optionsChanged(); ///< plan again

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addChoices();
    QWidget *buildButtons();
    QComboBox *windowChoice(const QString &objectName, WindowChoice chosen);
    void showAccount(const BlockPlanAt &at);
    void showPeople();
    void showPeopleHere();
    void showSentences();
    void showButtons();
    void focusUsual();
    [[nodiscard]] qint64 total(std::size_t (*of)(const BlockPlan &)) const;
    [[nodiscard]] QString heading() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString missing() const;

    BlockWishes m_wishes;
    BlockSubject m_subject;
    std::vector<BlockPlanAt> m_plans;
    bool m_busy = false;
    DialogBody *m_body;
    QLabel *m_heading;
    QLabel *m_summary;
    QWidget *m_accounts = nullptr;
    QVBoxLayout *m_column; ///< of the body
    PlanPeople *m_people;
    QWidget *m_choices;
    QComboBox *m_closed = nullptr;
    QComboBox *m_notKnown = nullptr;
    QLabel *m_warning;
    QLabel *m_problem;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_start = nullptr;
    QPushButton *m_usual = nullptr; ///< the default of both
};

} // namespace rollcall
