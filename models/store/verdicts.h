// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/verdict.h"

#include <functional>
#include <vector>

namespace rollcall {

class StoreThreads;

struct StoredVerdict {
    qint64 id = 0; ///< as Verdicts::list() answers it
    AliasKey alias = {};
    PersonId person = {}; ///< one of those who have the alias, null = nobody any more
    QString name = {}; ///< that person's name
    Verdict verdict = {};
};

/// Which verdicts the Checks page lists.
struct VerdictFilter {
    std::optional<RunId> run = {};
    std::optional<AccountId> account = {};
    std::vector<VerdictWord> words = {};
    QString text = {};
};

/// Every verdict, history kept; the newest fresh one counts, per account and alias. Written only by RunBook::answer().
class Verdicts {
public:
    explicit Verdicts(StoreThreads &threads);
    /// Ids (rowids) of the verdicts that match, newest first.
    Call list(const VerdictFilter &filter, std::function<void(Result<std::vector<qint64>>)> then);
    Call rows(const std::vector<qint64> &ids, std::function<void(Result<std::vector<StoredVerdict>>)> then);
    /// Everybody who has the alias of one of these verdicts, as rows() answers them, each once.
    Call whom(const std::vector<qint64> &ids, std::function<void(Result<std::vector<PersonId>>)> then);
    /// The newest verdict per alias at this account, for aliases that have one.
    Call newest(AccountId account, const std::vector<AliasKey> &aliases,
        std::function<void(Result<std::vector<StoredVerdict>>)> then);

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
