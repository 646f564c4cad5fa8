// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/accounts.h"

#include <QHash>
#include <QWidget>

class QLabel;

namespace rollcall {

/// The connection test as a checklist: a line for each step, with a tick, a cross or a warning, what was found, and
/// where it failed what to do. Everything is in words as well.
class TestChecklist final : public QWidget {
    Q_OBJECT
public:
    explicit TestChecklist(QWidget *parent = nullptr);
    void start(); ///< all lines wait
    void show(const TestStep &step);
    void showLast(const AccountTest &test); ///< an earlier one, with its date; nothing for none
    void clear(); ///< before any test, and when what was tested changed
    /// What a step's line says: "Login is accepted: no. …"; for tests and screen readers the same text.
    [[nodiscard]] QString sentence(const QString &stepId) const;

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Line {
        QLabel *picture = nullptr;
        QLabel *title = nullptr;
        QLabel *finding = nullptr;
        TestStep step = {};
        enum class Mark { None, Waiting, Known } mark = Mark::None;
    };
    void draw(Line &line);
    QHash<QString, Line> m_lines;
    QLabel *m_hint;
};

} // namespace rollcall
