// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/accountchooser.h"

#include "ui/parts/badge.h"
#include "ui/parts/icons.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>

namespace rollcall {

AccountChooser::AccountChooser(QWidget *parent)
    : QWidget(parent)
    , m_box(new QComboBox(this))
    , m_badge(new Badge(tr("Sandbox"), Tone::Sandbox, QStringLiteral("sandbox"), this))
{
    auto *label = new QLabel(tr("A&ccount"), this);
    label->setProperty("look", QStringLiteral("muted"));
    label->setBuddy(m_box);
    m_box->setObjectName(QStringLiteral("accountChooser"));
    m_box->setAccessibleName(tr("Account"));
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_box->setMinimumContentsLength(12);
    m_badge->setToolTip(tr("The sandbox is built in: nothing leaves this computer and nobody is really asked."));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_badge);
    row->addWidget(label);
    row->addWidget(m_box);
    setAccounts({}, {});
    connect(m_box, &QComboBox::activated, this, [this] {
        showBadge();
        emit chosen(current());
    });
}

void AccountChooser::setAccounts(const std::vector<Account> &accounts, AccountId current)
{
    const QSignalBlocker quiet(m_box);
    m_accounts = accounts;
    m_box->clear();
    if (accounts.empty())
        m_box->addItem(tr("None yet"), qint64(0));
    for (const Account &account : accounts) {
        m_box->addItem(icon(account.sandbox ? QStringLiteral("sandbox") : QStringLiteral("accounts")), account.name,
            account.id.value());
        if (account.id == current)
            m_box->setCurrentIndex(m_box->count() - 1);
    }
    m_box->setEnabled(!accounts.empty());
    showBadge();
}

AccountId AccountChooser::current() const
{
    return AccountId(m_box->currentData().toLongLong());
}

void AccountChooser::showBadge()
{
    const int row = m_box->currentIndex();
    const QString use = tr("Verdicts are shown of this account, and checks are asked at it.");
    // A long name is cut off in a window of 1280; a tooltip would take foreign text for markup.
    m_box->setToolTip(m_box->currentText().toHtmlEscaped() + u"<br>" + use.toHtmlEscaped());
    m_badge->setVisible(row >= 0 && row < int(m_accounts.size()) && m_accounts[std::size_t(row)].sandbox);
}

} // namespace rollcall
