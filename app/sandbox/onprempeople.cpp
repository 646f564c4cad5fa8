// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/onprempeople.h"

#include "app/sandbox/internal/cardschema.h"
#include "app/sandbox/onpremreply.h"

#include <httplib.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rollcall {
namespace {

struct Act {
    std::string input = {};
    std::string word = {}; ///< block, unblock, report
    bool alsoBlock = false; ///< a report with "block": true
};

void note(const OnPremReply &reply, const std::string &input, const std::string &waId, const std::string &outcome)
{
    SandboxLedgerEntry entry;
    entry.acted.push_back({input, waId, outcome});
    reply.note(std::move(entry));
}

/// What is wrong with the body of an act, empty when nothing is.
std::string readAct(const std::string &text, Act &act)
{
    if (text.empty())
        return {};
    const auto body = readSandboxObject(text);
    if (!body)
        return "Unable to decode json from the request: Syntax error";
    for (const auto &[name, value] : body->items()) {
        const bool reason = name == "reason" && act.word != "unblock";
        const bool ofReport = act.word == "report" && (name == "block" || name == "message_id");
        if (!reason && !ofReport)
            return "unknown member " + name;
        if (name == "block" ? !value.is_boolean() : !value.is_string())
            return name + " has the wrong type";
        if (reason && value.get<std::string>().size() >= 60)
            return "reason must be shorter than 60 characters";
    }
    act.alsoBlock = body->contains("block") && (*body)["block"].get<bool>();
    return {};
}

std::string outcomeOf(const std::string &word)
{
    return word == "report" ? "reported" : word + "ed";
}

struct CardMessage {
    std::string to = {};
    std::vector<std::string> cards = {};
};

struct Complaint {
    int code;
    std::string details;
};

std::optional<Complaint> readMessage(const std::string &text, CardMessage &message)
{
    const auto body = readSandboxObject(text);
    if (!body)
        return Complaint{1025, "Unable to decode json from the request: Syntax error"};
    for (const auto &[name, value] : body->items()) {
        const bool known = name == "to" || name == "recipient_type" || name == "type" || name == "contacts";
        if (!known)
            return Complaint{1025, "unknown member " + name};
        if (name != "contacts" && !value.is_string())
            return Complaint{1009, name + " must be a string"};
    }
    for (const char *const name : {"to", "type", "contacts"}) {
        if (!body->contains(name))
            return Complaint{1008, std::string(name) + " is missing"};
    }
    if (body->value("recipient_type", "individual") != "individual" || (*body)["type"] != "contacts")
        return Complaint{1009, "the sandbox takes messages of type contacts to individuals only"};
    message.to = (*body)["to"].get<std::string>();
    if (const auto complaint = readCards((*body)["contacts"], true, message.cards))
        return Complaint{
            complaint->kind == CardComplaint::Kind::Missing ? 1008 : 1009, complaint->where + " " + complaint->details};
    return std::nullopt;
}

} // namespace

void answerOnPremAct(const OnPremReply &reply, const httplib::Request &request, httplib::Response &response)
{
    SandboxState &state = reply.state();
    const std::string rest = request.path.substr(std::string_view("/v1/contacts/").size());
    const auto slash = rest.rfind('/');
    Act act;
    act.word = slash == std::string::npos ? std::string() : rest.substr(slash + 1);
    act.input = rest.substr(0, slash);
    if (act.word != "block" && act.word != "unblock" && act.word != "report")
        return reply.error(response, 404, 1006, "Resource not found", "no such edge");
    if (const std::string complaint = readAct(request.body, act); !complaint.empty())
        return reply.error(response, 400, 1025, "Request is not valid", complaint);
    const auto digits = SandboxWorld::dialled(act.input, state.options.countryCode);
    const std::string waId = digits ? SandboxWorld::waId(*digits) : std::string();
    const bool known = digits && (state.world.isSubscriber(waId) || state.relations.isBlocked(waId));
    if (act.word == "unblock" ? !known : !digits) {
        note(reply, act.input, {}, "1009");
        return reply.error(
            response, 400, 1009, "Parameter value is not valid", "Provided WhatsApp ID is not valid: " + act.input);
    }
    if (act.word != "unblock" && (!known || !state.relations.wroteLately(waId, state.nowMs()))) {
        note(reply, act.input, known ? waId : std::string(), "2048");
        return reply.error(
            response, 400, 2048, "Not engaged contact", waId + " has not engaged with you in the last 24 hrs.");
    }
    if (act.word == "block" || act.alsoBlock)
        state.relations.block(waId);
    else if (act.word == "unblock")
        state.relations.unblock(waId);
    note(reply, act.input, waId, outcomeOf(act.word));
    reply.send(response, SandboxJson::object());
}

void answerOnPremCards(const OnPremReply &reply, const std::string &body, httplib::Response &response)
{
    SandboxState &state = reply.state();
    CardMessage message;
    if (const auto complaint = readMessage(body, message))
        return reply.error(response, 400, complaint->code,
            complaint->code == 1025       ? "Request is not valid"
                : complaint->code == 1008 ? "Required parameter is missing"
                                          : "Parameter value is not valid",
            complaint->details);
    // `to` is a wa_id (gateways.md 1.8); newer nodes read a typed number as well.
    const bool isId = message.to.find_first_not_of("0123456789") == std::string::npos
        && SandboxWorld::waId(message.to) == message.to && state.world.isSubscriber(message.to);
    const auto digits = isId ? std::optional(message.to) : SandboxWorld::dialled(message.to, state.options.countryCode);
    const std::string waId = digits ? SandboxWorld::waId(*digits) : std::string();
    // 1013 is known to exist, its title is not confirmed; what follows after a block is told by nobody.
    if (!digits || !state.world.isSubscriber(waId) || state.relations.isBlocked(waId)) {
        note(reply, message.to, waId, "1013");
        return reply.error(response, 400, 1013, "User is not valid", "the recipient cannot be written to");
    }
    if (!state.relations.wroteLately(waId, state.nowMs())) {
        note(reply, message.to, waId, "470");
        return reply.error(response, 400, 470, "Re-engagement message",
            "Message failed to send because more than 24 hours have passed since the customer last replied to this "
            "number");
    }
    const std::string id = state.relations.send({state.nowMs(), "onprem", waId, "gBEG", message.cards, body});
    note(reply, message.to, waId, "sent");
    SandboxJson answer;
    answer["messages"] = SandboxJson::array({{{"id", id}}});
    reply.send(response, std::move(answer));
}

} // namespace rollcall
