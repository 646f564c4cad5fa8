// SPDX-License-Identifier: GPL-3.0-or-later
// CommBox: gateways.md section 3, vendor page C.
#include "app/sandbox/internal/dialects.h"
#include "app/sandbox/internal/sandboxtime.h"

#include <httplib.h>

#include <string>

namespace rollcall {
namespace {

std::string_view description(int status)
{
    switch (status) {
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 404:
        return "Not Found";
    case 429:
        return "Too Many Requests";
    case 501:
        return "Not Implemented";
    default:
        return "Internal Server Error";
    }
}

/// `status` is a number here, but a text on 200 and 400; so the page has it.
void refuse(SandboxCall &call, int status, const std::string &)
{
    SandboxJson answer;
    if (status == 400)
        answer["status"] = "400";
    else
        answer["status"] = status;
    answer["description"] = description(status);
    answer["response_time"] = sandboxTime(call.state().nowMs()) + "Z";
    call.answer(status, answer);
}

void badNumber(SandboxCall &call, const std::string &number)
{
    SandboxJson answer;
    answer["status"] = "400";
    answer["description"] = "Phone number is not valid";
    answer["response_time"] = sandboxTime(call.state().nowMs()) + "Z";
    answer["data"] = SandboxJson::array({{{"recipient", number}, {"status", 400}, {"failed", "Invalid parameter"}}});
    call.answer(400, answer);
}

/// The id as the console shows it is percent-encoded already; a client that encodes it again asks for another channel.
bool isOurStream(const SandboxCall &call, const std::string &asked)
{
    std::string ours = call.state().options.commBoxStream;
    for (auto at = ours.find('%'); at != std::string::npos; at = ours.find('%', at + 1))
        ours.replace(at, 3, 1, static_cast<char>(std::stoi(ours.substr(at + 1, 2), nullptr, 16)));
    return asked == ours;
}

void answer(SandboxCall &call)
{
    if (!call.isBearer(call.state().options.commBoxKey))
        return refuse(call, 401, {});
    if (!call.is("GET", {"whatsapp", "validatecontact", "*", "*"}) || !isOurStream(call, call.path()[2]))
        return refuse(call, 404, {});
    const std::string &number = call.path()[3];
    if (number.size() < 5 || number.size() > 20 || number.front() == '0'
        || number.find_first_not_of("0123456789") != std::string::npos)
        return badNumber(call, number);
    const bool valid = call.has("always-valid") || call.state().world.isSubscriber(number);
    call.note(SandboxAsked{number, valid ? "valid" : "invalid", true});
    // Seven digits of a second, as the page prints them.
    SandboxJson answer;
    answer["status"] = "200";
    answer["description"] = "Operation successful";
    answer["response_time"] = sandboxTime(call.state().nowMs()) + "1942Z";
    std::string text = writeSandboxJson(answer);
    text.back() = ',';
    call.answerText(200, text + "\"data\":" + call.checkText({{"valid", valid}}, "valid") + "}");
}

} // namespace

const SandboxDialect commBoxDialect{"/commbox", answer, refuse};

} // namespace rollcall
