// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/log.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QMutex>
#include <algorithm>
#include <cstdio>
#include <memory>

namespace rollcall::log {

namespace {

constexpr qint64 maxBytes = 10 * 1024 * 1024;
constexpr int generations = 5;

struct Sink {
    QMutex mutex = {};
    std::unique_ptr<QFile> file = {}; // none before start()
};

Sink &sink()
{
    static Sink one;
    return one;
}

QString escaped(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text) {
        if (c.unicode() < 0x20 || c.unicode() == 0x7f || c.unicode() == 0x2028 || c.unicode() == 0x2029)
            out += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return out;
}

void rotate(std::unique_ptr<QFile> &file)
{
    const QString path = file->fileName();
    file->close();
    for (int i = generations - 1; i > 0; --i) {
        const QString from = i == 1 ? path : path + u'.' + QString::number(i - 1);
        const QString to = path + u'.' + QString::number(i);
        QFile::remove(to);
        QFile::rename(from, to);
    }
    if (!file->open(QIODevice::Append))
        file.reset();
}

void line(const char *level, const char *area, const QString &text)
{
    const QByteArray bytes = (QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs) + u' ' + QLatin1String(level)
        + u' ' + QLatin1String(area) + u' ' + escaped(text) + u'\n')
                                 .toUtf8();
    auto &[mutex, file] = sink();
    const QMutexLocker lock(&mutex);
    if (file && file->size() + bytes.size() > maxBytes)
        rotate(file);
    // A log line that cannot be written (full disk) is lost: logging never stops the program.
    if (!file || file->write(bytes) != bytes.size() || !file->flush())
        std::fputs(bytes.constData(), stderr);
}

} // namespace

void start(const QString &folder)
{
    auto &[mutex, file] = sink();
    const QMutexLocker lock(&mutex);
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    auto opened = std::make_unique<QFile>(QDir(folder).filePath(QStringLiteral("rollcall.log")));
    if (opened->open(QIODevice::Append)) {
        opened->setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        file = std::move(opened);
    }
}

void stop()
{
    auto &[mutex, file] = sink();
    const QMutexLocker lock(&mutex);
    file.reset();
}

void info(const char *area, const QString &text)
{
    line("info", area, text);
}

void warning(const char *area, const QString &text)
{
    line("warning", area, text);
}

void dropLines(const QList<QByteArray> &needles)
{
    auto &[mutex, file] = sink();
    const QMutexLocker lock(&mutex);
    if (!file)
        return;
    const QString path = file->fileName();
    for (int i = 0; i < generations; ++i) {
        QFile one(i == 0 ? path : QString(path + u'.' + QString::number(i)));
        if (!one.open(QIODevice::ReadWrite))
            continue;
        QByteArray kept;
        bool dropped = false;
        while (!one.atEnd()) {
            const QByteArray line = one.readLine();
            const bool hit = std::any_of(
                needles.begin(), needles.end(), [&line](const QByteArray &needle) { return line.contains(needle); });
            dropped |= hit;
            kept += hit ? QByteArray() : line;
        }
        if (!dropped)
            continue;
        one.seek(0);
        one.write(kept);
        one.resize(kept.size());
    }
}

} // namespace rollcall::log
