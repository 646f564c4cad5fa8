// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

class QApplication;

namespace rollcall {

/// The one spacing grid, in device-independent pixels.
namespace Space {
inline constexpr int tiny = 4;
inline constexpr int small = 8;
inline constexpr int medium = 16;
inline constexpr int large = 24;
inline constexpr int huge = 32;
inline constexpr int row = 40; ///< height of a table row
inline constexpr int icon = 20;
inline constexpr int radius = 6;
} // namespace Space

/// What a coloured thing means. Never the only carrier of the meaning: a word or an icon stands beside it.
enum class Tone { Neutral, Good, Bad, Busy, Warning, Accent, Sandbox };

struct Ink {
    QColor fore = {};
    QColor back = {};
};

/// Every colour of the program. Each pair of ink and paper has a contrast of at least 4.5:1
/// (tests/ui/parts/theme_test).
struct Tokens {
    bool dark = false;
    QColor window = {}; ///< behind everything: navigation, dialogs
    QColor surface = {}; ///< tables, fields, cards
    QColor raised = {}; ///< menus, tooltips, hovered rows
    QColor border = {};
    QColor text = {};
    QColor muted = {}; ///< secondary text
    QColor accent = {};
    QColor onAccent = {};
    QColor selection = {}; ///< selected rows; `text` is written on it
    Ink neutral = {}, good = {}, bad = {}, busy = {}, warning = {}, accentSoft = {}, sandbox = {};
    [[nodiscard]] const Ink &ink(Tone tone) const;
};

/// The tokens of the theme a palette belongs to (dark or light by its window colour).
[[nodiscard]] const Tokens &tokensOf(const QPalette &palette);
[[nodiscard]] const Tokens &lightTokens();
[[nodiscard]] const Tokens &darkTokens();

enum class ThemeChoice { System, Light, Dark };
/// "light", "dark", anything else = System (settings key look/theme).
[[nodiscard]] ThemeChoice themeChoice(const QString &setting);

/// Style, palette and style sheet for the whole program. May be called again at any time; open windows follow.
void applyTheme(QApplication &app, ThemeChoice choice);

} // namespace rollcall
