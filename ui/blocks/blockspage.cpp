// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/blockspage.h"

#include "models/base/clock.h"
#include "models/exchange/blocklistfile.h"
#include "models/settings/settings.h"
#include "models/store/store.h"
#include "models/tables/blocksmodel.h"
#include "ui/blocks/blockedwords.h"
#include "ui/blocks/internal/blockdetails.h"
#include "ui/blocks/internal/capacitygauge.h"
#include "ui/parts/banners.h"
#include "ui/parts/emptystate.h"
#include "ui/parts/icons.h"
#include "ui/parts/lightlook.h"
#include "ui/parts/rowdelegate.h"
#include "ui/parts/searchfield.h"
#include "ui/parts/tablelayout.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/blockwords.h"
#include "ui/text/failuretext.h"
#include "ui/text/words.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int layoutVersion = 1;
constexpr int ageRefreshMs = 60'000; // what is left of the window
constexpr qint64 countPauseMs = 300;
constexpr BlockView views[] = {BlockView::All, BlockView::Blocked, BlockView::HereNotThere, BlockView::OnlyThere,
    BlockView::Armed, BlockView::Unknown, BlockView::Open, BlockView::Refused};

QList<int> widths() // BlockedColumn order; 0 = hidden at first
{
    return {130, 135, 140, 190, 135, 0, 122, 90, 146, 0, 0, 0, 0, 0};
}

} // namespace

BlocksPage::BlocksPage(BlocksNeeds needs, BlocksActions actions, QWidget *parent)
    : QWidget(parent)
    , m_needs(std::move(needs))
    , m_actions(std::move(actions))
    , m_model(new BlocksModel(m_needs.store, m_needs.clock, blockedWords(m_needs.accountOf), this))
    , m_table(new QTableView(this))
    , m_search(new QLineEdit(this))
    , m_view(new QComboBox(this))
    , m_accountFilter(new QComboBox(this))
    , m_gauge(new CapacityGauge(m_needs.store, this))
    , m_banners(new Banners(this))
    , m_problem(new QLabel(this))
    , m_stack(new QStackedWidget(this))
    , m_nobody(new EmptyState(QStringLiteral("blocked"), tr("Nobody is blocked"),
          tr("Block… takes the people chosen on the Contacts page, or the numbers in any pasted text. Reconcile reads "
             "who is on the gateway's own list."),
          this))
    , m_noMatch(new EmptyState(QStringLiteral("search"), tr("Nothing matches"),
          tr("No line of the block list fits the search and the filters. Clear them to see everything."), this))
{
    setObjectName(QStringLiteral("blocksPage"));
    buildTable();
    buildLayout();
    connectActions();
    connect(&m_needs.store, &Store::changed, this, [this](const Change &change) {
        if ((change.kinds & Change::AccountsChanged) != 0)
            fillAccounts();
        if ((change.kinds & Change::BlocksChanged) != 0 && m_loaded && !m_countSoon.isOpen())
            m_countSoon = m_needs.clock.after(countPauseMs, [this] { readCounts(); });
    });
    showState();
}

BlocksPage::~BlocksPage() = default;

void BlocksPage::buildTable()
{
    m_table->setObjectName(QStringLiteral("blocked"));
    setUpTable(*m_table, tr("Blocked"));
    m_table->setModel(m_model);
    // A header looks at every row of the selection to draw its titles: 100 ms for a million rows.
    m_table->horizontalHeader()->setSelectionModel(new QItemSelectionModel(m_model, m_table));
    m_table->verticalHeader()->setSelectionModel(new QItemSelectionModel(m_model, m_table));
    auto *layout = new TableLayout(*m_table, m_needs.settings, QStringLiteral("blocked"), layoutVersion, widths());
    QHeaderView *header = m_table->horizontalHeader();
    if (m_needs.settings.viewState(QStringLiteral("blocked"), layoutVersion).isEmpty())
        header->setSortIndicator(int(BlockedColumn::At), Qt::DescendingOrder);
    m_model->sort(header->sortIndicatorSection(), header->sortIndicatorOrder());
    m_table->setSortingEnabled(true);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setItemDelegateForColumn(
        int(BlockedColumn::DoNotContact), stopDelegate(BlocksModel::DoNotContactRole, m_table));
    m_table->setItemDelegateForColumn(int(BlockedColumn::Block), lightDelegate(BlocksModel::LightRole, m_table));
    connect(m_table, &QWidget::customContextMenuRequested, this, &BlocksPage::showContextMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateActions();
        emit countsChanged();
    });
    connect(m_model, &BlocksModel::settled, this, [this] {
        m_problem->hide();
        showState();
    });
    connect(m_model, &BlocksModel::failed, this, &BlocksPage::onFailed);
    auto *ages = new QTimer(this);
    connect(ages, &QTimer::timeout, m_table->viewport(), qOverload<>(&QWidget::update));
    ages->start(ageRefreshMs);
    m_columns = layout->menu();
}

QLayout *BlocksPage::buildFilters()
{
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("Search name, number, reason, note"));
    setUpSearch(*m_search);
    m_search->setMaxLength(200);
    m_search->setMinimumWidth(240);
    m_view->setObjectName(QStringLiteral("viewFilter"));
    m_view->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const BlockView view : views)
        m_view->addItem(BlockWords::view(view), int(view));
    m_accountFilter->setObjectName(QStringLiteral("accountFilter"));
    m_accountFilter->setMinimumContentsLength(14);
    fillAccounts();
    connect(m_search, &QLineEdit::textChanged, this, &BlocksPage::applyFilter);
    connect(m_view, &QComboBox::currentIndexChanged, this, &BlocksPage::applyFilter);
    connect(m_accountFilter, &QComboBox::activated, this, [this] {
        readCounts();
        applyFilter();
    });
    const auto labelFor = [this](const QString &text, QWidget *buddy) {
        auto *label = new QLabel(text, this);
        label->setBuddy(buddy);
        return label;
    };
    auto *columns = new QToolButton(this);
    columns->setObjectName(QStringLiteral("columnChooser"));
    columns->setAccessibleName(tr("Columns"));
    columns->setToolTip(tr("Choose columns"));
    columns->setIcon(icon(QStringLiteral("columns")));
    columns->setFocusPolicy(Qt::StrongFocus);
    columns->setPopupMode(QToolButton::InstantPopup);
    columns->setMenu(m_columns);
    auto *filters = new QHBoxLayout;
    filters->setContentsMargins(Space::medium, Space::small, Space::medium, Space::small);
    filters->setSpacing(Space::small);
    filters->addWidget(m_search, 1);
    filters->addWidget(labelFor(tr("&Show"), m_view));
    filters->addWidget(m_view);
    filters->addWidget(labelFor(tr("A&t"), m_accountFilter));
    filters->addWidget(m_accountFilter);
    filters->addStretch();
    for (QAction *action : {m_actions.reconcile, m_actions.settle}) {
        if (!action)
            continue;
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        filters->addWidget(button);
    }
    if (!m_actions.listMenu.isEmpty())
        filters->addWidget(listButton());
    filters->addWidget(columns);
    return filters;
}

QToolButton *BlocksPage::listButton()
{
    auto *list = new QToolButton(this);
    list->setObjectName(QStringLiteral("listMenu"));
    list->setText(tr("&List"));
    list->setAccessibleName(tr("List"));
    list->setToolTip(tr("Import, export, or carry the block list to another account"));
    list->setIcon(icon(QStringLiteral("file")));
    list->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    list->setFocusPolicy(Qt::StrongFocus);
    list->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(list);
    menu->setObjectName(QStringLiteral("blockListMenu"));
    menu->addActions(m_actions.listMenu);
    list->setMenu(menu);
    return list;
}

void BlocksPage::buildLayout()
{
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(Space::medium, Space::small, Space::medium, Space::small);
    m_problem->hide();
    if (m_actions.block)
        m_nobody->addButton(m_actions.block);
    if (m_actions.reconcile)
        m_nobody->addButton(m_actions.reconcile);
    connect(m_noMatch->addButton(tr("Clear filters")), &QAbstractButton::clicked, this, &BlocksPage::clearFilters);
    m_stack->addWidget(new QWidget(this)); // before the first answer nothing is claimed
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_nobody);
    m_stack->addWidget(m_noMatch);
    auto *gauge = new QHBoxLayout;
    gauge->setContentsMargins(Space::medium, 0, Space::medium, Space::small);
    gauge->addWidget(m_gauge);
    gauge->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(buildFilters());
    column->addLayout(gauge);
    column->addWidget(m_banners);
    column->addWidget(m_problem);
    column->addWidget(m_stack, 1);
}

void BlocksPage::fillAccounts()
{
    const QVariant before = m_accountFilter->currentData();
    const QSignalBlocker quiet(m_accountFilter);
    m_accountFilter->clear();
    m_accountFilter->addItem(tr("All accounts"), QVariant::fromValue(qint64(0)));
    for (const Account &account : m_needs.accounts())
        m_accountFilter->addItem(Words::account(account), QVariant::fromValue(account.id.value()));
    m_accountFilter->setCurrentIndex(std::max(0, m_accountFilter->findData(before)));
}

void BlocksPage::load()
{
    m_loaded = true;
    fillAccounts();
    readCounts();
    applyFilter();
}

void BlocksPage::setAccount(AccountId account)
{
    m_gauge->setAccount(m_needs.accountOf(account));
    if (m_loaded)
        fillAccounts();
}

void BlocksPage::show(BlockView view)
{
    m_search->clear();
    m_accountFilter->setCurrentIndex(0);
    m_view->setCurrentIndex(std::max(0, m_view->findData(int(view))));
    applyFilter();
}

void BlocksPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void BlocksPage::readCounts()
{
    m_gauge->read();
    m_count = m_needs.store.blocks().counts(
        AccountId(m_accountFilter->currentData().toLongLong()), [this](Result<std::map<BlockView, qint64>> counts) {
            if (!counts)
                return onFailed(counts.failure());
            m_counts = *counts;
            showCounts();
            updateActions();
        });
}

void BlocksPage::showCounts()
{
    const QSignalBlocker quiet(m_view);
    for (int i = 0; i < m_view->count(); ++i) {
        const auto view = static_cast<BlockView>(m_view->itemData(i).toInt());
        //: a filter and how many lines it shows
        m_view->setItemText(i, tr("%1 (%2)").arg(BlockWords::view(view), count(m_counts[view])));
    }
}

void BlocksPage::applyFilter()
{
    if (!m_loaded)
        return;
    BlockFilter filter;
    filter.view = static_cast<BlockView>(m_view->currentData().toInt());
    if (const qint64 account = m_accountFilter->currentData().toLongLong(); account != 0)
        filter.account = AccountId(account);
    filter.text = m_search->text().trimmed();
    m_table->clearSelection(); // "everything" of one filter must not become everything of another
    m_model->setFilter(filter);
}

void BlocksPage::clearFilters()
{
    m_accountFilter->setCurrentIndex(0);
    m_view->setCurrentIndex(0);
    m_search->clear();
    readCounts();
    applyFilter();
}

qint64 BlocksPage::shownCount() const
{
    return m_model->rowCount();
}

qint64 BlocksPage::chosenCount() const
{
    qint64 chosen = 0;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection())
        chosen += range.height();
    return chosen;
}

std::vector<BlockId> BlocksPage::chosen() const
{
    std::vector<int> rows;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    std::sort(rows.begin(), rows.end());
    std::vector<BlockId> ids;
    ids.reserve(rows.size());
    for (const int row : rows)
        ids.push_back(m_model->keyAt(row));
    return ids;
}

void BlocksPage::showState()
{
    if (m_model->isSettled()) {
        QWidget *shown = m_table;
        if (m_model->rowCount() == 0)
            shown = m_model->filter() == BlockFilter{} ? m_nobody : m_noMatch;
        m_stack->setCurrentWidget(shown);
    }
    updateActions();
    emit countsChanged();
}

void BlocksPage::updateActions()
{
    if (m_actions.settle && isVisible()) // else another page has it
        m_actions.settle->setEnabled(m_counts[BlockView::Unknown] > 0);
    const qint64 lines = isVisible() ? chosenCount() : 0;
    if (m_actions.disarm)
        m_actions.disarm->setEnabled(lines > 0 && m_counts[BlockView::Armed] > 0);
    if (m_actions.details)
        m_actions.details->setEnabled(lines == 1);
    if (m_actions.exportList)
        m_actions.exportList->setEnabled(isVisible() && m_model->isSettled() && m_model->rowCount() > 0);
}

void BlocksPage::connectActions()
{
    const auto on = [this](QAction *action, auto then) {
        if (action)
            connect(action, &QAction::triggered, this, then);
    };
    on(m_actions.disarm, [this] { disarm(); });
    on(m_actions.details, [this] { openDetails(); });
    on(m_actions.exportList, [this] { exportShown(); });
    if (m_actions.details)
        connect(m_table, &QAbstractItemView::activated, m_actions.details, &QAction::trigger);
}

void BlocksPage::disarm()
{
    m_act = m_needs.store.blocks().disarm(chosen(), [this](const Result<qint64> &lines) {
        if (!lines)
            return onFailed(lines.failure());
        emit told(*lines == 0 ? tr("None of the chosen lines is armed.")
                              : tr("%1 lines are not armed any more. Do-not-contact stays.", nullptr, forPlural(*lines))
                                    .arg(count(*lines)));
    });
}

void BlocksPage::openDetails()
{
    const std::vector<BlockId> lines = chosen();
    if (lines.size() != 1)
        return;
    auto *dialog = new BlockDetails(m_needs, lines.front(), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void BlocksPage::exportShown()
{
    FileWish wish;
    wish.title = tr("Export the block list");
    wish.filter = tr("CSV files (*.csv);;JSON files (*.json)");
    wish.start = QStringLiteral("rollcall-block-list.csv");
    m_needs.asks.saveFile(this, wish, [this](const QString &file) {
        if (!file.isEmpty())
            exportTo(file);
    });
}

void BlocksPage::exportTo(const QString &file)
{
    const QString key = QStringLiteral("export");
    const bool json = file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    std::map<AccountId, QString> names;
    for (const Account &account : m_needs.accounts())
        names.emplace(account.id, account.name);
    const auto show = [this, key](const Progress &progress) {
        if (!m_export.isOpen())
            return;
        m_banners->showBanner(key, Banners::Kind::Info,
            tr("Exporting the block list: %1 of %2 lines…").arg(count(progress.done), count(progress.total)),
            tr("Cancel"), [this, key] {
                m_export = Call();
                m_banners->remove(key);
                emit told(tr("The export was cancelled. No file was written."));
            });
    };
    m_export
        = exportBlockList(m_needs.store, m_model->filter(), names, json ? BlockListFormat::Json : BlockListFormat::Csv,
            file, show, [this, key, file](const Result<qint64> &lines) {
                m_banners->remove(key);
                if (!lines)
                    return m_banners->showBanner(key, Banners::Kind::Bad, failureSentence(lines.failure()), tr("Close"),
                        [this, key] { m_banners->remove(key); });
                emit told(tr("%1 lines written to %2.", nullptr, forPlural(*lines)).arg(count(*lines), file));
            });
}

void BlocksPage::onFailed(const Failure &failure)
{
    m_problem->setText(failureSentence(failure));
    m_problem->show();
}

void BlocksPage::showContextMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("blockedMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : m_actions.contextMenu) {
        if (action)
            menu->addAction(action);
        else
            menu->addSeparator();
    }
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void BlocksPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateActions();
}

void BlocksPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (m_actions.settle)
        m_actions.settle->setEnabled(false);
}

} // namespace rollcall
