// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/journalmodel.h"

#include "models/store/journal.h"
#include "models/store/store.h"

namespace rollcall {
namespace {

constexpr qint64 pauseMs = 300; // a run writes an entry with every step

} // namespace

JournalModel::JournalModel(Store &store, Clock &clock, JournalWords words, QObject *parent)
    : EntryTable(parent)
    , m_store(store)
    , m_clock(clock)
    , m_words(std::move(words))
{
    connect(&m_store, &Store::changed, this, &JournalModel::onChanged);
}

JournalModel::~JournalModel() = default;

void JournalModel::setFilter(const JournalFilter &filter)
{
    m_filter = filter;
    m_asked = true;
    ask(false);
}

void JournalModel::ask(bool sameQuestion)
{
    m_settled = false;
    m_soon = Call();
    m_list = m_store.journal().chosen(m_filter, [this, sameQuestion](Result<std::vector<qint64>> seqs) {
        if (!seqs) {
            emit failed(seqs.failure());
            return;
        }
        show(std::make_shared<const Keys>(*std::move(seqs)), sameQuestion, [this] {
            m_settled = true;
            emit settled();
        });
    });
}

void JournalModel::onChanged(const Change &change)
{
    // Entries themselves never change, but whom they name does: renamed, deleted, erased.
    constexpr int named = Change::PeopleChanged | Change::AccountsChanged | Change::DraftsChanged;
    m_renamed = m_renamed || (change.kinds & named) != 0;
    if (m_asked && !m_soon.isOpen())
        m_soon = m_clock.after(pauseMs, [this] {
            if (std::exchange(m_renamed, false))
                staleAll();
            ask(true);
        });
}

int JournalModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant JournalModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == SeqRole)
        return keyAt(index.row());
    if (role != Qt::DisplayRole && role != ActRole && role != OutcomeRole)
        return {};
    const JournalEntry *row = rowAt(index.row());
    if (!row)
        return QString();
    if (role == ActRole)
        return row->act;
    if (role == OutcomeRole)
        return row->outcome;
    return m_words.cell(*row, static_cast<JournalColumn>(index.column()));
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole && section >= 0 && section < columns)
        return m_words.title(static_cast<JournalColumn>(section));
    return {};
}

Call JournalModel::read(const Keys &keys, Answer then) const
{
    return m_store.journal().rows(keys, std::move(then));
}

} // namespace rollcall
