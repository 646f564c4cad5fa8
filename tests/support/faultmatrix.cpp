// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultmatrix.h"

#include "models/domain/phonenumber.h"
#include "models/store/blocks.h"
#include "models/store/runbook.h"
#include "models/store/stops.h"
#include "models/store/verdicts.h"
#include "tests/support/answer.h"

namespace rollcall::tests {

namespace {

constexpr int speed = 100; ///< a write's deadline of 30 s is 300 ms
constexpr int longestWaitMs = 400;
constexpr int patienceMs = 30'000;
constexpr int perRequest = 4; ///< people of one write, numbers of one check
constexpr int requests = 3;
constexpr qsizetype pool = 240;
constexpr int listRows = 250; ///< three pages
constexpr int mostHalts = 8;
constexpr int mostAsks = 4; ///< gateway.h: a check is repeated three times

} // namespace

QString FaultMatrix::Figures::line() const
{
    return QStringLiteral("trials %1, acknowledged %2, lost %3, doubled %4, unknown met %5, unknown left unshown %6, "
                          "requests elsewhere %7, not as stated %8")
        .arg(trials)
        .arg(acknowledged)
        .arg(lost)
        .arg(doubled)
        .arg(unknownMet)
        .arg(unknownUnshown)
        .arg(elsewhere)
        .arg(wrong.size());
}

FaultMatrix::FaultMatrix()
    : m_clock(std::make_unique<LeapClock>(speed, longestWaitMs))
    , m_sandbox(std::make_unique<SandboxFixture>())
    , m_relay(std::make_unique<Relay>())
    , m_other(std::make_unique<Relay>())
{
    m_relay->setUpstream(m_sandbox->server().port());
    RelayAct through;
    through.forward = true;
    m_relay->always(through);
    m_people = m_sandbox->people(int(pool), true);
    const QStringList good = m_sandbox->numbers(int(pool) / 2, true);
    const QStringList bad = m_sandbox->numbers(int(pool) / 2, false);
    for (qsizetype i = 0; i < good.size(); ++i)
        m_numbers << good[i] << bad[i];
}

FaultMatrix::~FaultMatrix()
{
    m_gateway.reset();
    m_nowhere.reset();
    m_store.reset();
}

void FaultMatrix::openStore()
{
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_taken = 0;
    m_listSize = 0;
    auto opened = Store::open(m_folder->filePath(QStringLiteral("profile")), *m_clock);
    if (!opened)
        qFatal("open: %s", qPrintable(opened.failure().detail));
    m_store = *std::move(opened);
    if (!answerOf<Nothing>([&](auto then) { return m_store->checkFile(false, then); })
        || !answerOf<Nothing>([&](auto then) { return m_store->stops().load(then); }))
        qFatal("the store cannot be used");
}

std::unique_ptr<Gateway> FaultMatrix::gatewayAt(const QUrl &address, WireAct act)
{
    Account account;
    account.id = AccountId(1);
    account.kind = act == WireAct::Check ? GatewayKind::OnPrem : GatewayKind::Dialog360;
    account.address = address;
    account.registeredCountryCode = 44;
    Credentials mine;
    if (act == WireAct::Check) {
        account.user = m_sandbox->user();
        mine.user = m_sandbox->user();
        mine.password = Secret::fromTyped(m_sandbox->password());
    } else {
        mine.token = Secret(QByteArray::fromStdString(m_sandbox->server().options().dialog360Key));
    }
    return std::make_unique<Gateway>(
        account, [this, mine](auto then) { return m_clock->after(0, [mine, then] { then(mine); }); }, *m_clock);
}

void FaultMatrix::makeGateway(WireAct act)
{
    const QString path = act == WireAct::Check ? QStringLiteral("/v1") : QStringLiteral("/d360");
    m_gateway = gatewayAt(m_relay->address(path), act);
    m_nowhere = gatewayAt(QUrl(m_random.bounded(2) == 0 ? QStringLiteral("http://127.0.0.1:1") + path
                                                        : QStringLiteral("https://gateway.invalid") + path),
        act);
}

Gateway &FaultMatrix::use(const QStringList &ask)
{
    if (m_requests++ != m_position || m_fault)
        return *m_gateway;
    m_fault = m_row->make(m_random, m_act, ask, m_other->address());
    m_hit = ask;
    if (m_fault->unreachable)
        return *m_nowhere;
    for (int i = 0; i < m_fault->times; ++i)
        m_relay->next(m_fault->act);
    if (m_fault->happensAnyway)
        for (const QString &who : ask) {
            m_sandbox->server().setBlocked(who.toStdString(), m_act == WireAct::Block);
            ++m_anyway[who];
        }
    return *m_gateway;
}

std::optional<Blocker> FaultMatrix::blocker()
{
    const auto asked = [](const std::vector<QString> &people) { return QStringList(people.begin(), people.end()); };
    Blocker blocker;
    blocker.capabilities = m_gateway->capabilities();
    blocker.capabilities.blockBatch = perRequest;
    blocker.block = [this, asked](const std::vector<QString> &people, Blocker::Then then, Blocker::MayLeave mayLeave) {
        return use(asked(people)).block(people, std::move(then), std::move(mayLeave));
    };
    blocker.unblock
        = [this, asked](const std::vector<QString> &people, Blocker::Then then, Blocker::MayLeave mayLeave) {
              return use(asked(people)).unblock(people, std::move(then), std::move(mayLeave));
          };
    blocker.list.page = [this](const PageAsk &ask, std::function<void(Result<BlockedPage>)> then) {
        return (m_act == WireAct::List ? use({}) : *m_gateway).blocked(ask, std::move(then));
    };
    blocker.readyInMs = [this] { return m_gateway->readyInMs(); };
    blocker.writeDeadlineMs = blocker.capabilities.writeDeadlineMs;
    return blocker;
}

std::optional<Checker> FaultMatrix::checker()
{
    Checker checker;
    checker.capabilities = m_gateway->capabilities();
    checker.capabilities.checkBatch = perRequest;
    checker.check = [this](const std::vector<QString> &inputs, const CheckOptions &options, Checker::Then then,
                        Checker::MayLeave mayLeave) {
        return use(QStringList(inputs.begin(), inputs.end()))
            .check(inputs, options, std::move(then), std::move(mayLeave));
    };
    checker.readyInMs = [this] { return m_gateway->readyInMs(); };
    return checker;
}

void FaultMatrix::trial(const FaultRow &row, WireAct act, int position, quint32 seed)
{
    m_row = &row;
    m_act = act;
    m_position = position;
    m_random.seed(seed);
    m_cell = QStringLiteral("%1, %2, request %3, seed %4")
                 .arg(QLatin1String(row.name), QLatin1String(nameOf(act)))
                 .arg(position + 1)
                 .arg(seed);
    m_requests = 0;
    m_fault.reset();
    m_hit.clear();
    m_anyway.clear();
    m_relay->forgetNext();
    m_sandbox->server().clearLedger();
    if (!m_store || m_taken + perRequest * requests > pool)
        openStore();
    makeGateway(act);
    const int elsewhere = m_other->deliveries();
    if (act == WireAct::List)
        listTrial();
    else if (act == WireAct::Check)
        checkTrial();
    else
        writeTrial(act);
    m_figures.elsewhere += m_other->deliveries() - elsewhere;
    ++m_figures.trials;
    if (!m_fault)
        wrong(QStringLiteral("the fault never went off"));
}

void FaultMatrix::wrong(const QString &what)
{
    const QByteArray met = m_fault ? m_fault->act.answer.right(60).simplified() : QByteArray();
    m_figures.wrong << m_cell + QStringLiteral(": ") + what + QStringLiteral(" <") + QString::fromLatin1(met) + u'>';
}

void FaultMatrix::writeTrial(WireAct act)
{
    const QStringList numbers = m_people.mid(m_taken, perRequest * requests);
    m_taken += numbers.size();
    for (const QString &number : numbers)
        m_sandbox->server().setBlocked(number.toStdString(), act == WireAct::Unblock);
    BlockRunner runner(*m_store, BlockRunner::BlockerOf([this](AccountId) { return blocker(); }), *m_clock);
    bool over = false;
    bool halted = false;
    connect(&runner, &BlockRunner::progressed, this,
        [&](const OperationProgress &progress) { halted = progress.halted.has_value(); });
    connect(&runner, &BlockRunner::finished, this, [&](const OperationProgress &progress) {
        over = true;
        if (progress.notReadBack)
            wrong(QStringLiteral("not read back: ") + progress.notReadBack->detail);
    });
    OperationOrder order;
    order.account = AccountId(1);
    order.kind = act == WireAct::Block ? OperationKind::Block : OperationKind::Unblock;
    order.reason = QStringLiteral("spam");
    std::vector<OperationItem> items;
    for (const QString &number : numbers)
        items.push_back({.alias = AliasKey(number.mid(1).toLongLong()), .ask = number});
    const auto run = answerOf<RunId>([&](auto then) {
        runner.create(order, items, then);
        return Call(std::make_shared<Call::State>());
    });
    if (!run)
        return wrong(QStringLiteral("not created"));
    for (int halts = 0; halts < mostHalts; ++halts) {
        eventually([&] { return over || halted; }, patienceMs);
        if (over || !halted)
            break;
        m_relay->forgetNext();
        halted = false;
        runner.resume(*run);
    }
    judgeWrite(*run, act, numbers, over);
}

/// Ours against theirs, person by person.
void FaultMatrix::judgeWrite(RunId run, WireAct act, const QStringList &numbers, bool over)
{
    if (!over)
        wrong(QStringLiteral("the run did not end"));
    const auto items
        = answerOf<std::vector<OperationItem>>([&](auto then) { return m_store->blocks().items(run, then); });
    if (!items || items->size() != std::size_t(numbers.size()))
        return wrong(QStringLiteral("the run's people cannot be read"));
    std::map<QString, int> effective = m_anyway;
    for (const SandboxLedgerEntry &entry : m_sandbox->ledger())
        for (const SandboxActed &acted : entry.acted)
            if (acted.outcome == "blocked" || acted.outcome == "unblocked")
                ++effective[u'+' + QString::fromStdString(acted.waId)];
    for (const OperationItem &item : *items) {
        const bool there = m_sandbox->server().isBlocked(item.ask.toStdString());
        const bool isSo = there == (act == WireAct::Block);
        if (item.state != OperationState::Done && item.state != OperationState::Refused) {
            ++m_figures.unknownUnshown;
            continue;
        }
        ++m_figures.acknowledged;
        m_figures.lost += (item.state == OperationState::Done) != isSo;
        m_figures.doubled += effective[item.ask] > 1;
        const bool hit = m_hit.contains(item.ask);
        m_figures.unknownMet += hit && item.attempts == 1 && m_fault->write == WireFault::Stated::NotDone;
        const bool stated = !hit || m_fault->write == WireFault::Stated::Either
            || (m_fault->write == WireFault::Stated::Done) == (item.state == OperationState::Done);
        if (!stated)
            wrong(QStringLiteral("%1 ended as %2 (%3)").arg(item.ask).arg(int(item.state)).arg(item.why));
    }
}

void FaultMatrix::listTrial()
{
    BlockRunner runner(*m_store, BlockRunner::BlockerOf([this](AccountId) { return blocker(); }), *m_clock);
    const auto read = [&] {
        return answerOf<BlockRunner::WholeRead>(
            [&](auto then) { return runner.readWhole(AccountId(1), then); }, patienceMs);
    };
    const auto use
        = [&] { return answerOf<BlockListUse>([&](auto then) { return m_store->blocks().use(AccountId(1), then); }); };
    for (const QString &number : m_people)
        m_sandbox->server().setBlocked(number.toStdString(), false);
    m_sandbox->server().fillBlockList(listRows);
    m_act = WireAct::Block; // the first reading is untroubled
    const auto first = read();
    m_act = WireAct::List;
    const qint64 rows = qint64(m_sandbox->server().blockedCount());
    if (!first || first->report.rows != rows || rows < 201)
        return wrong(QStringLiteral("the untroubled reading failed"));
    const auto before = use();
    const auto second = read();
    const auto after = use();
    if (!before || !after)
        return wrong(QStringLiteral("the list's state cannot be read"));
    if (second) {
        m_figures.acknowledged += second->report.rows;
        m_figures.lost += std::abs(second->report.rows - rows);
        if (second->report.gone != 0 || second->report.appeared != 0)
            wrong(QStringLiteral("somebody came or went who did not"));
    } else {
        if (after->there != before->there || after->readMs != before->readMs)
            wrong(QStringLiteral("a reading that failed changed what is known"));
        if (m_fault && m_fault->readRecovers && !m_fault->unreachable && m_row->name != std::string_view("401, 403"))
            wrong(QStringLiteral("the reading failed: %1 %2")
                      .arg(int(second.failure().kind))
                      .arg(second.failure().detail));
    }
}

void FaultMatrix::checkTrial()
{
    const QStringList numbers = m_numbers.mid(m_taken, perRequest * requests);
    m_taken += numbers.size();
    if (!answerOf<Session>([&](auto then) { return m_gateway->login(then); }))
        return wrong(QStringLiteral("the login failed"));
    Runner runner(
        *m_store, Runner::CheckerOf([this](AccountId) { return checker(); }),
        [](AccountId) {
            return CheckBudget{1'000'000, 1'000'000, 0};
        },
        *m_clock);
    bool over = false;
    bool halted = false;
    connect(
        &runner, &Runner::progressed, this, [&](const RunProgress &progress) { halted = progress.halted.has_value(); });
    connect(&runner, &Runner::finished, this, [&](const RunProgress &) { over = true; });
    std::vector<RunItem> items;
    for (const QString &number : numbers) {
        RunItem item;
        item.alias = parsePhoneNumber(number, {}).key();
        item.ask = number;
        items.push_back(item);
    }
    const auto run = answerOf<RunId>([&](auto then) {
        runner.create(AccountId(1), {}, items, 0, then);
        return Call(std::make_shared<Call::State>());
    });
    if (!run)
        return wrong(QStringLiteral("not created"));
    for (int halts = 0; halts < mostHalts; ++halts) {
        eventually([&] { return over || halted; }, patienceMs);
        if (over || !halted)
            break;
        m_relay->forgetNext();
        halted = false;
        runner.resume(*run);
    }
    judgeCheck(*run, numbers, over);
}

/// A number that was answered has the world's own answer; what met the fault may have failed, and is never "invalid".
void FaultMatrix::judgeCheck(RunId run, const QStringList &numbers, bool over)
{
    if (!over)
        wrong(QStringLiteral("the run did not end"));
    const auto items = answerOf<std::vector<RunItem>>([&](auto then) { return m_store->runs().items(run, then); });
    std::vector<AliasKey> aliases;
    for (const QString &number : numbers)
        aliases.push_back(parsePhoneNumber(number, {}).key());
    const auto verdicts = answerOf<std::vector<StoredVerdict>>(
        [&](auto then) { return m_store->verdicts().newest(AccountId(1), aliases, then); });
    if (!items || !verdicts)
        return wrong(QStringLiteral("the answers cannot be read"));
    std::map<AliasKey, VerdictWord> words;
    for (const StoredVerdict &stored : *verdicts)
        words[stored.alias] = stored.verdict.word;
    std::map<QString, int> asks;
    for (const QString &input : m_sandbox->asked())
        ++asks[input];
    for (const RunItem &item : *items) {
        m_figures.unknownUnshown += item.state == RunItemState::Planned || item.state == RunItemState::Asked;
        m_figures.doubled += asks[item.ask] > mostAsks;
        const bool hit = m_hit.contains(item.ask);
        if (item.state == RunItemState::Answered) {
            ++m_figures.acknowledged;
            const VerdictWord truth
                = m_sandbox->truth(item.ask) == u"valid" ? VerdictWord::Valid : VerdictWord::Invalid;
            m_figures.lost += words[item.alias] != truth;
        } else if (!hit || (m_fault && m_fault->readRecovers)) {
            wrong(QStringLiteral("%1 was not answered: state %2, %3")
                      .arg(item.ask)
                      .arg(int(item.state))
                      .arg(item.reason));
        } else if (words[item.alias] == VerdictWord::Invalid || words[item.alias] == VerdictWord::Valid) {
            wrong(QStringLiteral("%1 is judged by an answer that was none").arg(item.ask));
        }
    }
}

} // namespace rollcall::tests
