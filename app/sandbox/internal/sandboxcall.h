// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxjson.h"
#include "app/sandbox/sandboxstate.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace httplib {
struct Request;
struct Response;
} // namespace httplib

namespace rollcall {

class SandboxCall;

/// A gateway that is not the on-premises node.
struct SandboxDialect final {
    std::string_view prefix; ///< of its paths: "/d360"
    void (*answer)(SandboxCall &call); ///< one request; called when no general fault has answered already
    /// An error answer in the vendor's words with this HTTP status (400 … 599).
    void (*refuse)(SandboxCall &call, int status, const std::string &why);
};

/// One request to a dialect on its way: takes its faults, answers, writes its ledger line. Lives as long as the
/// request, on its thread.
class SandboxCall final {
public:
    SandboxCall(SandboxState &state, const SandboxDialect &dialect, const httplib::Request &request,
        httplib::Response &response);
    void run(); ///< general faults, else the dialect; then the ledger

    [[nodiscard]] SandboxState &state() const { return m_state; }
    [[nodiscard]] const SandboxDialect &dialect() const { return m_dialect; }
    [[nodiscard]] const httplib::Request &request() const { return m_request; }
    [[nodiscard]] bool has(std::string_view fault) const { return m_hits.has(fault); }
    [[nodiscard]] std::int64_t value(std::string_view fault) const { return m_hits.value(fault); }

    /// Is it this method with this path behind the prefix? "*" stands for any one piece.
    [[nodiscard]] bool is(std::string_view method, std::initializer_list<std::string_view> path) const;
    [[nodiscard]] const std::vector<std::string> &path() const { return m_path; } ///< percent-decoded, as is() had it
    [[nodiscard]] std::optional<std::string> query(const std::string &name) const; ///< never out of a form body
    /// A whole number of the query: `otherwise` when it is missing, nothing when it is none of least … most.
    [[nodiscard]] std::optional<std::size_t> wholeNumber(
        const std::string &name, std::size_t otherwise, std::size_t least, std::size_t most) const;
    [[nodiscard]] bool isBearer(const std::string &secret) const;
    [[nodiscard]] bool hasJsonType() const; ///< Content-Type says application/json

    void answer(int status, const SandboxJson &body);
    /// The text of a check answer whose verdict stands under `key`, with the faults about check answers.
    [[nodiscard]] std::string checkText(SandboxJson answer, const std::string &key) const;
    void answerText(int status, const std::string &body, const std::string &type = "application/json");
    void header(const std::string &name, const std::string &value);
    void refuse(int status, const std::string &why) { m_dialect.refuse(*this, status, why); }

    void note(SandboxAsked asked) { m_entry.asked.push_back(std::move(asked)); }
    void noteBody(); ///< of a message that holds no token
    void note(SandboxActed acted) { m_entry.acted.push_back(std::move(acted)); }

private:
    bool pass();

    SandboxState &m_state;
    const SandboxDialect &m_dialect;
    const httplib::Request &m_request;
    httplib::Response &m_response;
    SandboxHits m_hits;
    std::vector<std::string> m_path;
    SandboxLedgerEntry m_entry;
};

/// In every answer of a SandboxCall until the server takes it out again: tells it from an answer of the HTTP library.
inline constexpr const char *sandboxMark = "X-Sandbox-Answered";

} // namespace rollcall
