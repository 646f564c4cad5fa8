// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/blocksql.h"

#include "models/store/internal/storethreads.h"

#include <algorithm>
#include <array>

namespace rollcall::sql {

namespace {

struct KindWord {
    Failure::Kind kind;
    QLatin1StringView word;
};

using Kind = Failure::Kind;

/// Stored: never changed. A kind of a newer Rollcall reads as Storage.
constexpr std::array kindWords{
    KindWord{Kind::Offline, QLatin1StringView("offline")},
    KindWord{Kind::Timeout, QLatin1StringView("timeout")},
    KindWord{Kind::Tls, QLatin1StringView("tls")},
    KindWord{Kind::Redirected, QLatin1StringView("redirected")},
    KindWord{Kind::TooLarge, QLatin1StringView("too-large")},
    KindWord{Kind::BadReply, QLatin1StringView("bad-reply")},
    KindWord{Kind::OutcomeUnknown, QLatin1StringView("outcome-unknown")},
    KindWord{Kind::Unauthorised, QLatin1StringView("unauthorised")},
    KindWord{Kind::RateLimited, QLatin1StringView("rate-limited")},
    KindWord{Kind::Refused, QLatin1StringView("refused")},
    KindWord{Kind::GatewayError, QLatin1StringView("gateway-error")},
    KindWord{Kind::Unsupported, QLatin1StringView("unsupported")},
    KindWord{Kind::Storage, QLatin1StringView("storage")},
    KindWord{Kind::DiskFull, QLatin1StringView("disk-full")},
    KindWord{Kind::ReadOnly, QLatin1StringView("read-only")},
    KindWord{Kind::Corrupt, QLatin1StringView("corrupt")},
    KindWord{Kind::NotFound, QLatin1StringView("not-found")},
    KindWord{Kind::BadInput, QLatin1StringView("bad-input")},
    KindWord{Kind::NoKeychain, QLatin1StringView("no-keychain")},
    KindWord{Kind::KeychainLocked, QLatin1StringView("keychain-locked")},
    KindWord{Kind::OverBudget, QLatin1StringView("over-budget")},
    KindWord{Kind::ClockMoved, QLatin1StringView("clock-moved")},
};

} // namespace

void keepHalt(Writing &writing, RunId run, const Failure &why)
{
    const auto word = std::find_if(
        kindWords.begin(), kindWords.end(), [&why](const KindWord &one) { return one.kind == why.kind; });
    Statement(writing.db,
        "INSERT OR REPLACE INTO run_halts (run, why, code, subject, about_account, at_ms) VALUES (?, ?, ?, ?, ?, ?)",
        run, QString(word == kindWords.end() ? QLatin1StringView("storage") : word->word), why.code,
        why.subject.left(300), why.aboutAccount, writing.wallMs)
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
    const QString told = row.text(column);
    const auto word
        = std::find_if(kindWords.begin(), kindWords.end(), [&told](const KindWord &one) { return one.word == told; });
    Failure failure;
    failure.kind = word == kindWords.end() ? Kind::Storage : word->kind;
    failure.code = row.integer(column + 1);
    failure.subject = row.text(column + 2);
    failure.aboutAccount = row.number(column + 3) != 0;
    return failure;
}

} // namespace rollcall::sql
