// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/pastednumbers.h"

#include "models/base/worker.h"

namespace rollcall {

Call readPasted(const QString &text, const QString &region, std::function<void(NumbersInText)> then)
{
    return onWorker<NumbersInText>([text, region] { return findNumbers(text, region); }, std::move(then));
}

} // namespace rollcall
