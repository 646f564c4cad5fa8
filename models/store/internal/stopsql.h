// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"
#include "models/store/internal/connection.h"

#include <QString>
#include <unordered_set>
#include <vector>

namespace rollcall {

struct Writing;

/// The SQL of do-not-contact, for Stops and for the commands that stop as well. Internal to models/store.
namespace sql {

/// Main number (or typed text) and further aliases of these people.
[[nodiscard]] std::unordered_set<AliasKey> aliasesOf(Connection &db, const std::vector<PersonId> &people);
/// Stores a stop of the alias and of the other ways WhatsApp may write the same mobile number (Brazil, Mexico,
/// Argentina): do-not-contact holds under every spelling. A stop that is there already stays as it is. The flags of the
/// people under them follow; `stopped` gets all of them.
void addStop(Writing &writing, AliasKey alias, BatchId batch, const QString &reason, std::vector<AliasKey> &stopped);
/// One batch, one journal entry. Answers every alias that is stopped by it: to be given to Writing::stopped.
[[nodiscard]] std::vector<AliasKey> storeStop(
    Writing &writing, const std::vector<PersonId> &people, const std::vector<AliasKey> &more, const QString &reason);
/// The reverse; answers what is to be given to Writing::lifted.
[[nodiscard]] std::vector<AliasKey> storeLift(
    Writing &writing, const std::vector<PersonId> &people, const std::vector<AliasKey> &more, const QString &reason);

} // namespace sql

} // namespace rollcall
