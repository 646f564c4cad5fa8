// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"
#include "models/store/internal/connection.h"
#include "models/store/messages.h"

#include <map>
#include <set>
#include <vector>

namespace rollcall {

struct PersonLights;
struct Writing;

/// SQL that the parts of Blocks share. Internal to models/store.
namespace sql {

/// Columns of `b` in the order entryAt() reads them.
[[nodiscard]] QByteArray entryColumns();
inline constexpr int entryColumnCount = 22;
[[nodiscard]] BlockEntry entryAt(const Statement &row, int column);

/// Columns of `o` in the order itemAt() reads them.
[[nodiscard]] QByteArray itemColumns();
inline constexpr int itemColumnCount = 16;
[[nodiscard]] OperationItem itemAt(const Statement &row, int column);

/// Why a run paused by itself (table run_halts), for both kinds of runs; in haltsql.cpp.
void keepHalt(Writing &writing, RunId run, const Failure &why);
void dropHalt(Writing &writing, RunId run);
/// From "why, code, subject, about_account" of a LEFT JOIN run_halts, which begin at `column`; nothing when there is no
/// row.
[[nodiscard]] std::optional<Failure> haltAt(const Statement &row, int column);

/// "SELECT … FROM runs r JOIN block_runs k …" in the order operationRunAt() reads it, without a condition.
[[nodiscard]] QByteArray operationRunColumns();
[[nodiscard]] OperationRun operationRunAt(const Statement &row);
/// Live checks booked and messages taken since then.
[[nodiscard]] Traffic traffic(Connection &db, AccountId account, qint64 sinceMs);
/// Finds a message that is being sent or unknown; bound: alias, account.
inline constexpr char unsettledSendSql[]
    = "SELECT 1 FROM block_ops o JOIN runs r ON r.id = o.run WHERE o.alias = ? AND r.account = ? AND r.kind = 4"
      " AND o.state IN (1, 4) LIMIT 1";
[[nodiscard]] inline QByteArray unsettledSend()
{
    return unsettledSendSql;
}
/// A row of runs and one of block_runs, state Running.
[[nodiscard]] RunId addOperationRun(Writing &writing, const OperationOrder &order, qint64 total);
/// "block.run", "send.answer": the act of a journal entry.
[[nodiscard]] QString operationAct(OperationKind kind, const char *what);
/// After the start of the program: what was being sent is unknown now, running runs are paused. `sends`: of messages
/// only, else of everything else. Answers how many became unknown.
qint64 recoverOperations(Writing &writing, bool sends);

/// One person among those who have the alias `b.alias`, as an SQL expression; NULL = nobody.
[[nodiscard]] QByteArray personOfAlias();
/// The alias of `b` as text.
[[nodiscard]] QByteArray aliasText();

/// The condition of a view on `blocks b`; the same words as lightOf().
[[nodiscard]] QByteArray viewCondition(BlockView view);
/// SELECT of the ids of people of whom any alias is in any of these views of the account's ledger. No values to bind.
[[nodiscard]] QByteArray peopleInViews(const std::set<BlockView> &views, AccountId account);
/// SELECT of the ids of people whose newest note at the account, under any alias, says stopped. No values to bind.
[[nodiscard]] QByteArray peopleWithMarketingStop(AccountId account);

/// The gateway's and WhatsApp's light of people at one account: of the main number's line of the ledger, or, where that
/// says nothing, of a further alias; and the newest note under any alias. Costs nothing where nothing is known.
class LightReader {
public:
    LightReader(Connection &db, AccountId account);
    void read(PersonRow &row, qint64 mainAlias);

private:
    const AccountId m_account;
    const bool m_anyBlock;
    const bool m_anyMarketing;
    Statement m_block;
    Statement m_marketing;
};
/// The light of everybody at the account, by person id: int(BlockLight), 0 = none. For an order.
[[nodiscard]] std::vector<quint8> blockLights(Connection &db, AccountId account, std::size_t people);
/// The same for the marketing stop: int(MarketingState).
[[nodiscard]] std::vector<quint8> marketingStates(Connection &db, AccountId account, std::size_t people);

/// What People::lights() answers.
[[nodiscard]] PersonLights personLights(Connection &db, PersonId id);

/// What Marketing::note() stores, in a transaction of its own or in that of a refused message.
void noteMarketing(Writing &writing, const std::vector<MarketingNote> &notes);

/// The newest MarketingState of the alias itself and of every alias of those who go by it; bound: account, alias.
inline constexpr char marketingOfAlias[]
    = "WITH who AS (SELECT id FROM people WHERE e164 = ?2 UNION SELECT id FROM people WHERE typed_alias = ?2"
      " UNION SELECT person FROM aliases WHERE alias = ?2)"
      " SELECT state FROM marketing WHERE account = ?1 AND alias IN (SELECT ?2"
      " UNION SELECT COALESCE(e164, typed_alias) FROM people WHERE id IN (SELECT id FROM who)"
      " UNION SELECT alias FROM aliases WHERE person IN (SELECT id FROM who))"
      " ORDER BY at_ms DESC, id DESC LIMIT 1";
/// Columns of `m` in the order marketingAt() reads them.
inline constexpr char marketingColumns[] = "m.account, m.alias, m.state, m.at_ms, m.source, m.raw, m.by";
[[nodiscard]] MarketingNote marketingAt(const Statement &row, int column);

} // namespace sql

/// Moves operations from state to state, together with their line of the ledger and the counts of their run. The counts
/// are written when it ends. Writer thread; one per transaction. Internal to models/store.
class OperationMoves {
public:
    explicit OperationMoves(Writing &writing);
    ~OperationMoves();
    OperationMoves(const OperationMoves &) = delete;
    OperationMoves &operator=(const OperationMoves &) = delete;

    struct To {
        OperationState state = OperationState::Planned;
        int code = 0;
        QString why = {};
        QString detail = {};
        QString waId = {};
        qint64 dueMs = 0;
        qint64 confirmedMs = 0; ///< read back at this time
        bool neverLeft = false;
        QString messageId = {};
        QString status = {};
    };
    /// False when there is no such operation, or its state is not among `from`.
    bool move(OperationId operation, std::initializer_list<OperationState> from, const To &to);
    /// A done operation was read back.
    void confirm(OperationId operation, qint64 atMs);
    [[nodiscard]] qint64 moved(OperationState state) const;
    /// "done=3 refused=1 codes=131047:1": for the journal; names nobody.
    [[nodiscard]] QString outcome() const;
    [[nodiscard]] bool anyEnded() const; ///< something else than planned again

private:
    struct Counts {
        qint64 done = 0;
        qint64 confirmed = 0;
        qint64 refused = 0;
        qint64 unknown = 0;
        qint64 notSent = 0;
    };
    static void count(Counts &counts, OperationState state, qint64 by);
    void follow(OperationId operation, OperationKind kind, const To &to);

    Writing &m_writing;
    Statement m_read;
    Statement m_update;
    Statement m_follow;
    Statement m_followDone;
    std::map<qint64, Counts> m_counts; ///< by run
    std::map<OperationState, qint64> m_moved;
    std::map<int, qint64> m_codes;
    int m_changed = 0; ///< Change::Kind
};

} // namespace rollcall
