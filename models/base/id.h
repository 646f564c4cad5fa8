// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <compare>
#include <functional>

namespace rollcall {

/// An identifier that cannot be mixed up with another kind of identifier. 0 means "none"; real ids are positive
/// (an AliasKey may be negative, see models/domain/ids.h). Never goes through double.
template <class Tag> class Id {
public:
    constexpr Id() = default;
    constexpr explicit Id(qint64 value)
        : m_value(value)
    {
    }
    [[nodiscard]] constexpr qint64 value() const { return m_value; }
    [[nodiscard]] constexpr bool isNull() const { return m_value == 0; }
    friend constexpr auto operator<=>(Id, Id) = default; // NOLINT(modernize-use-nullptr): clang-tidy 14 on <=>

private:
    qint64 m_value = 0;
};

} // namespace rollcall

template <class Tag> struct std::hash<rollcall::Id<Tag>> {
    std::size_t operator()(rollcall::Id<Tag> id) const noexcept { return std::hash<qint64>{}(id.value()); }
};
