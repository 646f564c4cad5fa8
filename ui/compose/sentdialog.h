// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/card.h"
#include "models/domain/operation.h"
#include "ui/compose/composeneeds.h"

#include <QDialog>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace rollcall {

class SentModel;
struct SentRow;

/// What was sent to whom, with the gateway's message id and how it ended: everything, or one run. It follows what is
/// still being sent.
class SentDialog final : public QDialog {
    Q_OBJECT
public:
    /// `run` null: everything that was ever sent.
    SentDialog(const ComposeNeeds &needs, RunId run, QWidget *parent = nullptr);

signals:
    void settleWanted(const std::vector<rollcall::OperationId> &operations);
    void cardsWanted(const std::vector<rollcall::Card> &cards); ///< into the composer
    void told(const QString &sentence);

private:
    void buildTable();
    QWidget *buildFilter();
    QWidget *buildButtons();
    void ask();
    void readRun();
    void showCurrent();
    void useAgain();
    void exportCards();
    [[nodiscard]] std::vector<OperationId> chosen(bool unknownOnly) const;
    [[nodiscard]] const SentRow *current() const;
    [[nodiscard]] std::optional<GatewayKind> kindOf(AccountId account) const;
    void fail(const Failure &failure);

    const ComposeNeeds &m_needs;
    RunId m_run;
    SentModel *m_model;
    QTableView *m_table;
    QLabel *m_heading;
    QLabel *m_summary;
    QLineEdit *m_search = nullptr;
    QComboBox *m_states = nullptr;
    QLabel *m_outcome;
    QPushButton *m_settle = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_export = nullptr;
    Call m_read;
    Call m_soon;
    Call m_askSoon;
    Call m_call;
};

} // namespace rollcall
