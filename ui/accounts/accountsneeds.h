// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/account.h"
#include "ui/parts/dialogs.h"

#include <QList>
#include <functional>

class QAction;

namespace rollcall {

class Accounts;
class Clock;
class Settings;

/// What the Accounts page works with. All of it outlives the page.
struct AccountsNeeds {
    Accounts &accounts;
    Settings &settings;
    Asks asks;
    Clock *clock = nullptr; ///< null: times are shown as dates, without their age
    /// Spends two live checks on numbers that nobody can have; afterwards the account carries the outcome.
    std::function<Call(AccountId, std::function<void(Result<TruthProbe>)> then)> probe = {};
    /// What its engine refused is offered again.
    std::function<Call(AccountId, std::function<void(Done)> then)> forgetRefusals = {};
};

/// The shell's actions that this page carries out: it connects their triggered(), and enables all but add
/// while it is visible and an account is chosen. A null action is passed over.
struct AccountsActions {
    QAction *add = nullptr;
    QAction *edit = nullptr;
    QAction *remove = nullptr;
    QAction *test = nullptr;
    QAction *probe = nullptr; ///< asks before it spends
    QAction *tryAgain = nullptr; ///< what the engine refused
    QList<QAction *> contextMenu = {}; ///< in order; null = separator
    QAction *addSandbox
        = nullptr; ///< an account for each other gateway of the sandbox; its button is there while one is missing
};

} // namespace rollcall
