// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/account.h"
#include "models/gateways/dialects/dialect.h"
#include "models/gateways/picture.h"
#include "models/gateways/route.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace rollcall {

/// Asks for the account's credentials (keychain or this session's memory). Called when a login or key is needed, once
/// per need; the gateway stores nothing but the session token it was given by the node, in memory.
using CredentialsSource = std::function<Call(std::function<void(Result<Credentials>)>)>;

/// One account's gateway = dialect + transport + pace. GUI thread. Reads and checks are retried (up to 3, full jitter);
/// writes never. A 401 renews the login once, single-flight, never in a loop. A 429 pauses the whole account.
class Gateway {
public:
    Gateway(Account account, CredentialsSource credentials, Clock &clock);
    ~Gateway();
    Gateway(const Gateway &) = delete;
    Gateway &operator=(const Gateway &) = delete;

    [[nodiscard]] const Account &account() const;
    [[nodiscard]] Capabilities capabilities() const;
    /// At most capabilities().checkBatch inputs, else BadInput. Pace decides when it leaves; the account's `cannotTell`
    /// and the answered version turn valid into unverified. Answers one NumberAnswer per input. A `wait`
    /// batch that times out is asked again as no_wait, unless options.repeat is off: then it is the caller's to do so.
    /// What the kind cannot ask as it is written (no country code) is answered Failed, "no-country", and not sent.
    /// `mayLeave` is asked at the very moment a request would leave (each repeat too), after login and pace: false ends
    /// the call with Cancelled and nothing was sent.
    Call check(const std::vector<QString> &inputs, const CheckOptions &options,
        std::function<void(Result<CheckReply>)> then, std::function<bool()> mayLeave = {});
    Call health(std::function<void(Result<Health>)> then);
    /// What the kind cannot do is answered Unsupported without a request. Reads are repeated like checks. Each takes a
    /// turn of the pace.
    Call contacts(const PageAsk &page, std::function<void(Result<GatewayContactsPage>)> then);
    Call contact(const QString &who, std::function<void(Result<GatewayContact>)> then);
    Call about(const QString &who, std::function<void(Result<QString>)> then);
    Call photo(const QString &who, std::function<void(Result<QUrl>)> then);
    /// The photo behind a link that photo() or contacts() told: fetched from WhatsApp's server without any credentials
    /// (fetchPicture()). Takes no turn: the gateway is not asked.
    Call photoBytes(const QUrl &link, std::function<void(Result<Picture>)> then);
    Call lidOf(const QString &number, std::function<void(Result<LidPair>)> then);
    Call numberOf(const QString &lid, std::function<void(Result<LidPair>)> then);
    Call blocked(const PageAsk &page, std::function<void(Result<BlockedPage>)> then);

    /// Writes: sent at most once, never repeated (but for the one renewal of a login after a 401: nothing was taken).
    /// OutcomeUnknown = it may have arrived; RateLimited = nothing was taken, the account is paused. `mayLeave` as for
    /// check().
    Call block(const std::vector<QString> &people, std::function<void(Result<BlockReply>)> then,
        std::function<bool()> mayLeave = {});
    Call unblock(const std::vector<QString> &people, std::function<void(Result<BlockReply>)> then,
        std::function<bool()> mayLeave = {});
    Call report(const QString &who, const QString &reason, bool block, std::function<void(Done)> then,
        std::function<bool()> mayLeave = {});
    Call sendCards(const QString &to, const std::vector<Card> &cards, const QString &replyTo,
        std::function<void(Result<SendReply>)> then, std::function<bool()> mayLeave = {});

    /// Told the first time the engine says that it cannot do something the kind can (Unsupported with an HTTP status);
    /// from then on it is not asked for that.
    void onRefused(std::function<void(LearnedRefusal)> told);
    /// Takes over what is known of this same gateway by now: refusals and `cannotTell`. Its session lives on.
    void setLearned(const Account &now);
    /// Goes on where another Gateway for the same address is: its pause, the gap behind its last request, its rate when
    /// that is the lower one. An account that is edited gets a new Gateway, and the vendor still counts.
    void keepPace(const Gateway &before);

    /// Logs in now, whatever token there is; mustChangePassword is an answer. For the connection test. Kinds without a
    /// login answer Unsupported.
    Call login(std::function<void(Result<Session>)> then);
    /// Milliseconds until the account may be asked again after a 429, 0 = now.
    [[nodiscard]] qint64 pausedForMs() const;
    /// Requests a minute at present, and what the last answer that spoke of it said.
    [[nodiscard]] int perMinute() const;
    [[nodiscard]] std::optional<RateHint> rateHint() const;
    /// Milliseconds until a check handed over now would leave (pace and 429 pause together), 0 = at once. The runner
    /// waits for that before it asks Stops and hands over.
    [[nodiscard]] qint64 readyInMs() const;
    using Route = rollcall::Route;
    [[nodiscard]] Route route() const;

private:
    struct Parts;
    template <class T> struct Asking;
    template <class T> Call ask(Asking<T> asking);
    std::unique_ptr<Parts> m_parts;
};

} // namespace rollcall
