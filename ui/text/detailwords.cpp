// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/detailwords.h"

#include "models/base/json.h"
#include "ui/text/foreign.h"

#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <iterator>

namespace rollcall {

namespace {

struct Key {
    const char *id;
    const char *words;
};

#define T(text) QT_TRANSLATE_NOOP("DetailWords", text)
constexpr Key keys[] = {
    {"address", T("Address")},
    {"bytes", T("Size")},
    {"ca_file", T("CA file")},
    {"cool_down", T("Seconds between two checks of a number")},
    {"country_code", T("Registered country code")},
    {"file", T("File")},
    {"keep_seconds", T("Seconds a verdict counts")},
    {"name", T("Name")},
    {"note", T("Note")},
    {"number", T("Number")},
    {"per_day", T("Checks a day")},
    {"per_hour", T("Checks an hour")},
    {"reason", T("Reason")},
    {"region", T("Default country")},
    {"renamed", T("Renamed")},
    {"sender", T("Sender")},
    {"sha256", T("SHA-256")},
    {"source", T("Source")},
    {"user", T("User")},
};
#undef T

} // namespace

QString DetailWords::text(const QString &stored)
{
    const Result<Json> json = parseJson(stored.toUtf8());
    if (!json || !json->isObject())
        return oneLine(stored);
    QStringList parts;
    for (const auto &[id, value] : json->object()) {
        QString text = value.isString() ? value.toString() : QString::fromUtf8(value.toCompact());
        if (id == QLatin1String("bytes"))
            text = QLocale().formattedDataSize(value.toInteger().value_or(0));
        if (text.isEmpty())
            continue;
        const auto *key = std::find_if(
            std::begin(keys), std::end(keys), [&id = id](const Key &one) { return id == QLatin1String(one.id); });
        //: one member of a journal entry's details: %1 what it is, %2 its text, e.g. "Name: Anna"
        parts << tr("%1: %2").arg(key == std::end(keys) ? oneLine(id) : tr(key->words), oneLine(text));
    }
    return parts.join(tr("; "));
}

} // namespace rollcall
