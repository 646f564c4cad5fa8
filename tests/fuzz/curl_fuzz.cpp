// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is pasted as a curl line: it is read or refused; an address that comes out is http or https with a host, and
// neither it nor what is shown of the account holds user name, password or query.
#include "models/formats/curlaccount.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    if (size > 0 && (data[0] & 1))
        text.prepend(QStringLiteral("curl "));
    const rollcall::Result<rollcall::CurlLine> line = rollcall::readCurlLine(text);
    if (line.ok() && !rollcall::looksLikeCurl(text))
        std::abort();
    if (!line)
        return line.failure().kind == rollcall::Failure::Kind::BadInput ? 0 : (std::abort(), 0);
    const bool web = line->url.scheme() == u"https" || line->url.scheme() == u"http";
    if (!web || line->url.host().isEmpty() || !line->url.userInfo().isEmpty())
        std::abort();
    const rollcall::CurlAccount account = rollcall::curlAccountOf(*line);
    if (account.address.hasQuery() || account.address.hasFragment() || !account.address.userInfo().isEmpty())
        std::abort();
    if (account.kind && *account.kind != rollcall::GatewayKind::OnPrem)
        for (const char c : account.secret.reveal())
            if (c <= 0x20 || c >= 0x7f)
                std::abort();
    return 0;
}
