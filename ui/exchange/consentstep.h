// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/person.h"

#include <QWidget>
#include <optional>

class QDateEdit;
class QLineEdit;
class QRadioButton;

namespace rollcall {

/// Step 4: the consent of the whole batch. Has no answer of its own: the operator must give one.
class ConsentStep final : public QWidget {
    Q_OBJECT
public:
    explicit ConsentStep(QWidget *parent = nullptr);
    /// The operator's answer, nothing while it is missing or incomplete.
    [[nodiscard]] std::optional<ConsentEvent> consent() const;
    void focusFirst();

signals:
    void changed();

private:
    QRadioButton *m_given;
    QRadioButton *m_none;
    QLineEdit *m_source;
    QDateEdit *m_date;
    QLineEdit *m_wording;
};

} // namespace rollcall
