// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxserver.h"

#include <QString>
#include <QStringList>
#include <QUrl>

namespace rollcall::tests {

/// A running sandbox on a free port, ended with the object. Answers at once under no_wait unless slowPercent is set.
class SandboxFixture final {
public:
    /// Ends the program with a message when no port can be had: nothing useful could follow.
    explicit SandboxFixture(SandboxOptions options = quick());
    ~SandboxFixture();
    SandboxFixture(const SandboxFixture &) = delete;
    SandboxFixture &operator=(const SandboxFixture &) = delete;

    /// The options most tests want: no number is slow, so that "no_wait" answers everything at once.
    [[nodiscard]] static SandboxOptions quick();

    [[nodiscard]] SandboxServer &server() { return m_server; }
    [[nodiscard]] QUrl address() const; ///< of an on-premises account, ends in /v1
    [[nodiscard]] QString user() const;
    [[nodiscard]] QString password() const;

    void fault(const QString &spec); ///< "429=3:1", "401:1@2" …; see SandboxFault. Fails hard on a name that is none.
    void clearFaults() { m_server.clearFaults(); }

    /// Every number asked in POST /v1/contacts in order, as typed; with repeats.
    [[nodiscard]] QStringList asked() const;
    [[nodiscard]] int requests(const QString &path) const; ///< e.g. "/v1/contacts"
    [[nodiscard]] std::vector<SandboxLedgerEntry> ledger() const { return m_server.ledger(); }

    /// What the node must say about a typed number: "valid", "invalid" or "failed"; from the world, not from the wire.
    [[nodiscard]] QString truth(const QString &typed) const;
    /// `count` different numbers in E.164 of the registered country, valid (or invalid) in this world.
    [[nodiscard]] QStringList numbers(int count, bool valid = true) const;
    /// `count` different numbers in E.164 that are on WhatsApp and wrote within the last 24 hours, or did not.
    [[nodiscard]] QStringList people(int count, bool wroteLately) const;

private:
    SandboxServer m_server;
};

} // namespace rollcall::tests
