// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/checkworld.h"

#include "models/gateways/gateway.h"
#include "models/store/stops.h"
#include "models/store/verdicts.h"
#include "tests/support/answer.h"

namespace rollcall::tests {
namespace {

/// What a test cannot go on without.
template <class T> T must(Result<T> result, const char *what)
{
    if (!result)
        qFatal("%s: %s", what, qPrintable(result.failure().detail));
    return *std::move(result);
}

} // namespace

CheckWorld::CheckWorld(Clock &clock, std::unique_ptr<Secrets> keychain)
    : m_clock(clock)
    , m_keychain(std::move(keychain))
{
    open();
}

CheckWorld::~CheckWorld()
{
    close();
}

void CheckWorld::open()
{
    m_store = must(Store::open(m_folder.filePath(QStringLiteral("profile")), m_clock), "open");
    m_store->setOperator(QStringLiteral("Test"));
    must(answerOf<Nothing>([&](auto then) { return m_store->checkFile(false, then); }), "checkFile");
    must(answerOf<Nothing>([&](auto then) { return m_store->stops().load(then); }), "stops");
    m_accounts = std::make_unique<Accounts>(*m_store, *m_keychain, m_clock);
    must(answerOf<Nothing>([&](auto then) { return m_accounts->load(then); }), "accounts");
    const auto gatewayOf = [accounts = m_accounts.get()](AccountId id) { return accounts->gateway(id); };
    const auto budgetOf = [accounts = m_accounts.get()](AccountId id) {
        const Account *account = accounts->find(id);
        return account ? account->budget : CheckBudget{};
    };
    m_runner = std::make_unique<Runner>(*m_store, Runner::GatewayOf(gatewayOf), budgetOf, m_clock);
    m_desk = std::make_unique<CheckDesk>(*m_store, *m_runner);
    QObject::connect(m_runner.get(), &Runner::progressed, m_runner.get(),
        [this](const RunProgress &progress) { m_told[progress.summary.id] = progress; });
    QObject::connect(m_runner.get(), &Runner::finished, m_runner.get(), [this](const RunProgress &progress) {
        m_told[progress.summary.id] = progress;
        m_over[progress.summary.id] = progress;
    });
}

void CheckWorld::close()
{
    m_desk.reset();
    m_runner.reset();
    m_accounts.reset();
    m_store.reset();
    m_told.clear();
}

AccountId CheckWorld::addAccount(const QUrl &address, const QString &user, const QString &password, CheckBudget budget)
{
    Account account;
    account.name = QStringLiteral("Node");
    account.address = address;
    account.user = user;
    account.budget = budget;
    account.region = QStringLiteral("GB");
    account.registeredCountryCode = 44;
    const auto saved = must(answerOf<Accounts::Saved>([&](auto then) {
        return m_accounts->save(account, Secret::fromTyped(password), then);
    }),
        "save account");
    m_account = saved.id;
    return m_account;
}

Account CheckWorld::account() const
{
    const Account *account = m_accounts->find(m_account);
    return account ? *account : Account{};
}

std::vector<PersonId> CheckWorld::addPeople(const QStringList &numbers)
{
    std::vector<PersonId> added;
    for (const QString &number : numbers) {
        PersonFields fields;
        fields.name = QStringLiteral("P ") + number;
        fields.number = parsePhoneNumber(number, QStringLiteral("GB"));
        m_numbers[fields.number.key()] = number;
        added.push_back(
            must(answerOf<PersonId>([&](auto then) { return m_store->people().add(fields, then); }), "add person"));
    }
    return added;
}

CheckPlan CheckWorld::plan(const std::vector<PersonId> &people, const RunOptions &options)
{
    return must(answerOf<CheckPlan>([&](auto then) { return m_desk->plan(people, account(), options, then); }), "plan");
}

RunId CheckWorld::start(const std::vector<PersonId> &people, const RunOptions &options)
{
    const CheckPlan plan = this->plan(people, options);
    return must(answerOf<RunId>([&](auto then) { return m_desk->start(plan, account(), options, then); }), "start run");
}

RunId CheckWorld::startNumbers(const QStringList &numbers, const RunOptions &options)
{
    std::vector<RunItem> items;
    for (const QString &number : numbers) {
        RunItem item;
        item.alias = parsePhoneNumber(number, {}).key();
        item.ask = number;
        m_numbers[item.alias] = number;
        items.push_back(item);
    }
    return must(answerOf<RunId>([&](auto then) {
        m_runner->create(m_account, options, items, 0, then);
        return Call();
    }),
        "start run");
}

RunSummary CheckWorld::summary(RunId run)
{
    return must(answerOf<RunSummary>([&](auto then) { return m_store->runs().summary(run, then); }), "summary");
}

std::vector<RunItem> CheckWorld::items(RunId run)
{
    return must(answerOf<std::vector<RunItem>>([&](auto then) { return m_store->runs().items(run, then); }), "items");
}

std::map<QString, Verdict> CheckWorld::verdicts()
{
    std::vector<AliasKey> aliases;
    for (const auto &[alias, number] : m_numbers)
        aliases.push_back(alias);
    const auto found = must(answerOf<std::vector<StoredVerdict>>(
                                [&](auto then) { return m_store->verdicts().newest(m_account, aliases, then); }),
        "verdicts");
    std::map<QString, Verdict> verdicts;
    for (const StoredVerdict &stored : found)
        verdicts[m_numbers.at(stored.alias)] = stored.verdict;
    return verdicts;
}

BudgetUse CheckWorld::budgetUse()
{
    return must(
        answerOf<BudgetUse>([&](auto then) { return m_store->runs().budgetUse(m_account, account().budget, then); }),
        "budget");
}

std::optional<RunProgress> CheckWorld::told(RunId run) const
{
    const auto found = m_told.find(run);
    return found == m_told.end() ? std::nullopt : std::optional(found->second);
}

} // namespace rollcall::tests
