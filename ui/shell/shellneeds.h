// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/parts/dialogs.h"

#include <functional>

namespace rollcall {

class Accounts;
class BlockDesk;
class BlockRunner;
class CheckDesk;
class Clock;
class DraftKeeper;
class Importer;
class PersonLookup;
class Runner;
class SendDesk;
class SendRunner;
class Settings;
class Store;

/// What the main window works with. All of it outlives the window.
struct ShellNeeds {
    Store &store;
    Clock &clock;
    Settings &settings;
    Accounts &accounts;
    Runner &runner;
    CheckDesk &desk;
    Importer &importer;
    PersonLookup &lookup;
    BlockRunner &blockRunner;
    BlockDesk &blockDesk;
    SendRunner &sendRunner;
    SendDesk &sendDesk;
    DraftKeeper &drafts;
    Asks asks;
    /// The sandbox's person of this number (E.164, digits) writes in now; false: none such is on WhatsApp in its world.
    std::function<bool(qint64)> letWriteIn = {};
};

} // namespace rollcall
