// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "ui/parts/dialogs.h"

#include <QList>
#include <functional>
#include <vector>

class QAction;

namespace rollcall {

class BlockDesk;
class BlockRunner;
class Clock;
class Settings;
class Store;

/// What blocking works with in the window. All of it outlives the page. `accounts`: all of them, in their order.
struct BlocksNeeds {
    Store &store;
    Clock &clock;
    Settings &settings;
    BlockDesk &desk;
    BlockRunner &runner;
    std::function<const Account *(AccountId)> accountOf;
    std::function<std::vector<Account>()> accounts;
    Asks asks;
};

/// The shell's actions that the Blocked page shows; it enables settle, disarm, details and export while they make
/// sense, and carries out the last three. The other commands are carried out by BlockCommands. A null action is passed
/// over.
struct BlocksActions {
    QAction *block = nullptr;
    QAction *settle = nullptr;
    QAction *reconcile = nullptr;
    QAction *disarm = nullptr;
    QAction *details = nullptr;
    QAction *exportList = nullptr;
    QList<QAction *> listMenu = {}; ///< of the button "List"
    QList<QAction *> contextMenu = {}; ///< in order; null = separator
};

} // namespace rollcall
