// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "ui/parts/dialogs.h"

#include <QList>
#include <functional>

class QAction;

namespace rollcall {

class CheckDesk;
class Clock;
class PersonLookup;
class Runner;
class Settings;
class Store;

/// What the Contacts page works with. All of it outlives the page. The current account is told by setAccount().
struct ContactsNeeds {
    Store &store;
    Clock &clock;
    Settings &settings;
    CheckDesk &desk;
    Runner &runner;
    std::function<const Account *(AccountId)> accountOf;
    Asks asks;
    PersonLookup *lookup = nullptr; ///< null: the details pane asks no gateway
};

/// The shell's actions that this page carries out: it connects their triggered(), and enables edit, remove and validate
/// while it is visible and they make sense. A null action is passed over.
struct ContactsActions {
    QAction *newPerson = nullptr;
    QAction *edit = nullptr;
    QAction *remove = nullptr;
    QAction *checkNumber = nullptr;
    QAction *validate = nullptr;
    QAction *forceCheck = nullptr; ///< checkable; read at the click
    QAction *waitForAll = nullptr; ///< checkable; read at the click
    QAction *undo = nullptr;
    QAction *redo = nullptr;
    QAction *optIn = nullptr;
    QAction *optOut = nullptr;
    QAction *marketing = nullptr; ///< "Has stopped marketing in WhatsApp…"
    QAction *wroteNow = nullptr; ///< not carried out here; offered by the details
    QAction *findStops = nullptr; ///< works on every page
    QAction *dossier = nullptr;
    QAction *erase = nullptr;
    QAction *history = nullptr; ///< works on every page
    QAction *import = nullptr; ///< not carried out here; offered by the empty page
    QAction *importSample = nullptr; ///< same
    QList<QAction *> contextMenu = {}; ///< in order; null = separator
};

} // namespace rollcall
