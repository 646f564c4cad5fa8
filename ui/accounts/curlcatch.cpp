// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/curlcatch.h"

#include "models/formats/curlline.h"

#include <QLineEdit>

namespace rollcall {

namespace {

constexpr qsizetype pastedAtOnce = 8; ///< characters that nobody types in one go

} // namespace

CurlCatch::CurlCatch(QLineEdit &field)
    : QValidator(&field)
{
    field.setMaxLength(int(longestCurlLine)); // a longer paste would come cut off
    field.setValidator(this);
    connect(&field, &QLineEdit::textChanged, this, [this](const QString &text) { m_known = text.size(); });
}

QValidator::State CurlCatch::validate(QString &input, int &pos) const
{
    if (input.size() - m_known < pastedAtOnce)
        return Acceptable;
    // The paste ends at the cursor; where it begins within an address that was there is found by its first word.
    const QString before = input.left(pos);
    for (qsizetype at = before.indexOf(u"curl", 0, Qt::CaseInsensitive); at >= 0;
         at = before.indexOf(u"curl", at + 1, Qt::CaseInsensitive)) {
        const QString line = before.mid(at);
        if (!looksLikeCurl(line))
            continue;
        QMetaObject::invokeMethod(
            const_cast<CurlCatch *>(this), [this, line] { emit caught(line); }, Qt::QueuedConnection);
        return Invalid;
    }
    return Acceptable;
}

} // namespace rollcall
