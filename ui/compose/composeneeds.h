// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "ui/parts/dialogs.h"

#include <functional>

class QAction;

namespace rollcall {

class CheckDesk;
class Clock;
class DraftKeeper;
class Runner;
class SendDesk;
class Settings;
class Store;

/// What composing works with in the window. All of it outlives the page.
struct ComposeNeeds {
    Store &store;
    Clock &clock;
    Settings &settings;
    SendDesk &desk;
    DraftKeeper &drafts;
    CheckDesk &checks; ///< Check now
    Runner &checkRunner; ///< tells when such a check ended
    std::function<const Account *(AccountId)> accountOf;
    Asks asks;
};

/// The shell's actions that the page shows; ComposeShell carries them out. A null action is passed over.
struct ComposeActions {
    QAction *send = nullptr;
    QAction *sent = nullptr; ///< what was sent, to whom
};

} // namespace rollcall
