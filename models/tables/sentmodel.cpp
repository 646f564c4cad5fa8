// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/sentmodel.h"

#include "models/store/store.h"

namespace rollcall {
namespace {

constexpr qint64 pauseMs = 300; // a run stores outcomes many times a second

} // namespace

SentModel::SentModel(Store &store, Clock &clock, SentWords words, QObject *parent)
    : SentTable(parent)
    , m_store(store)
    , m_clock(clock)
    , m_words(std::move(words))
{
    connect(&m_store, &Store::changed, this, &SentModel::onChanged);
}

SentModel::~SentModel() = default;

void SentModel::setFilter(const SentFilter &filter)
{
    m_filter = filter;
    m_asked = true;
    ask(false);
}

void SentModel::ask(bool sameQuestion)
{
    m_soon = Call();
    m_list = m_store.messages().history(m_filter, [this, sameQuestion](Result<std::vector<OperationId>> ids) {
        if (!ids) {
            emit failed(ids.failure());
            return;
        }
        show(std::make_shared<const Keys>(*std::move(ids)), sameQuestion, [this] { emit settled(); });
    });
}

void SentModel::onChanged(const Change &change)
{
    if (!m_asked || (change.kinds & (Change::MessagesChanged | Change::PeopleChanged)) == 0)
        return;
    staleAll();
    if (!m_soon.isOpen())
        m_soon = m_clock.after(pauseMs, [this] { ask(true); });
}

int SentModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant SentModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const SentRow *row = role == Qt::ToolTipRole ? rowIfRead(index.row()) : rowAt(index.row());
    if (!row)
        return QString();
    const auto &text = role == Qt::ToolTipRole ? m_words.tip : m_words.cell;
    return text(*row, static_cast<SentColumn>(index.column()));
}

QVariant SentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole && section >= 0 && section < columns)
        return m_words.title(static_cast<SentColumn>(section));
    return {};
}

Call SentModel::read(const Keys &keys, Answer then) const
{
    return m_store.messages().rows(keys, std::move(then));
}

} // namespace rollcall
