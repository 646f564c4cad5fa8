// SPDX-License-Identifier: GPL-3.0-or-later
// Block and unblock: the request, and the answer that is partial by design (gateways.md 5.2).
#include "models/gateways/dialects/dialog360.h"

#include "models/gateways/dialects/internal/graph.h"
#include "models/gateways/dialects/internal/replies.h"

#include <QHash>
#include <QSet>
#include <array>

namespace rollcall {

namespace {

using Outcome = BlockAnswer::Outcome;

/// What the rows of an answer say, findable by each name a person may have in it.
class Said {
public:
    void addDone(const Json &rows)
    {
        for (const Json &row : rows.array())
            add(row, {.waId = graphWaId(row[u"wa_id"]), .outcome = Outcome::Done});
    }
    void addFailed(const Json &rows, const GraphError &whole)
    {
        // In the older text one `errors` stands after several rows: it speaks for those that have none.
        GraphError common = whole;
        for (const Json &row : rows.array())
            if (!namesSomebody(row))
                common = graphErrorIn(row).value_or(common);
        for (const Json &row : rows.array())
            add(row, failed(row, common));
    }
    [[nodiscard]] bool isEmpty() const { return m_rows == 0; }
    [[nodiscard]] BlockAnswer about(const QString &person) const
    {
        const QString digits = graphDigits(person);
        const std::array<std::pair<const QHash<QString, BlockAnswer> *, QString>, 4> ways{{
            {&m_byInput, person},
            {&m_byInput, withoutJid(person)},
            {&m_byDigits, digits},
            {&m_byWaId, digits},
        }};
        BlockAnswer answer;
        for (const auto &[names, name] : ways) {
            const auto found = name.isEmpty() ? names->cend() : names->constFind(name);
            if (found == names->cend())
                continue;
            answer = *found;
            break;
        }
        answer.input = person;
        return answer;
    }

private:
    static bool namesSomebody(const Json &row)
    {
        return !graphId(row[u"input"]).isEmpty() || !graphId(row[u"wa_id"]).isEmpty()
            || !graphId(row[u"user_id"]).isEmpty();
    }
    static Outcome outcomeOf(const GraphError &error)
    {
        const Failure::Kind kind = graphFailure(0, error).kind;
        if (kind == Failure::Kind::RateLimited)
            return Outcome::Deferred; // it says that nothing was taken (gateways.md 6.4)
        if (error.code == graphcode::listChanged || kind == Failure::Kind::GatewayError)
            return Outcome::Unknown;
        return Outcome::Refused;
    }
    static BlockAnswer failed(const Json &row, const GraphError &common)
    {
        const std::optional<GraphError> own = graphErrorIn(row);
        const bool ownWord = own && (own->code != 0 || own->envelope == GraphError::Envelope::Dialog360);
        const GraphError &error = ownWord ? *own : common;
        BlockAnswer answer;
        answer.waId = graphWaId(row[u"wa_id"]);
        answer.code = error.code;
        answer.detail = error.words;
        answer.outcome = outcomeOf(error);
        return answer;
    }
    void add(const Json &row, const BlockAnswer &answer)
    {
        if (!namesSomebody(row))
            return;
        ++m_rows;
        const QString input = graphId(row[u"input"]);
        put(m_byInput, input, answer);
        put(m_byDigits, graphDigits(input), answer);
        put(m_byWaId, graphDigits(answer.waId), answer);
        // A person without a number is known by the user id alone; it is what was asked, so an input as well.
        if (const QString userId = graphId(row[u"user_id"]); userId != input)
            put(m_byInput, userId, answer);
    }
    /// Two rows for one name that do not say the same: neither is believed.
    static void put(QHash<QString, BlockAnswer> &names, const QString &name, const BlockAnswer &answer)
    {
        if (name.isEmpty())
            return;
        const auto known = names.find(name);
        if (known == names.end())
            names.insert(name, answer);
        else if (known->outcome != answer.outcome || known->code != answer.code)
            *known = {.waId = known->waId, .detail = QStringLiteral("the answer contradicts itself")};
    }

    QHash<QString, BlockAnswer> m_byInput;
    QHash<QString, BlockAnswer> m_byDigits;
    QHash<QString, BlockAnswer> m_byWaId;
    qsizetype m_rows = 0;
};

/// The failure of a write that named nobody: what does not say that nothing was done is no refusal.
Failure unclearOf(Failure failure, const HttpReply &reply)
{
    if (failure.code == graphcode::blockFailed)
        return badReply(reply, QStringLiteral("139100 without a list of people"));
    if (failure.code == graphcode::listChanged)
        failure.kind = Failure::Kind::GatewayError;
    return failure;
}

} // namespace

HttpRequest Dialog360Dialect::blockUsers(
    const QByteArray &verb, const Credentials &credentials, std::span<const QString> people) const
{
    if (people.empty())
        return {};
    // What a gateway does with the same person twice is not documented: each text is sent once.
    Json::Array users;
    QSet<QString> seen;
    for (const QString &person : people) {
        const QString user = withoutJid(person);
        if (seen.contains(user))
            continue;
        seen.insert(user);
        const QString key = isUserId(user) ? QStringLiteral("user_id") : QStringLiteral("user");
        users.emplace_back(Json::Object{{key, user}});
    }
    HttpRequest block = request(verb, QByteArrayLiteral("/block_users"), credentials);
    block.write = true;
    Json::Object body;
    body.emplace_back(QStringLiteral("messaging_product"), QStringLiteral("whatsapp"));
    body.emplace_back(QStringLiteral("block_users"), std::move(users));
    block.body = Json(std::move(body)).toCompact();
    return block;
}

HttpRequest Dialog360Dialect::blockRequest(const Credentials &credentials, std::span<const QString> people) const
{
    return blockUsers(QByteArrayLiteral("POST"), credentials, people);
}

HttpRequest Dialog360Dialect::unblockRequest(const Credentials &credentials, std::span<const QString> people) const
{
    return blockUsers(QByteArrayLiteral("DELETE"), credentials, people);
}

Result<BlockReply> Dialog360Dialect::readBlock(
    const HttpReply &reply, std::span<const QString> people, bool unblock) const
{
    const Result<Json> body = parseJson(reply.body);
    if (!body)
        return isSuccess(reply) ? body.failure() : readFailure(reply);
    const std::optional<GraphError> error = graphErrorIn(*body);
    const Json &lists = (*body)[u"block_users"];
    Said said;
    // Unblocked people are in `removed_users` today; in the documents to October 2025 and in fixtures of a client for
    // 360dialog in `added_users`.
    said.addDone(lists[u"added_users"]);
    if (unblock)
        said.addDone(lists[u"removed_users"]);
    said.addFailed(lists[u"failed_users"], error.value_or(GraphError{}));
    // With lists it is a result, under whatever status (a mixed one comes as 400 or 200); without, a plain failure.
    if (said.isEmpty() && (error || !isSuccess(reply) || !lists.isObject()))
        return unclearOf(readFailure(reply), reply);
    BlockReply answer;
    answer.people.reserve(people.size());
    for (const QString &person : people)
        answer.people.push_back(said.about(person));
    return answer;
}

} // namespace rollcall
