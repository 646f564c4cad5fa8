// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QRadioButton;

namespace rollcall {

/// First step of fetching contacts: what it does, and who is wanted.
class FetchChoiceStep final : public QWidget {
    Q_OBJECT
public:
    explicit FetchChoiceStep(const QString &accountName, QWidget *parent = nullptr);
    [[nodiscard]] bool alsoFromChats() const;
    void focusFirst();

private:
    QRadioButton *m_saved;
    QRadioButton *m_chats;
};

} // namespace rollcall
