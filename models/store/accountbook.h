// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/account.h"
#include "models/domain/accounttest.h"

#include <functional>
#include <map>
#include <vector>

namespace rollcall {

class StoreThreads;

/// The configured gateways, without secrets. Each change is journalled ("account.add", "account.edit",
/// "account.remove", "account.probe", "account.refused", "account.try-again").
class AccountBook {
public:
    explicit AccountBook(StoreThreads &threads);
    Call all(std::function<void(Result<std::vector<Account>>)> then);
    /// id null = new. Answers the id. `probe` and `refusals` are not taken from `account`: they stay as they were
    /// stored, and are emptied when kind, address or sender change (another gateway).
    Call save(const Account &account, std::function<void(Result<AccountId>)> then);
    Call remove(AccountId id, std::function<void(Done)> then); ///< its verdicts and runs stay, named by the old name
    /// Every stored "valid" of the account is told as unverified, "probe", from the commit of a CannotTell on, until a
    /// later probe says otherwise. What was stored as unverified stays so.
    Call setProbe(AccountId id, const TruthProbe &probe, std::function<void(Done)> then);
    /// Answers whether it is news; the first one of a capability stays.
    Call addRefusal(AccountId id, const LearnedRefusal &refusal, std::function<void(Result<bool>)> then);
    /// In the place of the account's test before; one without steps forgets it. Another connection forgets it as well
    /// (save(); the sandbox's port, another one at each start, is none). Not journalled here: the test itself is.
    Call keepTest(AccountId id, const AccountTest &test, std::function<void(Done)> then);
    Call tests(std::function<void(Result<std::map<AccountId, AccountTest>>)> then); ///< of the accounts not removed
    Call forgetRefusals(AccountId id, std::function<void(Done)> then);

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
