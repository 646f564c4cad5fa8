// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/internal/wawp.h"

#include <httplib.h>

#include <algorithm>
#include <string>
#include <vector>

namespace rollcall {
namespace {

constexpr std::int64_t photoLifeMs = 24LL * 3600 * 1000; // "24-48 h or on change"

SandboxJson orNull(const std::optional<std::string> &text)
{
    return text && !text->empty() ? SandboxJson(*text) : SandboxJson();
}

SandboxJson idJson(const SandboxCall &call, const std::string &user, const std::string &server)
{
    const std::string whole = user + "@" + server;
    if (!call.has("object-ids"))
        return whole;
    return {{"server", server}, {"user", user}, {"_serialized", whole}};
}

/// A contact object as WAHA documents it; the name is null for whom nobody saved.
SandboxJson contactJson(const SandboxCall &call, const std::string &waId, const std::string &savedName)
{
    const SandboxState &state = call.state();
    const bool isMe = waId == state.options.ownNumber;
    SandboxJson json;
    json["id"] = idJson(call, waId, "c.us");
    json["number"] = waId;
    json["name"] = orNull(savedName);
    json["pushname"] = isMe ? SandboxJson("Rollcall Sandbox") : orNull(state.world.profileName(waId));
    json["shortName"] = orNull(savedName.substr(0, savedName.find(' ')));
    json["isMe"] = isMe;
    json["isGroup"] = false;
    json["isWAContact"] = isMe || state.world.isSubscriber(waId);
    json["isMyContact"] = !savedName.empty();
    if (!call.has("engine-no-block"))
        json["isBlocked"] = state.relations.isBlocked(waId);
    return json;
}

SandboxJson otherJson(const SandboxCall &call, const std::string &user, const std::string &server, const char *name)
{
    SandboxJson json;
    json["id"] = idJson(call, user, server);
    json["number"] = nullptr;
    json["name"] = name;
    json["isMe"] = false;
    json["isGroup"] = server == "g.us";
    json["isWAContact"] = false;
    json["isMyContact"] = false;
    return json;
}

/// Everything the phone has: saved people, people who wrote, blocked ones, the phone itself, a group and a newsletter.
std::vector<SandboxJson> allRows(const SandboxCall &call)
{
    const SandboxState &state = call.state();
    std::vector<SandboxJson> rows;
    std::vector<std::string> there;
    for (const SandboxContact &contact : state.relations.contacts(state.nowMs())) {
        rows.push_back(contactJson(call, contact.waId, contact.savedName));
        there.push_back(contact.waId);
    }
    std::sort(there.begin(), there.end());
    for (const std::string &waId : state.relations.blocked(0, state.relations.blockedCount())) {
        if (state.world.isSubscriber(waId) && !std::binary_search(there.begin(), there.end(), waId))
            rows.push_back(contactJson(call, waId, {}));
    }
    rows.push_back(contactJson(call, state.options.ownNumber, {}));
    rows.push_back(otherJson(call, "120363041234567890", "g.us", "Staff"));
    rows.push_back(otherJson(call, "120363111222333444", "newsletter", "City news"));
    return rows;
}

std::string textOf(const SandboxJson &row, const char *key)
{
    const SandboxJson &value = row[key].is_object() ? row[key]["_serialized"] : row[key];
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::string lower(std::string text)
{
    std::transform(
        text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; });
    return text;
}

} // namespace

void wawpCheck(SandboxCall &call)
{
    SandboxState &state = call.state();
    if (state.options.wawpCheckGapMs > 0 && !state.takeRoom("wawp check", 1, state.options.wawpCheckGapMs).granted)
        return call.refuse(429, {});
    const std::string typed = call.query("phone").value_or(std::string());
    std::string digits = typed;
    if (digits.starts_with('+'))
        digits.erase(0, 1);
    // Digits, with or without a plus; a plus that was not percent-encoded has become a blank on the way.
    if (digits.size() < 5 || digits.size() > 20 || digits.starts_with("00")
        || digits.find_first_not_of("0123456789") != std::string::npos)
        return call.refuse(400, "phone must hold the digits of an international number");
    const std::string waId = SandboxWorld::waId(digits);
    const bool exists = call.has("always-valid") || state.world.isSubscriber(digits);
    SandboxJson answer;
    answer["numberExists"] = exists;
    if (exists) {
        const auto lid = state.world.lid(waId);
        const bool asLid = call.has("lid-chat") && lid;
        if (lid)
            state.relations.tellLid(*lid, waId);
        answer["chatId"] = asLid ? *lid + "@lid" : waId + "@c.us";
    }
    call.note(SandboxAsked{typed, exists ? "valid" : "invalid", true});
    call.answerText(200, call.checkText(std::move(answer), "numberExists"));
}

void wawpContacts(SandboxCall &call)
{
    const auto limit = call.wholeNumber("limit", 100'000, 1, 100'000); // default and maximum are told by nobody
    const auto offset = call.wholeNumber("offset", 0, 0, 10'000'000);
    const std::string by = call.query("sortBy").value_or("id");
    const std::string order = lower(call.query("sortOrder").value_or("asc"));
    if (!limit || !offset || (by != "id" && by != "name") || (order != "asc" && order != "desc"))
        return call.refuse(400, "limit, offset, sortBy (id, name) or sortOrder (asc, desc) is not valid");
    std::vector<SandboxJson> rows = allRows(call);
    const auto before
        = [&by](const SandboxJson &a, const SandboxJson &b) { return textOf(a, by.c_str()) < textOf(b, by.c_str()); };
    std::stable_sort(rows.begin(), rows.end(), before);
    if (order == "desc")
        std::reverse(rows.begin(), rows.end());
    SandboxJson answer = SandboxJson::array();
    for (std::size_t n = *offset; n < rows.size() && answer.size() < *limit; ++n)
        answer.push_back(rows[n]);
    call.answer(200, answer);
}

void wawpContact(SandboxCall &call, const std::string &id)
{
    const auto person = wawpPerson(call, id);
    if (!person)
        return call.refuse(400, "contactId is not valid");
    if (person->waId.empty())
        return call.answer(200, otherJson(call, person->lid, "lid", ""));
    const auto saved = call.state().relations.contact(person->waId);
    // Answers for every number, on WhatsApp or not: no check can be made of it.
    call.answer(200, contactJson(call, person->waId, saved ? saved->savedName : std::string()));
}

void wawpAbout(SandboxCall &call)
{
    const auto person = wawpPerson(call, call.query("contactId").value_or(std::string()));
    if (!person)
        return call.refuse(400, "contactId is not valid");
    call.answer(200, {{"about", orNull(call.state().world.about(person->waId))}});
}

void wawpPicture(SandboxCall &call)
{
    const auto person = wawpPerson(call, call.query("contactId").value_or(std::string()));
    const std::string refresh = call.query("refresh").value_or("false");
    if (!person || (refresh != "true" && refresh != "false"))
        return call.refuse(400, "contactId or refresh is not valid");
    const SandboxState &state = call.state();
    std::string url;
    if (state.world.showsPhoto(person->waId))
        url = "http://" + call.request().get_header_value("Host") + "/_sandbox-photo/" + person->waId
            + ".png?oe=" + std::to_string(state.nowMs() + photoLifeMs);
    if (call.has("waha-picture"))
        return call.answer(200, {{"profilePictureURL", orNull(url)}});
    if (url.empty() && !call.has("empty-picture"))
        return call.refuse(404, "Profile picture not found");
    call.answer(200, {{"id", person->waId + "@c.us"}, {"url", url}});
}

void wawpBlock(SandboxCall &call, const SandboxJson &body, bool block)
{
    const bool told = body.contains("contactId") && body["contactId"].is_string();
    const std::string id = told ? body["contactId"].get<std::string>() : std::string();
    const auto person = wawpPerson(call, id);
    SandboxState &state = call.state();
    if (!person || !state.world.isSubscriber(person->waId)) {
        call.note(SandboxActed{id, {}, "400"});
        return call.refuse(400, "contactId is not valid"); // what becomes of nobody's number is told by nobody
    }
    block ? state.relations.block(person->waId) : state.relations.unblock(person->waId);
    call.note(SandboxActed{id, person->waId, block ? "blocked" : "unblocked"});
    call.answerText(201, {});
}

void wawpSave(SandboxCall &call, const SandboxJson &body, const std::string &id)
{
    const auto person = wawpPerson(call, id);
    if (!person || person->waId.empty())
        return call.refuse(400, "chatId is not valid");
    for (const char *const name : {"firstName", "lastName"}) {
        if (!body.contains(name) || !body[name].is_string())
            return call.refuse(400, std::string(name) + " is required");
    }
    const auto first = body["firstName"].get<std::string>();
    const auto last = body["lastName"].get<std::string>();
    call.state().relations.saveContact(
        person->waId, first.empty() || last.empty() ? first + last : first + " " + last, call.state().nowMs());
    call.answer(200, {{"success", true}});
}

void wawpLids(SandboxCall &call)
{
    SandboxState &state = call.state();
    const auto known = state.relations.lids();
    if (call.is("GET", {"v2", "lids"})) {
        const auto limit = call.wholeNumber("limit", 100, 1, 100'000);
        const auto offset = call.wholeNumber("offset", 0, 0, 10'000'000);
        if (!limit || !offset)
            return call.refuse(400, "limit or offset is not valid");
        SandboxJson answer = SandboxJson::array();
        for (std::size_t n = *offset; n < known.size() && answer.size() < *limit; ++n)
            answer.push_back({{"lid", known[n].first + "@lid"}, {"pn", known[n].second + "@c.us"}});
        return call.answer(200, answer);
    }
    if (call.is("GET", {"v2", "lids", "count"}))
        return call.answer(200, {{"count", known.size()}});
    if (call.is("GET", {"v2", "lids", "pn", "*"})) {
        const auto person = wawpPerson(call, call.path()[3]);
        if (!person || !person->lid.empty())
            return call.refuse(400, "number is not valid");
        const auto lid = state.world.lid(person->waId);
        if (lid)
            state.relations.tellLid(*lid, person->waId);
        return call.answer(200, {{"lid", lid ? SandboxJson(*lid + "@lid") : SandboxJson()}, {"number", person->waId}});
    }
    if (call.is("GET", {"v2", "lids", "*"})) {
        const std::string &asked = call.path()[2];
        const auto person = wawpPerson(call, asked.ends_with("@lid") ? asked : asked + "@lid");
        if (!person)
            return call.refuse(400, "lid is not valid");
        const std::string &waId = person->waId;
        return call.answer(
            200, {{"lid", person->lid + "@lid"}, {"pn", waId.empty() ? SandboxJson() : SandboxJson(waId + "@c.us")}});
    }
    call.refuse(404, "no such edge");
}

} // namespace rollcall
