// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QValidator>

class QLineEdit;

namespace rollcall {

/// Sits in a line edit and keeps a pasted (or dropped) curl line out of it: neither the field nor its undo history ever
/// holds the line, which may carry a key. Whatever else is typed is let through.
class CurlCatch final : public QValidator {
    Q_OBJECT
public:
    explicit CurlCatch(QLineEdit &field);
    State validate(QString &input, int &pos) const override;

signals:
    void caught(const QString &line) const; ///< after the field has become as it was

private:
    qsizetype m_known = 0; ///< length of the field before the change: a line is pasted, an address may be typed
};

} // namespace rollcall
