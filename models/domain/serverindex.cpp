// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/serverindex.h"

namespace rollcall {

namespace {

constexpr int mostDigits = 15; // E.164

/// A Brazilian mobile number begins with 6 … 9 behind its two-digit area code; below that lie landlines.
bool isBrazilianMobile(QStringView subscriber)
{
    return !subscriber.isEmpty() && subscriber.front() >= u'6';
}

} // namespace

qint64 waIdDigits(const QString &waId)
{
    QStringView text(waId);
    if (const qsizetype at = text.indexOf(u'@'); at >= 0) {
        const QStringView server = text.mid(at + 1);
        if (server != u"c.us" && server != u"s.whatsapp.net")
            return 0;
        text = text.left(at);
    }
    if (text.startsWith(u'+'))
        text = text.mid(1);
    if (text.isEmpty() || text.size() > mostDigits || text.front() == u'0')
        return 0;
    qint64 digits = 0;
    for (const QChar c : text) {
        if (c < u'0' || c > u'9')
            return 0;
        digits = digits * 10 + (c.unicode() - u'0');
    }
    return digits;
}

std::vector<qint64> otherSpellings(qint64 digits)
{
    qint64 country = digits;
    while (country >= 100)
        country /= 10;
    if (country != 52 && country != 54 && country != 55) // asked for every number of a long list
        return {};
    const QString text = QString::number(digits);
    const auto made = [](const QString &spelling) { return std::vector<qint64>{spelling.toLongLong()}; };
    if (text.startsWith(u"55")) {
        const QString area = text.left(4);
        const QString subscriber = text.mid(4);
        if (subscriber.size() == 9 && subscriber.front() == u'9' && isBrazilianMobile(QStringView(subscriber).mid(1)))
            return made(QString(area + subscriber.mid(1)));
        if (subscriber.size() == 8 && isBrazilianMobile(subscriber))
            return made(QString(area + u'9' + subscriber));
    } else if (text.startsWith(u"52")) {
        if (text.size() == 12)
            return made(QString(u"521" + text.mid(2)));
        if (text.size() == 13 && text.at(2) == u'1')
            return made(QString(u"52" + text.mid(3)));
    } else if (text.startsWith(u"54")) {
        if (text.size() == 12)
            return made(QString(u"549" + text.mid(2)));
        if (text.size() == 13 && text.at(2) == u'9')
            return made(QString(u"54" + text.mid(3)));
    }
    return {};
}

std::vector<AliasKey> everySpelling(const std::vector<AliasKey> &aliases)
{
    std::vector<AliasKey> all;
    for (const AliasKey alias : aliases) {
        all.push_back(alias);
        if (alias.value() > 0)
            for (const qint64 other : otherSpellings(alias.value()))
                all.emplace_back(other);
    }
    return all;
}

ServerIndex::ServerIndex(std::span<const ServerBlock> rows)
{
    m_rows.reserve(rows.size());
    for (const ServerBlock &row : rows) {
        if (!row.alias.isNull())
            m_rows.emplace(row.alias.value(), &row);
        if (const qint64 digits = waIdDigits(row.waId); digits != 0)
            m_rows.emplace(digits, &row);
    }
}

const ServerBlock *ServerIndex::at(qint64 digits) const
{
    const auto found = m_rows.find(digits);
    return digits == 0 || found == m_rows.end() ? nullptr : found->second;
}

const ServerBlock *ServerIndex::find(AliasKey alias, const QString &waId) const
{
    const qint64 known = waIdDigits(waId);
    for (const qint64 exact : {alias.value(), known}) {
        if (const ServerBlock *row = at(exact))
            return row;
    }
    if (known != 0)
        return nullptr; // the gateway has told how it writes this one: no guessing
    for (const qint64 digits : otherSpellings(alias.value())) {
        if (const ServerBlock *row = at(digits))
            return row;
    }
    return nullptr;
}

} // namespace rollcall
