// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/internal/replies.h"

#include <QRegularExpression>
#include <QUrl>
#include <algorithm>

namespace rollcall {

bool isSuccess(const HttpReply &reply)
{
    return reply.status >= 200 && reply.status < 300;
}

Failure badReply(const HttpReply &reply, const QString &why)
{
    return {Failure::Kind::BadReply, why, {}, isSuccess(reply) ? 0 : reply.status};
}

std::pair<QByteArray, Secret> bearer(const Credentials &credentials)
{
    return {QByteArrayLiteral("Authorization"), Secret("Bearer " + credentials.token.reveal())};
}

bool isVisibleAscii(const QString &text)
{
    return !text.isEmpty() && text.size() <= 4096
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; });
}

int codeOf(const Json &value)
{
    return int(std::clamp<qint64>(value.toInteger(true).value_or(0), 0, 999'999));
}

QByteArray percentEncoded(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

bool isDigits(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QString withoutJid(const QString &person)
{
    for (const QLatin1String suffix : {QLatin1String("@c.us"), QLatin1String("@s.whatsapp.net")})
        if (person.endsWith(suffix) && isDigits(person.chopped(suffix.size())))
            return person.chopped(suffix.size());
    return person;
}

QString ownWords(const QString &text, int most)
{
    // Cut first: what comes is hostile and may be megabytes. Digits that the cut parts from each other are no number.
    static const QRegularExpression number(QStringLiteral("\\+?[0-9](?:[ .()\\-]{0,3}[0-9]){6,}"));
    static const QRegularExpression key(QStringLiteral("(?=[A-Za-z_.~+/=%\\-]*[0-9])[A-Za-z0-9_.~+/=%\\-]{24,}"));
    QString words = text.left(4 * most).simplified();
    words.replace(key, QStringLiteral("…"));
    words.replace(number, QStringLiteral("…"));
    return words.left(most);
}

} // namespace rollcall
