// SPDX-License-Identifier: GPL-3.0-or-later
// The strict JSON reader: whatever it accepts it must write and read again as the same, and no object has a key twice.
#include "models/base/json.h"

#include <QSet>
#include <cstdint>
#include <cstdlib>

namespace {

void demandUniqueKeys(const rollcall::Json &json)
{
    QSet<QString> keys;
    for (const auto &[key, value] : json.object()) {
        if (keys.contains(key))
            std::abort();
        keys.insert(key);
        demandUniqueKeys(value);
    }
    for (const rollcall::Json &value : json.array())
        demandUniqueKeys(value);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const rollcall::Result<rollcall::Json> read = rollcall::parseJson(bytes);
    if (!read)
        return 0;
    demandUniqueKeys(*read);
    const QByteArray written = read->toCompact();
    const rollcall::Result<rollcall::Json> again = rollcall::parseJson(written);
    if (!again || again->toCompact() != written)
        std::abort();
    return 0;
}
