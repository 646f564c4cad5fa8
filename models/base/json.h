// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QString>
#include <utility>
#include <variant>
#include <vector>

namespace rollcall {

/// A JSON value whose objects keep the order of their keys and whose numbers keep their text, so that ids never go
/// through double and a request is byte-exact. Immutable once built; cheap enough for API pages (<= 8 MiB).
class Json {
public:
    using Array = std::vector<Json>;
    using Member = std::pair<QString, Json>;
    using Object = std::vector<Member>;
    struct Number {
        QByteArray text;
    };

    Json() = default;
    Json(bool value)
        : m_value(value)
    {
    }
    Json(const QString &value)
        : m_value(value)
    {
    }
    Json(const char *) = delete;
    Json(qint64 value)
        : m_value(Number{QByteArray::number(value)})
    {
    }
    Json(int value)
        : Json(qint64(value))
    {
    }
    Json(Number number)
        : m_value(std::move(number))
    {
    }
    Json(Array value)
        : m_value(std::move(value))
    {
    }
    Json(Object value)
        : m_value(std::move(value))
    {
    }

    [[nodiscard]] bool isNull() const { return m_value.index() == 0; }
    [[nodiscard]] bool isBool() const { return std::holds_alternative<bool>(m_value); }
    [[nodiscard]] bool isNumber() const { return std::holds_alternative<Number>(m_value); }
    [[nodiscard]] bool isString() const { return std::holds_alternative<QString>(m_value); }
    [[nodiscard]] bool isArray() const { return std::holds_alternative<Array>(m_value); }
    [[nodiscard]] bool isObject() const { return std::holds_alternative<Object>(m_value); }

    /// Each returns the fallback when the value is of another type; nothing is converted silently.
    [[nodiscard]] bool toBool(bool fallback = false) const;
    [[nodiscard]] QString toString(const QString &fallback = {}) const;
    /// An integer number, or (with `orString`) a string of digits; else nothing.
    [[nodiscard]] std::optional<qint64> toInteger(bool orString = false) const;
    [[nodiscard]] const Array &array() const; ///< empty when not an array
    [[nodiscard]] const Object &object() const; ///< empty when not an object
    [[nodiscard]] const Json &operator[](QStringView key) const; ///< null when absent or not an object
    [[nodiscard]] bool has(QStringView key) const;

    [[nodiscard]] QByteArray toCompact() const; ///< UTF-8, no blanks, keys in the order given

private:
    std::variant<std::monostate, bool, Number, QString, Array, Object> m_value;
};

/// Strict reading: whole input, UTF-8, no duplicate keys, no lone surrogates, no control bytes, depth <= 64,
/// at most 500,000 values and 10,000 keys in one object
/// (measured fact M8: Qt's own reader lets "invalid" then "valid" through). Failure: BadReply.
[[nodiscard]] Result<Json> parseJson(const QByteArray &bytes);

} // namespace rollcall
