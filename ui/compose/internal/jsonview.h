// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace rollcall {

/// The bytes that go out, to be read and copied. Marks that would turn the direction of the text stand as "‹U+202E›"
/// on the screen; what is copied is the bytes.
class JsonView final : public QWidget {
    Q_OBJECT
public:
    explicit JsonView(QWidget *parent = nullptr);
    void setBytes(const QByteArray &bytes, const QString &where); ///< `where`: a sentence about whose form it is
    void setReason(const QString &why); ///< there is nothing that could go out
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
    QLabel *m_where;
    QPlainTextEdit *m_text;
    QLabel *m_marks;
    QPushButton *m_copy;
};

} // namespace rollcall
