// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/parts/dialogs.h"

namespace rollcall {

class Accounts;
class BlockDesk;
class BlockRunner;
class CheckDesk;
class Clock;
class Importer;
class PersonLookup;
class Runner;
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
    Asks asks;
};

} // namespace rollcall
