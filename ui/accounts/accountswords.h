// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/accounts.h"
#include "models/tables/accountsmodel.h"

#include <QCoreApplication>

namespace rollcall {

/// The words of the Accounts page and its dialogs.
class AccountsText final {
    Q_DECLARE_TR_FUNCTIONS(AccountsText)
public:
    AccountsText() = delete;

    [[nodiscard]] static QString title(AccountColumn column);
    /// `nowMs`: wall time UTC, 0 = not known; a test's age is told by it.
    [[nodiscard]] static QString cell(
        const Account &account, const AccountReach &known, AccountColumn column, qint64 nowMs = 0);
    [[nodiscard]] static QString reach(AccountReach::State state);
    [[nodiscard]] static QString testedWhen(qint64 atMs, qint64 nowMs); ///< "tested 2 h ago"
    /// "Checks many numbers at once, blocks, sends cards".
    [[nodiscard]] static QString abilities(const Capabilities &can);

    /// One step of the connection test: its state in a word, and what was found or what to do.
    [[nodiscard]] static QString stepState(TestStep::State state);
    /// The same, and for what went well without being proved: "not needed" (encryption), "assumed" (limits).
    [[nodiscard]] static QString stepWord(const TestStep &step);
    [[nodiscard]] static bool isProved(const TestStep &step);
    [[nodiscard]] static QString stepFinding(const TestStep &step);
    [[nodiscard]] static QString nothingSent(); ///< of a whole test
    /// A few words about a step that failed or warned; empty where it says nothing about being reachable.
    [[nodiscard]] static QString briefly(const TestStep &step);

private:
    [[nodiscard]] static QString skippedStep(const TestStep &step);
    [[nodiscard]] static QString cannotStep(const TestStep &step);
    [[nodiscard]] static QString abilityStep(const TestStep &step);
    [[nodiscard]] static QString limitsFound(const QStringList &parts);

public:
    /// The sandbox's own account is made at each start, so it cannot be removed; its other gateways can.
    [[nodiscard]] static bool staysHere(const Account &account);
    /// Where the password lies now or will lie, and what that means.
    [[nodiscard]] static QString passwordPlace(const Account &account, const QString &keychain);
    /// After a save that could not use the keychain.
    [[nodiscard]] static QString onlyInMemory(const Failure &why);
    /// The rule of an on-premises node for numbers without '+', with what it does to a real number.
    [[nodiscard]] static QString countryCodeRule(int countryCode);
    /// The same for the gateways that take international numbers only.
    [[nodiscard]] static QString plusRule();
};

} // namespace rollcall
