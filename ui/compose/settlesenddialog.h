// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/store/messages.h"
#include "ui/compose/composeneeds.h"

#include <QDialog>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace rollcall {

class DialogBody;

/// Settle… for messages whose outcome nobody knows. No gateway can tell, so somebody asks the recipient and says: it
/// arrived, it did not, or send it again.
class SettleSendDialog final : public QDialog {
    Q_OBJECT
public:
    /// `rows`: messages whose outcome is unknown.
    SettleSendDialog(const ComposeNeeds &needs, std::vector<SentRow> rows, QWidget *parent = nullptr);

signals:
    void told(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *listOfRows();
    QWidget *buildButtons();
    QRadioButton *addChoice(const char *name, const QString &words, const QString &meaning);
    void settle();
    void sendAgain(std::size_t at);
    void fail(const Failure &failure);
    void showButtons();

    const ComposeNeeds &m_needs;
    std::vector<SentRow> m_rows;
    DialogBody *m_body;
    std::vector<RunId> m_runs;
    std::size_t m_sent = 0; ///< so many of them were sent again
    QRadioButton *m_arrived = nullptr;
    QRadioButton *m_didNot = nullptr;
    QRadioButton *m_again = nullptr;
    QLineEdit *m_note = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_settle = nullptr;
    bool m_busy = false;
    Call m_call;
};

} // namespace rollcall
