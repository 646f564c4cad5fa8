// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/store/internal/connection.h"

namespace rollcall {

struct BudgetUse;

/// The account's live checks as they were booked, and what still fits. A booking leaves its window only when *both* the
/// wall clock and, within the boot it was made in, the time since boot say so; the wall clock counts as no less than
/// the latest time seen. So neither setting the clock back nor setting it forward frees budget. Internal to
/// models/store.
class Bookings {
public:
    /// `wallMs`: now, never less than latest seen. `boot`: row of boots.
    Bookings(Connection &db, AccountId account, qint64 wallMs, qint64 monotonicMs, qint64 boot);
    [[nodiscard]] qint64 within(qint64 windowMs, qint64 limit); ///< bookings in the last windowMs, counted up to limit
    /// Wall ms at which the alias may be asked again, 0 = now.
    [[nodiscard]] qint64 coolUntil(AliasKey alias, qint64 coolDownMs);
    qint64 add(AliasKey alias); ///< answers the booking's row
    [[nodiscard]] BudgetUse use(const CheckBudget &budget);

private:
    [[nodiscard]] qint64 nextFree(qint64 windowMs, qint64 limit);

    Connection &m_db;
    const AccountId m_account;
    const qint64 m_wallMs;
    const qint64 m_monotonicMs;
    const qint64 m_boot;
    Statement m_cool;
    Statement m_add;
};

inline constexpr qint64 hourMs = 3'600'000;
inline constexpr qint64 dayMs = 86'400'000;

} // namespace rollcall
