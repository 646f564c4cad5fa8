// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/parts/dialogs.h"

#include <QList>

class QAction;

namespace rollcall {

class Accounts;
class Settings;

/// What the Accounts page works with. All of it outlives the page.
struct AccountsNeeds {
    Accounts &accounts;
    Settings &settings;
    Asks asks;
};

/// The shell's actions that this page carries out: it connects their triggered(), and enables edit, remove and test
/// while it is visible and an account is chosen. A null action is passed over.
struct AccountsActions {
    QAction *add = nullptr;
    QAction *edit = nullptr;
    QAction *remove = nullptr;
    QAction *test = nullptr;
    QList<QAction *> contextMenu = {}; ///< in order; null = separator
};

} // namespace rollcall
