// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/routes.h"
#include "app/sandbox/sandboxjson.h"
#include "app/sandbox/sandboxstate.h"

#include <httplib.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace rollcall {
namespace {

using httplib::Request;
using httplib::Response;

void send(Response &response, const SandboxJson &answer, int status = 200)
{
    response.status = status;
    response.set_content(writeSandboxJson(answer), "application/json");
}

void refuse(Response &response, int status, const std::string &why)
{
    send(response, {{"error", why}}, status);
}

bool isOurHost(std::string host)
{
    if (const auto colon = host.rfind(':'); colon != std::string::npos && !host.ends_with(']'))
        host.resize(colon);
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

/// A web page cannot help sending an Origin (or Sec-Fetch-Site) with a request that changes something, and a page
/// that had its own name point to 127.0.0.1 cannot help sending that name as Host.
bool mayControl(const Request &request)
{
    return !request.has_header("Origin") && !request.has_header("Sec-Fetch-Site")
        && request.get_header_value_count("Host") == 1 && isOurHost(request.get_header_value("Host"));
}

std::int64_t number(const std::string &text, std::int64_t otherwise)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

SandboxJson toJson(const SandboxFault &fault)
{
    SandboxJson json;
    json["name"] = fault.name;
    json["value"] = fault.value;
    json["count"] = fault.count;
    json["skip"] = fault.skip;
    json["path"] = fault.path;
    return json;
}

SandboxJson toJson(const SandboxLedgerEntry &entry)
{
    SandboxJson json;
    json["number"] = entry.number;
    json["at_ms"] = entry.atMs;
    json["method"] = entry.method;
    json["path"] = entry.path;
    json["status"] = entry.status;
    json["fault"] = entry.fault;
    json["wait"] = entry.wait;
    json["force_check"] = entry.forceCheck;
    json["asked"] = SandboxJson::array();
    for (const SandboxAsked &asked : entry.asked) {
        SandboxJson row;
        row["input"] = asked.input;
        row["status"] = asked.status;
        row["live"] = asked.live;
        json["asked"].push_back(std::move(row));
    }
    json["acted"] = SandboxJson::array();
    for (const SandboxActed &acted : entry.acted)
        json["acted"].push_back({{"input", acted.input}, {"wa_id", acted.waId}, {"outcome", acted.outcome}});
    if (!entry.body.empty())
        json["body"] = entry.body;
    return json;
}

SandboxJson nowJson(const SandboxState &state)
{
    return {{"now_ms", state.nowMs()}};
}

void changeClock(SandboxState &state, const Request &request, Response &response)
{
    const auto body = readSandboxObject(request.body);
    const auto whole = [&body](const char *name) { return body->contains(name) && (*body)[name].is_number_integer(); };
    if (!body || body->size() != 1)
        return refuse(response, 400, R"(expected {"set_ms": n}, {"advance_ms": n} or {"real": true})");
    if (whole("set_ms"))
        state.setClock((*body)["set_ms"].get<std::int64_t>());
    else if (whole("advance_ms"))
        state.advanceClock((*body)["advance_ms"].get<std::int64_t>());
    else if (body->contains("real"))
        state.realClock();
    else
        return refuse(response, 400, R"(expected {"set_ms": n}, {"advance_ms": n} or {"real": true})");
    send(response, nowJson(state));
}

SandboxJson faultsJson(const SandboxState &state)
{
    SandboxJson json;
    json["faults"] = SandboxJson::array();
    for (const SandboxFault &fault : state.faults())
        json["faults"].push_back(toJson(fault));
    return json;
}

void addFault(SandboxState &state, const Request &request, Response &response)
{
    const auto body = readSandboxObject(request.body);
    if (!body || !body->contains("add") || !(*body)["add"].is_string())
        return refuse(response, 400, R"(expected {"add": "name[=value][:count][@skip]", "path": "/v1/…"})");
    auto fault = SandboxFault::parse((*body)["add"].get<std::string>());
    if (!fault)
        return refuse(response, 400, "no such fault");
    if (body->contains("path") && (*body)["path"].is_string())
        fault->path = (*body)["path"].get<std::string>();
    state.addFault(*fault);
    send(response, faultsJson(state));
}

void sendLedger(const SandboxState &state, const Request &request, Response &response)
{
    SandboxJson json;
    json["ledger"] = SandboxJson::array();
    for (const SandboxLedgerEntry &entry : state.ledger(number(request.get_param_value("after"), 0)))
        json["ledger"].push_back(toJson(entry));
    send(response, json);
}

/// The person named by {"phone": "+44…"} in the body, as WhatsApp id; an answer and nothing when there is none.
std::optional<std::string> personOf(const std::optional<SandboxJson> &body, Response &response)
{
    if (body && body->contains("phone") && (*body)["phone"].is_string()) {
        if (const auto digits = SandboxWorld::dialled((*body)["phone"].get<std::string>(), {}))
            return SandboxWorld::waId(*digits);
    }
    refuse(response, 400, R"(expected {"phone": "+447400123456"})");
    return std::nullopt;
}

SandboxJson personJson(const SandboxState &state, const std::string &waId)
{
    SandboxJson json;
    json["wa_id"] = waId;
    json["subscriber"] = state.world.isSubscriber(waId);
    json["blocked"] = state.relations.isBlocked(waId);
    const auto inbound = state.relations.lastInbound(waId);
    json["last_inbound_ms"] = inbound ? SandboxJson(*inbound) : SandboxJson();
    json["lid"] = state.world.lid(waId) ? SandboxJson(*state.world.lid(waId)) : SandboxJson();
    return json;
}

/// {"phone": "+44…"}: they write to the business now, or "ago_ms" ago.
void writeInbound(SandboxState &state, const Request &request, Response &response)
{
    const auto body = readSandboxObject(request.body);
    const auto waId = personOf(body, response);
    if (!waId)
        return;
    const bool told = body->contains("ago_ms") && (*body)["ago_ms"].is_number_integer();
    state.relations.inbound(*waId, state.nowMs() - (told ? (*body)["ago_ms"].get<std::int64_t>() : 0));
    send(response, personJson(state, *waId));
}

void tellPerson(SandboxState &state, const Request &request, Response &response)
{
    if (const auto waId = personOf(SandboxJson{{"phone", request.get_param_value("phone")}}, response))
        send(response, personJson(state, *waId));
}

/// {"fill": n}: ids of nobody up to n rows; {"phone": "+44…", "blocked": true}: somebody blocked or unblocked behind
/// the console's back, on the phone itself.
void changeBlocks(SandboxState &state, const Request &request, Response &response)
{
    const auto body = readSandboxObject(request.body);
    if (body && body->contains("fill") && (*body)["fill"].is_number_unsigned()) {
        state.relations.fillBlockList(std::min<std::size_t>((*body)["fill"].get<std::size_t>(), 1'000'000));
    } else {
        const auto waId = personOf(body, response);
        if (!waId)
            return;
        if (body->contains("blocked") && (*body)["blocked"] == false)
            state.relations.unblock(*waId);
        else
            state.relations.block(*waId);
    }
    send(response, {{"count", state.relations.blockedCount()}});
}

void tellBlocks(SandboxState &state, const Request &, Response &response)
{
    SandboxJson json;
    json["count"] = state.relations.blockedCount();
    json["blocked"] = state.relations.blocked(0, state.relations.blockedCount());
    send(response, json);
}

void tellMessages(SandboxState &state, const Request &, Response &response)
{
    SandboxJson json;
    json["messages"] = SandboxJson::array();
    for (const SandboxSent &sent : state.relations.messages())
        json["messages"].push_back(
            {{"at_ms", sent.atMs}, {"gateway", sent.gateway}, {"to", sent.to}, {"id", sent.id}, {"cards", sent.cards}});
    send(response, json);
}

/// {"phone": "+44…", "name": "…"}: saved on the phone now; the gateways list it some 30 s later.
void addContact(SandboxState &state, const Request &request, Response &response)
{
    const auto body = readSandboxObject(request.body);
    const auto waId = personOf(body, response);
    if (!waId)
        return;
    const bool named = body->contains("name") && (*body)["name"].is_string();
    state.relations.saveContact(*waId, named ? (*body)["name"].get<std::string>() : "New contact", state.nowMs());
    send(response, personJson(state, *waId));
}

using Control = void (*)(SandboxState &, const Request &, Response &);

auto guarded(SandboxState &state, Control control)
{
    return [&state, control](const Request &request, Response &response) {
        if (mayControl(request))
            control(state, request, response);
        else
            refuse(response, 403, "control requests come from this machine's programs, not from web pages");
    };
}

} // namespace

void addControlRoutes(httplib::Server &server, SandboxPosts &posts, SandboxState &state)
{
    server.Get(
        "/_sandbox/clock", guarded(state, [](SandboxState &s, const Request &, Response &r) { send(r, nowJson(s)); }));
    posts["/_sandbox/clock"] = guarded(state, changeClock);
    server.Get("/_sandbox/faults",
        guarded(state, [](SandboxState &s, const Request &, Response &r) { send(r, faultsJson(s)); }));
    posts["/_sandbox/faults"] = guarded(state, addFault);
    server.Delete("/_sandbox/faults", guarded(state, [](SandboxState &s, const Request &, Response &r) {
        s.clearFaults();
        send(r, faultsJson(s));
    }));
    server.Get("/_sandbox/ledger",
        guarded(state, [](SandboxState &s, const Request &q, Response &r) { sendLedger(s, q, r); }));
    server.Delete("/_sandbox/ledger", guarded(state, [](SandboxState &s, const Request &, Response &r) {
        s.clearLedger();
        send(r, SandboxJson::object());
    }));
    posts["/_sandbox/inbound"] = guarded(state, writeInbound);
    server.Get("/_sandbox/person", guarded(state, tellPerson));
    posts["/_sandbox/blocks"] = guarded(state, changeBlocks);
    server.Get("/_sandbox/blocks", guarded(state, tellBlocks));
    server.Get("/_sandbox/messages", guarded(state, tellMessages));
    posts["/_sandbox/contacts"] = guarded(state, addContact);
    posts["/_sandbox/reset"] = guarded(state, [](SandboxState &s, const Request &, Response &r) {
        s.reset();
        send(r, nowJson(s));
    });
    server.Get("/_sandbox/world.csv", guarded(state, [](SandboxState &s, const Request &q, Response &r) {
        const auto rows = std::clamp<std::int64_t>(number(q.get_param_value("rows"), 200), 0, 100'000);
        r.set_content(s.world.sampleCsv(static_cast<std::size_t>(rows)), "text/csv; charset=utf-8");
    }));
}

} // namespace rollcall
