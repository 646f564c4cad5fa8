// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/masked.h"

#include <algorithm>

namespace rollcall {

QString maskedNumber(const QString &number)
{
    QString digits;
    for (const QChar c : number)
        if (c.isDigit())
            digits += c;
    if (digits.size() < 7)
        return QStringLiteral("…");
    const QString plus = number.contains(u'+') ? QStringLiteral("+") : QString();
    return plus + digits.left(3) + QStringLiteral("…") + digits.right(2);
}

Secret::~Secret()
{
    if (!m_bytes.isEmpty() && m_bytes.isDetached()) {
        volatile char *p = m_bytes.data();
        for (qsizetype i = 0; i < m_bytes.size(); ++i)
            p[i] = 0;
    }
}

Secret Secret::fromTyped(const QString &typed)
{
    const QString trimmed = typed.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > 4096)
        return {};
    const bool visible
        = std::all_of(trimmed.begin(), trimmed.end(), [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7f; });
    return visible ? Secret(trimmed.toLatin1()) : Secret();
}

} // namespace rollcall
