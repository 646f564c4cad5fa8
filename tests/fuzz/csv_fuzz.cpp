// SPDX-License-Identifier: GPL-3.0-or-later
// The CSV reader: no byte is lost (records and line ends follow each other without a gap), and it does not matter in
// what pieces the file came.
#include "models/formats/csvreader.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Read {
    std::vector<std::vector<std::string>> records = {};
    bool failed = false;
    friend bool operator==(const Read &, const Read &) = default;
};

Read readAll(std::string_view text, char delimiter, std::size_t piece)
{
    std::size_t given = 0;
    const auto source = [&](char *to, qint64 size) -> rollcall::Result<qint64> {
        const std::size_t count = std::min({std::size_t(size), piece, text.size() - given});
        std::memcpy(to, text.data() + given, count);
        given += count;
        return qint64(count);
    };
    rollcall::CsvReader reader(source, delimiter, false, {.recordBytes = 4096, .columns = 64});
    Read read;
    rollcall::CsvRecord record;
    std::size_t behind = 0; ///< of the record before
    for (;;) {
        const rollcall::Result<bool> next = reader.next(record);
        if (!next) {
            read.failed = true;
            return read;
        }
        if (!*next)
            break;
        const auto offset = std::size_t(record.offset);
        if (offset < behind || offset - behind > 2 || offset + record.raw.size() > text.size())
            std::abort();
        for (std::size_t i = behind; i < offset; ++i) {
            if (text[i] != '\r' && text[i] != '\n')
                std::abort();
        }
        if (text.substr(offset, record.raw.size()) != record.raw)
            std::abort();
        behind = offset + record.raw.size();
        read.records.emplace_back(record.fields.begin(), record.fields.end());
    }
    if (text.size() - behind > 2)
        std::abort();
    return read;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const char delimiter = rollcall::csvDelimiters[data[0] % 4];
    const std::string_view text(reinterpret_cast<const char *>(data + 1), size - 1);
    const Read whole = readAll(text, delimiter, 1 << 20);
    if (readAll(text, delimiter, 1) != whole || readAll(text, delimiter, 1 + data[0] / 4) != whole)
        std::abort();
    return 0;
}
