// SPDX-License-Identifier: GPL-3.0-or-later
// Block, unblock, list: gateways.md 5.2.
#include "app/sandbox/internal/graph.h"

#include <httplib.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rollcall {
namespace {

constexpr std::int64_t firstVersion = 1'737'679'688'383'584; // Meta's example; 16 digits of microseconds

struct User {
    std::string input = {}; ///< phone number, WhatsApp id or BSUID
    bool isBsuid = false;
};

/// What is wrong with the body, or nothing.
std::optional<GraphError> readUsers(const SandboxCall &call, std::vector<User> &users)
{
    const auto body = readSandboxObject(call.request().body);
    if (!call.hasJsonType() || !body)
        return GraphError{100, "Invalid parameter", "the body is no JSON object"};
    for (const auto &[name, value] : body->items()) {
        if (name != "messaging_product" && name != "block_users")
            return GraphError{100, "Unexpected key \"" + name + "\" on param.", {}};
    }
    if (!body->contains("messaging_product") || (*body)["messaging_product"] != "whatsapp")
        return GraphError{100, "The parameter messaging_product is required.", {}};
    if (!body->contains("block_users") || !(*body)["block_users"].is_array() || (*body)["block_users"].empty())
        return GraphError{100, "The parameter block_users is required.", {}};
    const SandboxJson &list = (*body)["block_users"];
    if (list.size() > call.state().options.maxBlockBatch)
        return GraphError{130429, "Rate limit hit",
            "Too many users in the request: " + std::to_string(list.size()) + ", at most "
                + std::to_string(call.state().options.maxBlockBatch)};
    for (std::size_t n = 0; n < list.size(); ++n) {
        const std::string where = "block_users[" + std::to_string(n) + "]";
        const bool bsuid = list[n].is_object() && list[n].contains("user_id");
        const char *const key = bsuid ? "user_id" : "user";
        if (!list[n].is_object() || list[n].size() != 1 || !list[n].contains(key))
            return GraphError{100, "Param " + where + " must be an object with the key user.", {}};
        if (!list[n][key].is_string())
            return GraphError{100, "Param " + where + "['" + key + "'] must be a string.", {}};
        users.push_back({list[n][key].get<std::string>(), bsuid});
    }
    return std::nullopt;
}

struct Outcome {
    User user = {};
    std::string waId = {};
    std::optional<GraphError> error = {};
};

Outcome judge(const SandboxCall &call, const User &user, bool block)
{
    static const GraphError notEngaged{131047, "Re-engagement required", "User has not messaged in the last 24 hours"};
    const SandboxState &state = call.state();
    const SandboxRelations &relations = state.relations;
    const auto id = user.isBsuid ? std::nullopt : graphWaId(user.input);
    if (id == state.options.ownNumber)
        return {user, *id,
            GraphError{131021, "Recipient cannot be sender", "Sender and recipient phone number is the same"}};
    const bool blocked = id && relations.isBlocked(*id);
    // One code for "did not write" and "is nobody": the call is no check (gateways.md 0, 3).
    if (!id || (!blocked && !state.world.isSubscriber(*id)))
        return {user, {}, notEngaged};
    if (block && !blocked && !relations.wroteLately(*id, state.nowMs()))
        return {user, *id, notEngaged}; // unblocking has no such rule
    return {user, *id, {}};
}

SandboxJson failedRow(const SandboxCall &call, const Outcome &outcome, std::size_t n)
{
    const bool loose = call.has("loose-rows");
    SandboxJson row;
    row["input"] = outcome.user.input;
    if (outcome.user.isBsuid)
        row["user_id"] = outcome.user.input;
    if (!outcome.waId.empty() && !loose)
        row["wa_id"] = outcome.waId;
    SandboxJson error;
    error["message"] = outcome.error->message;
    if (loose)
        error["code"] = std::to_string(outcome.error->code);
    else
        error["code"] = outcome.error->code;
    error["error_data"] = {{"details", outcome.error->details}};
    if (!loose || n % 2 == 0)
        row["errors"] = SandboxJson::array({error});
    return row;
}

/// How many people this call would add to the list.
std::size_t additions(const SandboxCall &call, const std::vector<Outcome> &outcomes)
{
    std::vector<std::string> fresh;
    for (const Outcome &outcome : outcomes) {
        if (!outcome.error && !call.state().relations.isBlocked(outcome.waId))
            fresh.push_back(outcome.waId);
    }
    std::sort(fresh.begin(), fresh.end());
    return std::size_t(std::unique(fresh.begin(), fresh.end()) - fresh.begin());
}

void sendOutcomes(SandboxCall &call, const std::vector<Outcome> &outcomes, bool block)
{
    SandboxJson good = SandboxJson::array();
    SandboxJson failed = SandboxJson::array();
    for (const Outcome &outcome : outcomes) {
        if (outcome.error)
            failed.push_back(failedRow(call, outcome, failed.size()));
        else
            good.push_back({{"input", outcome.user.input}, {"wa_id", outcome.waId}});
    }
    SandboxJson answer;
    answer["messaging_product"] = "whatsapp";
    answer["block_users"] = SandboxJson::object();
    if (!good.empty())
        answer["block_users"][block || call.has("old-unblock") ? "added_users" : "removed_users"] = good;
    if (!failed.empty() || call.has("loose-rows"))
        answer["block_users"]["failed_users"] = failed;
    if (!failed.empty())
        answer["error"] = graphErrorJson({139100, "Failed to block/unblock users",
            good.empty() ? "Failed to block/unblock all users, see the block_users response list for details"
                         : "Failed to block some users, see the block_users response list for details"});
    call.answer(failed.empty() || call.has("mixed-200") ? 200 : 400, answer);
}

// --- the list ---

std::string base64(std::string_view bytes)
{
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t n = 0; n < bytes.size(); n += 3) {
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U | (n + k < bytes.size() ? static_cast<unsigned char>(bytes[n + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text.push_back(n + k > bytes.size() ? '=' : alphabet[group >> (18U - 6U * k) & 63U]);
    }
    return text;
}

struct Cursor {
    std::size_t offset = 0;
    std::int64_t version = 0;
};

std::string cursorText(std::size_t offset, std::int64_t version)
{
    return base64(
        "{\"offset\":" + std::to_string(offset) + ",\"versionId\":\"" + std::to_string(firstVersion + version) + "\"}");
}

/// Only what this list gave out itself is taken: tried by writing it again.
std::optional<Cursor> readCursor(std::string_view text, std::size_t mostRows, std::int64_t mostVersion)
{
    // A cursor is short: decode by hand, four letters to three bytes.
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned bits = 0;
    unsigned have = 0;
    for (const char c : text.substr(0, 200)) {
        const auto at = alphabet.find(c);
        if (at == std::string_view::npos)
            break;
        bits = (bits << 6U | static_cast<unsigned>(at)) & 0xFFFFU;
        have += 6;
        if (have >= 8) {
            have -= 8;
            bytes.push_back(static_cast<char>(bits >> have & 0xFFU));
        }
    }
    const auto json = readSandboxObject(bytes);
    if (!json || !json->contains("offset") || !(*json)["offset"].is_number_unsigned() || !json->contains("versionId")
        || !(*json)["versionId"].is_string())
        return std::nullopt;
    const auto version = (*json)["versionId"].get<std::string>();
    Cursor cursor;
    cursor.offset = (*json)["offset"].get<std::size_t>();
    std::from_chars(version.data(), version.data() + version.size(), cursor.version);
    cursor.version -= firstVersion;
    if (cursor.offset > mostRows || cursor.version < 0 || cursor.version > mostVersion
        || cursorText(cursor.offset, cursor.version) != text)
        return std::nullopt;
    return cursor;
}

SandboxJson listRow(const SandboxCall &call, const std::string &waId)
{
    if (!call.has("old-rows"))
        return {{"messaging_product", "whatsapp"}, {"wa_id", waId}};
    return {{"block_users", SandboxJson::array({{{"input", "+" + waId}, {"wa_id", waId}}})}};
}

/// An address as Meta writes it: on its own host, where a 360dialog key neither fits nor belongs.
std::string pageAddress(const SandboxCall &call, std::size_t limit, const char *side, const std::string &cursor)
{
    std::string escaped;
    for (const char c : cursor)
        escaped += c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : std::string(1, c);
    return "https://graph.facebook.com/v21.0/" + call.state().options.phoneNumberId
        + "/block_users?limit=" + std::to_string(limit) + "&" + side + "=" + escaped;
}

} // namespace

void changeBlocks(SandboxCall &call, bool block)
{
    std::vector<User> users;
    if (const auto error = readUsers(call, users))
        return sendGraphError(call, *error);
    std::vector<Outcome> outcomes;
    outcomes.reserve(users.size());
    for (const User &user : users)
        outcomes.push_back(judge(call, user, block));
    SandboxRelations &relations = call.state().relations;
    if (block && relations.blockedCount() + additions(call, outcomes) > call.state().options.blockListCap)
        return sendGraphError(call, {139101, "Blocklist limit reached", "The blocklist holds the most it can."});
    for (const Outcome &outcome : outcomes) {
        if (!outcome.error)
            block ? relations.block(outcome.waId) : relations.unblock(outcome.waId);
        call.note(SandboxActed{outcome.user.input, outcome.waId,
            outcome.error ? std::to_string(outcome.error->code)
                : block   ? "blocked"
                          : "unblocked"});
    }
    sendOutcomes(call, outcomes, block);
}

void listBlocks(SandboxCall &call)
{
    const SandboxRelations &relations = call.state().relations;
    const auto limit = call.wholeNumber("limit", 25, 1, 1000); // default and maximum are told by nobody
    if (!limit)
        return sendGraphError(call, {100, "Invalid parameter", "limit must be a number of 1 to 1000"});
    const std::int64_t version = relations.listVersion();
    const std::size_t total = relations.blockedCount();
    std::size_t offset = 0;
    for (const char *const side : {"after", "before"}) {
        const auto text = call.query(side);
        if (!text || text->empty())
            continue;
        const auto cursor = readCursor(*text, call.state().options.blockListCap, version);
        if (!cursor)
            return sendGraphError(call, {100, "Invalid parameter", std::string(side) + " is no cursor of this list"});
        // The text says 135002, the code 139102: so it is printed.
        if (cursor->version != version || call.has("list-changed")) {
            SandboxJson error = graphErrorJson({139102, "Blocklist concurrent update",
                "Blocklist was updated during retrieval - retry with offset 0"});
            error["message"] = "(#135002) Blocklist concurrent update";
            return call.answer(400, {{"messaging_product", "whatsapp"}, {"error", error}});
        }
        offset = std::string_view(side) == "after" ? cursor->offset
            : cursor->offset > *limit              ? cursor->offset - *limit
                                                   : 0;
    }
    SandboxJson answer;
    answer["data"] = SandboxJson::array();
    for (const std::string &waId : relations.blocked(offset, *limit))
        answer["data"].push_back(listRow(call, waId));
    const bool last = offset + *limit >= total;
    if (!answer["data"].empty() && !(last && call.has("no-paging"))) {
        // The vendor's own example: on the last page both cursors are there and the same, and following one of them
        // gives that page for ever.
        const std::string here = cursorText(offset, version);
        const std::string further = last ? here : cursorText(offset + *limit, version);
        answer["paging"]["cursors"] = {{"after", further}, {"before", here}};
        if (offset > 0)
            answer["paging"]["previous"] = pageAddress(call, *limit, "before", here);
        if (!last)
            answer["paging"]["next"] = pageAddress(call, *limit, "after", further);
    }
    call.answer(200, answer);
}

} // namespace rollcall
