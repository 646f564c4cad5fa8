// SPDX-License-Identifier: GPL-3.0-or-later
// Any pasted text: every number found is one piece of it with an E.164 of at most 15 digits, each once, and nothing is
// told of a piece that the text does not hold.
#include "models/formats/numbersintext.h"

#include <QSet>
#include <QString>
#include <array>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0 || size > 8192)
        return 0;
    static const std::array<QString, 4> regions{
        QString(), QStringLiteral("DE"), QStringLiteral("BR"), QStringLiteral("US")};
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    const rollcall::NumbersInText found = rollcall::findNumbers(text, regions.at(data[0] % regions.size()));
    QSet<qint64> seen;
    for (const rollcall::PhoneNumber &number : found.ready) {
        if (!number.hasE164() || number.e164 > 999'999'999'999'999 || seen.contains(number.e164)
            || !text.contains(number.typed))
            std::abort();
        seen.insert(number.e164);
    }
    for (const QStringList &list : {found.needCountry, found.notNumbers})
        for (const QString &piece : list)
            if (!text.contains(piece))
                std::abort();
    if (found.repeated < 0 || found.truncated)
        std::abort();
    return 0;
}
