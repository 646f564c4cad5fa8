// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/internal/sandboxcall.h"

#include <httplib.h>

#include <algorithm>
#include <charconv>

namespace rollcall {
namespace {

std::vector<std::string> pieces(std::string_view path)
{
    std::vector<std::string> all;
    while (!path.empty()) {
        path.remove_prefix(1); // the '/'
        const std::string_view piece = path.substr(0, path.find('/'));
        all.emplace_back(piece);
        path.remove_prefix(piece.size());
    }
    return all;
}

std::string decoded(std::string_view text)
{
    std::string plain;
    for (std::size_t n = 0; n < text.size(); ++n) {
        unsigned byte = 0;
        if (text[n] == '%' && n + 2 < text.size()
            && std::from_chars(text.data() + n + 1, text.data() + n + 3, byte, 16).ptr == text.data() + n + 3) {
            plain.push_back(static_cast<char>(byte));
            n += 2;
        } else {
            plain.push_back(text[n] == '+' ? ' ' : text[n]); // what servers make of a '+' in a query
        }
    }
    return plain;
}

} // namespace

SandboxCall::SandboxCall(
    SandboxState &state, const SandboxDialect &dialect, const httplib::Request &request, httplib::Response &response)
    : m_state(state)
    , m_dialect(dialect)
    , m_request(request)
    , m_response(response)
    , m_hits(state.takeFaults(request.path))
    , m_path(pieces(std::string_view(request.path).substr(dialect.prefix.size())))
{
}

void SandboxCall::run()
{
    m_response.set_header(sandboxMark, "1");
    if (pass())
        m_dialect.answer(*this);
    m_entry.method = m_request.method;
    m_entry.path = m_request.path;
    m_entry.status = m_response.status;
    m_entry.fault = m_hits.names();
    m_state.record(std::move(m_entry));
}

/// False: a fault that every dialect has was the answer.
bool SandboxCall::pass()
{
    if (has("slow") && !m_state.pause(value("slow")))
        return refuse(503, "shutting down"), false;
    if (has("html")) {
        answerText(static_cast<int>(value("html")),
            "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Welcome to the guest network."
            "</body></html>\n",
            "text/html; charset=utf-8");
        return false;
    }
    if (has("429") || has("429-bare")) {
        if (has("429"))
            header("Retry-After", std::to_string(value("429")));
        return refuse(429, "too many requests"), false;
    }
    if (has("401"))
        return refuse(401, "credentials are not accepted"), false;
    if (has("5xx"))
        return refuse(static_cast<int>(value("5xx")), "internal error"), false;
    return true;
}

bool SandboxCall::is(std::string_view method, std::initializer_list<std::string_view> path) const
{
    return m_request.method == method
        && std::equal(path.begin(), path.end(), m_path.begin(), m_path.end(),
            [](std::string_view pattern, const std::string &piece) { return pattern == "*" || pattern == piece; });
}

std::optional<std::string> SandboxCall::query(const std::string &name) const
{
    const auto mark = m_request.target.find('?');
    std::string_view rest
        = mark == std::string::npos ? std::string_view() : std::string_view(m_request.target).substr(mark + 1);
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        if (decoded(pair.substr(0, equals)) == name)
            return decoded(pair.substr(std::min(equals + 1, pair.size())));
    }
    return std::nullopt;
}

std::optional<std::size_t> SandboxCall::wholeNumber(
    const std::string &name, std::size_t otherwise, std::size_t least, std::size_t most) const
{
    const auto text = query(name);
    if (!text)
        return otherwise;
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size() || number < least || number > most)
        return std::nullopt;
    return number;
}

bool SandboxCall::isBearer(const std::string &secret) const
{
    return m_request.get_header_value("Authorization") == "Bearer " + secret;
}

bool SandboxCall::hasJsonType() const
{
    const std::string type = m_request.get_header_value("Content-Type");
    return type.substr(0, type.find(';')) == "application/json";
}

void SandboxCall::noteBody()
{
    m_entry.body = m_request.body;
}

void SandboxCall::answer(int status, const SandboxJson &body)
{
    answerText(status, writeSandboxJson(body));
}

std::string SandboxCall::checkText(SandboxJson answer, const std::string &key) const
{
    if (has("missing-rows"))
        answer.erase(key);
    else if (has("unknown-word"))
        answer[key] = "yes";
    std::string text = writeSandboxJson(answer);
    if (has("duplicate-keys"))
        text.insert(1, "\"" + key + "\":false,");
    return text;
}

void SandboxCall::answerText(int status, const std::string &body, const std::string &type)
{
    m_response.status = status;
    if (body.empty() || (has("no-body") && status >= 400))
        return;
    if (!has("cut"))
        return m_response.set_content(body, type);
    m_response.set_content_provider(
        body.size(), type, [body](std::size_t offset, std::size_t, httplib::DataSink &sink) {
            if (offset == 0)
                sink.write(body.data(), body.size() / 2);
            return offset == 0; // the second call closes the connection
        });
}

void SandboxCall::header(const std::string &name, const std::string &value)
{
    m_response.set_header(name, value);
}

} // namespace rollcall
