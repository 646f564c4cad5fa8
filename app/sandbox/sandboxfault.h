// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall {

/// One misbehaviour on demand. It hits the calls of every dialect, each in the words of its vendor; logging in and
/// asking for health are let through, but for the faults about these.
///
/// | name                | what happens                                                                    | value   |
/// |---------------------|---------------------------------------------------------------------------------|---------|
/// | slow                | the answer comes after `value` real ms, otherwise untouched                     | 2000    |
/// | 429                 | 429 with Retry-After: `value` seconds, nothing is done                          | 2       |
/// | 429-bare            | 429 without Retry-After                                                         |         |
/// | 401                 | on-premises: every token dies; all: 401                                         |         |
/// | 5xx                 | status `value` (any from 400 on) with the vendor's error envelope, nothing done | 500     |
/// | cut                 | the right answer, connection closed in the middle of its body                   |         |
/// | html                | status `value` with a page of HTML, as a proxy in between would send            | 200     |
/// | no-body             | not on-premises: an answer of 400 and above loses its body                      |         |
/// | duplicate-keys      | each check row says its answer twice: first the "no", then the truth            |         |
/// | missing-rows        | on-premises: every second row is left out; else: the check answer lacks its field |       |
/// | unknown-word        | on-premises: each status is "unchecked"; else: the text "yes" instead of a bool |         |
/// | always-valid        | every number is valid (on-premises: as version v2.45.1)                         |         |
/// | health-disconnected | GET /v1/health says disconnected                                                |         |
/// | health-cluster      | GET /v1/health in the form of a cluster: one connected, one not                 |         |
/// | login-past-expiry   | a login whose expires_after lies a day back; the token works all the same       |         |
/// | login-refused       | the login answers 401 though name and password are right                        |         |
/// | throttle-400        | 360dialog: its own throttle, HTTP 400 with a meta envelope                      |         |
/// | graph-error         | 360dialog, Cloud API: error code `value` instead of an answer, nothing is done  | 139103  |
/// | mixed-200           | 360dialog, Cloud API: a mixed block result comes with status 200                |         |
/// | old-rows            | 360dialog, Cloud API: list rows as {"block_users":[{"input","wa_id"}]}          |         |
/// | old-unblock         | 360dialog, Cloud API: unblocked people under added_users                        |         |
/// | loose-rows          | 360dialog, Cloud API: failed_users [] on success; failed rows without wa_id and |         |
/// |                     | with error codes as strings, every second one without errors                    |         |
/// | list-changed        | 360dialog, Cloud API: 139102 on a page that has a cursor                        |         |
/// | no-paging           | 360dialog, Cloud API: the last page of the list has no paging member            |         |
/// | api-error           | sendapi: error `value` of its table: 4010 … 4013, 402, 4021, 4030, 404, 4029 …  | 4013    |
/// | wrapped             | sendapi: the check answer inside data                                           |         |
/// | bare                | sendapi: lists without data around them (and so without meta)                   |         |
/// | engine-no-block     | Wawp: block, unblock and about are 422, "not implemented by the engine"; rows   |         |
/// |                     | have no isBlocked                                                               |         |
/// | scan-qr             | Wawp: the session waits for its QR code: 422; session/info says SCAN_QR_CODE    |         |
/// | invalid-session     | Wawp: 404 invalid_session                                                       |         |
/// | empty-picture       | Wawp: a hidden picture is an empty url, not a 404                               |         |
/// | waha-picture        | Wawp: {"profilePictureURL"} instead of {"id","url"}, null when hidden           |         |
/// | object-ids          | Wawp: id of a contact as object {server,user,_serialized}                       |         |
/// | lid-chat            | Wawp: check-exists answers with a LID as chatId                                 |         |
/// | big-photo           | pictures: `value` MiB of zeros behind the picture (slow, 5xx and html hit these too) | 16 |
/// | error-200           | Wawp: status 200 with an error object                                           |         |
struct SandboxFault final {
    std::string name = {};
    std::int64_t value = 0; ///< parse() puts the default of the table for 0
    int count = -1; ///< requests left to hit; -1 = until cleared
    int skip = 0; ///< requests to let pass first
    std::string path = {}; ///< hits only this path, or all below it when it ends in '/'; empty = as the table says

    /// "name[=value][:count][@skip]", e.g. "slow=1500:3", "401:1@4". Nothing when it is not one of the table.
    [[nodiscard]] static std::optional<SandboxFault> parse(std::string_view spec);
    [[nodiscard]] static const std::vector<std::string> &names();
    [[nodiscard]] static std::string meaning(std::string_view name); ///< for --help; empty when there is none such
    [[nodiscard]] bool hits(std::string_view requestPath) const;
};

} // namespace rollcall
