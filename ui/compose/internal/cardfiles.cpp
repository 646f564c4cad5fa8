// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/cardfiles.h"

#include "models/base/worker.h"
#include "models/domain/card.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace rollcall {

namespace {

Failure about(Failure::Kind kind, const QString &path, const QString &detail)
{
    Failure failure;
    failure.kind = kind;
    failure.subject = path;
    failure.detail = detail;
    return failure;
}

Result<CardsRead> readOne(const QString &path)
{
    QFile file(path);
    const QString name = QFileInfo(path).fileName();
    if (!file.open(QIODevice::ReadOnly))
        return about(Failure::Kind::NotFound, name, file.errorString());
    const QByteArray bytes = file.read(largestCardFile + 1);
    if (bytes.size() > largestCardFile)
        return about(Failure::Kind::TooLarge, name, QStringLiteral("card file"));
    Failure failure;
    const QByteArray start = bytes.left(256).trimmed();
    if (start.startsWith('{') || start.startsWith('[')) {
        Result<std::vector<Card>> cards = cardsFromMessage(bytes);
        if (cards) {
            CardsRead read;
            read.cards = *std::move(cards);
            return read;
        }
        failure = cards.failure();
    } else {
        Result<CardsRead> read = cardsFromVcf(bytes);
        if (read)
            return read;
        failure = read.failure();
    }
    failure.subject = name;
    return failure;
}

Result<CardsRead> readAll(const QStringList &paths)
{
    CardsRead all;
    for (const QString &path : paths) {
        Result<CardsRead> one = readOne(path);
        if (!one)
            return one.failure();
        for (Card &card : one->cards) {
            if (all.cards.size() < std::size_t(mostCards))
                all.cards.push_back(std::move(card));
            else
                ++all.leftOut;
        }
        all.leftOut += one->leftOut;
        all.unread += one->unread;
        all.dropped += one->dropped;
    }
    all.dropped.removeDuplicates();
    return all;
}

Done writeNow(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return Nothing();
    const bool full = file.error() == QFileDevice::ResourceError;
    const bool forbidden = file.error() == QFileDevice::PermissionsError || file.error() == QFileDevice::OpenError;
    return about(full   ? Failure::Kind::DiskFull
            : forbidden ? Failure::Kind::ReadOnly
                        : Failure::Kind::Storage,
        path, file.errorString());
}

} // namespace

Call readCardFiles(const QStringList &paths, std::function<void(Result<CardsRead>)> then)
{
    return onWorker<Result<CardsRead>>([paths] { return readAll(paths); }, std::move(then));
}

Call readCardText(const QString &text, const QString &region, std::function<void(Result<CardsRead>)> then)
{
    return onWorker<Result<CardsRead>>([text, region] { return cardsFromText(text, region); }, std::move(then));
}

Call writeFile(const QString &path, const QByteArray &bytes, std::function<void(Done)> then)
{
    return onWorker<Done>([path, bytes] { return writeNow(path, bytes); }, std::move(then));
}

} // namespace rollcall
