// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/gateway.h"

#include "models/gateways/gatewaycore.h"
#include "models/gateways/question.h"

#include <QHostAddress>
#include <algorithm>
#include <iterator>

namespace rollcall {

namespace {

bool isUnclear(Failure::Kind kind)
{
    return kind == Failure::Kind::GatewayError || kind == Failure::Kind::BadReply || kind == Failure::Kind::Timeout;
}

Failure cannot()
{
    return {Failure::Kind::Unsupported, QStringLiteral("this account cannot do that")};
}

/// An engine that says "not implemented" names the status; a kind that never could has none.
template <class T> void noteRefusal(GatewayCore &core, Capability what, const Result<T> &answer, const HttpReply &reply)
{
    if (answer || answer.failure().kind != Failure::Kind::Unsupported)
        core.answered(what);
    else if (answer.failure().code != 0)
        core.saidNo({what, answer.failure().code, core.clock.now().wallMs}, core.dialect.isEngineWord(reply));
}

/// Rows that were throttled inside an answer pause the account as a whole 429 does.
Result<BlockReply> withPause(GatewayCore &core, Result<BlockReply> answer, const HttpReply &reply)
{
    const auto isDeferred = [](const BlockAnswer &said) { return said.outcome == BlockAnswer::Outcome::Deferred; };
    if (!answer || std::none_of(answer->people.begin(), answer->people.end(), isDeferred))
        return answer;
    Failure throttle{Failure::Kind::RateLimited, QStringLiteral("some people of a block were throttled")};
    core.throttled(throttle, &reply);
    answer->retryAfter = throttle.retryAfter;
    return answer;
}

/// The reply to `asked` as one to `inputs`, of which some could not be asked.
CheckReply withTheUnasked(CheckReply reply, const std::vector<QString> &inputs, const std::vector<QString> &asked)
{
    if (asked.size() == inputs.size())
        return reply;
    std::vector<NumberAnswer> all;
    size_t next = 0;
    for (const QString &input : inputs) {
        if (next < asked.size() && next < reply.numbers.size() && asked[next] == input) {
            all.push_back(std::move(reply.numbers[next++]));
            continue;
        }
        NumberAnswer unasked;
        unasked.input = input;
        unasked.word = VerdictWord::Failed;
        unasked.reason = QLatin1String(noCountry);
        all.push_back(std::move(unasked));
    }
    reply.numbers = std::move(all);
    return reply;
}

} // namespace

struct Gateway::Parts {
    std::shared_ptr<GatewayCore> core;
};

/// One question besides check and health: how it is written and read.
template <class T> struct Gateway::Asking {
    Capability needs;
    std::function<HttpRequest(const Credentials &)> write;
    std::function<Result<T>(const HttpReply &)> read;
    std::function<void(Result<T>)> then;
    std::function<bool()> mayLeave = {};
    bool isWrite = false;
};

template <class T> Call Gateway::ask(Asking<T> asking)
{
    GatewayCore *core = m_parts->core.get();
    if (!core->account.capabilities().has(asking.needs)) {
        return core->clock.after(0, [then = std::move(asking.then)] { then(cannot()); });
    }
    auto question = std::make_shared<Question<T>>();
    question->core = m_parts->core;
    question->takesTurn = true;
    question->write = std::move(asking.write);
    question->read = [core, needs = asking.needs, isWrite = asking.isWrite, read = std::move(asking.read)](
                         const HttpReply &reply) {
        Result<T> answer = read(reply);
        noteRefusal(*core, needs, answer, reply);
        // A write that was answered by something broken may have been done all the same.
        if (isWrite && !answer && isUnclear(answer.failure().kind)) {
            Failure unclear = answer.failure();
            unclear.kind = Failure::Kind::OutcomeUnknown;
            return Result<T>(unclear);
        }
        return answer;
    };
    question->mayLeave = std::move(asking.mayLeave);
    if (asking.isWrite)
        question->repeatsAllowed = 0;
    question->then = std::move(asking.then);
    return Question<T>::ask(question);
}

Gateway::Gateway(Account account, CredentialsSource credentials, Clock &clock)
    : m_parts(std::make_unique<Parts>())
{
    m_parts->core = std::make_shared<GatewayCore>(std::move(account), std::move(credentials), clock);
}

Gateway::~Gateway() = default;

const Account &Gateway::account() const
{
    return m_parts->core->account;
}

Capabilities Gateway::capabilities() const
{
    return account().capabilities();
}

Call Gateway::check(const std::vector<QString> &inputs, const CheckOptions &options,
    std::function<void(Result<CheckReply>)> then, std::function<bool()> mayLeave)
{
    GatewayCore *core = m_parts->core.get();
    const Capabilities can = capabilities();
    std::optional<Failure> failure;
    if (!can.checkOne && !can.checkMany)
        failure = cannot();
    else if (inputs.size() > size_t(can.checkBatch))
        failure = Failure{
            Failure::Kind::BadInput, QStringLiteral("%1 numbers in one request").arg(inputs.size()), {}, 0, {}};
    if (failure)
        return core->clock.after(0, [then = std::move(then), failure] { then(*failure); });
    std::vector<QString> sent;
    std::copy_if(inputs.begin(), inputs.end(), std::back_inserter(sent),
        [core](const QString &input) { return core->dialect.canAsk(input); });
    if (sent.empty())
        return core->clock.after(
            0, [inputs, then = std::move(then)] { then(withTheUnasked(CheckReply{}, inputs, {})); });
    const auto asked = std::make_shared<const std::vector<QString>>(std::move(sent));
    const auto how = std::make_shared<CheckOptions>(options);
    auto question = std::make_shared<Question<CheckReply>>();
    question->core = m_parts->core;
    question->takesTurn = true;
    question->mayLeave = std::move(mayLeave);
    question->write = [core, asked, how](const Credentials &credentials) {
        return core->dialect.checkRequest(credentials, *asked, *how);
    };
    question->read = [core, inputs, asked](const HttpReply &reply) {
        Result<CheckReply> answer = core->dialect.readCheck(reply, *asked);
        noteRefusal(*core, Capability::CheckOne, answer, reply);
        if (!answer)
            return answer;
        core->judge(*answer);
        return Result<CheckReply>(withTheUnasked(*std::move(answer), inputs, *asked));
    };
    // A node that did not finish in time may be asked for what it knows by now.
    if (options.repeat)
        question->softer = [how] { return std::exchange(how->wait, false); };
    question->repeatsAllowed = options.repeat ? mostRepeats : 0;
    question->then = std::move(then);
    return Question<CheckReply>::ask(question);
}

Call Gateway::health(std::function<void(Result<Health>)> then)
{
    GatewayCore *core = m_parts->core.get();
    auto question = std::make_shared<Question<Health>>();
    question->core = m_parts->core;
    question->write = [core](const Credentials &credentials) { return core->dialect.healthRequest(credentials); };
    question->read = [core](const HttpReply &reply) {
        Credentials who;
        who.sender = core->account.sender;
        Result<Health> answer = core->dialect.readHealth(reply, who);
        if (answer)
            core->noteVersion(answer->version);
        return answer;
    };
    question->then = std::move(then);
    return Question<Health>::ask(question);
}

Call Gateway::contacts(const PageAsk &page, std::function<void(Result<GatewayContactsPage>)> then)
{
    GatewayCore *core = m_parts->core.get();
    return ask<GatewayContactsPage>({.needs = Capability::ListContacts,
        .write
        = [core, page](const Credentials &credentials) { return core->dialect.contactsRequest(credentials, page); },
        .read = [core, page](const HttpReply &reply) { return core->dialect.readContacts(reply, page); },
        .then = std::move(then)});
}

Call Gateway::contact(const QString &who, std::function<void(Result<GatewayContact>)> then)
{
    GatewayCore *core = m_parts->core.get();
    return ask<GatewayContact>({.needs = Capability::Details,
        .write = [core, who](const Credentials &credentials) { return core->dialect.contactRequest(credentials, who); },
        .read = [core](const HttpReply &reply) { return core->dialect.readContact(reply); },
        .then = std::move(then)});
}

Call Gateway::about(const QString &who, std::function<void(Result<QString>)> then)
{
    GatewayCore *core = m_parts->core.get();
    return ask<QString>({.needs = Capability::About,
        .write = [core, who](const Credentials &credentials) { return core->dialect.aboutRequest(credentials, who); },
        .read = [core](const HttpReply &reply) { return core->dialect.readAbout(reply); },
        .then = std::move(then)});
}

Call Gateway::photo(const QString &who, std::function<void(Result<QUrl>)> then)
{
    GatewayCore *core = m_parts->core.get();
    return ask<QUrl>({.needs = Capability::Photo,
        .write = [core, who](const Credentials &credentials) { return core->dialect.photoRequest(credentials, who); },
        .read = [core](const HttpReply &reply) { return core->dialect.readPhoto(reply); },
        .then = std::move(then)});
}

Call Gateway::photoBytes(const QUrl &link, std::function<void(Result<Picture>)> then)
{
    const bool isLocal = QHostAddress(account().address.host()).isLoopback();
    return fetchPicture(link, isLocal, m_parts->core->clock, std::move(then));
}

Call Gateway::lidOf(const QString &number, std::function<void(Result<LidPair>)> then)
{
    GatewayCore *core = m_parts->core.get();
    return ask<LidPair>({.needs = Capability::Lid,
        .write
        = [core, number](const Credentials &credentials) { return core->dialect.lidOfRequest(credentials, number); },
        .read = [core](const HttpReply &reply) { return core->dialect.readLid(reply); },
        .then = std::move(then)});
}

Call Gateway::numberOf(const QString &lid, std::function<void(Result<LidPair>)> then)
{
    GatewayCore *core = m_parts->core.get();
    return ask<LidPair>({.needs = Capability::Lid,
        .write
        = [core, lid](const Credentials &credentials) { return core->dialect.numberOfRequest(credentials, lid); },
        .read = [core](const HttpReply &reply) { return core->dialect.readLid(reply); },
        .then = std::move(then)});
}

Call Gateway::blocked(const PageAsk &page, std::function<void(Result<BlockedPage>)> then)
{
    GatewayCore *core = m_parts->core.get();
    return ask<BlockedPage>({.needs = Capability::ListBlocked,
        .write
        = [core, page](const Credentials &credentials) { return core->dialect.blockedRequest(credentials, page); },
        .read = [core, page](const HttpReply &reply) { return core->dialect.readBlocked(reply, page); },
        .then = std::move(then)});
}

Call Gateway::block(
    const std::vector<QString> &people, std::function<void(Result<BlockReply>)> then, std::function<bool()> mayLeave)
{
    GatewayCore *core = m_parts->core.get();
    const auto asked = std::make_shared<const std::vector<QString>>(people);
    return ask<BlockReply>({.needs = Capability::Block,
        .write
        = [core, asked](const Credentials &credentials) { return core->dialect.blockRequest(credentials, *asked); },
        .read =
            [core, asked](const HttpReply &reply) {
                return withPause(*core, core->dialect.readBlock(reply, *asked, false), reply);
            },
        .then = std::move(then),
        .mayLeave = std::move(mayLeave),
        .isWrite = true});
}

Call Gateway::unblock(
    const std::vector<QString> &people, std::function<void(Result<BlockReply>)> then, std::function<bool()> mayLeave)
{
    GatewayCore *core = m_parts->core.get();
    const auto asked = std::make_shared<const std::vector<QString>>(people);
    return ask<BlockReply>({.needs = Capability::Block,
        .write
        = [core, asked](const Credentials &credentials) { return core->dialect.unblockRequest(credentials, *asked); },
        .read
        = [core, asked](
              const HttpReply &reply) { return withPause(*core, core->dialect.readBlock(reply, *asked, true), reply); },
        .then = std::move(then),
        .mayLeave = std::move(mayLeave),
        .isWrite = true});
}

Call Gateway::report(const QString &who, const QString &reason, bool block, std::function<void(Done)> then,
    std::function<bool()> mayLeave)
{
    GatewayCore *core = m_parts->core.get();
    return ask<Nothing>({.needs = Capability::Report,
        .write
        = [core, who, reason, block](
              const Credentials &credentials) { return core->dialect.reportRequest(credentials, who, reason, block); },
        .read = [core](const HttpReply &reply) { return core->dialect.readReport(reply); },
        .then = std::move(then),
        .mayLeave = std::move(mayLeave),
        .isWrite = true});
}

Call Gateway::sendCards(const QString &to, const std::vector<Card> &cards, const QString &replyTo,
    std::function<void(Result<SendReply>)> then, std::function<bool()> mayLeave)
{
    GatewayCore *core = m_parts->core.get();
    return ask<SendReply>({.needs = Capability::SendCards,
        .write =
            [core, to, cards, replyTo](const Credentials &credentials) {
                return core->dialect.sendCardsRequest(credentials, to, cards, replyTo);
            },
        .read = [core](const HttpReply &reply) { return core->dialect.readSend(reply); },
        .then = std::move(then),
        .mayLeave = std::move(mayLeave),
        .isWrite = true});
}

void Gateway::onRefused(std::function<void(LearnedRefusal)> told)
{
    m_parts->core->onRefused = std::move(told);
}

void Gateway::setLearned(const Account &now)
{
    m_parts->core->account.refusals = now.refusals;
    m_parts->core->account.cannotTell = now.cannotTell;
    m_parts->core->account.probe = now.probe;
}

void Gateway::keepPace(const Gateway &before)
{
    Pace &pace = m_parts->core->pace;
    pace.setPerMinute(std::min(pace.perMinute(), before.perMinute()));
    pace.pauseFor(before.readyInMs());
}

Call Gateway::login(std::function<void(Result<Session>)> then)
{
    if (!m_parts->core->dialect.hasLogin()) {
        const Failure failure{Failure::Kind::Unsupported, QStringLiteral("this kind of gateway has no login")};
        return m_parts->core->clock.after(0, [then = std::move(then), failure] { then(failure); });
    }
    return m_parts->core->login(std::move(then));
}

qint64 Gateway::pausedForMs() const
{
    return m_parts->core->pace.pausedForMs();
}

int Gateway::perMinute() const
{
    return m_parts->core->pace.perMinute();
}

std::optional<RateHint> Gateway::rateHint() const
{
    return m_parts->core->lastHint;
}

qint64 Gateway::readyInMs() const
{
    return m_parts->core->pace.readyInMs();
}

Gateway::Route Gateway::route() const
{
    return m_parts->core->transport.route();
}

} // namespace rollcall
