// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/picture.h"

#include "models/gateways/transport.h"
#include "models/gateways/way.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <memory>

namespace rollcall {
namespace {

constexpr qint64 mostBytes = 15LL * 1024 * 1024; // vendor page D
constexpr qint64 deadlineMs = 60'000;

bool isThisMachine(const QString &host)
{
    return host.compare(u"localhost", Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

Result<Picture> pictureOf(const Result<HttpReply> &reply)
{
    if (!reply)
        return reply.failure();
    const int status = reply->status;
    // The link is signed and ends after a day or two, or when the person changes the photo.
    if (status == 403 || status == 404 || status == 410)
        return Failure{
            Failure::Kind::NotFound, QStringLiteral("the photo's link ended: HTTP %1").arg(status), {}, status};
    if (status != 200)
        return Failure{
            Failure::Kind::GatewayError, QStringLiteral("the photo's server: HTTP %1").arg(status), {}, status};
    const Result<ImageHeader> header = readImageHeader(reply->body);
    if (!header)
        return header.failure();
    return Picture{reply->body, *header};
}

struct Fetch {
    Fetch(const QUrl &server, Clock &clock)
        : transport(server, QString(), clock)
    {
    }
    Transport transport;
    Call sending;
};

} // namespace

Call fetchPicture(const QUrl &link, bool loopbackToo, Clock &clock, std::function<void(Result<Picture>)> then)
{
    QUrl server(link);
    server.setPath({});
    server.setQuery(QString());
    server.setFragment({});
    std::optional<Failure> problem = addressProblem(server);
    if (!problem && !loopbackToo && isThisMachine(server.host()))
        problem = Failure{Failure::Kind::BadInput, QStringLiteral("a photo's link to this machine")};
    if (problem)
        return clock.after(0, [failure = *problem, then = std::move(then)] { then(failure); });
    HttpRequest request;
    request.verb = QByteArrayLiteral("GET");
    request.path = link.path(QUrl::FullyEncoded).toLatin1();
    if (request.path.isEmpty())
        request.path = QByteArrayLiteral("/");
    if (link.hasQuery())
        request.path += '?' + link.query(QUrl::FullyEncoded).toLatin1();
    request.shownPath = QByteArrayLiteral("/…"); // the signature in it is worth as much as the photo
    request.deadlineMs = deadlineMs;
    request.maxBytes = mostBytes;
    // The transport goes with the Call when that is dropped, else from the event loop: it is calling us.
    auto state = std::make_shared<Call::State>();
    auto fetch = std::make_shared<Fetch>(server, clock);
    state->stop = [fetch] { fetch->sending = Call(); };
    fetch->sending = fetch->transport.send(
        request, [state, weak = std::weak_ptr(fetch), then = std::move(then)](const Result<HttpReply> &reply) {
            if (!std::exchange(state->open, false))
                return;
            QMetaObject::invokeMethod(
                QCoreApplication::instance(), [last = weak.lock()] {}, Qt::QueuedConnection);
            state->stop = nullptr;
            then(pictureOf(reply));
        });
    return Call(state);
}

} // namespace rollcall
