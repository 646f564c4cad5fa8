// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"
#include "models/domain/verdict.h"

#include <QString>
#include <QUrl>
#include <array>
#include <vector>

namespace rollcall {

/// Stored as these numbers: never renumber.
enum class GatewayKind {
    OnPrem = 1,
    SendApi = 2,
    CommBox = 3,
    Wawp = 4,
    Dialog360 = 5,
    CloudApi = 6, ///< Meta's own form of 360dialog's language: other address, Bearer
};

/// Every kind, in the order in which a person chooses among them.
inline constexpr std::array gatewayKinds{GatewayKind::OnPrem, GatewayKind::SendApi, GatewayKind::CommBox,
    GatewayKind::Wawp, GatewayKind::Dialog360, GatewayKind::CloudApi};

/// One thing an account may be able to do. Stored as these numbers: never renumber.
enum class Capability {
    CheckOne = 1,
    CheckMany = 2,
    ListContacts = 3,
    Details = 4, ///< name and profile name of one contact
    Photo = 5,
    Lid = 6,
    Block = 7, ///< and unblock
    ListBlocked = 8, ///< the whole list can be read
    SendCards = 9,
    Report = 10,
    TellBlocked = 11, ///< whether one contact is blocked can be read (Wawp's isBlocked)
    About = 12, ///< the about text; engines refuse it apart from the details (gateways.md 0, 9)
};

/// What an account can do: constant per kind, narrowed by what its engine refused at run time.
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
    bool report = false;
    bool tellBlocked = false;
    bool about = false;
    int checkBatch = 1; ///< numbers per check request
    int blockBatch = 1; ///< people per block or unblock request
    int blockListMost = 0; ///< people the gateway's block list holds, 0 = no limit is known
    int pageSize = 0; ///< rows per page when listing contacts or blocked people
    int requestsPerMinute = 60; ///< pace in a calm hour; answers' headers may say less or more
    int leastGapMs = 0; ///< between two requests, where the vendor counts by the second and not by the minute
    qint64 writeDeadlineMs = 30'000; ///< a block or unblock that left may still arrive until then; as its dialect says
    [[nodiscard]] bool has(Capability what) const;
    void remove(Capability what);
};

[[nodiscard]] Capabilities capabilitiesOf(GatewayKind kind);

/// Something the kind can do but this account's engine said no to (Wawp: 422/501, gateways.md 0, 9).
struct LearnedRefusal {
    Capability what = Capability::CheckOne;
    int code = 0; ///< HTTP status
    qint64 atMs = 0; ///< wall time UTC
    friend bool operator==(const LearnedRefusal &, const LearnedRefusal &) = default;
};

/// The last truth probe: two numbers nobody can have were asked.
struct TruthProbe {
    enum class Outcome {
        None = 0, ///< never probed
        CanTell = 1, ///< neither was called valid
        CannotTell = 2, ///< at least one was: its "valid" is shown as unverified
    };
    Outcome outcome = Outcome::None;
    qint64 atMs = 0; ///< wall time UTC
    friend bool operator==(const TruthProbe &, const TruthProbe &) = default;
};

/// Account::cannotTell and Verdict::reason of what is unverified because of a probe.
inline constexpr char probeReason[] = "probe";

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
    QString sender = {}; ///< sendapi: session id; CommBox: stream id; Wawp: instance id. Opaque text
    QString caFile = {}; ///< extra root certificates (PEM), empty = system roots only
    QString region = {}; ///< default region for numbers without '+', e.g. "IN"
    int registeredCountryCode = 0; ///< on-premises: country code of the registered number, 0 = not known
    qint64 keepSeconds = secondsFresh; ///< how long a verdict stays fresh
    CheckBudget budget = {};
    bool sandbox = false; ///< the built-in one: marked everywhere
    bool hasStoredSecret = false; ///< a secret was written to the keychain once; "not found" must not clear it
    QString cannotTell = {}; ///< why its "valid" is unverified ("version>=2.43", probeReason), empty = it can tell
    TruthProbe probe = {};
    std::vector<LearnedRefusal> refusals = {};

    /// Of the kind, without what was refused.
    [[nodiscard]] Capabilities capabilities() const;
    /// False for the sandbox, built in or started as a program: nothing but a test gateway on this machine is spoken to
    /// over plain http (findWay() refuses it to any other address). Consent is asked only where people are reached.
    [[nodiscard]] bool reachesPeople() const;
    /// Adds what was refused; false when it was known.
    bool learn(const LearnedRefusal &refusal);
    /// A probe's outcome, and what follows for `cannotTell`. A reason of another kind stays.
    void setProbe(const TruthProbe &outcome);
    /// `before` is the account as it was: what was learned of its gateway holds while kind, address and sender do, and
    /// is forgotten with another.
    void takeLearned(const Account &before);
    [[nodiscard]] QString secretKey() const; ///< "account-<id>": no number, no address in it
};

} // namespace rollcall
