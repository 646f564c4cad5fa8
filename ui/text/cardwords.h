// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cards/cardcheck.h"
#include "models/cards/recipients.h"

#include <QCoreApplication>
#include <QString>

namespace rollcall {

/// The words of composing: what is to be said of a card, of a recipient, and of what a recipient will see.
class CardWords final {
    Q_DECLARE_TR_FUNCTIONS(CardWords)
public:
    CardWords() = delete;

    /// The name a card goes by in lists: formatted name, else another part of it, company, number, or that it has none.
    [[nodiscard]] static QString cardName(const Card &card);
    /// A sentence, to stand beside the field it is about.
    [[nodiscard]] static QString notice(const CardNotice &notice);
    /// "and 2 other contacts", as WhatsApp puts it behind the first one's name; empty for 0.
    [[nodiscard]] static QString others(int number);
    /// "Anna Example", "Anna Example and 2 other contacts"; empty without a card.
    [[nodiscard]] static QString bubble(const std::vector<Card> &cards);

    [[nodiscard]] static QString obstacle(SendObstacle obstacle); ///< a sentence; empty for None
    [[nodiscard]] static QString knowledge(const RecipientLine &line, qint64 nowMs); ///< "Never checked", "Valid, 2 d"
    [[nodiscard]] static QString window(
        const RecipientLine &line, qint64 nowMs); ///< "Window open until 18:40"; may be empty
    /// The one thing that matters most of a recipient, in a few words: for a list.
    [[nodiscard]] static QString recipientBrief(const RecipientLine &line, qint64 nowMs);
    /// Everything in one line: obstacle, or window, knowledge, consent and the other WhatsApp number.
    [[nodiscard]] static QString recipient(const RecipientLine &line, qint64 nowMs);
    /// "Alice", or the number when nobody is known by it.
    [[nodiscard]] static QString recipientName(const RecipientLine &line);
    /// "Alice, +1 631 555 1001": two of one name are two people.
    [[nodiscard]] static QString recipientAndNumber(const RecipientLine &line);

    [[nodiscard]] static QString button(CardButton button); ///< "Message" / "Invite"
    /// Whether the recipient will see Message or Invite, and why: of one phone.
    [[nodiscard]] static QString sight(const PhoneSight &sight);
};

} // namespace rollcall
