// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/person.h"
#include "models/store/internal/storethreads.h"

#include <QStringList>
#include <vector>

namespace rollcall {

/// Who is to be erased, in words that hold in every copy of the file: ids of aliases differ after a restore. Internal
/// to models/store.
struct EraseTarget {
    PersonId id = {};
    qint64 createdMs = 0; ///< with the id: the same person also in a copy
    struct Name {
        AliasKind kind = AliasKind::Typed;
        qint64 e164 = 0; ///< of an alias that is a number; then there is no text
        QString text = {};
        bool shared = false; ///< somebody else who stays goes by it too
        /// They went by it once, or WhatsApp may write it so: what is kept under it goes, but it is not stopped (it may
        /// be a stranger's number by now, or never was theirs).
        bool former = false;
    };
    std::vector<Name> aliases = {};
    QStringList names = {}; ///< present and earlier ones, and what gateways told; none that somebody else here has too
    QStringList texts = {}; ///< notes, e-mails, numbers as typed
    qint64 sharing = 0;

    /// Whether a free text names the person: by name (as whole words), e-mail, note, or number in any spelling.
    [[nodiscard]] bool isNamedIn(const QString &text) const;
    /// The bytes that must not be found in a file afterwards, each as UTF-8 and UTF-16.
    [[nodiscard]] QList<QByteArray> needles() const;
};

namespace sql {

/// Nothing when there is no such person.
[[nodiscard]] std::optional<EraseTarget> eraseTarget(Connection &db, PersonId person);
/// Requests of the person that are planned, under way or unclear.
[[nodiscard]] qint64 openRemote(Connection &db, const EraseTarget &target);

struct Erased {
    std::vector<qint64> entries = {}; ///< journal entries whose details went
    qint64 rows = 0;
};
/// Takes the person out of the tables of one file, leaves the stop, and appends the journal entry.
Erased erasePerson(Writing &writing, const EraseTarget &target);

} // namespace sql

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
