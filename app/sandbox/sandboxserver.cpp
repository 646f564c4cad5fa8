// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxserver.h"

#include "app/sandbox/internal/dialects.h"
#include "app/sandbox/internal/wawp.h"
#include "app/sandbox/routes.h"
#include "app/sandbox/sandboxjson.h"
#include "app/sandbox/sandboxstate.h"

#include <httplib.h>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <thread>

namespace rollcall {
namespace {

// Each idle kept-alive connection of cpp-httplib holds a thread: more than one client's six connections per manager.
constexpr std::size_t threads = 24;
constexpr std::size_t bodyCap = std::size_t{1024} * 1024;

/// cpp-httplib waits for idle connections when it stops (5 s each); cutting them makes that some milliseconds.
void cutConnections(std::uint16_t port)
{
#ifndef _WIN32
    for (int fd = 3; fd < 4096; ++fd) {
        sockaddr_in here{};
        socklen_t size = sizeof here;
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the sockets API wants it
        if (getsockname(fd, reinterpret_cast<sockaddr *>(&here), &size) == 0 && here.sin_family == AF_INET
            && ntohs(here.sin_port) == port)
            ::shutdown(fd, SHUT_RDWR);
    }
#else
    static_cast<void>(port);
#endif
}

/// cpp-httplib's own listener shares its port with whoever asks (SO_REUSEPORT) and queues five connections.
class Listener final : public httplib::Server {
public:
    Listener()
    {
#ifndef _WIN32
        set_socket_options([](socket_t socket) {
            const int yes = 1;
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
#endif
    }
    void widenQueue()
    {
        ::listen(svr_sock_, 256);
    }
};

/// What no route took: no such edge, or too large, or no HTTP.
void answerStranger(SandboxState &state, const httplib::Request &request, httplib::Response &response)
{
    SandboxLedgerEntry entry;
    entry.method = request.method;
    entry.path = request.path;
    entry.status = response.status;
    state.record(std::move(entry));
    const bool lost = response.status == 404;
    const SandboxJson error
        = {{"code", lost ? 1006 : 1025}, {"title", lost ? "Resource not found" : "Request is not valid"},
            {"details", lost ? "no such edge" : "the request is too large or not HTTP"}};
    const SandboxJson answer = {{"errors", SandboxJson::array({error})}};
    response.set_content(writeSandboxJson(answer), "application/json");
}

/// The WhatsApp id a number with country code names, '+' or not; empty when it is none.
std::string personOf(std::string_view phone)
{
    const std::string plus = phone.starts_with('+') ? "" : "+";
    const auto digits = SandboxWorld::dialled(plus + std::string(phone), {});
    return digits ? SandboxWorld::waId(*digits) : std::string();
}

constexpr std::array dialects{&dialog360Dialect, &cloudApiDialect, &wawpDialect, &sendApiDialect, &commBoxDialect};

const SandboxDialect *dialectOf(const std::string &path)
{
    for (const SandboxDialect *dialect : dialects) {
        if (path.starts_with(dialect->prefix) && path.size() > dialect->prefix.size()
            && path[dialect->prefix.size()] == '/')
            return dialect;
    }
    return nullptr;
}

/// Every method and path below a dialect's prefix goes to its one function.
void addDialects(httplib::Server &server, SandboxState &state)
{
    const auto handler = [&state](const httplib::Request &request, httplib::Response &response) {
        SandboxCall(state, *dialectOf(request.path), request, response).run();
    };
    for (const SandboxDialect *dialect : dialects) {
        const std::string below = std::string(dialect->prefix) + "/.*";
        server.Get(below, handler);
        server.Post(below, handler);
        server.Put(below, handler);
        server.Patch(below, handler);
        server.Delete(below, handler);
    }
    server.Get("/_sandbox-photo/.*", [&state](const httplib::Request &request, httplib::Response &response) {
        answerPhoto(state, request, response);
    });
}

/// IMF-fixdate of RFC 9110, 5.6.7; by hand, since strftime speaks the language of the desktop.
std::string httpDate(std::int64_t utcMs)
{
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = utcMs / 1000;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %d %02d:%02d:%02d GMT", days.at(std::size_t(utc.tm_wday)),
        utc.tm_mday, months.at(std::size_t(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
    return text.data();
}

} // namespace

struct SandboxServer::Running {
    explicit Running(SandboxOptions options)
        : state(std::move(options))
    {
    }

    void markEnded()
    {
        const std::scoped_lock guard(lock);
        listening = false;
        ended.notify_all();
    }

    SandboxState state;
    Listener server;
    std::atomic<std::uint16_t> port{0};
    std::mutex lock;
    std::condition_variable ended;
    bool listening = false; ///< the thread is there
    bool stopping = false;
};

SandboxServer::SandboxServer(SandboxOptions options)
    : m_running(std::make_shared<Running>(std::move(options)))
{
    httplib::Server &server = m_running->server;
    server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
    server.set_keep_alive_max_count(100'000);
    server.set_keep_alive_timeout(5);
    server.set_payload_max_length(bodyCap);
    server.set_tcp_nodelay(true);
    SandboxPosts posts;
    addOnPremRoutes(server, posts, m_running->state);
    addControlRoutes(server, posts, m_running->state);
    for (const auto &[path, handler] : posts)
        server.Post(path.ends_with('/') ? path + ".+" : path, handler);
    addDialects(server, m_running->state);
    server.set_pre_routing_handler(
        [posts, &state = m_running->state](const httplib::Request &request, httplib::Response &response) {
            using Answer = httplib::Server::HandlerResponse;
            if (request.has_header("Content-Length") || request.has_header("Transfer-Encoding"))
                return Answer::Unhandled;
            auto found = posts.find(request.path);
            if (found == posts.end() && request.path.starts_with("/v1/contacts/"))
                found = posts.find("/v1/contacts/");
            const SandboxDialect *dialect = request.method == "GET" ? nullptr : dialectOf(request.path);
            if (request.method == "POST" && found != posts.end())
                found->second(request, response);
            else if (dialect)
                SandboxCall(state, *dialect, request, response).run();
            else
                return Answer::Unhandled;
            return Answer::Handled;
        });
    // A node tells its time in every answer, by its own clock: a client notices when the two disagree.
    server.set_post_routing_handler([&state = m_running->state](const httplib::Request &, httplib::Response &response) {
        response.set_header("Date", httpDate(state.nowMs()));
        response.headers.erase(sandboxMark);
    });
    server.set_error_handler([&state = m_running->state](const httplib::Request &request, httplib::Response &response) {
        if (!response.body.empty() || response.content_length_ > 0 || response.has_header(sandboxMark))
            return;
        answerStranger(state, request, response);
    });
}

SandboxServer::~SandboxServer()
{
    stop();
    // The end of an object is often the end of the program, and threads that outlive main() touch what is being taken
    // down. It takes some milliseconds; the bound is for a machine that is busy beyond reason.
    std::unique_lock guard(m_running->lock);
    m_running->ended.wait_for(guard, std::chrono::seconds(1), [this] { return !m_running->listening; });
}

bool SandboxServer::start()
{
    Running &running = *m_running;
    const std::scoped_lock guard(running.lock);
    if (running.listening || running.stopping)
        return false;
    const std::uint16_t wanted = running.state.options.port;
    if (wanted == 0) {
        const int port = running.server.bind_to_any_port("127.0.0.1");
        if (port <= 0)
            return false;
        running.port = static_cast<std::uint16_t>(port);
    } else {
        if (!running.server.bind_to_port("127.0.0.1", wanted))
            return false;
        running.port = wanted;
    }
    running.server.widenQueue();
    running.listening = true;
    // The thread keeps what it needs alive, so nobody has to wait for it: a window that closes does not.
    std::thread([kept = m_running] {
        kept->server.listen_after_bind();
        kept->markEnded();
    }).detach();
    return true;
}

void SandboxServer::stop()
{
    Running &running = *m_running;
    {
        const std::scoped_lock guard(running.lock);
        if (!running.listening || running.stopping)
            return;
        running.stopping = true;
    }
    running.state.stop();
    std::thread([kept = m_running] {
        // stop() does nothing before the listener runs, and a connection may be accepted between two cuts.
        bool told = false;
        std::unique_lock guard(kept->lock);
        while (kept->listening) {
            guard.unlock();
            if (!told && kept->server.is_running()) {
                kept->server.stop();
                told = true;
            }
            cutConnections(kept->port);
            guard.lock();
            kept->ended.wait_for(guard, std::chrono::milliseconds(5), [&kept] { return !kept->listening; });
        }
    }).detach();
}

void SandboxServer::stopAndWait()
{
    stop();
    std::unique_lock guard(m_running->lock);
    m_running->ended.wait(guard, [this] { return !m_running->listening; });
}

bool SandboxServer::running() const
{
    const std::scoped_lock guard(m_running->lock);
    return m_running->listening && !m_running->stopping;
}

std::uint16_t SandboxServer::port() const
{
    return m_running->port;
}
std::string SandboxServer::origin() const
{
    return "http://127.0.0.1:" + std::to_string(port());
}
std::string SandboxServer::onPremAddress() const
{
    return origin() + "/v1";
}
std::string SandboxServer::dialog360Address() const
{
    return origin() + "/d360";
}
std::string SandboxServer::cloudApiAddress() const
{
    return origin() + "/graph/v21.0/" + options().phoneNumberId;
}
std::string SandboxServer::wawpAddress() const
{
    return origin() + "/wawp";
}
std::string SandboxServer::sendApiAddress() const
{
    return origin() + "/sendapi/v1";
}
std::string SandboxServer::commBoxAddress() const
{
    return origin() + "/commbox";
}
std::string SandboxServer::user() const
{
    return options().user;
}
std::string SandboxServer::password() const
{
    return m_running->state.password();
}
const SandboxOptions &SandboxServer::options() const
{
    return m_running->state.options;
}
const SandboxWorld &SandboxServer::world() const
{
    return m_running->state.world;
}

void SandboxServer::addFault(SandboxFault fault)
{
    m_running->state.addFault(std::move(fault));
}

bool SandboxServer::addFault(std::string_view spec)
{
    auto fault = SandboxFault::parse(spec);
    if (fault)
        addFault(std::move(*fault));
    return fault.has_value();
}

void SandboxServer::clearFaults()
{
    m_running->state.clearFaults();
}
std::vector<SandboxFault> SandboxServer::faults() const
{
    return m_running->state.faults();
}
std::vector<SandboxLedgerEntry> SandboxServer::ledger() const
{
    return m_running->state.ledger();
}
void SandboxServer::clearLedger()
{
    m_running->state.clearLedger();
}

int SandboxServer::timesAsked(std::string_view input) const
{
    int times = 0;
    for (const SandboxLedgerEntry &entry : ledger())
        for (const SandboxAsked &asked : entry.asked)
            times += asked.input == input ? 1 : 0;
    return times;
}

std::int64_t SandboxServer::nowMs() const
{
    return m_running->state.nowMs();
}
void SandboxServer::setClock(std::int64_t utcMs)
{
    m_running->state.setClock(utcMs);
}
void SandboxServer::advanceClock(std::int64_t ms)
{
    m_running->state.advanceClock(ms);
}
bool SandboxServer::isBlocked(std::string_view phone) const
{
    return m_running->state.relations.isBlocked(personOf(phone));
}
std::size_t SandboxServer::blockedCount() const
{
    return m_running->state.relations.blockedCount();
}

void SandboxServer::setBlocked(std::string_view phone, bool blocked)
{
    const std::string waId = personOf(phone);
    if (waId.empty())
        return;
    SandboxRelations &relations = m_running->state.relations;
    blocked ? relations.block(waId) : relations.unblock(waId);
}

void SandboxServer::fillBlockList(std::size_t size)
{
    m_running->state.relations.fillBlockList(size);
}
bool SandboxServer::wroteLately(std::string_view phone) const
{
    return m_running->state.relations.wroteLately(personOf(phone), nowMs());
}

void SandboxServer::writeInbound(std::string_view phone, std::int64_t agoMs)
{
    m_running->state.relations.inbound(personOf(phone), nowMs() - agoMs);
}
void SandboxServer::addContact(std::string_view phone, const std::string &name)
{
    m_running->state.relations.saveContact(personOf(phone), name, nowMs());
}
std::vector<SandboxSent> SandboxServer::messages() const
{
    return m_running->state.relations.messages();
}

void SandboxServer::revokeTokens()
{
    m_running->state.revokeTokens();
}
void SandboxServer::reset()
{
    m_running->state.reset();
}

} // namespace rollcall
