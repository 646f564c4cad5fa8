// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/account.h"
#include "models/domain/card.h"
#include "models/domain/person.h"

#include <QByteArray>
#include <QString>
#include <vector>

namespace rollcall {

/// The cards as they leave: an empty phone with a wa_id is that number formatted (vendor page E: "automatically
/// populated with the wa_id value as a formatted phone number"), and entries without any text are left out. Everything
/// else stays as typed. Pure; any thread.
[[nodiscard]] std::vector<Card> filledIn(std::vector<Card> cards);

/// More than a card of a person ever holds (64 KiB as JSON): nobody could look through it. Not read, not sent. Pure.
[[nodiscard]] bool isOverfull(const Card &card);

/// The body of the request to `to` ("+digits", wa_id digits or a chat id), byte for byte as this kind of gateway gets
/// it: the dialect writes it, with filledIn() before. Wawp's body carries the account's token and instance id; here
/// they are "…". Failures: BadInput (no recipient, no card, too many, a reply where the kind has none), Unsupported
/// (the kind sends no cards: sendapi, CommBox). Pure; any thread.
[[nodiscard]] Result<QByteArray> messageJson(
    GatewayKind kind, const QString &to, const std::vector<Card> &cards, const QString &replyTo = {});

/// Has a contacts message of this kind a place for the id of the message it answers? 360dialog and Cloud API:
/// context.message_id; Wawp: reply_to (gateways.md 5.3, 4.2). On-premises none is documented (1.8). Pure.
[[nodiscard]] bool takesReplies(GatewayKind kind);

/// The "contacts" list alone as compact JSON: what is kept of a message and exported. Phones are filled in.
[[nodiscard]] QByteArray cardsAsJson(const std::vector<Card> &cards);
/// The same as indented text for reading; never sent.
[[nodiscard]] QString readableJson(const QByteArray &compact);
/// Back from a "contacts" list or a whole message of the 360dialog, Cloud API, on-premises or Wawp form. Of Wawp's
/// simple form the parts of the name are guessed: it has none. Failure: BadInput.
[[nodiscard]] Result<std::vector<Card>> cardsFromMessage(const QByteArray &json);
/// A .vcf file of these cards, vCard 3.0. Phones are filled in.
[[nodiscard]] QByteArray cardsAsVcf(const std::vector<Card> &cards);

/// Cards read from outside, and what could not be taken.
struct CardsRead {
    std::vector<Card> cards = {}; ///< at most mostCards
    int leftOut = 0; ///< above mostCards
    int unread = 0; ///< pieces of the text in which nothing was found, cards without a name and number
    QStringList dropped = {}; ///< names of vCard properties that a card has no room for, each once ("PHOTO", "NOTE")
};
/// Any vCard 2.1, 3.0 or 4.0 file. Failure: BadInput when it holds no card.
[[nodiscard]] Result<CardsRead> cardsFromVcf(const QByteArray &bytes);
/// What a person may paste: vCards, the JSON of a message, or lines of "name, number". `region`: two-letter default for
/// numbers without country code. Failure: BadInput when nothing is found.
[[nodiscard]] Result<CardsRead> cardsFromText(const QString &text, const QString &region);

/// Where a name has no part besides the formatted one (which one needs): its last word becomes the last name, the rest
/// the first name; a single word the first name. Otherwise nothing changes.
void guessNameParts(CardName &name);

/// One of our people as a card. `waId`: of a valid verdict, empty = not known. First and last name are guessed from the
/// name (its last word is the last name), since one further part is required.
[[nodiscard]] Card cardOf(const PersonFields &person, const QString &waId);

} // namespace rollcall
