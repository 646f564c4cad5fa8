// SPDX-License-Identifier: GPL-3.0-or-later
// What sendapi may send, to every reader of its dialect: a verdict only for the number asked, only under a 2xx and only
// from a boolean; a list whose next page is the one after this; a pause and a pace within their bounds.
#include "models/base/json.h"
#include "models/gateways/dialects/dialect.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

bool says(const rollcall::Json &body, bool value)
{
    const rollcall::Json &told = body.has(u"data") ? body[u"data"] : body;
    const rollcall::Json &user = told[u"is_whatsapp_user"];
    return user.isBool() && user.toBool() == value;
}

void judgeCheck(const rollcall::Dialect &dialect, const rollcall::HttpReply &reply)
{
    static const std::array<QString, 1> asked{QStringLiteral("+447700900000")};
    const rollcall::Result<rollcall::CheckReply> check = dialect.readCheck(reply, asked);
    if (!check)
        return;
    require(reply.status < 300 && check->numbers.size() == 1 && check->numbers[0].input == asked[0]);
    const rollcall::NumberAnswer &number = check->numbers[0];
    const rollcall::Result<rollcall::Json> body = rollcall::parseJson(reply.body);
    require(body.ok());
    const bool valid = number.word == rollcall::VerdictWord::Valid;
    require(valid || number.word == rollcall::VerdictWord::Invalid);
    require(says(*body, valid));
    for (const QChar c : number.waId)
        require(c >= u'0' && c <= u'9');
}

void judgeList(const rollcall::Dialect &dialect, const rollcall::HttpReply &reply, const rollcall::PageAsk &ask)
{
    const rollcall::Result<rollcall::GatewayContactsPage> page = dialect.readContacts(reply, ask);
    if (!page)
        return;
    require(reply.status < 300 && page->total >= -1);
    const qint64 number = ask.cursor.isEmpty() ? 1 : ask.cursor.toLongLong();
    require(page->next.isEmpty() || page->next == QString::number(number + 1));
    require(page->next.isEmpty() || !dialect.contactsRequest({}, {page->next, ask.limit}).verb.isEmpty());
    for (const rollcall::GatewayContact &contact : page->contacts) {
        require(contact.photo.isEmpty() || contact.photo.scheme() == u"https");
        require(!contact.chatId.endsWith(u"@lid") || contact.number.isEmpty());
    }
}

void judgeHealth(const rollcall::Dialect &dialect, const rollcall::HttpReply &reply)
{
    rollcall::Credentials who;
    who.sender = QStringLiteral("42");
    const rollcall::Result<rollcall::Health> health = dialect.readHealth(reply, who);
    if (health)
        require(health->healthy == (health->status == u"connected") && reply.status < 300);
}

void judgeFailure(const rollcall::Dialect &dialect, const rollcall::HttpReply &reply)
{
    const rollcall::Failure failure = dialect.readFailure(reply);
    require(failure.kind != rollcall::Failure::Kind::OutcomeUnknown && failure.subject.size() <= 100);
    require(!failure.retryAfter || (failure.retryAfter->count() >= 0 && failure.retryAfter->count() <= 3600));
    const std::optional<rollcall::RateHint> hint = dialect.rateHint(reply);
    if (hint)
        require(hint->perMinute >= 0 && hint->remaining >= -1 && hint->resetAtMs >= 0);
}

/// The same bytes as what a person typed: whatever may be asked leaves as one segment of digits.
void judgeRequests(const rollcall::Dialect &dialect, const QString &typed)
{
    rollcall::Credentials session;
    session.sender = typed;
    const std::array<QString, 1> inputs{typed};
    const rollcall::HttpRequest request = dialect.checkRequest(session, inputs, {});
    require(request.verb.isEmpty() == !dialect.canAsk(typed));
    QByteArray paths = dialect.healthRequest(session).path;
    paths += dialect.contactsRequest(session, {}).path;
    paths += request.path;
    for (const char c : std::as_const(paths))
        require(c > 0x20 && c < 0x7f && c != '#');
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    static const std::array<int, 12> statuses{200, 201, 400, 401, 402, 403, 404, 409, 422, 429, 500, 503};
    static const std::array<rollcall::PageAsk, 4> pages{rollcall::PageAsk{{}, 1}, rollcall::PageAsk{{}, 100},
        rollcall::PageAsk{QStringLiteral("2"), 2}, rollcall::PageAsk{QStringLiteral("9999"), 25}};
    const rollcall::Dialect &dialect = rollcall::dialectOf(rollcall::GatewayKind::SendApi);
    rollcall::HttpReply reply;
    reply.status = statuses.at(data[0] % statuses.size());
    reply.body = QByteArray(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    // The first byte names the status and the reader: all of them at once would be several times slower.
    switch (const std::size_t reader = data[0] / statuses.size() % 8) {
    case 0:
        judgeCheck(dialect, reply);
        break;
    case 5:
        judgeHealth(dialect, reply);
        judgeFailure(dialect, reply);
        break;
    case 6:
        for (const char *name : {"retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"})
            reply.headers.emplace_back(name, reply.body.left(20));
        judgeFailure(dialect, reply);
        break;
    case 7:
        judgeRequests(dialect, QString::fromUtf8(reply.body.left(40)));
        break;
    default:
        judgeList(dialect, reply, pages.at(reader - 1));
    }
    return 0;
}
