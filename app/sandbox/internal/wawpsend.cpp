// SPDX-License-Identifier: GPL-3.0-or-later
// POST /v2/send/contact and the pictures.
#include "app/sandbox/internal/wawp.h"

#include <httplib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace rollcall {
namespace {

bool isText(const SandboxJson &object, const char *key)
{
    return object.contains(key) && object[key].is_string() && !object[key].get<std::string>().empty();
}

/// The name after "FN:" of a vCard 3.0; empty when it is none.
std::string vcardName(const std::string &vcard)
{
    if (!vcard.starts_with("BEGIN:VCARD") || vcard.find("\nVERSION:3.0") == std::string::npos
        || vcard.find("\nEND:VCARD") == std::string::npos)
        return {};
    const auto at = vcard.find("\nFN:");
    if (at == std::string::npos)
        return {};
    std::string name = vcard.substr(at + 4, vcard.find('\n', at + 1) - at - 4);
    if (name.ends_with('\r'))
        name.pop_back();
    return name;
}

/// The name of a card, or what is wrong with it.
std::string readCard(const SandboxJson &card, std::string &complaint)
{
    static constexpr std::array<std::string_view, 4> keys{"fullName", "organization", "phoneNumber", "whatsappId"};
    if (!card.is_object())
        return complaint = "contacts must hold objects", std::string();
    if (card.contains("vcard")) {
        const std::string name = isText(card, "vcard") ? vcardName(card["vcard"].get<std::string>()) : std::string();
        if (card.size() != 1 || name.empty())
            complaint = "vcard must be a vCard 3.0 with FN, and nothing beside it";
        return name;
    }
    for (const auto &[key, value] : card.items()) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end() || !value.is_string())
            return complaint = "contacts: " + key + " is unknown or no text", std::string();
    }
    if (!isText(card, "fullName") || !isText(card, "phoneNumber"))
        return complaint = "fullName and phoneNumber are required", std::string();
    if (card.contains("whatsappId")
        && card["whatsappId"].get<std::string>().find_first_not_of("0123456789") != std::string::npos)
        return complaint = "whatsappId must hold digits only", std::string();
    return card["fullName"].get<std::string>();
}

std::string readSend(const SandboxJson &body, std::vector<std::string> &names)
{
    static constexpr std::array<std::string_view, 5> keys{
        "instance_id", "access_token", "chatId", "contacts", "reply_to"};
    for (const auto &[key, value] : body.items()) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            return "property " + key + " should not exist";
    }
    if (body.contains("reply_to") && !body["reply_to"].is_string() && !body["reply_to"].is_null())
        return "reply_to must be a string";
    if (!isText(body, "chatId"))
        return "chatId is required";
    if (!body.contains("contacts") || !body["contacts"].is_array() || body["contacts"].empty())
        return "contacts must be a list of at least one";
    std::string complaint;
    for (const SandboxJson &card : body["contacts"]) {
        names.push_back(readCard(card, complaint));
        if (!complaint.empty())
            return complaint;
    }
    return {};
}

std::uint32_t crc(std::string_view bytes)
{
    std::uint32_t value = 0xFFFFFFFFU;
    for (const char c : bytes) {
        value ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            value = value >> 1U ^ ((value & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~value;
}

std::string bigEndian(std::uint32_t value)
{
    std::string bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        bytes.push_back(static_cast<char>(value >> shift & 0xFFU));
    return bytes;
}

std::string chunk(const std::string &type, const std::string &data)
{
    return bigEndian(std::uint32_t(data.size())) + type + data + bigEndian(crc(type + data));
}

/// A PNG of 96 × 96 with a head and shoulders in two colours of their own (RFC 2083; one stored block, so no zlib).
std::string avatar(std::string_view waId)
{
    constexpr int side = 96;
    std::uint32_t hue = crc(waId);
    std::string rows;
    for (int y = 0; y < side; ++y) {
        rows.push_back(0); // filter: none
        for (int x = 0; x < side; ++x) {
            const int dx = x - 48;
            const bool head = dx * dx + (y - 36) * (y - 36) < 16 * 16;
            const bool shoulders = dx * dx + (y - 96) * (y - 96) < 38 * 38;
            rows.push_back(head || shoulders ? 1 : 0);
        }
    }
    std::uint32_t a = 1;
    std::uint32_t b = 0;
    for (const char c : rows) {
        a = (a + static_cast<unsigned char>(c)) % 65521;
        b = (b + a) % 65521;
    }
    const auto size = std::uint32_t(rows.size());
    std::string zlib("\x78\x01\x01", 3);
    for (const std::uint32_t length : {size, ~size}) {
        zlib.push_back(static_cast<char>(length & 0xFFU));
        zlib.push_back(static_cast<char>(length >> 8U & 0xFFU));
    }
    zlib += rows + bigEndian(b << 16U | a);
    std::string palette;
    for (const unsigned base : {0x40U, 0xA0U}) {
        for (int n = 0; n < 3; ++n, hue = hue >> 5U | hue << 27U)
            palette.push_back(static_cast<char>(base + (hue & 0x3FU)));
    }
    const std::string header = bigEndian(side) + bigEndian(side) + std::string("\x08\x03\x00\x00\x00", 5);
    return "\x89PNG\r\n\x1A\n" + chunk("IHDR", header) + chunk("PLTE", palette) + chunk("IDAT", zlib)
        + chunk("IEND", {});
}

/// The body as it came, but for the values that let somebody in.
std::string withoutSecrets(std::string body, const SandboxOptions &options)
{
    for (const std::string &secret : {options.wawpToken, options.wawpInstance}) {
        if (const auto at = body.find('"' + secret + '"'); at != std::string::npos)
            body.replace(at + 1, secret.size(), "\xe2\x80\xa6");
    }
    return body;
}

bool bringsCredentials(const httplib::Request &request)
{
    return request.has_header("Authorization") || request.has_header("access-token")
        || request.has_header("D360-API-KEY") || request.has_header("Cookie") || request.has_param("access_token")
        || request.has_param("instance_id");
}

} // namespace

void wawpSendContact(SandboxCall &call, const SandboxJson &body)
{
    std::vector<std::string> names;
    if (const std::string complaint = readSend(body, names); !complaint.empty())
        return call.refuse(400, complaint);
    const auto chatId = body["chatId"].get<std::string>();
    const auto person = wawpPerson(call, chatId);
    SandboxState &state = call.state();
    // What becomes of these is told by nobody.
    if (!person || !state.world.isSubscriber(person->waId) || state.relations.isBlocked(person->waId)) {
        call.note(SandboxActed{chatId, person ? person->waId : std::string(), "400"});
        return call.refuse(400, "chatId cannot be written to");
    }
    const std::string id = state.relations.send({state.nowMs(), "wawp", person->waId,
        "true_" + person->waId + "@c.us_3EB0", names, withoutSecrets(call.request().body, state.options)});
    call.note(SandboxActed{chatId, person->waId, "sent"});
    SandboxJson answer;
    answer["id"] = id;
    answer["timestamp"] = state.nowMs() / 1000;
    answer["from"] = state.options.ownNumber + "@c.us";
    answer["fromMe"] = true;
    answer["to"] = person->waId + "@c.us";
    answer["hasMedia"] = false;
    answer["ack"] = 0;
    call.answer(201, answer);
}

void answerPhoto(SandboxState &state, const httplib::Request &request, httplib::Response &response)
{
    const std::string file = request.path.substr(request.path.rfind('/') + 1);
    const std::string waId = file.substr(0, file.find('.'));
    const std::string until = request.get_param_value("oe");
    std::int64_t untilMs = 0;
    std::from_chars(until.data(), until.data() + until.size(), untilMs);
    const SandboxHits hits = state.takeFaults(request.path);
    const bool stopped = hits.has("slow") && !state.pause(hits.value("slow"));
    response.status = stopped                                    ? 503
        : hits.has("5xx")                                        ? static_cast<int>(hits.value("5xx"))
        : bringsCredentials(request) || untilMs <= state.nowMs() ? 403
        : state.world.showsPhoto(waId)                           ? 200
                                                                 : 404;
    if (response.status != 200)
        response.set_content("no such picture", "text/plain");
    else if (hits.has("html"))
        response.set_content("<!DOCTYPE html>\n<title>Sign in</title>\n", "image/png"); // and calls it a picture
    else
        response.set_content(avatar(waId)
                + std::string(hits.has("big-photo") ? std::size_t(hits.value("big-photo")) * 1024 * 1024 : 0, '\0'),
            "image/png");
    SandboxLedgerEntry entry;
    entry.method = request.method;
    entry.path = request.path;
    entry.status = response.status;
    entry.fault = hits.names();
    state.record(std::move(entry));
}

} // namespace rollcall
