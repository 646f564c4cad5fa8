// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace rollcall {

/// Plain text that may be selected and copied and never runs out of its column: words without a blank (an e-mail
/// address, a link, a raw answer) are broken too. What is copied is the text as it is, without the breaks.
class WrapLabel final : public QLabel {
    Q_OBJECT
public:
    explicit WrapLabel(QWidget *parent = nullptr);
    explicit WrapLabel(const QString &words, QWidget *parent = nullptr);
    void setWords(const QString &words);
    [[nodiscard]] const QString &words() const { return m_words; }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void copy();
    QString m_words;
};

} // namespace rollcall
