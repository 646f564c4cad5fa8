// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/blocks/blockrun.h"

#include <QString>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <vector>

namespace rollcall::tests {

/// A gateway's block list without sockets: answers each write as scripted, keeps a ledger of what arrived, and hands
/// itself out as the Blocker of a run. Answers come after `answerMs` of the clock.
class BlockServer final {
public:
    enum class Act {
        Take, ///< does it, per person as `refuse` says
        Lose, ///< arrives and is done; the answer does not come back (OutcomeUnknown)
        Swallow, ///< never arrives; the client cannot know (OutcomeUnknown)
        Fail, ///< answers `failure`, nothing is done
        Silent, ///< arrives and is done; never answers at all
    };
    struct Script {
        Act act = Act::Take;
        Failure failure = {};
    };
    struct Entry {
        bool block = true;
        std::vector<QString> people = {};
    };

    explicit BlockServer(Clock &clock)
        : m_clock(clock)
    {
        can.block = can.listBlocked = can.report = true;
        can.blockBatch = 1000;
        can.pageSize = 100;
    }

    [[nodiscard]] Blocker blocker()
    {
        Blocker blocker;
        blocker.capabilities = can;
        blocker.block = [this](const auto &people, auto then, auto mayLeave) {
            return write(true, people, std::move(then), std::move(mayLeave));
        };
        blocker.unblock = [this](const auto &people, auto then, auto mayLeave) {
            return write(false, people, std::move(then), std::move(mayLeave));
        };
        blocker.readyInMs = [this] {
            if (onReady)
                onReady();
            return qint64(0);
        };
        blocker.list.pageSize = can.pageSize;
        if (can.listBlocked)
            blocker.list.page = [this](const PageAsk &ask, auto then) { return page(ask, std::move(then)); };
        else if (can.tellBlocked)
            blocker.list.tell = [this](const QString &who, auto then) { return tell(who, std::move(then)); };
        return blocker;
    }
    void next(Act act, const Failure &failure = {}) { script.push_back({act, failure}); }
    /// Deliveries that named this person, of one kind.
    [[nodiscard]] int times(const QString &person, bool block = true) const
    {
        int count = 0;
        for (const Entry &entry : ledger)
            count += entry.block == block && std::count(entry.people.begin(), entry.people.end(), person);
        return count;
    }

    Capabilities can;
    std::set<QString> list; ///< digits
    std::vector<Entry> ledger; ///< every write that arrived
    std::deque<Script> script; ///< for the next writes; Take when empty
    std::set<QString> refuse; ///< "+digits" who is refused with 131047
    std::set<QString> throttle; ///< "+digits" whose row says 130429, once
    std::optional<std::chrono::seconds> pause; ///< told with such an answer
    std::size_t most = 64'000; ///< beyond it: 139101
    std::optional<Failure> listFailure; ///< what reading answers
    std::function<void()> onReady;
    std::function<void()> onArrived;
    qint64 answerMs = 100;
    int inFlight = 0;
    int mostInFlight = 0;
    int reads = 0;

private:
    Call write(bool block, const std::vector<QString> &people, Blocker::Then then, const Blocker::MayLeave &mayLeave)
    {
        if (!mayLeave())
            return m_clock.after(0, [then = std::move(then)] { then(Failure{.kind = Failure::Kind::Cancelled}); });
        Script now;
        if (!script.empty()) {
            now = script.front();
            script.pop_front();
        }
        ++inFlight;
        mostInFlight = std::max(mostInFlight, inFlight);
        Result<BlockReply> reply = now.failure;
        if (now.act != Act::Fail && now.act != Act::Swallow) {
            ledger.push_back({block, people});
            reply = take(block, people);
            if (onArrived)
                onArrived();
        }
        if (now.act == Act::Lose || now.act == Act::Swallow)
            reply = Failure{.kind = Failure::Kind::OutcomeUnknown};
        if (now.act == Act::Silent) {
            --inFlight;
            return Call(std::make_shared<Call::State>());
        }
        return m_clock.after(answerMs, [this, reply, then = std::move(then)] {
            --inFlight;
            then(reply);
        });
    }
    BlockReply take(bool block, const std::vector<QString> &people)
    {
        BlockReply reply;
        for (const QString &person : people) {
            BlockAnswer answer{.input = person, .waId = person.mid(1), .outcome = BlockAnswer::Outcome::Done};
            if (throttle.erase(person) > 0) {
                answer.outcome = BlockAnswer::Outcome::Deferred;
                answer.code = 130429;
                reply.retryAfter = pause;
            } else if (block && (refuse.contains(person) || list.size() >= most)) {
                answer.outcome = BlockAnswer::Outcome::Refused;
                answer.code = refuse.contains(person) ? 131047 : 139101;
            } else if (block) {
                list.insert(person.mid(1));
            } else {
                list.erase(person.mid(1));
            }
            reply.people.push_back(answer);
        }
        return reply;
    }
    Call page(const PageAsk &ask, std::function<void(Result<BlockedPage>)> then)
    {
        ++reads;
        Result<BlockedPage> answer = BlockedPage{};
        if (listFailure) {
            answer = *listFailure;
        } else {
            auto at = ask.cursor.isEmpty() ? list.begin() : list.upper_bound(ask.cursor);
            for (; at != list.end() && int(answer->rows.size()) < ask.limit; ++at)
                answer->rows.push_back({.waId = *at});
            if (at != list.end())
                answer->next = answer->rows.back().waId;
        }
        return m_clock.after(answerMs, [answer, then = std::move(then)] { then(answer); });
    }
    Call tell(const QString &who, std::function<void(Result<std::optional<bool>>)> then)
    {
        ++reads;
        Result<std::optional<bool>> answer = std::optional<bool>(list.contains(who.mid(1)));
        if (listFailure)
            answer = *listFailure;
        return m_clock.after(answerMs, [answer, then = std::move(then)] { then(answer); });
    }

    Clock &m_clock;
};

} // namespace rollcall::tests
