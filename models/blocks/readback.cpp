// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/readback.h"

#include "models/base/worker.h"
#include "models/store/store.h"

#include <algorithm>
#include <memory>

namespace rollcall {

namespace {

/// One reading back, step by step; lives in the Call that it gave out.
class ReadingBack final : public std::enable_shared_from_this<ReadingBack> {
public:
    ReadingBack(
        Store &store, Clock &clock, Blocker blocker, ReadBackAsk ask, std::function<void(Result<ReadBackResult>)> then)
        : m_store(store)
        , m_clock(clock)
        , m_blocker(std::move(blocker))
        , m_ask(std::move(ask))
        , m_then(std::move(then))
    {
    }
    static Call start(const std::shared_ptr<ReadingBack> &reading)
    {
        auto state = std::make_shared<Call::State>();
        state->stop = [reading] { reading->m_step = Call(); };
        reading->m_state = state;
        reading->begin();
        return Call(state);
    }

private:
    struct Contact {
        AliasKey alias = {};
        QString ask = {};
    };

    /// Stored times never run backwards, so neither does what they are compared with.
    [[nodiscard]] qint64 nowMs() const { return std::max(m_clock.now().wallMs, m_store.time().latestSeenMs); }
    /// `member` with the Result of a step, unless it was dropped meanwhile.
    template <class T> std::function<void(Result<T>)> step(void (ReadingBack::*member)(Result<T>))
    {
        return [weak = weak_from_this(), member](Result<T> result) {
            if (const auto self = weak.lock())
                (self.get()->*member)(std::move(result));
        };
    }

    void begin()
    {
        if (m_blocker.list.canRead())
            m_step = m_store.blocks().toReadBack(m_ask.account, m_ask.run, step(&ReadingBack::gotItems));
        else
            m_step = m_clock.after(0, [weak = weak_from_this()] {
                if (const auto self = weak.lock())
                    self->finish(
                        Failure{.kind = Failure::Kind::Unsupported, .detail = QStringLiteral("cannot be read back")});
            });
    }
    void gotItems(Result<std::vector<OperationItem>> items)
    {
        if (!items)
            return finish(items.failure());
        if (items->empty() && !m_ask.whole)
            return finish(ReadBackResult{});
        qint64 lastUnknownMs = 0;
        for (const OperationItem &item : *items) {
            if (!m_blocker.list.page) // only who is asked about one by one
                m_contacts.push_back({item.alias, item.ask});
            if (item.state == OperationState::Unknown)
                lastUnknownMs = std::max(lastUnknownMs, item.sentMs);
        }
        letGo(*std::move(items));
        const qint64 wait = std::clamp<qint64>(
            lastUnknownMs + m_blocker.writeDeadlineMs - nowMs() + 1, 0, m_blocker.writeDeadlineMs + 1);
        if (lastUnknownMs == 0 || wait == 0)
            return read();
        if (m_ask.waiting)
            m_ask.waiting(m_clock.now().wallMs + wait);
        m_step = m_clock.after(wait, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) {
                if (self->m_ask.waiting)
                    self->m_ask.waiting(0);
                self->read();
            }
        });
    }
    void read()
    {
        m_startedMs = nowMs();
        if (m_blocker.list.page)
            m_step = readServerList(m_blocker.list, m_clock, {}, step(&ReadingBack::gotList));
        else if (m_ask.whole)
            m_step = m_store.blocks().entries(m_ask.account, step(&ReadingBack::gotEntries));
        else
            tellNext();
    }
    void gotList(Result<ServerList> list)
    {
        if (!list)
            return finish(list.failure());
        m_result.restarts = list->restarts;
        Blocks::Read read;
        read.account = m_ask.account;
        read.rows = std::move(list->rows);
        read.startedMs = std::max(m_startedMs, list->startedMs);
        read.endedMs = nowMs();
        read.deadlineMs = m_blocker.writeDeadlineMs;
        read.run = m_ask.run;
        m_step = m_store.blocks().storeRead(std::move(read), step(&ReadingBack::stored));
    }
    void gotEntries(Result<std::vector<BlockEntry>> entries)
    {
        if (!entries)
            return finish(entries.failure());
        m_contacts.clear();
        for (const BlockEntry &entry : *entries) {
            if (entry.alias.value() > 0)
                m_contacts.push_back({entry.alias, u'+' + QString::number(entry.alias.value())});
        }
        tellNext();
    }
    void tellNext()
    {
        if (m_next == m_contacts.size())
            return storeTold();
        m_step = m_blocker.list.tell(m_contacts[m_next].ask, step(&ReadingBack::told));
    }
    void told(Result<std::optional<bool>> said)
    {
        if (!said) {
            // What was told so far counts; the rest stays as it is.
            m_trouble = said.failure();
            return storeTold();
        }
        if (*said)
            m_told.push_back({m_contacts[m_next].alias, **said});
        ++m_next;
        tellNext();
    }
    void storeTold()
    {
        if (m_told.empty() && m_trouble)
            return finish(*m_trouble);
        Blocks::Told told;
        told.account = m_ask.account;
        told.contacts = m_told;
        told.startedMs = m_startedMs;
        told.deadlineMs = m_blocker.writeDeadlineMs;
        told.run = m_ask.run;
        m_step = m_store.blocks().storeTold(told, step(&ReadingBack::stored));
    }
    void stored(Result<BlockReadReport> report)
    {
        if (!report || m_trouble)
            return finish(report ? *m_trouble : report.failure());
        m_result.report = *std::move(report);
        finish(std::move(m_result));
    }
    void finish(Result<ReadBackResult> result)
    {
        const auto alive = shared_from_this();
        if (!std::exchange(m_state->open, false))
            return;
        m_state->stop = nullptr;
        const auto then = std::exchange(m_then, nullptr);
        then(std::move(result));
    }

    Store &m_store;
    Clock &m_clock;
    const Blocker m_blocker;
    const ReadBackAsk m_ask;
    std::function<void(Result<ReadBackResult>)> m_then;
    std::shared_ptr<Call::State> m_state;
    std::vector<Contact> m_contacts;
    std::vector<ToldBlock> m_told;
    std::size_t m_next = 0;
    qint64 m_startedMs = 0;
    std::optional<Failure> m_trouble;
    ReadBackResult m_result;
    Call m_step;
};

} // namespace

Call readBack(Store &store, Clock &clock, const Blocker &blocker, ReadBackAsk ask,
    std::function<void(Result<ReadBackResult>)> then)
{
    return ReadingBack::start(std::make_shared<ReadingBack>(store, clock, blocker, std::move(ask), std::move(then)));
}

} // namespace rollcall
