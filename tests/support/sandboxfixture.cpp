// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sandboxfixture.h"

namespace rollcall::tests {

SandboxFixture::SandboxFixture(SandboxOptions options)
    : m_server(std::move(options))
{
    if (!m_server.start())
        qFatal("no free port on loopback for the sandbox");
}

SandboxFixture::~SandboxFixture()
{
    m_server.stopAndWait();
}

SandboxOptions SandboxFixture::quick()
{
    SandboxOptions options;
    options.slowPercent = 0;
    return options;
}

QUrl SandboxFixture::address() const
{
    return QUrl(QString::fromStdString(m_server.onPremAddress()));
}

QString SandboxFixture::user() const
{
    return QString::fromStdString(m_server.user());
}

QString SandboxFixture::password() const
{
    return QString::fromStdString(m_server.password());
}

void SandboxFixture::fault(const QString &spec)
{
    if (!m_server.addFault(spec.toStdString()))
        qFatal("no such sandbox fault: %s", qPrintable(spec));
}

QStringList SandboxFixture::asked() const
{
    QStringList inputs;
    for (const SandboxLedgerEntry &entry : m_server.ledger())
        for (const SandboxAsked &asked : entry.asked)
            inputs.append(QString::fromStdString(asked.input));
    return inputs;
}

int SandboxFixture::requests(const QString &path) const
{
    int count = 0;
    for (const SandboxLedgerEntry &entry : m_server.ledger())
        count += entry.path == path.toStdString() ? 1 : 0;
    return count;
}

QString SandboxFixture::truth(const QString &typed) const
{
    const auto digits = SandboxWorld::dialled(typed.toStdString(), m_server.options().countryCode);
    if (!digits)
        return QStringLiteral("failed");
    return m_server.world().isSubscriber(*digits) ? QStringLiteral("valid") : QStringLiteral("invalid");
}

QStringList SandboxFixture::numbers(int count, bool valid) const
{
    // British mobile numbers: the plan has ten digits after 44, the first of them a 7.
    QStringList found;
    for (int n = 0; found.size() < count; ++n) {
        const QString number = QStringLiteral("+447%1").arg(400000000 + n);
        if (truth(number) == (valid ? QStringLiteral("valid") : QStringLiteral("invalid")))
            found.append(number);
    }
    return found;
}

QStringList SandboxFixture::people(int count, bool wroteLately) const
{
    QStringList found;
    for (const QString &number : numbers(count * 12 + 60, true)) {
        if (found.size() < count && m_server.wroteLately(number.toStdString()) == wroteLately)
            found.append(number);
    }
    if (found.size() < count)
        qFatal("the sandbox world has too few people who %s lately", wroteLately ? "wrote" : "did not write");
    return found;
}

} // namespace rollcall::tests
