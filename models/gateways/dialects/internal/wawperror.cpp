// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/internal/wawperror.h"

#include "models/gateways/dialects/internal/replies.h"

#include <QRegularExpression>
#include <algorithm>

namespace rollcall {

namespace {

constexpr qsizetype mostText = 2000;
constexpr auto notImplemented = QLatin1String("not implemented by the engine");
constexpr auto overlimit = QLatin1String("rate-overlimit"); ///< WhatsApp's own throttle of pictures and names

/// One of the envelopes {code,message}, {status,message,error}, {message,statusCode}, or WAHA's own of a session that
/// does not work; each member may be missing.
struct Envelope {
    QString word = {}; ///< `code`, when it is a word
    int status = 0; ///< the HTTP status as the body tells it
    QString state = {}; ///< of the session, when the body says that it is not the expected one
    QString text = {}; ///< everything said in words, in lower case: to look into, never to show
    bool isObject = false;
};

QString wordIn(const Json &value)
{
    // What may be shown: the gateway's words can hold the address with the token in it, a code cannot.
    static const QRegularExpression form(QStringLiteral("\\A[a-z]{2,24}(?:_[a-z]{2,24}){0,5}\\z"));
    const QString word = value.toString();
    return form.match(word).hasMatch() ? word : QString();
}

/// Of a session that is not in the state a call needs: {"status":"SCAN_QR_CODE","expected":["WORKING"]}.
QString stateIn(const Json &body, bool is422)
{
    static const QRegularExpression form(QStringLiteral("\\A[A-Z]{2,24}(?:_[A-Z]{2,24}){0,5}\\z"));
    const QString state = body[u"status"].toString();
    return (is422 || body.has(u"expected")) && form.match(state).hasMatch() ? state : QString();
}

/// The strings of a value: Nest tells several messages in a list, WAHA nests an exception.
void addText(QString &text, const Json &value)
{
    if (text.size() > mostText)
        return;
    if (value.isString())
        text += value.toString().left(mostText).toLower() + u'\n';
    for (const Json &part : value.array())
        addText(text, part);
    for (const auto &[name, part] : value.object())
        addText(text, part);
}

int errorStatusIn(const Json &body)
{
    for (const QStringView name : {QStringView(u"statusCode"), QStringView(u"status"), QStringView(u"code")})
        if (const int status = codeOf(body[name]); status >= 400 && status <= 599)
            return status;
    return 0;
}

Envelope envelopeOf(const HttpReply &reply)
{
    Envelope envelope;
    const Result<Json> parsed = parseJson(reply.body);
    if (!parsed) {
        envelope.text = QString::fromUtf8(reply.body.left(mostText)).toLower();
        return envelope;
    }
    const Json &body = *parsed;
    envelope.isObject = body.isObject();
    envelope.word = wordIn(body[u"code"]);
    if (envelope.word.isEmpty())
        envelope.word = wordIn(body[u"error"][u"code"]);
    envelope.status = errorStatusIn(body);
    envelope.state = stateIn(body, reply.status == 422);
    for (const QStringView name :
        {QStringView(u"code"), QStringView(u"message"), QStringView(u"error"), QStringView(u"exception")})
        addText(envelope.text, body[name]);
    return envelope;
}

/// Not the gateway's own answer: a proxy's page, or JSON that is broken.
bool isForeign(const HttpReply &reply, const Envelope &envelope)
{
    const QByteArray start = reply.body.left(64).trimmed();
    return !envelope.isObject && (start.startsWith('<') || start.startsWith('{') || start.startsWith('['));
}

struct Kind {
    Failure::Kind kind;
    QString subject = {};
    bool aboutSession = false;
};

Kind kindOf(int status, const HttpReply &reply, const Envelope &envelope)
{
    using K = Failure::Kind;
    const QString &text = envelope.text;
    if (status == 429 || text.contains(overlimit))
        return {K::RateLimited};
    if (text.contains(notImplemented) || (status == 501 && !isForeign(reply, envelope)))
        return {K::Unsupported};
    if (envelope.word == u"invalid_session")
        return {K::Refused, envelope.word, true};
    if (!envelope.state.isEmpty())
        return {K::Refused, envelope.state, true};
    if (status == 401 || (status == 400 && text.contains(u"access_token")))
        return {K::Unauthorised, {}, true};
    // A plan that does not hold a feature has a word for it; the bare status means the token.
    if (status == 403)
        return {envelope.word.isEmpty() ? K::Unauthorised : K::Refused, envelope.word, true};
    if (status >= 500)
        return {K::GatewayError};
    if (isForeign(reply, envelope))
        return {K::BadReply};
    // "Cannot GET /v2/…": this gateway has no such route, which says nothing of the person.
    return {K::Refused, envelope.word, text.contains(u"session") || text.startsWith(u"cannot ")};
}

/// HTTP 200 may carry an error too: then its code says what the status would have been.
int statusOf(const HttpReply &reply, const Envelope &envelope)
{
    if (envelope.word == u"invalid_session")
        return 404;
    if (envelope.word == u"subscription_required")
        return 403;
    return isSuccess(reply) && envelope.status != 0 ? envelope.status : reply.status;
}

} // namespace

bool hasWawpError(const Json &body)
{
    if (!body.isObject())
        return false;
    const auto isFalse = [&body](QStringView name) { return body[name].isBool() && !body[name].toBool(); };
    const QString code = body[u"code"].toString();
    const bool isNumber = std::all_of(code.begin(), code.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    const bool coded = !isNumber && code != u"success" && code != u"ok";
    const Json &error = body[u"error"];
    const bool told = !error.toString().isEmpty() || !error.object().empty() || error.toBool();
    return coded || told || errorStatusIn(body) != 0 || !stateIn(body, false).isEmpty() || isFalse(u"result")
        || isFalse(u"success");
}

WawpTrouble wawpTrouble(const HttpReply &reply)
{
    const Envelope envelope = envelopeOf(reply);
    const int status = statusOf(reply, envelope);
    const Kind kind = kindOf(status, reply, envelope);
    WawpTrouble trouble;
    trouble.aboutSession = kind.aboutSession;
    trouble.failure.kind = kind.kind;
    trouble.engineSaysNo = kind.kind == Failure::Kind::Unsupported && envelope.text.contains(notImplemented);
    trouble.failure.code = status;
    trouble.failure.subject = kind.subject;
    trouble.failure.aboutAccount = kind.aboutSession && kind.kind == Failure::Kind::Refused;
    trouble.failure.detail = QStringLiteral("HTTP %1").arg(reply.status);
    QString word = envelope.word.isEmpty() ? envelope.state : envelope.word;
    if (envelope.text.contains(overlimit))
        word = overlimit; // a constant: of the gateway's own text nothing is quoted
    if (!word.isEmpty())
        trouble.failure.detail += QLatin1String(", ") + word;
    return trouble;
}

Result<Json> wawpBody(const HttpReply &reply)
{
    if (!isSuccess(reply))
        return wawpTrouble(reply).failure;
    if (reply.body.trimmed().isEmpty())
        return Json();
    Result<Json> body = parseJson(reply.body);
    if (body && hasWawpError(*body))
        return wawpTrouble(reply).failure;
    return body;
}

} // namespace rollcall
