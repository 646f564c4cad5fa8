// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/checksmodel.h"

#include "models/store/store.h"

namespace rollcall {
namespace {

constexpr qint64 pauseMs = 300; // a run stores answers many times a second

} // namespace

ChecksModel::ChecksModel(Store &store, Clock &clock, ChecksWords words, QObject *parent)
    : VerdictTable(parent)
    , m_store(store)
    , m_clock(clock)
    , m_words(std::move(words))
{
    connect(&m_store, &Store::changed, this, &ChecksModel::onChanged);
}

ChecksModel::~ChecksModel() = default;

void ChecksModel::setFilter(const VerdictFilter &filter)
{
    m_filter = filter;
    m_asked = true;
    ask(false);
}

void ChecksModel::ask(bool sameQuestion)
{
    m_settled = false;
    m_soon = Call();
    m_list = m_store.verdicts().list(m_filter, [this, sameQuestion](Result<std::vector<qint64>> ids) {
        if (!ids) {
            emit failed(ids.failure());
            return;
        }
        show(std::make_shared<const Keys>(*std::move(ids)), sameQuestion, [this] {
            m_settled = true;
            emit settled();
        });
    });
}

void ChecksModel::onChanged(const Change &change)
{
    if (!m_asked)
        return;
    if ((change.kinds & (Change::PeopleChanged | Change::AccountsChanged)) != 0)
        staleAll(); // names, and what a truth probe says of an account's "valid"
    const bool verdicts = (change.kinds & Change::VerdictsChanged) != 0;
    const bool named = (change.kinds & Change::PeopleChanged) != 0 && !m_filter.text.isEmpty();
    if ((verdicts || named) && !m_soon.isOpen())
        m_soon = m_clock.after(pauseMs, [this] { ask(true); });
}

Freshness ChecksModel::freshness(const StoredVerdict &row) const
{
    return freshnessOf(row.verdict, m_store.time(), m_words.keepSeconds(row.verdict.account));
}

int ChecksModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant ChecksModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == VerdictIdRole)
        return keyAt(index.row());
    if (role != Qt::DisplayRole && (role < PersonIdRole || role > SourceRole))
        return {};
    const StoredVerdict *row = rowAt(index.row());
    if (!row)
        return role == Qt::DisplayRole ? QVariant(QString()) : QVariant();
    switch (role) {
    case Qt::DisplayRole:
        return m_words.cell(*row, static_cast<CheckColumn>(index.column()), freshness(*row));
    case PersonIdRole:
        return row->person.value();
    case VerdictRole:
        return int(row->verdict.word);
    case FreshRole:
        return freshness(*row).fresh;
    case SourceRole:
        return int(row->verdict.source);
    default:
        return {};
    }
}

QVariant ChecksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole && section >= 0 && section < columns)
        return m_words.title(static_cast<CheckColumn>(section));
    return {};
}

Call ChecksModel::read(const Keys &keys, Answer then) const
{
    return m_store.verdicts().rows(keys, std::move(then));
}

} // namespace rollcall
