// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secrets/secrets.h"

namespace rollcall {

Secrets::~Secrets() = default;

} // namespace rollcall
