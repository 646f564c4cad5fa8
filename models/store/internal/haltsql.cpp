// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/blocksql.h"

#include "models/base/failureword.h"
#include "models/store/internal/storethreads.h"

namespace rollcall::sql {

void keepHalt(Writing &writing, RunId run, const Failure &why)
{
    Statement(writing.db,
        "INSERT OR REPLACE INTO run_halts (run, why, code, subject, about_account, at_ms) VALUES (?, ?, ?, ?, ?, ?)",
        run, failureWord(why.kind), why.code, why.subject.left(300), why.aboutAccount, writing.wallMs)
        .run();
}

void dropHalt(Writing &writing, RunId run)
{
    Statement(writing.db, "DELETE FROM run_halts WHERE run = ?", run).run();
}

std::optional<Failure> haltAt(const Statement &row, int column)
{
    if (row.isNull(column))
        return std::nullopt;
    Failure failure;
    failure.kind = failureOfWord(row.text(column));
    failure.code = row.integer(column + 1);
    failure.subject = row.text(column + 2);
    failure.aboutAccount = row.number(column + 3) != 0;
    return failure;
}

} // namespace rollcall::sql
