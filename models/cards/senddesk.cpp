// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cards/senddesk.h"

#include "models/base/aside.h"
#include "models/base/chain.h"
#include "models/cards/cardcheck.h"
#include "models/cards/message.h"
#include "models/cards/sendrun.h"
#include "models/runs/runner.h"
#include "models/store/consents.h"
#include "models/store/store.h"
#include "models/store/verdicts.h"

#include <QObject>
#include <algorithm>
#include <memory>
#include <unordered_set>

namespace rollcall {

namespace {

Failure bad(const QString &detail)
{
    return {.kind = Failure::Kind::BadInput, .detail = detail};
}

qint64 nowOf(const Store &store)
{
    return std::max(store.clock().now().wallMs, store.time().latestSeenMs);
}

SendOrder orderOf(const SendRequest &request, const Account &account)
{
    SendOrder order;
    order.account = account.id;
    order.cards = cardsAsJson(request.cards);
    order.cardCount = int(request.cards.size());
    order.title = request.cards.front().name.formatted;
    order.replyTo = request.replyTo;
    order.note = request.note;
    order.source = request.source;
    return order;
}

/// Waits for one check run; told once, with nothing when it is over (or took too long), else why it cannot go on.
class CheckWait final : public QObject {
public:
    CheckWait(Runner &checks, Clock &clock, RunId run, std::function<void(std::optional<Failure>)> then)
        : m_checks(checks)
        , m_run(run)
        , m_then(std::move(then))
        , m_timer(clock.after(SendDesk::checkWaitMs, [this] { end({}); }))
    {
        connect(&checks, &Runner::finished, this, [this](const RunProgress &progress) {
            if (progress.summary.id == m_run)
                end({});
        });
        connect(&checks, &Runner::progressed, this, [this](const RunProgress &progress) {
            if (progress.summary.id != m_run)
                return;
            if (progress.halted)
                giveUp(*progress.halted);
            else if (progress.summary.state == RunState::WaitingForBudget)
                giveUp({.kind = Failure::Kind::OverBudget, .detail = QStringLiteral("no budget for the check")});
        });
    }

    /// Tells nothing any more and goes.
    void silence()
    {
        m_then = nullptr;
        m_timer = Call();
        disconnect(&m_checks, nullptr, this, nullptr);
        deleteLater();
    }

private:
    void giveUp(const Failure &failure)
    {
        if (!m_then)
            return;
        m_checks.cancel(m_run);
        end(failure);
    }
    /// From the event loop: the runner is in the middle of something.
    void end(const std::optional<Failure> &failure)
    {
        if (!m_then)
            return;
        m_timer = Call();
        QMetaObject::invokeMethod(
            this, [then = std::exchange(m_then, nullptr), failure] { then(failure); }, Qt::QueuedConnection);
    }

    Runner &m_checks;
    const RunId m_run;
    std::function<void(std::optional<Failure>)> m_then;
    Call m_timer;
};

/// One Send from the click to the stored run. Lives in its chain.
class Sending final : public std::enable_shared_from_this<Sending> {
public:
    struct Needs {
        Store &store;
        SendRunner &runner;
        Runner *checks = nullptr;
        Clock &clock;
    };
    Sending(Needs needs, SendPlan plan, SendRequest request, Account account, std::function<void(Result<RunId>)> then)
        : m_needs(needs)
        , m_plan(std::move(plan))
        , m_request(std::move(request))
        , m_account(std::move(account))
        , m_then(std::move(then))
    {
    }
    Call begin()
    {
        if (m_plan.needsReason)
            m_chain.next(m_needs.store.consents().override(
                m_plan.withoutConsent(), m_request.consentReason, [self = shared_from_this()](const Done &done) {
                    if (done)
                        self->check();
                    else
                        self->fail(done.failure());
                }));
        else
            check();
        return m_chain.call();
    }

private:
    void fail(const Failure &failure)
    {
        const auto alive = shared_from_this();
        letGo();
        const bool tell = m_chain.close();
        m_chain.next(Call()); // hold() and this hold each other
        if (tell)
            m_then(failure);
    }
    void letGo()
    {
        if (m_wait)
            m_wait.release()->silence(); // may be called from inside it
    }
    void check()
    {
        if (m_plan.check.empty() || !m_needs.checks) {
            send();
            return;
        }
        // The runner has no Call to drop: whoever lets go of ours is not called back.
        m_needs.checks->create(m_account.id, {}, m_plan.check, 0, [weak = weak_from_this()](const Result<RunId> &run) {
            const auto self = weak.lock();
            if (!self || !self->m_chain.isOpen())
                return;
            if (!run) {
                self->fail(run.failure());
                return;
            }
            self->m_wait = std::make_unique<CheckWait>(
                *self->m_needs.checks, self->m_needs.clock, *run, [weak](const std::optional<Failure> &failure) {
                    const auto waiting = weak.lock();
                    if (!waiting || !waiting->m_chain.isOpen())
                        return;
                    if (failure)
                        waiting->fail(*failure);
                    else
                        waiting->leaveOutInvalid();
                });
        });
        hold();
    }
    /// The chain's step that keeps this alive while nothing of the store is under way.
    void hold()
    {
        auto state = std::make_shared<Call::State>();
        state->stop = [self = shared_from_this()] { self->letGo(); };
        m_chain.next(Call(state));
    }
    void leaveOutInvalid()
    {
        std::vector<AliasKey> aliases;
        for (const RunItem &item : m_plan.check)
            aliases.push_back(item.alias);
        m_chain.next(m_needs.store.verdicts().newest(
            m_account.id, aliases, [self = shared_from_this()](const Result<std::vector<StoredVerdict>> &verdicts) {
                if (!verdicts) {
                    self->fail(verdicts.failure());
                    return;
                }
                std::unordered_set<AliasKey> invalid;
                for (const StoredVerdict &stored : *verdicts)
                    if (stored.verdict.word == VerdictWord::Invalid)
                        invalid.insert(stored.alias);
                std::vector<OperationItem> &send = self->m_plan.send;
                send.erase(std::remove_if(send.begin(), send.end(),
                               [&](const OperationItem &item) { return invalid.contains(item.alias); }),
                    send.end());
                if (send.empty())
                    self->fail(bad(QStringLiteral("nobody is left: invalid")));
                else
                    self->send();
            }));
    }
    void send()
    {
        // Handed over: from here on it is carried out, and only the answer can be silenced.
        m_needs.runner.create(
            orderOf(m_request, m_account), m_plan.send, [chain = m_chain, then = m_then](const Result<RunId> &run) {
                if (chain.close())
                    then(run);
            });
    }

    const Needs m_needs;
    SendPlan m_plan;
    const SendRequest m_request;
    const Account m_account;
    const std::function<void(Result<RunId>)> m_then;
    const Chain m_chain;
    std::unique_ptr<CheckWait> m_wait;
};

/// What of a history can be sent again, and its recipients.
struct Again {
    RunId run = {};
    std::vector<OperationId> unknown = {};
    Recipients recipients = {};
};

Result<Again> againOf(const std::vector<SentRow> &rows)
{
    Again again;
    for (const SentRow &row : rows) {
        if (!again.run.isNull() && row.run != again.run)
            return bad(QStringLiteral("messages of several runs"));
        again.run = row.run;
        if (row.item.state == OperationState::Unknown)
            again.unknown.push_back(row.item.id);
        else if (row.item.state != OperationState::Refused && row.item.state != OperationState::NotSent)
            continue;
        if (row.item.alias.value() > 0)
            again.recipients.numbers.push_back({.typed = row.aliasText, .e164 = row.item.alias.value()});
        else if (!row.person.isNull())
            again.recipients.people.push_back(row.person);
    }
    if (again.recipients.numbers.empty() && again.recipients.people.empty())
        return bad(QStringLiteral("nothing to send again"));
    return again;
}

Result<SendPlan> planAgain(const Result<std::vector<SendCandidate>> &candidates, const SentMessage &message,
    const Account &account, const TimeView &time)
{
    if (!candidates)
        return candidates.failure();
    const SendOptions options{.withoutOptIn = ConsentChoice::Override, .again = true};
    const SendPlan plan = planMessage(*candidates, account, options, {}, time);
    if (plan.send.empty() || message.cards.isEmpty())
        return bad(QStringLiteral("nothing to send again"));
    return plan;
}

} // namespace

SendDesk::SendDesk(Store &store, SendRunner &runner, Runner *checks, Clock &clock)
    : m_store(store)
    , m_runner(runner)
    , m_checks(checks)
    , m_clock(clock)
{
}

Call SendDesk::lines(
    const Recipients &recipients, const Account &account, std::function<void(Result<std::vector<RecipientLine>>)> then)
{
    return m_store.messages().candidates(recipients.people, recipients.numbers, account.id,
        [&store = m_store, account, then = std::move(then)](const Result<std::vector<SendCandidate>> &candidates) {
            if (!candidates) {
                then(candidates.failure());
                return;
            }
            std::vector<RecipientLine> lines;
            lines.reserve(candidates->size());
            for (const SendCandidate &candidate : *candidates)
                lines.push_back(lineOf(candidate, account, store.time()));
            then(std::move(lines));
        });
}

Call SendDesk::plan(const Recipients &recipients, const Account &account, const SendOptions &options,
    std::function<void(Result<SendPlan>)> then)
{
    const Chain chain;
    const auto failed = [chain, then](const Failure &failure) {
        if (chain.close())
            then(failure);
    };
    const qint64 sinceMs = nowOf(m_store) - trafficDays * 24 * 3'600'000LL;
    chain.next(m_store.messages().candidates(recipients.people, recipients.numbers, account.id,
        [&store = m_store, chain, account, options, sinceMs, failed, then = std::move(then)](
            const Result<std::vector<SendCandidate>> &candidates) {
            if (!candidates)
                return failed(candidates.failure());
            chain.next(store.messages().traffic(account.id, sinceMs,
                [&store, chain, account, options, candidates = *candidates, failed, then](
                    const Result<Traffic> &traffic) {
                    if (!traffic)
                        return failed(traffic.failure());
                    aside<SendPlan>(
                        chain,
                        [candidates, account, options, traffic = *traffic, time = store.time()] {
                            return planMessage(candidates, account, options, traffic, time);
                        },
                        then);
                }));
        }));
    return chain.call();
}

std::optional<Failure> SendDesk::objection(
    const SendPlan &plan, const SendRequest &request, const Account &account) const
{
    if (!account.capabilities().sendCards)
        return Failure{.kind = Failure::Kind::Unsupported, .detail = QStringLiteral("this account sends no messages")};
    if (plan.send.empty())
        return bad(QStringLiteral("nobody to send to"));
    if (std::any_of(request.cards.begin(), request.cards.end(), isOverfull))
        return bad(QStringLiteral("a card above 64 KiB"));
    if (hasError(checkCards(request.cards, nowOf(m_store))))
        return bad(QStringLiteral("a card has an error"));
    if (!request.replyTo.isEmpty() && !takesReplies(account.kind))
        return bad(QStringLiteral("this gateway knows no replies"));
    if (plan.needsReason && request.consentReason.trimmed().isEmpty())
        return bad(QStringLiteral("a reason is needed: no opt-in"));
    return std::nullopt;
}

Call SendDesk::start(
    const SendPlan &plan, const SendRequest &request, const Account &account, std::function<void(Result<RunId>)> then)
{
    if (const std::optional<Failure> refused = objection(plan, request, account)) {
        const Chain chain;
        QMetaObject::invokeMethod(
            &m_runner,
            [chain, refused, then = std::move(then)] {
                if (chain.close())
                    then(*refused);
            },
            Qt::QueuedConnection);
        return chain.call();
    }
    return std::make_shared<Sending>(
        Sending::Needs{m_store, m_runner, m_checks, m_clock}, plan, request, account, std::move(then))
        ->begin();
}

Call SendDesk::sendAgain(const std::vector<OperationId> &operations, const Account &account, const QString &note,
    std::function<void(Result<RunId>)> then)
{
    const Chain chain;
    const auto failed = [chain, then](const Failure &failure) {
        if (chain.close())
            then(failure);
    };
    const auto send = [this, chain, account, note, failed, then = std::move(then)](
                          const Again &again, const SentMessage &message, const SendPlan &plan) {
        SendOrder order{.account = account.id,
            .cards = message.cards,
            .cardCount = message.cardCount,
            .title = message.title,
            .replyTo = message.replyTo,
            .note = note,
            .source = QStringLiteral("again"),
            .again = again.run};
        chain.next(m_store.messages().settle(again.unknown, Settlement::ItDidNot, note,
            [&runner = m_runner, chain, order, items = plan.send, wanted = qint64(again.unknown.size()), failed, then](
                const Result<qint64> &settled) {
                if (!settled)
                    return failed(settled.failure());
                if (*settled != wanted) // a second click, or Settle… elsewhere
                    return failed(bad(QStringLiteral("settled meanwhile")));
                runner.create(order, items, [chain, then](const Result<RunId> &run) {
                    if (chain.close())
                        then(run);
                });
            }));
    };
    const auto planned = [this, chain, account, failed, send](const Again &again, const SentMessage &message) {
        chain.next(m_store.messages().candidates(again.recipients.people, again.recipients.numbers, account.id,
            [&store = m_store, account, again, message, failed, send](
                const Result<std::vector<SendCandidate>> &candidates) {
                const Result<SendPlan> plan = planAgain(candidates, message, account, store.time());
                if (!plan)
                    return failed(plan.failure());
                send(again, message, *plan);
            }));
    };
    chain.next(m_store.messages().rows(
        operations, [&store = m_store, chain, failed, planned](const Result<std::vector<SentRow>> &rows) {
            if (!rows)
                return failed(rows.failure());
            const Result<Again> again = againOf(*rows);
            if (!again)
                return failed(again.failure());
            chain.next(store.messages().message(
                again->run, [again = *again, failed, planned](const Result<SentMessage> &message) {
                    if (message)
                        planned(again, *message);
                    else
                        failed(message.failure());
                }));
        }));
    return chain.call();
}

} // namespace rollcall
