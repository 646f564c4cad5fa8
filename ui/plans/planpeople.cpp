// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plans/planpeople.h"

#include "models/base/call.h"
#include "models/base/worker.h"
#include "models/domain/phonenumber.h"
#include "models/store/people.h"
#include "models/store/store.h"
#include "ui/parts/rowdelegate.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/foreign.h"

#include <QAbstractTableModel>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>
#include <unordered_map>

namespace rollcall {

namespace {

constexpr int rowsShown = 4;
constexpr int windowRows = 128;
constexpr std::size_t mostWindows = 32; // names kept; older ones are read again

} // namespace

class PlanPeople::Model final : public QAbstractTableModel {
public:
    enum Column { Name, Number, What, columns };

    Model(Store &store, QObject *parent)
        : QAbstractTableModel(parent)
        , m_store(store)
    {
    }
    ~Model() override { letGo(std::move(m_at)); }
    void setPeople(qint64 number, std::function<PlannedPerson(qint64)> at, bool withWhat)
    {
        letGo(std::move(m_at)); // it may be the last to hold the plan
        beginResetModel();
        m_number = number;
        m_at = std::move(at);
        m_withWhat = withWhat;
        m_windows.clear();
        endResetModel();
    }
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override
    {
        return parent.isValid() ? 0 : int(m_number);
    }
    [[nodiscard]] int columnCount(const QModelIndex &parent) const override
    {
        return parent.isValid() ? 0 : m_withWhat ? columns : What;
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
            return {};
        const PlannedPerson line = m_at(index.row());
        const QString words = cell(line, index.row(), Column(index.column()));
        return role == Qt::ToolTipRole ? plainTip(words) : words;
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
            return {};
        return section == Name  ? PlanPeople::tr("Name")
            : section == Number ? PlanPeople::tr("Number")
                                : PlanPeople::tr("What happens");
    }

private:
    struct Person {
        QString name = {};
        QString raw = {};
    };
    struct Window {
        std::unordered_map<PersonId, Person> people = {};
        bool read = false;
        Call call = {};
    };

    QString cell(const PlannedPerson &line, int row, Column column) const
    {
        if (column == What)
            return line.what;
        if (column == Number && line.alias.value() > 0)
            return numberText(displayNumber(line.alias.value()));
        if (column == Number && !line.text.isEmpty())
            return numberText(oneLine(line.text));
        if (line.person.isNull())
            return column == Name ? PlanPeople::tr("nobody in the list") : QString();
        const Window &window = windowOf(row);
        const auto found = window.people.find(line.person);
        if (found == window.people.end())
            return column == Name && !window.read ? QStringLiteral("…") : QString();
        const Person &person = found->second;
        if (column == Number)
            return numberText(oneLine(person.raw));
        return person.name.isEmpty() ? PlanPeople::tr("(no name)") : oneLine(person.name);
    }
    /// Asks for its names when they were never asked for.
    const Window &windowOf(int row) const
    {
        const int at = row / windowRows;
        if (m_windows.size() >= mostWindows && m_windows.find(at) == m_windows.end())
            m_windows.clear();
        const auto [window, fresh] = m_windows.try_emplace(at);
        if (fresh)
            window->second.call = read(at);
        return window->second;
    }
    Call read(int at) const
    {
        const qint64 from = qint64(at) * windowRows;
        std::vector<PersonId> ids;
        ids.reserve(windowRows);
        for (qint64 row = from; row < std::min(from + windowRows, m_number); ++row)
            if (const PersonId person = m_at(row).person; !person.isNull())
                ids.push_back(person);
        auto *self = const_cast<Model *>(this); // the names are a cache
        return m_store.people().rows(
            ids, {}, [self, at](const Result<std::vector<PersonRow>> &rows) { self->keep(at, rows); });
    }
    void keep(int at, const Result<std::vector<PersonRow>> &rows)
    {
        Window &window = m_windows[at];
        window.read = true;
        if (rows)
            for (const PersonRow &row : *rows)
                window.people[row.id] = Person{row.fields.name, row.fields.number.typed};
        const int first = at * windowRows;
        emit dataChanged(index(first, 0), index(std::min(first + windowRows, int(m_number)) - 1, Number));
    }

    Store &m_store;
    qint64 m_number = 0;
    std::function<PlannedPerson(qint64)> m_at;
    bool m_withWhat = false;
    mutable std::unordered_map<int, Window> m_windows;
};

PlanPeople::PlanPeople(Store &store, QWidget *parent)
    : QWidget(parent)
    , m_model(new Model(store, this))
    , m_title(new QLabel(this))
    , m_table(new QTableView(this))
{
    m_title->setObjectName(QStringLiteral("planPeopleTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setProperty("look", QStringLiteral("heading"));
    m_table->setObjectName(QStringLiteral("planPeople"));
    setUpTable(*m_table, tr("People of this plan"));
    m_table->setProperty("look", QStringLiteral("framed"));
    m_table->setSortingEnabled(false);
    m_table->setModel(m_model);
    m_table->setColumnWidth(Model::Name, 190);
    m_table->setColumnWidth(Model::Number, 170);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::tiny);
    column->addWidget(m_title);
    column->addWidget(m_table);
    hide();
}

void PlanPeople::setPeople(qint64 number, std::function<PlannedPerson(qint64)> at, bool withWhat)
{
    m_model->setPeople(number, std::move(at), withWhat);
    //: over the list of names in a flight plan: %1 how many
    m_title->setText(tr("Who: %1 people", nullptr, forPlural(number)).arg(count(number)));
    m_table->setAccessibleDescription(m_title->text());
    // A short list is as high as it is; a longer one is looked through.
    const int rows = int(std::min<qint64>(number, rowsShown));
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
        + rows * m_table->verticalHeader()->defaultSectionSize() + (number > rowsShown ? Space::row / 2 : 2));
    setVisible(number > 0);
}

} // namespace rollcall
