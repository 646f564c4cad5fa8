// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/internal/budgetwatch.h"

#include "models/store/runbook.h"
#include "models/store/store.h"
#include "ui/shell/statusline.h"
#include "ui/text/age.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/failuretext.h"

#include <QTimer>
#include <algorithm>

namespace rollcall {

namespace {

bool checks(const Account &account)
{
    const Capabilities can = account.capabilities();
    return can.checkOne || can.checkMany;
}

} // namespace

BudgetWatch::BudgetWatch(Store &store, StatusLine &line, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_line(line)
{
    auto *minute = new QTimer(this);
    minute->setInterval(60'000);
    connect(minute, &QTimer::timeout, this, &BudgetWatch::read);
    minute->start();
    connect(&store, &Store::changed, this, [this](const Change &change) {
        if ((change.kinds & Change::RunsChanged) != 0)
            read();
    });
}

void BudgetWatch::setAccount(const Account *account)
{
    m_call = Call();
    m_account = account ? std::optional(*account) : std::nullopt;
    if (!account)
        m_line.showBudget({}, {});
    else if (!checks(*account)) // a number of checks left would promise what it has not got
        m_line.showBudget(tr("No checks"), CapabilityWords::whyNot(*account, Capability::CheckOne));
    read();
}

void BudgetWatch::read()
{
    if (!m_account || !checks(*m_account))
        return;
    if (m_call.isOpen()) {
        m_again = true;
        return;
    }
    m_again = false;
    m_call = m_store.runs().budgetUse(m_account->id, m_account->budget, [this](Result<BudgetUse> use) {
        if (!use) {
            m_line.showBudget(tr("Budget unknown"), failureSentence(use.failure()));
            return;
        }
        const CheckBudget &budget = m_account->budget;
        const int hour = std::max(0, budget.perHour - use->lastHour);
        const int day = std::max(0, budget.perDay - use->lastDay);
        //: status line: how many live checks are left
        m_line.showBudget(tr("%n check(s) left", nullptr, std::min(hour, day)),
            tr("This hour %1 of %2, this day %3 of %4 live checks are left.")
                .arg(count(hour), count(budget.perHour), count(day), count(budget.perDay)));
        if (m_again)
            read();
    });
}

} // namespace rollcall
