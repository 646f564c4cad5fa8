// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/lightlook.h"

#include "ui/parts/verdictdelegate.h"
#include "ui/text/blockwords.h"
#include "ui/text/words.h"

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

Tone toneOf(MarketingState state)
{
    return state == MarketingState::Stopped ? Tone::Warning : Tone::Neutral;
}

QString marketingIcon(MarketingState state)
{
    return state == MarketingState::Stopped ? QStringLiteral("marketing") : QStringLiteral("tick");
}

Tone toneOf(ConsentState state)
{
    return state == ConsentState::OptIn ? Tone::Good : state == ConsentState::OptOut ? Tone::Bad : Tone::Neutral;
}

QString consentIcon(ConsentState state)
{
    return state == ConsentState::OptIn ? QStringLiteral("verify")
        : state == ConsentState::OptOut ? QStringLiteral("cancel")
                                        : QStringLiteral("help");
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

QAbstractItemDelegate *marketingDelegate(int role, QObject *parent)
{
    return new VerdictDelegate(
        [role](const QModelIndex &index) -> std::optional<VerdictLook> {
            const auto state = static_cast<MarketingState>(index.data(role).toInt());
            if (state == MarketingState::NotTold)
                return std::nullopt;
            return VerdictLook{BlockWords::marketing(state), {}, marketingIcon(state), toneOf(state)};
        },
        parent);
}

QAbstractItemDelegate *consentDelegate(int role, QObject *parent)
{
    return new VerdictDelegate(
        [role](const QModelIndex &index) -> std::optional<VerdictLook> {
            const auto state = static_cast<ConsentState>(index.data(role).toInt());
            if (state == ConsentState::None)
                return std::nullopt;
            return VerdictLook{Words::consent(state), {}, consentIcon(state), toneOf(state)};
        },
        parent);
}

} // namespace rollcall
