// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/cards/recipients.h"
#include "ui/compose/composeneeds.h"
#include "ui/compose/internal/messagepreview.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace rollcall {

class QuickCheck;

/// The message as WhatsApp draws it, on a phone or a desktop, light or dark; and whether the recipient will see Message
/// or Invite under the number of the current card, with a way to what is missing.
class PreviewPane final : public QWidget {
    Q_OBJECT
public:
    explicit PreviewPane(const ComposeNeeds &needs, QWidget *parent = nullptr);
    void setAccount(AccountId account);
    void setCards(const std::vector<Card> &cards, int current);
    [[nodiscard]] const MessagePreview &preview() const { return *m_preview; }

signals:
    /// The operator takes the WhatsApp ID that a gateway confirmed, for a phone of the current card.
    void waIdTaken(int phone, const QString &waId);

private:
    QToolButton *addChip(QBoxLayout &row, const char *name, const QString &words, bool on);
    void readSight();
    void showSight(const std::vector<PhoneSight> &sights);
    [[nodiscard]] QString region() const;

    const ComposeNeeds &m_needs;
    AccountId m_account;
    Card m_card;
    bool m_hasCard = false;
    PhoneSight m_sight;
    MessagePreview *m_preview;
    QuickCheck *m_check;
    QLabel *m_sentence;
    QLabel *m_told;
    QPushButton *m_take;
    QPushButton *m_checkNow;
    Call m_read;
    Call m_soon;
};

} // namespace rollcall
