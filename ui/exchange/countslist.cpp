// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/countslist.h"

#include "ui/exchange/importwords.h"
#include "ui/parts/fieldlist.h"
#include "ui/text/age.h"
#include "ui/text/foreign.h"

#include <algorithm>
#include <array>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CountsList)
};

/// "Lines 4, 9, and 12 further rows."
QString linesOf(const std::vector<qint64> &lines, qint64 many)
{
    QStringList named;
    named.reserve(qsizetype(lines.size()));
    for (const qint64 line : lines)
        named << QString::number(line);
    const qint64 more = many - named.size();
    const QString list = named.join(QStringLiteral(", "));
    if (more > 0)
        //: where in the file rejected rows stand: %1 some line numbers, %2 how many rows there are besides
        return Text::tr("Lines %1, and %2 further rows.", nullptr, forPlural(more)).arg(list, count(more));
    return (named.size() == 1 ? Text::tr("Line %1.") : Text::tr("Lines %1.")).arg(list);
}

struct Property {
    const char *name;
    const char *words;
};

constexpr std::array properties{
    Property{"ADR", QT_TRANSLATE_NOOP("CountsList", "addresses")},
    Property{"AGENT", QT_TRANSLATE_NOOP("CountsList", "assistants")},
    Property{"ANNIVERSARY", QT_TRANSLATE_NOOP("CountsList", "anniversaries")},
    Property{"BDAY", QT_TRANSLATE_NOOP("CountsList", "birthdays")},
    Property{"CATEGORIES", QT_TRANSLATE_NOOP("CountsList", "categories")},
    Property{"EMAIL", QT_TRANSLATE_NOOP("CountsList", "further e-mail addresses")},
    Property{"GENDER", QT_TRANSLATE_NOOP("CountsList", "gender")},
    Property{"GEO", QT_TRANSLATE_NOOP("CountsList", "positions on the map")},
    Property{"IMPP", QT_TRANSLATE_NOOP("CountsList", "messenger addresses")},
    Property{"KEY", QT_TRANSLATE_NOOP("CountsList", "keys")},
    Property{"LABEL", QT_TRANSLATE_NOOP("CountsList", "address labels")},
    Property{"LANG", QT_TRANSLATE_NOOP("CountsList", "languages")},
    Property{"LOGO", QT_TRANSLATE_NOOP("CountsList", "logos")},
    Property{"NICKNAME", QT_TRANSLATE_NOOP("CountsList", "nicknames")},
    Property{"NOTE", QT_TRANSLATE_NOOP("CountsList", "notes")},
    Property{"ORG", QT_TRANSLATE_NOOP("CountsList", "companies")},
    Property{"PHOTO", QT_TRANSLATE_NOOP("CountsList", "photos")},
    Property{"RELATED", QT_TRANSLATE_NOOP("CountsList", "related people")},
    Property{"ROLE", QT_TRANSLATE_NOOP("CountsList", "roles")},
    Property{"SOUND", QT_TRANSLATE_NOOP("CountsList", "sounds")},
    Property{"TITLE", QT_TRANSLATE_NOOP("CountsList", "job titles")},
    Property{"TZ", QT_TRANSLATE_NOOP("CountsList", "time zones")},
    Property{"URL", QT_TRANSLATE_NOOP("CountsList", "web pages")},
};

/// Of a vCard's property; one without words by its name.
QString wordsOf(const QString &name)
{
    const auto known = std::find_if(properties.begin(), properties.end(),
        [&](const Property &property) { return name == QLatin1String(property.name); });
    return known == properties.end() ? name : Text::tr(known->words);
}

} // namespace

void showCounts(FieldList &list, const ImportCounts &counts, qint64 rowsRead)
{
    list.clear();
    list.add(Text::tr("Added"), count(counts.added));
    list.add(Text::tr("Updated"), count(counts.updated));
    list.add(Text::tr("Unchanged"), count(counts.unchanged));
    list.add(Text::tr("Suppressed (do-not-contact)"), count(counts.suppressed));
    list.add(Text::tr("Rejected"), count(counts.rejected));
    list.add(Text::tr("Rows read"), count(rowsRead));
}

void showReasons(FieldList &list, const StagedRows &rows)
{
    list.clear();
    for (const auto &[reason, many] : rows.rejected) {
        const auto lines = rows.rejectedLines.find(reason);
        QString words = ImportWords::reason(QString::fromLatin1(reason));
        if (lines != rows.rejectedLines.end())
            words += u' ' + linesOf(lines->second, many);
        list.add(count(many), words);
    }
}

QStringList notesOf(const StagedRows &rows)
{
    QStringList notes;
    const auto addIfAny = [&notes](qint64 many, const QString &sentence) {
        if (many > 0)
            notes.append(sentence.arg(count(many)));
    };
    const NumberFindings &found = rows.findings;
    addIfAny(rows.manyNumbers,
        Text::tr("Cards with more than one number: %1. Each number is a row, and a person, of its own under the card's "
                 "name."));
    if (!rows.leftOut.isEmpty()) {
        QStringList leftOut;
        leftOut.reserve(rows.leftOut.size());
        for (const QString &name : rows.leftOut)
            leftOut << wordsOf(name);
        //: %1 what a vCard holds, such as "addresses, notes"
        notes << Text::tr("Not taken from the cards, and only in your file: %1.")
                     .arg(oneLine(leftOut.join(QStringLiteral(", "))));
    }
    addIfAny(rows.repeated, Text::tr("Rows that repeat a number of the same file: %1"));
    addIfAny(found.possibleOnly, Text::tr("Numbers in no range we know, kept with a mark: %1"));
    addIfAny(found.unlikely, Text::tr("Numbers that could not be read as international ones, kept as typed: %1"));
    addIfAny(found.unreadableDates,
        Text::tr("Opt-in dates that could not be read for sure, where the answer for the whole list holds: %1"));
    return notes;
}

} // namespace rollcall
