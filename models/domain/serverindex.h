// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"

#include <span>
#include <unordered_map>
#include <vector>

namespace rollcall {

/// Digits before '@' of "447700900000", "+447700900000", "447700900000@c.us"; 0 for a LID and for anything else.
[[nodiscard]] qint64 waIdDigits(const QString &waId);

/// How WhatsApp may write the same mobile number otherwise (gateways.md 6.2): Brazil with and without the ninth digit,
/// Mexico 52 and 521, Argentina 54 and 549. Only for finding our own entry in a server's list and for not
/// writing to somebody, never for writing to anybody: a Brazilian landline has none, since the digit would make another
/// person's mobile of it.
[[nodiscard]] std::vector<qint64> otherSpellings(qint64 digits);
/// These aliases and their other spellings: what a stop of them covers (product.md, rule 2).
[[nodiscard]] std::vector<AliasKey> everySpelling(const std::vector<AliasKey> &aliases);

/// Finds entries of our ledger among the rows of a server's list. Keeps pointers into `rows`, which must outlive it.
class ServerIndex {
public:
    explicit ServerIndex(std::span<const ServerBlock> rows);
    /// By alias, by the wa_id the gateway gave us, then by other spellings; null = not there.
    [[nodiscard]] const ServerBlock *find(AliasKey alias, const QString &waId) const;

private:
    [[nodiscard]] const ServerBlock *at(qint64 digits) const;
    std::unordered_map<qint64, const ServerBlock *> m_rows; ///< by alias and by wa_id
};

} // namespace rollcall
