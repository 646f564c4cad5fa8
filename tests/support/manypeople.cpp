// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/manypeople.h"

#include "models/base/progress.h"
#include "models/exchange/stagingfile.h"
#include "models/store/store.h"
#include "tests/support/answer.h"

#include <array>

namespace rollcall::tests {

namespace {

struct Plan {
    int code;
    const char *region;
    const char *network; ///< three or four digits after the country code
    int digits; ///< that follow
};

constexpr std::array plans{Plan{49, "DE", "151", 8}, Plan{1, "US", "631", 7}, Plan{44, "GB", "7700", 6},
    Plan{48, "PL", "60", 7}, Plan{91, "IN", "98", 8}, Plan{55, "BR", "119", 8}, Plan{84, "VN", "90", 7},
    Plan{20, "EG", "100", 7}};

const std::array givenNames{QStringLiteral("Anna"), QStringLiteral("Jürgen"), QStringLiteral("Łukasz"),
    QStringLiteral("Søren"), QStringLiteral("Zoë"), QStringLiteral("Nguyễn"), QStringLiteral("محمد"),
    QStringLiteral("Željko"), QStringLiteral("Natalie"), QStringLiteral("Khalid"), QStringLiteral("अमित"),
    QStringLiteral("Ægir"), QStringLiteral("José")};
const std::array familyNames{QStringLiteral("Müller"), QStringLiteral("Smith"), QStringLiteral("Wałęsa"),
    QStringLiteral("Ødegård"), QStringLiteral("Straßer"), QStringLiteral("García"), QStringLiteral("Ali")};
const std::array allTags{QStringLiteral("vip"), QStringLiteral("newsletter"), QStringLiteral("café")};

template <class List> const QString &pick(const List &list, quint32 by)
{
    return list[by % list.size()];
}

QString typedAs(int style, const Plan &plan, const QString &local)
{
    const QString network = QLatin1String(plan.network);
    switch (style) {
    case 0:
        return QStringLiteral("+%1 %2 %3").arg(plan.code).arg(network, local);
    case 1:
        return QStringLiteral("00%1-%2-%3").arg(plan.code).arg(network, local);
    case 2:
        return QStringLiteral("(%1) %2-%3").arg(network, local.left(3), local.mid(3));
    default:
        return QStringLiteral("0%1/%2").arg(network, local);
    }
}

} // namespace

PersonFields madePerson(int index)
{
    const quint32 mixed = (quint32(index) * 2'654'435'761U) >> 8U; // spreads neighbours; always the same
    PersonFields person;
    person.name = pick(givenNames, mixed) + QLatin1Char(' ') + pick(familyNames, mixed / 16) + QLatin1Char(' ')
        + QString::number(index);
    person.email = QStringLiteral("user%1@%2.example").arg(index).arg(QLatin1String(mixed % 3 == 0 ? "gmail" : "mail"));
    if (mixed % 4 == 0)
        person.organisation = QStringLiteral("Firma Größe %1").arg(mixed % 50);
    if (mixed % 5 == 0)
        person.tags = QStringList{pick(allTags, mixed / 7)};
    if (index % 25 == 24)
        return person;
    if (index % 40 == 39) {
        person.number.typed = QStringLiteral("ask %1 (555) 01%2").arg(pick(givenNames, mixed)).arg(index);
        return person;
    }
    const Plan &plan = plans[quint32(index) % plans.size()];
    const QString local = QStringLiteral("%1").arg(index, plan.digits, 10, QLatin1Char('0'));
    person.number.typed = typedAs(int(mixed % 4), plan, local);
    person.number.e164 = QString(QString::number(plan.code) + QLatin1String(plan.network) + local).toLongLong();
    person.number.region = QLatin1String(plan.region);
    person.number.state = NumberState::PossibleOnly;
    person.number.explicitPlus = mixed % 4 == 0;
    return person;
}

Result<ImportOutcome> addPeople(Store &store, const QString &folder, int count, int timeoutMs)
{
    auto staging = StagingFile::create(folder);
    if (!staging)
        return staging.failure();
    for (int index = 0; index < count; ++index) {
        const PersonFields person = madePerson(index);
        PlannedRow row;
        row.number = person.number;
        row.raw = person.number.typed.toStdString();
        row.name = person.name.toStdString();
        row.email = person.email.toStdString();
        row.organisation = person.organisation.toStdString();
        row.tags = Imports::joinedTags(person.tags).toStdString();
        if (const auto added = (*staging)->add(index + 1, row, 0); !added)
            return added.failure();
    }
    const auto path = (*staging)->close();
    if (!path)
        return path.failure();
    ImportAbout about;
    about.fileName = QStringLiteral("made.csv");
    return answerOf<ImportOutcome>(
        [&](auto then) {
            return store.imports().commit(
                *path, about, std::make_shared<JobControl>(), [](Progress) {}, then);
        },
        timeoutMs);
}

} // namespace rollcall::tests
