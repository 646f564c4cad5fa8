// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journalfilterbar.h"

#include "models/base/clock.h"
#include "models/store/journal.h"
#include "models/store/store.h"
#include "ui/parts/icons.h"
#include "ui/parts/searchbuttons.h"
#include "ui/parts/theme.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>

namespace rollcall {

namespace {

/// Fills the box anew behind its first entry ("all"); what was chosen stays chosen.
void refill(QComboBox &box, const QStringList &values, const std::function<QString(const QString &)> &words)
{
    const QSignalBlocker silent(&box);
    const QString chosen = box.currentData().toString();
    while (box.count() > 1)
        box.removeItem(1);
    for (const QString &value : values)
        box.addItem(words(value), value);
    box.setCurrentIndex(std::max(0, chosen.isEmpty() ? 0 : box.findData(chosen)));
}

} // namespace

JournalFilterBar::JournalFilterBar(Store &store, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_clock(clock)
    , m_row(new QHBoxLayout(this))
    , m_search(new QLineEdit(this))
    , m_act(addBox("journal.act", tr("What was done")))
    , m_operator(addBox("journal.operator", tr("Operator")))
    , m_time(addBox("journal.time", tr("Time")))
    , m_about(new QLineEdit(this))
{
    m_row->setContentsMargins(Space::medium, Space::medium, Space::medium, Space::small);
    m_row->setSpacing(Space::small);
    m_search->setObjectName(QStringLiteral("journal.search"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("Search the journal"));
    m_search->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    nameSearchButtons(*m_search);
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(160);
    m_about->setObjectName(QStringLiteral("journal.about"));
    m_about->setAccessibleName(tr("Number of a person or run"));
    m_about->setToolTip(
        tr("Shows what was done to the person, account or run with this number. The Details of a person "
           "and the first column of the runs show it."));
    m_about->setPlaceholderText(tr("Person or run no."));
    m_about->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{0,15}")), m_about));
    m_about->setMaximumWidth(150);
    m_act->addItem(tr("Everything"));
    m_operator->addItem(tr("Everybody"));
    m_time->addItem(tr("Any time"), 0);
    m_time->addItem(tr("Today"), 1);
    m_time->addItem(tr("Last 7 days"), 7);
    m_time->addItem(tr("Last 30 days"), 30);
    m_time->addItem(tr("Last 365 days"), 365);
    m_row->insertWidget(0, m_search, 1);
    m_row->addWidget(m_about);
    connect(m_search, &QLineEdit::textChanged, this, &JournalFilterBar::changed);
    connect(m_about, &QLineEdit::textChanged, this, &JournalFilterBar::changed);
    for (QComboBox *box : {m_act, m_operator, m_time})
        connect(box, &QComboBox::currentIndexChanged, this, &JournalFilterBar::changed);
}

QComboBox *JournalFilterBar::addBox(const char *name, const QString &accessible)
{
    auto *box = new QComboBox(this);
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(accessible);
    box->setToolTip(accessible);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    m_row->addWidget(box);
    return box;
}

JournalFilter JournalFilterBar::filter() const
{
    JournalFilter filter;
    filter.text = m_search->text();
    filter.act = m_act->currentData().toString();
    filter.operatorName = m_operator->currentData().toString();
    filter.about = m_about->text().toLongLong();
    if (const int days = m_time->currentData().toInt(); days > 0) {
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(m_clock.now().wallMs);
        filter.fromMs = now.date().addDays(1 - days).startOfDay().toMSecsSinceEpoch();
    }
    return filter;
}

void JournalFilterBar::readChoices()
{
    m_facets = m_store.journal().facets([this](Result<JournalFacets> facets) {
        if (!facets)
            return; // the list of entries says why nothing can be read
        refill(*m_act, facets->acts, [](const QString &act) { return Words::act(act); });
        refill(*m_operator, facets->operators, [](const QString &name) { return oneLine(name); });
    });
}

void JournalFilterBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void JournalFilterBar::clear()
{
    m_search->clear();
    m_about->clear();
    for (QComboBox *box : {m_act, m_operator, m_time})
        box->setCurrentIndex(0);
}

void JournalFilterBar::addAtEnd(QWidget *widget)
{
    m_row->addWidget(widget);
}

} // namespace rollcall
