// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"

#include <QCoreApplication>
#include <QString>
#include <vector>

namespace rollcall {

/// What an account can do, and in a sentence why it cannot do the rest.
class CapabilityWords final {
    Q_DECLARE_TR_FUNCTIONS(CapabilityWords)
public:
    CapabilityWords() = delete;

    /// Every capability, in the order in which it is shown.
    [[nodiscard]] static const std::vector<Capability> &all();
    [[nodiscard]] static QString name(Capability what); ///< "Check one number at a time"
    /// Why this account cannot do it: its kind has no call for it, or its engine refused it, with date and status.
    /// Empty when it can.
    [[nodiscard]] static QString whyNot(const Account &account, Capability what);
    /// The same for an action that checks; also empty when the account checks but cannot tell (see doubt()).
    [[nodiscard]] static QString whyNoCheck(const Account &account);
    /// Why Wait for all answers does nothing here; empty = it does: the account answers some numbers later than others.
    [[nodiscard]] static QString whyNoWait(const Account &account);
    /// Why its "valid" is shown as unverified, with the date of the probe; empty when nothing is held against it.
    [[nodiscard]] static QString doubt(const Account &account);
    /// How the last truth probe ended and when, or that there was none; empty for kinds that check nothing.
    [[nodiscard]] static QString probe(const Account &account);
};

} // namespace rollcall
