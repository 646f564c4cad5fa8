// SPDX-License-Identifier: GPL-3.0-or-later
// What is written of messages: intent, the operator's word. Answers go the way of every operation (blocks_runs.cpp).
#include "models/store/messages.h"

#include "models/base/json.h"
#include "models/store/internal/blocksql.h"
#include "models/store/internal/storethreads.h"

namespace rollcall {

namespace {

QString orderDetails(const SendOrder &order)
{
    return QString::fromUtf8(
        Json(Json::Object{{QStringLiteral("title"), Json(order.title)}, {QStringLiteral("note"), Json(order.note)}})
            .toCompact());
}

/// Why a message is not to be sent to somebody after all.
class WhyNot {
public:
    WhyNot(Connection &db, const SendOrder &order)
        : m_order(order)
        , m_unclear(db, sql::unsettledSend())
        , m_repeated(db,
              "SELECT 1 FROM messages m JOIN block_ops o ON o.run = m.run WHERE m.again = ? AND o.alias = ?"
              " AND o.state IN (0, 1, 2, 4, 5) LIMIT 1")
    {
    }
    QString of(AliasKey alias)
    {
        m_unclear.bind(alias, m_order.account);
        if (m_unclear.step())
            return QString::fromLatin1(Why::unsettled);
        if (m_order.again.isNull())
            return {};
        m_repeated.bind(m_order.again, alias); // a second click on "send again"
        return m_repeated.step() ? QString::fromLatin1(Why::superseded) : QString();
    }

private:
    const SendOrder &m_order;
    Statement m_unclear;
    Statement m_repeated;
};

RunId startRun(Writing &writing, const SendOrder &order, const std::vector<OperationItem> &items)
{
    Connection &db = writing.db;
    OperationOrder run;
    run.account = order.account;
    run.kind = OperationKind::Send;
    run.note = order.note;
    run.source = order.source;
    const RunId id = sql::addOperationRun(writing, run, qint64(items.size()));
    Statement(db, "INSERT INTO messages (run, again, card_count, title, reply_to, cards) VALUES (?, ?, ?, ?, ?, ?)", id,
        order.again, order.cardCount, order.title, order.replyTo, QString::fromUtf8(order.cards))
        .run();
    Statement add(db,
        "INSERT INTO block_ops (run, alias, person, state, attempts, due_ms, sent_ms, ended_ms, confirmed_ms, code,"
        " ask, why, detail, wa_id) VALUES (?, ?, ?, ?, 0, 0, 0, 0, 0, 0, ?, ?, '', '')");
    WhyNot whyNot(db, order);
    qint64 held = 0;
    for (const OperationItem &item : items) {
        const QString why = whyNot.of(item.alias);
        held += !why.isEmpty();
        const auto state = why.isEmpty() ? OperationState::Planned : OperationState::NotSent;
        if (!add.bind(id, item.alias, item.person, int(state), item.ask, why).run())
            break;
    }
    Statement(db, "UPDATE block_runs SET not_sent = not_sent + ? WHERE run = ?", held, id).run();
    writing.journal({.act = QStringLiteral("send.run"),
        .subject = items.size() == 1 ? items.front().person.value() : 0,
        .run = id,
        .outcome = QStringLiteral("people=%1 account=%2 source=%3 cards=%4 again=%5")
                       .arg(items.size())
                       .arg(order.account.value())
                       .arg(order.source)
                       .arg(order.cardCount)
                       .arg(order.again.value()),
        .details = orderDetails(order)});
    writing.change.kinds |= Change::MessagesChanged;
    return id;
}

qint64 settleAll(Writing &writing, const std::vector<OperationId> &operations, Settlement how, const QString &note)
{
    const bool worked = how == Settlement::ItWorked;
    qint64 settled = 0;
    RunId run;
    {
        OperationMoves moves(writing);
        Statement of(
            writing.db, "SELECT o.run FROM block_ops o JOIN runs r ON r.id = o.run WHERE o.id = ? AND r.kind = 4");
        for (const OperationId id : operations) {
            of.bind(id);
            if (!of.step())
                continue;
            const RunId its(of.number(0));
            if (moves.move(id, {OperationState::Unknown},
                    {.state = worked ? OperationState::Done : OperationState::Refused,
                        .why = QString::fromLatin1(Why::settledByOperator)})) {
                ++settled;
                run = its;
            }
        }
    }
    if (settled > 0)
        writing.journal({.act = QStringLiteral("send.settle"),
            .run = run,
            .outcome
            = QStringLiteral("%1=%2").arg(worked ? QStringLiteral("worked") : QStringLiteral("did-not")).arg(settled),
            .details = journal::details("note", note)});
    return settled;
}

} // namespace

Messages::Messages(StoreThreads &threads)
    : m_threads(threads)
{
}

Call Messages::start(
    const SendOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<RunId>)> then)
{
    return m_threads.write<RunId>(
        [=](Writing &writing) -> Result<RunId> { return startRun(writing, order, items); }, std::move(then));
}

Call Messages::recover(std::function<void(Result<qint64>)> then)
{
    return m_threads.write<qint64>(
        [](Writing &writing) -> Result<qint64> { return sql::recoverOperations(writing, true); }, std::move(then));
}

Call Messages::settle(const std::vector<OperationId> &operations, Settlement how, const QString &note,
    std::function<void(Result<qint64>)> then)
{
    return m_threads.write<qint64>(
        [=](Writing &writing) -> Result<qint64> { return settleAll(writing, operations, how, note); }, std::move(then));
}

} // namespace rollcall
