// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/tablelayout.h"

#include "models/settings/settings.h"
#include "ui/parts/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>

namespace rollcall {

namespace {

// Of the sign of sorting in the style sheet. Every section keeps it free, also while it is not sorted by.
constexpr int arrowSide = 14;

/// The style's own hint knows neither the bold type of our headings nor their padding.
int headingWidth(const QHeaderView &header, int column)
{
    QFont font = header.font();
    font.setBold(true);
    const QString text = header.model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    return QFontMetrics(font).horizontalAdvance(text) + 2 * Space::medium + arrowSide;
}

} // namespace

TableLayout::TableLayout(
    QTableView &table, Settings &settings, const QString &name, int version, const QList<int> &widths)
    : QObject(&table)
    , m_table(table)
    , m_settings(settings)
    , m_name(name)
    , m_version(version)
    , m_widths(widths)
    , m_menu(new QMenu(&table))
{
    m_saveSoon.setSingleShot(true);
    m_saveSoon.setInterval(300);
    connect(&m_saveSoon, &QTimer::timeout, this, &TableLayout::save);
    m_menu->setObjectName(QStringLiteral("columns"));
    connect(m_menu, &QMenu::aboutToShow, this, &TableLayout::fillMenu);

    restore();
    QHeaderView *header = m_table.horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this,
        [this, header](const QPoint &at) { m_menu->popup(header->mapToGlobal(at)); });
    const auto soon = [this] { m_saveSoon.start(); };
    connect(header, &QHeaderView::sectionMoved, this, soon);
    connect(header, &QHeaderView::sectionResized, this, soon);
    connect(header, &QHeaderView::sortIndicatorChanged, this, soon);
    m_table.installEventFilter(this);
}

TableLayout::~TableLayout() = default;

/// The window may be closed before the time to save has come.
bool TableLayout::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Hide && m_saveSoon.isActive()) {
        m_saveSoon.stop();
        save();
    }
    return QObject::eventFilter(watched, event);
}

QMenu *TableLayout::menu()
{
    return m_menu;
}

void TableLayout::fillMenu()
{
    m_menu->clear();
    QHeaderView *header = m_table.horizontalHeader();
    const int shown = header->count() - header->hiddenSectionCount();
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        QAction *action
            = m_menu->addAction(m_table.model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        action->setEnabled(!action->isChecked() || shown > 1); // one column stays
        connect(action, &QAction::toggled, this, [this, header, column](bool on) {
            header->setSectionHidden(column, !on);
            if (on && header->sectionSize(column) < header->minimumSectionSize())
                header->resizeSection(column, qMax(m_widths.value(column), header->defaultSectionSize()));
            m_saveSoon.start();
        });
    }
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("Reset layout")), &QAction::triggered, this, [this] {
        toDefaults();
        m_saveSoon.start();
    });
}

void TableLayout::toDefaults()
{
    QHeaderView *header = m_table.horizontalHeader();
    header->ensurePolished();
    header->setSortIndicator(0, Qt::AscendingOrder);
    for (int column = 0; column < header->count(); ++column) {
        header->moveSection(header->visualIndex(column), column);
        header->setSectionHidden(column, m_widths.value(column) == 0);
        // Never narrower than its own words: fonts and languages differ.
        const int wanted = m_widths.value(column) > 0 ? m_widths[column] : header->defaultSectionSize();
        header->resizeSection(column, qMax(wanted, headingWidth(*header, column)));
    }
}

void TableLayout::restore()
{
    QHeaderView *header = m_table.horizontalHeader();
    toDefaults();
    const QByteArray state = m_settings.viewState(m_name, m_version);
    const int columns = header->count();
    if (!state.isEmpty() && (!header->restoreState(state) || header->count() != columns))
        toDefaults();
    header->setSectionsMovable(true); // restoreState brings the old behaviour along with the layout
    header->setStretchLastSection(true);
}

void TableLayout::save()
{
    m_settings.setViewState(m_name, m_version, m_table.horizontalHeader()->saveState());
}

} // namespace rollcall
