// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"
#include "models/domain/verdict.h"

#include <QString>
#include <QUrl>

namespace rollcall {

/// Stored as these numbers: never renumber.
enum class GatewayKind { OnPrem = 1, SendApi = 2, CommBox = 3, Wawp = 4, Dialog360 = 5 };

/// What an account can do; constant per kind, narrowed by what its engine refused.
struct Capabilities {
    bool checkOne = false;
    bool checkMany = false;
    bool listContacts = false;
    bool details = false;
    bool photo = false;
    bool lid = false;
    bool block = false;
    bool listBlocked = false;
    bool sendCards = false;
    int checkBatch = 1; ///< numbers per request
    int requestsPerMinute = 60; ///< pace in a calm hour
};

[[nodiscard]] Capabilities capabilitiesOf(GatewayKind kind);

/// How many live checks an account may spend (product.md: budget, cool-down). A value of 0 means "none allowed".
struct CheckBudget {
    int perHour = 500;
    int perDay = 2000;
    qint64 coolDownSeconds = 60; ///< least time between two live checks of one number, force_check included
};

/// One configured gateway, without its secrets (those lie in the keychain under secretKey()).
struct Account {
    AccountId id = {};
    QString name = {};
    GatewayKind kind = GatewayKind::OnPrem;
    QUrl address = {}; ///< e.g. https://host:9090/v1; https except on literal loopback
    QString user = {}; ///< login name (on-premises); not secret
    QString sender = {}; ///< sender / session / stream id where the kind has one
    QString caFile = {}; ///< extra root certificates (PEM), empty = system roots only
    QString region = {}; ///< default region for numbers without '+', e.g. "IN"
    int registeredCountryCode = 0; ///< on-premises: country code of the registered number, 0 = not known
    qint64 keepSeconds = secondsFresh; ///< how long a verdict stays fresh
    CheckBudget budget = {};
    bool sandbox = false; ///< the built-in one: marked everywhere
    bool hasStoredSecret = false; ///< a secret was written to the keychain once; "not found" must not clear it
    QString cannotTell = {}; ///< why its "valid" is unverified ("version>=2.43"), empty = it can tell

    [[nodiscard]] QString secretKey() const; ///< "account-<id>": no number, no address in it
};

} // namespace rollcall
