// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accountspage.h"

#include "models/accounts/accounts.h"
#include "models/base/clock.h"
#include "models/tables/accountsmodel.h"
#include "ui/accounts/abilitypanel.h"
#include "ui/accounts/accountcommands.h"
#include "ui/accounts/accountswords.h"
#include "ui/accounts/testoutlook.h"
#include "ui/parts/emptystate.h"
#include "ui/parts/rowdelegate.h"
#include "ui/parts/tablelayout.h"
#include "ui/parts/theme.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/usable.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int layoutVersion = 3;

QPushButton *buttonOf(QAction *action, QWidget *parent)
{
    auto *button = new QPushButton(action->icon(), action->text(), parent);
    button->setObjectName(QStringLiteral("accounts.") + action->objectName());
    const auto follow = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip());
    };
    follow();
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::changed, button, follow);
    return button;
}

} // namespace

AccountsPage::AccountsPage(AccountsNeeds needs, AccountsActions actions, QWidget *parent)
    : QWidget(parent)
    , m_needs(std::move(needs))
    , m_actions(std::move(actions))
    , m_model(new AccountsModel(
          {AccountsText::title,
              [clock = m_needs.clock](const Account &account, const AccountReach &known, AccountColumn column) {
                  return AccountsText::cell(account, known, column, clock ? clock->now().wallMs : 0);
              }},
          this))
    , m_table(new QTableView(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(QStringLiteral("accounts"), tr("No gateway yet"),
          tr("An account is a gateway that can say whether a number is on WhatsApp: its address, your login, and how "
             "many "
             "checks it may spend."),
          this))
    , m_abilities(new AbilityPanel(m_actions.probe, m_actions.tryAgain, this))
    , m_commands(new AccountCommands(m_needs, this))
{
    buildLayout();
    connectActions();
    refresh();
}

AccountsPage::~AccountsPage() = default;

void AccountsPage::buildLayout()
{
    m_table->setObjectName(QStringLiteral("accounts.table"));
    setUpTable(*m_table, tr("Accounts"));
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setSortingEnabled(false); // a handful, in the order they were added
    new TableLayout(*m_table, m_needs.settings, QStringLiteral("accounts"), layoutVersion,
        {140, 130, 160, 160, 140, 140, 100, 110}); // fits a window of 1280
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setTextElideMode(Qt::ElideRight);

    auto *row = new QHBoxLayout;
    row->setContentsMargins(Space::medium, Space::medium, Space::medium, Space::small);
    row->setSpacing(Space::small);
    for (QAction *action : {m_actions.add, m_actions.edit, m_actions.test, m_actions.remove})
        if (action)
            row->addWidget(buttonOf(action, this));
    if (m_actions.addSandbox) {
        QPushButton *button = buttonOf(m_actions.addSandbox, this);
        const auto follow = [button, action = m_actions.addSandbox] { button->setVisible(action->isEnabled()); };
        connect(m_actions.addSandbox, &QAction::changed, button, follow);
        follow();
        row->addWidget(button);
    }
    row->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_stack, 1);
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("accounts.abilities"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_abilities);
    column->addWidget(scroll, 1);
    if (m_actions.add)
        m_empty->addButton(m_actions.add);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_table);
}

void AccountsPage::connectActions()
{
    const auto on = [this](QAction *action, auto what) {
        if (action)
            connect(action, &QAction::triggered, this, what);
    };
    on(m_actions.add, [this] { m_commands->add(); });
    on(m_actions.addSandbox, [this] { m_commands->addSandbox(); });
    on(m_actions.edit, [this] { m_commands->edit(currentAccount()); });
    on(m_actions.remove, [this] { m_commands->remove(currentAccount()); });
    on(m_actions.test, [this] { m_commands->test(currentAccount()); });
    on(m_actions.probe, [this] { m_commands->probe(currentAccount()); });
    on(m_actions.tryAgain, [this] { m_commands->tryAgain(currentAccount()); });
    connect(m_table, &QTableView::activated, this, [this] {
        if (m_actions.edit && m_actions.edit->isEnabled())
            m_actions.edit->trigger();
    });
    connect(m_table, &QWidget::customContextMenuRequested, this, &AccountsPage::showContextMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateActions();
        emit countsChanged();
    });
    connect(&m_needs.accounts, &Accounts::changed, this, &AccountsPage::refresh);
    connect(m_commands, &AccountCommands::told, this, &AccountsPage::told);
    connect(m_commands, &AccountCommands::reached, this, [this](AccountId id, const AccountReach &reach) {
        AccountReach found = reach;
        if (reach.state != AccountReach::State::Testing)
            found.atMs = m_needs.accounts.lastTest(id).atMs;
        m_model->setReach(id, found);
        emit tested(id, found);
    });
    connect(m_commands, &AccountCommands::saved, this, [this](AccountId id) {
        m_model->setReach(id, lastReach(id)); // what was tested before may not be what is saved now
        emit tested(id, {});
        m_table->selectRow(m_model->rowOf(id));
    });
}

void AccountsPage::refresh()
{
    const AccountId chosen = currentAccount();
    m_model->setAccounts(m_needs.accounts.all());
    for (const Account &account : m_needs.accounts.all())
        if (m_model->reach(account.id).state != AccountReach::State::Testing)
            m_model->setReach(account.id, lastReach(account.id));
    m_stack->setCurrentWidget(m_model->rowCount() == 0 ? static_cast<QWidget *>(m_empty) : m_table);
    const int row = m_model->rowOf(chosen);
    if (row >= 0)
        m_table->selectRow(row);
    else if (m_model->rowCount() > 0 && !m_table->selectionModel()->hasSelection())
        m_table->selectRow(0);
    updateActions();
    emit countsChanged();
}

AccountReach AccountsPage::lastReach(AccountId id) const
{
    const Account *account = m_needs.accounts.find(id);
    return account ? TestOutlook::of(m_needs.accounts.lastTest(id), account->kind) : AccountReach();
}

AccountId AccountsPage::currentAccount() const
{
    const QItemSelection chosen = m_table->selectionModel()->selection();
    const Account *account = chosen.isEmpty() ? nullptr : m_model->at(chosen.front().top());
    return account ? account->id : AccountId();
}

void AccountsPage::setWritable(bool writable)
{
    m_writable = writable;
    updateActions();
}

void AccountsPage::updateActions()
{
    const Account *account = m_needs.accounts.find(currentAccount());
    const bool chosen = isVisible() && account;
    m_abilities->showAccount(account);
    const auto usable = [](QAction *action, bool can, const QString &why = {}) {
        if (action)
            setUsable(*action, can, why);
    };
    usable(m_actions.edit, chosen && m_writable);
    usable(m_actions.remove, chosen && m_writable && !AccountsText::staysHere(*account),
        chosen && AccountsText::staysHere(*account) ? tr("The sandbox's own account stays; it costs nothing.")
                                                    : QString());
    usable(m_actions.addSandbox, m_writable && !m_needs.accounts.sandboxKindsMissing().empty());
    usable(m_actions.test, chosen);
    const QString noCheck = chosen ? CapabilityWords::whyNot(*account, Capability::CheckOne) : QString();
    usable(m_actions.probe, chosen && m_writable && m_needs.probe && noCheck.isEmpty(), noCheck);
    usable(m_actions.tryAgain, chosen && m_writable && m_needs.forgetRefusals && !account->refusals.empty(),
        chosen && account->refusals.empty() ? tr("Nothing was refused by this account's engine.") : QString());
}

void AccountsPage::showContextMenu(const QPoint &at)
{
    if (m_actions.contextMenu.isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : m_actions.contextMenu) {
        if (action)
            menu->addAction(action);
        else
            menu->addSeparator();
    }
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

qint64 AccountsPage::shownCount() const
{
    return m_model->rowCount();
}

qint64 AccountsPage::chosenCount() const
{
    return currentAccount().isNull() ? 0 : 1; // single selection
}

void AccountsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateActions();
}

void AccountsPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    updateActions();
}

} // namespace rollcall
