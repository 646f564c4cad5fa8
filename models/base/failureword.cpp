// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/failureword.h"

#include <algorithm>
#include <array>

namespace rollcall {

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

QString failureWord(Failure::Kind kind)
{
    const auto word
        = std::find_if(kindWords.begin(), kindWords.end(), [kind](const KindWord &one) { return one.kind == kind; });
    return word == kindWords.end() ? QStringLiteral("storage") : QString(word->word);
}

Failure::Kind failureOfWord(const QString &word)
{
    const auto found
        = std::find_if(kindWords.begin(), kindWords.end(), [&word](const KindWord &one) { return one.word == word; });
    return found == kindWords.end() ? Kind::Storage : found->kind;
}

} // namespace rollcall
