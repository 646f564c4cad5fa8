// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/store/erasures.h"
#include "ui/parts/dialogs.h"

#include <QTimer>
#include <QWidget>
#include <functional>
#include <vector>

class QCheckBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace rollcall {

/// What the page needs done by others. Each answer comes once, on the GUI thread; dropping a Call drops the answer.
struct RetentionNeeds {
    Asks asks = {};
    /// What apply() would remove now.
    std::function<Call(const RetentionRules &, std::function<void(Result<RetentionCounts>)> then)> preview = {};
    std::function<Call(const RetentionRules &, std::function<void(Result<RetentionCounts>)> then)> apply = {};
};

/// The Preferences' page about keeping data: one line a rule, with what it would remove now beside it. Nothing is
/// removed but by the button (after a question) or by the rule at the bottom, which is off unless switched on.
class RetentionPage final : public QWidget {
    Q_OBJECT
public:
    RetentionPage(const RetentionRules &rules, bool daily, RetentionNeeds needs, QWidget *parent = nullptr);
    ~RetentionPage() override;
    [[nodiscard]] RetentionRules rules() const;
    [[nodiscard]] bool daily() const;

protected:
    void showEvent(QShowEvent *event) override; ///< counts at the first sight, not before

private:
    struct Line {
        int RetentionRules::*rule = nullptr;
        std::vector<qint64 RetentionCounts::*> counts = {};
        QCheckBox *on = nullptr; ///< none: the rule always holds
        QSpinBox *time = nullptr;
        QLabel *due = nullptr;
    };
    void addLine(QGridLayout &grid, const QString &name, int RetentionRules::*rule,
        std::vector<qint64 RetentionCounts::*> counts, const QString &words, const QString &hint, int now);
    void makeEnd(QVBoxLayout &column);
    void count();
    void fill(const Result<RetentionCounts> &counts);
    void askAndRemove();
    void remove();
    [[nodiscard]] QString sentence(const RetentionCounts &counts) const;
    void say(const QString &words);

    RetentionNeeds m_needs;
    std::vector<Line> m_lines;
    std::optional<RetentionCounts> m_counts; ///< of the rules as they stand, nothing while they are counted
    QTimer m_settle; ///< a spin box that is turned is counted once
    QCheckBox *m_daily;
    QPushButton *m_remove;
    QLabel *m_said;
    bool m_counted = false;
    Call m_preview;
    Call m_removing;
};

} // namespace rollcall
