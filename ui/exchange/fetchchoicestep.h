// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/gatewaynotes.h"

#include <QWidget>
#include <optional>

class QLabel;
class QRadioButton;

namespace rollcall {

/// First step of fetching contacts: what it does, and who is wanted.
class FetchChoiceStep final : public QWidget {
    Q_OBJECT
public:
    explicit FetchChoiceStep(const QString &accountName, QWidget *parent = nullptr);
    [[nodiscard]] bool alsoFromChats() const;
    /// A list that was read in part, to go on with or to start again; nothing = there is none.
    void offer(const std::optional<KeptFetch> &kept);
    [[nodiscard]] bool goesOn() const;
    void focusFirst();

private:
    QRadioButton *m_saved;
    QRadioButton *m_chats;
    QWidget *m_kept;
    QLabel *m_keptSays;
    QRadioButton *m_goOn;
    QRadioButton *m_again;
};

} // namespace rollcall
