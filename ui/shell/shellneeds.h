// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/parts/dialogs.h"

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
};

} // namespace rollcall
