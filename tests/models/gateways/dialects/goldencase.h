// SPDX-License-Identifier: GPL-3.0-or-later
// Golden files of a dialect, golden/<kind>/. They are written by hand from the vendor's page and gateways.md; '#' lines
// at the head say from where.
//   NAME.request  "VERB path", one line a secret header, and after an empty line the body: what must be written, to the
//                 byte.
//   NAME.reply    "? …" what was asked, where it is not the usual; "= …" lines, the reading; "HTTP status", one line a
//                 header, an empty line, the body as it comes (one line break at the end is the file's own).
// The reader of a reply is the first word of its name: "check-true.reply".
#pragma once

#include "models/gateways/dialects/wire.h"

#include <QDir>
#include <QFile>
#include <QStringList>

namespace rollcall::golden {

struct Case {
    QByteArray asked;
    QByteArray reading; ///< expected, '\n' between lines
    HttpReply reply;
};

inline QString folder(const QString &kind)
{
    return QStringLiteral(ROLLCALL_SOURCE_DIR "/tests/models/gateways/dialects/golden/") + kind;
}

inline QStringList names(const QString &kind, const QString &suffix)
{
    return QDir(folder(kind)).entryList({QStringLiteral("*.") + suffix}, QDir::Files, QDir::Name);
}

/// The file without the '#' lines at its head; empty when it cannot be read.
inline QByteArray contents(const QString &kind, const QString &name)
{
    QFile file(folder(kind) + QLatin1Char('/') + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray bytes = file.readAll();
    while (bytes.startsWith('#'))
        bytes.remove(0, bytes.indexOf('\n') + 1);
    return bytes;
}

inline Case readCase(const QString &kind, const QString &name)
{
    Case read;
    QByteArray rest = contents(kind, name);
    const auto line = [&rest]() -> QByteArray {
        const qsizetype end = rest.indexOf('\n');
        const QByteArray first = rest.left(end);
        rest = end < 0 ? QByteArray() : rest.mid(end + 1);
        return first;
    };
    while (rest.startsWith("? ") || rest.startsWith("= ")) {
        const QByteArray told = line();
        QByteArray &part = told.startsWith('?') ? read.asked : read.reading;
        part += (part.isEmpty() ? "" : "\n") + told.mid(2);
    }
    read.reply.status = line().mid(5).toInt();
    for (QByteArray header = line(); !header.isEmpty(); header = line()) {
        const qsizetype colon = header.indexOf(": ");
        read.reply.headers.emplace_back(header.left(colon).toLower(), header.mid(colon + 2));
    }
    read.reply.body = rest.endsWith('\n') ? rest.chopped(1) : rest;
    return read;
}

inline QByteArray written(const HttpRequest &request)
{
    if (request.verb.isEmpty())
        return "nothing\n";
    QByteArray text = request.verb + ' ' + request.path + '\n';
    for (const auto &[name, value] : request.secretHeaders)
        text += name + ": " + value.reveal() + '\n';
    if (!request.body.isEmpty())
        text += '\n' + request.body + '\n';
    return text;
}

inline QByteArray kindName(Failure::Kind kind)
{
    switch (kind) {
    case Failure::Kind::BadReply:
        return "BadReply";
    case Failure::Kind::Unauthorised:
        return "Unauthorised";
    case Failure::Kind::RateLimited:
        return "RateLimited";
    case Failure::Kind::Refused:
        return "Refused";
    case Failure::Kind::GatewayError:
        return "GatewayError";
    case Failure::Kind::Unsupported:
        return "Unsupported";
    case Failure::Kind::BadInput:
        return "BadInput";
    default:
        return "another kind: " + QByteArray::number(int(kind));
    }
}

inline QByteArray told(const Failure &failure)
{
    QByteArray text = kindName(failure.kind) + " code=" + QByteArray::number(failure.code);
    if (failure.retryAfter)
        text += " retryAfter=" + QByteArray::number(qint64(failure.retryAfter->count()));
    if (!failure.subject.isEmpty())
        text += " subject=" + failure.subject.toUtf8();
    return text;
}

inline QByteArray wordName(VerdictWord word)
{
    static const QList<QByteArray> names{"NotChecked", "Valid", "Invalid", "Processing", "Failed", "Unverified"};
    return names.value(int(word));
}

inline QByteArray told(const Result<CheckReply> &result)
{
    if (!result)
        return told(result.failure());
    QByteArray text;
    for (const NumberAnswer &number : result->numbers) {
        text += (text.isEmpty() ? "" : "\n") + number.input.toUtf8() + ' ' + wordName(number.word)
            + " raw=" + number.rawWord.toUtf8() + " waId=" + number.waId.toUtf8();
        if (!number.reason.isEmpty())
            text += " reason=" + number.reason.toUtf8();
    }
    return text;
}

inline QByteArray told(const Result<Health> &result)
{
    if (!result)
        return told(result.failure());
    return (result->healthy ? "healthy " : "not healthy ") + result->status.toUtf8();
}

inline QByteArray told(const std::optional<bool> &value)
{
    return !value ? "not told" : *value ? "yes" : "no";
}

inline QByteArray told(const Result<GatewayContactsPage> &result)
{
    if (!result)
        return told(result.failure());
    QByteArray text = "next=" + result->next.toUtf8() + " total=" + QByteArray::number(result->total);
    for (const GatewayContact &contact : result->contacts) {
        text += "\n" + contact.number.toUtf8() + " | " + contact.name.toUtf8() + " | "
            + (contact.saved ? "saved" : "not saved") + " | onWhatsApp " + told(contact.onWhatsApp) + " | photo "
            + (contact.photo.isEmpty() ? "none" : contact.photo.toEncoded());
        if (!contact.chatId.isEmpty())
            text += " | chat " + contact.chatId.toUtf8();
        if (contact.other)
            text += " | other";
    }
    return text;
}

inline QByteArray told(const std::optional<RateHint> &hint)
{
    if (!hint)
        return "nothing";
    return "perMinute=" + QByteArray::number(hint->perMinute) + " remaining=" + QByteArray::number(hint->remaining)
        + " resetAtMs=" + QByteArray::number(hint->resetAtMs);
}

} // namespace rollcall::golden
