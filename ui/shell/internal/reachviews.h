// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/ids.h"
#include "models/tables/accountsmodel.h"
#include "ui/shell/statusline.h"

#include <QHash>
#include <QSet>
#include <optional>

namespace rollcall {

/// How each account was last reached in this session: by a test, or by the real traffic of its runs.
class ReachViews final {
public:
    void tested(AccountId account, const AccountReach &found); ///< NotTested: saved anew, nothing is known of it
    void told(AccountId account, const StatusLine::ReachView &view) { m_views.insert(account.value(), view); }
    [[nodiscard]] StatusLine::ReachView of(AccountId account) const { return m_views.value(account.value()); }

private:
    QHash<qint64, StatusLine::ReachView> m_views;
};

/// Tells from what becomes of runs (checks, blocks, messages) whether their account answers. What a run of an earlier
/// session was told is no news about now: only what comes after it was first seen going counts.
class ReachNews final {
public:
    /// `paused`: it waits for a person. Seen first like that it is of an earlier session. `answered`: answers of the
    /// gateway in this run so far; `trouble`: why it halted. Nothing = no news, also where the trouble is not the
    /// gateway's (the store, the budget, the clock).
    [[nodiscard]] std::optional<StatusLine::ReachView> of(RunId run, bool paused, qint64 answered,
        const std::optional<Failure> &trouble, std::optional<GatewayKind> kind);

private:
    QHash<qint64, qint64> m_answered; ///< by run: answers when it was last looked at
    QSet<qint64> m_earlier; ///< of those the ones that did not go on in this session
};

} // namespace rollcall
