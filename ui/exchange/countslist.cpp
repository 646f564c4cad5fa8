// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/countslist.h"

#include "ui/exchange/importwords.h"
#include "ui/parts/fieldlist.h"
#include "ui/text/age.h"

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CountsList)
};

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

void showReasons(FieldList &list, const std::map<QByteArray, qint64> &rejected)
{
    list.clear();
    for (const auto &[reason, rows] : rejected)
        list.add(count(rows), ImportWords::reason(QString::fromLatin1(reason)));
}

} // namespace rollcall
