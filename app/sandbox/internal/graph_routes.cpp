// SPDX-License-Identifier: GPL-3.0-or-later
// 360dialog and Meta's Cloud API: the same edges behind two doors. gateways.md section 5, vendor page E.
#include "app/sandbox/internal/dialects.h"
#include "app/sandbox/internal/graph.h"

#include <httplib.h>

#include <algorithm>
#include <string>
#include <vector>

namespace rollcall {
namespace {

void edges(SandboxCall &call, const std::vector<std::string> &path)
{
    if (call.has("graph-error")) {
        const auto code = static_cast<int>(call.value("graph-error"));
        return sendGraphError(call,
            {code, "Sandbox was told to answer so", "fault graph-error",
                code == 190          ? 401
                    : code == 139103 ? 500
                                     : 400});
    }
    const std::string &method = call.request().method;
    const std::string edge = path.size() == 1 ? path.front() : std::string();
    if (edge == "block_users" && method == "GET")
        return listBlocks(call);
    if (edge == "block_users" && (method == "POST" || method == "DELETE"))
        return changeBlocks(call, method == "POST");
    if (edge == "messages" && method == "POST")
        return sendGraphCards(call);
    call.refuse(404, "no such edge");
}

/// 360dialog's own envelope. Its 401 claims to be a 404 (gateways.md 5.4).
void refuse360(SandboxCall &call, int status, const std::string &why)
{
    if (status == 429) // Meta's throttle passes through; 360dialog's own is the fault throttle-400
        return sendGraphError(call, {130429, "Rate limit hit", "Cloud API message throughput has been reached.", 429});
    SandboxJson meta;
    meta["developerMessage"] = status == 401 ? "Invalid api_key or token expired" : why;
    meta["httpCode"] = status == 401 ? 404 : status;
    meta["success"] = false;
    call.answer(status, {{"meta", meta}});
}

void answer360(SandboxCall &call)
{
    if (call.has("throttle-400"))
        return refuse360(call, 400, "You have exceeded the limit of 1 request every * seconds. Try again later.");
    if (call.request().get_header_value("D360-API-KEY") != call.state().options.dialog360Key)
        return refuse360(call, 401, {});
    edges(call, call.path());
}

void refuseGraph(SandboxCall &call, int status, const std::string &why)
{
    switch (status) {
    case 401:
        return sendGraphError(
            call, {190, "Error validating access token: Session has expired or the token is not valid.", {}, 401});
    case 429:
        return sendGraphError(call, {130429, "Rate limit hit", "Cloud API message throughput has been reached.", 429});
    case 404:
        return sendGraphError(call, {100, "Unsupported request: " + why, {}, 400});
    default:
        return sendGraphError(call, {1, "An unknown error has occurred.", why, status});
    }
}

/// /graph/v21.0/<phone number id>/<edge>; any version.
void answerGraph(SandboxCall &call)
{
    if (!call.isBearer(call.state().options.cloudToken))
        return refuseGraph(call, 401, {});
    const std::vector<std::string> &path = call.path();
    if (path.size() < 2 || path[0].size() < 2 || path[0].front() != 'v')
        return refuseGraph(call, 404, "no version in the path");
    if (path[1] != call.state().options.phoneNumberId)
        return sendGraphError(call,
            {100,
                "Unsupported request. Object with ID '" + path[1]
                    + "' does not exist, cannot be loaded due to missing permissions, or does not support this "
                      "operation",
                {}, 400});
    edges(call, {path.begin() + 2, path.end()});
}

} // namespace

const SandboxDialect dialog360Dialect{"/d360", answer360, refuse360};
const SandboxDialect cloudApiDialect{"/graph", answerGraph, refuseGraph};

SandboxJson graphErrorJson(const GraphError &error)
{
    SandboxJson json;
    json["message"] = "(#" + std::to_string(error.code) + ") " + error.message;
    json["type"] = "OAuthException";
    json["code"] = error.code;
    if (!error.details.empty())
        json["error_data"] = {{"messaging_product", "whatsapp"}, {"details", error.details}};
    json["fbtrace_id"] = "ASandboxTraceId0000000";
    return json;
}

void sendGraphError(SandboxCall &call, const GraphError &error)
{
    call.answer(error.status, {{"error", graphErrorJson(error)}});
}

std::optional<std::string> graphWaId(std::string_view user)
{
    const auto digits = SandboxWorld::dialled(user.starts_with('+') ? std::string(user) : "+" + std::string(user), {});
    return digits ? std::optional(SandboxWorld::waId(*digits)) : std::nullopt;
}

} // namespace rollcall
