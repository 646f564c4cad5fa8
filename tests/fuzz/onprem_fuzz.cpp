// SPDX-License-Identifier: GPL-3.0-or-later
// What an on-premises node may send, to every reader of its dialect: a check answers each input once, in order, never
// with a verdict for a text that was not asked, and never "valid" for any other word. A token has no line break. A
// block is done, and a report taken, only under 2xx; a message has an id.
#include "models/gateways/dialects/dialect.h"

#include <array>
#include <cstdint>
#include <cstdlib>

namespace {

void readWrites(const rollcall::Dialect &dialect, const rollcall::HttpReply &reply)
{
    const bool success = reply.status >= 200 && reply.status < 300;
    static const std::array<QString, 1> who{QStringLiteral("+16315551004")};
    const rollcall::Result<rollcall::BlockReply> block = dialect.readBlock(reply, who, false);
    const bool isDone
        = block && block->people.size() == 1 && block->people.front().outcome == rollcall::BlockAnswer::Outcome::Done;
    if (block && (block->people.size() != 1 || block->people.front().input != who.front()))
        std::abort();
    if (block && !isDone && (block->people.front().code == 0 || block->people.front().detail.size() > 100))
        std::abort();
    if (isDone && !success)
        std::abort();
    if (dialect.readReport(reply).ok() != isDone)
        std::abort();
    const rollcall::Result<rollcall::SendReply> sent = dialect.readSend(reply);
    if (sent && (sent->messageId.isEmpty() || !success))
        std::abort();
}

void readChecks(const rollcall::Dialect &dialect, const rollcall::HttpReply &reply)
{
    static const std::array<QString, 3> asked{
        QStringLiteral("+16315551004"), QStringLiteral("(631) 555-1005"), QStringLiteral("x")};
    const rollcall::Result<rollcall::CheckReply> check = dialect.readCheck(reply, asked);
    if (check) {
        if (check->numbers.size() != asked.size())
            std::abort();
        for (std::size_t i = 0; i < asked.size(); ++i) {
            const rollcall::NumberAnswer &number = check->numbers[i];
            if (number.input != asked.at(i))
                std::abort();
            const bool saysValid
                = number.word == rollcall::VerdictWord::Valid || number.word == rollcall::VerdictWord::Unverified;
            if (saysValid != (number.rawWord == u"valid"))
                std::abort();
            const bool saysInvalid = number.word == rollcall::VerdictWord::Invalid;
            if (saysInvalid != (number.rawWord == u"invalid"))
                std::abort();
        }
    }
}

void readLogins(const rollcall::Dialect &dialect, const rollcall::HttpReply &reply)
{
    const rollcall::Result<rollcall::Session> session = dialect.readLogin(reply);
    // 401 with code 1024 is the one answer of a login that is an answer and no session.
    if (session && session->mustChangePassword != session->token.isEmpty())
        std::abort();
    if (session && !session->mustChangePassword && reply.status >= 300)
        std::abort();
    if (session)
        for (const char c : session->token.reveal())
            if (c <= 0x20 || c >= 0x7f)
                std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    static const std::array<int, 8> statuses{200, 201, 400, 401, 403, 429, 500, 503};
    const rollcall::Dialect &dialect = rollcall::dialectOf(rollcall::GatewayKind::OnPrem);
    rollcall::HttpReply reply;
    reply.status = statuses.at(data[0] % statuses.size());
    reply.body = QByteArray(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    if (data[0] & 0x80)
        reply.headers = {{QByteArrayLiteral("retry-after"), reply.body.left(20)}};

    // The first byte also names the reader: all of them at once would be four times slower.
    switch (data[0] >> 3 & 3) {
    case 0:
        readChecks(dialect, reply);
        break;
    case 1:
        readLogins(dialect, reply);
        break;
    case 2:
        readWrites(dialect, reply);
        break;
    default:
        (void)dialect.readHealth(reply, {});
        (void)dialect.readFailure(reply);
        (void)dialect.cannotTell(QString::fromUtf8(reply.body));
    }
    return 0;
}
