// SPDX-License-Identifier: GPL-3.0-or-later
// Retry-After and Date as a hostile gateway may send them: never a negative wait, never more than an hour.
#include "models/gateways/httptime.h"

#include <QByteArray>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const qsizetype cut = bytes.indexOf('\n');
    const QByteArray value = bytes.left(cut < 0 ? bytes.size() : cut);
    const QByteArray date = cut < 0 ? QByteArray() : bytes.mid(cut + 1);
    const auto wait = rollcall::readRetryAfter(value, date, 1'700'000'000'000);
    if (wait && (wait->count() < 0 || wait->count() > 3600))
        std::abort();
    if (const auto at = rollcall::readHttpDate(value)) {
        // 9999-12-31T23:59:59Z and 0000-01-01T00:00:00Z: a four-digit year says no more.
        if (*at > 253'402'300'799'000 || *at < -62'167'219'200'000)
            std::abort();
    }
    if (size > 0) {
        const qint64 pause = rollcall::backoffMs(data[0], double(data[size - 1]) / 256);
        if (pause < 0 || pause > 300'000)
            std::abort();
    }
    return 0;
}
