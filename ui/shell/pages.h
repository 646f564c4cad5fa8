// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"
#include "ui/shell/actions.h"
#include "ui/shell/shellneeds.h"

#include <QStackedWidget>
#include <functional>

namespace rollcall {

class AccountsPage;
class BlocksPage;
class ChecksPage;
class ComposePage;
class ContactsPage;
class JournalPage;

/// The pages, one at a time, and what the window asks of each of them.
class Pages final : public QStackedWidget {
    Q_OBJECT
public:
    Pages(const ShellNeeds &needs, Actions &actions, QWidget *parent = nullptr);

    [[nodiscard]] ContactsPage &contacts() { return *m_contacts; }
    [[nodiscard]] ChecksPage &checks() { return *m_checks; }
    [[nodiscard]] BlocksPage &blocks() { return *m_blocks; }
    [[nodiscard]] ComposePage &compose() { return *m_compose; }
    [[nodiscard]] AccountsPage &accounts() { return *m_accounts; }
    [[nodiscard]] JournalPage &journal() { return *m_journal; }
    [[nodiscard]] QList<Act> acts() const;
    [[nodiscard]] Act shown() const;
    void showPage(Act act);
    [[nodiscard]] bool hasSearch() const;
    void focusSearch();
    [[nodiscard]] bool hasExport() const;
    void exportShown(); ///< writes what the page shows into a file, or tells why there is nothing to write
    void reloadShown();
    void loadAll(AccountId account); ///< once, after the first paint
    void setAccount(AccountId account);
    [[nodiscard]] qint64 rows() const;
    [[nodiscard]] qint64 chosen() const;

signals:
    void countsChanged();
    void told(const QString &sentence);

private:
    struct Page {
        Act act = Act::ShowContacts;
        std::function<qint64()> rows = {};
        std::function<qint64()> chosen = {};
        std::function<void()> reload = {};
        std::function<void()> search = {}; ///< empty = no search field
        std::function<void()> write = {}; ///< into a file; empty = nothing to write
    };
    void addContacts(const ShellNeeds &needs, const Actions &actions);
    void addChecks(const ShellNeeds &needs, const Actions &actions);
    void addBlocks(const ShellNeeds &needs, const Actions &actions);
    void addCompose(const ShellNeeds &needs, const Actions &actions);
    void addJournal(const ShellNeeds &needs, const Actions &actions);
    void addAccounts(const ShellNeeds &needs, const Actions &actions);
    template <class Widget> void add(Widget *widget, Page page);
    [[nodiscard]] const Page &current() const { return m_pages.at(currentIndex()); }

    QList<Page> m_pages;
    ContactsPage *m_contacts = nullptr;
    ChecksPage *m_checks = nullptr;
    BlocksPage *m_blocks = nullptr;
    ComposePage *m_compose = nullptr;
    JournalPage *m_journal = nullptr;
    AccountsPage *m_accounts = nullptr;
    AccountId m_account;
    bool m_loaded = false;
};

} // namespace rollcall
