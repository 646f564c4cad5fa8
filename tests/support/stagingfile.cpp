// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/stagingfile.h"

#include "models/store/imports.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace rollcall::tests {

namespace {

QVariant orNull(const std::optional<qint64> &value)
{
    return value ? QVariant(*value) : QVariant();
}

QVariant text(const QString &value)
{
    return value.isNull() ? QStringLiteral("") : value;
}

void run(QSqlQuery &query)
{
    if (!query.exec())
        qFatal("staging file: %s", qPrintable(query.lastError().text()));
}

} // namespace

StagingFile::StagingFile(const QString &folder)
{
    static int counter = 0;
    m_connection = QStringLiteral("staging-%1").arg(++counter);
    m_path = folder + QStringLiteral("/import-%1.db").arg(counter);
    QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    db.setDatabaseName(m_path);
    if (!db.open())
        qFatal("staging file cannot be made");
    QSqlQuery query(db);
    query.exec(QStringLiteral("PRAGMA journal_mode=OFF"));
    QString bare;
    // Comments of the schema hold semicolons too.
    for (const QString &line : QString::fromUtf8(Imports::stagingSchema()).split(QLatin1Char('\n')))
        bare += line.section(QStringLiteral("--"), 0, 0) + QLatin1Char('\n');
    for (const QString &statement : bare.split(QLatin1Char(';'))) {
        if (!statement.trimmed().isEmpty() && !query.exec(statement))
            qFatal("staging schema: %s", qPrintable(query.lastError().text()));
    }
    query.exec(QStringLiteral("BEGIN"));
}

StagingFile::~StagingFile()
{
    if (!m_connection.isEmpty())
        finish();
    QFile::remove(m_path);
}

void StagingFile::add(const StagedRow &row)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.prepare(QStringLiteral("INSERT INTO staged (line, name, raw, e164, region, state, plus, email, organisation, "
                                 "tags, note, opt_in_ms, same_as)"
                                 " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    const QVariant values[] = {++m_line, text(row.name), text(row.raw), row.e164 > 0 ? QVariant(row.e164) : QVariant(),
        text(row.region), row.e164 > 0 ? 0 : 3, row.raw.startsWith(QLatin1Char('+')) ? 1 : 0, text(row.email),
        text(row.organisation), text(row.tags), text(row.note), orNull(row.optInMs), orNull(row.sameAs)};
    for (const QVariant &value : values)
        query.addBindValue(value);
    run(query);
}

void StagingFile::tell(const StagedTold &told)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.prepare(
        QStringLiteral("INSERT INTO told (line, chat_id, lid, profile_name, about, saved) VALUES (?, ?, ?, ?, ?, ?)"));
    const QVariant values[]
        = {m_line, text(told.chatId), text(told.lid), text(told.profileName), text(told.about), int(told.saved)};
    for (const QVariant &value : values)
        query.addBindValue(value);
    run(query);
}

void StagingFile::reject(const QString &raw, const QString &reason)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.prepare(QStringLiteral("INSERT INTO rejected (line, raw, reason) VALUES (?, ?, ?)"));
    query.addBindValue(++m_line);
    query.addBindValue(text(raw));
    query.addBindValue(text(reason));
    run(query);
}

void StagingFile::finish()
{
    {
        QSqlDatabase db = QSqlDatabase::database(m_connection, false);
        QSqlQuery commit(db);
        commit.exec(QStringLiteral("COMMIT"));
        db.close();
    }
    QSqlDatabase::removeDatabase(m_connection);
    m_connection.clear();
}

} // namespace rollcall::tests
