// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/checkplace.h"

#include "tests/support/answer.h"

namespace rollcall::tests {

namespace {

template <class T> T must(Result<T> result, const char *what)
{
    if (!result)
        qFatal("%s: %s", what, qPrintable(result.failure().detail));
    return *std::move(result);
}

} // namespace

CheckPlace::CheckPlace()
    : settings(std::make_unique<Settings>(folder.path()))
    , store(must(Store::open(folder.path(), clock), "store"))
    , secrets(makeMemorySecrets())
    , accounts(std::make_unique<Accounts>(*store, *secrets, clock))
{
    must(answerOf<Nothing>([&](auto then) { return store->checkFile(false, then); }), "quick check");
    must(answerOf<Nothing>([&](auto then) { return accounts->load(then); }), "accounts");
    accountId = must(answerOf<AccountId>([&](auto then) {
        return accounts->useSandbox(sandbox.address(), sandbox.user(), Secret::fromTyped(sandbox.password()), then);
    }),
        "sandbox account");
    runner = std::make_unique<Runner>(
        *store, Runner::GatewayOf([this](AccountId id) { return accounts->gateway(id); }),
        [this](AccountId id) {
            const Account *found = account(id);
            return found ? found->budget : CheckBudget{0, 0, 0};
        },
        clock);
    desk = std::make_unique<CheckDesk>(*store, *runner);
}

CheckPlace::~CheckPlace() = default;

void CheckPlace::change(const std::function<void(Account &)> &edit)
{
    Account changed = *account(accountId);
    edit(changed);
    must(answerOf<Accounts::Saved>(
             [&](auto then) { return accounts->save(changed, Secret::fromTyped(sandbox.password()), then); }),
        "account");
}

} // namespace rollcall::tests
