// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/testdialog.h"

#include "ui/accounts/accountswords.h"
#include "ui/accounts/testchecklist.h"
#include "ui/parts/theme.h"
#include "ui/text/failuretext.h"
#include "ui/text/words.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

TestDialog::TestDialog(Accounts &accounts, const Account &account, QWidget *parent)
    : QDialog(parent)
    , m_accounts(accounts)
    , m_account(account)
    , m_checklist(new TestChecklist(this))
    , m_outcome(new QLabel(this))
{
    setObjectName(QStringLiteral("testConnection"));
    setWindowTitle(tr("Connection of “%1”").arg(Words::account(account)));
    setMinimumSize(460, 460);
    resize(560, 680);
    m_outcome->setObjectName(QStringLiteral("outcome"));
    m_outcome->setTextFormat(Qt::PlainText);
    m_outcome->setWordWrap(true);
    m_outcome->setProperty("look", QStringLiteral("heading"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_again = buttons->addButton(tr("Test again"), QDialogButtonBox::ActionRole);
    m_again->setObjectName(QStringLiteral("again"));
    connect(m_again, &QPushButton::clicked, this, &TestDialog::start);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addWidget(m_checklist, 1);
    column->addWidget(m_outcome);
    column->addWidget(buttons);
}

void TestDialog::start()
{
    m_outlook = {};
    m_done = false;
    m_again->setEnabled(false);
    m_checklist->start();
    m_outcome->setText(tr("Testing…"));
    emit reached({AccountReach::State::Testing, {}});
    m_call = m_accounts.test(
        m_account, {}, [this](const TestStep &step) { take(step); }, [this](const Done &done) { end(done); });
}

void TestDialog::take(const TestStep &step)
{
    m_checklist->show(step);
    m_outlook.take(step);
}

void TestDialog::end(const Done &done)
{
    m_done = true;
    m_again->setEnabled(true);
    const AccountReach found = m_outlook.reach(done, m_account.kind);
    m_outcome->setText(found.state == AccountReach::State::Failed ? tr("The connection does not work.")
            : found.state == AccountReach::State::Doubtful        ? tr("The connection works, with a warning.")
            : found.state == AccountReach::State::Unproved        ? AccountsText::nothingSent()
                                                                  : tr("The connection works."));
    emit reached(found);
}

} // namespace rollcall
