// SPDX-License-Identifier: GPL-3.0-or-later
// What CommBox may send: a verdict only for the number asked, only under a 2xx and only from a boolean data.valid. And
// what a person may paste as stream id: it stays one segment of the path, encoded once.
#include "models/base/json.h"
#include "models/gateways/dialects/dialect.h"

#include <array>
#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

const std::array<QString, 1> asked{QStringLiteral("+9725551234")};

void judgeCheck(const rollcall::Dialect &dialect, const rollcall::HttpReply &reply)
{
    const rollcall::Result<rollcall::CheckReply> check = dialect.readCheck(reply, asked);
    if (!check)
        return;
    require(reply.status < 300 && check->numbers.size() == 1 && check->numbers[0].input == asked[0]);
    const bool valid = check->numbers[0].word == rollcall::VerdictWord::Valid;
    require(valid || check->numbers[0].word == rollcall::VerdictWord::Invalid);
    const rollcall::Result<rollcall::Json> body = rollcall::parseJson(reply.body);
    require(body.ok() && (*body)[u"data"][u"valid"].isBool() && (*body)[u"data"][u"valid"].toBool() == valid);
    require(check->numbers[0].waId.isEmpty());
}

void judgeFailure(const rollcall::Dialect &dialect, const rollcall::HttpReply &reply)
{
    const rollcall::Failure failure = dialect.readFailure(reply);
    require(failure.kind != rollcall::Failure::Kind::OutcomeUnknown && failure.subject.size() <= 100);
    require(failure.kind != rollcall::Failure::Kind::RateLimited || reply.status == 429);
    require(!dialect.readHealth(reply, {}).ok());
}

void judgeRequest(const rollcall::Dialect &dialect, const QString &typed)
{
    rollcall::Credentials stream;
    stream.sender = typed;
    const QByteArray head = "/whatsapp/validatecontact/";
    const QByteArray path = dialect.checkRequest(stream, asked, {}).path;
    require(path.startsWith(head) && path.endsWith("/9725551234"));
    const QByteArray id = path.mid(head.size()).chopped(11);
    require(!id.contains('/') && !id.contains('?') && !id.contains('#') && !id.contains('='));
    for (const char c : id)
        require(c > 0x20 && c < 0x7f);
    const std::array<QString, 1> inputs{typed};
    require(dialect.checkRequest(stream, inputs, {}).verb.isEmpty() == !dialect.canAsk(typed));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    static const std::array<int, 9> statuses{200, 201, 400, 401, 403, 404, 429, 500, 501};
    const rollcall::Dialect &dialect = rollcall::dialectOf(rollcall::GatewayKind::CommBox);
    rollcall::HttpReply reply;
    reply.status = statuses.at(data[0] % statuses.size());
    reply.body = QByteArray(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    // The first byte names the status and the reader: all of them at once would be three times slower.
    switch (data[0] / statuses.size() % 3) {
    case 0:
        judgeCheck(dialect, reply);
        break;
    case 1:
        judgeFailure(dialect, reply);
        break;
    default:
        judgeRequest(dialect, QString::fromUtf8(reply.body.left(60)));
    }
    return 0;
}
