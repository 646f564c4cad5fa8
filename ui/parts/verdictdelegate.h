// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/verdict.h"
#include "ui/parts/rowdelegate.h"
#include "ui/parts/theme.h"

#include <functional>

namespace rollcall {

/// What a verdict cell shows: word, icon and colour as a badge, then the age.
struct VerdictLook {
    QString word = {}; ///< empty: no badge, only the age
    QString age = {};
    QString iconName = {};
    Tone tone = Tone::Neutral;
    [[nodiscard]] static VerdictLook of(const Verdict &verdict, const TimeView &time, qint64 keepSeconds);
    /// Where accounts disagree: that word, and behind it what the current account says.
    [[nodiscard]] static VerdictLook ofDisagreement(const Verdict &here, const TimeView &time, qint64 keepSeconds);
    [[nodiscard]] QString sentence() const; ///< "Valid, 2 d, expires in 5 d"
};

[[nodiscard]] Tone toneOf(VerdictWord word);

/// Paints a verdict cell. The look comes from `lookOf` (nothing = the row is not loaded yet). The model's own display
/// and accessible text must be the same words (verdictSentence in ui/text/age.h), so that a screen reader and a picture
/// say one thing.
class VerdictDelegate final : public RowDelegate {
    Q_OBJECT
public:
    using LookOf = std::function<std::optional<VerdictLook>(const QModelIndex &)>;
    explicit VerdictDelegate(LookOf lookOf, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    LookOf m_lookOf;
};

} // namespace rollcall
