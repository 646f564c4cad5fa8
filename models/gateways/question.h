// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/gatewaycore.h"
#include "models/gateways/httptime.h"

#include <QRandomGenerator>
#include <memory>

namespace rollcall {

inline constexpr int mostRepeats = 3;
/// A pause longer than the longest backoff is the caller's to plan, not to sit out inside one call.
inline constexpr qint64 longestPauseInside = 300'000;

/// One question (a read) until it is answered: credentials, turn, request, repeats. Internal to models/gateways.
template <class T> class Question final : public std::enable_shared_from_this<Question<T>> {
public:
    std::weak_ptr<GatewayCore> core;
    std::function<HttpRequest(const Credentials &)> write;
    std::function<Result<T>(const HttpReply &)> read;
    std::function<bool()> softer = {}; ///< after a timeout: changes what write() asks and says so, once
    std::function<bool()> mayLeave = {}; ///< the caller's last word, at the moment of sending
    std::function<void(Result<T>)> then;
    bool isLogin = false; ///< asks with the password, not with a session
    bool takesTurn = false; ///< counts against the pace
    int repeatsAllowed = mostRepeats; ///< after a timeout, a 5xx, a 429; the one renewal of a login does not count

    /// The question lives in the returned Call.
    static Call ask(const std::shared_ptr<Question> &question)
    {
        auto state = std::make_shared<Call::State>();
        state->stop = [question] { question->m_step = Call(); };
        question->m_state = state;
        question->begin();
        return Call(state);
    }

private:
    void begin()
    {
        const auto self = core.lock();
        if (!self)
            return;
        if (write({}).verb.isEmpty()) {
            later(0, [](Question &q) {
                q.finish(Failure{Failure::Kind::Unsupported, QStringLiteral("this kind of gateway is not built")});
            });
            return;
        }
        auto next = [weak = this->weak_from_this()](Result<Credentials> credentials) {
            if (const auto question = weak.lock())
                question->onCredentials(std::move(credentials));
        };
        m_step = isLogin ? self->credentials(std::move(next)) : self->session(std::move(next));
    }
    void onCredentials(Result<Credentials> credentials)
    {
        const auto self = core.lock();
        if (!self)
            return;
        if (!credentials) {
            finish(credentials.failure());
            return;
        }
        m_credentials = *std::move(credentials);
        auto next = [weak = this->weak_from_this()] {
            if (const auto question = weak.lock())
                question->send();
        };
        m_step = takesTurn ? self->pace.turn(std::move(next)) : self->pace.whenAwake(std::move(next));
    }
    void send()
    {
        const auto self = core.lock();
        if (!self)
            return;
        if (mayLeave && !mayLeave()) {
            finish(Failure{Failure::Kind::Cancelled, QStringLiteral("the caller held it back")});
            return;
        }
        m_sentMs = self->clock.now().monotonicMs;
        m_step = self->transport.send(
            write(m_credentials),
            [weak = this->weak_from_this()](Result<HttpReply> reply) {
                if (const auto question = weak.lock())
                    question->onReply(reply);
            },
            mayLeave);
    }
    void onReply(const Result<HttpReply> &reply)
    {
        const auto self = core.lock();
        if (!self)
            return;
        if (takesTurn)
            self->pace.answered(self->clock.now().monotonicMs - m_sentMs);
        if (reply)
            self->noteHint(*reply);
        Result<T> answer = reply ? read(*reply) : Result<T>(reply.failure());
        if (answer) {
            self->notThrottled();
            finish(std::move(answer));
            return;
        }
        Failure failure = answer.failure();
        takeOut(m_credentials, failure);
        if (failure.subject.isEmpty() && failure.kind != Failure::Kind::Refused
            && failure.kind != Failure::Kind::Redirected)
            failure.subject = self->account.address.host();
        // Only a session can be renewed; a refused key stays refused (gateways.md 2.3).
        if (failure.kind == Failure::Kind::Unauthorised && !isLogin && !m_renewed && self->dialect.hasLogin()) {
            m_renewed = true;
            self->refused(m_credentials.token);
            begin();
        } else if (failure.kind == Failure::Kind::Timeout && softer && softer()) {
            begin();
        } else if (failure.kind == Failure::Kind::RateLimited) {
            const qint64 pause = self->throttled(failure, reply ? &*reply : nullptr);
            repeatOrFinish(pause <= longestPauseInside, 0, failure);
        } else {
            const bool again = failure.kind == Failure::Kind::Timeout || failure.kind == Failure::Kind::GatewayError;
            repeatOrFinish(again, backoffMs(m_repeats + 1, QRandomGenerator::global()->generateDouble()), failure);
        }
    }
    void repeatOrFinish(bool again, qint64 afterMs, const Failure &failure)
    {
        if (!again || m_repeats >= repeatsAllowed) {
            finish(failure);
            return;
        }
        ++m_repeats;
        later(afterMs, [](Question &question) { question.begin(); });
    }
    void later(qint64 ms, void (*what)(Question &))
    {
        if (const auto self = core.lock())
            m_step = self->clock.after(ms, [weak = this->weak_from_this(), what] {
                if (const auto question = weak.lock())
                    what(*question);
            });
    }
    void finish(Result<T> result)
    {
        const auto alive = this->shared_from_this();
        if (!m_state || !std::exchange(m_state->open, false))
            return;
        m_state->stop = nullptr;
        const auto tell = std::exchange(then, nullptr);
        tell(std::move(result));
    }

    std::shared_ptr<Call::State> m_state;
    Call m_step;
    Credentials m_credentials;
    qint64 m_sentMs = 0; ///< monotonic
    int m_repeats = 0;
    bool m_renewed = false;
};

} // namespace rollcall
