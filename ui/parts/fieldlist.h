// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QFormLayout;

namespace rollcall {

/// What is known of one thing, a line a fact: a quiet label and beside it text that can be selected and copied. Always
/// plain text. A fact without text is left out.
class FieldList final : public QWidget {
    Q_OBJECT
public:
    explicit FieldList(QWidget *parent = nullptr);
    void clear();
    void add(const QString &label, const QString &value);
    [[nodiscard]] bool isEmpty() const;
    /// "label: value" a line, for the clipboard.
    [[nodiscard]] QString text() const { return m_text; }

private:
    QFormLayout *m_form;
    QString m_text;
};

} // namespace rollcall
