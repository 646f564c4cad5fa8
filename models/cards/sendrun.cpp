// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cards/sendrun.h"

#include "models/base/chain.h"
#include "models/cards/message.h"
#include "models/gateways/gateway.h"
#include "models/runs/operationanswers.h"
#include "models/store/stops.h"
#include "models/store/store.h"

#include <algorithm>
#include <map>

namespace rollcall {

namespace {

constexpr qsizetype longestDetail = 300;

/// What a run sends to everybody: parsed once, while the store says the same.
struct Payload {
    QByteArray stored = {};
    std::vector<Card> cards = {};
    QString replyTo = {};
};

SendRunner::SenderOf sendersOf(SendRunner::GatewayOf gatewayOf)
{
    return [gatewayOf = std::move(gatewayOf)](AccountId account) -> std::optional<CardSender> {
        Gateway *gateway = gatewayOf(account);
        if (!gateway)
            return std::nullopt;
        CardSender sender;
        sender.capabilities = gateway->capabilities();
        sender.send = [gateway](const QString &to, const std::vector<Card> &cards, const QString &replyTo,
                          CardSender::Then then, CardSender::MayLeave mayLeave) {
            return gateway->sendCards(to, cards, replyTo, std::move(then), std::move(mayLeave));
        };
        sender.readyInMs = [gateway] { return gateway->readyInMs(); };
        return sender;
    };
}

/// Codes that speak of the recipient and not of us: a run goes on after any number of them.
bool isAboutRecipient(const QString &why)
{
    return why == QLatin1String(Why::outsideWindow) || why == QLatin1String(Why::ownNumber)
        || why == QLatin1String(Why::badNumber) || why == QLatin1String(Why::notOnWhatsApp);
}

/// Pure: the reply to one send.
WriteOutcome readSend(
    const OperationItem &item, const Result<SendReply> &reply, qint64 nowMs, const std::function<qint64()> &backoffMs)
{
    WriteOutcome outcome;
    if (reply) {
        outcome.answers.push_back({.operation = item.id,
            .state = OperationState::Done,
            .waId = reply->waId,
            .messageId = reply->messageId,
            .status = reply->status.left(60)});
        return outcome;
    }
    outcome = outcomeOf({&item, 1}, reply.failure(), nowMs, backoffMs);
    OperationAnswer &answer = outcome.answers.front();
    if (reply.failure().kind == Failure::Kind::Refused && answer.state == OperationState::Refused) {
        answer.detail = reply.failure().detail.left(longestDetail);
        if (isAboutRecipient(answer.why))
            outcome.failure.reset();
    }
    return outcome;
}

} // namespace

struct SendRunner::Parts {
    Parts(Store &openStore, SenderOf senders, Clock &time)
        : store(openStore)
        , senderOf(std::move(senders))
        , clock(time)
        , operations(
              store, [this](const OperationRun &run) { return wireOf(run); }, clock)
    {
    }

    OperationWire wireOf(const OperationRun &run)
    {
        OperationWire wire;
        const std::optional<CardSender> sender = senderOf(run.account);
        if (!sender)
            wire.obstacle = Failure{.kind = Failure::Kind::NotFound,
                .detail = QStringLiteral("no gateway for account %1").arg(run.account.value())};
        else if (!sender->capabilities.sendCards)
            wire.obstacle = Failure{
                .kind = Failure::Kind::Unsupported, .detail = QStringLiteral("this account sends no messages")};
        if (wire.obstacle)
            return wire;
        wire.readyInMs = sender->readyInMs;
        // Do-not-contact wins over everything, at once: also over what was planned before.
        wire.forbids = [this](const OperationItem &item) {
            return store.stops().reach(item.alias, item.ask) ? QString::fromLatin1(Why::doNotContact) : QString();
        };
        wire.send = [this, sender = *sender, id = run.id](const std::vector<OperationItem> &items,
                        OperationWire::Backoff backoff, OperationWire::Then then, OperationWire::MayLeave mayLeave) {
            return send(sender, id, items.front(), std::move(backoff), std::move(then), std::move(mayLeave));
        };
        return wire;
    }

    Call send(const CardSender &sender, RunId run, const OperationItem &item, OperationWire::Backoff backoff,
        OperationWire::Then then, OperationWire::MayLeave mayLeave)
    {
        const auto landed
            = [this, item, backoff = std::move(backoff), then = std::move(then)](const Result<SendReply> &reply) {
                  const qint64 nowMs = std::max(clock.now().wallMs, store.time().latestSeenMs);
                  then(readSend(item, reply, nowMs, backoff));
              };
        const Chain chain; // read anew each time: somebody on a card may have been erased meanwhile
        chain.next(store.messages().message(run,
            [this, chain, sender, run, item, landed, mayLeave = std::move(mayLeave)](
                const Result<SentMessage> &message) {
                const auto known = payloads.find(run);
                const bool same = message && known != payloads.end() && known->second.stored == message->cards;
                const Result<Payload> payload = same ? Result<Payload>(known->second)
                    : message                        ? payloadOf(*message)
                                                     : Result<Payload>(message.failure());
                if (!payload) {
                    payloads.erase(run);
                    if (chain.close())
                        landed(Failure{.kind = Failure::Kind::NotFound, .detail = payload.failure().detail});
                    return;
                }
                if (!same)
                    payloads[run] = *payload;
                chain.next(sender.send(
                    item.ask, payload->cards, payload->replyTo,
                    [chain, landed](const Result<SendReply> &reply) {
                        if (chain.close())
                            landed(reply);
                    },
                    mayLeave));
            }));
        return chain.call();
    }

    static Result<Payload> payloadOf(const SentMessage &message)
    {
        if (message.cards.isEmpty())
            return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("the message was erased")};
        Result<std::vector<Card>> cards = cardsFromMessage(message.cards);
        if (!cards)
            return cards.failure();
        return Payload{message.cards, filledIn(*std::move(cards)), message.replyTo};
    }

    Store &store;
    SenderOf senderOf;
    Clock &clock;
    std::map<RunId, Payload> payloads;
    OperationRunner operations; ///< last: goes first
};

SendRunner::SendRunner(Store &store, GatewayOf gatewayOf, Clock &clock, QObject *parent)
    : SendRunner(store, sendersOf(std::move(gatewayOf)), clock, parent)
{
}

SendRunner::SendRunner(Store &store, SenderOf senderOf, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(store, std::move(senderOf), clock))
{
    connect(&m_parts->operations, &OperationRunner::progressed, this, &SendRunner::progressed);
    connect(&m_parts->operations, &OperationRunner::finished, this, [this](const OperationProgress &progress) {
        m_parts->payloads.erase(progress.run.id);
        emit finished(progress);
    });
}

SendRunner::~SendRunner() = default;

void SendRunner::recover(std::function<void(Result<qint64>)> then)
{
    OperationRunner &operations = m_parts->operations;
    Store &store = m_parts->store;
    operations.keep(
        store.messages().recover([&operations, &store, then = std::move(then)](const Result<qint64> &unknown) {
            if (!unknown) {
                then(unknown.failure());
                return;
            }
            operations.keep(
                store.messages().runs([&operations, unknown, then](const Result<std::vector<OperationRun>> &runs) {
                    if (runs)
                        operations.offer(*runs);
                    then(runs ? unknown : Result<qint64>(runs.failure()));
                }));
        }));
}

void SendRunner::create(
    const SendOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<RunId>)> then)
{
    OperationRunner &operations = m_parts->operations;
    operations.keep(
        m_parts->store.messages().start(order, items, [&operations, then = std::move(then)](const Result<RunId> &run) {
            if (run)
                operations.start(*run);
            then(run);
        }));
}

void SendRunner::pause(RunId run)
{
    m_parts->operations.pause(run);
}

void SendRunner::resume(RunId run)
{
    m_parts->operations.resume(run);
}

void SendRunner::cancel(RunId run)
{
    m_parts->operations.cancel(run);
}

bool SendRunner::isStoring() const
{
    return m_parts->operations.isStoring();
}

std::vector<OperationProgress> SendRunner::active() const
{
    return m_parts->operations.active();
}

} // namespace rollcall
