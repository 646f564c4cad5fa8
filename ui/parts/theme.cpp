// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/theme.h"

#include "ui/parts/icons.h"
#include "ui/parts/internal/style.h"
#include "ui/parts/internal/stylesheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QVariant>

namespace rollcall {

namespace {

constexpr char platformDark[] = "rollcallPlatformDark";

Ink ink(const char *fore, const char *back)
{
    return {QColor(QLatin1String(fore)), QColor(QLatin1String(back))};
}

QColor colour(const char *name)
{
    return {QLatin1String(name)};
}

Tokens makeLight()
{
    Tokens t;
    t.window = colour("#f4f6f8");
    t.surface = colour("#ffffff");
    t.raised = colour("#ffffff");
    t.border = colour("#dbe0e6");
    t.text = colour("#18212c");
    t.muted = colour("#566270");
    t.accent = colour("#0b6b61");
    t.onAccent = colour("#ffffff");
    t.selection = colour("#dcefeb");
    t.neutral = ink("#465260", "#ebeef2");
    t.good = ink("#17663a", "#e0f2e7");
    t.bad = ink("#9e1f1f", "#fbe5e4");
    t.busy = ink("#1b569e", "#e2edfb");
    t.warning = ink("#7d4400", "#fdefd8");
    t.accentSoft = ink("#0a5b53", "#dff1ed");
    t.sandbox = ink("#6b35a0", "#f0e7fa");
    return t;
}

Tokens makeDark()
{
    Tokens t;
    t.dark = true;
    t.window = colour("#14181d");
    t.surface = colour("#1b2026");
    t.raised = colour("#252b33");
    t.border = colour("#363f4a");
    t.text = colour("#e6eaef");
    t.muted = colour("#a3aebb");
    t.accent = colour("#43c2ac");
    t.onAccent = colour("#06211d");
    t.selection = colour("#1f3f3a");
    t.neutral = ink("#bcc6d1", "#2d353f");
    t.good = ink("#84dba5", "#1b3627");
    t.bad = ink("#ffa3a0", "#452322");
    t.busy = ink("#97c3f9", "#1c3048");
    t.warning = ink("#f4c274", "#3f3017");
    t.accentSoft = ink("#7fdccb", "#1d3a35");
    t.sandbox = ink("#d4aef8", "#38264b");
    return t;
}

QPalette paletteOf(const Tokens &t)
{
    QPalette p;
    p.setColor(QPalette::Window, t.window);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.surface);
    p.setColor(QPalette::AlternateBase, t.window);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::PlaceholderText, t.muted);
    p.setColor(QPalette::Button, t.raised);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.bad.fore);
    p.setColor(QPalette::ToolTipBase, t.raised);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::Highlight, t.accent);
    p.setColor(QPalette::HighlightedText, t.onAccent);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.sandbox.fore);
    p.setColor(QPalette::Light, t.raised);
    p.setColor(QPalette::Midlight, t.border);
    p.setColor(QPalette::Mid, t.border);
    p.setColor(QPalette::Dark, t.border.darker(115));
    p.setColor(QPalette::Shadow, t.dark ? QColor(Qt::black) : t.muted);
    QColor faded = t.muted;
    faded.setAlphaF(0.72F);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, faded);
    p.setColor(QPalette::Disabled, QPalette::Highlight, t.border);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, t.muted);
    return p;
}

/// A font of emoji, where there is one, comes right behind that of the window. Else Qt takes each character from the
/// first font that has it, and a thumb and the colour of its skin, or a woman and her laptop, are drawn apart. Only
/// behind a real family: an alias ("Sans Serif") is passed over, and then digits would be those of the emoji.
void preferEmoji()
{
    const QString emoji = QStringLiteral("Noto Color Emoji");
    QFont font = QApplication::font();
    if (font.families().contains(emoji) || !QFontDatabase::hasFamily(emoji))
        return;
    font.setFamilies({QFontInfo(font).family(), emoji});
    QApplication::setFont(font);
}

bool wantsDark(const QApplication &app, ThemeChoice choice)
{
    if (choice == ThemeChoice::System)
        return app.property(platformDark).toBool();
    return choice == ThemeChoice::Dark;
}

} // namespace

const Ink &Tokens::ink(Tone tone) const
{
    switch (tone) {
    case Tone::Good:
        return good;
    case Tone::Bad:
        return bad;
    case Tone::Busy:
        return busy;
    case Tone::Warning:
        return warning;
    case Tone::Accent:
        return accentSoft;
    case Tone::Sandbox:
        return sandbox;
    case Tone::Neutral:
        break;
    }
    return neutral;
}

const Tokens &lightTokens()
{
    static const Tokens tokens = makeLight();
    return tokens;
}

const Tokens &darkTokens()
{
    static const Tokens tokens = makeDark();
    return tokens;
}

const Tokens &tokensOf(const QPalette &palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() < 128 ? darkTokens() : lightTokens();
}

ThemeChoice themeChoice(const QString &setting)
{
    if (setting == QLatin1String("light"))
        return ThemeChoice::Light;
    return setting == QLatin1String("dark") ? ThemeChoice::Dark : ThemeChoice::System;
}

void applyTheme(QApplication &app, ThemeChoice choice)
{
    // Qt 6.4 has no colour scheme property: what the platform gave before our first palette is the system's choice.
    if (!app.property(platformDark).isValid())
        app.setProperty(platformDark, QGuiApplication::palette().color(QPalette::Window).lightness() < 128);
    const Tokens &tokens = wantsDark(app, choice) ? darkTokens() : lightTokens();
    prepareIcons();
    preferEmoji();
    // NOLINTBEGIN(clang-analyzer-cplusplus.NewDeleteLeaks): the application owns it
    QApplication::setStyle(new Style);
    QApplication::setPalette(paletteOf(tokens));
    // NOLINTEND(clang-analyzer-cplusplus.NewDeleteLeaks)
    app.setStyleSheet(styleSheetOf(tokens));
}

} // namespace rollcall
