// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/blocks.h"
#include "models/store/journal.h"
#include "tests/support/temporarystore.h"

namespace rollcall::tests {

inline constexpr qint64 first = 447700900000;
inline constexpr qint64 deadline = 30'000;

inline OperationItem itemFor(qint64 number, PersonId person = {})
{
    OperationItem item;
    item.alias = AliasKey(number);
    item.person = person;
    item.ask = u'+' + QString::number(number);
    return item;
}

inline std::vector<OperationItem> itemsFor(int count)
{
    std::vector<OperationItem> items;
    items.reserve(std::size_t(count));
    for (int i = 0; i < count; ++i)
        items.push_back(itemFor(first + i));
    return items;
}

inline QString digits(qint64 number)
{
    return QString::number(number);
}

/// The block ledger on a real store, and what tests ask of it.
class LedgerPlace : public QObject {
public:
    std::unique_ptr<TemporaryStore> m_store;
    AccountId m_account;

    Blocks &blocks() { return (*m_store)->blocks(); }
    OperationOrder order(OperationKind kind = OperationKind::Block) const
    {
        OperationOrder order;
        order.account = m_account;
        order.kind = kind;
        order.reason = QStringLiteral("spam");
        order.note = QStringLiteral("a note");
        return order;
    }
    RunId start(const std::vector<OperationItem> &items, const OperationOrder &wanted)
    {
        return *await<RunId>([&](auto then) { return blocks().start(wanted, items, then); });
    }
    RunId start(int count, OperationKind kind = OperationKind::Block) { return start(itemsFor(count), order(kind)); }
    std::vector<OperationItem> items(RunId run)
    {
        return *await<std::vector<OperationItem>>([&](auto then) { return blocks().items(run, then); });
    }
    std::vector<OperationItem> next(RunId run, int limit = 100)
    {
        return *await<std::vector<OperationItem>>([&](auto then) { return blocks().nextItems(run, limit, then); });
    }
    std::vector<OperationItem> send(RunId run, const std::vector<OperationItem> &which)
    {
        std::vector<OperationId> ids;
        ids.reserve(which.size());
        for (const OperationItem &item : which)
            ids.push_back(item.id);
        return *await<std::vector<OperationItem>>([&](auto then) { return blocks().send(run, ids, then); });
    }
    Done answer(RunId run, const std::vector<OperationAnswer> &answers)
    {
        return await<Nothing>([&](auto then) { return blocks().answer(run, answers, then); });
    }
    /// Sends everything of the run and answers all of it alike.
    void finish(RunId run, OperationState state, int code = 0, const QString &why = {})
    {
        std::vector<OperationAnswer> answers;
        for (const OperationItem &item : send(run, next(run, 1'000)))
            answers.push_back({.operation = item.id, .state = state, .code = code, .why = why});
        QVERIFY(answer(run, answers));
    }
    OperationRun run(RunId id)
    {
        return *await<OperationRun>([&](auto then) { return blocks().run(id, then); });
    }
    std::vector<BlockEntry> ledger()
    {
        return *await<std::vector<BlockEntry>>([&](auto then) { return blocks().entries(m_account, then); });
    }
    BlockEntry entry(qint64 number)
    {
        for (const BlockEntry &entry : ledger()) {
            if (entry.alias.value() == number)
                return entry;
        }
        return {};
    }
    BlockReadReport read(const std::vector<qint64> &numbers, RunId byRun = {})
    {
        Blocks::Read read;
        read.account = m_account;
        read.startedMs = m_store->clock.now().wallMs;
        m_store->clock.advance(10);
        read.endedMs = m_store->clock.now().wallMs;
        read.deadlineMs = deadline;
        read.run = byRun;
        for (const qint64 number : numbers)
            read.rows.push_back({AliasKey(), digits(number), {}});
        const auto report = await<BlockReadReport>([&](auto then) { return blocks().storeRead(read, then); });
        return report ? *report : BlockReadReport{};
    }
    qint64 shown(BlockView view)
    {
        BlockFilter filter;
        filter.view = view;
        filter.account = m_account;
        const auto ids = *await<std::vector<BlockId>>([&](auto then) { return blocks().spine(filter, {}, then); });
        const auto counts
            = *await<std::map<BlockView, qint64>>([&](auto then) { return blocks().counts(m_account, then); });
        return counts.at(view) == qint64(ids.size()) ? qint64(ids.size()) : -1;
    }
    std::vector<JournalEntry> journal(const QString &act)
    {
        const auto seqs = *await<std::vector<qint64>>([&](auto then) { return (*m_store)->journal().list({}, then); });
        const auto rows
            = *await<std::vector<JournalEntry>>([&](auto then) { return (*m_store)->journal().rows(seqs, then); });
        std::vector<JournalEntry> found;
        std::copy_if(rows.begin(), rows.end(), std::back_inserter(found),
            [&](const JournalEntry &row) { return row.act == act; });
        return found;
    }

    void begin()
    {
        m_store = std::make_unique<TemporaryStore>();
        m_account = m_store->account();
    }
    void end() { m_store.reset(); }
};

} // namespace rollcall::tests
