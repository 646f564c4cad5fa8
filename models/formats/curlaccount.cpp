// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/curlaccount.h"

#include "models/base/json.h"

#include <QRegularExpression>
#include <QUrlQuery>

namespace rollcall {

namespace {

/// "sk_live_...", "<token>", "{{apiKey}}", "$TOKEN", "YOUR_API_KEY", "xxxx": written for the reader to fill in. A whole
/// value, since a password may hold any of these characters.
bool isSample(const QString &value)
{
    static const QRegularExpression form(QStringLiteral("\\.\\.\\.|\\x{2026}|^<.*>$|^\\{.*\\}$|^\\[.*\\]$|^\\$\\{?[A-"
                                                        "Za-z_]+\\}?$|^%[A-Z_]+%$|^x{3,}$|^\\*+$|^your[-_ ]"),
        QRegularExpression::CaseInsensitiveOption);
    return form.match(value).hasMatch();
}

bool isHost(const QUrl &url, const char *name)
{
    const QString host = url.host().toLower();
    return host == QLatin1String(name) || host.endsWith(QLatin1Char('.') + QLatin1String(name));
}

/// Scheme, host, port and this path.
QUrl based(const QUrl &url, const QString &path)
{
    QUrl base = url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    QString trimmed = path;
    while (trimmed.endsWith(u'/'))
        trimmed.chop(1);
    base.setPath(trimmed, QUrl::TolerantMode);
    return base;
}

/// One line being understood.
class Guess final {
public:
    explicit Guess(const CurlLine &line)
        : m_line(line)
        , m_path(line.url.path(QUrl::FullyEncoded))
        , m_query(line.url.query(QUrl::FullyEncoded))
    {
        if (auto json = parseJson(line.body.reveal()))
            m_json = *std::move(json);
        m_form.setQuery(QString::fromUtf8(line.body.reveal()));
    }

    CurlAccount account()
    {
        m_account.insecure = m_line.insecure;
        m_account.address = based(m_line.url, {});
        if (m_line.header(u"d360-api-key") || isHost(m_line.url, "360dialog.io"))
            dialog360();
        else if (isHost(m_line.url, "facebook.com") || (graphPath().hasMatch() && !bearer().isEmpty()))
            cloudApi();
        else if (isHost(m_line.url, "wawp.net") || hasBoth("access_token", "instance_id")
            || (m_line.header(u"access-token") && !field("instance_id").isEmpty()) || m_line.header(u"x-instance-id"))
            wawp();
        else if (isHost(m_line.url, "commbox.io") || m_path.contains(u"/validatecontact/"))
            commBox();
        else if (isHost(m_line.url, "sendapi.co") || !field("session_id").isEmpty()
            || bearer().startsWith(QLatin1String("sk_live_")) || bearer().startsWith(QLatin1String("sk_test_")))
            sendApi();
        else if (!login().first.isEmpty() || nodePath().hasMatch())
            onPrem();
        return std::move(m_account);
    }

private:
    /// Of the query, else of the JSON body, else of a form body.
    [[nodiscard]] QString field(const char *name) const
    {
        const QString key = QLatin1String(name);
        if (m_query.hasQueryItem(key))
            return m_query.queryItemValue(key, QUrl::FullyDecoded).trimmed();
        const Json &value = m_json[key];
        if (value.isString())
            return value.toString().trimmed();
        if (const auto number = value.toInteger(true)) // sendapi's own client sends its session id as a number
            return QString::number(*number);
        return m_form.queryItemValue(key, QUrl::FullyDecoded).trimmed();
    }
    [[nodiscard]] bool hasBoth(const char *first, const char *second) const
    {
        return !field(first).isEmpty() && !field(second).isEmpty();
    }
    [[nodiscard]] QString headerText(QStringView name) const
    {
        const Secret *value = m_line.header(name);
        return value ? QString::fromUtf8(value->reveal()) : QString();
    }
    [[nodiscard]] QString bearer() const
    {
        const QString value = headerText(u"authorization");
        return value.startsWith(u"bearer ", Qt::CaseInsensitive) ? value.mid(7).trimmed() : QString();
    }
    /// Of -u, or of a Basic header.
    [[nodiscard]] std::pair<QString, Secret> login() const
    {
        if (!m_line.user.isEmpty())
            return {m_line.user, m_line.password};
        const QString value = headerText(u"authorization");
        if (!value.startsWith(u"basic ", Qt::CaseInsensitive))
            return {};
        const QByteArray pair = QByteArray::fromBase64(value.mid(6).trimmed().toLatin1());
        const qsizetype colon = pair.indexOf(':');
        if (colon <= 0)
            return {};
        return {QString::fromUtf8(pair.left(colon)), Secret(pair.mid(colon + 1))};
    }
    [[nodiscard]] QRegularExpressionMatch graphPath() const
    {
        static const QRegularExpression form(QStringLiteral("^(.*?/v\\d+\\.\\d+(?:/\\d{5,})?)(?:/|$)"));
        return form.match(m_path);
    }
    [[nodiscard]] QRegularExpressionMatch nodePath() const
    {
        static const QRegularExpression form(
            QStringLiteral("^(.*?/v1)/(?:contacts|users|health|messages|settings|certificates|account)(?:/|$)"));
        return form.match(m_path);
    }
    [[nodiscard]] QString before(const QString &marker) const
    {
        const qsizetype at = m_path.indexOf(marker);
        return at < 0 ? QString() : m_path.left(at);
    }

    void secret(const QString &typed)
    {
        if (isSample(typed))
            m_account.sample = true;
        else
            m_account.secret = Secret::fromTyped(typed);
    }
    void sender(const QString &typed)
    {
        if (isSample(typed))
            m_account.sample = true;
        else
            m_account.sender = typed.left(500);
    }

    void dialog360()
    {
        m_account.kind = GatewayKind::Dialog360;
        static const QRegularExpression tail(QStringLiteral("/(?:messages|block_users|contacts|configs)(?:/.*)?$"));
        m_account.address = based(m_line.url, QString(m_path).remove(tail));
        const QString key = headerText(u"d360-api-key");
        secret(key.isEmpty() ? bearer() : key);
    }
    void cloudApi()
    {
        m_account.kind = GatewayKind::CloudApi;
        m_account.address = based(m_line.url, graphPath().captured(1));
        const QString token = bearer();
        secret(token.isEmpty() ? field("access_token") : token);
    }
    void wawp()
    {
        m_account.kind = GatewayKind::Wawp;
        static const QRegularExpression versioned(QStringLiteral("/v\\d+/|/wp-json/"));
        const qsizetype call = m_path.indexOf(versioned);
        m_account.address = based(m_line.url, call < 0 ? QString() : m_path.left(call));
        if (m_path.contains(u"/wp-json/") && isHost(m_line.url, "wawp.net"))
            m_account.address = QUrl(QStringLiteral("https://api.wawp.net")); // the older generation's path, gone there
        const QString instance = field("instance_id");
        sender(instance.isEmpty() ? headerText(u"x-instance-id") : instance);
        QString token = field("access_token");
        if (token.isEmpty())
            token = headerText(u"access-token");
        secret(token.isEmpty() ? bearer() : token);
    }
    void commBox()
    {
        m_account.kind = GatewayKind::CommBox;
        m_account.address = based(m_line.url, before(QStringLiteral("/whatsapp/")));
        static const QRegularExpression stream(QStringLiteral("/validatecontact/([^/]+)"));
        // The console shows it percent-encoded, and so it stands in the path (gateways.md 3).
        const QString id = stream.match(m_line.path).captured(1);
        sender(isSample(QUrl::fromPercentEncoding(id.toLatin1())) ? QStringLiteral("...") : id);
        secret(bearer());
    }
    void sendApi()
    {
        m_account.kind = GatewayKind::SendApi;
        static const QRegularExpression base(QStringLiteral("^(.*?/v1)(?:/|$)"));
        const QRegularExpressionMatch match = base.match(m_path);
        m_account.address = based(m_line.url, match.hasMatch() ? match.captured(1) : QStringLiteral("/v1"));
        sender(field("session_id"));
        secret(bearer());
    }
    void onPrem()
    {
        m_account.kind = GatewayKind::OnPrem;
        const QRegularExpressionMatch match = nodePath();
        m_account.address = based(m_line.url, match.hasMatch() ? match.captured(1) : QStringLiteral("/v1"));
        // A Bearer here is the session token of a login, gone within a week: the login is what an account needs.
        const auto [user, password] = login();
        const QString typed = QString::fromUtf8(password.reveal());
        m_account.sample = isSample(user) || isSample(typed);
        if (!m_account.sample) {
            m_account.user = user.left(500);
            m_account.secret = password;
        }
        m_account.caFile = m_line.caFile;
    }

    const CurlLine &m_line;
    const QString m_path;
    const QUrlQuery m_query;
    QUrlQuery m_form;
    Json m_json;
    CurlAccount m_account;
};

} // namespace

CurlAccount curlAccountOf(const CurlLine &line)
{
    return Guess(line).account();
}

} // namespace rollcall
