// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"
#include "models/domain/lights.h"
#include "models/domain/verdict.h"

#include <QString>
#include <QStringList>
#include <optional>
#include <set>
#include <vector>

namespace rollcall {

/// Which people are shown. Everything set must hold; an empty list means "any".
struct Filter {
    QString text = {}; ///< searched in name, number (as typed, E.164, digits), e-mail, organisation, tags
    std::set<VerdictWord> verdicts = {}; ///< of the main number at the current account
    bool staleOnly = false; ///< has a verdict, and it is not fresh
    QStringList countries = {}; ///< ISO regions
    QStringList tags = {}; ///< any of them
    std::optional<bool> doNotContact = {};
    bool noNumber = false; ///< people without an E.164 number
    std::optional<BatchId> batch = {}; ///< people added by this import
    std::set<BlockView> blocks = {}; ///< in any of these views of the block ledger, at the current account
    bool marketingStopped = false; ///< told last at the current account
    bool noOptIn = false; ///< no opt-in on record: none known, or opted out
    bool disagree = false; ///< accounts answer differently: PersonRow::disagree
    friend bool operator==(const Filter &, const Filter &) = default;
    [[nodiscard]] bool isEmpty() const { return *this == Filter{}; }
};

enum class PersonColumn {
    Name = 0,
    Number,
    Country,
    Verdict,
    Stops,
    Block,
    Marketing,
    Consent,
    Tags,
    Organisation,
    Email,
    LastInbound,
    Created,
    Note
};

struct SortOrder {
    PersonColumn column = PersonColumn::Name;
    bool descending = false;
    friend bool operator==(const SortOrder &, const SortOrder &) = default;
};

/// A selection while the person is choosing: ids, or everything in the filter but some. Resolved once, at the click,
/// against the spine that the window shows.
struct Selection {
    bool wholeFilter = false;
    std::vector<PersonId> ids = {}; ///< chosen ids, or (wholeFilter) the exceptions
};

} // namespace rollcall
