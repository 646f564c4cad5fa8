// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/json.h"

#include <QSet>
#include <nlohmann/json.hpp>

namespace rollcall {

namespace {

constexpr int maxDepth = 64;
// A body within its byte cap can still be millions of tiny values, each of which takes tens of bytes here. The largest
// honest answer, a page of a thousand contacts, has some twenty thousand.
constexpr qsizetype mostValues = 500'000;
constexpr qsizetype mostKeys = 10'000; ///< of one object

QString fromUtf8(const std::string &text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// Builds our value from nlohmann's events; refuses what QJsonDocument would let pass.
class Builder {
public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    bool null() { return add(Json()); }
    bool boolean(bool value) { return add(Json(value)); }
    bool number_integer(number_integer_t value) { return add(Json(qint64(value))); }
    bool number_unsigned(number_unsigned_t value)
    {
        return add(Json(Json::Number{QByteArray::number(quint64(value))}));
    }
    bool number_float(number_float_t, const string_t &text)
    {
        return add(Json(Json::Number{QByteArray(text.data(), qsizetype(text.size()))}));
    }
    bool string(string_t &text) { return add(Json(fromUtf8(text))); }
    bool binary(binary_t &) { return false; }
    bool start_object(std::size_t) { return open(true); }
    bool start_array(std::size_t) { return open(false); }
    bool end_array() { return close(); }
    bool end_object() { return close(); }
    bool key(string_t &text)
    {
        Level &level = m_levels.back();
        level.key = fromUtf8(text);
        if (level.keys.contains(level.key)) {
            m_reason = QStringLiteral("duplicate key");
            return false;
        }
        level.keys.insert(level.key);
        if (level.keys.size() <= mostKeys)
            return true;
        m_reason = QStringLiteral("more than %1 keys in one object").arg(mostKeys);
        return false;
    }
    bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &)
    {
        // nlohmann's own text quotes the input, which may be personal data: only the place is kept.
        m_reason = QStringLiteral("not JSON at byte %1").arg(position);
        return false;
    }

    [[nodiscard]] const QString &reason() const { return m_reason; }
    Json take() { return std::move(m_root); }

private:
    struct Level {
        bool isObject = false;
        QString key;
        QSet<QString> keys;
        Json::Object object;
        Json::Array array;
    };

    bool open(bool isObject)
    {
        if (m_levels.size() >= maxDepth) {
            m_reason = QStringLiteral("nested deeper than %1").arg(maxDepth);
            return false;
        }
        m_levels.emplace_back();
        m_levels.back().isObject = isObject;
        return true;
    }
    bool close()
    {
        Level level = std::move(m_levels.back());
        m_levels.pop_back();
        return add(level.isObject ? Json(std::move(level.object)) : Json(std::move(level.array)));
    }
    bool add(Json value)
    {
        if (++m_values > mostValues) {
            m_reason = QStringLiteral("more than %1 values").arg(mostValues);
            return false;
        }
        if (m_levels.empty())
            m_root = std::move(value);
        else if (m_levels.back().isObject)
            m_levels.back().object.emplace_back(m_levels.back().key, std::move(value));
        else
            m_levels.back().array.push_back(std::move(value));
        return true;
    }

    std::vector<Level> m_levels;
    qsizetype m_values = 0;
    Json m_root;
    QString m_reason;
};

void writeString(QByteArray &out, const QString &text)
{
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    const QByteArray utf8 = text.toUtf8();
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        default:
            if (byte < 0x20) {
                out += "\\u00";
                out += hex[byte >> 4];
                out += hex[byte & 0xf];
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

void write(QByteArray &out, const Json &value)
{
    if (value.isObject()) {
        out += '{';
        bool first = true;
        for (const auto &[key, member] : value.object()) {
            if (!std::exchange(first, false))
                out += ',';
            writeString(out, key);
            out += ':';
            write(out, member);
        }
        out += '}';
    } else if (value.isArray()) {
        out += '[';
        bool first = true;
        for (const Json &item : value.array()) {
            if (!std::exchange(first, false))
                out += ',';
            write(out, item);
        }
        out += ']';
    } else {
        out += value.toCompact();
    }
}

} // namespace

bool Json::toBool(bool fallback) const
{
    const bool *value = std::get_if<bool>(&m_value);
    return value ? *value : fallback;
}

QString Json::toString(const QString &fallback) const
{
    const QString *value = std::get_if<QString>(&m_value);
    return value ? *value : fallback;
}

std::optional<qint64> Json::toInteger(bool orString) const
{
    bool ok = false;
    qint64 value = 0;
    if (const Number *number = std::get_if<Number>(&m_value))
        value = number->text.toLongLong(&ok);
    else if (const QString *text = std::get_if<QString>(&m_value); text && orString)
        value = text->toLongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

const Json::Array &Json::array() const
{
    static const Array none;
    const Array *value = std::get_if<Array>(&m_value);
    return value ? *value : none;
}

const Json::Object &Json::object() const
{
    static const Object none;
    const Object *value = std::get_if<Object>(&m_value);
    return value ? *value : none;
}

const Json &Json::operator[](QStringView key) const
{
    static const Json none;
    for (const auto &[name, value] : object())
        if (name == key)
            return value;
    return none;
}

bool Json::has(QStringView key) const
{
    for (const auto &member : object())
        if (member.first == key)
            return true;
    return false;
}

QByteArray Json::toCompact() const
{
    QByteArray out;
    if (isNull()) {
        out = "null";
    } else if (isBool()) {
        out = toBool() ? "true" : "false";
    } else if (const Number *number = std::get_if<Number>(&m_value)) {
        out = number->text;
    } else if (const QString *text = std::get_if<QString>(&m_value)) {
        writeString(out, *text);
    } else {
        write(out, *this);
    }
    return out;
}

Result<Json> parseJson(const QByteArray &bytes)
{
    // nlohmann takes a NUL byte for the end of the input, so what follows it would pass unseen.
    if (const qsizetype at = bytes.indexOf('\0'); at >= 0)
        return Failure{Failure::Kind::BadReply, QStringLiteral("not JSON at byte %1").arg(at)};
    Builder builder;
    const char *begin = bytes.constData();
    // A byte order mark is tolerated by nlohmann; RFC 8259 section 8.1 lets a reader ignore it.
    if (!nlohmann::json::sax_parse(begin, begin + bytes.size(), &builder))
        return Failure{Failure::Kind::BadReply, builder.reason()};
    return builder.take();
}

} // namespace rollcall
