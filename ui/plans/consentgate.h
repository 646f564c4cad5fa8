// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/person.h"

#include <QFrame>

class QDateEdit;
class QLabel;
class QLineEdit;
class QRadioButton;

namespace rollcall {

/// Stands in a flight plan or beside a typed number while people in it have no opt-in on record. Nothing leaves until
/// one of two ways on is taken: their consent is recorded here, or a reason is typed that goes into the journal.
class ConsentGate final : public QFrame {
    Q_OBJECT
public:
    enum class For { Checks, Messages }; ///< what is about to reach them
    explicit ConsentGate(QWidget *parent = nullptr, For what = For::Checks);
    /// `people`: without opt-in; `strangers`: numbers of nobody in the list, whose consent cannot be recorded. Both 0
    /// hides it and forgets the way that was taken.
    void setMissing(qint64 people, qint64 strangers = 0);
    [[nodiscard]] qint64 missing() const { return m_missing; } ///< both together
    [[nodiscard]] bool isOpen() const; ///< nobody is missing, or a way on is complete
    [[nodiscard]] bool records() const; ///< the first way was taken
    [[nodiscard]] ConsentEvent consentEvent() const; ///< of the first way
    [[nodiscard]] QString reason() const; ///< of the second way

signals:
    void changed();

private:
    void follow();
    [[nodiscard]] QString sentence(qint64 people, qint64 strangers) const;
    For m_for;
    qint64 m_missing = 0;
    qint64 m_strangers = 0;
    QLabel *m_sentence;
    QRadioButton *m_record;
    QLineEdit *m_source;
    QDateEdit *m_day;
    QRadioButton *m_override;
    QLineEdit *m_reason;
};

} // namespace rollcall
