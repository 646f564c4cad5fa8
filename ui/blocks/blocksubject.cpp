// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/blocksubject.h"

#include "models/base/chain.h"
#include "models/base/worker.h"
#include "models/store/blocks.h"
#include "models/store/store.h"

#include <map>
#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace rollcall {

namespace {

class Gathering {
public:
    explicit Gathering(BlockChoice choice) { m_subject.choice = std::move(choice); }
    void add(PersonId person, AliasKey alias, bool doNotContact, bool optedOut, const QString &reason = {})
    {
        m_subject.doNotContact += doNotContact ? 1 : 0;
        m_subject.optedOut += optedOut ? 1 : 0;
        ReasonGroup &group = m_groups[reason.isEmpty() ? QStringLiteral("other") : reason];
        m_anyReason = m_anyReason || !reason.isEmpty();
        if (!person.isNull() && m_people.insert(person).second) {
            m_subject.people.push_back(person);
            group.people.push_back(person);
            if (optedOut)
                m_subject.whoOptedOut.push_back(person);
        }
        if (!alias.isNull() && m_aliases.insert(alias).second) {
            m_subject.aliases.push_back(alias);
            if (person.isNull())
                m_subject.strangers.push_back(alias);
            group.aliases.push_back(alias);
        }
        ++m_subject.total;
    }
    void addAccount(AccountId account) { m_subject.at.insert(account); }
    BlockSubject take()
    {
        if (m_anyReason)
            for (auto &[reason, group] : m_groups) {
                group.reason = reason;
                m_subject.reasons.push_back(std::move(group));
            }
        return std::move(m_subject);
    }

private:
    BlockSubject m_subject;
    std::map<QString, ReasonGroup> m_groups;
    bool m_anyReason = false;
    std::unordered_set<PersonId> m_people;
    std::unordered_set<AliasKey> m_aliases;
};

using Reasons = std::unordered_map<AliasKey, QString>;

/// Gathered on a worker: a hundred thousand take longer than a window may stand still.
Call gather(std::shared_ptr<Gathering> gathering, std::function<void(Gathering &)> fill,
    std::function<void(Result<BlockSubject>)> then)
{
    return onWorker<BlockSubject>(
        [gathering = std::move(gathering), fill = std::move(fill)] {
            fill(*gathering);
            return gathering->take();
        },
        [then = std::move(then)](BlockSubject subject) { then(std::move(subject)); });
}

std::function<void(Result<std::vector<BlockCandidate>>)> fromCandidates(const Chain &chain, BlockChoice choice,
    std::shared_ptr<const Reasons> reasons, std::function<void(Result<BlockSubject>)> then)
{
    return [chain, choice = std::move(choice), reasons = std::move(reasons), then = std::move(then)](
               Result<std::vector<BlockCandidate>> candidates) mutable {
        if (!candidates) {
            if (chain.close())
                then(candidates.failure());
            return;
        }
        const auto fill = [all = std::make_shared<std::vector<BlockCandidate>>(*std::move(candidates)), reasons](
                              Gathering &gathering) {
            for (const BlockCandidate &one : *all) {
                const auto reason = reasons ? reasons->find(one.alias) : Reasons::const_iterator();
                gathering.add(one.person, one.alias, one.doNotContact, one.optedOut,
                    reasons && reason != reasons->end() ? reason->second : QString());
            }
        };
        chain.next(gather(std::make_shared<Gathering>(std::move(choice)), fill,
            [chain, then = std::move(then)](Result<BlockSubject> subject) {
                if (chain.close())
                    then(std::move(subject));
            }));
    };
}

} // namespace

Call lookUpSubject(Store &store, const BlockTarget &target, std::function<void(Result<BlockSubject>)> then)
{
    BlockChoice choice;
    choice.people = target.people;
    choice.entries = target.entries;
    const Chain chain;
    if (!target.people.empty()) {
        chain.next(store.blocks().candidates(
            target.people, {}, fromCandidates(chain, std::move(choice), nullptr, std::move(then))));
        return chain.call();
    }
    chain.next(store.blocks().rows(target.entries,
        [chain, choice = std::move(choice), then = std::move(then)](Result<std::vector<BlockRow>> rows) mutable {
            if (!rows) {
                if (chain.close())
                    then(rows.failure());
                return;
            }
            const auto fill = [all = std::make_shared<std::vector<BlockRow>>(*std::move(rows))](Gathering &gathering) {
                for (const BlockRow &row : *all) {
                    gathering.add(row.person, row.entry.alias, row.doNotContact, row.optedOut, row.entry.reason);
                    gathering.addAccount(row.entry.account);
                }
            };
            chain.next(gather(std::make_shared<Gathering>(std::move(choice)), fill,
                [chain, then = std::move(then)](Result<BlockSubject> subject) {
                    if (chain.close())
                        then(std::move(subject));
                }));
        }));
    return chain.call();
}

Call lookUpSubject(
    Store &store, const std::vector<PhoneNumber> &numbers, std::function<void(Result<BlockSubject>)> then)
{
    BlockList list;
    list.numbers.reserve(numbers.size());
    for (const PhoneNumber &number : numbers)
        list.numbers.push_back({number, {}});
    return lookUpSubject(store, list, std::move(then));
}

Call lookUpSubject(Store &store, const BlockList &list, std::function<void(Result<BlockSubject>)> then)
{
    BlockChoice choice;
    choice.numbers.reserve(list.numbers.size());
    auto reasons = std::make_shared<Reasons>();
    for (const ListedNumber &one : list.numbers) {
        choice.numbers.push_back(one.number);
        if (!one.reason.isEmpty())
            reasons->emplace(one.number.key(), one.reason);
    }
    const std::vector<PhoneNumber> numbers = choice.numbers;
    const Chain chain;
    chain.next(store.blocks().numberCandidates(
        numbers, {}, fromCandidates(chain, std::move(choice), std::move(reasons), std::move(then))));
    return chain.call();
}

} // namespace rollcall
