// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/gateway.h"

#include "models/gateways/gatewaycore.h"
#include "models/gateways/question.h"

namespace rollcall {

struct Gateway::Parts {
    std::shared_ptr<GatewayCore> core;
};

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
    return capabilitiesOf(account().kind);
}

Call Gateway::check(const std::vector<QString> &inputs, const CheckOptions &options,
    std::function<void(Result<CheckReply>)> then, std::function<bool()> mayLeave)
{
    GatewayCore *core = m_parts->core.get();
    if (inputs.size() > size_t(capabilities().checkBatch)) {
        const Failure failure{
            Failure::Kind::BadInput, QStringLiteral("%1 numbers in one request").arg(inputs.size()), {}, 0, {}};
        return core->clock.after(0, [then = std::move(then), failure] { then(failure); });
    }
    if (inputs.empty())
        return core->clock.after(0, [then = std::move(then)] { then(CheckReply{}); });
    const auto asked = std::make_shared<const std::vector<QString>>(inputs);
    const auto how = std::make_shared<CheckOptions>(options);
    auto question = std::make_shared<Question<CheckReply>>();
    question->core = m_parts->core;
    question->takesTurn = true;
    question->mayLeave = std::move(mayLeave);
    question->write = [core, asked, how](const Credentials &credentials) {
        return core->dialect.checkRequest(credentials, *asked, *how);
    };
    question->read = [core, asked](const HttpReply &reply) {
        Result<CheckReply> answer = core->dialect.readCheck(reply, *asked);
        if (answer)
            core->judge(*answer);
        return answer;
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
        Result<Health> answer = core->dialect.readHealth(reply);
        if (answer)
            core->noteVersion(answer->version);
        return answer;
    };
    question->then = std::move(then);
    return Question<Health>::ask(question);
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

qint64 Gateway::readyInMs() const
{
    return m_parts->core->pace.readyInMs();
}

Gateway::Route Gateway::route() const
{
    return m_parts->core->transport.route();
}

} // namespace rollcall
