// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/progress.h"
#include "models/base/result.h"
#include "models/domain/phonenumber.h"
#include "models/store/blocks.h"

#include <QStringList>
#include <functional>
#include <map>
#include <vector>

namespace rollcall {

class Store;

enum class BlockListFormat {
    Csv, ///< UTF-8 with BOM, CRLF; the first line says how it was made
    Json, ///< one object: "rollcall_block_list": 1, "lines": [...], "count"
};

/// Writes the lines of the Blocked page that `filter` shows, newest first, to `file`, which is replaced only when all
/// was written. Times are UTC, ISO 8601. CSV cells that a spreadsheet would calculate get an apostrophe in front (a
/// plain "+digits" does not need one). `accounts`: their names. Work, threads, cancelling and failures as
/// exportJournal(). The export is noted in the journal.
[[nodiscard]] Call exportBlockList(Store &store, const BlockFilter &filter,
    const std::map<AccountId, QString> &accounts, BlockListFormat format, const QString &file,
    std::function<void(const Progress &)> progress, std::function<void(Result<qint64>)> then);

/// One number of a list that was read, with what the list says of it.
struct ListedNumber {
    PhoneNumber number = {}; ///< with E.164
    QString reason = {}; ///< stable id or own words, empty = the list does not say
    friend bool operator==(const ListedNumber &, const ListedNumber &) = default;
};

/// What a file of numbers holds. Nothing of it is stored or sent by reading.
struct BlockList {
    std::vector<ListedNumber> numbers = {}; ///< each once
    QStringList needCountry = {}; ///< as written: no country code and no default country
    QStringList notNumbers = {}; ///< as written
    qint64 repeated = 0;
    bool truncated = false; ///< too long: only its first part was read
    bool own = false; ///< written by exportBlockList(): reasons are the list's own
};

inline constexpr qint64 mostBlockListBytes = 64 * 1024 * 1024;

/// Reads a list written by exportBlockList() (CSV or JSON), or the numbers in any CSV or text file. `region`: default
/// country for numbers without one, empty = none. Any thread; hostile input is expected. Failures: as guessCsv();
/// BadInput with detail "list"; TooLarge.
[[nodiscard]] Result<BlockList> readBlockList(const QString &file, const QString &region);

} // namespace rollcall
