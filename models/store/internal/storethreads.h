// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"
#include "models/domain/journalentry.h"
#include "models/domain/verdict.h"
#include "models/store/internal/connection.h"
#include "models/store/internal/journalchain.h"
#include "models/store/store.h"

#include <QObject>
#include <QThread>
#include <atomic>
#include <functional>
#include <memory>

namespace rollcall {

/// Who asked and when: taken on the calling thread, at the command.
struct Asked {
    Instant now = {};
    QString by = {};
};

/// One writing unit: a BEGIN IMMEDIATE transaction on the writer thread. Internal to models/store.
struct Writing {
    Connection &db;
    Asked asked = {};
    qint64 wallMs = 0; ///< now, but never less than the latest wall time this profile has seen
    qint64 latestBeforeMs = 0; ///< that latest time, before this unit
    qint64 changeNumber = 0; ///< meta.change of this unit
    qint64 boot = 0; ///< row of boots
    Change change = {}; ///< what is told after the commit
    std::optional<JournalHead> head = {};
    std::vector<AliasKey> stopped = {}; ///< new stops, for the set in memory
    std::vector<AliasKey> lifted = {};

    BatchId startBatch(const QString &act, qint64 people, bool canUndo = true);
    /// Appends; seq, time, operator, digest and hash are filled in here.
    void journal(JournalEntry entry);
};

/// The writer, the reader and a helper thread. Work is posted as a function; its answer comes back to the thread that
/// made this object. Posted writes are always carried out, in order, also when their Call is dropped: only the answer
/// is silenced then. Dropped reads are skipped or interrupted. Internal to models/store.
class StoreThreads final : public QObject {
    Q_OBJECT
public:
    template <class T> using Then = std::function<void(Result<T>)>;
    enum class Lane { Writer, Reader, Helper };

    StoreThreads(QString folder, const Clock &clock);
    ~StoreThreads() override; ///< carries out what was posted, then closes the reader and last the writer

    /// Opens both connections and makes the file newest (waits for it). Failure: as Store::open().
    Done open(OpenReport &report, bool immutable, bool forceSlow);

    template <class T> Call read(std::function<T(Connection &, const TimeView &)> work, Then<T> then)
    {
        return sliced<T>(
            [work = std::move(work)](Connection &db, const TimeView &time, T &value) {
                value = work(db, time);
                return false;
            },
            std::move(then));
    }
    /// A long read in slices, so that windows are read in between. `slice` is called until it returns false.
    template <class T> Call sliced(std::function<bool(Connection &, const TimeView &, T &)> slice, Then<T> then)
    {
        auto answer = std::make_shared<Result<T>>(T{});
        auto job = newJob();
        job->work = [this, slice = std::move(slice), answer, time = time(), raw = job.get()](Connection *db) {
            bool more = false;
            const Done done = snapshot(*db, *raw, [&](Connection &inside) { more = slice(inside, time, **answer); });
            if (!done)
                *answer = done.failure();
            return !done || !more;
        };
        job->answer = [answer, then = std::move(then)] { then(std::move(*answer)); };
        return submit(Lane::Reader, std::move(job));
    }
    /// One transaction; whatever `work` answers with a Failure is rolled back.
    template <class T> Call write(std::function<Result<T>(Writing &)> work, Then<T> then)
    {
        return writeJob<T>(
            [this, work = std::move(work)](Connection &db, const Asked &asked) {
                std::optional<T> value;
                const Done done = transaction(db, asked, [&](Writing &writing) -> Done {
                    Result<T> result = work(writing);
                    if (!result)
                        return result.failure();
                    value.emplace(*std::move(result));
                    return Nothing{};
                });
                return done ? Result<T>(*std::move(value)) : Result<T>(done.failure());
            },
            std::move(then));
    }
    /// Work on the writer that opens its transaction() itself (something has to happen before or after it).
    template <class T> Call writeJob(std::function<Result<T>(Connection &, const Asked &)> work, Then<T> then)
    {
        auto answer = std::make_shared<std::optional<Result<T>>>();
        auto job = newJob();
        job->evenIfDropped = true;
        job->work = [this, work = std::move(work), answer, asked = asked()](Connection *db) {
            // A profile that was opened read-only has no writer.
            if (db)
                answer->emplace(work(*db, asked));
            else
                answer->emplace(writeRefusal().value_or(Failure{.kind = Failure::Kind::ReadOnly}));
            return true;
        };
        job->answer = [answer, then = std::move(then)] { then(std::move(**answer)); };
        return submit(Lane::Writer, std::move(job));
    }
    /// Work on the helper thread, which has no connection of its own.
    template <class T> Call help(std::function<Result<T>(const Asked &)> work, Then<T> then)
    {
        auto answer = std::make_shared<std::optional<Result<T>>>();
        auto job = newJob();
        job->work = [work = std::move(work), answer, asked = asked()](Connection *) {
            answer->emplace(work(asked));
            return true;
        };
        job->answer = [answer, then = std::move(then)] {
            if (*answer)
                then(std::move(**answer));
        };
        return submit(Lane::Helper, std::move(job));
    }

    /// Runs the unit, writes the journal head and tells what changed. Writer thread.
    Done transaction(Connection &db, const Asked &asked, const std::function<Done(Writing &)> &work);
    /// A consistent read; not interrupted by anybody. Any thread that owns `db`.
    void toHome(std::function<void()> what); ///< runs it on the thread of this object, unless that is gone

    [[nodiscard]] TimeView time() const; ///< home thread
    void setLatestSeen(qint64 wallMs) { m_latestSeen = wallMs; }
    [[nodiscard]] Asked asked() const { return {m_clock.now(), m_operator}; }
    void setOperator(const QString &name) { m_operator = name; }
    void setChecked(bool on) { m_checked = on; }
    [[nodiscard]] bool checked() const { return m_checked; }
    void stopWriting(const Failure &failure); ///< any thread
    /// Why nothing can be written now; nothing = go ahead. Any thread.
    [[nodiscard]] std::optional<Failure> writeRefusal() const;
    [[nodiscard]] const QString &folder() const { return m_folder; }
    [[nodiscard]] QString file() const;
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    /// The store is being closed: long work of the helper gives up. Any thread.
    [[nodiscard]] bool isClosing() const { return m_closing; }
    [[nodiscard]] bool isBroken() const { return m_broken; }
    [[nodiscard]] bool isReadOnly() const { return m_readOnly; }
    [[nodiscard]] Connection::Mode readMode() const { return m_readMode; }
    /// False when the journal's end did not fit its head at opening: then the head is left as it is, as evidence.
    [[nodiscard]] bool headSound() const { return m_headSound; }

signals:
    void changed(const rollcall::Change &change);
    void erasing(); ///< next: what is handed over in a slot of this is written before
    void broken(const rollcall::Failure &failure);
    void stopped(const std::vector<rollcall::AliasKey> &aliases); ///< committed
    void lifted(const std::vector<rollcall::AliasKey> &aliases); ///< committed

private:
    struct Job {
        std::shared_ptr<Call::State> state = std::make_shared<Call::State>();
        std::atomic<bool> dropped = false;
        bool evenIfDropped = false;
        std::function<bool(Connection *)> work; ///< false = there is more: post again
        std::function<void()> answer;
    };
    struct Worker {
        QThread thread;
        QObject object;
        std::unique_ptr<Connection> db;
    };
    [[nodiscard]] std::shared_ptr<Job> newJob() const { return std::make_shared<Job>(); }
    Call submit(Lane lane, std::shared_ptr<Job> job);
    void run(Worker &worker, std::shared_ptr<Job> job);
    Done snapshot(Connection &db, const Job &job, const std::function<void(Connection &)> &work);
    Worker &workerOf(Lane lane) { return lane == Lane::Writer ? m_writer : lane == Lane::Reader ? m_reader : m_helper; }
    Done openOn(Worker &worker, const std::function<Done(Worker &)> &work);
    Done makeNewest(Connection &db, OpenReport &report);
    Done beginUnit(Writing &writing);
    void settleHead(Connection &db);
    void close(Worker &worker);

    const QString m_folder;
    const Clock &m_clock;
    QString m_operator;
    Worker m_writer;
    Worker m_reader;
    Worker m_helper;
    std::atomic<qint64> m_latestSeen = 0;
    std::atomic<bool> m_checked = false;
    std::atomic<bool> m_closing = false;
    std::atomic<bool> m_broken = false;
    std::atomic<bool> m_readOnly = false;
    std::atomic<bool> m_headSound = true;
    Connection::Mode m_readMode = Connection::Mode::Read;
};

} // namespace rollcall
