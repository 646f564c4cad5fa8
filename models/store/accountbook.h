// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/account.h"

#include <functional>
#include <vector>

namespace rollcall {

class StoreThreads;

/// The configured gateways, without secrets. Each change is journalled ("account.add", "account.edit",
/// "account.remove").
class AccountBook {
public:
    explicit AccountBook(StoreThreads &threads);
    Call all(std::function<void(Result<std::vector<Account>>)> then);
    /// id null = new. Answers the id.
    Call save(const Account &account, std::function<void(Result<AccountId>)> then);
    Call remove(AccountId id, std::function<void(Done)> then); ///< its verdicts and runs stay, named by the old name

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
