// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/exchange/importer.h"
#include "models/gateways/gateway.h"
#include "models/store/people.h"
#include "models/store/store.h"
#include "tests/support/answer.h"
#include "tests/support/rushclock.h"
#include "tests/support/sandboxfixture.h"

#include <QDir>
#include <QTemporaryDir>

namespace rollcall::tests {

inline Account wawpAccount(const QUrl &address, const SandboxOptions &options = {})
{
    Account account;
    account.id = AccountId(7);
    account.name = QStringLiteral("Phone shop");
    account.kind = GatewayKind::Wawp;
    account.address = address;
    account.sender = QString::fromStdString(options.wawpInstance);
    return account;
}

inline Account sendApiAccount(const QUrl &address)
{
    Account account = wawpAccount(address);
    account.kind = GatewayKind::SendApi;
    account.sender = QStringLiteral("sess_1");
    return account;
}

/// A checked store on disk, an importer, and one gateway over real sockets. Time runs 200 times faster.
struct GatewayPlace {
    GatewayPlace(const Account &forAccount, const QString &token)
        : account(forAccount)
        , store(*Store::open(folder.path(), clock))
        , importer(std::make_unique<Importer>(*store, folder.path()))
        , gateway(
              account,
              [this, token](auto then) {
                  return clock.after(0, [token, then] {
                      Credentials credentials;
                      credentials.token = Secret::fromTyped(token);
                      then(credentials);
                  });
              },
              clock)
    {
        if (!answerOf<Nothing>([&](auto then) { return store->checkFile(false, then); }))
            qFatal("the store cannot be checked");
    }
    /// The sandbox's Wawp.
    explicit GatewayPlace(SandboxFixture &sandbox)
        : GatewayPlace(
            wawpAccount(QUrl(QString::fromStdString(sandbox.server().wawpAddress())), sandbox.server().options()),
            QString::fromStdString(sandbox.server().options().wawpToken))
    {
    }
    [[nodiscard]] auto gatewayOf()
    {
        return [this](AccountId id) { return id == account.id ? &gateway : nullptr; };
    }
    [[nodiscard]] bool stagingFileLeft() const
    {
        return !QDir(folder.path()).entryList({QStringLiteral("import-*.staging*")}, QDir::Files).isEmpty();
    }
    std::vector<PersonRow> people()
    {
        const auto spine = answerOf<Spine>([&](auto then) { return store->people().spine({}, {}, {}, then); });
        return *answerOf<std::vector<PersonRow>>([&](auto then) { return store->people().rows(*spine, {}, then); });
    }
    QTemporaryDir folder;
    RushClock clock{200};
    Account account;
    std::unique_ptr<Store> store;
    std::unique_ptr<Importer> importer;
    Gateway gateway;
};

} // namespace rollcall::tests
