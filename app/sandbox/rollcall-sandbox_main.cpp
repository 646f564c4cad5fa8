// SPDX-License-Identifier: GPL-3.0-or-later
// The sandbox as a program of its own: for the black-box checks, for training, and for looking at with curl.
#include "app/sandbox/sandboxserver.h"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>

#ifndef _WIN32
#include <pthread.h>
#endif

namespace {

using rollcall::SandboxFault;
using rollcall::SandboxOptions;
using rollcall::SandboxServer;
using rollcall::SandboxWorld;

constexpr std::string_view usage = R"help(Usage: rollcall-sandbox [options]
A gateway that exists on this machine only, for trying Rollcall and for its tests.

  --port N             listen on 127.0.0.1:N (default: a free port)
  --seed S             another world of subscribers (default 1)
  --country-code CC    country code of the registered business number (default 44)
  --api-version vX     version the node tells (default v2.41.2; from v2.43 on every number is "valid")
  --user NAME          login name (default admin)
  --password WORD      its password (default Sandbox-2026)
  --first-login        the password must be changed by the first login (error 1024)
  --slow-percent N     share of numbers that stay "processing" for a while (default 25)
  --decide-after MS    how long they do (default 2000)
  --sendapi-per-minute N   requests sendapi grants in 60 s (default 60; 0 = no limit)
  --wawp-check-gap MS  least time between two checks at Wawp (default 1000; 0 = no limit)
  --fault SPEC         misbehave: name[=value][:count][@skip], may be repeated
  --write-csv N        print a sample list of N people and end
  --version            print the version and end
  --help               print this and end

While it runs, as JSON:
  GET/POST /_sandbox/clock               {"set_ms":n} {"advance_ms":n} {"real":true}
  GET/POST/DELETE /_sandbox/faults       {"add":"429=3:1"}, with "path" for one path, or for all below one ending in /
  GET/DELETE /_sandbox/ledger            every request; ?after=number
  POST /_sandbox/inbound                 {"phone":"+44…"}: they write now (which opens the 24 hours); "ago_ms"
  GET/POST /_sandbox/blocks              {"phone":"+44…"}: blocked on the phone itself; "blocked":false; {"fill":63999}
  GET /_sandbox/person?phone=%2B44…      what is known of one number
  POST /_sandbox/contacts                {"phone":"+44…","name":"…"}: saved on the phone, listed 30 s later
  GET /_sandbox/messages                 the contacts messages taken
  POST /_sandbox/reset                   GET /_sandbox/world.csv?rows=N

Faults, "name[=value]   what happens (default of the value)":
)help";

struct Line {
    SandboxOptions options = {};
    std::optional<std::size_t> csvRows = {};
    bool help = false;
    bool version = false;
    std::string complaint = {};
};

template <class Number> bool read(std::string_view text, Number least, Number most, Number &number)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
        return false;
    number = value;
    return true;
}

bool isCountryCode(std::string_view text)
{
    return !text.empty() && text.size() <= 3 && text.front() != '0'
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Takes an option that has a value. False: unknown option or a value that does not fit.
bool take(Line &line, std::string_view name, std::string_view value)
{
    SandboxOptions &options = line.options;
    if (name == "--port")
        return read<std::uint16_t>(value, 0, 65535, options.port);
    if (name == "--seed")
        return read<std::uint64_t>(value, 0, ~0ULL, options.seed);
    if (name == "--slow-percent")
        return read<unsigned>(value, 0, 100, options.slowPercent);
    if (name == "--decide-after")
        return read<std::int64_t>(value, 0, 3'600'000, options.decideAfterMs);
    if (name == "--sendapi-per-minute")
        return read<std::int64_t>(value, 0, 1'000'000, options.sendApiPerMinute);
    if (name == "--wawp-check-gap")
        return read<std::int64_t>(value, 0, 3'600'000, options.wawpCheckGapMs);
    if (name == "--country-code")
        return options.countryCode = value, isCountryCode(value);
    if (name == "--api-version")
        return options.apiVersion = value, value.starts_with('v');
    if (name == "--user")
        return options.user = value, !value.empty() && value.find(':') == std::string_view::npos;
    if (name == "--password")
        return options.password = value, !value.empty();
    if (name == "--write-csv") {
        std::size_t rows = 0;
        const bool good = read<std::size_t>(value, 0, 1'000'000, rows);
        line.csvRows = rows;
        return good;
    }
    if (name == "--fault") {
        const auto fault = SandboxFault::parse(value);
        if (fault)
            options.faults.push_back(*fault);
        return fault.has_value();
    }
    return false;
}

Line readLine(int count, char **words)
{
    Line line;
    for (int n = 1; n < count; ++n) {
        const std::string_view word(words[n]);
        const auto equals = word.find('=');
        if (word == "--help" || word == "-h")
            line.help = true;
        else if (word == "--version")
            line.version = true;
        else if (word == "--first-login")
            line.options.passwordMustChange = true;
        else if (word.starts_with("--") && equals != std::string_view::npos) {
            if (!take(line, word.substr(0, equals), word.substr(equals + 1)))
                line.complaint = word;
        } else if (n + 1 < count && take(line, word, words[n + 1]))
            ++n;
        else
            line.complaint = word;
        if (!line.complaint.empty())
            break;
    }
    return line;
}

int serve(const SandboxOptions &options)
{
#ifndef _WIN32
    // Before the server's threads exist, so that they inherit the mask and only sigwait() below sees the signals.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
#endif
    SandboxServer server(options);
    if (!server.start()) {
        std::cerr << "rollcall-sandbox: cannot listen on 127.0.0.1:" << options.port
                  << ". Is another program using the port? Choose another with --port.\n";
        return 1;
    }
    std::cout << server.origin() << "\n"
              << "on-premises account: address " << server.onPremAddress() << ", user " << server.user()
              << ", password " << server.password() << "\n"
              << "360dialog account: address " << server.dialog360Address() << ", key " << options.dialog360Key << "\n"
              << "Cloud API account: address " << server.cloudApiAddress() << ", token " << options.cloudToken << "\n"
              << "Wawp account: address " << server.wawpAddress() << ", instance_id " << options.wawpInstance
              << ", access_token " << options.wawpToken << "\n"
              << "sendapi account: address " << server.sendApiAddress() << ", key " << options.sendApiKey
              << ", session_id " << options.sendApiSession << "\n"
              << "CommBox account: address " << server.commBoxAddress() << ", key " << options.commBoxKey
              << ", stream id " << options.commBoxStream << std::endl;
#ifndef _WIN32
    int which = 0;
    sigwait(&signals, &which);
#else
    static_cast<void>(std::cin.get());
#endif
    server.stopAndWait();
    return 0;
}

} // namespace

int main(int count, char **words)
{
    const Line line = readLine(count, words);
    if (line.help) {
        std::cout << usage;
        for (const std::string &name : SandboxFault::names())
            std::cout << "  " << name << std::string(21 - std::min<std::size_t>(name.size(), 20), ' ')
                      << SandboxFault::meaning(name) << "\n";
        return 0;
    }
    if (line.version) {
        std::cout << "rollcall-sandbox " << ROLLCALL_VERSION << "\n";
        return 0;
    }
    if (!line.complaint.empty()) {
        std::cerr << "rollcall-sandbox: cannot understand " << line.complaint << ". Try --help.\n";
        return 2;
    }
    if (line.csvRows) {
        std::cout << SandboxWorld(line.options.seed).sampleCsv(*line.csvRows);
        return std::cout.flush() ? 0 : 1;
    }
    return serve(line.options);
}
