// SPDX-License-Identifier: GPL-3.0-or-later
// What the composer, the flight plan and the history read of messages.
#include "models/domain/serverindex.h"
#include "models/store/internal/candidatereader.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"
#include "models/store/messages.h"

namespace rollcall {

namespace {

constexpr int candidatesPerSlice = 4096;

/// What a message wants to know beyond a block.
class SendReader {
public:
    SendReader(Connection &db, const TimeView &time, AccountId account)
        : m_account(account)
        , m_time(time)
        , m_keep(sql::keepSeconds(db, account))
        , m_who(db, account)
        , m_name(db, "SELECT name FROM people WHERE id = ?")
        , m_newest(db, "SELECT " + sql::newestColumns() + " FROM newest n WHERE n.account = ? AND n.alias = ?")
        , m_verdict(db,
              "SELECT " + sql::verdictColumns() + ", " + sql::wordNow("v", "word") + " FROM verdicts v WHERE v.id = ?")
        , m_unclear(db, sql::unsettledSend())
        , m_marketing(db, sql::marketingOfAlias)
        , m_stop(db, "SELECT 1 FROM stops WHERE alias = ?")
        , m_last(db,
              "SELECT max(o.sent_ms) FROM block_ops o JOIN runs r ON r.id = o.run WHERE o.alias = ? AND r.kind = 4"
              " AND o.state = 2")
        , m_lights(db, account)
    {
    }
    bool person(PersonId id, SendCandidate &candidate)
    {
        if (!m_who.person(id, candidate.who))
            return false;
        rest(candidate);
        return true;
    }
    void number(const PhoneNumber &number, SendCandidate &candidate)
    {
        if (number.hasE164())
            m_who.alias(number.key(), candidate.who);
        candidate.who.typed = number.typed;
        rest(candidate);
    }
    [[nodiscard]] std::optional<Verdict> newest(AliasKey alias)
    {
        m_newest.bind(m_account, alias);
        if (!m_newest.step())
            return std::nullopt;
        const sql::Newest row = sql::newestAt(m_newest, 0);
        return verdict(row.verdict(row.isFresh(m_time, m_keep)));
    }
    [[nodiscard]] std::optional<Verdict> verdict(qint64 id)
    {
        m_verdict.bind(id);
        if (!m_verdict.step())
            return std::nullopt;
        Verdict verdict = sql::verdictAt(m_verdict, 0);
        verdict.word = VerdictWord(m_verdict.integer(sql::verdictColumnCount));
        return verdict;
    }

private:
    void rest(SendCandidate &candidate)
    {
        if (!candidate.who.person.isNull()) {
            m_name.bind(candidate.who.person);
            candidate.name = m_name.step() ? m_name.text(0) : QString();
        }
        if (candidate.who.alias.isNull())
            return;
        candidate.newest = newest(candidate.who.alias).value_or(Verdict{});
        // The gateway's own id, which is what a message goes to, may be a number that said STOP.
        for (const QString &id : {candidate.who.waId, candidate.who.otherName}) {
            m_stop.bind(waIdDigits(id));
            candidate.who.doNotContact = m_stop.step() || candidate.who.doNotContact;
        }
        m_unclear.bind(candidate.who.alias, m_account);
        candidate.unsettled = m_unclear.step();
        m_marketing.bind(m_account, candidate.who.alias);
        candidate.marketingStop
            = m_marketing.step() && MarketingState(m_marketing.integer(0)) == MarketingState::Stopped;
        m_last.bind(candidate.who.alias);
        candidate.lastSentMs = m_last.step() ? m_last.number(0) : 0;
        PersonRow lights{.id = candidate.who.person};
        m_lights.read(lights, candidate.who.alias.value());
        candidate.marketingStop = lights.marketing == MarketingState::Stopped;
    }

    const AccountId m_account;
    const TimeView m_time;
    const qint64 m_keep;
    CandidateReader m_who;
    Statement m_name;
    Statement m_newest;
    Statement m_verdict;
    Statement m_unclear;
    Statement m_marketing;
    Statement m_stop;
    Statement m_last;
    sql::LightReader m_lights;
};

std::vector<Messages::Known> readKnown(
    Connection &db, const TimeView &time, const std::vector<AliasKey> &aliases, AccountId account)
{
    SendReader here(db, time, account);
    // Who says "valid" to every number makes up ids too (gateways.md 0, 2).
    Statement elsewhere(db,
        "SELECT id FROM verdicts WHERE alias = ? AND word = ? AND account <> ? AND account NOT IN"
        " (SELECT id FROM accounts WHERE probe_outcome = ?) ORDER BY id DESC LIMIT 1");
    std::vector<Messages::Known> known;
    for (const AliasKey alias : aliases) {
        if (db.failed())
            break;
        if (std::optional<Verdict> verdict = here.newest(alias)) {
            known.push_back({alias, *std::move(verdict), true});
            continue;
        }
        elsewhere.bind(alias, int(VerdictWord::Valid), account, int(TruthProbe::Outcome::CannotTell));
        if (!elsewhere.step())
            continue;
        if (std::optional<Verdict> verdict = here.verdict(elsewhere.number(0)))
            known.push_back({alias, *std::move(verdict), false});
    }
    return known;
}

QString likePattern(const QString &text)
{
    QString escaped = text;
    escaped.replace(QLatin1Char('\\'), QLatin1String("\\\\"))
        .replace(QLatin1Char('%'), QLatin1String("\\%"))
        .replace(QLatin1Char('_'), QLatin1String("\\_"));
    return QLatin1Char('%') + escaped + QLatin1Char('%');
}

/// `o` as `b`, for the expressions on aliases.
constexpr char historyFrom[] = " FROM block_ops b JOIN runs r ON r.id = b.run JOIN messages m ON m.run = b.run";

std::vector<OperationId> readHistory(Connection &db, const SentFilter &filter)
{
    QByteArrayList all{"r.kind = 4"};
    std::vector<QString> values;
    if (filter.account)
        all += "r.account = " + QByteArray::number(filter.account->value());
    if (filter.run)
        all += "b.run = " + QByteArray::number(filter.run->value());
    if (filter.person) {
        const QByteArray id = QByteArray::number(filter.person->value());
        all += "(b.person = " + id + " OR b.alias IN (SELECT COALESCE(e164, typed_alias) FROM people WHERE id = " + id
            + " UNION SELECT alias FROM aliases WHERE person = " + id + "))";
    }
    if (!filter.states.empty()) {
        QByteArrayList states;
        for (const OperationState state : filter.states)
            states += QByteArray::number(int(state));
        all += "b.state IN (" + states.join(',') + ')';
    }
    if (!filter.text.isEmpty()) {
        QByteArrayList any;
        for (const QByteArray &where : {QByteArray("(SELECT name FROM people WHERE id = " + sql::personOfAlias() + ')'),
                 QByteArray('(' + sql::aliasText() + ')'), QByteArray("m.title"), QByteArray("b.message_id")}) {
            any += where + " LIKE ? ESCAPE '\\'";
            values.push_back(likePattern(filter.text));
        }
        all += '(' + any.join(" OR ") + ')';
    }
    std::vector<OperationId> ids;
    Statement row(db,
        QByteArray("SELECT b.id") + historyFrom + " WHERE " + all.join(" AND ") + " ORDER BY r.id DESC, b.id", values);
    while (row.step())
        ids.emplace_back(row.number(0));
    return ids;
}

std::vector<SentRow> readRows(Connection &db, const std::vector<OperationId> &ids)
{
    std::vector<SentRow> rows;
    QByteArray columns = sql::itemColumns();
    columns.replace("o.", "b.");
    Statement entry(db,
        "SELECT " + columns + ", b.run, r.account, " + sql::personOfAlias() + ", " + sql::aliasText()
            + ", m.card_count, m.title, r.started_ms, r.by" + historyFrom + " WHERE b.id = ?");
    Statement who(db, "SELECT name FROM people WHERE id = ?");
    for (const OperationId id : ids) {
        entry.bind(id);
        if (!entry.step())
            continue;
        constexpr int after = sql::itemColumnCount;
        SentRow row{.item = sql::itemAt(entry, 0),
            .run = RunId(entry.number(after)),
            .account = AccountId(entry.number(after + 1)),
            .person = PersonId(entry.number(after + 2)),
            .aliasText = entry.text(after + 3),
            .cardCount = entry.integer(after + 4),
            .title = entry.text(after + 5),
            .atMs = entry.number(after + 6),
            .by = entry.text(after + 7)};
        who.bind(row.person);
        row.name = who.step() ? who.text(0) : QString();
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

Traffic sql::traffic(Connection &db, AccountId account, qint64 sinceMs)
{
    Traffic traffic;
    Statement checks(db, "SELECT count(*) FROM bookings WHERE account = ? AND wall_ms >= ?", account, sinceMs);
    traffic.checks = checks.step() ? checks.number(0) : 0;
    Statement sends(db,
        "SELECT count(*) FROM block_ops o JOIN runs r ON r.id = o.run WHERE r.account = ? AND r.kind = 4"
        " AND o.state = 2 AND o.sent_ms >= ?",
        account, sinceMs);
    traffic.sends = sends.step() ? sends.number(0) : 0;
    return traffic;
}

Call Messages::candidates(const std::vector<PersonId> &people, const std::vector<PhoneNumber> &numbers,
    AccountId account, std::function<void(Result<std::vector<SendCandidate>>)> then)
{
    const auto next = std::make_shared<std::size_t>(0);
    return m_threads.sliced<std::vector<SendCandidate>>(
        [=](Connection &db, const TimeView &time, std::vector<SendCandidate> &found) {
            SendReader reader(db, time, account);
            const std::size_t all = people.size() + numbers.size();
            const std::size_t end = std::min(all, *next + candidatesPerSlice);
            for (; *next < end && !db.failed(); ++*next) {
                SendCandidate candidate;
                bool is = true;
                if (*next < people.size())
                    is = reader.person(people[*next], candidate);
                else
                    reader.number(numbers[*next - people.size()], candidate);
                if (is)
                    found.push_back(std::move(candidate));
            }
            return *next < all;
        },
        std::move(then));
}

Call Messages::known(
    const std::vector<AliasKey> &aliases, AccountId account, std::function<void(Result<std::vector<Known>>)> then)
{
    return m_threads.read<std::vector<Known>>(
        [=](Connection &db, const TimeView &time) { return readKnown(db, time, aliases, account); }, std::move(then));
}

Call Messages::runs(std::function<void(Result<std::vector<OperationRun>>)> then)
{
    return m_threads.read<std::vector<OperationRun>>(
        [](Connection &db, const TimeView &) {
            std::vector<OperationRun> runs;
            Statement row(db, sql::operationRunColumns() + " WHERE r.kind = 4 ORDER BY r.id DESC");
            while (row.step())
                runs.push_back(sql::operationRunAt(row));
            return runs;
        },
        std::move(then));
}

Call Messages::message(RunId run, std::function<void(Result<SentMessage>)> then)
{
    return m_threads.read<SentMessage>(
        [run](Connection &db, const TimeView &) {
            SentMessage message;
            Statement its(db, sql::operationRunColumns() + " WHERE r.id = ? AND r.kind = 4", run);
            Statement what(db, "SELECT cards, card_count, title, reply_to FROM messages WHERE run = ?", run);
            if (!its.step() || !what.step()) {
                db.fail({.kind = Failure::Kind::NotFound, .detail = QStringLiteral("message %1").arg(run.value())});
                return message;
            }
            message.run = sql::operationRunAt(its);
            message.cards = what.text(0).toUtf8();
            message.cardCount = what.integer(1);
            message.title = what.text(2);
            message.replyTo = what.text(3);
            return message;
        },
        std::move(then));
}

Call Messages::history(const SentFilter &filter, std::function<void(Result<std::vector<OperationId>>)> then)
{
    return m_threads.read<std::vector<OperationId>>(
        [filter](Connection &db, const TimeView &) { return readHistory(db, filter); }, std::move(then));
}

Call Messages::rows(const std::vector<OperationId> &ids, std::function<void(Result<std::vector<SentRow>>)> then)
{
    return m_threads.read<std::vector<SentRow>>(
        [ids](Connection &db, const TimeView &) { return readRows(db, ids); }, std::move(then));
}

Call Messages::traffic(AccountId account, qint64 sinceMs, std::function<void(Result<Traffic>)> then)
{
    return m_threads.read<Traffic>(
        [=](Connection &db, const TimeView &) { return sql::traffic(db, account, sinceMs); }, std::move(then));
}

} // namespace rollcall
