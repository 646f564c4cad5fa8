// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace rollcall {

/// What erasing a person does in one table. The one list of where personal data lies: a new table needs a line here, or
/// the test models_store_eraserules_test fails; it fills every column of the schema with a person's data, erases them
/// and looks for what is left. Remote requests in a new table are counted in sql::openRemote() as well. Internal to
/// models/store.
struct EraseRule {
    enum class By {
        Person, ///< rows whose `column` is the person's id
        Alias, ///< rows whose `column` is an alias that is nobody else's
        Words, ///< rows whose text in `column` names the person
        Apart, ///< erasing handles the table in code of its own, or it holds nothing about anybody; `act` says why
    };
    const char *table;
    By by;
    const char *column = "";
    const char *act
        = ""; ///< Person, Alias: "" = the row goes, else what is SET. Words: the text that stands there then
    const char *key = ""; ///< Words: what identifies a row, one or two columns of integers
    int since = 1; ///< schema version from which it holds: a copy of an earlier one has no such column
};

[[nodiscard]] const std::vector<EraseRule> &eraseRules();

} // namespace rollcall
