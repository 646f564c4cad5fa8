// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plans/consentgate.h"

#include <QDialog>
#include <QString>
#include <QStringList>

class QFrame;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace rollcall {

class DialogBody;
class FieldList;

/// The frame of every flight plan of one account: what will happen and cost before a byte leaves, as counts; warnings;
/// the question of consent; and one button that starts. Its text can be copied.
class PlanDialog : public QDialog {
    Q_OBJECT
public:
    PlanDialog(const QString &objectName, const QString &startWords, ConsentGate::For what, QWidget *parent = nullptr);
    /// How many of the people reached have no opt-in, and how many numbers are nobody's here: nothing starts before a
    /// way on is taken. 0 = no question.
    void setWithoutOptIn(qint64 people, qint64 strangers = 0);
    [[nodiscard]] const ConsentGate &gate() const { return *m_gate; }
    void setBusy(bool busy); ///< while the run is being stored
    void showProblem(const QString &sentence);

signals:
    void startWanted(); ///< the dialog stays open until accept()

protected:
    [[nodiscard]] virtual bool mayStart() const = 0; ///< by the plan alone
    void setHeading(const QString &heading, const QString &summary);
    [[nodiscard]] FieldList &counts() { return *m_counts; }
    void addCount(const QString &label, qint64 number, const QString &remark = {}); ///< nothing for 0
    void setWarnings(const QStringList &sentences);
    [[nodiscard]] QFrame &banner() { return *m_banner; }
    void addBelowCounts(QWidget *widget);
    void setStartWords(const QString &words);
    void setCancelIsDefault(bool on);
    void follow(); ///< the start button, after something changed

    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildButtons();
    DialogBody *m_body;
    QLabel *m_heading;
    QLabel *m_summary;
    FieldList *m_counts;
    QFrame *m_banner;
    QLabel *m_warning;
    ConsentGate *m_gate;
    QLabel *m_problem;
    QVBoxLayout *m_column;
    QPushButton *m_start = nullptr;
    QPushButton *m_cancel = nullptr;
    bool m_busy = false;
};

} // namespace rollcall
