// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/section.h"

#include "ui/parts/icons.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

namespace {

bool isEmptyRow(const QStringList &row)
{
    return std::all_of(row.begin(), row.end(), [](const QString &text) { return text.isEmpty(); });
}

} // namespace

Section::Section(SectionSpec spec, QWidget *parent)
    : QWidget(parent)
    , m_spec(std::move(spec))
    , m_header(new QToolButton(this))
    , m_body(new QWidget(this))
    , m_column(new QVBoxLayout(m_body))
{
    setObjectName(QStringLiteral("section.") + m_spec.id);
    m_header->setObjectName(m_spec.id + QStringLiteral(".section"));
    m_header->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_header->setProperty("look", QStringLiteral("section"));
    m_header->setCheckable(true);
    m_header->setFocusPolicy(Qt::StrongFocus);
    m_header->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_header, &QToolButton::clicked, this, [this](bool on) { setOpen(on); });
    auto *head = new QHBoxLayout;
    head->setSpacing(Space::tiny);
    head->addWidget(m_header, 1);
    if (!m_spec.add.isEmpty()) {
        m_add = new QToolButton(this);
        m_add->setObjectName(m_spec.id + QStringLiteral(".add"));
        m_add->setIcon(icon(QStringLiteral("add")));
        m_add->setAccessibleName(m_spec.add);
        m_add->setToolTip(m_spec.add);
        m_add->setFocusPolicy(Qt::StrongFocus);
        connect(m_add, &QToolButton::clicked, this, &Section::addEntry);
        head->addWidget(m_add);
    }
    m_column->setContentsMargins(Space::tiny, 0, Space::tiny, Space::small);
    m_column->setSpacing(Space::small);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(m_body);
    if (!m_add)
        append();
    setOpen(m_spec.open);
}

EntryRow *Section::append()
{
    auto *row = new EntryRow(m_spec.id, m_spec.fields, m_add != nullptr, m_body);
    m_rows.push_back(row);
    m_column->addWidget(row);
    connect(row, &EntryRow::edited, this, [this] {
        showHeader();
        emit edited();
    });
    connect(row, &EntryRow::removeWanted, this, [this, row] { removeEntry(row); });
    connect(row, &EntryRow::moveWanted, this, [this, row](int steps) { moveEntry(row, steps); });
    renumber();
    return row;
}

void Section::addEntry()
{
    EntryRow *row = append();
    chainKeys();
    setOpen(true);
    row->focusFirst();
    showHeader();
    emit edited();
}

void Section::removeEntry(EntryRow *row)
{
    const auto at = std::find(m_rows.begin(), m_rows.end(), row);
    const auto index = std::size_t(at - m_rows.begin());
    m_rows.erase(at);
    row->hide();
    row->deleteLater();
    renumber();
    if (!m_rows.empty())
        m_rows[std::min(index, m_rows.size() - 1)]->focusFirst();
    else if (m_add)
        m_add->setFocus();
    showHeader();
    emit edited();
}

void Section::moveEntry(EntryRow *row, int steps)
{
    const auto at = std::find(m_rows.begin(), m_rows.end(), row) - m_rows.begin();
    const auto to = at + steps;
    if (to < 0 || to >= qsizetype(m_rows.size()))
        return;
    const int field = row->focusedField();
    std::swap(m_rows[std::size_t(at)], m_rows[std::size_t(to)]);
    m_column->removeWidget(row);
    m_column->insertWidget(int(to), row);
    renumber();
    chainKeys();
    if (field >= 0)
        row->focusField(field);
    emit edited();
}

/// The keyboard walks the entries as the eye does: behind the heading and its +.
void Section::chainKeys()
{
    QWidget *last = m_add ? m_add : m_header;
    for (const EntryRow *row : m_rows)
        for (QWidget *widget : row->keyboardOrder()) {
            setTabOrder(last, widget);
            last = widget;
        }
}

void Section::renumber()
{
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_rows[i]->setNumber(int(i));
    showHeader();
}

void Section::setRows(const std::vector<QStringList> &rows, bool mayFold)
{
    if (m_add) {
        while (m_rows.size() > rows.size()) {
            m_rows.back()->hide();
            m_rows.back()->deleteLater();
            m_rows.pop_back();
        }
        const bool more = m_rows.size() < rows.size();
        while (m_rows.size() < rows.size())
            append();
        if (more)
            chainKeys();
    }
    for (std::size_t i = 0; i < m_rows.size() && i < rows.size(); ++i)
        m_rows[i]->setValues(rows[i]);
    const bool empty = std::all_of(rows.begin(), rows.end(), isEmptyRow);
    if (!empty)
        setOpen(true);
    else if (mayFold)
        setOpen(m_spec.open);
    showHeader();
}

std::vector<QStringList> Section::rows() const
{
    std::vector<QStringList> all;
    for (const EntryRow *row : m_rows)
        all.push_back(row->values());
    return all;
}

void Section::setRemarks(const std::vector<FieldRemark> &remarks)
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        std::vector<FieldRemark> own;
        for (const FieldRemark &remark : remarks)
            if (remark.row == int(i))
                own.push_back(remark);
        m_rows[i]->setRemarks(own);
    }
    m_problems
        = int(std::count_if(remarks.begin(), remarks.end(), [](const FieldRemark &remark) { return remark.problem; }));
    showHeader();
}

void Section::setOpen(bool open)
{
    m_body->setVisible(open);
    m_header->setChecked(open);
    m_header->setIcon(icon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    showHeader();
}

bool Section::isOpen() const
{
    return m_header->isChecked();
}

void Section::focusField(int row, int field)
{
    setOpen(true);
    if (row >= 0 && std::size_t(row) < m_rows.size())
        m_rows[std::size_t(row)]->focusField(field);
}

void Section::showHeader()
{
    const auto used
        = std::count_if(m_rows.begin(), m_rows.end(), [](const EntryRow *row) { return !isEmptyRow(row->values()); });
    QString words = m_spec.title;
    if (m_add && !m_rows.empty())
        //: heading of a part of a card: %1 "Phones", %2 how many
        words = tr("%1 (%2)").arg(m_spec.title, count(qint64(m_rows.size())));
    else if (!m_add && used > 0 && !isOpen())
        words = tr("%1, filled in").arg(m_spec.title);
    if (m_problems > 0 && !isOpen())
        words = tr("%1: something is missing or wrong").arg(words);
    m_header->setText(words);
    m_header->setAccessibleName(words);
    m_header->setToolTip(isOpen() ? tr("Fold this part") : tr("Unfold this part"));
}

} // namespace rollcall
