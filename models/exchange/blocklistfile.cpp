// SPDX-License-Identifier: GPL-3.0-or-later
// Writing a block list.
#include "models/exchange/blocklistfile.h"

#include "models/base/json.h"
#include "models/domain/operation.h"
#include "models/exchange/internal/blocklistwords.h"
#include "models/exchange/rejectedfile.h"
#include "models/store/journal.h"
#include "models/store/store.h"

#include <QDateTime>
#include <QSaveFile>

namespace rollcall {

namespace {

QString timeText(qint64 atMs)
{
    return atMs <= 0 ? QString() : QDateTime::fromMSecsSinceEpoch(atMs, Qt::UTC).toString(Qt::ISODateWithMs);
}

/// Stable ids: what another program, or this one, may read.
QString stateText(const BlockEntry &entry)
{
    switch (lightOf(entry)) {
    case BlockLight::None:
        return QStringLiteral("not-blocked");
    case BlockLight::Planned:
        return QStringLiteral("planned");
    case BlockLight::Sending:
        return QStringLiteral("sending");
    case BlockLight::Blocked:
        return QStringLiteral("blocked");
    case BlockLight::BlockedConfirmed:
        return QStringLiteral("blocked-confirmed");
    case BlockLight::BlockedNotThere:
        return QStringLiteral("blocked-not-there");
    case BlockLight::OnlyThere:
        return QStringLiteral("only-there");
    case BlockLight::Armed:
        return QStringLiteral("armed");
    case BlockLight::Unknown:
        return QStringLiteral("unknown");
    case BlockLight::Refused:
        break;
    }
    return QStringLiteral("refused");
}

/// A plain "+digits" is no formula; everything else that could be one is defused.
QString numberCell(const QString &text)
{
    const bool plain = text.size() >= 5 && text.size() <= 16 && text[0] == u'+'
        && std::all_of(text.cbegin() + 1, text.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return plain ? text : csvCell(text, true);
}

/// The file under way. Lives on the reader thread once the first slice was written.
class Writer {
public:
    Writer(const QString &path, BlockListFormat format, std::map<AccountId, QString> accounts)
        : m_file(path)
        , m_format(format)
        , m_accounts(std::move(accounts))
    {
    }
    Done add(const std::vector<BlockRow> &rows, bool last)
    {
        if (!std::exchange(m_begun, true) && !begin())
            return failed();
        for (const BlockRow &row : rows)
            m_file.write(m_format == BlockListFormat::Csv ? csvLine(row) : jsonLine(row));
        if (m_file.error() != QFileDevice::NoError)
            return failed();
        return last ? end() : Done(Nothing{});
    }

private:
    bool begin()
    {
        if (!m_file.open(QIODevice::WriteOnly))
            return false;
        m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        if (m_format == BlockListFormat::Json)
            m_file.write("{\"rollcall_block_list\":1,\"lines\":[");
        else
            m_file.write(QByteArray(QByteArray("\xEF\xBB\xBF\"") + blockListMark
                + ". Times are UTC. Cells that begin with = + - @ or a tab have an apostrophe in front, so that no "
                  "spreadsheet calculates them.\"\r\n"
                + QByteArrayList(std::begin(blockListColumns), std::end(blockListColumns)).join(',') + "\r\n"));
        return true;
    }
    Done end()
    {
        if (m_format == BlockListFormat::Json)
            m_file.write("\n],\"count\":" + QByteArray::number(m_count) + "}\n");
        return m_file.commit() ? Done(Nothing{}) : Done(failed());
    }
    /// In the order of blockListColumns.
    [[nodiscard]] QStringList cellsOf(const BlockRow &row) const
    {
        const BlockEntry &entry = row.entry;
        const auto account = m_accounts.find(entry.account);
        return {row.aliasText, row.name, stateText(entry),
            row.doNotContact ? QStringLiteral("yes") : QStringLiteral("no"), entry.reason, entry.note, entry.source,
            entry.by, timeText(entry.atMs), timeText(entry.confirmedMs), timeText(entry.lastSeenMs),
            account == m_accounts.end() ? QString() : account->second};
    }
    QByteArray csvLine(const BlockRow &row)
    {
        QStringList cells = cellsOf(row);
        for (qsizetype i = 0; i < cells.size(); ++i)
            cells[i] = i == 0 ? numberCell(cells[i]) : csvCell(cells[i], true);
        ++m_count;
        return cells.join(u',').toUtf8() + "\r\n";
    }
    QByteArray jsonLine(const BlockRow &row)
    {
        const QStringList cells = cellsOf(row);
        Json::Object line;
        for (qsizetype i = 0; i < cells.size(); ++i)
            line.emplace_back(QString::fromLatin1(blockListColumns[i]), Json(cells[i]));
        return (m_count++ == 0 ? QByteArray("\n") : QByteArray(",\n")) + Json(std::move(line)).toCompact();
    }
    [[nodiscard]] Failure failed() const
    {
        const QFileDevice::FileError error = m_file.error();
        const bool full = error == QFileDevice::ResourceError || error == QFileDevice::WriteError;
        const bool forbidden = error == QFileDevice::PermissionsError || error == QFileDevice::OpenError;
        return {.kind = full ? Failure::Kind::DiskFull
                : forbidden  ? Failure::Kind::ReadOnly
                             : Failure::Kind::Storage,
            .detail = m_file.errorString(),
            .subject = m_file.fileName()};
    }

    QSaveFile m_file;
    const BlockListFormat m_format;
    const std::map<AccountId, QString> m_accounts;
    qint64 m_count = 0;
    bool m_begun = false;
};

} // namespace

Call exportBlockList(Store &store, const BlockFilter &filter, const std::map<AccountId, QString> &accounts,
    BlockListFormat format, const QString &file, std::function<void(const Progress &)> progress,
    std::function<void(Result<qint64>)> then)
{
    const auto writer = std::make_shared<Writer>(file, format, accounts);
    const auto tell = std::make_shared<std::function<void(const Progress &)>>(std::move(progress));
    const std::weak_ptr<std::function<void(const Progress &)>> weakTell = tell;
    const auto consume = [writer, weakTell, home = &store, done = qint64(0)](
                             const std::vector<BlockRow> &rows, qint64 total, bool last) mutable {
        const Done written = writer->add(rows, last);
        done += qint64(rows.size());
        const Progress now{done, std::max(total, done)};
        QMetaObject::invokeMethod(
            home,
            [weakTell, now] {
                if (const auto alive = weakTell.lock(); alive && *alive)
                    (*alive)(now);
            },
            Qt::QueuedConnection);
        return written;
    };
    const QString form = format == BlockListFormat::Csv ? QStringLiteral("csv") : QStringLiteral("json");
    return store.blocks().each(filter, consume, [&store, tell, form, then = std::move(then)](Result<qint64> count) {
        if (count) {
            // Carried out also when the Call is dropped; nobody waits for it.
            const Call noted = store.journal().note({.act = QStringLiteral("block.export"),
                                                        .outcome = QStringLiteral("lines=%1").arg(*count),
                                                        .details = form},
                [](const Done &) {});
        }
        then(std::move(count));
    });
}

} // namespace rollcall
