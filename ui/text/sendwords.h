// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/operation.h"
#include "models/store/messages.h"

#include <QCoreApplication>
#include <QString>
#include <optional>

namespace rollcall {

/// The words of sending: how a message to one recipient ended, and what to do then.
class SendWords final {
    Q_DECLARE_TR_FUNCTIONS(SendWords)
public:
    SendWords() = delete;

    struct Cause {
        QString what = {}; ///< a short heading
        QString meaning = {}; ///< a sentence
        QString next = {}; ///< what to do; may be empty
    };
    [[nodiscard]] static Cause cause(const OperationCause &cause, std::optional<GatewayKind> gateway);
    [[nodiscard]] static Cause cause(const OperationItem &item, std::optional<GatewayKind> gateway);
    /// "Anna Example and 2 other contacts"; the title is foreign text.
    [[nodiscard]] static QString message(const QString &title, int cards);
};

} // namespace rollcall
