// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <string>

namespace httplib {
class Server;
struct Request;
struct Response;
} // namespace httplib

namespace rollcall {

class SandboxState;

/// POST edges also by path: cpp-httplib takes a POST without Content-Length (allowed, it has no body; `curl -X POST`
/// sends one) for a broken request before any route sees it. A path that ends in '/' stands for all below it.
using SandboxPosts = std::map<std::string, std::function<void(const httplib::Request &, httplib::Response &)>>;

/// One function a dialect, each in a file of its own. `state` must outlive `server`.
void addOnPremRoutes(httplib::Server &server, SandboxPosts &posts, SandboxState &state);

/// Clock, faults, ledger, reset under /_sandbox/. Refuses what a web page could send (an Origin, a foreign Host): the
/// sandbox listens on loopback, where every browser of this machine can reach it.
void addControlRoutes(httplib::Server &server, SandboxPosts &posts, SandboxState &state);

} // namespace rollcall
