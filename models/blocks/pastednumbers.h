// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/formats/numbersintext.h"

#include <functional>

namespace rollcall {

/// findNumbers() on a worker thread: a pasted inbox of some megabytes takes seconds. GUI thread; dropping the Call
/// silences it.
Call readPasted(const QString &text, const QString &region, std::function<void(NumbersInText)> then);

} // namespace rollcall
