// SPDX-License-Identifier: GPL-3.0-or-later
// The WhatsApp Business API on-premises node: gateways.md section 1, vendor page A. Where no source tells what a node
// answers, the comment says so and the plainest form was taken.
#include "app/sandbox/onpremcheck.h"
#include "app/sandbox/onprempeople.h"
#include "app/sandbox/onpremreply.h"
#include "app/sandbox/routes.h"
#include "app/sandbox/sandboxjson.h"
#include "app/sandbox/sandboxstate.h"

#include <httplib.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <string>

namespace rollcall {
namespace {

using httplib::Request;
using httplib::Response;

constexpr std::int64_t dayMs = 24LL * 3600 * 1000;

std::string decodeBase64(std::string_view text)
{
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned value = 0;
    int bits = 0;
    for (const char c : text.substr(0, text.find('='))) {
        const auto at = alphabet.find(c);
        if (at == std::string_view::npos)
            return {};
        value = (value << 6U | static_cast<unsigned>(at)) & 0xFFFFFFU;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<char>(value >> static_cast<unsigned>(bits) & 0xFFU));
        }
    }
    return bytes;
}

/// What stands behind "<scheme> " in Authorization; empty when it is another scheme or missing.
std::string credential(const Request &request, std::string_view scheme)
{
    const std::string header = request.get_header_value("Authorization");
    const auto same = [](char a, char b) { return std::tolower(a) == std::tolower(b); };
    if (header.size() <= scheme.size() + 1 || header[scheme.size()] != ' '
        || !std::equal(scheme.begin(), scheme.end(), header.begin(), same))
        return {};
    return header.substr(header.find_first_not_of(' ', scheme.size()));
}

/// The vendor's form, not ISO 8601: "2021-09-14 15:29:26+00:00".
std::string vendorTime(std::int64_t utcMs)
{
    const std::time_t seconds = utcMs / 1000;
    std::tm parts{};
#ifdef _WIN32
    gmtime_s(&parts, &seconds);
#else
    gmtime_r(&seconds, &parts);
#endif
    std::array<char, 40> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S+00:00", &parts);
    return {text.data(), size};
}

bool isGoodPassword(const std::string &password)
{
    const auto any = [&password](auto is) {
        return std::any_of(
            password.begin(), password.end(), [is](char c) { return is(static_cast<unsigned char>(c)) != 0; });
    };
    return password.size() >= 8 && password.size() <= 64 && any([](int c) { return std::isdigit(c); })
        && any([](int c) { return std::isupper(c); }) && any([](int c) { return std::islower(c); })
        && any([](int c) { return std::ispunct(c); });
}

/// Takes the faults of every request and answers those that never reach the node's own code. False: already answered.
bool pass(const OnPremReply &reply, Response &response)
{
    const SandboxHits &hits = reply.hits();
    if (hits.has("slow") && !reply.state().pause(hits.value("slow")))
        return reply.error(response, 503, 500, "Generic error", "the node is shutting down"), false;
    if (hits.has("html")) {
        response.status = static_cast<int>(hits.value("html"));
        response.set_content(
            "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Welcome to the guest network."
            "</body></html>\n",
            "text/html; charset=utf-8");
        return false;
    }
    if (hits.has("429") || hits.has("429-bare")) {
        if (hits.has("429"))
            response.set_header("Retry-After", std::to_string(hits.value("429")));
        return reply.error(response, 429, 429, "Rate limit hit", "too many requests"), false;
    }
    if (hits.has("5xx"))
        return reply.error(response, static_cast<int>(hits.value("5xx")), 500, "Generic error", "internal error"),
               false;
    if (hits.has("401"))
        reply.state().revokeTokens();
    return true;
}

bool hasToken(const OnPremReply &reply, const Request &request, Response &response)
{
    if (reply.state().isToken(credential(request, "Bearer")))
        return true;
    // The code is known to exist, its title is not confirmed in readable copies: a client goes by the status.
    reply.error(response, 401, 1005, "Access denied", "Bearer token is missing, unknown or expired");
    return false;
}

void login(const OnPremReply &reply, const Request &request, Response &response)
{
    SandboxState &state = reply.state();
    response.set_header("WWW-Authenticate", "Basic realm=\"Secured\"");
    const std::string pair = decodeBase64(credential(request, "Basic"));
    const auto colon = pair.find(':');
    if (colon == std::string::npos || reply.hits().has("login-refused")
        || !state.isPassword(pair.substr(0, colon), pair.substr(colon + 1)))
        return reply.error(response, 401, 1005, "Access denied", "Invalid credentials");

    SandboxJson body = SandboxJson::object();
    if (!request.body.empty()) {
        const auto read = readSandboxObject(request.body);
        if (!read)
            return reply.error(
                response, 400, 1025, "Request is not valid", "Unable to decode json from the request: Syntax error");
        body = *read;
    }
    if (body.contains("new_password")) {
        if (!body["new_password"].is_string() || !isGoodPassword(body["new_password"].get<std::string>()))
            return reply.error(response, 400, 1009, "Parameter value is not valid",
                "Password doesn't meet complexity requirements: length between 8 and 64 characters, at least 1 each of "
                "upper-case character, lower-case character, digit, special character are required");
        state.changePassword(body["new_password"].get<std::string>());
    } else if (state.passwordMustChange()) {
        return reply.error(response, 401, 1024, "Password change required", "Password must be changed");
    }
    const std::int64_t life = reply.hits().has("login-past-expiry") ? -dayMs : state.options.tokenLifeMs;
    SandboxJson user;
    user["token"] = state.newToken();
    user["expires_after"] = vendorTime(state.nowMs() + life);
    SandboxJson answer;
    answer["users"] = SandboxJson::array({user});
    reply.send(response, std::move(answer));
}

void logout(const OnPremReply &reply, const Request &request, Response &response)
{
    if (!hasToken(reply, request, response))
        return;
    reply.state().revokeToken(credential(request, "Bearer"));
    reply.send(response, SandboxJson::object());
}

void health(const OnPremReply &reply, const Request &request, Response &response)
{
    if (credential(request, "Apikey") != reply.state().options.apiKey && !hasToken(reply, request, response))
        return;
    const std::string word = reply.hits().has("health-disconnected") ? "disconnected" : "connected";
    SandboxJson inner;
    if (reply.hits().has("health-cluster")) {
        inner["wacore-1:a1b2c3"] = {{"gateway_status", "disconnected"}, {"role", "secondary_master"}};
        inner["wacore-2:d4e5f6"] = {{"gateway_status", word}, {"role", "primary_master"}};
    } else {
        inner["gateway_status"] = word;
    }
    SandboxJson answer;
    answer["health"] = inner;
    reply.send(response, std::move(answer));
}

void contacts(const OnPremReply &reply, const Request &request, Response &response)
{
    if (!hasToken(reply, request, response))
        return;
    answerOnPremCheck(reply, request.body, response);
}

void act(const OnPremReply &reply, const Request &request, Response &response)
{
    if (hasToken(reply, request, response))
        answerOnPremAct(reply, request, response);
}

void messages(const OnPremReply &reply, const Request &request, Response &response)
{
    if (!hasToken(reply, request, response))
        return;
    reply.noteBody(request.body);
    answerOnPremCards(reply, request.body, response);
}

using Edge = void (*)(const OnPremReply &, const Request &, Response &);

auto edge(SandboxState &state, Edge answer)
{
    return [&state, answer](const Request &request, Response &response) {
        const OnPremReply reply(state, request.method, request.path);
        if (pass(reply, response))
            answer(reply, request, response);
        reply.book(response);
    };
}

} // namespace

void addOnPremRoutes(httplib::Server &server, SandboxPosts &posts, SandboxState &state)
{
    posts["/v1/users/login"] = edge(state, login);
    posts["/v1/users/logout"] = edge(state, logout);
    posts["/v1/contacts"] = edge(state, contacts);
    posts["/v1/contacts/"] = edge(state, act);
    posts["/v1/messages"] = edge(state, messages);
    server.Get("/v1/health", edge(state, health));
}

} // namespace rollcall
