// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/lights.h"
#include "models/domain/phonenumber.h"
#include "models/domain/verdict.h"

#include <QStringList>
#include <vector>

namespace rollcall {

/// The fields of a person that an operator edits or an import fills. `number.typed` is the cell as typed.
struct PersonFields {
    QString name = {};
    PhoneNumber number = {};
    QString email = {};
    QString organisation = {};
    QStringList tags = {};
    QString note = {};
    friend bool operator==(const PersonFields &, const PersonFields &) = default;
};

enum class ConsentState { None = 0, OptIn = 1, OptOut = 2 };

/// One row of the Contacts table, as the store holds it.
struct PersonRow {
    PersonId id = {};
    PersonFields fields = {};
    bool doNotContact = false;
    ConsentState consent = ConsentState::None;
    qint64 lastInboundMs = 0; ///< 0 = not known
    qint64 createdMs = 0;
    Verdict verdict = {}; ///< newest usable one for the main number at the account asked for
    BlockLight block = BlockLight::None; ///< at the account asked for: of the main number, else of a further alias
    qint64 blockAtMs = 0; ///< when that was wished, or first seen on the server
    MarketingState marketing = MarketingState::NotTold; ///< told last at the account asked for, under any alias
    qint64 marketingAtMs = 0;
    bool disagree = false; ///< a fresh valid at one account, a fresh invalid at another (removed ones do not count)
};

enum class AliasKind { Typed = 0, E164 = 1, WaId = 2, Jid = 3, Lid = 4, Bsuid = 5 };

struct Alias {
    AliasKind kind = AliasKind::Typed;
    QString text = {};
    friend bool operator==(const Alias &, const Alias &) = default;
};

/// An append-only event; the state is derived from the newest (consent of people, not of numbers).
struct ConsentEvent {
    ConsentState what = ConsentState::None;
    qint64 atMs = 0; ///< when it was given, as stated by the operator or file
    QString source = {}; ///< "web form", "none known", ...
    QString wording = {};
    QString by = {}; ///< operator
};

/// What an account's gateway told of somebody. Nothing of it is ours: the profile name is self-chosen and unverified.
struct GatewayNote {
    AccountId account = {};
    QString chatId = {}; ///< JID, empty = not told
    QString lid = {}; ///< "1@lid", empty = not told
    QString name = {}; ///< as saved on the phone
    QString profileName = {};
    QString about = {}; ///< empty = hidden or none
    bool saved = false; ///< in the phone's address book
    qint64 atMs = 0; ///< wall time UTC
    friend bool operator==(const GatewayNote &, const GatewayNote &) = default;
};

struct PersonDetails {
    PersonRow row = {};
    std::vector<Alias> aliases = {};
    std::vector<ConsentEvent> consents = {};
    std::vector<Verdict> history = {}; ///< newest first, every account, at most 100
    /// What counts for the main number, one verdict an account that has one; the account asked for comes first.
    std::vector<Verdict> byAccount = {};
    std::vector<GatewayNote> told = {}; ///< what gateways told under the main number, newest first
};

} // namespace rollcall
