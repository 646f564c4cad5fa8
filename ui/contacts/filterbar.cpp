// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/filterbar.h"

#include "models/store/people.h"
#include "models/store/store.h"
#include "ui/contacts/internal/savedfilters.h"
#include "ui/parts/icons.h"
#include "ui/parts/searchfield.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/blockwords.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <algorithm>

namespace rollcall {

namespace {

/// Pixels for the words of a chip: what is chosen in one of them is readable, and many of them, the search and the
/// tools still fit a window of 1280 (a row that does not fit makes the window wider than the screen).
int longestChip(qsizetype chosen)
{
    return chosen <= 1 ? 130 : chosen == 2 ? 100 : chosen == 3 ? 84 : 60;
}

constexpr int mostListed = 60; // a menu longer than a screen helps nobody

struct Text {
    Q_DECLARE_TR_FUNCTIONS(FilterBar)
};

/// A choice and how many people it would show; -1 = not counted yet.
QString counted(const QString &words, qint64 people)
{
    //: a choice of a filter: %1 what it shows, %2 how many people that are
    return people < 0 ? words : Text::tr("%1 (%2)").arg(words, count(people));
}

/// As on the Blocked page, but "unknown" needs its subject beside other things that may be unknown.
QString blockFilter(BlockView view)
{
    if (view == BlockView::Unknown)
        return Text::tr("Block unknown");
    if (view == BlockView::Refused)
        return Text::tr("Block refused");
    return BlockWords::view(view);
}

struct Chip {
    QToolButton *button;
    QString what; ///< it filters by
    QStringList chosen;
};

void showChip(const Chip &chip, int longest)
{
    //: a filter chip: %1 what it filters by, %2 what was chosen
    const QString words = chip.chosen.isEmpty()
        ? chip.what
        : FilterBar::tr("%1: %2").arg(chip.what, chip.chosen.join(QStringLiteral(", ")));
    chip.button->setText(chip.button->fontMetrics()
                             .elidedText(words, Qt::ElideRight, longest)
                             .replace(QLatin1Char('&'), QStringLiteral("&&")));
    chip.button->setToolTip(plainTip(words));
    chip.button->setAccessibleName(words);
    chip.button->setChecked(!chip.chosen.isEmpty());
}

QString blockFilterIcon(BlockView view)
{
    switch (view) {
    case BlockView::HereNotThere:
        return BlockWords::lightIcon(BlockLight::BlockedNotThere);
    case BlockView::OnlyThere:
        return BlockWords::lightIcon(BlockLight::OnlyThere);
    case BlockView::Armed:
        return BlockWords::lightIcon(BlockLight::Armed);
    case BlockView::Unknown:
        return BlockWords::lightIcon(BlockLight::Unknown);
    case BlockView::Refused:
        return BlockWords::lightIcon(BlockLight::Refused);
    case BlockView::All:
    case BlockView::Blocked:
    case BlockView::Open:
        break;
    }
    return BlockWords::lightIcon(BlockLight::Blocked);
}

} // namespace

FilterBar::FilterBar(Store &store, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_search(new QLineEdit(this))
    , m_verdict(chip(QStringLiteral("filterVerdict"), new QMenu(this)))
    , m_country(chip(QStringLiteral("filterCountry"), new QMenu(this)))
    , m_tag(chip(QStringLiteral("filterTag"), new QMenu(this)))
    , m_stops(chip(QStringLiteral("filterStops"), new QMenu(this)))
    , m_batch(chip(QStringLiteral("filterImport"), nullptr))
    , m_own(chip(QStringLiteral("filterSaved"), new QMenu(this)))
    , m_clear(new QToolButton(this))
    , m_row(new QHBoxLayout(this))
    , m_saved(new SavedFilters(
          {store, settings, [this] { return m_filter; }, [this] { return m_account; }}, m_own->menu(), this))
{
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setPlaceholderText(tr("Search name, number, e-mail, organisation, tag"));
    setUpSearch(*m_search);
    m_search->setMinimumWidth(150);
    m_search->setMaximumWidth(440);
    m_search->setMaxLength(200);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this,
        [this](const QString &text) { change([&text](Filter &filter) { filter.text = text; }); });

    connect(m_verdict->menu(), &QMenu::aboutToShow, this, &FilterBar::fillVerdicts);
    connect(m_country->menu(), &QMenu::aboutToShow, this, &FilterBar::fillCountries);
    connect(m_tag->menu(), &QMenu::aboutToShow, this, &FilterBar::fillTags);
    connect(m_stops->menu(), &QMenu::aboutToShow, this, [this] {
        fillStops(nullptr);
        m_counts = m_store.people().stopCounts(m_account, [this](const Result<StopCounts> &counts) {
            if (counts)
                fillStops(&*counts);
        });
    });
    connect(m_batch, &QToolButton::clicked, this, [this] { change([](Filter &filter) { filter.batch.reset(); }); });

    m_own->setCheckable(false); // it filters by nothing itself
    m_own->setText(tr("Saved"));
    m_own->setToolTip(tr("Filters you saved, and saving the one that is shown."));
    m_own->setAccessibleName(tr("Saved filters"));
    connect(m_saved, &SavedFilters::chosen, this, &FilterBar::setFilter);
    m_clear->setObjectName(QStringLiteral("clearFilters"));
    m_clear->setText(tr("Clear filters"));
    m_clear->setIcon(icon(QStringLiteral("close")));
    m_clear->setToolTip(tr("Clear search and filters: everybody is shown"));
    m_clear->setFocusPolicy(Qt::StrongFocus);
    connect(m_clear, &QToolButton::clicked, this, [this] { setFilter({}); });

    m_row->setContentsMargins(Space::medium, Space::small, Space::medium, Space::small);
    m_row->setSpacing(Space::small);
    m_row->addWidget(m_search, 50); // what is free is the search's, up to its most
    for (QToolButton *button : {m_verdict, m_country, m_tag, m_stops, m_own, m_batch, m_clear})
        m_row->addWidget(button);
    m_row->addStretch(1);
    showChips();
}

QToolButton *FilterBar::chip(const QString &objectName, QMenu *menu)
{
    auto *button = new QToolButton(this);
    button->setObjectName(objectName);
    button->setProperty("look", QStringLiteral("chip"));
    button->setFocusPolicy(Qt::StrongFocus);
    button->setCheckable(true); // checked = filters; the menu sets it
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    if (menu) {
        button->setMenu(menu);
        button->setPopupMode(QToolButton::InstantPopup);
        button->setIcon(icon(QStringLiteral("chevron-down")));
        button->setLayoutDirection(Qt::RightToLeft); // the arrow after the words
        connect(button, &QToolButton::clicked, this, &FilterBar::showChips); // Space would toggle it
    } else {
        button->setIcon(icon(QStringLiteral("close")));
    }
    return button;
}

void FilterBar::addAtEnd(QWidget *widget)
{
    m_row->addWidget(widget);
}

void FilterBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            emit leftDown();
            return true;
        }
        if (key == Qt::Key_Escape && m_search->text().isEmpty()) {
            emit leftDown();
            return true;
        }
        if (key == Qt::Key_Escape) {
            m_search->clear();
            return true;
        }
        if (static_cast<QKeyEvent *>(event)->matches(QKeySequence::SelectAll) && m_search->text().isEmpty()) {
            emit everybodyWanted();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FilterBar::setFilter(const Filter &filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    const QSignalBlocker quiet(m_search);
    m_search->setText(filter.text);
    showChips();
    emit changed(m_filter);
}

void FilterBar::change(const std::function<void(Filter &)> &edit)
{
    Filter filter = m_filter;
    edit(filter);
    if (m_filter == filter)
        return;
    m_filter = filter;
    showChips();
    emit changed(m_filter);
}

QAction *FilterBar::addChoice(QMenu *menu, const QString &words, bool on, std::function<void(bool)> then)
{
    QAction *action = menu->addAction(QString(words).replace(QLatin1Char('&'), QStringLiteral("&&")));
    action->setCheckable(true);
    action->setChecked(on);
    connect(action, &QAction::toggled, this, std::move(then));
    return action;
}

void FilterBar::fillVerdicts()
{
    QMenu *menu = m_verdict->menu();
    menu->clear();
    for (const VerdictWord word : {VerdictWord::NotChecked, VerdictWord::Valid, VerdictWord::Invalid,
             VerdictWord::Processing, VerdictWord::Failed, VerdictWord::Unverified}) {
        QAction *action
            = addChoice(menu, Words::verdict(word), m_filter.verdicts.contains(word), [this, word](bool on) {
                  change([word, on](Filter &filter) {
                      if (on)
                          filter.verdicts.insert(word);
                      else
                          filter.verdicts.erase(word);
                  });
              });
        action->setIcon(icon(Words::verdictIcon(word)));
    }
    menu->addSeparator();
    addChoice(menu, tr("Stale only"), m_filter.staleOnly,
        [this](bool on) { change([on](Filter &filter) { filter.staleOnly = on; }); });
    addChoice(menu, tr("Accounts disagree"), m_filter.disagree, [this](bool on) {
        change([on](Filter &filter) { filter.disagree = on; });
    })->setIcon(icon(Words::disagreeIcon()));
}

void FilterBar::setAccount(AccountId account, const QString &name)
{
    m_account = account;
    m_accountName = name;
}

/// The choices at once; how many people each would show follows.
void FilterBar::fillStops(const StopCounts *counts)
{
    QMenu *menu = m_stops->menu();
    menu->clear();
    const auto choose = [this, menu](const QString &words, std::optional<bool> stop) {
        addChoice(menu, words, m_filter.doNotContact == stop,
            [this, stop](bool) { change([stop](Filter &filter) { filter.doNotContact = stop; }); });
    };
    const auto flag = [this, menu](const QString &words, bool Filter::*which) {
        return addChoice(menu, words, m_filter.*which,
            [this, which](bool on) { change([which, on](Filter &filter) { filter.*which = on; }); });
    };
    choose(counted(tr("Everybody"), counts ? counts->everybody : -1), {});
    choose(counted(tr("Do not contact"), counts ? counts->doNotContact : -1), true);
    choose(counted(tr("May be contacted"), counts ? counts->everybody - counts->doNotContact : -1), false);
    menu->addSeparator();
    addBlockChoices(menu, counts);
    menu->addSeparator();
    flag(counted(tr("Marketing stop in WhatsApp"), counts ? counts->marketingStopped : -1), &Filter::marketingStopped)
        ->setIcon(icon(QStringLiteral("marketing")));
    flag(counted(tr("No opt-in"), counts ? counts->noOptIn : -1), &Filter::noOptIn);
    menu->addSeparator();
    flag(counted(tr("Without a readable number"), counts ? counts->noNumber : -1), &Filter::noNumber);
}

void FilterBar::addBlockChoices(QMenu *menu, const StopCounts *counts)
{
    for (const BlockView view : {BlockView::Blocked, BlockView::HereNotThere, BlockView::OnlyThere, BlockView::Armed,
             BlockView::Unknown, BlockView::Refused}) {
        const qint64 people = counts && counts->blocks.contains(view) ? counts->blocks.at(view) : -1;
        QAction *action = addChoice(
            menu, counted(blockFilter(view), people), m_filter.blocks.contains(view), [this, view](bool on) {
                change([view, on](Filter &filter) {
                    if (on)
                        filter.blocks.insert(view);
                    else
                        filter.blocks.erase(view);
                });
            });
        action->setIcon(icon(blockFilterIcon(view)));
        action->setEnabled(!m_account.isNull() || action->isChecked());
    }
}

void FilterBar::fillListed(QMenu *menu, const QStringList &all, QStringList Filter::*chosen, const QString &nothing)
{
    menu->clear();
    QStringList listed = all.mid(0, mostListed);
    for (const QString &one : m_filter.*chosen) {
        if (!listed.contains(one))
            listed << one;
    }
    for (const QString &one : listed) {
        const QString words = chosen == &Filter::countries ? Words::country(one) : oneLine(one);
        addChoice(menu, words, (m_filter.*chosen).contains(one), [this, one, chosen](bool on) {
            change([&one, chosen, on](Filter &filter) {
                (filter.*chosen).removeAll(one);
                if (on)
                    (filter.*chosen).append(one);
            });
        });
    }
    if (listed.isEmpty())
        menu->addAction(nothing)->setEnabled(false);
}

void FilterBar::fillCountries()
{
    fillListed(m_country->menu(), {}, &Filter::countries, tr("No country is known yet"));
    m_countries = m_store.people().countries([this](Result<QStringList> all) {
        if (all)
            fillListed(m_country->menu(), *all, &Filter::countries, tr("No country is known yet"));
    });
}

void FilterBar::fillTags()
{
    fillListed(m_tag->menu(), {}, &Filter::tags, tr("Nobody has a tag yet"));
    m_tags = m_store.people().tags([this](Result<QStringList> all) {
        if (all)
            fillListed(m_tag->menu(), *all, &Filter::tags, tr("Nobody has a tag yet"));
    });
}

void FilterBar::showChips()
{
    QStringList verdicts;
    for (const VerdictWord word : m_filter.verdicts)
        verdicts << Words::verdict(word);
    if (m_filter.staleOnly)
        verdicts << tr("stale");
    if (m_filter.disagree)
        verdicts << tr("accounts disagree");
    QStringList countries;
    for (const QString &region : m_filter.countries)
        countries << Words::country(region);
    QStringList people;
    if (m_filter.doNotContact)
        people << (*m_filter.doNotContact ? tr("do not contact") : tr("may be contacted"));
    for (const BlockView view : m_filter.blocks)
        people << blockFilter(view);
    if (m_filter.marketingStopped)
        people << tr("marketing stop");
    if (m_filter.noOptIn)
        people << tr("no opt-in");
    if (m_filter.noNumber)
        people << tr("without a number");
    const QStringList batch = m_filter.batch ? QStringList{QString::number(m_filter.batch->value())} : QStringList();
    const Chip chips[] = {{m_verdict, tr("Verdict"), verdicts}, {m_country, tr("Country"), countries},
        {m_tag, tr("Tag"), m_filter.tags}, {m_stops, tr("People"), people}, {m_batch, tr("One import"), batch}};
    const auto chosen
        = std::count_if(std::begin(chips), std::end(chips), [](const Chip &chip) { return !chip.chosen.isEmpty(); });
    for (const Chip &chip : chips)
        showChip(chip, longestChip(chosen));
    m_batch->setVisible(m_filter.batch.has_value());
    m_clear->setVisible(!m_filter.isEmpty());
    m_clear->setToolButtonStyle(chosen > 1 || m_filter.batch ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
}

} // namespace rollcall
