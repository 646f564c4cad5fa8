// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/formats/curlaccount.h"

#include <QCoreApplication>
#include <QString>

namespace rollcall {

/// What an account of one kind has to be told, with the words of its fields.
class KindFields final {
    Q_DECLARE_TR_FUNCTIONS(KindFields)
public:
    QString address = {}; ///< filled in for a new account; empty = everybody has an address of their own
    QString addressHint = {}; ///< what it looks like, and where it is told
    QString calls = {}; ///< what is done there; %1 = the address
    bool login = false; ///< user name and password, CA file and registered country code (on-premises)
    bool checks = true; ///< it can check, so freshness and budget matter
    QString sender = {}; ///< label of the session, stream or instance id; empty = it has none
    QString senderHint = {}; ///< where it is found
    QString senderMissing = {};
    QString secret = {}; ///< label of password, key or token
    QString secretSample = {}; ///< its look, as the field's placeholder
    QString secretHint = {}; ///< where it is found
    QString secretMissing = {};

    [[nodiscard]] static KindFields of(GatewayKind kind);
    /// A name that none of these accounts has: "Wawp", "Wawp 2".
    [[nodiscard]] static QString freeName(GatewayKind kind, const std::vector<Account> &taken);
    /// What was understood of a pasted curl line and what is still to be entered. Names no key.
    [[nodiscard]] static QString understood(const CurlAccount &pasted);
    /// Why a pasted text was not understood.
    [[nodiscard]] static QString notUnderstood(const Failure &why);

private:
    [[nodiscard]] static KindFields ofMeta(GatewayKind kind);
};

} // namespace rollcall
