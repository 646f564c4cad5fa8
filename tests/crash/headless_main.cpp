// SPDX-License-Identifier: GPL-3.0-or-later
// The program without its window, for crash.py: opens a profile's folder with the real models and does one thing.
//   rollcall-headless FOLDER import FILE | check | answers | people | runs | verify
//   --sandbox ADDRESS --user NAME --password WORD   the gateway for check
//   --epoch MS --speed N                            time since EPOCH runs N times as fast
// Every line it prints is an acknowledgement: what it tells is on disk.
#include "models/accounts/accounts.h"
#include "models/base/clock.h"
#include "models/checks/checkdesk.h"
#include "models/exchange/importer.h"
#include "models/gateways/gateway.h"
#include "models/runs/runner.h"
#include "models/secrets/secrets.h"
#include "models/store/imports.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "models/store/runbook.h"
#include "models/store/store.h"
#include "models/store/verdicts.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTimer>
#include <QUrl>
#include <unistd.h>

using namespace rollcall;

namespace {

/// Past the stream buffers at once: what is in a buffer when the program is killed was never said.
void say(const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    if (::write(STDOUT_FILENO, bytes.constData(), static_cast<size_t>(bytes.size())) < 0)
        std::_Exit(3);
}

QString wordOf(VerdictWord word)
{
    static const char *const words[] = {"none", "valid", "invalid", "processing", "failed", "unverified"};
    return QLatin1String(words[int(word)]);
}

/// The pace of a gateway is one request a second; a hundred trials would take an hour. Wall time is a function of the
/// real one, so that it goes on where it was after a restart.
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
    QString argument = {};
    QUrl sandbox = {};
    QString user = {};
    QString password = {};
    qint64 epochMs = 0;
    int speed = 1;
};

class Headless final : public QObject {
public:
    explicit Headless(Wish wish)
        : m_wish(std::move(wish))
        , m_clock(m_wish.epochMs, m_wish.speed)
        , m_secrets(makeMemorySecrets())
    {
    }

    void begin();

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
    void doCommand();
    void import();
    void stage(const FileLook &look);
    void check();
    void makeRunner(AccountId account);
    void resumeOrPlan(AccountId account);
    void planAll(AccountId account);
    void startPlan(const CheckPlan &plan, AccountId account);
    void tellAnswers();
    void people();
    void runs();
    void tellItems(const std::vector<RunSummary> &summaries, std::size_t at);
    void verify();

    Wish m_wish;
    FastClock m_clock;
    std::unique_ptr<Secrets> m_secrets;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Accounts> m_accounts;
    std::unique_ptr<Runner> m_runner;
    std::unique_ptr<CheckDesk> m_desk;
    std::unique_ptr<Importer> m_importer;
    std::shared_ptr<JobControl> m_control = std::make_shared<JobControl>();
    RunId m_run;
    qint64 m_lastVerdict = 0;
    std::optional<QString> m_ending;
    bool m_telling = false;
    bool m_tellAgain = false;
    Call m_call;
    Call m_tell;
};

void Headless::begin()
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
            say(QStringLiteral("integrity ok"));
        doCommand();
    });
}

void Headless::doCommand()
{
    if (m_wish.command == QLatin1String("import"))
        import();
    else if (m_wish.command == QLatin1String("check"))
        check();
    else if (m_wish.command == QLatin1String("answers")) {
        m_ending = QStringLiteral("answers told");
        tellAnswers();
    } else if (m_wish.command == QLatin1String("people"))
        people();
    else if (m_wish.command == QLatin1String("runs"))
        runs();
    else if (m_wish.command == QLatin1String("verify"))
        verify();
    else
        end(2, QStringLiteral("unknown command"));
}

void Headless::import()
{
    m_importer = std::make_unique<Importer>(*m_store, m_wish.folder);
    m_call = m_importer->look(m_wish.argument, [this](const Result<FileLook> &look) {
        if (!failed(look))
            stage(*look);
    });
}

void Headless::stage(const FileLook &look)
{
    const ImportRequest request{m_wish.argument, look.guess.format, look.columns, QStringLiteral("GB")};
    m_call = m_importer->stage(request, m_control, {}, [this](const Result<StagedImport> &staged) {
        if (failed(staged))
            return;
        const ConsentEvent consent{ConsentState::OptIn, m_clock.now().wallMs, QStringLiteral("crash trial"), {}, {}};
        m_call = m_importer->commit(*staged, consent, m_control, {}, [this](const Result<ImportOutcome> &outcome) {
            if (failed(outcome))
                return;
            const ImportCounts &counts = outcome->counts;
            end(0,
                QStringLiteral("imported added=%1 updated=%2 unchanged=%3 suppressed=%4 rejected=%5")
                    .arg(counts.added)
                    .arg(counts.updated)
                    .arg(counts.unchanged)
                    .arg(counts.suppressed)
                    .arg(counts.rejected));
        });
    });
}

void Headless::check()
{
    m_accounts = std::make_unique<Accounts>(*m_store, *m_secrets, m_clock);
    m_call = m_accounts->load([this](const Done &loaded) {
        if (failed(loaded))
            return;
        m_call = m_accounts->useSandbox(
            m_wish.sandbox, m_wish.user, Secret(m_wish.password.toUtf8()), [this](const Result<AccountId> &account) {
                if (!failed(account))
                    makeRunner(*account);
            });
    });
}

void Headless::makeRunner(AccountId account)
{
    // Small batches make many moments to be killed at; the budget and the cool-down are not what is tried here.
    const auto checkerOf = [this](AccountId id) -> std::optional<Checker> {
        Gateway *gateway = m_accounts->gateway(id);
        if (!gateway)
            return std::nullopt;
        Checker checker;
        checker.capabilities = gateway->capabilities();
        checker.capabilities.checkBatch = 10;
        checker.check = [gateway](const std::vector<QString> &inputs, const CheckOptions &options, Checker::Then then,
                            Checker::MayLeave mayLeave) {
            return gateway->check(inputs, options, std::move(then), std::move(mayLeave));
        };
        checker.readyInMs = [gateway] { return gateway->readyInMs(); };
        return checker;
    };
    const auto budgetOf = [](AccountId) { return CheckBudget{1'000'000, 1'000'000, 0}; };
    m_runner = std::make_unique<Runner>(*m_store, checkerOf, budgetOf, m_clock);
    m_desk = std::make_unique<CheckDesk>(*m_store, *m_runner);
    connect(m_store.get(), &Store::changed, this, [this](const Change &change) {
        if ((change.kinds & Change::VerdictsChanged) != 0)
            tellAnswers();
    });
    connect(m_runner.get(), &Runner::progressed, this, [this](const RunProgress &progress) {
        if (progress.halted)
            end(1, QStringLiteral("failed %1 halted %2").arg(int(progress.halted->kind)).arg(progress.halted->detail));
    });
    connect(m_runner.get(), &Runner::finished, this, [this](const RunProgress &progress) {
        const RunSummary &summary = progress.summary;
        m_ending = QStringLiteral("finished answered=%1 failed=%2 notasked=%3")
                       .arg(summary.answered)
                       .arg(summary.failed)
                       .arg(summary.notAsked);
        tellAnswers();
    });
    m_runner->recover([this, account](const Done &recovered) {
        if (!failed(recovered))
            resumeOrPlan(account);
    });
}

void Headless::resumeOrPlan(AccountId account)
{
    m_call = m_store->runs().summaries([this, account](const Result<std::vector<RunSummary>> &summaries) {
        if (failed(summaries))
            return;
        for (const RunSummary &summary : *summaries) {
            if (summary.open() == 0)
                continue;
            m_run = summary.id;
            say(QStringLiteral("resumed %1 open=%2").arg(m_run.value()).arg(summary.open()));
            m_runner->resume(m_run);
            return;
        }
        planAll(account);
    });
}

void Headless::planAll(AccountId account)
{
    m_call = m_store->people().spine({}, {}, account, [this, account](const Result<Spine> &everybody) {
        if (failed(everybody))
            return;
        m_call
            = m_desk->plan(*everybody, *m_accounts->find(account), {}, [this, account](const Result<CheckPlan> &plan) {
                  if (!failed(plan))
                      startPlan(*plan, account);
              });
    });
}

void Headless::startPlan(const CheckPlan &plan, AccountId account)
{
    if (plan.ask.empty())
        return end(0, QStringLiteral("nothing to ask cached=%1").arg(plan.cached));
    const auto asked = plan.ask.size();
    m_call = m_desk->start(plan, *m_accounts->find(account), {}, [this, asked](const Result<RunId> &run) {
        if (failed(run))
            return;
        m_run = *run;
        say(QStringLiteral("run %1 items=%2").arg(m_run.value()).arg(asked));
    });
}

void Headless::tellAnswers()
{
    if (m_telling) {
        m_tellAgain = true;
        return;
    }
    m_telling = true;
    VerdictFilter filter;
    m_tell = m_store->verdicts().list(filter, [this](const Result<std::vector<qint64>> &ids) {
        if (failed(ids))
            return;
        std::vector<qint64> fresh;
        std::copy_if(
            ids->begin(), ids->end(), std::back_inserter(fresh), [this](qint64 id) { return id > m_lastVerdict; });
        m_tell = m_store->verdicts().rows(fresh, [this](const Result<std::vector<StoredVerdict>> &rows) {
            if (failed(rows))
                return;
            for (const StoredVerdict &row : *rows) {
                m_lastVerdict = std::max(m_lastVerdict, row.id);
                say(QStringLiteral("answer %1 %2 %3").arg(row.id).arg(wordOf(row.verdict.word), row.verdict.asked));
            }
            m_telling = false;
            if (std::exchange(m_tellAgain, false))
                tellAnswers();
            else if (m_ending)
                end(0, *m_ending);
        });
    });
}

void Headless::people()
{
    const auto tell = [this](const std::vector<StoredVerdict> &verdicts) {
        QHash<qint64, QString> words;
        for (const StoredVerdict &row : verdicts)
            words.insert(row.alias.value(), wordOf(row.verdict.word));
        m_call = m_store->people().spine({}, {}, {}, [this, words](const Result<Spine> &everybody) {
            if (failed(everybody))
                return;
            m_call = m_store->people().rows(*everybody, {}, [this, words](const Result<std::vector<PersonRow>> &rows) {
                if (failed(rows))
                    return;
                for (const PersonRow &row : *rows)
                    say(QStringLiteral("person %1 %2 %3 %4")
                            .arg(row.id.value())
                            .arg(row.fields.number.e164)
                            .arg(words.value(row.fields.number.e164, QStringLiteral("none")), row.fields.name));
                end(0, QStringLiteral("people %1").arg(rows->size()));
            });
        });
    };
    m_call = m_store->verdicts().list({}, [this, tell](const Result<std::vector<qint64>> &ids) {
        if (failed(ids))
            return;
        const std::vector<qint64> oldestFirst(ids->rbegin(), ids->rend());
        m_call = m_store->verdicts().rows(oldestFirst, [this, tell](const Result<std::vector<StoredVerdict>> &rows) {
            if (!failed(rows))
                tell(*rows);
        });
    });
}

void Headless::runs()
{
    m_call = m_store->runs().summaries([this](const Result<std::vector<RunSummary>> &summaries) {
        if (!failed(summaries))
            tellItems(*summaries, 0);
    });
}

void Headless::tellItems(const std::vector<RunSummary> &summaries, std::size_t at)
{
    if (at == summaries.size())
        return end(0, QStringLiteral("runs %1").arg(summaries.size()));
    m_call = m_store->runs().items(summaries[at].id, [this, summaries, at](const Result<std::vector<RunItem>> &items) {
        if (failed(items))
            return;
        for (const RunItem &item : *items)
            say(QStringLiteral("item %1 %2 %3 %4")
                    .arg(item.id.value())
                    .arg(int(item.state))
                    .arg(item.attempts)
                    .arg(item.ask));
        tellItems(summaries, at + 1);
    });
}

void Headless::verify()
{
    m_call = m_store->journal().verify([this](const Result<ChainReport> &report) {
        if (failed(report))
            return;
        if (!report->sound)
            return end(1, QStringLiteral("journal broken at %1: %2").arg(report->firstBroken).arg(report->finding));
        end(0, QStringLiteral("journal sound entries=%1").arg(report->entries));
    });
}

Wish readWish(const QCoreApplication &application)
{
    QCommandLineParser parser;
    const QCommandLineOption sandbox(QStringLiteral("sandbox"), {}, QStringLiteral("address"));
    const QCommandLineOption user(QStringLiteral("user"), {}, QStringLiteral("name"));
    const QCommandLineOption password(QStringLiteral("password"), {}, QStringLiteral("word"));
    const QCommandLineOption epoch(QStringLiteral("epoch"), {}, QStringLiteral("ms"), QStringLiteral("0"));
    const QCommandLineOption speed(QStringLiteral("speed"), {}, QStringLiteral("n"), QStringLiteral("1"));
    parser.addOptions({sandbox, user, password, epoch, speed});
    parser.process(application);
    const QStringList words = parser.positionalArguments();
    Wish wish;
    wish.folder = words.value(0);
    wish.command = words.value(1);
    wish.argument = words.value(2);
    wish.sandbox = QUrl(parser.value(sandbox));
    wish.user = parser.value(user);
    wish.password = parser.value(password);
    wish.epochMs = parser.value(epoch).toLongLong();
    wish.speed = std::max(1, parser.value(speed).toInt());
    return wish;
}

} // namespace

int main(int count, char **words)
{
    QCoreApplication application(count, words);
    Headless headless(readWish(application));
    QTimer::singleShot(0, &headless, [&headless] { headless.begin(); });
    return QCoreApplication::exec();
}
