// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/countrynames.h"

#include "models/domain/phonenumber.h"

#include <QHash>
#include <QLocale>
#include <unicode/uloc.h>

namespace rollcall {

namespace {

QHash<QString, QString> makeNames()
{
    QHash<QString, QString> names;
    const QList<QLocale> locales
        = QLocale::matchingLocales(QLocale::AnyLanguage, QLocale::AnyScript, QLocale::AnyTerritory);
    const QStringList regions = supportedRegions();
    for (const QString &region : regions) {
        const QLocale::Territory territory = QLocale::codeToTerritory(region);
        names.insert(region.toLower(), region);
        // Qt knows no three-letter codes; ICU does.
        names.insert(
            QString::fromLatin1(uloc_getISO3Country(QByteArray("und_" + region.toLatin1()).constData())).toLower(),
            region);
        if (territory != QLocale::AnyTerritory)
            names.insert(QLocale::territoryToString(territory).toLower(), region);
    }
    for (const QLocale &locale : locales) {
        const QString region = QLocale::territoryToCode(locale.territory());
        const QString name = locale.nativeTerritoryName().toLower();
        // Where two countries are called the same somewhere, the first keeps the name.
        if (!name.isEmpty() && regions.contains(region) && !names.contains(name))
            names.insert(name, region);
    }
    return names;
}

} // namespace

QString regionOf(const QString &cell)
{
    static const QHash<QString, QString> names = makeNames();
    const QString text = cell.trimmed().toLower();
    return text.isEmpty() ? QString() : names.value(text);
}

} // namespace rollcall
