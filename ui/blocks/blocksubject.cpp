// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/blocksubject.h"

#include "models/store/blocks.h"
#include "models/store/store.h"

#include <unordered_set>

namespace rollcall {

namespace {

class Gathering {
public:
    explicit Gathering(BlockChoice choice) { m_subject.choice = std::move(choice); }
    void add(PersonId person, AliasKey alias, bool doNotContact, ConsentState consent)
    {
        const bool optedOut = consent == ConsentState::OptOut;
        m_subject.doNotContact += doNotContact ? 1 : 0;
        m_subject.optedOut += optedOut ? 1 : 0;
        if (!person.isNull() && m_people.insert(person).second) {
            m_subject.people.push_back(person);
            if (!optedOut)
                m_subject.notOptedOut.push_back(person);
        }
        if (!alias.isNull() && m_aliases.insert(alias).second)
            m_subject.aliases.push_back(alias);
        ++m_subject.total;
    }
    void addAccount(AccountId account) { m_subject.at.insert(account); }
    BlockSubject take() { return std::move(m_subject); }

private:
    BlockSubject m_subject;
    std::unordered_set<PersonId> m_people;
    std::unordered_set<AliasKey> m_aliases;
};

std::function<void(Result<std::vector<BlockCandidate>>)> fromCandidates(
    BlockChoice choice, std::function<void(Result<BlockSubject>)> then)
{
    return
        [choice = std::move(choice), then = std::move(then)](Result<std::vector<BlockCandidate>> candidates) mutable {
            if (!candidates)
                return then(candidates.failure());
            Gathering gathering(std::move(choice));
            for (const BlockCandidate &one : *candidates)
                gathering.add(one.person, one.alias, one.doNotContact, one.consent);
            then(gathering.take());
        };
}

} // namespace

Call lookUpSubject(Store &store, const BlockTarget &target, std::function<void(Result<BlockSubject>)> then)
{
    BlockChoice choice;
    choice.people = target.people;
    choice.entries = target.entries;
    if (!target.people.empty())
        return store.blocks().candidates(target.people, {}, fromCandidates(std::move(choice), std::move(then)));
    return store.blocks().rows(target.entries,
        [choice = std::move(choice), then = std::move(then)](Result<std::vector<BlockRow>> rows) mutable {
            if (!rows)
                return then(rows.failure());
            Gathering gathering(std::move(choice));
            for (const BlockRow &row : *rows) {
                gathering.add(row.person, row.entry.alias, row.doNotContact, row.consent);
                gathering.addAccount(row.entry.account);
            }
            then(gathering.take());
        });
}

Call lookUpSubject(
    Store &store, const std::vector<PhoneNumber> &numbers, std::function<void(Result<BlockSubject>)> then)
{
    BlockChoice choice;
    choice.numbers = numbers;
    return store.blocks().numberCandidates(numbers, {}, fromCandidates(std::move(choice), std::move(then)));
}

} // namespace rollcall
