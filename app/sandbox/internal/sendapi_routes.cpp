// SPDX-License-Identifier: GPL-3.0-or-later
// sendapi.co: gateways.md section 2, vendor page B.
#include "app/sandbox/internal/dialects.h"
#include "app/sandbox/internal/sandboxtime.h"

#include <httplib.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace rollcall {
namespace {

constexpr std::int64_t windowMs = 60'000;
constexpr std::string_view pendingSession = "sess_01SANDBOXPEND";

struct ApiError {
    int code;
    int status;
    std::string_view type;
    std::string_view message;
};

// Types that the vendor's page does not give (validation and below) are guesses: a client goes by the status.
constexpr std::array errors{ApiError{4010, 401, "missing_api_key", "No API key was provided."},
    ApiError{4011, 401, "invalid_api_key", "The API key is not valid."},
    ApiError{4012, 401, "revoked_api_key", "The API key was revoked."},
    ApiError{4013, 401, "expired_api_key", "The API key has expired."},
    ApiError{402, 402, "subscription_required", "An active subscription is required."},
    ApiError{4021, 402, "sms_balance_low", "The SMS balance is too low."},
    ApiError{4028, 402, "quota_exceeded", "The quota of your plan is used up."},
    ApiError{4030, 403, "insufficient_scope", "The API key lacks the scope for this call."},
    ApiError{4029, 429, "rate_limit_exceeded", "Too many requests."},
    ApiError{400, 400, "bad_request", "The request is not valid."},
    ApiError{422, 422, "validation_error", "The request is not valid."},
    ApiError{404, 404, "not_found", "The resource was not found."},
    ApiError{409, 409, "session_not_connected", "The session is not connected."},
    ApiError{410, 410, "gone", "The resource is gone."}, ApiError{500, 500, "server_error", "Something went wrong."}};

const ApiError &errorOf(std::int64_t code)
{
    const auto *found
        = std::find_if(errors.begin(), errors.end(), [code](const ApiError &error) { return error.code == code; });
    return found == errors.end() ? errors.back() : *found;
}

void sendError(SandboxCall &call, const ApiError &error, int status, const std::string &message = {})
{
    SandboxJson answer;
    answer["success"] = false;
    answer["error"] = {{"type", error.type}, {"message", message.empty() ? std::string(error.message) : message},
        {"code", error.code}};
    if (status != 429) // the page about limits prints the envelope without meta
        answer["meta"] = {{"request_id", "req_sandbox"}, {"timestamp", sandboxTime(call.state().nowMs()) + "000Z"}};
    call.answer(status, answer);
}

void sendError(SandboxCall &call, int code, const std::string &message = {})
{
    const ApiError &error = errorOf(code);
    sendError(call, error, error.status, message);
}

void limitHeaders(SandboxCall &call, std::int64_t left, std::int64_t freeInMs)
{
    const std::int64_t most = call.state().options.sendApiPerMinute;
    call.header("X-RateLimit-Limit", std::to_string(most));
    call.header("X-RateLimit-Remaining", std::to_string(left));
    call.header("X-RateLimit-Reset", std::to_string((call.state().nowMs() + freeInMs + 999) / 1000));
}

/// For faults, and for what no edge takes.
void refuse(SandboxCall &call, int status, const std::string &)
{
    if (status == 429)
        limitHeaders(call, 0, std::max<std::int64_t>(call.value("429"), 1) * 1000);
    switch (status) {
    case 401:
        return sendError(call, 4011);
    case 403:
        return sendError(call, 4030);
    case 429:
        return sendError(call, 4029);
    default:
        return sendError(call, errorOf(status), status);
    }
}

bool hasRoom(SandboxCall &call)
{
    const std::int64_t most = call.state().options.sendApiPerMinute;
    if (most <= 0)
        return true;
    const SandboxState::Room room = call.state().takeRoom("sendapi", most, windowMs);
    limitHeaders(call, room.left, room.freeInMs);
    if (room.granted)
        return true;
    call.header("Retry-After", std::to_string(std::max<std::int64_t>(1, (room.freeInMs + 999) / 1000)));
    return sendError(call, 4029), false;
}

SandboxJson withMeta(const SandboxCall &call, SandboxJson rows, std::size_t total, std::size_t page, std::size_t size)
{
    if (call.has("bare"))
        return rows;
    SandboxJson answer;
    answer["data"] = std::move(rows);
    answer["meta"] = {{"total", total}, {"page", page}, {"per_page", size}};
    return answer;
}

void sessions(SandboxCall &call)
{
    const SandboxState &state = call.state();
    SandboxJson rows = SandboxJson::array();
    for (const bool connected : {true, false}) {
        SandboxJson row;
        row["id"] = connected ? state.options.sendApiSession : std::string(pendingSession);
        row["name"] = connected ? "Shop" : "Second phone";
        row["status"] = connected ? "connected" : "pending";
        row["phone_number"] = connected ? SandboxJson("+" + state.options.ownNumber) : SandboxJson();
        row["last_seen_at"] = connected ? SandboxJson(sandboxTime(state.nowMs()) + "000Z") : SandboxJson();
        row["message_count"] = state.relations.messages().size();
        row["created_at"] = "2026-01-12T09:00:00.000000Z";
        rows.push_back(std::move(row));
    }
    call.answer(200, withMeta(call, std::move(rows), 2, 1, 25));
}

/// The session a call names must be there and connected.
bool hasSession(SandboxCall &call)
{
    const auto session = call.query("session_id");
    if (!session || session->empty())
        return sendError(call, 422, "The session_id field is required."), false;
    if (*session == pendingSession)
        return sendError(call, 409), false;
    if (*session != call.state().options.sendApiSession)
        return sendError(call, 404, "The session was not found."), false;
    return true;
}

void contacts(SandboxCall &call)
{
    const auto page = call.wholeNumber("page", 1, 1, 1'000'000);
    const auto size = call.wholeNumber("per_page", 25, 1, 100);
    if (!page || !size)
        return sendError(call, 422, "page must be at least 1, per_page 1 to 100.");
    const SandboxState &state = call.state();
    const std::vector<SandboxContact> all = state.relations.contacts(state.nowMs());
    const std::string photos = "http://" + call.request().get_header_value("Host") + "/_sandbox-photo/";
    SandboxJson rows = SandboxJson::array();
    for (std::size_t n = (*page - 1) * *size; n < all.size() && rows.size() < *size; ++n) {
        const std::string &waId = all[n].waId;
        SandboxJson row;
        row["phone"] = "+" + waId;
        row["name"] = all[n].savedName.empty() ? SandboxJson() : SandboxJson(all[n].savedName);
        row["profile_picture_url"] = state.world.showsPhoto(waId)
            ? SandboxJson(photos + waId + ".png?oe=" + std::to_string(state.nowMs() + 24LL * 3600 * 1000))
            : SandboxJson();
        row["is_whatsapp_user"] = state.world.isSubscriber(waId);
        rows.push_back(std::move(row));
    }
    call.answer(200, withMeta(call, std::move(rows), all.size(), *page, *size));
}

void check(SandboxCall &call, const std::string &phone)
{
    const SandboxState &state = call.state();
    const bool plain = phone.size() >= 6 && phone.size() <= 16 && phone.front() == '+' && phone[1] != '0'
        && phone.find_first_not_of("0123456789", 1) == std::string::npos;
    if (!plain)
        return sendError(call, 422, "The phone must be in E.164 format.");
    const std::string digits = phone.substr(1);
    const bool there = call.has("always-valid") || state.world.isSubscriber(digits);
    SandboxJson answer;
    answer["phone"] = phone;
    answer["is_whatsapp_user"] = there;
    answer["whatsapp_id"] = there ? SandboxJson(SandboxWorld::waId(digits) + "@s.whatsapp.net") : SandboxJson();
    call.note(SandboxAsked{phone, there ? "valid" : "invalid", true});
    const std::string text = call.checkText(std::move(answer), "is_whatsapp_user");
    call.answerText(200, call.has("wrapped") ? "{\"data\":" + text + "}" : text);
}

void answer(SandboxCall &call)
{
    if (!call.request().has_header("Authorization"))
        return sendError(call, 4010);
    if (!call.isBearer(call.state().options.sendApiKey))
        return sendError(call, 4011);
    if (!hasRoom(call))
        return;
    if (call.has("api-error"))
        return sendError(call, static_cast<int>(call.value("api-error")));
    if (call.is("GET", {"v1", "whatsapp", "sessions"}))
        return sessions(call);
    const bool isList = call.is("GET", {"v1", "whatsapp", "contacts"});
    if (!isList && !call.is("GET", {"v1", "whatsapp", "contacts", "*", "check"}))
        return sendError(call, 404);
    if (!hasSession(call))
        return;
    isList ? contacts(call) : check(call, call.path()[3]);
}

} // namespace

const SandboxDialect sendApiDialect{"/sendapi", answer, refuse};

} // namespace rollcall
