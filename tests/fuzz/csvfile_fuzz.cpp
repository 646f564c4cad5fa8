// SPDX-License-Identifier: GPL-3.0-or-later
// A file of any bytes: guessing its encoding, delimiter and header and showing its first rows ends in an answer or in a
// failure that names a reason, whatever lies in it.
#include "models/formats/csvsniffer.h"

#include <QFile>
#include <QTemporaryDir>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("list.csv"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)
        || file.write(reinterpret_cast<const char *>(data), qint64(size)) != qint64(size))
        std::abort();
    file.close();
    const rollcall::Result<rollcall::CsvGuess> guess = rollcall::guessCsv(path);
    if (!guess) {
        if (guess.failure().kind != rollcall::Failure::Kind::BadInput || guess.failure().detail.isEmpty())
            std::abort();
        return 0;
    }
    if (guess->bytes != qint64(size) || guess->delimiters.empty() || guess->encodings.isEmpty())
        std::abort();
    const rollcall::Result<rollcall::CsvSample> sample = rollcall::readSample(path, guess->format, 50);
    if (sample && sample->rows.size() > 50)
        std::abort();
    return 0;
}
