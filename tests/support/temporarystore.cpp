// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporarystore.h"

#include "models/domain/account.h"
#include "models/store/accountbook.h"
#include "models/store/people.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace rollcall::tests {

namespace {

template <class T> T mustHave(Result<T> result, const char *what)
{
    if (!result)
        qFatal("%s: %s", what, qPrintable(result.failure().detail));
    return *std::move(result);
}

} // namespace

TemporaryStore::TemporaryStore()
{
    if (!open())
        qFatal("temporary store: %s", qPrintable(m_failure.detail));
}

TemporaryStore::~TemporaryStore() = default;

void TemporaryStore::close()
{
    m_store.reset();
}

bool TemporaryStore::open(bool check)
{
    m_store.reset();
    Result<std::unique_ptr<Store>> opened = Store::open(folder(), clock);
    if (!opened) {
        m_failure = opened.failure();
        return false;
    }
    m_store = *std::move(opened);
    m_store->setOperator(QStringLiteral("Tess"));
    if (!check)
        return true;
    const Done checked = await<Nothing>([this](auto then) { return m_store->checkFile(false, then); });
    if (checked)
        return true;
    m_failure = checked.failure();
    m_store.reset();
    return false;
}

QString TemporaryStore::folder() const
{
    return m_dir.filePath(QStringLiteral("profile"));
}

QString TemporaryStore::file() const
{
    return folder() + QStringLiteral("/rollcall.db");
}

PersonId TemporaryStore::add(const QString &name, const QString &typed, qint64 e164, const QString &region)
{
    PersonFields fields;
    fields.name = name;
    fields.number.typed = typed;
    fields.number.e164 = e164;
    fields.number.region = region;
    fields.number.state = e164 > 0 ? NumberState::Valid : NumberState::NotANumber;
    fields.number.explicitPlus = typed.startsWith(QLatin1Char('+'));
    return add(fields);
}

PersonId TemporaryStore::add(const PersonFields &fields)
{
    return mustHave(await<PersonId>([&](auto then) { return m_store->people().add(fields, then); }), "add");
}

PersonRow TemporaryStore::row(PersonId id, AccountId account)
{
    auto rows = mustHave(
        await<std::vector<PersonRow>>([&](auto then) { return m_store->people().rows({id}, account, then); }), "rows");
    return rows.empty() ? PersonRow{} : rows.front();
}

AccountId TemporaryStore::account(const QString &name)
{
    Account account;
    account.name = name;
    account.address = QUrl(QStringLiteral("https://localhost:9090/v1"));
    return mustHave(await<AccountId>([&](auto then) { return m_store->accounts().save(account, then); }), "account");
}

bool TemporaryStore::tamper(const QString &file, const QString &sql)
{
    const QString name = QStringLiteral("tamper");
    bool ok = false;
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        db.setDatabaseName(file);
        QSqlQuery query(db.open() ? db : QSqlDatabase());
        ok = query.exec(sql);
        if (!ok)
            qWarning("tamper: %s", qPrintable(query.lastError().text()));
    }
    QSqlDatabase::removeDatabase(name);
    return ok;
}

} // namespace rollcall::tests
