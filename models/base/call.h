// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <utility>

namespace rollcall {

/// Something that is under way. The callback given when it was started runs at most once, on the thread that started
/// it, and never after the Call was dropped. Dropping (or assigning over) the Call stops the work.
/// A write that was dropped may already have left: its outcome is then unknown, never "did not happen".
class [[nodiscard]] Call {
public:
    struct State {
        bool open = true;
        std::function<void()> stop;
    };

    Call() = default;
    explicit Call(std::shared_ptr<State> state)
        : m_state(std::move(state))
    {
    }
    Call(Call &&) noexcept = default;
    Call(const Call &) = delete;
    Call &operator=(const Call &) = delete;
    Call &operator=(Call &&other) noexcept
    {
        Call old(std::move(*this));
        m_state = std::move(other.m_state);
        return *this;
    }
    ~Call()
    {
        if (!m_state || !std::exchange(m_state->open, false))
            return;
        if (const auto stop = std::exchange(m_state->stop, nullptr))
            stop();
    }
    /// Still under way: neither answered nor stopped.
    [[nodiscard]] bool isOpen() const { return m_state && m_state->open; }

private:
    std::shared_ptr<State> m_state;
};

} // namespace rollcall
