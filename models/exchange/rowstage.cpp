// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/rowstage.h"

#include <QHash>
#include <QThreadPool>

namespace rollcall {

quint64 sameRowKey(const PlannedRow &row)
{
    if (row.number.hasE164())
        return quint64(row.number.e164);
    const std::size_t text = qHashBits(row.raw.data(), row.raw.size(), 0x726f6c6c);
    return quint64(qHashBits(row.name.data(), row.name.size(), text)) | (1ULL << 63);
}

RowStage::RowStage(std::unique_ptr<StagingFile> file)
    : m_file(std::move(file))
{
}

Result<std::shared_ptr<RowStage>> RowStage::create(const QString &folder)
{
    auto file = StagingFile::create(folder);
    if (!file)
        return file.failure();
    // The last holder may be on the GUI thread, and an unfinished file is removed with it.
    return std::shared_ptr<RowStage>(new RowStage(*std::move(file)),
        [](RowStage *stage) { QThreadPool::globalInstance()->start([stage] { delete stage; }); });
}

Done RowStage::append(const std::vector<ListedRow> &rows)
{
    for (const ListedRow &row : rows) {
        const qint64 line = ++m_rows.rows;
        if (row.planned.reason) {
            ++m_rows.rejected[row.planned.reason];
            if (Done done = m_file->reject(line, row.planned.raw, row.planned.reason); !done)
                return done;
            continue;
        }
        const qint64 first = m_seen.firstLine(sameRowKey(row.planned), line);
        m_rows.repeated += qint64(first > 0);
        if (Done done = m_file->add(line, row.planned, first); !done)
            return done;
        if (row.told) {
            if (Done done = m_file->tell(line, *row.told); !done)
                return done;
        }
    }
    return Nothing{};
}

Result<StagedRows> RowStage::close()
{
    if (m_rows.rows == 0)
        return Failure{.kind = Failure::Kind::BadInput, .detail = QStringLiteral("no-rows")};
    const auto path = m_file->close();
    if (!path)
        return path.failure();
    m_rows.stagingFile = *path;
    return m_rows;
}

} // namespace rollcall
