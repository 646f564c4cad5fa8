// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/relay.h"

#include <QRandomGenerator>
#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

namespace rollcall::tests {

enum class WireAct { Block, Unblock, List, Check };
[[nodiscard]] const char *nameOf(WireAct act);

/// What one request meets. Made anew for each trial: numbers, cut points and codes are drawn.
struct WireFault {
    RelayAct act = {};
    int times = 1; ///< so many requests in a row meet it (reads and checks are repeated)
    bool unreachable = false; ///< instead of `act`: nobody listens there, or the name is nobody's
    bool happensAnyway = false; ///< the answer is made up, but the gateway has done as it was told
    /// Of a write: what is true afterwards for the people of that request.
    enum class Stated { Done, NotDone, Either } write = Stated::Either;
    bool readRecovers = false; ///< a list or check comes to its right end by itself or on Resume
};

/// One row of the matrix in reliability.md C5, with the spellings of its fault.
struct FaultRow {
    const char *name;
    std::vector<WireAct> acts;
    /// `ask`: the texts of the request (numbers), empty for a list. `other`: a server that nobody was told of.
    std::function<WireFault(QRandomGenerator &, WireAct act, const QStringList &ask, const QUrl &other)> make;
};

[[nodiscard]] const std::vector<FaultRow> &faultRows();

} // namespace rollcall::tests
