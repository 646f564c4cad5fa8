// SPDX-License-Identifier: GPL-3.0-or-later
// POST /messages, type contacts: gateways.md 5.3, vendor page E.
#include "app/sandbox/internal/cardschema.h"
#include "app/sandbox/internal/graph.h"

#include <httplib.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace rollcall {
namespace {

GraphError missing(const std::string &what)
{
    return {131008, "Required parameter is missing", what};
}

GraphError wrongType(const std::string &what)
{
    return {100, "Invalid parameter", what};
}

GraphError badValue(const std::string &what)
{
    return {131009, "Parameter value is not valid", what};
}

GraphError toError(const CardComplaint &complaint)
{
    using Kind = CardComplaint::Kind;
    const std::string text = "Param " + complaint.where + " " + complaint.details;
    switch (complaint.kind) {
    case Kind::UnknownKey:
        return {100, "Invalid parameter", "Unexpected key \"" + complaint.details + "\" on param " + complaint.where};
    case Kind::WrongType:
        return wrongType(text);
    case Kind::Missing:
        return missing(text);
    case Kind::BadValue:
        break;
    }
    return badValue(text);
}

struct Message {
    std::string to = {};
    std::vector<std::string> cards = {};
};

std::optional<GraphError> readHead(const SandboxJson &body)
{
    static constexpr std::array<std::string_view, 6> keys{
        "messaging_product", "recipient_type", "to", "type", "contacts", "context"};
    for (const auto &[key, value] : body.items()) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            return GraphError{100, "Invalid parameter", "Unexpected key \"" + key + "\" on param"};
    }
    for (const char *const key : {"messaging_product", "recipient_type", "to", "type"}) {
        if (!body.contains(key))
            return missing(std::string("The parameter ") + key + " is required.");
        if (!body[key].is_string())
            return wrongType(std::string("Param ") + key + " must be a string");
    }
    if (body["messaging_product"] != "whatsapp")
        return badValue("messaging_product must be whatsapp");
    if (body["recipient_type"] != "individual" && body["recipient_type"] != "group")
        return badValue("recipient_type must be individual or group");
    if (body["type"] != "contacts")
        return badValue("the sandbox takes messages of type contacts only");
    if (!body.contains("contacts"))
        return missing("The parameter contacts is required.");
    if (body.contains("context")) {
        const SandboxJson &context = body["context"];
        if (!context.is_object() || context.size() != 1 || !context.contains("message_id")
            || !context["message_id"].is_string())
            return wrongType("Param context must be an object with the key message_id");
    }
    return std::nullopt;
}

std::optional<GraphError> readMessage(const SandboxCall &call, Message &message)
{
    const auto body = readSandboxObject(call.request().body);
    if (!call.hasJsonType() || !body)
        return wrongType("the body is no JSON object");
    if (auto error = readHead(*body))
        return error;
    message.to = (*body)["to"].get<std::string>();
    if (const auto complaint = readCards((*body)["contacts"], false, message.cards))
        return toError(*complaint);
    return std::nullopt;
}

/// Why this person cannot be written to. The code for somebody we blocked is told by nobody; the vendor page says only
/// that an error will occur.
std::optional<GraphError> reach(const SandboxState &state, const std::optional<std::string> &waId)
{
    if (!waId)
        return badValue("to is no phone number");
    if (*waId == state.options.ownNumber)
        return GraphError{131021, "Recipient cannot be sender", "Sender and recipient phone number is the same"};
    if (!state.world.isSubscriber(*waId) || state.relations.isBlocked(*waId))
        return GraphError{131026, "Message undeliverable", "Message Undeliverable."};
    if (!state.relations.wroteLately(*waId, state.nowMs()))
        return GraphError{131047, "Re-engagement message",
            "More than 24 hours have passed since the recipient last replied to the sender number"};
    return std::nullopt;
}

} // namespace

void sendGraphCards(SandboxCall &call)
{
    call.noteBody();
    Message message;
    if (const auto error = readMessage(call, message))
        return sendGraphError(call, *error);
    SandboxState &state = call.state();
    const auto waId = graphWaId(message.to);
    if (const auto error = reach(state, waId)) {
        call.note(SandboxActed{message.to, waId.value_or(std::string()), std::to_string(error->code)});
        return sendGraphError(call, *error);
    }
    const std::string gateway(call.dialect().prefix.substr(1));
    const std::string id
        = state.relations.send({state.nowMs(), gateway, *waId, "wamid.", message.cards, call.request().body});
    call.note(SandboxActed{message.to, *waId, "sent"});
    SandboxJson answer;
    answer["messaging_product"] = "whatsapp";
    answer["contacts"] = SandboxJson::array({{{"input", message.to}, {"wa_id", *waId}}});
    answer["messages"] = SandboxJson::array({{{"id", id}, {"message_status", "accepted"}}});
    call.answer(200, answer);
}

} // namespace rollcall
