// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace httplib {
struct Response;
}

namespace rollcall {

class OnPremReply;

/// POST /v1/contacts: reads the request strictly (unknown members, wrong types, a member twice, too many numbers are
/// refused with 400 and 1025 or 1009) and answers one row per input, in order.
void answerOnPremCheck(const OnPremReply &reply, const std::string &body, httplib::Response &response);

} // namespace rollcall
