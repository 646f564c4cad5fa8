// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/internal/sandboxcall.h"

#include <optional>
#include <string>
#include <string_view>

namespace rollcall {

/// One error of Meta's Graph API (gateways.md 5.2 and 5.4).
struct GraphError final {
    int code = 100;
    std::string message = {}; ///< without "(#code) "
    std::string details = {}; ///< error_data.details; empty = no error_data
    int status = 400;
};

[[nodiscard]] SandboxJson graphErrorJson(const GraphError &error); ///< the value of the "error" member
void sendGraphError(SandboxCall &call, const GraphError &error);

/// The id of the person a phone number or WhatsApp id names: always with country code, '+' or not. Nothing when the
/// text is no number.
[[nodiscard]] std::optional<std::string> graphWaId(std::string_view user);

void changeBlocks(SandboxCall &call, bool block); ///< POST and DELETE /block_users
void listBlocks(SandboxCall &call); ///< GET /block_users
void sendGraphCards(SandboxCall &call); ///< POST /messages, type contacts

} // namespace rollcall
