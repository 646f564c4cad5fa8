// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blocklist.h"

#include "models/domain/serverindex.h"

#include <memory>
#include <unordered_set>

namespace rollcall {

namespace {

constexpr int listChanged = 139102;
constexpr qint64 restartPauseMs = 1'000; // a little longer each time

Failure doubtful(const QString &detail)
{
    return {.kind = Failure::Kind::BadReply, .detail = detail};
}

/// One reading of a whole list; lives in the Call that it gave out.
class ListReading final : public std::enable_shared_from_this<ListReading> {
public:
    ListReading(ListSource source, Clock &clock, std::function<void(qint64)> progress,
        std::function<void(Result<ServerList>)> then)
        : m_source(std::move(source))
        , m_clock(clock)
        , m_progress(std::move(progress))
        , m_then(std::move(then))
    {
    }

    static Call start(const std::shared_ptr<ListReading> &reading)
    {
        auto state = std::make_shared<Call::State>();
        state->stop = [reading] { reading->m_step = Call(); };
        reading->m_state = state;
        reading->restart();
        return Call(state);
    }

private:
    void restart()
    {
        const int restarts = m_list.restarts;
        m_list = {};
        m_list.restarts = restarts;
        m_list.startedMs = m_clock.now().wallMs;
        m_met.clear();
        m_cursors.clear();
        ask({});
    }
    void ask(const QString &cursor)
    {
        m_cursors.insert(cursor);
        m_step = m_source.page({cursor, m_source.pageSize}, [weak = weak_from_this()](Result<BlockedPage> page) {
            if (const auto self = weak.lock())
                self->got(std::move(page));
        });
    }
    void got(Result<BlockedPage> page)
    {
        if (!page) {
            failed(page.failure());
            return;
        }
        ++m_list.pages;
        bool news = false;
        for (const BlockedRow &row : page->rows)
            news = take(row) || news;
        if (m_progress)
            m_progress(qint64(m_list.rows.size()));
        // Meta's own example gives the cursor of a page as the one to go on with: asked twice, it is the end. But a
        // whole page that brought nothing new says that the cursor is not looked at, and there may be more.
        const bool isFull = qint64(page->rows.size()) >= m_source.pageSize;
        const bool again = m_cursors.contains(page->next);
        if (isFull && !news && !page->rows.empty() && !page->next.isEmpty())
            finish(doubtful(QStringLiteral("the same page came again")));
        else if (page->next.isEmpty() || page->rows.empty() || (again && !isFull))
            done();
        else if (again)
            finish(doubtful(QStringLiteral("a cursor came again")));
        else if (m_list.pages >= mostListPages)
            finish(doubtful(QStringLiteral("more than %1 pages").arg(mostListPages)));
        else
            ask(page->next);
    }
    bool take(const BlockedRow &row)
    {
        const QString key = row.waId.isEmpty() ? QString(u'#' + row.userId) : row.waId;
        if ((row.waId.isEmpty() && row.userId.isEmpty()) || !m_met.insert(key).second)
            return false;
        m_list.rows.push_back({AliasKey(waIdDigits(row.waId)), row.waId, row.userId});
        return true;
    }
    void failed(const Failure &failure)
    {
        if (failure.kind != Failure::Kind::Refused || failure.code != listChanged
            || m_list.restarts >= mostListRestarts) {
            finish(failure);
            return;
        }
        ++m_list.restarts;
        m_step = m_clock.after(restartPauseMs * m_list.restarts, [weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->restart();
        });
    }
    void done()
    {
        m_list.endedMs = m_clock.now().wallMs;
        finish(std::move(m_list));
    }
    void finish(Result<ServerList> result)
    {
        const auto alive = shared_from_this();
        if (!std::exchange(m_state->open, false))
            return;
        m_state->stop = nullptr;
        const auto then = std::exchange(m_then, nullptr);
        then(std::move(result));
    }

    const ListSource m_source;
    Clock &m_clock;
    std::function<void(qint64)> m_progress;
    std::function<void(Result<ServerList>)> m_then;
    std::shared_ptr<Call::State> m_state;
    ServerList m_list;
    std::unordered_set<QString> m_met;
    std::unordered_set<QString> m_cursors;
    Call m_step;
};

} // namespace

Call readServerList(const ListSource &source, Clock &clock, std::function<void(qint64)> progress,
    std::function<void(Result<ServerList>)> then)
{
    if (!source.page)
        return clock.after(0, [then = std::move(then)] {
            then(Failure{.kind = Failure::Kind::Unsupported, .detail = QStringLiteral("no list of blocked people")});
        });
    return ListReading::start(std::make_shared<ListReading>(source, clock, std::move(progress), std::move(then)));
}

} // namespace rollcall
