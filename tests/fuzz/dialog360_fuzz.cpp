// SPDX-License-Identifier: GPL-3.0-or-later
// What 360dialog or Meta may send, to every reader of the dialect: a block answers each person once, in order; a page
// never gives back the cursor asked and has no row without an id; ids are digits; cards that were read are written and
// read again as the same ones.
#include "models/gateways/dialects/cardjson.h"
#include "models/gateways/dialects/dialect.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

using namespace rollcall;

namespace {

const std::array<QString, 4> asked{QStringLiteral("+16505551234"), QStringLiteral("14155559876@c.us"),
    QStringLiteral("MA.1587668549511396"), QStringLiteral("x")};

void mustHold(bool condition)
{
    if (!condition)
        std::abort();
}

bool isDigitsOrEmpty(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

void readBlocks(const Dialect &dialect, const HttpReply &reply, bool unblock)
{
    const Result<BlockReply> answer = dialect.readBlock(reply, asked, unblock);
    if (!answer)
        return;
    mustHold(answer->people.size() == asked.size());
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const BlockAnswer &person = answer->people[i];
        mustHold(person.input == asked.at(i));
        mustHold(isDigitsOrEmpty(person.waId));
        mustHold(person.detail.size() <= 200 && person.code >= 0);
        if (person.outcome == BlockAnswer::Outcome::Done)
            mustHold(person.code == 0);
    }
}

void readLists(const Dialect &dialect, const HttpReply &reply)
{
    for (const PageAsk &page : {PageAsk{{}, 1}, PageAsk{QStringLiteral("C1"), 2}}) {
        const Result<BlockedPage> answer = dialect.readBlocked(reply, page);
        if (!answer)
            continue;
        mustHold(reply.status >= 200 && reply.status < 300);
        mustHold(answer->next.isEmpty() || (answer->next != page.cursor && !answer->rows.empty()));
        for (const BlockedRow &row : answer->rows) {
            mustHold(isDigitsOrEmpty(row.waId));
            mustHold(!row.waId.isEmpty() || !row.userId.isEmpty() || !row.input.isEmpty());
        }
        // Whatever the cursor is made of, the next request can be sent.
        for (const char c : dialect.blockedRequest({}, {answer->next, page.limit}).path)
            mustHold(c > 0x20 && c < 0x7f);
    }
}

void readSent(const Dialect &dialect, const HttpReply &reply)
{
    const Result<SendReply> sent = dialect.readSend(reply);
    if (sent)
        mustHold(!sent->messageId.isEmpty() && isDigitsOrEmpty(sent->waId) && reply.status == 200);
}

void readOthers(const Dialect &dialect, const HttpReply &reply)
{
    const Result<Health> health = dialect.readHealth(reply, {});
    if (health)
        mustHold(health->healthy);
    if (const std::optional<RateHint> hint = dialect.rateHint(reply))
        mustHold(hint->remaining == 0 && hint->resetAtMs == 0);
    const Failure failure = dialect.readFailure(reply);
    mustHold(failure.kind != Failure::Kind::OutcomeUnknown && failure.subject.size() <= 200);
}

/// What is read as cards is written as cards, and read again as the same ones.
void readCards(const QByteArray &body)
{
    const Result<Json> json = parseJson(body);
    const Result<std::vector<Card>> cards = json ? cardsFromJson(*json) : Result<std::vector<Card>>(json.failure());
    if (!cards)
        return;
    const QByteArray once = contactsJson(*cards).toCompact();
    const Result<std::vector<Card>> again = cardsFromJson(*parseJson(once));
    mustHold(again.ok() && contactsJson(*again).toCompact() == once);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    static const std::array<int, 8> statuses{200, 400, 401, 403, 404, 429, 500, 502};
    const Dialect &dialect = dialectOf((data[0] & 0x40) != 0 ? GatewayKind::CloudApi : GatewayKind::Dialog360);
    HttpReply reply;
    reply.status = statuses.at(data[0] % statuses.size());
    reply.body = QByteArray(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    if ((data[0] & 0x80) != 0)
        reply.headers = {{QByteArrayLiteral("x-business-use-case-usage"), reply.body}};

    // The first byte also names the reader: all of them at once would be six times slower.
    switch (data[0] >> 3 & 7) {
    case 0:
    case 1:
        readBlocks(dialect, reply, false);
        break;
    case 2:
        readBlocks(dialect, reply, true);
        break;
    case 3:
    case 4:
        readLists(dialect, reply);
        break;
    case 5:
        readOthers(dialect, reply);
        break;
    case 6:
        readSent(dialect, reply);
        break;
    default:
        readCards(reply.body);
    }
    return 0;
}
