// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/accounts.h"
#include "models/store/batches.h"
#include "models/store/blocks.h"
#include "models/store/journal.h"
#include "models/tables/blocksmodel.h"
#include "tests/app/openapp.h"
#include "tests/support/sandboxfixture.h"
#include "ui/shell/actions.h"
#include "ui/shell/jobsdock.h"

#include <QAction>
#include <QComboBox>
#include <QTableView>
#include <algorithm>

namespace rollcall::tests {

/// The whole program with accounts at a sandbox of its own, whose ledger and block list can be looked at.
struct BlockWorld {
    SandboxFixture sandbox = SandboxFixture(SandboxFixture::quick());
    OpenApp open = {};
    AccountId cloud = {}; ///< 360dialog: lists, and has the 24-hour rule
    AccountId node = {}; ///< on-premises: cannot list, and has the rule
    AccountId wawp = {}; ///< tells contact by contact

    [[nodiscard]] bool start()
    {
        if (!open.start())
            return false;
        Account account;
        account.kind = GatewayKind::Dialog360;
        account.name = QStringLiteral("Cloud");
        account.address = QUrl(QString::fromStdString(sandbox.server().dialog360Address()));
        cloud = add(account, QStringLiteral("sandbox-d360-key"));
        account = {};
        account.kind = GatewayKind::OnPrem;
        account.name = QStringLiteral("Node");
        account.address = sandbox.address();
        account.user = sandbox.user();
        node = add(account, sandbox.password());
        account = {};
        account.kind = GatewayKind::Wawp;
        account.name = QStringLiteral("Phone");
        account.address = QUrl(QString::fromStdString(sandbox.server().wawpAddress()));
        account.sender = QString::fromStdString(sandbox.server().options().wawpInstance);
        wawp = add(account, QStringLiteral("sandbox-wawp-token"));
        if (cloud.isNull() || node.isNull() || wawp.isNull())
            return false;
        open.window().setCurrentAccount(cloud);
        return true;
    }
    AccountId add(const Account &account, const QString &secret)
    {
        const auto saved = answerOf<Accounts::Saved>(
            [&](auto then) { return open.app->accounts().save(account, Secret::fromTyped(secret), then); });
        if (!saved)
            return {};
        for (const Account &one : open.app->accounts().all())
            if (one.name == account.name)
                return one.id;
        return {};
    }

    /// People of this world, as persons of the list: "P0", "P1" …
    QStringList addPeople(int count, bool wroteLately = true)
    {
        const QStringList numbers = sandbox.people(count, wroteLately);
        for (int i = 0; i < count; ++i)
            if (!open.addPerson(QStringLiteral("P%1").arg(i), numbers[i]))
                return {};
        return eventually([&] { return table("contacts").model()->rowCount() == count; }) ? numbers : QStringList();
    }

    [[nodiscard]] QTableView &table(const char *name) const { return *named<QTableView>(open.window(), name); }
    [[nodiscard]] QString cell(int row, BlockedColumn column) const
    {
        return table("blocked").model()->index(row, int(column)).data().toString();
    }
    [[nodiscard]] bool run(Act act) const
    {
        QAction *action = open.window().actions().at(act);
        if (!eventually([action] { return action->isEnabled(); }))
            return false;
        action->trigger();
        return true;
    }
    [[nodiscard]] bool choose(const char *name, int rows) const
    {
        QTableView &view = table(name);
        if (!eventually([&] { return view.model()->rowCount() == rows; }))
            return false;
        view.selectAll();
        return true;
    }
    /// From Block…'s dialog over the flight plan.
    [[nodiscard]] QWidget *toPlan(QWidget *dialog, const QString &reason) const
    {
        if (!dialog)
            return nullptr;
        if (!reason.isEmpty() || dialog->objectName() == QStringLiteral("unblockDialog"))
            named<QComboBox>(*dialog, "reason")
                ->setEditText(reason.isEmpty() ? QStringLiteral("Blocked by mistake") : reason);
        return pressed(dialog, "next") ? dialogNamed(QStringLiteral("blockPlan")) : nullptr;
    }
    [[nodiscard]] bool blockChosen(const QString &reason = QStringLiteral("Spam")) const
    {
        if (!run(Act::Block))
            return false;
        return pressed(toPlan(dialogNamed(QStringLiteral("blockDialog")), reason), "start");
    }
    [[nodiscard]] std::vector<OperationRun> runs() const
    {
        const auto all
            = answerOf<std::vector<OperationRun>>([&](auto then) { return open.app->store().blocks().runs(then); });
        return all ? *all : std::vector<OperationRun>{};
    }
    /// The newest run, once it is over and read back.
    [[nodiscard]] std::optional<OperationRun> lastRun(std::size_t ofRuns) const
    {
        std::optional<OperationRun> last;
        (void)eventually([&] {
            const std::vector<OperationRun> all = runs();
            if (all.size() == ofRuns && all.front().state == OperationRunState::Done)
                last = all.front();
            return last.has_value();
        });
        return last;
    }
    [[nodiscard]] std::vector<BlockEntry> ledgerAt(AccountId account) const
    {
        const auto all = answerOf<std::vector<BlockEntry>>(
            [&](auto then) { return open.app->store().blocks().entries(account, then); });
        return all ? *all : std::vector<BlockEntry>{};
    }
    [[nodiscard]] int blockedAtGateway(const QStringList &numbers) const
    {
        int blocked = 0;
        for (const QString &number : numbers)
            blocked += const_cast<SandboxFixture &>(sandbox).server().isBlocked(number.toStdString()) ? 1 : 0;
        return blocked;
    }
    [[nodiscard]] int writes(const std::string &method, const std::string &part) const
    {
        int found = 0;
        for (const SandboxLedgerEntry &entry : sandbox.ledger())
            found += entry.method == method && entry.path.find(part) != std::string::npos ? 1 : 0;
        return found;
    }
    /// How many entries of the journal are about this act.
    [[nodiscard]] int journalled(const QString &act) const
    {
        JournalFilter filter;
        filter.act = act;
        const auto entries = answerOf<std::vector<qint64>>(
            [&](auto then) { return open.app->store().journal().chosen(filter, then); });
        return entries ? int(entries->size()) : -1;
    }
    [[nodiscard]] qint64 stopped() const
    {
        Filter filter;
        filter.doNotContact = true;
        const auto count
            = answerOf<qint64>([&](auto then) { return open.app->store().people().count(filter, AccountId(0), then); });
        return count ? *count : -1;
    }
};

/// All words of a dialog's labels.
inline QString wordsOf(QWidget *dialog)
{
    QStringList words;
    if (dialog)
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            words << label->text();
    return words.join(u'\n');
}

inline void shot(QWidget *widget, const char *name)
{
    if (widget && qEnvironmentVariableIsSet("ROLLCALL_SHOTS"))
        widget->grab().save(
            qEnvironmentVariable("ROLLCALL_SHOTS") + u'/' + QLatin1String(name) + QStringLiteral(".png"));
}

} // namespace rollcall::tests
