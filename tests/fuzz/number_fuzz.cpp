// SPDX-License-Identifier: GPL-3.0-or-later
// Phone numbers: the typed text is never changed, an E.164 has at most 15 digits, and a valid one reads back as itself.
#include "models/domain/phonenumber.h"

#include <QString>
#include <array>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0 || size > 4096)
        return 0;
    static const std::array<QString, 5> regions{
        QString(), QStringLiteral("DE"), QStringLiteral("BR"), QStringLiteral("US"), QStringLiteral("IT")};
    const QString typed = QString::fromUtf8(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    const rollcall::PhoneNumber number = rollcall::parsePhoneNumber(typed, regions.at(data[0] % regions.size()));
    if (number.typed != typed || number.e164 < 0 || number.e164 > 999'999'999'999'999)
        std::abort();
    // Of a number that is not valid the library strips one trunk zero a reading, so only valid ones read back the same.
    if (number.state == rollcall::NumberState::Valid) {
        const rollcall::PhoneNumber again = rollcall::parsePhoneNumber(number.e164Text(), {});
        if (again.e164 != number.e164 || again.state != number.state)
            std::abort();
    }
    (void)rollcall::displayNumber(number.e164);
    (void)rollcall::asOnPremReads(typed, 49);
    return 0;
}
