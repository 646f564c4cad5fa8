// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/onpremreply.h"

#include <httplib.h>

#include <charconv>
#include <utility>

namespace rollcall {

OnPremReply::OnPremReply(SandboxState &state, std::string method, std::string path)
    : m_state(state)
    , m_hits(state.takeFaults(path))
    , m_method(std::move(method))
    , m_path(std::move(path))
{
}

std::string OnPremReply::version() const
{
    return m_hits.has("always-valid") ? std::string("v2.45.1") : m_state.options.apiVersion;
}

bool OnPremReply::everybodyIsValid() const
{
    const std::string text = version();
    if (!text.starts_with("v2."))
        return false;
    int minor = 0;
    const auto result = std::from_chars(text.data() + 3, text.data() + text.size(), minor);
    return result.ec == std::errc() && minor >= 43;
}

SandboxJson OnPremReply::meta() const
{
    SandboxJson meta;
    meta["api_status"] = "stable";
    meta["version"] = version();
    return meta;
}

void OnPremReply::send(httplib::Response &response, SandboxJson answer) const
{
    answer["meta"] = meta();
    sendText(response, writeSandboxJson(answer));
}

void OnPremReply::sendText(httplib::Response &response, const std::string &body) const
{
    response.status = 200;
    if (!m_hits.has("cut"))
        return response.set_content(body, "application/json");
    response.set_content_provider(
        body.size(), "application/json", [body](std::size_t offset, std::size_t, httplib::DataSink &sink) {
            if (offset == 0)
                sink.write(body.data(), body.size() / 2);
            return offset == 0; // the second call closes the connection
        });
}

void OnPremReply::error(
    httplib::Response &response, int status, int code, const std::string &title, const std::string &details) const
{
    SandboxJson one;
    one["code"] = code;
    one["title"] = title;
    one["details"] = details;
    SandboxJson answer;
    answer["meta"] = meta();
    answer["errors"] = SandboxJson::array({one});
    response.status = status;
    response.set_content(writeSandboxJson(answer), "application/json");
}

void OnPremReply::book(const httplib::Response &response) const
{
    SandboxLedgerEntry entry = m_entry;
    entry.method = m_method;
    entry.path = m_path;
    entry.status = response.status;
    entry.fault = m_hits.names();
    m_state.record(std::move(entry));
}

} // namespace rollcall
