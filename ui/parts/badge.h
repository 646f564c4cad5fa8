// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/parts/theme.h"

#include <QRect>
#include <QWidget>

class QPainter;

namespace rollcall {

/// A rounded word on a tinted ground, with an icon where one is named. Its accessible name is its text.
class Badge final : public QWidget {
    Q_OBJECT
public:
    explicit Badge(QWidget *parent = nullptr);
    Badge(const QString &text, Tone tone, const QString &iconName = {}, QWidget *parent = nullptr);
    void setBadge(const QString &text, Tone tone, const QString &iconName = {});
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QString m_icon;
    Tone m_tone = Tone::Neutral;
};

/// The same drawing for delegates: left-aligned and vertically centred in `area`; answers the rectangle it used.
QRect paintBadge(QPainter &painter, const QRect &area, const QString &text, Tone tone, const QString &iconName,
    const QFont &font, const QPalette &palette);
[[nodiscard]] QSize badgeSize(const QString &text, bool withIcon, const QFont &font);

} // namespace rollcall
