// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/internal/sandboxcall.h"

#include <optional>
#include <string>
#include <string_view>

namespace httplib {
struct Request;
struct Response;
} // namespace httplib

namespace rollcall {

/// Whom a contactId or chatId names: "447400123456@c.us", "123456789012345@lid" or digits.
struct WawpPerson final {
    std::string waId = {}; ///< empty: a LID nobody told us the owner of
    std::string lid = {}; ///< without "@lid"; empty when asked by number
};
[[nodiscard]] std::optional<WawpPerson> wawpPerson(const SandboxCall &call, std::string_view id);

// Vendor page D and gateways.md 4.2. `body` is the JSON object of a POST or PUT, credentials and all.
void wawpCheck(SandboxCall &call);
void wawpContacts(SandboxCall &call); ///< /v2/contacts/all
void wawpContact(SandboxCall &call, const std::string &id);
void wawpAbout(SandboxCall &call);
void wawpPicture(SandboxCall &call);
void wawpBlock(SandboxCall &call, const SandboxJson &body, bool block);
void wawpSave(SandboxCall &call, const SandboxJson &body, const std::string &id);
void wawpLids(SandboxCall &call); ///< all edges below /v2/lids
void wawpSendContact(SandboxCall &call, const SandboxJson &body);

/// GET /_sandbox-photo/…: what the links of wawpPicture() lead to, as on a server of WhatsApp: no credentials wanted
/// (403 to whoever brings some), the link dead after a day.
void answerPhoto(SandboxState &state, const httplib::Request &request, httplib::Response &response);

} // namespace rollcall
