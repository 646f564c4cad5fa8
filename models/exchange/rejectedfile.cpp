// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/rejectedfile.h"

#include <QSaveFile>

namespace rollcall {

QString csvCell(const QString &text, bool calculable)
{
    QString cell = text;
    if (calculable && !cell.isEmpty() && QStringView(u"=+-@\t\r").contains(cell[0]))
        cell.prepend(u'\'');
    if (cell.contains(u'"') || cell.contains(u',') || cell.contains(u'\n') || cell.contains(u'\r'))
        cell = u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return cell;
}

Result<qint64> writeRejected(const QString &file, const std::vector<QStringList> &rows)
{
    QSaveFile out(file);
    const auto failed = [&out, &file] {
        const bool full = out.error() == QFileDevice::ResourceError || out.error() == QFileDevice::WriteError;
        const bool forbidden = out.error() == QFileDevice::PermissionsError;
        return Failure{.kind = full ? Failure::Kind::DiskFull
                : forbidden         ? Failure::Kind::ReadOnly
                                    : Failure::Kind::Storage,
            .detail = out.errorString(),
            .subject = file};
    };
    if (!out.open(QIODevice::WriteOnly))
        return failed();
    out.write("\xEF\xBB\xBF"
              "line,reason,row\r\n");
    for (const QStringList &row : rows) {
        QStringList cells;
        for (const QString &cell : row)
            cells.append(csvCell(cell, true));
        out.write(cells.join(u',').toUtf8() + "\r\n");
    }
    if (!out.commit())
        return failed();
    return qint64(rows.size());
}

} // namespace rollcall
