// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/countrybox.h"

#include "models/domain/phonenumber.h"
#include "ui/text/words.h"

#include <QCollator>
#include <algorithm>
#include <vector>

namespace rollcall {

CountryBox::CountryBox(const QString &none, QWidget *parent)
    : QComboBox(parent)
{
    struct Entry {
        QString name;
        QString region;
    };
    std::vector<Entry> entries;
    for (const QString &region : supportedRegions()) {
        if (region.size() == 2)
            entries.push_back({Words::country(region), region});
    }
    const QCollator collator;
    std::sort(entries.begin(), entries.end(),
        [&collator](const Entry &a, const Entry &b) { return collator.compare(a.name, b.name) < 0; });
    addItem(none, QString());
    for (const Entry &entry : entries)
        //: a country and its calling code: "Germany (+49)"
        addItem(tr("%1 (+%2)").arg(entry.name).arg(countryCodeOf(entry.region)), entry.region);
    setMaxVisibleItems(16);
    // As wide as most names need, not as the longest of 245.
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(28);
}

void CountryBox::setRegion(const QString &region)
{
    setCurrentIndex(std::max(0, findData(region.toUpper())));
}

QString CountryBox::region() const
{
    return currentData().toString();
}

} // namespace rollcall
