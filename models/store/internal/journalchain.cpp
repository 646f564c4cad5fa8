// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/journalchain.h"

#include "models/base/json.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QStringList>
#include <algorithm>

namespace rollcall::journal {

namespace {

void append(QByteArray &bytes, const QByteArray &part)
{
    bytes += QByteArray::number(part.size()) + ':' + part;
}

} // namespace

QByteArray canonical(const JournalEntry &entry)
{
    QByteArray bytes("rollcall-journal-1:");
    append(bytes, QByteArray::number(entry.seq));
    append(bytes, QByteArray::number(entry.atMs));
    append(bytes, entry.operatorName.toUtf8());
    append(bytes, entry.act.toUtf8());
    append(bytes, QByteArray::number(entry.subject));
    append(bytes, QByteArray::number(entry.batch.value()));
    append(bytes, QByteArray::number(entry.run.value()));
    append(bytes, entry.outcome.toUtf8());
    append(bytes, entry.digest);
    return bytes;
}

QByteArray hashOf(const QByteArray &previous, const JournalEntry &entry)
{
    return QCryptographicHash::hash(QByteArray(previous + canonical(entry)), QCryptographicHash::Sha256);
}

QByteArray digestOf(const QByteArray &salt, const QString &details)
{
    return QCryptographicHash::hash(QByteArray(salt + details.toUtf8()), QCryptographicHash::Sha256);
}

QString details(const char *key, const QString &value)
{
    return value.isEmpty() ? QString()
                           : QString::fromUtf8(Json(Json::Object{{QString::fromLatin1(key), Json(value)}}).toCompact());
}

QByteArray freshSalt()
{
    QByteArray salt(16, Qt::Uninitialized);
    quint32 words[4] = {};
    QRandomGenerator::system()->fillRange(words);
    memcpy(salt.data(), words, sizeof words);
    return salt;
}

QString eraseOutcome(qint64 people, std::vector<qint64> seqs)
{
    std::sort(seqs.begin(), seqs.end());
    seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
    QStringList parts;
    for (size_t at = 0; at < seqs.size();) {
        size_t end = at;
        while (end + 1 < seqs.size() && seqs[end + 1] == seqs[end] + 1)
            ++end;
        parts << (end == at ? QString::number(seqs[at]) : QStringLiteral("%1-%2").arg(seqs[at]).arg(seqs[end]));
        at = end + 1;
    }
    const QString outcome = QStringLiteral("people=%1").arg(people);
    return parts.isEmpty() ? outcome : QString(outcome + QStringLiteral(" entries=") + parts.join(u','));
}

std::vector<qint64> erasedBy(const JournalEntry &entry)
{
    const qsizetype at = entry.outcome.indexOf(QStringLiteral(" entries="));
    if ((entry.act != QLatin1String(eraseAct) && entry.act != QLatin1String(retentionAct)) || at < 0)
        return {};
    std::vector<qint64> seqs;
    for (const QString &part : entry.outcome.mid(at + 9).split(u',')) {
        bool first = false;
        bool last = false;
        const qint64 from = part.section(u'-', 0, 0).toLongLong(&first);
        const qint64 to = part.section(u'-', -1).toLongLong(&last);
        if (!first || !last || from < 1 || to < from || to >= entry.seq)
            return {};
        for (qint64 seq = from; seq <= to; ++seq)
            seqs.push_back(seq);
    }
    return seqs;
}

QString headFile(const QString &folder)
{
    return folder + QStringLiteral("/journal.head");
}

std::optional<JournalHead> readHead(const QString &folder)
{
    QFile file(headFile(folder));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QList<QByteArray> parts = file.read(1024).trimmed().split(' ');
    bool isNumber = false;
    JournalHead head;
    if (parts.size() == 3 && parts[0] == "rollcall-head-1") {
        head.seq = parts[1].toLongLong(&isNumber);
        head.hash = QByteArray::fromHex(parts[2] == "-" ? QByteArray() : parts[2]);
    }
    const bool fits = isNumber && head.seq >= 0 && head.hash.size() == (head.seq == 0 ? 0 : 32);
    return fits ? std::optional(head) : std::nullopt;
}

bool writeHead(const QString &folder, const JournalHead &head)
{
    QSaveFile file(headFile(folder));
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write("rollcall-head-1 " + QByteArray::number(head.seq) + ' '
        + (head.hash.isEmpty() ? QByteArray("-") : head.hash.toHex()) + '\n');
    return file.commit();
}

} // namespace rollcall::journal
