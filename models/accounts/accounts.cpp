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

/// The built-in sandbox as it comes: a node registered with a British number (app/sandbox/sandboxoptions.h). Its checks
/// cost nothing, so the budget is wide enough for a training list; the cool-down is as everywhere.
Account sandboxAccount()
{
    Account account;
    account.name = QStringLiteral("Sandbox");
    account.kind = GatewayKind::OnPrem;
    account.region = QStringLiteral("GB");
    account.registeredCountryCode = 44;
    account.budget = {5'000, 50'000, 60};
    account.sandbox = true;
    return account;
}

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

    Accounts &self;
    Store &store;
    CredentialStore credentials;
    Clock &clock;
    std::vector<Account> all;
    std::map<AccountId, std::unique_ptr<Gateway>> gateways;
    std::vector<std::unique_ptr<Gateway>> retired;
    std::map<AccountId, const Gateway *> former; ///< the last retired one of an account
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

Accounts::Accounts(Store &store, Secrets &keychain, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(*this, store, keychain, clock))
{
}

Accounts::~Accounts() = default;

Call Accounts::load(std::function<void(Done)> then)
{
    return m_parts->store.accounts().all([this, then = std::move(then)](Result<std::vector<Account>> all) {
        if (!all) {
            then(all.failure());
            return;
        }
        m_parts->all = *std::move(all);
        emit changed();
        then(Nothing{});
    });
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
    m_parts->write(stored, [this, stored, secret, hadOne, answer](const Result<AccountId> &id) {
        if (!id) {
            answer(id.failure());
            return;
        }
        Account saved = stored;
        saved.id = *id;
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
    auto ended = [this, id = account.id, then = std::move(then)](const Done &done) {
        JournalEntry entry;
        entry.act = QStringLiteral("connection.test");
        entry.subject = id.value();
        entry.outcome = done ? QStringLiteral("ok") : QStringLiteral("failed");
        m_parts->hold(m_parts->store.journal().note(entry, [](const Done &) {}));
        then(done);
    };
    return ConnectionTest::start(
        std::make_shared<ConnectionTest>(tried, std::move(source), m_parts->clock, std::move(step), std::move(ended)));
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
    hold(store.accounts().setProbe(asked.id, probe, [this, id = asked.id, probe, then](const Done &stored) {
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
    const auto known
        = std::find_if(m_parts->all.begin(), m_parts->all.end(), [](const Account &a) { return a.sandbox; });
    Account account = known == m_parts->all.end() ? sandboxAccount() : *known;
    if (known != m_parts->all.end() && account.address == address && account.user == user) {
        m_parts->credentials.keepInMemory(account, password);
        return m_parts->clock.after(0, [id = account.id, then = std::move(then)] { then(id); });
    }
    account.address = address; // another port at each start
    account.user = user;
    return save(account, password, [then = std::move(then)](const Result<Saved> &saved) {
        if (saved)
            then(saved->id);
        else
            then(saved.failure());
    });
}

} // namespace rollcall
