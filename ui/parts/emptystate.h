// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace rollcall {

/// What stands where nothing is yet: a picture, what this place is for, and the next steps as buttons.
class EmptyState final : public QWidget {
    Q_OBJECT
public:
    EmptyState(const QString &iconName, const QString &title, const QString &sentence, QWidget *parent = nullptr);
    void setWords(const QString &title, const QString &sentence);
    /// A button that triggers the action and follows its enabled state. The first one is the primary button.
    QPushButton *addButton(QAction *action);
    QPushButton *addButton(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void drawPicture();
    QString m_icon;
    QLabel *m_picture;
    QLabel *m_title;
    QLabel *m_sentence;
    QHBoxLayout *m_buttons;
};

} // namespace rollcall
