// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/accountbook.h"

#include "models/base/failureword.h"
#include "models/base/json.h"
#include "models/store/internal/storethreads.h"

namespace rollcall {

namespace {

constexpr char columns[]
    = "name, kind, address, user, sender, ca_file, region, country_code, keep_seconds, per_hour, per_day,"
      " cool_down, sandbox, has_secret, cannot_tell";
constexpr qsizetype longestFinding = 300; // a gateway's own word, from outside
constexpr char learnedColumns[] = ", probe_outcome, probe_ms";

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
    account.setProbe({TruthProbe::Outcome(row.integer(16)), row.number(17)});
    return account;
}

Failure noAccount(AccountId id)
{
    return {.kind = Failure::Kind::NotFound, .detail = QStringLiteral("account %1").arg(id.value())};
}

void bindAccount(Statement &row, const Account &account, const std::optional<qint64> &id)
{
    row.bind(id, account.name, int(account.kind), account.address.toString(QUrl::FullyEncoded), account.user,
        account.sender, account.caFile, account.region, account.registeredCountryCode, account.keepSeconds,
        account.budget.perHour, account.budget.perDay, account.budget.coolDownSeconds, account.sandbox,
        account.hasStoredSecret, account.cannotTell == QLatin1String(probeReason) ? QString() : account.cannotTell);
}

/// Before an update: another gateway behind the account has refused nothing yet and was never probed.
void forgetOtherGateway(Writing &writing, const Account &account)
{
    Connection &db = writing.db;
    Statement same(db,
        "SELECT probe_outcome FROM accounts WHERE id = ? AND kind = ? AND (sandbox OR address = ?) AND sender = ?",
        account.id, int(account.kind), account.address.toString(QUrl::FullyEncoded), account.sender);
    if (same.step())
        return;
    Statement old(db, "SELECT probe_outcome FROM accounts WHERE id = ?", account.id);
    if (old.step() && old.integer(0) == int(TruthProbe::Outcome::CannotTell))
        writing.change.kinds |= Change::VerdictsChanged;
    Statement(db, "UPDATE accounts SET probe_outcome = 0, probe_ms = 0 WHERE id = ?", account.id).run();
    Statement(db, "DELETE FROM account_refusals WHERE account = ?", account.id).run();
    Statement(db, "DELETE FROM fetches WHERE account = ?", account.id).run(); // pages of another phone's list
}

/// Before an update: what a test found is not true of another connection.
void forgetOtherTest(Writing &writing, const Account &account)
{
    Statement(writing.db,
        "DELETE FROM account_tests WHERE account = ?1 AND NOT EXISTS (SELECT 1 FROM accounts WHERE id = ?1"
        " AND kind = ?2 AND (sandbox OR address = ?3) AND sender = ?4 AND user = ?5 AND ca_file = ?6)",
        account.id, int(account.kind), account.address.toString(QUrl::FullyEncoded), account.sender, account.user,
        account.caFile)
        .run();
}

TestStep stepAt(const Statement &row)
{
    TestStep step;
    step.id = row.text(1);
    step.state = TestStep::State(row.integer(2));
    if (const QString failure = row.text(4); failure.isEmpty())
        step.outcome = row.text(3);
    else
        step.outcome = Failure{failureOfWord(failure), {}, {}, row.integer(5), row.text(3)};
    return step;
}

/// What of a probe stands in the journal.
QString probeOutcome(TruthProbe::Outcome outcome)
{
    switch (outcome) {
    case TruthProbe::Outcome::CanTell:
        return QStringLiteral("can-tell");
    case TruthProbe::Outcome::CannotTell:
        return QStringLiteral("cannot-tell");
    case TruthProbe::Outcome::None:
        break;
    }
    return QStringLiteral("none");
}

/// What the journal says of a saved account: its name and each setting that is another than before, as "was → is".
/// Secrets are not in the store. `bySomebody` is false when only the door of the built-in sandbox moved, which it does
/// at each start.
struct AccountChange {
    Json::Object details;
    bool bySomebody = true;
};

AccountChange changeOf(Connection &db, const Account &account)
{
    AccountChange change{{{QStringLiteral("name"), Json(account.name)}}};
    Statement row(db, QByteArray("SELECT id, ") + columns + learnedColumns + " FROM accounts WHERE id = ?", account.id);
    if (!row.step())
        return change;
    const Account old = accountAt(row);
    const auto compare = [&change](const char *key, const QString &was, const QString &is) {
        if (was != is)
            change.details.emplace_back(QString::fromLatin1(key), Json(QString(was + QStringLiteral(" → ") + is)));
    };
    const auto number = [](qint64 value) { return QString::number(value); };
    compare("renamed", old.name, account.name);
    compare("region", old.region, account.region);
    compare("country_code", number(old.registeredCountryCode), number(account.registeredCountryCode));
    compare("keep_seconds", number(old.keepSeconds), number(account.keepSeconds));
    compare("per_hour", number(old.budget.perHour), number(account.budget.perHour));
    compare("per_day", number(old.budget.perDay), number(account.budget.perDay));
    compare("cool_down", number(old.budget.coolDownSeconds), number(account.budget.coolDownSeconds));
    compare("ca_file", old.caFile, account.caFile);
    change.bySomebody = !account.sandbox || change.details.size() > 1;
    compare("address", old.address.toString(QUrl::FullyEncoded), account.address.toString(QUrl::FullyEncoded));
    compare("user", old.user, account.user);
    compare("sender", old.sender, account.sender);
    return change;
}

Result<AccountId> saveAccount(Writing &writing, const Account &account)
{
    Connection &db = writing.db;
    const bool isNew = account.id.isNull();
    AccountId id = account.id;
    AccountChange change = changeOf(db, account);
    if (!isNew) {
        forgetOtherTest(writing, account);
        forgetOtherGateway(writing, account);
    }
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
        return noAccount(id);
    if (change.bySomebody)
        writing.journal({.act = isNew ? QStringLiteral("account.add") : QStringLiteral("account.edit"),
            .subject = id.value(),
            .outcome = QStringLiteral("done"),
            .details = QString::fromUtf8(Json(std::move(change.details)).toCompact())});
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
            Statement row(db,
                QByteArray("SELECT id, ") + columns + learnedColumns + " FROM accounts WHERE NOT removed ORDER BY id");
            Statement refused(
                db, "SELECT what, code, at_ms FROM account_refusals WHERE account = ? ORDER BY at_ms, what");
            while (row.step()) {
                Account account = accountAt(row);
                refused.bind(account.id);
                while (refused.step())
                    account.learn({Capability(refused.integer(0)), refused.integer(1), refused.number(2)});
                accounts.push_back(std::move(account));
            }
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
                return noAccount(id);
            const QString details = journal::details("name", name.text(0));
            Statement(writing.db, "UPDATE accounts SET removed = 1 WHERE id = ?", id).run();
            Statement(writing.db, "DELETE FROM fetches WHERE account = ?", id).run();
            Statement(writing.db, "DELETE FROM account_tests WHERE account = ?", id).run();
            writing.journal({.act = QStringLiteral("account.remove"),
                .subject = id.value(),
                .outcome = QStringLiteral("done"),
                .details = details});
            writing.change.kinds |= Change::AccountsChanged;
            return Nothing{};
        },
        std::move(then));
}

Call AccountBook::setProbe(AccountId id, const TruthProbe &probe, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [id, probe](Writing &writing) -> Result<Nothing> {
            Statement(writing.db, "UPDATE accounts SET probe_outcome = ?, probe_ms = ? WHERE id = ? AND NOT removed",
                int(probe.outcome), probe.atMs, id)
                .run();
            if (!writing.db.failed() && writing.db.changes() == 0)
                return noAccount(id);
            writing.journal({.act = QStringLiteral("account.probe"),
                .subject = id.value(),
                .outcome = probeOutcome(probe.outcome)});
            writing.change.kinds |= Change::AccountsChanged | Change::VerdictsChanged;
            return Nothing{};
        },
        std::move(then));
}

Call AccountBook::addRefusal(AccountId id, const LearnedRefusal &refusal, std::function<void(Result<bool>)> then)
{
    return m_threads.write<bool>(
        [id, refusal](Writing &writing) -> Result<bool> {
            Statement(writing.db,
                "INSERT OR IGNORE INTO account_refusals (account, what, code, at_ms)"
                " SELECT id, ?, ?, ? FROM accounts WHERE id = ? AND NOT removed",
                int(refusal.what), refusal.code, refusal.atMs, id)
                .run();
            if (writing.db.failed() || writing.db.changes() == 0)
                return false;
            writing.journal({.act = QStringLiteral("account.refused"),
                .subject = id.value(),
                .outcome = QStringLiteral("what=%1 code=%2").arg(int(refusal.what)).arg(refusal.code)});
            writing.change.kinds |= Change::AccountsChanged;
            return true;
        },
        std::move(then));
}

Call AccountBook::keepTest(AccountId id, const AccountTest &test, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [id, test](Writing &writing) -> Result<Nothing> {
            Statement(writing.db, "DELETE FROM account_tests WHERE account = ?", id).run();
            Statement add(writing.db,
                "INSERT INTO account_tests (account, place, step, state, found, failure, code, at_ms)"
                " SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM accounts WHERE id = ?1 AND NOT removed");
            int place = 0;
            for (const TestStep &step : test.steps) {
                const Failure failure = step.outcome ? Failure() : step.outcome.failure();
                const QString found = step.outcome ? *step.outcome : failure.subject;
                add.bind(id, place++, step.id, int(step.state), found.left(longestFinding),
                       step.outcome ? QString() : failureWord(failure.kind), failure.code, test.atMs)
                    .run();
            }
            return Nothing{};
        },
        std::move(then));
}

Call AccountBook::tests(std::function<void(Result<std::map<AccountId, AccountTest>>)> then)
{
    return m_threads.read<std::map<AccountId, AccountTest>>(
        [](Connection &db, const TimeView &) {
            std::map<AccountId, AccountTest> tests;
            Statement row(db,
                "SELECT account, step, state, found, failure, code, at_ms FROM account_tests"
                " WHERE account IN (SELECT id FROM accounts WHERE NOT removed) ORDER BY account, place");
            while (row.step()) {
                AccountTest &test = tests[AccountId(row.number(0))];
                test.atMs = row.number(6);
                test.steps.push_back(stepAt(row));
            }
            return tests;
        },
        std::move(then));
}

Call AccountBook::forgetRefusals(AccountId id, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [id](Writing &writing) -> Result<Nothing> {
            Statement(writing.db, "DELETE FROM account_refusals WHERE account = ?", id).run();
            const qint64 count = writing.db.changes();
            if (writing.db.failed() || count == 0)
                return Nothing{};
            writing.journal({.act = QStringLiteral("account.try-again"),
                .subject = id.value(),
                .outcome = QStringLiteral("forgotten=%1").arg(count)});
            writing.change.kinds |= Change::AccountsChanged;
            return Nothing{};
        },
        std::move(then));
}

} // namespace rollcall
