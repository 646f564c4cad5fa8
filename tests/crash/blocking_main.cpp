// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of operations without a window, for blocks.py and sends.py: opens a profile's folder with the real models and
// does one thing.
//   rollcall-blocking FOLDER block|unblock|send NUMBER…   goes on with the run that was interrupted, else starts one
//   rollcall-blocking FOLDER told | sent | verify         sent: of messages
//   --gateway ADDRESS --key WORD                     a 360dialog gateway
//   --epoch MS --speed N                             time since EPOCH runs N times as fast
// Every line it prints is an acknowledgement: what it tells is on disk.
#include "models/base/clock.h"
#include "models/blocks/blockrun.h"
#include "models/cards/message.h"
#include "models/cards/sendrun.h"
#include "models/gateways/gateway.h"
#include "models/store/accountbook.h"
#include "models/store/blocks.h"
#include "models/store/journal.h"
#include "models/store/messages.h"
#include "models/store/store.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTimer>
#include <QUrl>
#include <map>
#include <unistd.h>

using namespace rollcall;

namespace {

constexpr int batch = 8; // many moments to be killed at

/// Past the stream buffers at once: what is in a buffer when the program is killed was never said.
void say(const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    if (::write(STDOUT_FILENO, bytes.constData(), static_cast<size_t>(bytes.size())) < 0)
        std::_Exit(3);
}

class FastClock final : public Clock {
public:
    FastClock(qint64 epochMs, int speed)
        : m_epochMs(epochMs)
        , m_speed(speed)
    {
    }
    [[nodiscard]] Instant now() const override
    {
        Instant instant = m_real.now();
        instant.wallMs = m_epochMs + m_speed * (instant.wallMs - m_epochMs);
        instant.monotonicMs *= m_speed;
        return instant;
    }
    Call after(qint64 ms, std::function<void()> then) override { return m_real.after(ms / m_speed, std::move(then)); }

private:
    SystemClock m_real;
    qint64 m_epochMs;
    int m_speed;
};

struct Wish {
    QString folder = {};
    QString command = {};
    QStringList numbers = {};
    QUrl gateway = {};
    QByteArray key = {};
    qint64 epochMs = 0;
    int speed = 1;
    [[nodiscard]] bool sends() const { return command == QLatin1String("send") || command == QLatin1String("sent"); }
};

/// What a run of blocks and one of messages have in common.
struct Machine {
    std::function<void(std::function<void(Result<qint64>)>)> recover = {};
    std::function<void(RunId)> resume = {};
    std::function<std::vector<OperationProgress>()> active = {};
    std::function<Call(std::function<void(Result<std::vector<OperationRun>>)>)> runs = {};
};

class Blocking final : public QObject {
public:
    explicit Blocking(Wish wish)
        : m_wish(std::move(wish))
        , m_clock(m_wish.epochMs, m_wish.speed)
    {
    }

    void begin()
    {
        auto opened = Store::open(m_wish.folder, m_clock);
        if (failed(opened))
            return;
        m_store = std::move(*opened);
        m_store->setOperator(QStringLiteral("crash trial"));
        const bool thorough = m_wish.command == QLatin1String("verify");
        m_call = m_store->checkFile(thorough, [this, thorough](const Done &done) {
            if (failed(done))
                return;
            if (thorough)
                return verify();
            makeRunner();
        });
    }

private:
    template <class T> bool failed(const Result<T> &result)
    {
        if (!result)
            end(1, QStringLiteral("failed %1 %2").arg(int(result.failure().kind)).arg(result.failure().detail));
        return !result;
    }
    void end(int code, const QString &line)
    {
        say(line);
        QCoreApplication::exit(code);
    }
    void verify()
    {
        say(QStringLiteral("integrity ok"));
        m_call = m_store->journal().verify([this](const Result<ChainReport> &report) {
            if (failed(report))
                return;
            if (!report->sound)
                return end(1, QStringLiteral("journal broken at %1").arg(report->firstBroken));
            end(0, QStringLiteral("journal sound entries=%1").arg(report->entries));
        });
    }
    std::optional<Blocker> blocker()
    {
        Blocker blocker;
        blocker.capabilities = m_gateway->capabilities();
        blocker.capabilities.blockBatch = batch;
        blocker.block = [this](const auto &people, auto then, auto mayLeave) {
            return m_gateway->block(people, std::move(then), std::move(mayLeave));
        };
        blocker.unblock = [this](const auto &people, auto then, auto mayLeave) {
            return m_gateway->unblock(people, std::move(then), std::move(mayLeave));
        };
        blocker.readyInMs = [this] { return m_gateway->readyInMs(); };
        blocker.list.page = [this](const PageAsk &ask, auto then) { return m_gateway->blocked(ask, std::move(then)); };
        return blocker;
    }
    void makeRunner()
    {
        Account account;
        account.id = AccountId(1);
        account.name = QStringLiteral("trial");
        account.kind = GatewayKind::Dialog360;
        account.address = m_wish.gateway;
        const auto credentials = [this](std::function<void(Result<Credentials>)> then) {
            return m_clock.after(0, [this, then = std::move(then)] {
                Credentials mine;
                mine.token = Secret(m_wish.key);
                then(mine);
            });
        };
        m_gateway = std::make_unique<Gateway>(account, credentials, m_clock);
        if (m_wish.sends())
            makeSends();
        else
            makeBlocks();
        connect(m_store.get(), &Store::changed, this, [this](const Change &change) {
            if ((change.kinds & (Change::BlocksChanged | Change::MessagesChanged)) != 0)
                tell();
        });
        m_machine.recover([this](const Result<qint64> &unknown) {
            if (failed(unknown))
                return;
            say(QStringLiteral("recovered unknown=%1").arg(*unknown));
            if (m_wish.command == QLatin1String("told") || m_wish.command == QLatin1String("sent")) {
                m_ending = QStringLiteral("told");
                return tell();
            }
            goOn();
        });
    }
    template <class Runner> void follow(Runner *runner)
    {
        connect(runner, &Runner::progressed, this, [this](const OperationProgress &progress) {
            if (progress.halted && !std::exchange(m_halted, true))
                QTimer::singleShot(50, this, [this, id = progress.run.id] {
                    m_halted = false;
                    say(QStringLiteral("halted"));
                    m_machine.resume(id); // as an operator would: what is unknown is read back first
                });
        });
        connect(runner, &Runner::finished, this, [this](const OperationProgress &progress) {
            const OperationRun &run = progress.run;
            m_ending = QStringLiteral("finished done=%1 confirmed=%2 refused=%3 unknown=%4 notsent=%5")
                           .arg(run.done)
                           .arg(run.confirmed)
                           .arg(run.refused)
                           .arg(run.unknown)
                           .arg(run.notSent);
            tell();
        });
        m_machine.recover = [runner](auto then) { runner->recover(std::move(then)); };
        m_machine.resume = [runner](RunId run) { runner->resume(run); };
        m_machine.active = [runner] { return runner->active(); };
    }
    void makeBlocks()
    {
        m_runner = std::make_unique<BlockRunner>(
            *m_store, BlockRunner::BlockerOf([this](AccountId) { return blocker(); }), m_clock);
        follow(m_runner.get());
        m_machine.runs = [this](auto then) { return m_store->blocks().runs(std::move(then)); };
    }
    void makeSends()
    {
        m_sends = std::make_unique<SendRunner>(
            *m_store, SendRunner::GatewayOf([this](AccountId) { return m_gateway.get(); }), m_clock);
        follow(m_sends.get());
        m_machine.runs = [this](auto then) { return m_store->messages().runs(std::move(then)); };
    }
    void goOn()
    {
        const auto active = m_machine.active();
        if (!active.empty()) {
            m_run = active.front().run.id;
            say(QStringLiteral("resumed %1").arg(m_run.value()));
            m_machine.resume(m_run);
            return;
        }
        std::vector<OperationItem> items;
        for (const QString &number : m_wish.numbers)
            items.push_back({.alias = AliasKey(number.mid(1).toLongLong()), .ask = number});
        const auto then = [this](const Result<RunId> &run) {
            if (failed(run))
                return;
            m_run = *run;
            say(QStringLiteral("run %1").arg(m_run.value()));
        };
        if (m_sends) {
            Card card;
            card.name.formatted = QStringLiteral("Ann Bell");
            card.name.first = QStringLiteral("Ann");
            SendOrder order;
            order.account = AccountId(1);
            order.cards = cardsAsJson({card});
            order.cardCount = 1;
            m_sends->create(order, items, then);
            return;
        }
        OperationOrder order;
        order.account = AccountId(1);
        order.kind = m_wish.command == QLatin1String("unblock") ? OperationKind::Unblock : OperationKind::Block;
        order.reason = QStringLiteral("spam");
        order.stop = order.kind == OperationKind::Block;
        m_runner->create(order, items, then);
    }
    /// "op ID RUN STATE CONFIRMED ASK" for everything that is new.
    void tell()
    {
        if (m_telling) {
            m_tellAgain = true;
            return;
        }
        m_telling = true;
        m_tell = m_machine.runs([this](const Result<std::vector<OperationRun>> &runs) {
            if (!failed(runs))
                tellRun(*runs, 0);
        });
    }
    void tellRun(const std::vector<OperationRun> &runs, std::size_t at)
    {
        if (at == runs.size()) {
            m_telling = false;
            if (std::exchange(m_tellAgain, false))
                return tell();
            if (m_ending)
                end(0, *m_ending);
            return;
        }
        m_tell
            = m_store->blocks().items(runs[at].id, [this, runs, at](const Result<std::vector<OperationItem>> &items) {
                  if (failed(items))
                      return;
                  for (const OperationItem &item : *items) {
                      const QString line = QStringLiteral("op %1 %2 %3 %4 %5")
                                               .arg(item.id.value())
                                               .arg(runs[at].id.value())
                                               .arg(int(item.state))
                                               .arg(int(item.confirmedMs != 0))
                                               .arg(item.ask);
                      QString &last = m_said[item.id];
                      if (last != line)
                          say(line);
                      last = line;
                  }
                  tellRun(runs, at + 1);
              });
    }

    const Wish m_wish;
    FastClock m_clock;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Gateway> m_gateway;
    std::unique_ptr<BlockRunner> m_runner;
    std::unique_ptr<SendRunner> m_sends;
    Machine m_machine;
    RunId m_run;
    std::map<OperationId, QString> m_said;
    std::optional<QString> m_ending;
    bool m_halted = false;
    bool m_telling = false;
    bool m_tellAgain = false;
    Call m_call;
    Call m_tell;
};

Wish readWish(const QCoreApplication &application)
{
    QCommandLineParser parser;
    const QCommandLineOption gateway(QStringLiteral("gateway"), {}, QStringLiteral("address"));
    const QCommandLineOption key(QStringLiteral("key"), {}, QStringLiteral("word"));
    const QCommandLineOption epoch(QStringLiteral("epoch"), {}, QStringLiteral("ms"), QStringLiteral("0"));
    const QCommandLineOption speed(QStringLiteral("speed"), {}, QStringLiteral("n"), QStringLiteral("1"));
    parser.addOptions({gateway, key, epoch, speed});
    parser.process(application);
    const QStringList words = parser.positionalArguments();
    Wish wish;
    wish.folder = words.value(0);
    wish.command = words.value(1);
    wish.numbers = words.mid(2);
    wish.gateway = QUrl(parser.value(gateway));
    wish.key = parser.value(key).toUtf8();
    wish.epochMs = parser.value(epoch).toLongLong();
    wish.speed = std::max(1, parser.value(speed).toInt());
    return wish;
}

} // namespace

int main(int count, char **words)
{
    QCoreApplication application(count, words);
    Blocking blocking(readWish(application));
    QTimer::singleShot(0, &blocking, [&blocking] { blocking.begin(); });
    return QCoreApplication::exec();
}
