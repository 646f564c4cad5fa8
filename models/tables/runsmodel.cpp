// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/runsmodel.h"

#include "models/store/runbook.h"
#include "models/store/store.h"

namespace rollcall {
namespace {

constexpr qint64 pauseMs = 200; // counts of a quick run: five times a second is enough for the eye

} // namespace

RunsModel::RunsModel(Store &store, Clock &clock, RunsWords words, QObject *parent)
    : QAbstractTableModel(parent)
    , m_store(store)
    , m_clock(clock)
    , m_words(std::move(words))
{
    connect(&m_store, &Store::changed, this, &RunsModel::onChanged);
}

RunsModel::~RunsModel() = default;

void RunsModel::load()
{
    m_soon = Call();
    m_load = m_store.runs().summaries([this](Result<std::vector<RunSummary>> runs) {
        if (!runs) {
            emit failed(runs.failure());
            return;
        }
        take(*std::move(runs));
        emit loaded();
    });
}

void RunsModel::onChanged(const Change &change)
{
    if ((change.kinds & (Change::RunsChanged | Change::VerdictsChanged)) != 0 && !m_soon.isOpen())
        m_soon = m_clock.after(pauseMs, [this] { load(); });
}

void RunsModel::take(std::vector<RunSummary> runs)
{
    const auto sameId = [](const RunSummary &a, const RunSummary &b) { return a.id == b.id; };
    const auto more = static_cast<std::ptrdiff_t>(runs.size()) - static_cast<std::ptrdiff_t>(m_runs.size());
    if (more < 0 || !std::equal(m_runs.begin(), m_runs.end(), runs.begin() + more, runs.end(), sameId)) {
        beginResetModel();
        m_runs = std::move(runs);
        endResetModel();
        return;
    }
    if (more > 0) {
        beginInsertRows({}, 0, static_cast<int>(more) - 1);
        m_runs = std::move(runs);
        endInsertRows();
    } else {
        m_runs = std::move(runs);
    }
    if (!m_runs.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

int RunsModel::rowOf(RunId id) const
{
    const auto at = std::find_if(m_runs.begin(), m_runs.end(), [id](const RunSummary &run) { return run.id == id; });
    return at == m_runs.end() ? -1 : static_cast<int>(at - m_runs.begin());
}

int RunsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant RunsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const RunSummary &run = m_runs[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return m_words.cell(run, static_cast<RunColumn>(index.column()));
    case RunIdRole:
        return run.id.value();
    case StateRole:
        return int(run.state);
    case DoneRole:
        return run.total - run.open();
    case TotalRole:
        return run.total;
    default:
        return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole && section >= 0 && section < columns)
        return m_words.title(static_cast<RunColumn>(section));
    return {};
}

} // namespace rollcall
