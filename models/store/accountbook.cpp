// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/accountbook.h"

#include "models/store/internal/storethreads.h"

namespace rollcall {

namespace {

constexpr char columns[]
    = "name, kind, address, user, sender, ca_file, region, country_code, keep_seconds, per_hour, per_day,"
      " cool_down, sandbox, has_secret, cannot_tell";

Account accountAt(const Statement &row)
{
    Account account;
    account.id = AccountId(row.number(0));
    account.name = row.text(1);
    account.kind = GatewayKind(row.integer(2));
    account.address = QUrl(row.text(3));
    account.user = row.text(4);
    account.sender = row.text(5);
    account.caFile = row.text(6);
    account.region = row.text(7);
    account.registeredCountryCode = row.integer(8);
    account.keepSeconds = row.number(9);
    account.budget = {row.integer(10), row.integer(11), row.number(12)};
    account.sandbox = row.number(13) != 0;
    account.hasStoredSecret = row.number(14) != 0;
    account.cannotTell = row.text(15);
    return account;
}

void bindAccount(Statement &row, const Account &account, const std::optional<qint64> &id)
{
    row.bind(id, account.name, int(account.kind), account.address.toString(QUrl::FullyEncoded), account.user,
        account.sender, account.caFile, account.region, account.registeredCountryCode, account.keepSeconds,
        account.budget.perHour, account.budget.perDay, account.budget.coolDownSeconds, account.sandbox,
        account.hasStoredSecret, account.cannotTell);
}

Result<AccountId> saveAccount(Writing &writing, const Account &account)
{
    Connection &db = writing.db;
    const bool isNew = account.id.isNull();
    AccountId id = account.id;
    {
        const QByteArray insert = QByteArray("INSERT INTO accounts (id, ") + columns
            + ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
        const QByteArray update = QByteArray("UPDATE accounts SET (") + columns
            + ") = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) WHERE id = ?1 AND NOT removed";
        Statement row(db, isNew ? insert : update);
        bindAccount(row, account, isNew ? std::nullopt : std::optional(id.value()));
        row.run();
    }
    if (isNew)
        id = AccountId(db.lastId());
    else if (!db.failed() && db.changes() == 0)
        return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("account %1").arg(id.value())};
    writing.journal({.act = isNew ? QStringLiteral("account.add") : QStringLiteral("account.edit"),
        .subject = id.value(),
        .outcome = QStringLiteral("done"),
        .details = journal::details("name", account.name)});
    writing.change.kinds |= Change::AccountsChanged;
    return id;
}

} // namespace

AccountBook::AccountBook(StoreThreads &threads)
    : m_threads(threads)
{
}

Call AccountBook::all(std::function<void(Result<std::vector<Account>>)> then)
{
    return m_threads.read<std::vector<Account>>(
        [](Connection &db, const TimeView &) {
            std::vector<Account> accounts;
            Statement row(db, QByteArray("SELECT id, ") + columns + " FROM accounts WHERE NOT removed ORDER BY id");
            while (row.step())
                accounts.push_back(accountAt(row));
            return accounts;
        },
        std::move(then));
}

Call AccountBook::save(const Account &account, std::function<void(Result<AccountId>)> then)
{
    return m_threads.write<AccountId>(
        [account](Writing &writing) { return saveAccount(writing, account); }, std::move(then));
}

Call AccountBook::remove(AccountId id, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [id](Writing &writing) -> Result<Nothing> {
            Statement name(writing.db, "SELECT name FROM accounts WHERE id = ? AND NOT removed", id);
            if (!name.step())
                return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("account %1").arg(id.value())};
            const QString details = journal::details("name", name.text(0));
            Statement(writing.db, "UPDATE accounts SET removed = 1 WHERE id = ?", id).run();
            writing.journal({.act = QStringLiteral("account.remove"),
                .subject = id.value(),
                .outcome = QStringLiteral("done"),
                .details = details});
            writing.change.kinds |= Change::AccountsChanged;
            return Nothing{};
        },
        std::move(then));
}

} // namespace rollcall
