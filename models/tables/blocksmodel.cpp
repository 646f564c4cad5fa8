// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/blocksmodel.h"

#include "models/store/store.h"

namespace rollcall {
namespace {

constexpr qint64 pauseMs = 300; // a run stores outcomes many times a second

} // namespace

BlocksModel::BlocksModel(Store &store, Clock &clock, BlockedWords words, QObject *parent)
    : BlockTable(parent)
    , m_store(store)
    , m_clock(clock)
    , m_words(std::move(words))
{
    connect(&m_store, &Store::changed, this, &BlocksModel::onChanged);
}

BlocksModel::~BlocksModel() = default;

void BlocksModel::setFilter(const BlockFilter &filter)
{
    m_filter = filter;
    m_asked = true;
    ask(false);
}

std::optional<BlockColumn> BlocksModel::orderOf(BlockedColumn column)
{
    switch (column) {
    case BlockedColumn::Person:
        return BlockColumn::Name;
    case BlockedColumn::Number:
        return BlockColumn::Number;
    case BlockedColumn::Block:
    case BlockedColumn::State:
        return BlockColumn::State;
    case BlockedColumn::Window:
        return BlockColumn::LastInbound;
    case BlockedColumn::Reason:
        return BlockColumn::Reason;
    case BlockedColumn::By:
        return BlockColumn::By;
    case BlockedColumn::At:
        return BlockColumn::At;
    case BlockedColumn::LastSeen:
        return BlockColumn::LastSeen;
    case BlockedColumn::Account:
        return BlockColumn::Account;
    case BlockedColumn::DoNotContact:
    case BlockedColumn::Marketing:
    case BlockedColumn::Note:
    case BlockedColumn::Source:
        break;
    }
    return std::nullopt;
}

void BlocksModel::sort(int column, Qt::SortOrder order)
{
    const auto by = column >= 0 && column < columns ? orderOf(static_cast<BlockedColumn>(column)) : std::nullopt;
    if (!by)
        return;
    const BlockOrder wanted{*by, order == Qt::DescendingOrder};
    if (m_order == wanted)
        return;
    m_order = wanted;
    if (m_asked)
        ask(false);
}

void BlocksModel::ask(bool sameQuestion)
{
    m_settled = false;
    m_soon = Call();
    m_list = m_store.blocks().spine(m_filter, m_order, [this, sameQuestion](Result<std::vector<BlockId>> ids) {
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

void BlocksModel::onChanged(const Change &change)
{
    const bool blocks = (change.kinds & Change::BlocksChanged) != 0;
    const bool people = (change.kinds & Change::PeopleChanged) != 0; // names, do-not-contact, last inbound
    if (!m_asked || (!blocks && !people))
        return;
    staleAll();
    if (!m_soon.isOpen())
        m_soon = m_clock.after(pauseMs, [this] { ask(true); });
}

int BlocksModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant BlocksModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == BlockIdRole)
        return keyAt(index.row()).value();
    const bool words = role == Qt::DisplayRole || role == Qt::ToolTipRole;
    if (!words && role != LightRole && role != DoNotContactRole)
        return {};
    const BlockRow *row = role == Qt::ToolTipRole ? rowIfRead(index.row()) : rowAt(index.row());
    if (!row)
        return words ? QVariant(QString()) : QVariant();
    if (role == LightRole)
        return int(lightOf(row->entry));
    if (role == DoNotContactRole)
        return row->doNotContact;
    const auto &text = role == Qt::ToolTipRole ? m_words.tip : m_words.cell;
    return text(*row, static_cast<BlockedColumn>(index.column()), m_clock.now().wallMs);
}

QVariant BlocksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole && section >= 0 && section < columns)
        return m_words.title(static_cast<BlockedColumn>(section));
    return {};
}

Call BlocksModel::read(const Keys &keys, Answer then) const
{
    return m_store.blocks().rows(keys, std::move(then));
}

} // namespace rollcall
