// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace rollcall {

/// An icon of our own set (resources/icons/<name>.svg) in the palette's text colour: it follows the theme while it is
/// shown, and is drawn anew for each scale. An unknown name gives an empty icon.
[[nodiscard]] QIcon icon(const QString &name);

/// The same for a button that is filled with the accent colour: drawn in the colour of the words on it.
[[nodiscard]] QIcon iconOnAccent(const QString &name);

/// The same drawing in a colour of its own. `size` in device-independent pixels.
[[nodiscard]] QPixmap iconPixmap(const QString &name, int size, double scale, const QColor &colour);

/// The program's own icon, in its own colours.
[[nodiscard]] QIcon programIcon();

/// Links the pictures of this library into the program; done by applyTheme().
void prepareIcons();

} // namespace rollcall
