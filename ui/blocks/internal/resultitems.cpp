// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/internal/resultitems.h"

#include "models/store/store.h"
#include "ui/blocks/blockedwords.h"
#include "ui/parts/rowdelegate.h"
#include "ui/parts/searchfield.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/foreign.h"

#include <QAbstractTableModel>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int rowsShown = 6;

/// As OperationCause counts them.
bool endedSo(const OperationItem &item, const OperationCause &cause)
{
    return item.state == cause.state && item.why == cause.why && item.code == cause.code
        && (item.confirmedMs != 0) == cause.confirmed;
}

} // namespace

class ResultItems::Model final : public QAbstractTableModel {
public:
    enum Column { Number, When, Words, columns };
    using QAbstractTableModel::QAbstractTableModel;

    void setItems(std::vector<OperationItem> items)
    {
        m_items = std::move(items);
        search({});
    }
    /// Digits of the number, wherever they stand; everything else is passed over.
    void search(const QString &text)
    {
        QString digits;
        for (const QChar c : text)
            if (c >= u'0' && c <= u'9')
                digits += c;
        beginResetModel();
        m_rows.clear();
        for (std::size_t at = 0; at < m_items.size(); ++at)
            if (digits.isEmpty() || m_items[at].ask.contains(digits))
                m_rows.push_back(at);
        endResetModel();
    }
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex &parent) const override { return parent.isValid() ? 0 : columns; }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        if (role != Qt::DisplayRole || !index.isValid() || std::size_t(index.row()) >= m_rows.size())
            return {};
        const OperationItem &item = m_items[m_rows[std::size_t(index.row())]];
        switch (Column(index.column())) {
        case Number:
            return shownAlias(item.alias, item.ask);
        case When:
            return item.endedMs > 0 ? moment(item.endedMs) : QString();
        case Words:
            return oneLine(item.detail);
        case columns:
            break;
        }
        return {};
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
            return {};
        return section == Number ? ResultItems::tr("Number")
            : section == When    ? ResultItems::tr("When")
                                 : ResultItems::tr("The gateway's words");
    }

private:
    std::vector<OperationItem> m_items;
    std::vector<std::size_t> m_rows; ///< what the search finds of them
};

ResultItems::ResultItems(Store &store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_model(new Model(this))
    , m_title(new QLabel(this))
    , m_search(new QLineEdit(this))
    , m_table(new QTableView(this))
{
    m_title->setObjectName(QStringLiteral("itemsTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setProperty("look", QStringLiteral("heading"));
    m_search->setObjectName(QStringLiteral("itemsSearch"));
    m_search->setAccessibleName(tr("Search number"));
    m_search->setPlaceholderText(tr("Search number"));
    m_search->setMaxLength(200);
    setUpSearch(*m_search);
    m_table->setObjectName(QStringLiteral("items"));
    setUpTable(*m_table, tr("Numbers"));
    m_table->setSortingEnabled(false);
    m_table->setModel(m_model);
    m_table->setColumnWidth(Model::Number, 170);
    m_table->setColumnWidth(Model::When, 160);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setFixedHeight(
        m_table->horizontalHeader()->sizeHint().height() + rowsShown * m_table->verticalHeader()->defaultSectionSize());
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) { m_model->search(text); });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::small);
    column->addWidget(m_title);
    column->addWidget(m_search);
    column->addWidget(m_table);
    hide();
}

ResultItems::~ResultItems() = default;

void ResultItems::show(RunId run, const OperationCause &cause, const QString &title)
{
    m_read = m_store.blocks().items(run, [this, cause, title](Result<std::vector<OperationItem>> items) {
        if (!items)
            return emit failed(items.failure());
        std::erase_if(*items, [&cause](const OperationItem &item) { return !endedSo(item, cause); });
        //: a heading over a list of numbers: %1 how they ended, %2 how many
        m_title->setText(tr("%1: %2").arg(title, count(qint64(items->size()))));
        m_search->clear();
        m_model->setItems(*std::move(items));
        show();
        emit shown();
    });
}

} // namespace rollcall
