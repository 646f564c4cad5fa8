// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/accounts/truthprobe.h"

#include "models/gateways/gateway.h"
#include "models/runs/checkanswers.h"
#include "models/store/runbook.h"
#include "models/store/stops.h"
#include "models/store/store.h"

#include <QRandomGenerator>
#include <algorithm>
#include <array>
#include <random>

namespace rollcall {
namespace {

using Outcome = TruthProbe::Outcome;

constexpr int draws = 16; ///< before every number drawn is taken to be stopped
constexpr std::array areas{212, 312, 415, 503, 617, 713, 808, 907};

bool isStopped(const Stops &stops, const std::vector<qint64> &numbers)
{
    return std::any_of(
        numbers.begin(), numbers.end(), [&stops](qint64 number) { return stops.contains(AliasKey(number)); });
}

bool calledValid(const NumberAnswer &answer)
{
    // "Unverified" is a valid that the account or its version is known not to mean.
    return answer.word == VerdictWord::Valid || answer.word == VerdictWord::Unverified;
}

} // namespace

std::vector<qint64> fictionalNumbers(quint32 seed)
{
    std::mt19937 random(seed);
    const auto draw = [&random](qint64 count) { return qint64(random() % quint64(count)); };
    const qint64 british = 447'700'900'000 + draw(1'000);
    const qint64 area = areas.at(size_t(draw(qint64(areas.size()))));
    const qint64 american = 10'000'000'000 + area * 10'000'000 + 5'550'100 + draw(100);
    return {british, american};
}

Result<Outcome> judgeProbe(std::span<const NumberAnswer> answers)
{
    if (std::any_of(answers.begin(), answers.end(), calledValid))
        return Outcome::CannotTell;
    const auto isWord
        = [](VerdictWord word) { return [word](const NumberAnswer &answer) { return answer.word == word; }; };
    if (std::any_of(answers.begin(), answers.end(), isWord(VerdictWord::Invalid)))
        return Outcome::CanTell;
    const bool processing = std::any_of(answers.begin(), answers.end(), isWord(VerdictWord::Processing));
    return Failure{
        processing ? Failure::Kind::Timeout : Failure::Kind::BadReply, QStringLiteral("the probe was not decided")};
}

ProbeRun::ProbeRun(Store &store, Gateway &gateway, Clock &clock, std::function<bool()> mayLeave, Then then)
    : m_store(store)
    , m_gateway(gateway)
    , m_clock(clock)
    , m_mayLeave(std::move(mayLeave))
    , m_then(std::move(then))
{
}

Call ProbeRun::start(const std::shared_ptr<ProbeRun> &probe)
{
    probe->m_state->stop = [probe] { probe->m_call = Call(); };
    probe->m_call = probe->m_clock.after(0, [weak = probe->weak_from_this()] {
        if (const auto self = weak.lock())
            self->begin();
    });
    return Call(probe->m_state);
}

void ProbeRun::begin()
{
    const Capabilities can = m_gateway.capabilities();
    if (!can.checkOne && !can.checkMany) {
        tell(Failure{Failure::Kind::Unsupported, QStringLiteral("this account cannot check")});
        return;
    }
    if (m_store.time().clockMoved()) {
        tell(Failure{Failure::Kind::ClockMoved, QStringLiteral("the clock is behind what the profile has seen")});
        return;
    }
    std::vector<qint64> numbers = fictionalNumbers(QRandomGenerator::global()->generate());
    for (int i = 0; i < draws && isStopped(m_store.stops(), numbers); ++i)
        numbers = fictionalNumbers(QRandomGenerator::global()->generate());
    std::vector<AliasKey> aliases;
    for (const qint64 number : numbers) {
        m_waiting.push_back({number, 0});
        aliases.emplace_back(number);
    }
    const Account &account = m_gateway.account();
    m_call = m_store.runs().bookChecks(
        account.id, aliases, account.budget, [weak = weak_from_this()](const Result<std::vector<qint64>> &bookings) {
            if (const auto self = weak.lock())
                self->booked(bookings);
        });
}

void ProbeRun::booked(const Result<std::vector<qint64>> &bookings)
{
    if (!bookings) {
        tell(bookings.failure());
        return;
    }
    for (size_t i = 0; i < m_waiting.size() && i < bookings->size(); ++i)
        m_waiting[i].booking = (*bookings)[i];
    next();
}

void ProbeRun::next()
{
    if (m_waiting.empty() || std::any_of(m_answers.begin(), m_answers.end(), calledValid)) {
        end(judgeProbe(m_answers));
        return;
    }
    const Capabilities can = m_gateway.capabilities();
    const size_t batch = can.checkMany ? size_t(std::max(can.checkBatch, 1)) : 1;
    std::vector<QString> inputs;
    for (m_inTheAir.clear(); !m_waiting.empty() && inputs.size() < batch; m_waiting.pop_front()) {
        m_inTheAir.push_back(m_waiting.front());
        inputs.push_back(u'+' + QString::number(m_waiting.front().number));
    }
    CheckOptions options;
    options.forceCheck = options.wait = true; // the node's cache may be older than the node
    options.repeat = false; // each attempt would have to be booked
    m_call = m_gateway.check(
        inputs, options,
        [weak = weak_from_this()](const Result<CheckReply> &reply) {
            if (const auto self = weak.lock())
                self->answered(reply);
        },
        [weak = weak_from_this()] {
            const auto self = weak.lock();
            return self && self->mayLeave();
        });
}

bool ProbeRun::mayLeave() const
{
    const auto stopped = [this](const Asked &asked) { return m_store.stops().contains(AliasKey(asked.number)); };
    return std::none_of(m_inTheAir.begin(), m_inTheAir.end(), stopped) && (!m_mayLeave || m_mayLeave());
}

void ProbeRun::answered(const Result<CheckReply> &reply)
{
    if (reply) {
        m_answers.insert(m_answers.end(), reply->numbers.begin(), reply->numbers.end());
        next();
        return;
    }
    if (tookNothing(reply.failure()))
        m_waiting.insert(m_waiting.end(), m_inTheAir.begin(), m_inTheAir.end());
    end(reply.failure());
}

void ProbeRun::end(const Result<Outcome> &outcome)
{
    if (m_waiting.empty()) {
        tell(outcome);
        return;
    }
    std::vector<qint64> bookings;
    for (const Asked &asked : m_waiting)
        bookings.push_back(asked.booking);
    m_call = m_store.runs().giveBack(bookings, [weak = weak_from_this(), outcome](const Done &) {
        if (const auto self = weak.lock())
            self->tell(outcome); // a booking that could not be taken back only overcounts
    });
}

void ProbeRun::tell(const Result<Outcome> &outcome)
{
    if (!std::exchange(m_state->open, false))
        return;
    const auto alive = shared_from_this();
    m_state->stop = nullptr;
    m_then(outcome);
}

} // namespace rollcall
