// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

namespace rollcall {

/// One vCard-style contact inside a contacts message: the fields of vendor page E, "contacts object". Types ("HOME",
/// "WORK", "CELL" …) are text as typed. An empty string is "not given".
struct CardName {
    QString formatted = {}; ///< required, plus at least one of the others (vendor page E)
    QString first = {};
    QString last = {};
    QString middle = {};
    QString prefix = {};
    QString suffix = {};
    friend bool operator==(const CardName &, const CardName &) = default;
};

struct CardPhone {
    QString phone = {}; ///< as shown on the card
    QString type = {}; ///< CELL, MAIN, IPHONE, HOME, WORK
    QString waId = {}; ///< digits only: links the card to a WhatsApp profile
    friend bool operator==(const CardPhone &, const CardPhone &) = default;
};

struct CardEmail {
    QString email = {};
    QString type = {}; ///< HOME, WORK
    friend bool operator==(const CardEmail &, const CardEmail &) = default;
};

struct CardUrl {
    QString url = {};
    QString type = {}; ///< HOME, WORK
    friend bool operator==(const CardUrl &, const CardUrl &) = default;
};

struct CardAddress {
    QString street = {};
    QString city = {};
    QString state = {};
    QString zip = {};
    QString country = {};
    QString countryCode = {}; ///< two letters
    QString type = {}; ///< HOME, WORK
    friend bool operator==(const CardAddress &, const CardAddress &) = default;
};

struct CardOrg {
    QString company = {};
    QString department = {};
    QString title = {};
    friend bool operator==(const CardOrg &, const CardOrg &) = default;
};

struct Card {
    std::vector<CardAddress> addresses = {};
    QString birthday = {}; ///< YYYY-MM-DD
    std::vector<CardEmail> emails = {};
    CardName name = {};
    CardOrg org = {};
    std::vector<CardPhone> phones = {};
    std::vector<CardUrl> urls = {};
    friend bool operator==(const Card &, const Card &) = default;
};

inline constexpr int mostCards = 257; ///< in one message: vendor page E
inline constexpr int warnCards = 6; ///< Meta's published schema says 5 at most (gateways.md 5.3)

} // namespace rollcall
