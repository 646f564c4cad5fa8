// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/accounts/credentialstore.h"

#include "models/base/chain.h"

namespace rollcall {
namespace {

/// What it means that a secret could not be read, in the light of what the program remembers.
Failure meaningOf(const Account &account, const Failure &failure)
{
    if (failure.kind != Failure::Kind::NotFound)
        return failure;
    if (account.hasStoredSecret)
        return {Failure::Kind::KeychainLocked, QStringLiteral("the keychain does not show the saved secret"), {}, 0,
            account.name};
    return {Failure::Kind::Unauthorised, QStringLiteral("no password or key is saved"), {}, 0, account.name};
}

} // namespace

CredentialStore::CredentialStore(Secrets &keychain)
    : m_keychain(keychain)
    , m_memory(makeMemorySecrets())
{
}

Credentials CredentialStore::credentialsOf(const Account &account, const Secret &secret)
{
    Credentials credentials;
    credentials.user = account.user;
    if (dialectOf(account.kind).hasLogin())
        credentials.password = secret;
    else
        credentials.token = secret;
    return credentials;
}

Call CredentialStore::keep(const Account &account, const Secret &secret, std::function<void(Kept)> then)
{
    const QString key = account.secretKey();
    return m_keychain.write(key, secret, [this, account, secret, key, then = std::move(then)](const Done &done) {
        if (done) {
            hold(m_memory->forget(key, [](const Done &) {})); // an older one kept for the session must not win
            then({});
        } else {
            keepInMemory(account, secret);
            then({SecretPlace::SessionMemory, done.failure()});
        }
    });
}

void CredentialStore::keepInMemory(const Account &account, const Secret &secret)
{
    hold(m_memory->write(account.secretKey(), secret, [](const Done &) {}));
}

void CredentialStore::forget(const Account &account)
{
    hold(m_memory->forget(account.secretKey(), [](const Done &) {}));
    if (!account.sandbox)
        hold(m_keychain.forget(account.secretKey(), [](const Done &) {}));
}

Call CredentialStore::read(const Account &account, std::function<void(Result<Credentials>)> then)
{
    const Chain chain;
    chain.next(m_memory->read(
        account.secretKey(), [this, chain, account, then = std::move(then)](const Result<Secret> &inMemory) {
            if (inMemory || account.sandbox) {
                if (chain.close())
                    then(inMemory ? Result<Credentials>(credentialsOf(account, *inMemory))
                                  : Result<Credentials>(meaningOf(account, inMemory.failure())));
                return;
            }
            chain.next(m_keychain.read(account.secretKey(), [chain, account, then](const Result<Secret> &stored) {
                if (!chain.close())
                    return;
                if (stored)
                    then(credentialsOf(account, *stored));
                else
                    then(meaningOf(account, stored.failure()));
            }));
        }));
    return chain.call();
}

void CredentialStore::hold(Call call)
{
    m_calls.remove_if([](const Call &old) { return !old.isOpen(); });
    m_calls.push_back(std::move(call));
}

} // namespace rollcall
