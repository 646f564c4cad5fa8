// SPDX-License-Identifier: GPL-3.0-or-later
// Wawp: gateways.md section 4, vendor page D. Its answers are those of WAHA, which it wraps, where Wawp prints none.
#include "app/sandbox/internal/dialects.h"
#include "app/sandbox/internal/wawp.h"

#include <httplib.h>

#include <string>

namespace rollcall {
namespace {

/// Three envelopes are about (4.3): {code,message}, {statusCode,message}, {status,message,error}.
void refuse(SandboxCall &call, int status, const std::string &why)
{
    switch (status) {
    case 401:
        return call.answer(401, {{"code", "unauthorized"}, {"message", why}});
    case 403:
        return call.answer(403, {{"code", "subscription_required"}, {"message", why}});
    case 404:
        return call.answer(404, {{"code", "not_found"}, {"message", why}});
    case 429: // its form is told by nobody; WAHA's text is this one
        return call.answer(429, {{"statusCode", 429}, {"message", "rate-overlimit"}});
    default:
        if (status >= 500)
            return call.answer(status, {{"status", status}, {"message", why}, {"error", "Internal Server Error"}});
        return call.answer(status, {{"statusCode", status}, {"message", why}});
    }
}

/// Credentials where they are documented: in the query of GET and DELETE, in the JSON body of POST and PUT.
bool mayEnter(SandboxCall &call, const SandboxJson &body)
{
    const bool inQuery = call.request().method == "GET" || call.request().method == "DELETE";
    const auto given = [&](const char *name) -> std::string {
        if (inQuery)
            return call.query(name).value_or(std::string());
        return body.contains(name) && body[name].is_string() ? body[name].get<std::string>() : std::string();
    };
    const SandboxOptions &options = call.state().options;
    if (given("access_token").empty())
        return refuse(call, 401, "Missing access_token"), false;
    if (given("access_token") != options.wawpToken)
        return refuse(call, 401, "Invalid access_token"), false;
    if (given("instance_id").empty())
        return refuse(call, 400, "Missing instance_id"), false;
    if (given("instance_id") != options.wawpInstance || call.has("invalid-session"))
        return call.answer(404, {{"code", "invalid_session"}, {"message", "Session does not exist or was dropped"}}),
               false;
    return true;
}

bool isWorking(SandboxCall &call)
{
    if (!call.has("scan-qr"))
        return true;
    SandboxJson answer;
    answer["error"] = "Session status is not as expected. Try again later or restart the session";
    answer["session"] = call.state().options.wawpInstance;
    answer["status"] = "SCAN_QR_CODE";
    answer["expected"] = SandboxJson::array({"WORKING"});
    call.answer(422, answer);
    return false;
}

bool engineCan(SandboxCall &call)
{
    if (!call.has("engine-no-block"))
        return true;
    return refuse(call, 422, "The method is not implemented by the engine."), false;
}

void sessionInfo(SandboxCall &call)
{
    const SandboxOptions &options = call.state().options;
    SandboxJson answer;
    answer["instance_id"] = options.wawpInstance;
    answer["status"] = call.has("scan-qr") ? "SCAN_QR_CODE" : "WORKING";
    if (!call.has("scan-qr"))
        answer["me"] = {{"id", options.ownNumber + "@c.us"}, {"pushName", "Rollcall Sandbox"}};
    call.answer(200, answer);
}

void read(SandboxCall &call)
{
    if (call.is("GET", {"v2", "contacts", "check-exists"}))
        return wawpCheck(call);
    if (call.is("GET", {"v2", "contacts", "all"}))
        return wawpContacts(call);
    if (call.is("GET", {"v2", "contacts", "profile-picture"}))
        return wawpPicture(call);
    if (call.is("GET", {"v2", "contacts", "about"}))
        return engineCan(call) ? wawpAbout(call) : void();
    if (call.is("GET", {"v2", "contacts"}))
        return wawpContact(call, call.query("contactId").value_or(std::string()));
    if (call.path().size() >= 2 && call.path()[1] == "lids" && call.request().method == "GET")
        return wawpLids(call);
    if (call.is("GET", {"v2", "contacts", "*"})) // so page D writes it
        return wawpContact(call, call.path()[2]);
    refuse(call, 404, "no such edge");
}

void write(SandboxCall &call, const SandboxJson &body)
{
    if (call.is("POST", {"v2", "contacts", "block"}) || call.is("POST", {"v2", "contacts", "unblock"}))
        return engineCan(call) ? wawpBlock(call, body, call.path()[2] == "block") : void();
    if (call.is("PUT", {"v2", "contacts", "*"}))
        return wawpSave(call, body, call.path()[2]);
    if (call.is("POST", {"v2", "send", "contact"}))
        return wawpSendContact(call, body);
    refuse(call, 404, "no such edge");
}

void answer(SandboxCall &call)
{
    const bool writing = call.request().method == "POST" || call.request().method == "PUT";
    // A form-encoded body is no place for credentials: 401, as if there were none (4.1).
    const auto body = writing && call.hasJsonType() ? readSandboxObject(call.request().body) : std::nullopt;
    if (writing && call.hasJsonType() && !body)
        return refuse(call, 400, "the body is no JSON object");
    if (!mayEnter(call, body.value_or(SandboxJson::object())))
        return;
    if (call.has("error-200"))
        return call.answer(
            200, {{"code", "subscription_required"}, {"message", "Your plan does not include this call"}});
    if (call.is("GET", {"v2", "session", "info"}))
        return sessionInfo(call);
    if (!isWorking(call))
        return;
    writing ? write(call, *body) : read(call);
}

} // namespace

const SandboxDialect wawpDialect{"/wawp", answer, refuse};

std::optional<WawpPerson> wawpPerson(const SandboxCall &call, std::string_view id)
{
    const std::string_view name = id.substr(0, id.find('@'));
    const std::string_view host = id.substr(name.size());
    const bool digits
        = !name.empty() && name.size() <= 20 && name.find_first_not_of("0123456789") == std::string_view::npos;
    if (!digits || (!host.empty() && host != "@c.us" && host != "@lid"))
        return std::nullopt;
    if (host == "@lid")
        return WawpPerson{call.state().relations.lidOwner(std::string(name)), std::string(name)};
    return WawpPerson{SandboxWorld::waId(name), {}};
}

} // namespace rollcall
