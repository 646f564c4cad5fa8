// SPDX-License-Identifier: GPL-3.0-or-later
// A simulated hour of checks at each gateway that can check, and of blocks and unblocks at 360dialog, against the
// sandbox with its limits on: requests per number, the share of the allowed rate that was reached, the most requests
// that arrived within any minute by the sandbox's own book, and how often the gateway said "too fast". The gateway and
// the sandbox have the same simulated time; what a request takes on loopback comes on top of it, so that arrivals are
// not quite even. Last, how many golden files each gateway's dialect is held to.
#include "models/gateways/gateway.h"
#include "tests/bench/figures.h"
#include "tests/support/answer.h"
#include "tests/support/sandboxfixture.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QElapsedTimer>
#include <algorithm>
#include <deque>
#include <string>
#include <utility>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 minuteMs = 60'000;

/// The machine's time plus the pauses that were jumped over.
class JumpClock final : public Clock {
public:
    JumpClock() { m_elapsed.start(); }
    [[nodiscard]] Instant now() const override
    {
        const qint64 gone = m_elapsed.elapsed() + m_jumpedMs;
        return {1'700'000'000'000 + gone, 1'000'000 + gone, QStringLiteral("boot-jump")};
    }
    Call after(qint64 ms, std::function<void()> then) override { return m_real.after(ms, std::move(then)); }
    void jump(qint64 ms) { m_jumpedMs += ms; }

private:
    QElapsedTimer m_elapsed;
    qint64 m_jumpedMs = 0;
    SystemClock m_real;
};

struct Place {
    const char *name;
    GatewayKind kind;
    int allowedPerMinute; ///< requests, by the sandbox or where it sets no limit by our own assumption
};

struct Outcome {
    qint64 requests = 0;
    qint64 numbers = 0; ///< with a verdict
    qint64 tooFast = 0;
    qint64 mostInAMinute = 0; ///< requests that arrived, by the sandbox's clock
    std::string wrong = {};
};

Account accountOf(const SandboxFixture &node, SandboxServer &server, GatewayKind kind)
{
    const SandboxOptions &options = server.options();
    Account account;
    account.id = AccountId(1);
    account.kind = kind;
    account.user = node.user();
    switch (kind) {
    case GatewayKind::SendApi:
        account.address = QUrl(QString::fromStdString(server.sendApiAddress()));
        account.sender = QString::fromStdString(options.sendApiSession);
        break;
    case GatewayKind::CommBox:
        account.address = QUrl(QString::fromStdString(server.commBoxAddress()));
        account.sender = QString::fromStdString(options.commBoxStream);
        break;
    case GatewayKind::Wawp:
        account.address = QUrl(QString::fromStdString(server.wawpAddress()));
        account.sender = QString::fromStdString(options.wawpInstance);
        break;
    case GatewayKind::Dialog360:
        account.address = QUrl(QString::fromStdString(server.dialog360Address()));
        break;
    default:
        account.address = node.address();
        break;
    }
    return account;
}

Credentials credentialsOf(const SandboxFixture &node, const SandboxOptions &options, GatewayKind kind)
{
    Credentials credentials;
    credentials.user = node.user();
    credentials.password = Secret(node.password().toUtf8());
    const std::string &token = kind == GatewayKind::SendApi ? options.sendApiKey
        : kind == GatewayKind::CommBox                      ? options.commBoxKey
        : kind == GatewayKind::Dialog360                    ? options.dialog360Key
                                                            : options.wawpToken;
    if (kind != GatewayKind::OnPrem)
        credentials.token = Secret(QByteArray::fromStdString(token));
    return credentials;
}

/// One reply, counted: every number must have the sandbox's truth.
void count(const SandboxFixture &node, const Result<CheckReply> &reply, Outcome &outcome)
{
    if (!reply) {
        const bool tooFast = reply.failure().kind == Failure::Kind::RateLimited;
        outcome.tooFast += tooFast;
        if (!tooFast)
            outcome.wrong = reply.failure().detail.toStdString();
        return;
    }
    for (const NumberAnswer &answer : reply->numbers) {
        const bool isValid = node.truth(answer.input) == QLatin1String("valid");
        if (answer.word == (isValid ? VerdictWord::Valid : VerdictWord::Invalid))
            ++outcome.numbers;
        else
            outcome.wrong = "a verdict that is not the world's";
    }
}

/// The most requests within any minute that the sandbox booked. Logins take no turn of the pace and are not counted.
qint64 mostInAMinute(const std::vector<SandboxLedgerEntry> &ledger)
{
    std::deque<qint64> minute;
    std::size_t most = 0;
    for (const SandboxLedgerEntry &entry : ledger) {
        if (entry.path.find("/users/login") != std::string::npos)
            continue;
        minute.push_back(entry.atMs);
        while (minute.front() <= entry.atMs - minuteMs)
            minute.pop_front();
        most = std::max(most, minute.size());
    }
    return qint64(most);
}

/// One place for some simulated time: asks whenever the gateway says that it is ready.
class Hour final {
public:
    explicit Hour(const Place &place)
        : m_place(place)
        , m_node(optionsOf(place))
        , m_gateway(
              accountOf(m_node, m_node.server(), place.kind),
              [this](std::function<void(Result<Credentials>)> then) {
                  return m_clock.after(0, [this, then = std::move(then)] {
                      then(credentialsOf(m_node, m_node.server().options(), m_place.kind));
                  });
              },
              m_clock)
    {
        m_node.server().setClock(m_clock.now().wallMs);
    }
    Outcome run(qint64 ms)
    {
        if (m_place.kind == GatewayKind::Dialog360)
            meetPeople();
        const qint64 end = m_clock.now().monotonicMs + ms;
        while (m_outcome.wrong.empty()) {
            const qint64 pause = m_gateway.readyInMs();
            m_clock.jump(pause);
            m_node.server().advanceClock(pause);
            if (m_clock.now().monotonicMs >= end)
                break;
            if (m_place.kind == GatewayKind::Dialog360)
                block(m_outcome.requests % 2 == 1);
            else
                check();
            ++m_outcome.requests;
        }
        m_outcome.mostInAMinute = mostInAMinute(m_node.ledger());
        return m_outcome;
    }

private:
    static constexpr int peopleABatch = 100;

    static SandboxOptions optionsOf(const Place &place)
    {
        SandboxOptions options = SandboxFixture::quick();
        options.sendApiPerMinute = place.allowedPerMinute;
        return options;
    }
    /// Who wrote within 24 hours may be blocked.
    void meetPeople()
    {
        m_people = m_node.numbers(peopleABatch);
        for (const QString &person : std::as_const(m_people))
            m_node.server().writeInbound(person.toStdString());
    }
    void check()
    {
        CheckOptions once;
        once.repeat = false; // as a run asks: "too fast" is counted, not sat out
        std::vector<QString> inputs;
        for (int i = 0; i < m_gateway.capabilities().checkBatch; ++i)
            inputs.push_back(u'+' + QString::number(m_next++));
        std::optional<Result<CheckReply>> got;
        const Call call = m_gateway.check(inputs, once, [&](const Result<CheckReply> &reply) { got = reply; });
        if (eventually([&] { return got.has_value(); }))
            count(m_node, *got, m_outcome);
        else
            m_outcome.wrong = "no answer";
    }
    /// All of them blocked, all of them unblocked, and so on: the list never fills.
    void block(bool undo)
    {
        const std::vector<QString> people(m_people.cbegin(), m_people.cend());
        std::optional<Result<BlockReply>> got;
        const auto keep = [&got](const Result<BlockReply> &reply) { got = reply; };
        const Call call = undo ? m_gateway.unblock(people, keep) : m_gateway.block(people, keep);
        if (!eventually([&] { return got.has_value(); })) {
            m_outcome.wrong = "no answer";
        } else if (!*got) {
            const bool tooFast = got->failure().kind == Failure::Kind::RateLimited;
            m_outcome.tooFast += tooFast;
            m_outcome.wrong = tooFast ? std::string() : got->failure().detail.toStdString();
        } else if (m_node.server().blockedCount() != (undo ? 0 : people.size())) {
            m_outcome.wrong = "a list that is not what was answered";
        } else {
            for (const BlockAnswer &person : (*got)->people)
                m_outcome.numbers += person.outcome == BlockAnswer::Outcome::Done;
        }
    }

    const Place m_place;
    JumpClock m_clock;
    SandboxFixture m_node;
    Gateway m_gateway;
    QStringList m_people;
    qint64 m_next = 447'400'000'000;
    Outcome m_outcome;
};

/// Requests one number may cost: batches of 50 at the on-premises node and one login in the hour, of 100 in a block.
double mostANumber(GatewayKind kind)
{
    return kind == GatewayKind::OnPrem ? 0.0202 : kind == GatewayKind::Dialog360 ? 0.01 : 1.0;
}

void goldenCases(Figures &figures, const char *kind)
{
    const QString folder = QStringLiteral(ROLLCALL_SOURCE_DIR "/tests/models/gateways/dialects/golden/");
    int requests = 0;
    int replies = 0;
    QDirIterator files(folder + QLatin1String(kind), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next().mid(folder.size());
        const bool asks = path.endsWith(u".request") || path.contains(u"/requests/") || path.contains(u"/request-");
        ++(asks ? requests : replies);
    }
    figures.atLeast((std::string(kind) + ": golden requests").c_str(), requests, "", 1);
    figures.atLeast((std::string(kind) + ": golden replies").c_str(), replies, "", 1);
}

} // namespace

int main(int argc, char **argv) // NOLINT(bugprone-exception-escape): then the benchmark fails, as it should
{
    const QCoreApplication app(argc, argv);
    Figures figures(argc, argv);
    const int minutes = figures.isShort() ? 3 : 60;
    const Place places[] = {
        {"on-premises", GatewayKind::OnPrem, 60},
        {"sendapi, 60 a minute", GatewayKind::SendApi, 60},
        {"sendapi, 300 a minute", GatewayKind::SendApi, 300},
        {"CommBox", GatewayKind::CommBox, 60},
        {"Wawp", GatewayKind::Wawp, 60},
        {"360dialog, blocks", GatewayKind::Dialog360, 60},
    };
    for (const Place &place : places) {
        const std::string name = place.name;
        const Outcome outcome = Hour(place).run(minutes * minuteMs);
        if (!outcome.wrong.empty())
            figures.broken(name.c_str(), outcome.wrong);
        const int logins = place.kind == GatewayKind::OnPrem ? 1 : 0;
        const double numbers = double(std::max<qint64>(outcome.numbers, 1));
        const bool blocks = place.kind == GatewayKind::Dialog360;
        figures.atMost((name + (blocks ? ": requests per person" : ": requests per number checked")).c_str(),
            double(outcome.requests + logins) / numbers, "", mostANumber(place.kind));
        const double allowed = place.allowedPerMinute;
        figures.atLeast(
            (name + ": rate achieved / allowed").c_str(), double(outcome.requests) / (allowed * minutes), "", 0.98);
        figures.atMost(
            (name + ": most arrivals in any minute / allowed").c_str(), double(outcome.mostInAMinute) / allowed, "", 1);
        figures.atMost((name + ": rejected for pace").c_str(), double(outcome.tooFast), "", 0);
    }
    for (const char *kind : {"onprem", "sendapi", "commbox", "wawp", "dialog360", "cloudapi"})
        goldenCases(figures, kind);
    return figures.exitCode();
}
