// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace httplib {
struct Request;
struct Response;
} // namespace httplib

namespace rollcall {

class OnPremReply;

/// POST /v1/contacts/<any dialable number>/block, unblock, report (gateways.md 1.4). The status of its errors is told
/// by nobody; 400 it is.
void answerOnPremAct(const OnPremReply &reply, const httplib::Request &request, httplib::Response &response);

/// POST /v1/messages of type contacts (1.8).
void answerOnPremCards(const OnPremReply &reply, const std::string &body, httplib::Response &response);

} // namespace rollcall
