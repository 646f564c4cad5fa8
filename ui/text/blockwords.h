// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/operation.h"
#include "models/store/blocks.h"

#include <QCoreApplication>
#include <QString>
#include <optional>

namespace rollcall {

/// The words of blocking: the lights, the states of an operation, and why one is not done, with the next step.
class BlockWords final {
    Q_DECLARE_TR_FUNCTIONS(BlockWords)
public:
    BlockWords() = delete;

    // The block light.
    [[nodiscard]] static QString light(BlockLight light); ///< "Blocked, confirmed"; empty for None
    [[nodiscard]] static QString lightIcon(BlockLight light);
    [[nodiscard]] static QString lightTip(BlockLight light); ///< what it means, a sentence; empty for None
    // Do-not-contact and marketing stop.
    [[nodiscard]] static QString doNotContact();
    [[nodiscard]] static QString stopTip(); ///< what do-not-contact means, a sentence
    [[nodiscard]] static QString marketing(MarketingState state); ///< "Stopped"; empty for NotTold
    [[nodiscard]] static QString marketingMeaning(MarketingState state); ///< a sentence
    [[nodiscard]] static QString marketingSource(const QString &stableId);
    [[nodiscard]] static QString marketingNotTold(); ///< no gateway has told it
    [[nodiscard]] static QString marketingTip();

    [[nodiscard]] static QString view(BlockView view); ///< a choice in the filter
    [[nodiscard]] static QString reason(const QString &idOrOwn); ///< an operator's own words as they are
    [[nodiscard]] static QString source(const QString &stableId);
    [[nodiscard]] static QString runTitle(const OperationRun &run, const Account *account);
    [[nodiscard]] static QString runState(OperationRunState state);

    /// "Can be blocked for 5 h", "Wrote 3 d ago: outside 24 h", "Not known"; empty where the account has no such rule.
    [[nodiscard]] static QString window(qint64 lastInboundMs, qint64 nowMs, bool hasRule);

    /// "Appeared on the gateway's list between 10:02 and 11:15, not by this app."
    [[nodiscard]] static QString sighting(const Sighting &seen);

    /// One cause of a run's outcomes, for "12 people: …".
    struct Cause {
        QString what = {}; ///< a short heading
        QString meaning = {}; ///< a sentence
        QString next = {}; ///< what to do; may be empty
    };
    [[nodiscard]] static Cause cause(
        const OperationCause &cause, OperationKind kind, std::optional<GatewayKind> gateway);
    /// The state of one line in a few words: "Refused: outside 24 h (131047)".
    [[nodiscard]] static QString state(const BlockEntry &entry, std::optional<GatewayKind> gateway);
};

} // namespace rollcall
