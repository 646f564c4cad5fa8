// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace rollcall {

/// A phone number as it may appear in a log: "+491…78". Fewer than 7 digits give "…".
[[nodiscard]] QString maskedNumber(const QString &number);

/// A token, password or key. Has no output operator and no conversion: it reaches a request header and the keychain
/// only through reveal(), which a reviewer can search for. The bytes are overwritten when the last copy goes.
class Secret {
public:
    Secret() = default;
    explicit Secret(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
    }
    Secret(const Secret &) = default;
    Secret(Secret &&) noexcept = default;
    Secret &operator=(const Secret &) = default;
    Secret &operator=(Secret &&) noexcept = default;
    ~Secret();
    [[nodiscard]] bool isEmpty() const { return m_bytes.isEmpty(); }
    [[nodiscard]] const QByteArray &reveal() const { return m_bytes; }

    /// Trims, then accepts visible ASCII only, 1 to 4096 bytes (measured fact M9: CR/LF in a token would inject a
    /// header). Anything else gives an empty Secret.
    [[nodiscard]] static Secret fromTyped(const QString &typed);

private:
    QByteArray m_bytes;
};

} // namespace rollcall
