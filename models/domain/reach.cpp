// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/reach.h"

#include "models/domain/serverindex.h"

namespace rollcall {

QString textToReach(GatewayKind kind, AliasKey alias, const QString &waId, const QString &otherName)
{
    if (const qint64 digits = waIdDigits(waId); digits != 0)
        return u'+' + QString::number(digits);
    if (alias.value() > 0)
        return u'+' + QString::number(alias.value());
    const bool isChat = otherName.endsWith(QLatin1String("@lid")) || otherName.endsWith(QLatin1String("@c.us"));
    if (kind == GatewayKind::Wawp && isChat)
        return otherName;
    const bool isUser = !otherName.contains(u'@') && otherName.indexOf(u'.') == 2;
    const bool isMeta = kind == GatewayKind::Dialog360 || kind == GatewayKind::CloudApi;
    return isMeta && isUser ? otherName : QString();
}

} // namespace rollcall
