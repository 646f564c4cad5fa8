// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMainWindow;
class QWidget;

namespace rollcall {

class Actions;

/// Menu bar and toolbar: the same actions, the same words.
void buildMenus(QMainWindow &window, const Actions &actions);
/// `chooser` stands at the right end.
void buildToolBar(QMainWindow &window, const Actions &actions, QWidget &chooser);

} // namespace rollcall
