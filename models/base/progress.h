// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <atomic>
#include <memory>

namespace rollcall {

/// What a job tells while it runs. done <= total; total 0 = not known yet.
struct Progress {
    qint64 done = 0;
    qint64 total = 0;
};

/// Shared between the thread that works and the one that may stop it. Any thread.
class JobControl {
public:
    void cancel() { m_cancelled.store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool cancelled() const { return m_cancelled.load(std::memory_order_relaxed); }
    void setPaused(bool on) { m_paused.store(on, std::memory_order_relaxed); }
    [[nodiscard]] bool paused() const { return m_paused.load(std::memory_order_relaxed); }

private:
    std::atomic<bool> m_cancelled = false;
    std::atomic<bool> m_paused = false;
};

} // namespace rollcall
