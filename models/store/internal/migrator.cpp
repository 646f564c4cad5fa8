// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/migrator.h"

#include "models/store/internal/connection.h"

#include <QFile>

// The resource lies in a static library, where nothing else would pull it in. Outside any namespace: Qt's rule.
static void useStoreResources()
{
    Q_INIT_RESOURCE(store);
}

namespace rollcall::schema {

namespace {

QByteArray resource(const QString &name)
{
    useStoreResources();
    QFile file(QStringLiteral(":/rollcall/schema/%1.sql").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString stepName(int number)
{
    return QStringLiteral("%1").arg(number, 4, 10, QLatin1Char('0'));
}

} // namespace

int newest()
{
    useStoreResources();
    int count = 0;
    while (QFile::exists(QStringLiteral(":/rollcall/schema/%1.sql").arg(stepName(count + 1))))
        ++count;
    return count;
}

QByteArray step(int number)
{
    return resource(stepName(number));
}

QByteArray staging()
{
    return resource(QStringLiteral("staging"));
}

Done migrate(Connection &db, int target)
{
    if (target == 0)
        target = newest();
    for (int version = int(db.number("PRAGMA user_version")); version < target && !db.failed(); ++version) {
        db.exec("BEGIN IMMEDIATE;");
        db.exec(step(version + 1));
        if (version == 0)
            db.exec("PRAGMA application_id=" + QByteArray::number(applicationId) + ';');
        db.exec("PRAGMA user_version=" + QByteArray::number(version + 1) + ';');
        db.exec("COMMIT;");
        if (const std::optional<Failure> failure = db.takeFailure()) {
            db.exec("ROLLBACK;");
            db.takeFailure();
            return *failure;
        }
    }
    if (const std::optional<Failure> failure = db.takeFailure())
        return *failure;
    return Nothing{};
}

} // namespace rollcall::schema
