// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>

namespace rollcall {

/// First thing in main(): files are made for the owner only (measured fact M16: Qt and SQLite create 0644 otherwise),
/// and no core dump can carry tokens or people out of memory.
void hardenProcess();

/// Makes the profile's folder 0700 where it is absent, and takes group and others their rights where it was made wider.
/// Failures: ReadOnly, Foreign (a link, or somebody else's), Storage.
Done prepareFolder(const QString &folder);

/// The folder of a profile below the user's data folder. Empty when the name holds anything but letters, digits, '-'
/// and '_' (a name becomes a folder).
[[nodiscard]] QString profileFolder(const QString &profile);

/// Who is logged in: the full name where the system knows one, else the login name; empty when neither is known.
[[nodiscard]] QString userName();

/// Blocks of a quarter MiB and more come from the system one by one and go back to it at once, whatever was freed
/// before: else they leave holes between what stays, and every large run takes some tens of MiB more (measured:
/// blocks_bench, 100,000 people three times, +32 MiB against +5). Once, before any other thread.
void keepLargeBlocksApart();

/// Gives back to the system what was freed but kept for later use (measured: a fifth of what a million people take
/// after the start, when the file was checked and the search texts were read). Any thread; some milliseconds.
void giveMemoryBack();

} // namespace rollcall
