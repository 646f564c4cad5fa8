// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/lightlook.h"

#include "ui/parts/verdictdelegate.h"
#include "ui/text/blockwords.h"

namespace rollcall {

Tone toneOf(BlockLight light)
{
    switch (light) {
    case BlockLight::None:
        break;
    case BlockLight::Planned:
    case BlockLight::Sending:
        return Tone::Busy;
    case BlockLight::Blocked:
    case BlockLight::BlockedConfirmed:
        return Tone::Bad;
    case BlockLight::BlockedNotThere:
    case BlockLight::OnlyThere:
    case BlockLight::Unknown:
    case BlockLight::Refused:
        return Tone::Warning;
    case BlockLight::Armed:
        return Tone::Accent;
    }
    return Tone::Neutral;
}

QAbstractItemDelegate *lightDelegate(int role, QObject *parent)
{
    return new VerdictDelegate(
        [role](const QModelIndex &index) -> std::optional<VerdictLook> {
            const QVariant value = index.data(role);
            const auto light = value.isValid() ? static_cast<BlockLight>(value.toInt()) : BlockLight::None;
            if (light == BlockLight::None)
                return std::nullopt;
            return VerdictLook{BlockWords::light(light), {}, BlockWords::lightIcon(light), toneOf(light)};
        },
        parent);
}

QAbstractItemDelegate *stopDelegate(int role, QObject *parent)
{
    return new VerdictDelegate(
        [role](const QModelIndex &index) -> std::optional<VerdictLook> {
            if (!index.data(role).toBool())
                return std::nullopt;
            return VerdictLook{BlockWords::doNotContact(), {}, QStringLiteral("stop"), Tone::Bad};
        },
        parent);
}

} // namespace rollcall
