// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/card.h"
#include "models/domain/operation.h"
#include "models/domain/verdict.h"
#include "models/store/messages.h"

#include <span>
#include <vector>

namespace rollcall {

/// What we know of "is this number on WhatsApp".
enum class Knowledge {
    WroteLately, ///< wrote to us within 24 h: no check is needed (vendor page A)
    NeverChecked,
    Stale, ///< the verdict is past its days
    Valid, ///< fresh
    Invalid, ///< fresh
    Unverified, ///< fresh, from a gateway that says valid to everyone
    Unclear, ///< processing or failed
};

/// Why a message to this recipient is not sent at all. The first that holds, in this order.
enum class SendObstacle {
    None,
    DoNotContact,
    NoNumber, ///< nothing that this gateway could send to
    Blocked, ///< at this account, as far as our ledger and the server's list know
    Unsettled, ///< a message before is being sent or unknown: Settle… first
};

/// The state of one recipient, for the line under "To" and the flight plan.
struct RecipientLine {
    PersonId person = {}; ///< null = a number that belongs to nobody here
    AliasKey alias = {};
    QString name = {};
    QString number = {}; ///< "+447700900000" or as typed
    QString ask = {}; ///< the text the message is sent to; empty = none
    SendObstacle obstacle = SendObstacle::None;
    Knowledge knowledge = Knowledge::NeverChecked;
    qint64 checkedMs = 0; ///< wall time of the newest verdict at the account, 0 = never
    InboundWindow window = InboundWindow::NotKnown; ///< Open also where the kind has no such rule
    bool hasWindow = false; ///< the kind has the 24-hour rule for messages
    qint64 windowUntilMs = 0; ///< wall time; 0 = closed, not known or no rule
    ConsentState consent = ConsentState::None;
    bool marketingStop = false; ///< the person's own, inside WhatsApp; false = none, or not known
    QString waId = {}; ///< of our valid verdict or the gateway's last answer, digits; empty = none
    bool otherWaId = false; ///< its digits differ from the number
    qint64 lastSentMs = 0; ///< our last message that was taken, 0 = never
    /// Nothing that is known now leaves them out. The flight plan may still (consent, a closed window, the same
    /// number).
    [[nodiscard]] bool isSentTo() const { return obstacle == SendObstacle::None && knowledge != Knowledge::Invalid; }
    /// Somebody of the list without an opt-in. Of who is do-not-contact Contacts asks more (a stop is lifted by it).
    [[nodiscard]] bool mayRecordOptIn() const
    {
        return !person.isNull() && consent != ConsentState::OptIn && obstacle != SendObstacle::DoNotContact;
    }
    [[nodiscard]] bool mayCheck() const; ///< Check now is of use: never checked or stale, and nothing forbids it
};

/// Has this kind the rule that a free-form message reaches only who wrote within 24 h (131047, 470)?
[[nodiscard]] bool hasMessageWindow(GatewayKind kind);

/// Pure; any thread. `time` as of now.
[[nodiscard]] RecipientLine lineOf(const SendCandidate &candidate, const Account &account, const TimeView &time);

/// What the recipient will see under a card's number.
enum class CardButton {
    Message, ///< the phone has a wa_id
    Invite, ///< it has none
};
struct PhoneSight {
    int card = 0;
    int phone = 0;
    AliasKey alias = {}; ///< of the phone's number, null = it could not be read
    CardButton button = CardButton::Invite; ///< as the card stands
    Knowledge knowledge = Knowledge::NeverChecked; ///< of that number
    QString offered = {}; ///< wa_id of our valid verdict when the phone does not have it yet; digits
    bool offeredDiffers = false; ///< its digits differ from the phone's
};

/// Aliases to ask Messages::known() about: of every phone of the cards that can be read, each once. `region`:
/// two-letter default. Pure; any thread.
[[nodiscard]] std::vector<AliasKey> aliasesOf(const std::vector<Card> &cards, const QString &region);
/// One per phone, in order. Pure; any thread.
[[nodiscard]] std::vector<PhoneSight> sightsOf(const std::vector<Card> &cards, std::span<const Messages::Known> known,
    const QString &region, const TimeView &time);

} // namespace rollcall
