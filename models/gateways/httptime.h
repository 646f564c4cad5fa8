// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <chrono>
#include <optional>

namespace rollcall {

/// UTC ms of an HTTP date (RFC 9110 5.6.7: IMF-fixdate, and the two obsolete forms that a reader must accept).
[[nodiscard]] std::optional<qint64> readHttpDate(QByteArrayView text);

/// Retry-After as seconds or as a date, the latter measured against the answer's own Date, so that our clock does not
/// matter (`date` empty or unreadable: against `nowMs`). 0 to 3600 s; a negative or past one is 0, text is nothing.
[[nodiscard]] std::optional<std::chrono::seconds> readRetryAfter(
    QByteArrayView text, QByteArrayView date, qint64 nowMs);

/// How long to wait before repeat number `repeat` (1 = first): full jitter over 1 s doubling to 5 min.
/// `random`: 0 <= random < 1.
[[nodiscard]] qint64 backoffMs(int repeat, double random);

} // namespace rollcall
