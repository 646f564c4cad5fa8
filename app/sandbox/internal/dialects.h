// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/internal/sandboxcall.h"

namespace rollcall {

// The gateways beside the on-premises node, a file each; where no source tells what a gateway answers, the comment
// there says so and the plainest form was taken.
extern const SandboxDialect dialog360Dialect; ///< 360dialog: gateways.md section 5, vendor page E
extern const SandboxDialect cloudApiDialect; ///< Meta's Cloud API, which 360dialog stands in front of
extern const SandboxDialect wawpDialect; ///< Wawp: section 4, page D
extern const SandboxDialect sendApiDialect; ///< sendapi: section 2, page B
extern const SandboxDialect commBoxDialect; ///< CommBox: section 3, page C

} // namespace rollcall
