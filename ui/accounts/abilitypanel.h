// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"

#include <QFrame>
#include <optional>
#include <utility>
#include <vector>

class QAction;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace rollcall {

/// What the chosen account can do and, greyed with the reason, what it cannot; whether it can tell valid from invalid,
/// by which probe and when.
class AbilityPanel final : public QFrame {
    Q_OBJECT
public:
    /// The actions get a button each; null = none.
    AbilityPanel(QAction *probe, QAction *tryAgain, QWidget *parent = nullptr);
    void showAccount(const Account *account); ///< null = none is chosen

protected:
    void changeEvent(QEvent *event) override;

private:
    void draw();
    void drawPictures();
    QVBoxLayout *column(const QString &title);
    void addLine(QVBoxLayout &to, Capability what, const QString &why);

    std::optional<Account> m_account;
    QLabel *m_title;
    QLabel *m_doubt;
    QLabel *m_probe;
    QPushButton *m_tryAgain = nullptr;
    QPushButton *m_probeButton = nullptr;
    QWidget *m_columns = nullptr;
    QVBoxLayout *m_body;
    std::vector<std::pair<QLabel *, bool>> m_pictures; ///< of the lines, and whether it can
};

} // namespace rollcall
