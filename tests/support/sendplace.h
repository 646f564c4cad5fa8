// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cards/message.h"
#include "models/cards/senddesk.h"
#include "models/cards/sendrun.h"
#include "models/runs/runner.h"
#include "models/store/journal.h"
#include "models/store/store.h"
#include "tests/support/temporarystore.h"

#include <QElapsedTimer>
#include <deque>
#include <map>
#include <set>

namespace rollcall::tests {

inline constexpr qint64 first = 447400123000;

inline QString asked(int i)
{
    return u'+' + QString::number(first + i);
}

inline Card ann()
{
    Card card;
    card.name.formatted = QStringLiteral("Ann Bell");
    card.name.first = QStringLiteral("Ann");
    card.phones = {{{}, {}, QStringLiteral("447400999999")}};
    return card;
}

inline Failure failure(Failure::Kind kind, int code = 0)
{
    return {.kind = kind, .detail = QStringLiteral("said the gateway"), .code = code};
}

/// A gateway's /messages without sockets, with a ledger of what arrived.
class MessageServer final {
public:
    enum class Act { Take, Lose, Swallow, Fail, Silent };
    struct Script {
        Act act = Act::Take;
        Failure failure = {};
    };
    struct Entry {
        QString to = {};
        std::vector<Card> cards = {};
        QString replyTo = {};
    };
    explicit MessageServer(Clock &clock)
        : m_clock(clock)
    {
        can.sendCards = true;
    }
    CardSender sender()
    {
        CardSender sender;
        sender.capabilities = can;
        sender.readyInMs = [] { return qint64(0); };
        sender.send = [this](const QString &to, const std::vector<Card> &cards, const QString &replyTo, auto then,
                          auto mayLeave) {
            return send({to, cards, replyTo}, std::move(then), std::move(mayLeave));
        };
        return sender;
    }
    void next(Act act, const Failure &failure = {}) { script.push_back({act, failure}); }
    [[nodiscard]] int times(const QString &to) const
    {
        return int(std::count_if(ledger.begin(), ledger.end(), [&](const Entry &entry) { return entry.to == to; }));
    }

    Capabilities can;
    std::vector<Entry> ledger;
    std::deque<Script> script;
    std::function<void()> beforeLeaving; ///< asked just before mayLeave
    std::function<void()> onArrived;
    int inFlight = 0;
    int mostInFlight = 0;

private:
    Call send(const Entry &entry, CardSender::Then then, CardSender::MayLeave mayLeave)
    {
        if (beforeLeaving)
            beforeLeaving();
        if (!mayLeave())
            return m_clock.after(0, [then = std::move(then)] { then(Failure{.kind = Failure::Kind::Cancelled}); });
        Script now;
        if (!script.empty()) {
            now = script.front();
            script.pop_front();
        }
        mostInFlight = std::max(mostInFlight, ++inFlight);
        Result<SendReply> reply = now.failure;
        if (now.act != Act::Fail && now.act != Act::Swallow) {
            ledger.push_back(entry);
            reply = SendReply{.messageId = QStringLiteral("wamid.%1").arg(ledger.size()),
                .waId = entry.to.mid(1),
                .status = QStringLiteral("accepted")};
            if (onArrived)
                onArrived();
        }
        if (now.act == Act::Lose || now.act == Act::Swallow)
            reply = Failure{.kind = Failure::Kind::OutcomeUnknown};
        if (now.act == Act::Silent)
            return Call(std::make_shared<Call::State>());
        return m_clock.after(100, [this, reply, then = std::move(then)] {
            --inFlight;
            then(reply);
        });
    }
    Clock &m_clock;
};

/// Messages on a real store in simulated time, against a scripted gateway with a ledger, and checks beside them.
class SendPlace : public QObject {
public:
    using Act = MessageServer::Act;
    std::unique_ptr<TemporaryStore> m_store;
    std::unique_ptr<MessageServer> m_server;
    std::unique_ptr<SendRunner> m_runner;
    std::unique_ptr<Runner> m_checks;
    Account m_account;
    VerdictWord m_answer = VerdictWord::Valid;
    std::optional<Failure> m_checkFails;
    int m_checked = 0;
    std::map<RunId, OperationProgress> m_told;
    std::set<RunId> m_over;

    void makeRunner()
    {
        m_runner = std::make_unique<SendRunner>(**m_store,
            SendRunner::SenderOf([this](AccountId) { return std::optional(m_server->sender()); }), m_store->clock);
        connect(m_runner.get(), &SendRunner::progressed, this,
            [this](const OperationProgress &progress) { m_told[progress.run.id] = progress; });
        connect(m_runner.get(), &SendRunner::finished, this, [this](const OperationProgress &progress) {
            m_told[progress.run.id] = progress;
            m_over.insert(progress.run.id);
        });
        m_checks = std::make_unique<Runner>(
            **m_store, Runner::CheckerOf([this](AccountId) { return std::optional(checker()); }),
            [](AccountId) { return CheckBudget{}; }, m_store->clock);
    }
    Checker checker()
    {
        Checker checker;
        checker.capabilities.checkOne = true;
        checker.readyInMs = [] { return qint64(0); };
        checker.check = [this](const std::vector<QString> &inputs, const CheckOptions &, Checker::Then then,
                            const Checker::MayLeave &mayLeave) {
            if (!mayLeave())
                return Call();
            Result<CheckReply> reply = CheckReply{};
            for (const QString &input : inputs)
                reply->numbers.push_back({.input = input, .word = m_answer, .rawWord = QStringLiteral("word")});
            m_checked += int(inputs.size());
            if (m_checkFails)
                reply = *m_checkFails;
            return m_store->clock.after(50, [reply, then = std::move(then)] { then(reply); });
        };
        return checker;
    }
    template <class Predicate> bool until(Predicate holds, int patienceMs = 20'000)
    {
        QElapsedTimer timer;
        timer.start();
        while (!holds() && timer.elapsed() < patienceMs) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            if (!m_runner->isStoring() && !m_checks->isStoring())
                m_store->clock.runNext();
        }
        return holds();
    }
    bool over(RunId run)
    {
        return until([&] { return m_over.contains(run); });
    }
    bool halted(RunId run)
    {
        return until([&] { return m_told[run].halted.has_value() && !m_runner->isStoring(); });
    }
    /// Waits while time goes on.
    template <class T> Result<T> answered(const std::function<Call(std::function<void(Result<T>)>)> &ask)
    {
        std::optional<Result<T>> answer;
        const Call call = ask([&](Result<T> got) { answer = std::move(got); });
        if (!until([&] { return answer.has_value(); }))
            return Failure{.kind = Failure::Kind::Timeout};
        return *std::move(answer);
    }
    RunId create(int count, const SendOrder &more = {})
    {
        SendOrder order = more;
        order.account = m_account.id;
        order.cards = cardsAsJson({ann()});
        order.cardCount = 1;
        order.title = ann().name.formatted;
        std::vector<OperationItem> items;
        for (int i = 0; i < count; ++i)
            items.push_back({.alias = AliasKey(first + i), .ask = asked(i)});
        return *await<RunId>([&](auto then) {
            m_runner->create(order, items, then);
            return Call(std::make_shared<Call::State>());
        });
    }
    std::vector<OperationItem> items(RunId run)
    {
        return *await<std::vector<OperationItem>>([&](auto then) { return (*m_store)->blocks().items(run, then); });
    }
    OperationRun run(RunId id)
    {
        return *await<OperationRun>([&](auto then) { return (*m_store)->blocks().run(id, then); });
    }
    qint64 acts(const QString &act)
    {
        JournalFilter filter;
        filter.act = act;
        return qint64(
            await<std::vector<qint64>>([&](auto then) { return (*m_store)->journal().chosen(filter, then); })->size());
    }
    SendDesk desk() { return SendDesk(**m_store, *m_runner, m_checks.get(), m_store->clock); }
    Recipients numbers(int count)
    {
        Recipients recipients;
        for (int i = 0; i < count; ++i)
            recipients.numbers.push_back({.typed = asked(i), .e164 = first + i});
        return recipients;
    }
    SendPlan planFor(SendDesk &desk, const Recipients &recipients, const SendOptions &options = {})
    {
        return *answered<SendPlan>([&](auto then) { return desk.plan(recipients, m_account, options, then); });
    }
    Result<RunId> startWith(SendDesk &desk, const SendPlan &plan, const SendRequest &request)
    {
        return answered<RunId>([&](auto then) { return desk.start(plan, request, m_account, then); });
    }
    static SendRequest request()
    {
        SendRequest request;
        request.cards = {ann()};
        request.note = QStringLiteral("as agreed");
        return request;
    }

    void begin()
    {
        m_store = std::make_unique<TemporaryStore>();
        m_account = Account();
        m_account.id = m_store->account();
        m_account.kind = GatewayKind::OnPrem;
        m_account.sandbox = true;
        m_account.address = QUrl(QStringLiteral("http://127.0.0.1:1/v1"));
        m_server = std::make_unique<MessageServer>(m_store->clock);
        m_answer = VerdictWord::Valid;
        m_checkFails.reset();
        m_checked = 0;
        m_told.clear();
        m_over.clear();
        makeRunner();
    }
    void end()
    {
        m_runner.reset();
        m_checks.reset();
        m_server.reset();
        m_store.reset();
    }
};

} // namespace rollcall::tests
