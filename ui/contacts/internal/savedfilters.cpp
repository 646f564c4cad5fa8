// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/savedfilters.h"

#include "models/base/json.h"
#include "models/settings/settings.h"
#include "models/store/people.h"
#include "models/store/store.h"
#include "ui/text/age.h"
#include "ui/text/foreign.h"

#include <QInputDialog>
#include <QMenu>
#include <algorithm>

namespace rollcall {

namespace {

constexpr int version = 1;
constexpr std::size_t mostFilters = 50;
constexpr qsizetype longestName = 60;

QString settingName()
{
    return QStringLiteral("contacts-filters");
}

template <class Enum> Json numbers(const std::set<Enum> &values)
{
    Json::Array list;
    list.reserve(values.size());
    for (const Enum value : values)
        list.emplace_back(int(value));
    return {std::move(list)};
}

template <class Enum> void readNumbers(const Json &list, Enum last, std::set<Enum> &values)
{
    for (const Json &one : list.array())
        if (const auto number = one.toInteger(); number && *number >= 0 && *number <= qint64(last))
            values.insert(static_cast<Enum>(*number));
}

Json texts(const QStringList &values)
{
    Json::Array list;
    list.reserve(std::size_t(values.size()));
    for (const QString &value : values)
        list.emplace_back(value);
    return {std::move(list)};
}

void readTexts(const Json &list, QStringList &values)
{
    for (const Json &one : list.array())
        if (!one.toString().isEmpty())
            values << one.toString();
}

QString nameFor(const QString &name)
{
    return name.simplified().left(longestName);
}

QString menuText(const QString &words)
{
    return oneLine(words).replace(u'&', QStringLiteral("&&"));
}

} // namespace

Filter keepable(Filter filter)
{
    filter.text.clear();
    filter.batch.reset();
    return filter;
}

QByteArray savedFiltersJson(const std::vector<SavedFilter> &filters)
{
    Json::Array list;
    list.reserve(filters.size());
    for (const auto &[name, filter] : filters) {
        const int stop = !filter.doNotContact ? 0 : *filter.doNotContact ? 1 : -1;
        list.emplace_back(Json::Object{{QStringLiteral("name"), Json(name)},
            {QStringLiteral("verdicts"), numbers(filter.verdicts)}, {QStringLiteral("stale"), Json(filter.staleOnly)},
            {QStringLiteral("countries"), texts(filter.countries)}, {QStringLiteral("tags"), texts(filter.tags)},
            {QStringLiteral("stop"), Json(stop)}, {QStringLiteral("no_number"), Json(filter.noNumber)},
            {QStringLiteral("blocks"), numbers(filter.blocks)},
            {QStringLiteral("marketing"), Json(filter.marketingStopped)},
            {QStringLiteral("no_opt_in"), Json(filter.noOptIn)}, {QStringLiteral("disagree"), Json(filter.disagree)}});
    }
    return Json(std::move(list)).toCompact();
}

std::vector<SavedFilter> readSavedFilters(const QByteArray &json)
{
    std::vector<SavedFilter> filters;
    const Result<Json> list = parseJson(json);
    if (!list)
        return filters;
    for (const Json &one : list->array()) {
        SavedFilter saved{.name = nameFor(one[u"name"].toString())};
        Filter &filter = saved.filter;
        readNumbers(one[u"verdicts"], VerdictWord::Unverified, filter.verdicts);
        readNumbers(one[u"blocks"], BlockView::Refused, filter.blocks);
        readTexts(one[u"countries"], filter.countries);
        readTexts(one[u"tags"], filter.tags);
        filter.staleOnly = one[u"stale"].toBool();
        if (const qint64 stop = one[u"stop"].toInteger().value_or(0); stop != 0)
            filter.doNotContact = stop > 0;
        filter.noNumber = one[u"no_number"].toBool();
        filter.marketingStopped = one[u"marketing"].toBool();
        filter.noOptIn = one[u"no_opt_in"].toBool();
        filter.disagree = one[u"disagree"].toBool();
        if (!saved.name.isEmpty() && !filter.isEmpty() && filters.size() < mostFilters)
            filters.push_back(std::move(saved));
    }
    return filters;
}

SavedFilters::SavedFilters(Needs needs, QMenu *menu, QWidget *parent)
    : QObject(parent)
    , m_needs(std::move(needs))
    , m_menu(menu)
    , m_window(parent)
    , m_all(readSavedFilters(m_needs.settings.viewState(settingName(), version)))
{
    connect(m_menu, &QMenu::aboutToShow, this, &SavedFilters::fill);
}

void SavedFilters::fill()
{
    m_menu->clear();
    const Filter now = keepable(m_needs.current());
    for (const SavedFilter &saved : m_all) {
        QAction *action
            = m_menu->addAction(menuText(saved.name), this, [this, filter = saved.filter] { emit chosen(filter); });
        action->setCheckable(true);
        action->setChecked(now == saved.filter);
    }
    if (m_all.empty())
        m_menu->addAction(tr("No filter was saved yet"))->setEnabled(false);
    m_menu->addSeparator();
    QAction *save = m_menu->addAction(tr("&Save this filter…"), this, &SavedFilters::ask);
    save->setObjectName(QStringLiteral("saveFilter"));
    save->setEnabled(!now.isEmpty());
    QMenu *remove = m_menu->addMenu(tr("&Remove"));
    remove->setEnabled(!m_all.empty());
    for (const SavedFilter &saved : m_all)
        remove->addAction(menuText(saved.name), this, [this, name = saved.name] {
            std::erase_if(m_all, [&name](const SavedFilter &one) { return one.name == name; });
            keep();
        });
    countNext(0);
}

/// How many people each shows now, one after another behind its name.
void SavedFilters::countNext(std::size_t at)
{
    if (at >= m_all.size())
        return;
    m_count
        = m_needs.store.people().count(m_all[at].filter, m_needs.account(), [this, at](const Result<qint64> &people) {
              if (!people || at >= m_all.size() || at >= std::size_t(m_menu->actions().size()))
                  return;
              //: a saved filter: %1 its name, %2 how many people it shows now
              m_menu->actions().at(qsizetype(at))->setText(tr("%1 (%2)").arg(menuText(m_all[at].name), count(*people)));
              countNext(at + 1);
          });
}

void SavedFilters::ask()
{
    auto *dialog = new QInputDialog(m_window);
    dialog->setObjectName(QStringLiteral("filterName"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save this filter"));
    dialog->setLabelText(tr("Name of the filter. Text in the search field and a chosen import are not part of it."));
    connect(dialog, &QInputDialog::textValueSelected, this, &SavedFilters::save);
    dialog->open();
}

void SavedFilters::save(const QString &name)
{
    const SavedFilter saved{nameFor(name), keepable(m_needs.current())};
    if (saved.name.isEmpty() || saved.filter.isEmpty())
        return;
    std::erase_if(m_all, [&saved](const SavedFilter &one) { return one.name == saved.name; });
    if (m_all.size() >= mostFilters)
        return;
    m_all.push_back(saved);
    std::sort(m_all.begin(), m_all.end(),
        [](const SavedFilter &a, const SavedFilter &b) { return QString::localeAwareCompare(a.name, b.name) < 0; });
    keep();
}

void SavedFilters::keep()
{
    m_needs.settings.setViewState(settingName(), version, savedFiltersJson(m_all));
}

} // namespace rollcall
