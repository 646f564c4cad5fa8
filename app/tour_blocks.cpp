// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/sandbox/sandboxserver.h"
#include "app/sandboxhost.h"
#include "app/tour.h"
#include "models/accounts/accounts.h"
#include "models/domain/filter.h"
#include "ui/shell/actions.h"
#include "ui/shell/jobsdock.h"
#include "ui/shell/mainwindow.h"

#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QItemSelectionModel>
#include <QPainter>
#include <QProgressBar>
#include <QTableView>
#include <QTextDocument>

namespace rollcall {

namespace {

constexpr int mostBlocked = 5;
constexpr int wroteLately = 3; // of them
constexpr int pageWidth = 900; // of the dossier's picture, pixels
constexpr int pageHeight = 1100;

QString numberOf(const QTableView &table, int row)
{
    QString number = QStringLiteral("+");
    const QString shown = table.model()->index(row, int(PersonColumn::Number)).data().toString();
    for (const QChar c : shown)
        if (c.isDigit())
            number += c;
    return number;
}

} // namespace

/// The sandbox's 360dialog form: unlike the on-premises node it can list whom it blocks.
void Tour::saveListingAccount()
{
    const SandboxServer *server = m_application.sandbox().server();
    if (!server)
        return; // the step does not end, and says so
    Account account;
    account.kind = GatewayKind::Dialog360;
    account.name = tr("Block list");
    account.sandbox = true;
    account.address = QUrl(QString::fromStdString(server->dialog360Address()));
    const Secret key = Secret::fromTyped(QString::fromStdString(server->options().dialog360Key));
    m_call = m_application.accounts().save(account, key, [this](const Result<Accounts::Saved> &saved) {
        if (saved)
            m_application.window().setCurrentAccount(saved->id);
        m_listing = saved ? saved->id : AccountId();
    });
}

/// Five whom the sandbox knows; the first three of them write to us.
void Tour::chooseBlocked()
{
    m_application.window().showPage(Act::ShowContacts);
    SandboxServer &server = *m_application.sandbox().server();
    auto *contacts = m_application.window().findChild<QTableView *>(QStringLiteral("contacts"));
    contacts->clearSelection();
    int chosen = 0;
    for (int row = 0; chosen < mostBlocked && row < contacts->model()->rowCount(); ++row) {
        const std::string number = numberOf(*contacts, row).toStdString();
        if (!server.world().isSubscriber(number.substr(1)))
            continue;
        contacts->selectionModel()->select(
            contacts->model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        if (chosen++ < wroteLately)
            server.writeInbound(number);
        m_blocked = chosen == 1 ? row : m_blocked;
    }
}

void Tour::planBlocks()
{
    MainWindow &window = m_application.window();
    Actions &actions = window.actions();
    const auto table = [&window](const char *name) { return window.findChild<QTableView *>(QLatin1String(name)); };
    add(
        tr("Block: an account of the sandbox that can list whom it blocks"), [this] { saveListingAccount(); },
        [this, &window] { return !m_listing.isNull() && window.currentAccount() == m_listing; });
    add(
        tr("Block: five people are chosen, three of whom wrote lately"), [this] { chooseBlocked(); },
        [&actions] { return actions.at(Act::Block)->isEnabled(); });
    add(
        tr("Block: reason, layers, accounts"), [&actions] { actions.at(Act::Block)->trigger(); },
        [this] { return dialog("blockDialog") != nullptr; });
    add(
        tr("Block: the flight plan"),
        [this] {
            dialog("blockDialog")->findChild<QComboBox *>(QStringLiteral("reason"))->setEditText(tr("Said STOP"));
            shoot(QStringLiteral("block"), dialog("blockDialog"));
            click("blockDialog", "next");
        },
        [this] { return isEnabled("blockPlan", "start"); });
    add(
        tr("Block: done and read back"),
        [this, &window] {
            shoot(QStringLiteral("block-plan"), dialog("blockPlan"));
            click("blockPlan", "start");
            window.showPage(Act::ShowBlocked);
        },
        [this, table] {
            return table("blocked")->model()->rowCount() == mostBlocked
                && m_application.sandbox().server()->blockedCount() == wroteLately
                && m_application.window().jobs().running() == 0 && isListCounted();
        });
    planReconcile();
}

/// The gauge follows the ledger after a pause; a picture of the moment before would call a list unread that was read.
bool Tour::isListCounted() const
{
    const auto *bar = m_application.window().findChild<QProgressBar *>(QStringLiteral("capacityBar"));
    return bar && bar->isVisible();
}

void Tour::planReconcile()
{
    MainWindow &window = m_application.window();
    Actions &actions = window.actions();
    const auto differences = [this]() -> const QTableView * {
        const QDialog *found = dialog("reconcileDialog");
        return found ? found->findChild<QTableView *>(QStringLiteral("differences")) : nullptr;
    };
    add(
        tr("Reconcile: somebody was blocked there by another program, and one of ours was let go"),
        [this, &window, &actions] {
            shoot(QStringLiteral("blocked"));
            SandboxServer &server = *m_application.sandbox().server();
            server.setBlocked(recentWriter().toStdString(), true);
            const auto *contacts = window.findChild<QTableView *>(QStringLiteral("contacts"));
            server.setBlocked(numberOf(*contacts, m_blocked).toStdString(), false);
            actions.at(Act::Reconcile)->trigger();
        },
        [differences] { return differences() && differences()->model()->rowCount() >= 2; });
    add(
        tr("Reconcile: closed without a change"),
        [this] {
            shoot(QStringLiteral("reconcile"), dialog("reconcileDialog"));
            dialog("reconcileDialog")->close();
        },
        [this] { return !dialog("reconcileDialog"); });
}

void Tour::planDossier()
{
    MainWindow &window = m_application.window();
    Actions &actions = window.actions();
    add(
        tr("Dossier: one of the blocked people"),
        [this, &window] {
            window.showPage(Act::ShowContacts);
            auto *contacts = window.findChild<QTableView *>(QStringLiteral("contacts"));
            contacts->clearSelection();
            contacts->selectRow(m_blocked);
        },
        [&actions] { return actions.at(Act::Dossier)->isEnabled(); });
    add(
        tr("Dossier: written"), [&actions] { actions.at(Act::Dossier)->trigger(); },
        [this] { return QFile::exists(dossierFile(m_folder)); });
    add(
        tr("Dossier: its first page"),
        [this] {
            QFile file(dossierFile(m_folder));
            if (!file.open(QIODevice::ReadOnly))
                return;
            QTextDocument document;
            document.setHtml(QString::fromUtf8(file.readAll()));
            document.setTextWidth(pageWidth);
            QImage page(pageWidth, pageHeight, QImage::Format_RGB32);
            page.fill(Qt::white);
            QPainter painter(&page);
            document.drawContents(&painter, QRectF(0, 0, pageWidth, pageHeight));
            m_shotFailed = !page.save(QDir(m_folder).filePath(QStringLiteral("dossier.png"))) || m_shotFailed;
        },
        [] { return true; });
}

QString Tour::dossierFile(const QString &folder)
{
    return QDir(folder).filePath(QStringLiteral("dossier.html"));
}

} // namespace rollcall
