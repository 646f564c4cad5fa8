// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"

#include <memory>
#include <utility>

namespace rollcall {

/// Several asynchronous steps behind one Call: the outer Call holds the step under way, so that dropping it stops
/// whichever that is. Copies are the same chain; callbacks of the steps capture one.
class Chain {
public:
    Chain()
    {
        m_state->stop = [step = m_step] { *step = Call(); };
    }
    /// The next step; takes the place of the one that just answered.
    void next(Call step) const { *m_step = std::move(step); }
    /// True once: the caller may give the last answer now.
    [[nodiscard]] bool close() const { return std::exchange(m_state->open, false); }
    [[nodiscard]] bool isOpen() const { return m_state->open; }
    [[nodiscard]] Call call() const { return Call(m_state); }

private:
    std::shared_ptr<Call> m_step = std::make_shared<Call>();
    std::shared_ptr<Call::State> m_state = std::make_shared<Call::State>();
};

} // namespace rollcall
