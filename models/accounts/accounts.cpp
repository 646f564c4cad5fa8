// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/accounts/accounts.h"

#include "models/accounts/connectiontest.h"
#include "models/accounts/credentialstore.h"
#include "models/accounts/truthprobe.h"
#include "models/base/chain.h"
#include "models/base/log.h"
#include "models/gateways/way.h"
#include "models/store/accountbook.h"
#include "models/store/journal.h"
#include "models/store/store.h"

#include <algorithm>
#include <list>
#include <map>

namespace rollcall {
namespace {

/// Is the gateway of both reached in the same way? The sandbox has another port at each start.
bool sameConnection(const Account &a, const Account &b)
{
    return a.kind == b.kind && (a.address == b.address || (a.sandbox && b.sandbox)) && a.sender == b.sender
        && a.user == b.user && a.caFile == b.caFile;
}

/// A connection test of fields that are not saved (yet).
struct TriedFields {
    Account account = {};
    Secret secret = {};
    AccountTest test = {};
};

} // namespace

struct Accounts::Parts {
    Parts(Accounts &accounts, Store &openStore, Secrets &keychain, Clock &time)
        : self(accounts)
        , store(openStore)
        , credentials(keychain)
        , clock(time)
    {
    }

    Account *find(AccountId id)
    {
        const auto found = std::find_if(all.begin(), all.end(), [id](const Account &a) { return a.id == id; });
        return found == all.end() ? nullptr : &*found;
    }

    void hold(Call call)
    {
        calls.remove_if([](const Call &old) { return !old.isOpen(); });
        calls.push_back(std::move(call));
    }

    /// The account as it is in the store now. Its gateway is made anew at the next use; the old one finishes what it
    /// was asked, since its callers still wait, and goes with the session.
    void take(const Account &account)
    {
        if (Account *known = find(account.id))
            *known = account;
        else
            all.push_back(account);
        retire(account.id);
        emit self.changed();
    }

    void retire(AccountId id)
    {
        auto node = gateways.extract(id);
        if (node.empty())
            return;
        node.mapped()->onRefused({}); // what the old one still learns is not true of the new one
        former[id] = node.mapped().get();
        retired.push_back(std::move(node.mapped()));
    }

    /// The engine of this account said no to something: nobody offers or asks it again, in this session at once.
    void refused(AccountId id, const LearnedRefusal &refusal)
    {
        Account *account = find(id);
        if (!account || !account->learn(refusal))
            return;
        hold(store.accounts().addRefusal(id, refusal, [](const Result<bool> &stored) {
            if (!stored)
                log::warning("accounts", QStringLiteral("a refusal was not stored: ") + stored.failure().detail);
        }));
        emit self.changed();
    }

    /// What was learned changed, not the gateway: it keeps its session and what it was asked.
    void learned(AccountId id, const std::function<void(Account &)> &change)
    {
        Account *account = find(id);
        if (!account)
            return;
        change(*account);
        const auto open = gateways.find(id);
        if (open != gateways.end() && open->second)
            open->second->setLearned(*account);
        emit self.changed();
    }

    void keepTest(AccountId id, const AccountTest &test)
    {
        tests[id] = test;
        hold(store.accounts().keepTest(id, test, [](const Done &kept) {
            if (!kept)
                log::warning("accounts", QStringLiteral("a test was not stored: ") + kept.failure().detail);
        }));
    }

    void tested(const Account &fields, const Secret &secret, const AccountTest &test)
    {
        const Account *saved = find(fields.id);
        if (!saved || !secret.isEmpty() || !sameConnection(*saved, fields)) {
            tried = TriedFields{fields, secret, test};
            return;
        }
        keepTest(fields.id, test);
        emit self.changed();
    }

    /// Another connection or secret: what was found before is not true of it, what was tried with these very fields is.
    void connectionSaved(const Account &saved, const Account &before, const Secret &secret)
    {
        if (tried && sameConnection(tried->account, saved) && tried->secret.reveal() == secret.reveal())
            keepTest(saved.id, tried->test);
        else if (tests.contains(saved.id) && (!sameConnection(before, saved) || (!secret.isEmpty() && !saved.sandbox)))
            keepTest(saved.id, {});
        tried.reset();
    }

    void saveProbe(const Account &asked, TruthProbe::Outcome outcome, std::function<void(Result<TruthProbe>)> then);

    void write(const Account &account, std::function<void(Result<AccountId>)> then)
    {
        hold(store.accounts().save(account, [this, account, then = std::move(then)](const Result<AccountId> &id) {
            if (id) {
                Account saved = account;
                saved.id = *id;
                const Account *before = find(*id);
                saved.takeLearned(before ? *before : Account());
                take(saved);
            }
            then(id);
        }));
    }

    void keepSecret(const Account &account, const Secret &secret, bool hadOne, std::function<void(Result<Saved>)> then);

    const Account *sandboxAccountOf(GatewayKind kind) const
    {
        const auto found = std::find_if(
            all.begin(), all.end(), [kind](const Account &one) { return one.sandbox && one.kind == kind; });
        return found == all.end() ? nullptr : &*found;
    }

    Call openDoors(std::vector<SandboxDoor> wanted, std::function<void(Result<AccountId>)> then);
    void openNext(const Chain &chain, const std::shared_ptr<std::vector<SandboxDoor>> &wanted, size_t at,
        AccountId first, const std::function<void(Result<AccountId>)> &then);

    Accounts &self;
    Store &store;
    CredentialStore credentials;
    Clock &clock;
    std::vector<Account> all;
    std::map<AccountId, std::unique_ptr<Gateway>> gateways;
    std::vector<std::unique_ptr<Gateway>> retired;
    std::map<AccountId, const Gateway *> former; ///< the last retired one of an account
    std::map<AccountId, AccountTest> tests; ///< the last of each
    std::optional<TriedFields> tried;
    std::vector<SandboxDoor> doors; ///< of the sandbox that runs; the on-premises one first
    std::list<Call> calls; ///< steps of save and remove: they end even when nobody listens any more
};

void Accounts::Parts::keepSecret(
    const Account &account, const Secret &secret, bool hadOne, std::function<void(Result<Saved>)> then)
{
    hold(credentials.keep(
        account, secret, [this, account, hadOne, then = std::move(then)](const CredentialStore::Kept &kept) {
            retire(account.id); // a session of the old password must not live on
            const Saved saved{account.id, kept.place, kept.keychain};
            if (kept.place == SecretPlace::Keychain || hadOne) {
                then(saved);
                return;
            }
            // The mark was set before the keychain was asked, so that a crash in between cannot lose it.
            Account without = account;
            without.hasStoredSecret = false;
            write(without, [saved, then](const Result<AccountId> &id) {
                if (id)
                    then(saved);
                else
                    then(id.failure());
            });
        }));
}

Call Accounts::Parts::openDoors(std::vector<SandboxDoor> wanted, std::function<void(Result<AccountId>)> then)
{
    const Chain chain;
    // Nothing is answered before the caller holds the Call.
    chain.next(clock.after(0,
        [this, chain, wanted = std::make_shared<std::vector<SandboxDoor>>(std::move(wanted)), then = std::move(then)] {
            openNext(chain, wanted, 0, {}, then);
        }));
    return chain.call();
}

/// One after the other, in the order in which they are shown; answers the account of the first.
void Accounts::Parts::openNext(const Chain &chain, const std::shared_ptr<std::vector<SandboxDoor>> &wanted, size_t at,
    AccountId first, const std::function<void(Result<AccountId>)> &then)
{
    for (; at < wanted->size(); ++at) {
        const SandboxDoor &door = (*wanted)[at];
        const Account *known = sandboxAccountOf(door.kind);
        const Account account = sandboxAccount(door, known);
        if (!known || known->address != account.address || known->user != account.user
            || known->sender != account.sender) {
            chain.next(
                self.save(account, door.secret, [this, chain, wanted, at, first, then](const Result<Saved> &saved) {
                    if (saved)
                        openNext(chain, wanted, at + 1, at == 0 ? saved->id : first, then);
                    else if (chain.close())
                        then(saved.failure());
                }));
            return;
        }
        credentials.keepInMemory(account, door.secret);
        first = at == 0 ? account.id : first;
    }
    if (!chain.close())
        return;
    emit self.changed();
    then(first);
}

Accounts::Accounts(Store &store, Secrets &keychain, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(*this, store, keychain, clock))
{
}

Accounts::~Accounts() = default;

Call Accounts::load(std::function<void(Done)> then)
{
    const Chain chain;
    const auto answer = [chain, then = std::move(then)](const Done &done) {
        if (chain.close())
            then(done);
    };
    chain.next(m_parts->store.accounts().all([this, chain, answer](Result<std::vector<Account>> all) {
        if (!all)
            return answer(all.failure());
        m_parts->all = *std::move(all);
        chain.next(m_parts->store.accounts().tests([this, answer](Result<std::map<AccountId, AccountTest>> tests) {
            if (tests)
                m_parts->tests = *std::move(tests);
            else // what was tested once is no reason to stand without accounts
                log::warning("accounts", QStringLiteral("the tests: ") + tests.failure().detail);
            emit changed();
            answer(Nothing{});
        }));
    }));
    return chain.call();
}

AccountTest Accounts::lastTest(AccountId id) const
{
    const auto found = m_parts->tests.find(id);
    return found == m_parts->tests.end() ? AccountTest() : found->second;
}

std::optional<Failure> Accounts::addressProblem(const QUrl &address)
{
    return rollcall::addressProblem(address);
}

QString Accounts::keychainName() const
{
    return m_parts->credentials.keychainName();
}

const std::vector<Account> &Accounts::all() const
{
    return m_parts->all;
}

const Account *Accounts::find(AccountId id) const
{
    return m_parts->find(id);
}

Call Accounts::save(const Account &account, const Secret &secret, std::function<void(Result<Saved>)> then)
{
    auto state = std::make_shared<Call::State>();
    const auto answer = [state, then = std::move(then)](const Result<Saved> &saved) {
        if (std::exchange(state->open, false))
            then(saved);
    };
    const Account *known = m_parts->find(account.id);
    const bool hadOne = known && known->hasStoredSecret;
    Account stored = account;
    stored.hasStoredSecret = hadOne || (!secret.isEmpty() && !account.sandbox);
    const Account before = known ? *known : Account();
    m_parts->write(stored, [this, stored, before, secret, hadOne, answer](const Result<AccountId> &id) {
        if (!id) {
            answer(id.failure());
            return;
        }
        Account saved = stored;
        saved.id = *id;
        m_parts->connectionSaved(saved, before, secret);
        if (secret.isEmpty()) {
            answer(Saved{*id, hadOne ? SecretPlace::Keychain : SecretPlace::SessionMemory, {}});
        } else if (saved.sandbox) {
            m_parts->credentials.keepInMemory(saved, secret);
            answer(Saved{*id, SecretPlace::SessionMemory, {}});
        } else {
            m_parts->keepSecret(saved, secret, hadOne, answer);
        }
    });
    return Call(state);
}

Call Accounts::remove(AccountId id, std::function<void(Done)> then)
{
    auto state = std::make_shared<Call::State>();
    m_parts->hold(m_parts->store.accounts().remove(id, [this, id, state, then = std::move(then)](const Done &done) {
        if (done) {
            if (const Account *account = m_parts->find(id))
                m_parts->credentials.forget(*account);
            std::erase_if(m_parts->all, [id](const Account &a) { return a.id == id; });
            m_parts->tests.erase(id);
            m_parts->retire(id);
            emit changed();
        }
        if (std::exchange(state->open, false))
            then(done);
    }));
    return Call(state);
}

Gateway *Accounts::gateway(AccountId id)
{
    const Account *account = m_parts->find(id);
    if (!account)
        return nullptr;
    auto &slot = m_parts->gateways[id];
    if (!slot) {
        const auto source = [parts = m_parts.get(), account = *account](std::function<void(Result<Credentials>)> then) {
            return parts->credentials.read(account, std::move(then));
        };
        slot = std::make_unique<Gateway>(*account, source, m_parts->clock);
        const auto before = m_parts->former.find(id);
        if (before != m_parts->former.end() && before->second->account().address == account->address)
            slot->keepPace(*before->second);
        slot->onRefused([parts = m_parts.get(), id](const LearnedRefusal &refusal) { parts->refused(id, refusal); });
    }
    return slot.get();
}

Call Accounts::test(
    const Account &account, const Secret &secret, std::function<void(TestStep)> step, std::function<void(Done)> then)
{
    Account tried = account;
    const Account *known = m_parts->find(account.id);
    if (known)
        tried.hasStoredSecret = known->hasStoredSecret;
    tried.takeLearned(known ? *known : Account());
    CredentialsSource source;
    if (secret.isEmpty()) {
        source = [parts = m_parts.get(), tried](std::function<void(Result<Credentials>)> give) {
            return parts->credentials.read(tried, std::move(give));
        };
    } else {
        source = [parts = m_parts.get(), tried, secret](std::function<void(Result<Credentials>)> give) {
            return parts->clock.after(
                0, [tried, secret, give = std::move(give)] { give(CredentialStore::credentialsOf(tried, secret)); });
        };
    }
    const auto steps = std::make_shared<std::vector<TestStep>>();
    const auto heard = [steps, step = std::move(step)](const TestStep &told) {
        steps->push_back(told);
        step(told);
    };
    auto ended = [this, tried, secret, steps, then = std::move(then)](const Done &done) {
        JournalEntry entry;
        entry.act = QStringLiteral("connection.test");
        entry.subject = tried.id.value();
        const bool sent = steps->empty() || steps->front().state != TestStep::State::Skipped;
        entry.outcome = !done ? QStringLiteral("failed") : sent ? QStringLiteral("ok") : QStringLiteral("unsent");
        m_parts->hold(m_parts->store.journal().note(entry, [](const Done &) {}));
        m_parts->tested(tried, secret, {m_parts->clock.now().wallMs, *steps});
        then(done);
    };
    return ConnectionTest::start(
        std::make_shared<ConnectionTest>(tried, std::move(source), m_parts->clock, heard, std::move(ended)));
}

void Accounts::Parts::saveProbe(
    const Account &asked, TruthProbe::Outcome outcome, std::function<void(Result<TruthProbe>)> then)
{
    const Account *now = find(asked.id);
    if (!now || now->kind != asked.kind || now->address != asked.address || now->sender != asked.sender) {
        then(Failure{Failure::Kind::Cancelled, QStringLiteral("the account was changed during the probe")});
        return;
    }
    const TruthProbe probe{outcome, clock.now().wallMs};
    hold(store.accounts().setProbe(
        asked.id, probe, [this, id = asked.id, probe, then = std::move(then)](const Done &stored) {
            if (!stored) {
                then(stored.failure());
                return;
            }
            learned(id, [&probe](Account &account) { account.setProbe(probe); });
            then(probe);
        }));
}

Call Accounts::probe(AccountId id, std::function<void(Result<TruthProbe>)> then, std::function<bool()> mayLeave)
{
    Gateway *open = gateway(id);
    if (!open) {
        const Failure failure{Failure::Kind::NotFound, QStringLiteral("account %1").arg(id.value())};
        return m_parts->clock.after(0, [failure, then = std::move(then)] { then(failure); });
    }
    const Chain chain;
    auto answer = [chain, then = std::move(then)](const Result<TruthProbe> &probe) {
        if (chain.close())
            then(probe);
    };
    chain.next(ProbeRun::start(std::make_shared<ProbeRun>(m_parts->store, *open, m_parts->clock, std::move(mayLeave),
        [parts = m_parts.get(), asked = open->account(), answer](const Result<TruthProbe::Outcome> &outcome) {
            if (outcome)
                parts->saveProbe(asked, *outcome, answer);
            else
                answer(outcome.failure());
        })));
    return chain.call();
}

Call Accounts::forgetRefusals(AccountId id, std::function<void(Done)> then)
{
    auto state = std::make_shared<Call::State>();
    m_parts->hold(
        m_parts->store.accounts().forgetRefusals(id, [this, id, state, then = std::move(then)](const Done &done) {
            if (done)
                m_parts->learned(id, [](Account &account) { account.refusals.clear(); });
            if (std::exchange(state->open, false))
                then(done);
        }));
    return Call(state);
}

Call Accounts::useSandbox(
    const QUrl &address, const QString &user, const Secret &password, std::function<void(Result<AccountId>)> then)
{
    return useSandbox({SandboxDoor{GatewayKind::OnPrem, address, user, {}, password}}, std::move(then));
}

Call Accounts::useSandbox(std::vector<SandboxDoor> doors, std::function<void(Result<AccountId>)> then)
{
    m_parts->doors = std::move(doors);
    std::vector<SandboxDoor> wanted;
    wanted.reserve(m_parts->doors.size());
    for (const SandboxDoor &door : m_parts->doors)
        if (wanted.empty() || m_parts->sandboxAccountOf(door.kind))
            wanted.push_back(door);
    return m_parts->openDoors(std::move(wanted), std::move(then));
}

std::vector<GatewayKind> Accounts::sandboxKindsMissing() const
{
    std::vector<GatewayKind> missing;
    missing.reserve(m_parts->doors.size());
    for (const SandboxDoor &door : m_parts->doors)
        if (!m_parts->sandboxAccountOf(door.kind))
            missing.push_back(door.kind);
    return missing;
}

Call Accounts::addSandboxAccounts(std::function<void(Result<AccountId>)> then)
{
    std::vector<SandboxDoor> wanted;
    wanted.reserve(m_parts->doors.size());
    for (const SandboxDoor &door : m_parts->doors)
        if (!m_parts->sandboxAccountOf(door.kind))
            wanted.push_back(door);
    return m_parts->openDoors(std::move(wanted), std::move(then));
}

} // namespace rollcall
