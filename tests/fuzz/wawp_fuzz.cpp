// SPDX-License-Identifier: GPL-3.0-or-later
// What Wawp may send, to every reader of its dialect, and what may be typed, to every request: a verdict comes from a
// boolean alone, a LID is never read as a number, paging goes forward, a person is blocked only by a 2xx, no failure
// quotes the gateway, and no text makes a path or a body of another form.
#include "models/base/json.h"
#include "models/gateways/dialects/dialect.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace rollcall;

const QString typed = QStringLiteral("+16315551004");

void require(bool holds)
{
    if (!holds)
        std::abort();
}

bool isDigits(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool isNumber(const QString &text)
{
    return text.isEmpty() || isDigits(text) || (text.startsWith(u'+') && isDigits(QStringView(text).sliced(1)));
}

bool isLid(const QString &text)
{
    return text.endsWith(u"@lid") && isDigits(QStringView(text).chopped(4));
}

/// Words of a failure are ours, or a code: letters and underscores, of a status also digits.
void lookAt(const Failure &failure)
{
    require(failure.kind != Failure::Kind::OutcomeUnknown);
    for (const QChar c : failure.subject)
        require((c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_');
    require(failure.subject.size() <= 150 && failure.detail.size() <= 300);
    require(!failure.detail.contains(u"t0ken", Qt::CaseInsensitive) && !failure.detail.contains(u'='));
}

template <class T> bool lookAt(const Result<T> &result)
{
    if (!result)
        lookAt(result.failure());
    return result.ok();
}

void lookAtCheck(const Dialect &dialect, const HttpReply &reply)
{
    const Result<CheckReply> check = dialect.readCheck(reply, std::array{typed});
    if (!lookAt(check))
        return;
    require(reply.status < 300 && check->numbers.size() == 1);
    const NumberAnswer &number = check->numbers[0];
    require(number.input == typed);
    require((number.word == VerdictWord::Valid) == (number.rawWord == u"true"));
    require((number.word == VerdictWord::Invalid) == (number.rawWord == u"false"));
    require(number.waId.isEmpty() || isLid(number.waId) || isDigits(number.waId));
    require(number.waId.isEmpty() || number.word == VerdictWord::Valid);
}

void lookAtContacts(const Dialect &dialect, const HttpReply &reply)
{
    const PageAsk page{QStringLiteral("4"), 2};
    const Result<GatewayContactsPage> read = dialect.readContacts(reply, page);
    if (!lookAt(read))
        return;
    require(read->next.isEmpty() || read->next == u"6");
    require(read->next.isEmpty() || read->contacts.size() <= 2);
    for (const GatewayContact &row : read->contacts) {
        require(isNumber(row.number) && !row.onWhatsApp);
        require(!isLid(row.chatId) || row.number != row.chatId.chopped(4));
        require(row.photo.isEmpty() || !row.photo.host().isEmpty());
        require(!row.other || row.number.isEmpty());
        require(!row.chatId.endsWith(u"@g.us") || row.other);
    }
}

void lookAtBlock(const Dialect &dialect, const HttpReply &reply)
{
    const Result<BlockReply> block = dialect.readBlock(reply, std::array{typed}, false);
    if (lookAt(block)) {
        require(block->people.size() == 1 && block->people[0].input == typed);
        require(block->people[0].outcome != BlockAnswer::Outcome::Done || reply.status < 300);
        lookAt(Failure{Failure::Kind::Refused, block->people[0].detail});
    }
}

void lookAtSend(const Dialect &dialect, const HttpReply &reply)
{
    const Result<SendReply> sent = dialect.readSend(reply);
    if (lookAt(sent))
        require(reply.status < 300 && (sent->waId.isEmpty() || isDigits(sent->waId)));
}

void lookAtDetails(const Dialect &dialect, const HttpReply &reply)
{
    lookAt(dialect.readContact(reply));
    if (const Result<QString> about = dialect.readAbout(reply); lookAt(about))
        require(reply.status < 300);
    if (const Result<QUrl> photo = dialect.readPhoto(reply); lookAt(photo))
        require(
            photo->isEmpty() || ((photo->scheme() == u"https" || photo->scheme() == u"http") && reply.status < 300));
}

void lookAtRest(const Dialect &dialect, const HttpReply &reply)
{
    if (const Result<LidPair> pair = dialect.readLid(reply); lookAt(pair))
        require((pair->lid.isEmpty() || isLid(pair->lid)) && (pair->number.isEmpty() || isDigits(pair->number)));
    if (const Result<Health> health = dialect.readHealth(reply, {}); lookAt(health))
        require(health->healthy == (health->status == u"WORKING"));
    lookAt(dialect.readFailure(reply));
}

void lookAtRequest(const HttpRequest &request)
{
    if (request.verb.isEmpty())
        return;
    require(request.path.startsWith("/v2/") && !request.path.contains("%25"));
    require(request.path.count("access_token=") == (request.verb == "GET" ? 1 : 0));
    for (const char c : request.path)
        require((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || QByteArrayView("/?&=%-._~").contains(c));
    require(!request.shownPath.isEmpty() && !request.shownPath.contains("T0ken"));
    if (request.verb == "POST")
        require(request.write && parseJson(request.body).ok());
}

Credentials instance()
{
    Credentials credentials;
    credentials.token = Secret(QByteArrayLiteral("T0ken"));
    credentials.sender = QStringLiteral("7C4A1B2D9E0F");
    return credentials;
}

void lookAtCards(const Dialect &dialect, const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes.left(200));
    Card card;
    card.name.formatted = text.left(40);
    card.org.company = text.mid(40, 40);
    card.phones = {{text.mid(80, 20), text.mid(100, 10), text.mid(110, 12)}};
    const HttpRequest request = dialect.sendCardsRequest(instance(), typed, std::array{card}, text.mid(122, 30));
    lookAtRequest(request);
    const Result<Json> body = parseJson(request.body);
    require(body.ok() && (*body)[u"contacts"].array().size() == 1);
    const Json &contact = (*body)[u"contacts"].array().front();
    require(contact.has(u"vcard") != contact.has(u"fullName"));
    const QByteArray vcard = contact[u"vcard"].toString().toUtf8();
    require(vcard.count("\r\n") == vcard.count('\n') && vcard.count("\nEND:VCARD\r") == (vcard.isEmpty() ? 0 : 1));
    for (const QByteArray &line : vcard.split('\n'))
        require(line.size() <= 76);
    for (const QStringView field :
        {QStringView(u"fullName"), QStringView(u"organization"), QStringView(u"phoneNumber")})
        require(!contact[field].toString().contains(u'\n') && !contact[field].toString().contains(u'\r'));
}

void lookAtRequests(const Dialect &dialect, const QByteArray &bytes)
{
    const Credentials credentials = instance();
    const QString text = QString::fromUtf8(bytes.left(200));
    const std::array one{text};
    if (dialect.canAsk(text))
        require(isNumber(text) && text.startsWith(u'+') && text.size() <= 16);
    for (const HttpRequest &request :
        {dialect.checkRequest(credentials, one, {}), dialect.contactsRequest(credentials, {text, 3}),
            dialect.contactRequest(credentials, text), dialect.photoRequest(credentials, text),
            dialect.lidOfRequest(credentials, text), dialect.numberOfRequest(credentials, text),
            dialect.blockRequest(credentials, one), dialect.unblockRequest(credentials, one)})
        lookAtRequest(request);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    static const std::array<int, 11> statuses{200, 201, 400, 401, 403, 404, 422, 429, 500, 501, 503};
    const Dialect &dialect = dialectOf(GatewayKind::Wawp);
    HttpReply reply;
    reply.status = statuses.at(data[0] % statuses.size());
    reply.body = QByteArray(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    // The first byte names the status and the reader: all of them at once would be several times slower.
    switch (data[0] / statuses.size() % 8) {
    case 0:
        lookAtCheck(dialect, reply);
        break;
    case 1:
        lookAtContacts(dialect, reply);
        break;
    case 2:
        lookAtBlock(dialect, reply);
        break;
    case 3:
        lookAtSend(dialect, reply);
        break;
    case 4:
        lookAtDetails(dialect, reply);
        break;
    case 5:
        lookAtRest(dialect, reply);
        break;
    case 6:
        lookAtRequests(dialect, reply.body);
        break;
    default:
        lookAtCards(dialect, reply.body);
    }
    return 0;
}
