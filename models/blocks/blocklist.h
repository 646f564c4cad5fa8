// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/operation.h"
#include "models/gateways/dialects/wire.h"

#include <functional>
#include <optional>
#include <vector>

namespace rollcall {

/// Where a server's block list is read from.
struct ListSource {
    std::function<Call(const PageAsk &, std::function<void(Result<BlockedPage>)>)> page = {}; ///< empty = cannot list
    /// Is this one contact blocked? nothing = the gateway did not say. Empty = cannot tell.
    std::function<Call(const QString &, std::function<void(Result<std::optional<bool>>)>)> tell = {};
    int pageSize = 100;
    [[nodiscard]] bool canRead() const { return page || tell; }
};

/// A full, untroubled read of one list.
struct ServerList {
    std::vector<ServerBlock> rows = {}; ///< each once
    qint64 startedMs = 0; ///< wall time
    qint64 endedMs = 0;
    int pages = 0;
    int restarts = 0; ///< the list changed while it was read (139102)
};

inline constexpr int mostListPages = 10'000;
inline constexpr int mostListRestarts = 3;

/// Reads the whole list, page by page. 139102 starts it anew, at most mostListRestarts times and a little later each
/// time; a cursor that comes back ends it. Whatever makes it doubtful whether everything was seen (a full page that
/// came again, too many pages, a failure) is a failure: an unknown list takes no part in anything. `progress` is told
/// the rows so far. GUI thread.
Call readServerList(const ListSource &source, Clock &clock, std::function<void(qint64)> progress,
    std::function<void(Result<ServerList>)> then);

} // namespace rollcall
