// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journalfilterbar.h"

#include "models/base/clock.h"
#include "models/store/journal.h"
#include "models/store/store.h"
#include "ui/parts/searchfield.h"
#include "ui/parts/theme.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

namespace rollcall {

namespace {

constexpr qint64 typingPauseMs = 200; // a name is looked for among all people, once, not with every letter
constexpr int mostChip = 260; // pixels of the words on the chip

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

JournalFilterBar::JournalFilterBar(Store &store, Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_clock(clock)
    , m_row(new QHBoxLayout(this))
    , m_search(new QLineEdit(this))
    , m_only(new QToolButton(this))
    , m_act(addBox("journal.act", tr("What was done")))
    , m_operator(addBox("journal.operator", tr("Operator")))
    , m_time(addBox("journal.time", tr("Time")))
{
    m_row->setContentsMargins(Space::medium, Space::medium, Space::medium, Space::small);
    m_row->setSpacing(Space::small);
    m_search->setObjectName(QStringLiteral("journal.search"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("Search name, number, operator, what was done"));
    setUpSearch(*m_search);
    m_search->setMinimumWidth(160);
    m_only->setObjectName(QStringLiteral("journal.only"));
    m_only->setProperty("look", QStringLiteral("chip"));
    m_only->setFocusPolicy(Qt::StrongFocus);
    m_only->hide();
    m_act->addItem(tr("Everything"));
    m_operator->addItem(tr("Everybody"));
    m_time->addItem(tr("Any time"), 0);
    m_time->addItem(tr("Today"), 1);
    m_time->addItem(tr("Last 7 days"), 7);
    m_time->addItem(tr("Last 30 days"), 30);
    m_time->addItem(tr("Last 365 days"), 365);
    m_row->insertWidget(0, m_search, 1);
    m_row->insertWidget(1, m_only);
    connect(m_search, &QLineEdit::textChanged, this,
        [this] { m_soon = m_clock.after(typingPauseMs, [this] { emit changed(); }); });
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        m_soon = Call();
        emit changed();
    });
    connect(m_only, &QToolButton::clicked, this, [this] { narrow({}, {}); });
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
    filter.text = m_search->text().trimmed();
    filter.act = m_act->currentData().toString();
    filter.operatorName = m_operator->currentData().toString();
    // What the window calls an act is not in the store.
    if (!filter.text.isEmpty())
        for (const QString &act : m_acts)
            if (Words::act(act).contains(filter.text, Qt::CaseInsensitive))
                filter.namedActs << act;
    filter.person = m_narrowed.person;
    filter.account = m_narrowed.account;
    filter.run = m_narrowed.run;
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
        m_acts = facets->acts;
        refill(*m_act, facets->acts, [](const QString &act) { return Words::act(act); });
        refill(*m_operator, facets->operators, [](const QString &name) { return oneLine(name); });
    });
}

void JournalFilterBar::narrow(const JournalFilter &to, const QString &words)
{
    if (to == m_narrowed)
        return;
    m_narrowed = to;
    m_only->setVisible(!to.isEmpty());
    if (!to.isEmpty()) {
        const QString whole = tr("Only: %1  ×").arg(words);
        m_only->setText(
            m_only->fontMetrics().elidedText(whole, Qt::ElideMiddle, mostChip).replace(u'&', QStringLiteral("&&")));
        m_only->setAccessibleName(tr("Only %1. Press to show every entry again.").arg(words));
        m_only->setToolTip(plainTip(tr("Only entries about %1. Press to show every entry again.").arg(words)));
    }
    emit changed();
}

void JournalFilterBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void JournalFilterBar::clear()
{
    m_search->clear();
    narrow({}, {});
    for (QComboBox *box : {m_act, m_operator, m_time})
        box->setCurrentIndex(0);
}

void JournalFilterBar::addAtEnd(QWidget *widget)
{
    m_row->addWidget(widget);
}

} // namespace rollcall
