// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/onpremcheck.h"

#include "app/sandbox/onpremreply.h"

#include <httplib.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace rollcall {
namespace {

struct Question {
    std::vector<std::string> inputs = {};
    bool wait = false;
    bool forceCheck = false;
};

struct Complaint {
    int code = 0;
    std::string details = {};
};

/// The number texts of `value`, or what is wrong with it.
std::optional<Complaint> readInputs(const SandboxJson &value, std::size_t most, Question &question)
{
    if (!value.is_array() || value.empty())
        return Complaint{1009, "contacts must be a list of at least one phone number"};
    if (value.size() > most)
        return Complaint{1009, "contacts holds more than " + std::to_string(most) + " phone numbers"};
    for (const SandboxJson &input : value) {
        if (!input.is_string())
            return Complaint{1009, "contacts must hold strings only"};
        question.inputs.push_back(input.get<std::string>());
    }
    return std::nullopt;
}

std::optional<Complaint> readQuestion(const std::string &body, std::size_t most, Question &question)
{
    const auto object = readSandboxObject(body);
    if (!object)
        return Complaint{1025, "Unable to decode json from the request: Syntax error"};
    if (!object->contains("contacts"))
        return Complaint{1025, "contacts is missing"};
    for (const auto &[name, value] : object->items()) {
        if (name == "contacts") {
            if (auto complaint = readInputs(value, most, question))
                return complaint;
        } else if (name == "blocking") {
            if (value != "wait" && value != "no_wait")
                return Complaint{1009, "blocking must be wait or no_wait"};
            question.wait = value == "wait";
        } else if (name == "force_check") {
            if (!value.is_boolean())
                return Complaint{1009, "force_check must be true or false"};
            question.forceCheck = value.get<bool>();
        } else {
            return Complaint{1025, "unknown member " + name};
        }
    }
    return std::nullopt;
}

struct Row {
    SandboxAsked asked = {};
    std::string waId = {};
};

Row answerOne(const OnPremReply &reply, const Question &question, const std::string &input)
{
    SandboxState &state = reply.state();
    Row row{{input, "failed", false}, {}};
    const auto digits = SandboxWorld::dialled(input, state.options.countryCode);
    if (reply.everybodyIsValid()) {
        // Such a node looks nothing up: what was typed comes back as an id, digits only.
        row.waId = digits.value_or(input);
        std::erase_if(row.waId, [](char c) { return c < '0' || c > '9'; });
        row.asked.status = "valid";
        row.asked.live = true;
        return row;
    }
    if (!digits)
        return row;
    const bool slow = !question.wait && state.world.isSlow(*digits, state.options.slowPercent);
    using Known = SandboxState::Known;
    const Known known = state.lookUp(*digits, question.forceCheck, slow ? state.options.decideAfterMs : 0);
    row.asked.live = known == Known::LookedUp || known == Known::Started;
    if (known == Known::Started || known == Known::UnderWay) {
        row.asked.status = "processing";
        row.waId = *digits; // the vendor's own sample shows the digits as wa_id on a row that is still processing
    } else if (state.world.isSubscriber(*digits)) {
        row.asked.status = "valid";
        row.waId = SandboxWorld::waId(*digits);
    } else {
        row.asked.status = "invalid";
    }
    return row;
}

SandboxJson toJson(const Row &row)
{
    SandboxJson json;
    json["input"] = row.asked.input;
    json["status"] = row.asked.status;
    if (!row.waId.empty())
        json["wa_id"] = row.waId;
    return json;
}

/// The rows as a JSON list, with the faults that touch rows.
std::string rowsText(const OnPremReply &reply, std::vector<Row> &rows)
{
    std::string list = "[";
    for (std::size_t n = 0; n < rows.size(); ++n) {
        if (reply.hits().has("missing-rows") && n % 2 == 0) {
            rows[n].asked.status.clear();
            continue;
        }
        if (reply.hits().has("unknown-word"))
            rows[n] = Row{{rows[n].asked.input, "unchecked", rows[n].asked.live}, {}};
        std::string text = writeSandboxJson(toJson(rows[n]));
        if (reply.hits().has("duplicate-keys"))
            text.insert(1, R"("status":"invalid",)");
        list += (list.size() > 1 ? "," : "") + text;
    }
    return list + "]";
}

/// "wait" holds the call while the node asks its server; the sandbox holds it for as long as a slow number takes, in
/// real time and at most 1.5 s, once for all of them.
void hold(const OnPremReply &reply, const Question &question)
{
    SandboxState &state = reply.state();
    const bool anySlow
        = std::any_of(question.inputs.begin(), question.inputs.end(), [&state](const std::string &input) {
              const auto digits = SandboxWorld::dialled(input, state.options.countryCode);
              return digits && state.world.isSlow(*digits, state.options.slowPercent);
          });
    if (question.wait && anySlow && !reply.everybodyIsValid())
        state.pause(std::min<std::int64_t>(state.options.decideAfterMs, 1500));
}

} // namespace

void answerOnPremCheck(const OnPremReply &reply, const std::string &body, httplib::Response &response)
{
    Question question;
    if (const auto complaint = readQuestion(body, reply.state().options.maxBatch, question))
        return reply.error(response, 400, complaint->code,
            complaint->code == 1025 ? "Request is not valid" : "Parameter value is not valid", complaint->details);
    hold(reply, question);
    std::vector<Row> rows;
    rows.reserve(question.inputs.size());
    for (const std::string &input : question.inputs)
        rows.push_back(answerOne(reply, question, input));
    const std::string list = rowsText(reply, rows);
    reply.sendText(response, "{\"contacts\":" + list + ",\"meta\":" + writeSandboxJson(reply.meta()) + "}");

    SandboxLedgerEntry entry;
    entry.wait = question.wait;
    entry.forceCheck = question.forceCheck;
    for (Row &row : rows)
        entry.asked.push_back(std::move(row.asked));
    reply.note(std::move(entry));
}

} // namespace rollcall
