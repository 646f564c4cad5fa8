// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/entryrow.h"

#include "ui/parts/icons.h"
#include "ui/parts/theme.h"
#include "ui/text/foreign.h"

#include <QComboBox>
#include <QDropEvent>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QMouseEvent>
#include <QSignalBlocker>
#include <QStyle>
#include <QToolButton>
#include <algorithm>

namespace rollcall {

namespace {

constexpr int mostTyped = 4096; // a value that is longer stays as it is until it is edited
constexpr int parts = 12; // of the width

void setProblem(QWidget &widget, bool on)
{
    if (widget.property("problem").toBool() == on)
        return;
    widget.setProperty("problem", on);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

void setLook(QLabel &label, const char *look)
{
    if (label.property("look").toString() == QLatin1String(look))
        return;
    label.setProperty("look", QLatin1String(look));
    label.style()->unpolish(&label);
    label.style()->polish(&label);
}

class FilesPass final : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject *, QEvent *event) override
    {
        const QEvent::Type type = event->type();
        if (type != QEvent::DragEnter && type != QEvent::DragMove && type != QEvent::Drop)
            return false;
        const bool files = static_cast<QDropEvent *>(event)->mimeData()->hasUrls();
        if (files)
            event->ignore();
        return files;
    }
};

} // namespace

EntryRow::EntryRow(const QString &id, const std::vector<EntryField> &fields, bool several, QWidget *parent)
    : QFrame(parent)
    , m_id(id)
    , m_fields(fields)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(Space::small);
    m_grid->setVerticalSpacing(2);
    if (several)
        buildHandles();
    int column = 1;
    int line = -1;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const EntryField &field = m_fields[i];
        m_values << QString();
        if (field.line != line) {
            line = field.line;
            column = 1;
            auto *remark = new QLabel(this);
            remark->setTextFormat(Qt::PlainText);
            remark->setWordWrap(true);
            remark->hide();
            m_remarks.push_back(remark);
            m_grid->addWidget(remark, line * 3 + 2, 1, 1, parts);
        }
        auto *label = new QLabel(field.label, this);
        label->setTextFormat(Qt::PlainText);
        label->setProperty("look", QStringLiteral("muted"));
        QWidget *widget = makeField(int(i), field);
        label->setBuddy(widget);
        m_labels.push_back(label);
        m_grid->addWidget(label, line * 3, column, 1, field.stretch);
        m_grid->addWidget(widget, line * 3 + 1, column, 1, field.stretch);
        column += field.stretch;
    }
    for (int i = 1; i <= parts; ++i)
        m_grid->setColumnStretch(i, 1);
    if (m_remove) // after the fields in the order of the keyboard too
        setTabOrder(m_widgets.back(), m_remove);
    setNumber(0);
}

QWidget *EntryRow::makeField(int index, const EntryField &field)
{
    QLineEdit *edit = nullptr;
    QWidget *widget = nullptr;
    if (field.standard.isEmpty()) {
        edit = new QLineEdit(this);
        widget = edit;
    } else {
        auto *box = new QComboBox(this);
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->addItems(field.standard);
        box->setCompleter(nullptr); // it would turn "work" into "WORK": the text is written as typed
        box->setMinimumContentsLength(6);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setCurrentIndex(-1);
        edit = box->lineEdit();
        widget = box;
        connect(box, &QComboBox::activated, this, [this, box, index] {
            m_values[index] = box->currentText();
            emit edited();
        });
    }
    widget->setMinimumWidth(40);
    edit->setMaxLength(mostTyped);
    edit->setPlaceholderText(field.hint);
    if (field.number)
        edit->setLayoutDirection(Qt::LeftToRight);
    connect(edit, &QLineEdit::textEdited, this, [this, index](const QString &text) {
        m_values[index] = text;
        emit edited();
    });
    widget->installEventFilter(this);
    edit->installEventFilter(this);
    letFilesPass(edit);
    m_edits.push_back(edit);
    m_widgets.push_back(widget);
    return widget;
}

void EntryRow::buildHandles()
{
    m_handle = new QToolButton(this);
    m_handle->setIcon(icon(QStringLiteral("drag")));
    m_handle->setCursor(Qt::OpenHandCursor);
    m_handle->setProperty("look", QStringLiteral("tight"));
    m_handle->setFocusPolicy(Qt::TabFocus);
    m_handle->installEventFilter(this);
    m_remove = new QToolButton(this);
    m_remove->setIcon(icon(QStringLiteral("close")));
    m_remove->setFocusPolicy(Qt::StrongFocus);
    m_remove->setProperty("look", QStringLiteral("tight"));
    connect(m_remove, &QToolButton::clicked, this, &EntryRow::removeWanted);
    m_grid->addWidget(m_handle, 1, 0);
    m_grid->addWidget(m_remove, 1, parts + 1);
}

void EntryRow::setNumber(int number)
{
    const QString row = m_handle ? m_id + QStringLiteral(".%1").arg(number) : m_id;
    setObjectName(row);
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const EntryField &field = m_fields[i];
        const QString name = m_handle
            //: a field of one entry of several; %1 its label, %2 its number: "Phone 2"
            ? tr("%1 %2").arg(field.label, QString::number(number + 1))
            : field.label;
        m_widgets[i]->setObjectName(row + u'.' + field.id);
        m_widgets[i]->setAccessibleName(name);
        m_edits[i]->setAccessibleName(name);
        if (m_edits[i] != m_widgets[i])
            m_edits[i]->setObjectName(row + u'.' + field.id + QStringLiteral(".edit"));
    }
    for (std::size_t i = 0; i < m_remarks.size(); ++i)
        m_remarks[i]->setObjectName(row + QStringLiteral(".remark%1").arg(i));
    if (!m_handle)
        return;
    const QString place = QString::number(number + 1);
    m_handle->setObjectName(row + QStringLiteral(".move"));
    m_handle->setAccessibleName(tr("Move entry %1").arg(place));
    m_handle->setToolTip(tr("Drag to another place, or press Alt+Up and Alt+Down."));
    m_remove->setObjectName(row + QStringLiteral(".remove"));
    m_remove->setAccessibleName(tr("Remove entry %1").arg(place));
    m_remove->setToolTip(tr("Remove this entry"));
}

void EntryRow::setValues(const QStringList &values)
{
    for (qsizetype i = 0; i < m_values.size(); ++i) {
        const QString &value = i < values.size() ? values.at(i) : m_values.at(i);
        m_values[i] = value;
        QLineEdit &edit = *m_edits[std::size_t(i)];
        if (edit.text() == value.left(mostTyped))
            continue;
        const QSignalBlocker quiet(edit);
        if (auto *box = qobject_cast<QComboBox *>(m_widgets[std::size_t(i)])) {
            const QSignalBlocker quietBox(box);
            box->setCurrentIndex(box->findText(value, Qt::MatchExactly | Qt::MatchCaseSensitive));
            box->setEditText(value);
        } else {
            edit.setText(value);
        }
        edit.setCursorPosition(0);
    }
}

void EntryRow::setRemarks(const std::vector<FieldRemark> &remarks)
{
    std::vector<QStringList> words(m_remarks.size());
    std::vector<bool> bad(m_remarks.size());
    std::vector<bool> badField(m_fields.size());
    std::vector<QStringList> ofField(m_fields.size());
    for (const FieldRemark &remark : remarks) {
        const auto field = std::size_t(std::clamp(remark.field, 0, int(m_fields.size()) - 1));
        const auto line = std::size_t(m_fields[field].line);
        words[line] << remark.words;
        ofField[field] << remark.words;
        bad[line] = bad[line] || remark.problem;
        badField[field] = badField[field] || remark.problem;
    }
    for (std::size_t i = 0; i < m_remarks.size(); ++i) {
        const QString text = words[i].join(u'\n');
        if (m_remarks[i]->text() != text)
            m_remarks[i]->setText(text);
        setLook(*m_remarks[i], bad[i] ? "problem" : "warning");
        m_remarks[i]->setVisible(!text.isEmpty());
    }
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        setProblem(*m_widgets[i], badField[i]);
        m_edits[i]->setAccessibleDescription(ofField[i].join(u' '));
    }
}

void EntryRow::focusFirst()
{
    focusField(0);
}

void EntryRow::focusField(int field)
{
    if (field >= 0 && std::size_t(field) < m_edits.size())
        m_edits[std::size_t(field)]->setFocus(Qt::ShortcutFocusReason);
}

int EntryRow::focusedField() const
{
    const auto at
        = std::find_if(m_edits.begin(), m_edits.end(), [](const QLineEdit *edit) { return edit->hasFocus(); });
    return at == m_edits.end() ? -1 : int(at - m_edits.begin());
}

std::vector<QWidget *> EntryRow::keyboardOrder() const
{
    std::vector<QWidget *> order;
    if (m_handle)
        order.push_back(m_handle);
    order.insert(order.end(), m_widgets.begin(), m_widgets.end());
    if (m_remove)
        order.push_back(m_remove);
    return order;
}

/// While the handle is held, the row changes places with its neighbour as soon as the mouse is beyond its middle.
bool EntryRow::dragHandle(QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress)
        m_dragging = true;
    else if (event->type() == QEvent::MouseButtonRelease)
        m_dragging = false;
    else if (event->type() == QEvent::MouseMove && m_dragging) {
        const int y = mapFromGlobal(static_cast<QMouseEvent *>(event)->globalPosition().toPoint()).y();
        if (y < -height() / 2)
            emit moveWanted(-1);
        else if (y > height() + height() / 2)
            emit moveWanted(1);
        return true;
    }
    return false;
}

bool EntryRow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_handle && dragHandle(event))
        return true;
    if (m_handle && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::AltModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
            emit moveWanted(key->key() == Qt::Key_Up ? -1 : 1);
            return true;
        }
    }
    if (event->type() == QEvent::Wheel && qobject_cast<QComboBox *>(watched)
        && !static_cast<QWidget *>(watched)->hasFocus()) {
        event->ignore(); // scrolling the form changes no type
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void letFilesPass(QLineEdit *field)
{
    field->installEventFilter(new FilesPass(field));
}

} // namespace rollcall
