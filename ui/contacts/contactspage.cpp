// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/contactspage.h"

#include "models/blocks/blockplan.h"
#include "models/settings/settings.h"
#include "models/store/store.h"
#include "models/tables/contactsmodel.h"
#include "ui/contacts/checkcommands.h"
#include "ui/contacts/contactswords.h"
#include "ui/contacts/detailspane.h"
#include "ui/contacts/filterbar.h"
#include "ui/contacts/flightplandialog.h"
#include "ui/contacts/internal/findstopsdialog.h"
#include "ui/contacts/internal/historydialog.h"
#include "ui/contacts/peopleview.h"
#include "ui/contacts/personcommands.h"
#include "ui/contacts/privacycommands.h"
#include "ui/contacts/undocommands.h"
#include "ui/parts/emptystate.h"
#include "ui/parts/icons.h"
#include "ui/parts/lightlook.h"
#include "ui/parts/tablelayout.h"
#include "ui/parts/theme.h"
#include "ui/parts/verdictdelegate.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/failuretext.h"
#include "ui/text/usable.h"
#include "ui/text/words.h"

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int layoutVersion = 1;
constexpr int columnsVersion = 2; ///< of the table: 2 = with block and marketing stop
constexpr int ageRefreshMs = 60'000; // ages are shown in minutes at the finest
QList<int> widths() // PersonColumn order; 0 = hidden at first
{
    // The first five are whole in a window of 1280 with details and a scroll bar: 797 pixels.
    return {150, 132, 0, 242, 150, 123, 130, 100, 110, 0, 0, 190, 0, 0};
}

bool isOn(const QAction *action)
{
    return action && action->isEnabled() && action->isChecked();
}

} // namespace

ContactsPage::ContactsPage(ContactsNeeds needs, ContactsActions actions, QWidget *parent)
    : QWidget(parent)
    , m_needs(std::move(needs))
    , m_actions(std::move(actions))
    , m_model(new ContactsModel(
          m_needs.store, m_needs.clock, contactsWords(m_needs.store, [this] { return hasInboundRule(); }), this))
    , m_filters(new FilterBar(m_needs.store, m_needs.settings, this))
    , m_table(new PeopleView(*m_model, this))
    , m_details(new DetailsPane(m_needs.store, m_needs.accountOf, m_needs.lookup, m_actions.edit, this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_stack(new QStackedWidget(this))
    , m_nobody(new EmptyState(QStringLiteral("contacts"), tr("Nobody is here yet"),
          tr("Import a list, or add one person. Nothing is sent to anybody by that."), this))
    , m_noMatch(new EmptyState(QStringLiteral("search"), tr("Nobody matches"),
          tr("No person fits the search and the filters. Clear them to see everybody."), this))
    , m_problem(new QLabel(this))
    , m_people(new PersonCommands(m_needs, this))
    , m_privacy(new PrivacyCommands(m_needs, this))
    , m_checks(new CheckCommands(m_needs, this))
    , m_undo(new UndoCommands(m_needs, m_actions.undo, m_actions.redo, this))
{
    setObjectName(QStringLiteral("contactsPage"));
    buildLayout();
    connectParts();
    connectActions();
    showState();
}

ContactsPage::~ContactsPage() = default;

void ContactsPage::buildTable()
{
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    auto *layout = new TableLayout(*m_table, m_needs.settings, QStringLiteral("contacts"), columnsVersion, widths());
    const QHeaderView *header = m_table->horizontalHeader();
    m_model->sort(header->sortIndicatorSection(), header->sortIndicatorOrder());
    m_table->setSortingEnabled(true);
    m_table->setItemDelegateForColumn(int(PersonColumn::Verdict),
        new VerdictDelegate(
            [this](const QModelIndex &index) -> std::optional<VerdictLook> {
                const PersonRow *row = m_model->personAt(index.row());
                if (!row) {
                    index.data(ContactsModel::VerdictRole); // has the row read
                    return std::nullopt;
                }
                const Account *account = m_needs.accountOf(m_account);
                const qint64 keep = account ? account->keepSeconds : secondsFresh;
                const auto look = row->disagree ? &VerdictLook::ofDisagreement : &VerdictLook::of;
                return look(row->verdict, m_needs.store.time(), keep);
            },
            m_table));
    m_table->setItemDelegateForColumn(int(PersonColumn::Stops), stopDelegate(ContactsModel::DoNotContactRole, m_table));
    m_table->setItemDelegateForColumn(int(PersonColumn::Block), lightDelegate(ContactsModel::BlockRole, m_table));
    m_table->setItemDelegateForColumn(
        int(PersonColumn::Marketing), marketingDelegate(ContactsModel::MarketingRole, m_table));
    m_table->setItemDelegateForColumn(int(PersonColumn::Consent), consentDelegate(ContactsModel::ConsentRole, m_table));
    m_table->setItemDelegateForColumn(int(PersonColumn::LastInbound),
        new VerdictDelegate(
            [this](const QModelIndex &index) -> std::optional<VerdictLook> {
                const auto words = lastInboundWords(index.data(ContactsModel::LastInboundRole).toLongLong(),
                    m_needs.clock.now().wallMs, hasInboundRule());
                if (words.age.isEmpty())
                    return std::nullopt;
                return VerdictLook{
                    words.window, words.age, QStringLiteral("clock"), words.open ? Tone::Good : Tone::Neutral};
            },
            m_table));
    addTools(layout->menu());
}

bool ContactsPage::hasInboundRule() const
{
    const Account *account = m_needs.accountOf(m_account);
    return account && rollcall::hasInboundRule(account->kind);
}

void ContactsPage::addTools(QMenu *columnMenu)
{
    auto *columns = new QToolButton(this);
    columns->setObjectName(QStringLiteral("columnChooser"));
    columns->setAccessibleName(tr("Columns"));
    columns->setToolTip(tr("Choose columns"));
    columns->setIcon(icon(QStringLiteral("columns")));
    columns->setFocusPolicy(Qt::StrongFocus);
    columns->setPopupMode(QToolButton::InstantPopup);
    columns->setMenu(columnMenu);
    m_filters->addAtEnd(columns);
    auto *details = new QToolButton(this);
    details->setObjectName(QStringLiteral("showDetails"));
    details->setText(tr("Details"));
    details->setToolTip(tr("Show or hide what is known of the current person"));
    details->setIcon(icon(QStringLiteral("info")));
    details->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    details->setFocusPolicy(Qt::StrongFocus);
    details->setCheckable(true);
    m_filters->addAtEnd(details);
    m_detailsButton = details;
}

void ContactsPage::buildLayout()
{
    buildTable();
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(Space::medium, Space::small, Space::medium, Space::small);
    m_problem->hide();
    if (m_actions.import)
        m_nobody->addButton(m_actions.import);
    if (m_actions.importSample)
        m_nobody->addButton(m_actions.importSample);
    if (m_actions.newPerson)
        m_nobody->addButton(m_actions.newPerson);
    connect(m_noMatch->addButton(tr("Clear filters")), &QAbstractButton::clicked, this,
        [this] { m_filters->setFilter({}); });

    auto *reading = new QWidget(this); // before the first answer nothing is claimed
    m_stack->addWidget(reading);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_nobody);
    m_stack->addWidget(m_noMatch);
    m_splitter->setObjectName(QStringLiteral("contactsSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_filters);
    column->addWidget(m_problem);
    column->addWidget(m_splitter, 1);
    const QByteArray shown = m_needs.settings.viewState(QStringLiteral("contacts-details"), layoutVersion);
    setDetailsShown(shown != "hidden");
    m_splitter->restoreState(m_needs.settings.viewState(QStringLiteral("contacts-splitter"), layoutVersion));
}

void ContactsPage::connectParts()
{
    connect(m_filters, &FilterBar::changed, this, [this](const Filter &filter) {
        m_table->clearSelection(); // "everybody" of one filter must not become everybody of another
        m_model->setFilter(filter);
    });
    connect(m_filters, &FilterBar::leftDown, this, &ContactsPage::goToTable);
    connect(m_filters, &FilterBar::everybodyWanted, this, [this] {
        goToTable();
        m_table->selectAll();
    });
    connect(m_model, &ContactsModel::settled, this, [this] {
        m_problem->hide();
        if (!m_wanted.isNull() && m_model->rowOf(m_wanted) >= 0)
            m_table->makeCurrent(std::exchange(m_wanted, {}));
        showState();
    });
    connect(m_model, &ContactsModel::failed, this, &ContactsPage::onFailed);
    connect(m_table, &PeopleView::choiceChanged, this, &ContactsPage::updateActions);
    connect(m_table, &PeopleView::personChanged, this,
        [this](PersonId person) { m_details->setPerson(person, m_account); });
    connect(m_table, &QTableView::activated, this, [this] { setDetailsShown(true); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &ContactsPage::showContextMenu);
    connect(m_details, &DetailsPane::closed, this, [this] { setDetailsShown(false); });
    connect(m_detailsButton, &QToolButton::toggled, this, &ContactsPage::setDetailsShown);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_saveSplitter->start(); });
    m_saveSplitter = new QTimer(this);
    m_saveSplitter->setSingleShot(true);
    m_saveSplitter->setInterval(300);
    connect(m_saveSplitter, &QTimer::timeout, this, [this] {
        m_needs.settings.setViewState(QStringLiteral("contacts-splitter"), layoutVersion, m_splitter->saveState());
    });
    connect(m_people, &PersonCommands::told, this, &ContactsPage::told);
    connect(m_people, &PersonCommands::added, this, [this](PersonId person) {
        m_wanted = person; // the list may have shown them before the store's answer came
        if (m_model->isSettled() && m_model->rowOf(person) >= 0)
            m_table->makeCurrent(std::exchange(m_wanted, {}));
    });
    connect(m_undo, &UndoCommands::told, this, &ContactsPage::told);
    connect(m_undo, &UndoCommands::runUndoWanted, this, &ContactsPage::runUndoWanted);
    connect(m_checks, &CheckCommands::started, this, &ContactsPage::runStarted);
    auto *ages = new QTimer(this);
    connect(ages, &QTimer::timeout, m_table->viewport(), qOverload<>(&QWidget::update));
    ages->start(ageRefreshMs);
}

void ContactsPage::connectActions()
{
    const auto on = [this](QAction *action, auto then) {
        if (action)
            connect(action, &QAction::triggered, this, then);
    };
    const auto options = [this] { return RunOptions{isOn(m_actions.forceCheck), isOn(m_actions.waitForAll)}; };
    on(m_actions.newPerson, [this] { m_people->add(m_account); });
    on(m_actions.edit, [this] { m_people->edit(currentPerson(), m_account); });
    on(m_actions.remove, [this] { m_people->remove(m_model->resolve(m_table->chosen())); });
    on(m_actions.checkNumber, [this, options] { m_checks->checkNumber(m_account, options()); });
    on(m_actions.validate, [this, options] {
        const auto scope = m_table->chosenCount() == 0 ? CheckScope::Shown : CheckScope::Chosen;
        m_checks->validate(chosenPeople(), scope, m_account, options());
    });
    m_details->addConsentButtons({m_actions.optIn, m_actions.optOut});
    m_details->addLightButtons({m_actions.wroteNow, m_actions.marketing});
    connectPrivacy();
    updateActions();
}

void ContactsPage::connectPrivacy()
{
    auto *paste = new QShortcut(QKeySequence::Paste, this); // a field that is typed in keeps its own
    connect(paste, &QShortcut::activated, this, &ContactsPage::pasteWanted);
    connect(m_privacy, &PrivacyCommands::told, this, &ContactsPage::told);
    connect(m_privacy, &PrivacyCommands::blockWanted, this, &ContactsPage::blockWanted);
    const auto on = [this](QAction *action, auto then) {
        if (action)
            connect(action, &QAction::triggered, this, then);
    };
    const auto chosen = [this] { return m_model->resolve(m_table->chosen()); };
    on(m_actions.optIn, [this, chosen] { m_privacy->record(ConsentState::OptIn, chosen(), m_account); });
    on(m_actions.optOut, [this, chosen] { m_privacy->record(ConsentState::OptOut, chosen(), m_account); });
    on(m_actions.marketing, [this, chosen] { m_privacy->marketing(chosen(), m_account); });
    on(m_actions.dossier, [this] { m_privacy->dossier(currentPerson(), m_account); });
    on(m_actions.erase, [this, chosen] {
        const std::vector<PersonId> people = chosen();
        m_privacy->erase(people.empty() ? std::vector<PersonId>{currentPerson()} : people);
    });
    on(m_actions.findStops, [this] { findStops(); });
    on(m_actions.history, [this] { showHistory(); });
}

void ContactsPage::goToTable()
{
    if (m_model->rowCount() == 0)
        return;
    m_table->setFocus(Qt::TabFocusReason); // makes the first row current where none is, but does not choose it
    if (m_table->chosenCount() == 0)
        m_table->makeCurrent(m_table->currentIndex().isValid() ? m_table->currentPerson() : m_model->keyAt(0));
}

void ContactsPage::setWritable(bool writable, const QString &why)
{
    m_writable = writable;
    m_whyNot = why;
    m_undo->setWritable(writable, why);
    updateActions();
}

void ContactsPage::findStops()
{
    auto *dialog = new FindStopsDialog(m_needs.store, m_needs.settings.value(Keys::defaultRegion), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const Account *account = m_needs.accountOf(m_account);
    if (account && account->capabilities().block)
        dialog->offerBlock(Words::account(*account), m_needs.settings.value(Keys::blockOnStop));
    connect(dialog, &FindStopsDialog::told, this, &ContactsPage::told);
    connect(dialog, &FindStopsDialog::stopsRecorded, this, &ContactsPage::stopsRecorded);
    dialog->open();
}

void ContactsPage::showHistory()
{
    auto *history = new HistoryDialog(m_needs.store, window());
    history->setAttribute(Qt::WA_DeleteOnClose);
    connect(history, &HistoryDialog::told, this, &ContactsPage::told);
    connect(history, &HistoryDialog::runUndoWanted, this, &ContactsPage::runUndoWanted);
    history->open();
}

void ContactsPage::setAccount(AccountId account)
{
    const bool first = m_account.isNull() && !m_model->isSettled();
    m_account = account;
    const Account *found = m_needs.accountOf(account);
    m_model->setAccount(account, found ? found->keepSeconds : secondsFresh);
    m_filters->setAccount(account, found ? Words::account(*found) : QString());
    m_details->setPerson(currentPerson(), account);
    updateActions(); // another account may not be able to check
    if (first)
        m_undo->refresh();
}

void ContactsPage::loadSearch()
{
    m_model->loadSearch();
}

void ContactsPage::setFilter(const Filter &filter)
{
    m_filters->setFilter(filter);
}

void ContactsPage::recordOptIn(PersonId person)
{
    m_privacy->record(ConsentState::OptIn, {person}, m_account);
}

void ContactsPage::focusSearch()
{
    m_filters->focusSearch();
}

qint64 ContactsPage::shownCount() const
{
    return m_model->rowCount();
}

qint64 ContactsPage::chosenCount() const
{
    return m_table->chosenCount();
}

PersonId ContactsPage::currentPerson() const
{
    return m_table->currentPerson();
}

std::vector<PersonId> ContactsPage::chosenPeople() const
{
    // Nothing chosen: everybody in the filter. The flight plan says how many that is before anything is asked.
    return m_table->chosenCount() == 0 ? m_model->spine() : m_model->resolve(m_table->chosen());
}

std::vector<PersonId> ContactsPage::chosenOnly() const
{
    return m_table->chosenCount() == 0 ? std::vector<PersonId>{} : m_model->resolve(m_table->chosen());
}

void ContactsPage::showState()
{
    const bool empty = m_model->rowCount() == 0;
    if (m_model->isSettled()) {
        QWidget *shown = m_table;
        if (empty)
            shown = m_filters->filter().isEmpty() ? m_nobody : m_noMatch;
        m_stack->setCurrentWidget(shown);
    }
    updateActions();
}

void ContactsPage::onFailed(const Failure &failure)
{
    m_problem->setText(failureSentence(failure));
    m_problem->show();
}

void ContactsPage::updateActions()
{
    const bool here = isVisible();
    const qint64 chosen = m_table->chosenCount();
    const bool one = here && !currentPerson().isNull() && chosen <= 1;
    const auto usable = [this](QAction *action, bool can) {
        if (action)
            setUsable(*action, can && m_writable, m_whyNot);
    };
    usable(m_actions.edit, one);
    for (QAction *action : {m_actions.remove, m_actions.optIn, m_actions.optOut, m_actions.marketing})
        usable(action, here && chosen > 0);
    usable(m_actions.erase, here && (!currentPerson().isNull() || chosen > 0));
    if (m_actions.dossier)
        m_actions.dossier->setEnabled(one);
    if (m_actions.validate)
        updateValidate(here);
    emit countsChanged();
}

void ContactsPage::updateValidate(bool here)
{
    const Account *account = m_needs.accountOf(m_account);
    const QString noCheck = account ? CapabilityWords::whyNoCheck(*account) : QString();
    const QString &why = m_writable ? noCheck : m_whyNot;
    const bool people = here && m_model->isSettled() && m_model->rowCount() > 0;
    setUsable(*m_actions.validate, people && m_writable && why.isEmpty(), why);
}

void ContactsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateActions();
}

void ContactsPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    updateActions();
}

void ContactsPage::showContextMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("contactsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : m_actions.contextMenu) {
        if (action)
            menu->addAction(action);
        else
            menu->addSeparator();
    }
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void ContactsPage::setDetailsShown(bool shown)
{
    m_details->setVisible(shown);
    m_detailsButton->setChecked(shown);
    m_needs.settings.setViewState(
        QStringLiteral("contacts-details"), layoutVersion, shown ? QByteArray("shown") : QByteArray("hidden"));
}

} // namespace rollcall
