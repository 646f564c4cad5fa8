// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/curlline.h"

#include <QRegularExpression>
#include <algorithm>
#include <array>

namespace rollcall {

namespace {

struct Word {
    QString text = {};
    bool quoted = false; ///< any part of it: then it is no shell operator
};

bool isBlank(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == QChar(0xa0);
}

/// cmd.exe's own reading: '^' takes the meaning of what follows, except within quotes.
QString withoutCarets(const QString &text)
{
    QString plain;
    plain.reserve(text.size());
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'"')
            quoted = !quoted;
        if (c != u'^' || quoted) {
            plain += c;
            continue;
        }
        if (++i >= text.size())
            break;
        if (text.at(i) == u'\r' && i + 1 < text.size() && text.at(i + 1) == u'\n')
            ++i;
        // A line that goes on: blanks separate its words, none are added.
        if (text.at(i) != u'\n' && text.at(i) != u'\r')
            plain += text.at(i);
    }
    return plain;
}

bool isWindows(const QString &text)
{
    static const QRegularExpression caret(QStringLiteral("\\^\\s*[\\r\\n]|\\^\""));
    return text.contains(caret);
}

/// One pass over the text: words as a shell makes them. Fails when a quote stays open.
class Splitter final {
public:
    Splitter(const QString &text, bool windows)
        : m_text(text)
        , m_windows(windows)
    {
    }

    std::optional<std::vector<Word>> words()
    {
        while (m_at < m_text.size()) {
            const QChar c = m_text.at(m_at);
            if (isBlank(c)) {
                finish();
                if (c == u'\n' && endsHere())
                    break;
                ++m_at;
            } else if (c == u'"' || c == u'\'') {
                if (!readQuoted(c, false))
                    return std::nullopt;
            } else if (c == u'$' && peek() == u'\'' && !m_windows) {
                ++m_at;
                if (!readQuoted(u'\'', true))
                    return std::nullopt;
            } else if (c == u'\\' || (c == u'`' && (peek() == u'\n' || peek() == u'\r'))) {
                readEscape();
            } else {
                m_inside = true;
                m_word.text += c;
                ++m_at;
            }
        }
        finish();
        return std::move(m_words);
    }

private:
    [[nodiscard]] QChar peek() const { return m_at + 1 < m_text.size() ? m_text.at(m_at + 1) : QChar(); }

    /// A line's end ends the command, but copied lines lose their '\\': one that begins with an option goes on.
    [[nodiscard]] bool endsHere() const
    {
        qsizetype at = m_at;
        while (at < m_text.size() && isBlank(m_text.at(at)))
            ++at;
        return m_words.size() > 1 && at < m_text.size() && m_text.at(at) != u'-';
    }

    /// Outside quotes: a line that goes on, or the next character as it is.
    void readEscape()
    {
        const QChar next = peek();
        m_at += 2;
        if (next == u'\r' && m_at < m_text.size() && m_text.at(m_at) == u'\n')
            ++m_at;
        if (next == u'\n' || next == u'\r' || next.isNull())
            return;
        m_inside = true;
        if (m_windows && next != u'"' && next != u'\\')
            m_word.text += u'\\';
        m_word.text += next;
    }

    bool readQuoted(QChar quote, bool ansi)
    {
        m_inside = true;
        m_word.quoted = true;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text.at(m_at);
            if (c == quote) {
                ++m_at;
                return true;
            }
            const bool escapes = quote == u'"' || ansi;
            if (c == u'\\' && escapes && m_at + 1 < m_text.size())
                readInside(m_text.at(++m_at), ansi);
            else
                m_word.text += c;
        }
        return false;
    }

    /// After a backslash within quotes.
    void readInside(QChar c, bool ansi)
    {
        if (ansi) {
            readAnsi(c);
        } else if (c == u'"' || c == u'\\' || (!m_windows && (c == u'$' || c == u'`'))) {
            m_word.text += c;
        } else if (c != u'\n') {
            m_word.text += u'\\';
            m_word.text += c;
        }
    }

    void readAnsi(QChar c)
    {
        if (c == u'n' || c == u't' || c == u'r') {
            m_word.text += c == u'n' ? u'\n' : c == u't' ? u'\t' : u'\r';
            return;
        }
        if (c != u'u') {
            m_word.text += c;
            return;
        }
        bool hex = false;
        const ushort unit = QStringView(m_text).mid(m_at + 1, 4).toUShort(&hex, 16);
        if (!hex)
            return;
        m_word.text += QChar(unit);
        m_at += std::min<qsizetype>(4, m_text.size() - m_at - 1);
    }

    void finish()
    {
        if (m_inside)
            m_words.push_back(std::exchange(m_word, {}));
        m_inside = false;
    }

    const QString &m_text;
    const bool m_windows;
    qsizetype m_at = 0;
    bool m_inside = false;
    Word m_word;
    std::vector<Word> m_words;
};

bool isOperator(const Word &word)
{
    static const std::array<QStringView, 9> operators{u"|", u"||", u"&", u"&&", u";", u">", u">>", u"<", u"2>&1"};
    return !word.quoted && std::find(operators.begin(), operators.end(), word.text) != operators.end();
}

/// Options of one letter that take a value; every other letter takes none.
constexpr QStringView lettersWithValue = u"AbcCdDeEFhHKmoPQrtTuUwxXyYz";

/// Long options that take a value and may be met in a copied line.
bool takesValue(QStringView option)
{
    static const std::array<QStringView, 34> known{u"header", u"user", u"request", u"url", u"data", u"data-raw",
        u"data-binary", u"data-ascii", u"data-urlencode", u"json", u"oauth2-bearer", u"cacert", u"output",
        u"user-agent", u"cookie", u"cookie-jar", u"referer", u"max-time", u"connect-timeout", u"retry", u"retry-delay",
        u"proxy", u"form", u"form-string", u"cert", u"key", u"resolve", u"write-out", u"capath", u"proxy-user",
        u"interface", u"upload-file", u"dump-header", u"limit-rate"};
    return std::find(known.begin(), known.end(), option) != known.end();
}

/// Takes the words of a command one by one.
class Reader final {
public:
    void take(const std::vector<Word> &words)
    {
        for (std::size_t i = 0; i < words.size() && !isOperator(words[i]); ++i) {
            const QString &text = words[i].text;
            const auto next = [&] { return i + 1 < words.size() ? words[++i].text : QString(); };
            if (text.startsWith(u"--")) {
                const qsizetype equals = text.indexOf(u'=');
                const QString name = text.mid(2, equals < 0 ? -1 : equals - 2);
                if (takesValue(name))
                    option(name, equals < 0 ? next() : text.mid(equals + 1));
                else
                    flag(name);
            } else if (text.size() > 1 && text.startsWith(u'-')) {
                letters(text.mid(1), next);
            } else {
                m_bare.push_back(text);
            }
        }
    }

    Result<CurlLine> line();

private:
    template <class Next> void letters(const QString &cluster, const Next &next)
    {
        for (qsizetype i = 0; i < cluster.size(); ++i) {
            const QChar c = cluster.at(i);
            if (!lettersWithValue.contains(c)) {
                flag(QString(c));
                continue;
            }
            option(QString(c), i + 1 < cluster.size() ? cluster.mid(i + 1) : next());
            return;
        }
    }

    void flag(const QString &name)
    {
        m_line.insecure = m_line.insecure || name == u"k" || name == u"insecure";
        m_get = m_get || name == u"G" || name == u"get";
    }

    void option(const QString &name, const QString &value)
    {
        if (name == u"H" || name == u"header")
            header(value);
        else if (name == u"u" || name == u"user")
            login(value);
        else if (name == u"X" || name == u"request")
            m_line.verb = value.trimmed().toUpper().toLatin1().left(16);
        else if (name == u"url")
            m_url = value;
        else if (name == u"oauth2-bearer")
            header(QStringLiteral("Authorization: Bearer ") + value);
        else if (name == u"cacert")
            m_line.caFile = value;
        else if (name == u"d" || name == u"json" || name.startsWith(u"data"))
            data(name, value);
    }

    void header(const QString &value)
    {
        const qsizetype colon = value.indexOf(u':');
        if (colon > 0)
            m_line.headers.emplace_back(
                value.left(colon).trimmed().toLower(), Secret(value.mid(colon + 1).trimmed().toUtf8()));
    }

    void login(const QString &value)
    {
        const qsizetype colon = value.indexOf(u':');
        m_line.user = value.left(colon < 0 ? value.size() : colon);
        m_line.password = Secret(colon < 0 ? QByteArray() : value.mid(colon + 1).toUtf8());
    }

    void data(const QString &name, const QString &value)
    {
        if (value.startsWith(u'@') && name != u"data-raw")
            return; // a file
        QByteArray part = value.toUtf8();
        if (const qsizetype equals = value.indexOf(u'='); name == u"data-urlencode")
            part = equals < 0 ? QUrl::toPercentEncoding(value)
                              : value.left(equals).toUtf8() + '=' + QUrl::toPercentEncoding(value.mid(equals + 1));
        m_body += m_body.isEmpty() ? part : '&' + part;
    }

    CurlLine m_line;
    QString m_url;
    QByteArray m_body;
    std::vector<QString> m_bare;
    bool m_get = false;
};

Failure bad(const char *why)
{
    Failure failure;
    failure.kind = Failure::Kind::BadInput;
    failure.detail = QLatin1String(why);
    return failure;
}

Result<CurlLine> Reader::line()
{
    const auto bare = std::find_if(m_bare.begin(), m_bare.end(), [](const QString &w) { return w.contains(u"://"); });
    const auto host = std::find_if(m_bare.begin(), m_bare.end(), [](const QString &w) { return w.contains(u'.'); });
    QString text = !m_url.isEmpty() ? m_url : bare != m_bare.end() ? *bare : host != m_bare.end() ? *host : QString();
    text = text.trimmed();
    if (text.isEmpty())
        return bad("no address");
    if (!text.contains(u"://"))
        text.prepend(u"https://"_qs); // curl would take http; a gateway never does
    m_line.url = QUrl(text, QUrl::TolerantMode);
    const bool web = m_line.url.scheme() == u"https" || m_line.url.scheme() == u"http";
    if (!m_line.url.isValid() || !web || m_line.url.host().isEmpty())
        return bad("address");
    if (m_line.user.isEmpty() && !m_line.url.userName().isEmpty()) {
        m_line.user = m_line.url.userName();
        m_line.password = Secret(m_line.url.password().toUtf8());
    }
    m_line.url.setUserInfo({});
    static const QRegularExpression parts(QStringLiteral("^[^:]*://[^/?#]*([^?#]*)"));
    m_line.path = parts.match(text).captured(1);
    if (m_get && !m_body.isEmpty()) {
        const QString query = m_line.url.query(QUrl::FullyEncoded);
        m_line.url.setQuery(
            query.isEmpty() ? QString::fromUtf8(m_body) : QString(query + u'&' + QString::fromUtf8(m_body)));
        m_body.clear();
    }
    if (m_line.verb.isEmpty())
        m_line.verb = m_body.isEmpty() ? QByteArrayLiteral("GET") : QByteArrayLiteral("POST");
    m_line.body = Secret(m_body);
    return std::move(m_line);
}

/// Where "curl" begins, -1 when it is not there.
qsizetype commandStart(QStringView text)
{
    static const QRegularExpression form(
        QStringLiteral("(?:^|[\\s/\\\\])(curl(?:\\.exe)?)[\\s\\^\\\\]"), QRegularExpression::CaseInsensitiveOption);
    return form.match(text.left(longestCurlLine).toString()).capturedStart(1);
}

} // namespace

const Secret *CurlLine::header(QStringView lowerName) const
{
    const auto found
        = std::find_if(headers.begin(), headers.end(), [lowerName](const auto &one) { return one.first == lowerName; });
    return found == headers.end() ? nullptr : &found->second;
}

Result<CurlLine> readCurlLine(const QString &text)
{
    if (text.size() > longestCurlLine)
        return bad("long");
    const qsizetype start = commandStart(text);
    if (start < 0)
        return bad("no curl");
    const bool windows = isWindows(text);
    const QString command = windows ? withoutCarets(text.mid(start)) : text.mid(start);
    auto words = Splitter(command, windows).words();
    if (!words)
        return bad("quote");
    if (words->empty())
        return bad("no curl");
    Reader reader;
    reader.take({std::next(words->begin()), words->end()});
    return reader.line();
}

bool looksLikeCurl(QStringView text)
{
    return commandStart(text) >= 0;
}

} // namespace rollcall
