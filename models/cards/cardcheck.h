// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/card.h"

#include <QStringList>
#include <vector>

namespace rollcall {

/// One field of a card, or of an entry of one of its lists.
enum class CardField {
    Message, ///< the message as a whole
    Card, ///< the card as a whole
    Formatted,
    First,
    Last,
    Middle,
    Prefix,
    Suffix,
    Birthday,
    Company,
    Department,
    Title,
    Phone,
    PhoneType,
    WaId,
    Email,
    EmailType,
    Url,
    UrlType,
    Street,
    City,
    State,
    Zip,
    Country,
    CountryCode,
    AddressType,
};

/// Where a notice stands. `card` and `index` count from 0; -1 = the message, or no entry of a list.
struct CardPlace {
    int card = -1;
    CardField field = CardField::Message;
    int index = -1; ///< of the phone, e-mail, link or address
    friend bool operator==(const CardPlace &, const CardPlace &) = default;
};

enum class CardSeverity {
    Error, ///< Send is refused
    Warning, ///< it may be ignored, or reach nobody
    Note, ///< what will be done for the operator
};

enum class CardCode {
    NoCard, ///< Error: a message has at least one
    ManyCards, ///< Warning: warnCards or more; Meta's schema says 5 at most (gateways.md 5.3)
    TooManyCards, ///< Error: more than mostCards (vendor page E)
    NoFormattedName, ///< Error: required (vendor page E)
    OnlyFormattedName, ///< Error: at least one further part is required (vendor page E)
    BirthdayForm, ///< Error: not of the form YYYY-MM-DD
    NoSuchDay, ///< Error: of that form, but no day of the calendar
    BirthdayAhead, ///< Warning: after today
    CountryCodeForm, ///< Error: not two letters
    CountryCodeUnknown, ///< Warning: two letters that no country has
    OtherType, ///< Warning: none of the documented ones; sent as typed, may be ignored
    OnlyType, ///< Warning: an entry that holds nothing but a type
    NoPhone, ///< Warning: nobody can be reached by this card
    PhoneFromWaId, ///< Note: empty phone with a wa_id, sent as that number formatted
    PhoneUnread, ///< Warning: no phone number can be read in it
    PhoneNoCountry, ///< Warning: without '+' and country code
    WaIdForm, ///< Error: a wa_id is digits only (gateways.md 5.3)
    WaIdDiffers, ///< Note: another number than the phone; may be right (gateways.md 6.2)
    SamePhone, ///< Warning: the same number stands on this card already
    SameCard, ///< Warning: equal to an earlier card
    EmailForm, ///< Warning
    UrlForm, ///< Warning
    LongText, ///< Warning: above longCardText characters; phones cut it
    HiddenMarks, ///< Warning: controls, zero-width or direction marks in it; sent as they are
};

struct CardNotice {
    CardSeverity severity = CardSeverity::Warning;
    CardCode code = CardCode::NoCard;
    CardPlace place = {};
    QString text = {}; ///< what the words may name: the type typed, the number that will be shown (foreign
                       ///< text); of HiddenMarks the marks, each kind once: "U+202E U+200B"
    friend bool operator==(const CardNotice &, const CardNotice &) = default;
};

inline constexpr int longCardText = 256; ///< no vendor documents a limit: ours, for a warning

/// The types that vendor page E documents, as they are written on the wire. What is typed otherwise is sent as typed.
[[nodiscard]] QStringList standardPhoneTypes(); ///< CELL, MAIN, IPHONE, HOME, WORK
[[nodiscard]] QStringList standardTypes(); ///< HOME, WORK: e-mails, links, addresses

/// Pure; any thread; about 10 ms for 257 full cards (each phone is read by libphonenumber). In the order of cards and
/// fields; notices of the message come first. `todayMs`: wall time UTC, for BirthdayAhead.
[[nodiscard]] std::vector<CardNotice> checkCards(const std::vector<Card> &cards, qint64 todayMs);
/// Of one card, as checkCards() would tell of it at `index` (without SameCard): for typing in a long message.
[[nodiscard]] std::vector<CardNotice> checkCard(const Card &card, int index, qint64 todayMs);
[[nodiscard]] bool hasError(const std::vector<CardNotice> &notices);

} // namespace rollcall
