// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/formats/imageformat.h"

#include <QByteArray>
#include <QUrl>
#include <functional>

namespace rollcall {

class Clock;

/// A picture that was fetched and not decoded yet: decode with decoderOf(header.format) and auto-detection off.
struct Picture {
    QByteArray bytes = {};
    ImageHeader header = {};
};

/// Fetches what a link to a profile photo leads to, which is WhatsApp's server and not the gateway: no credentials, no
/// redirect, https only, at most 15 MB in at most 60 s, and what came must be a picture by its first bytes; what the
/// server calls it does not count. `loopbackToo`: a link to this machine is followed, also by plain http (the sandbox);
/// a gateway elsewhere could otherwise make us ask our own services. GUI thread.
/// Failures: those of Transport, NotFound (the link expired), BadInput (no link of this kind, no picture), TooLarge.
Call fetchPicture(const QUrl &link, bool loopbackToo, Clock &clock, std::function<void(Result<Picture>)> then);

} // namespace rollcall
