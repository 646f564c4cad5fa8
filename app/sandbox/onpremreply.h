// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxjson.h"
#include "app/sandbox/sandboxstate.h"

#include <string>

namespace httplib {
struct Response;
}

namespace rollcall {

/// One answer of the on-premises node on its way out: the meta member, the errors envelope, the ledger line.
/// Lives as long as one request, on its thread.
class OnPremReply final {
public:
    OnPremReply(SandboxState &state, std::string method, std::string path); ///< takes this request's faults

    [[nodiscard]] SandboxState &state() const { return m_state; }
    [[nodiscard]] const SandboxHits &hits() const { return m_hits; }
    [[nodiscard]] std::string version() const;
    /// From v2.43 on the node calls every number valid (gateways.md section 0, 2).
    [[nodiscard]] bool everybodyIsValid() const;

    void send(httplib::Response &response, SandboxJson answer) const; ///< 200 with meta
    void sendText(httplib::Response &response, const std::string &body) const; ///< 200, cut in the middle by "cut"
    void error(
        httplib::Response &response, int status, int code, const std::string &title, const std::string &details) const;
    /// The meta member of every answer.
    [[nodiscard]] SandboxJson meta() const;

    void note(SandboxLedgerEntry check) const ///< what a check asked, for book()
    {
        check.body = std::move(m_entry.body);
        m_entry = std::move(check);
    }
    void noteBody(std::string body) const { m_entry.body = std::move(body); } ///< of a message
    void book(const httplib::Response &response) const;

private:
    SandboxState &m_state;
    SandboxHits m_hits;
    std::string m_method;
    std::string m_path;
    mutable SandboxLedgerEntry m_entry;
};

} // namespace rollcall
