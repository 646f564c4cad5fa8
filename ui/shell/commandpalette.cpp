// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commandpalette.h"

#include "ui/parts/theme.h"
#include "ui/shell/internal/commandmodel.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int rowHeight = 44;

/// Name at the left, shortcut at the right, the reason below the name of what cannot be used.
class CommandDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &tokens = tokensOf(option.palette);
        const QString why = index.data(CommandModel::WhyRole).toString();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(tokens.selection);
            painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), Space::radius, Space::radius);
        }
        QRect row = option.rect.adjusted(Space::small, 0, -Space::small, 0);
        const QIcon icon = index.data(Qt::DecorationRole).value<QIcon>();
        icon.paint(painter, QRect(row.left(), row.top() + (row.height() - Space::icon) / 2, Space::icon, Space::icon),
            Qt::AlignCenter, why.isEmpty() ? QIcon::Normal : QIcon::Disabled);
        row.setLeft(row.left() + Space::icon + Space::small);
        const QString shortcut = index.data(CommandModel::ShortcutRole).toString();
        painter->setPen(tokens.muted);
        painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, shortcut);
        row.setRight(row.right() - option.fontMetrics.horizontalAdvance(shortcut) - Space::medium);
        const QString name = index.data(Qt::DisplayRole).toString();
        painter->setPen(why.isEmpty() ? tokens.text : tokens.muted);
        painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter, name);
        if (!why.isEmpty()) {
            row.setLeft(row.left() + option.fontMetrics.horizontalAdvance(name) + Space::medium);
            QFont small = option.font;
            small.setPointSizeF(small.pointSizeF() * 0.9);
            painter->setFont(small);
            painter->setPen(tokens.muted);
            painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter,
                QFontMetrics(small).elidedText(why, Qt::ElideRight, row.width()));
        }
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {option.rect.width(), rowHeight};
    }
};

} // namespace

CommandPalette::CommandPalette(const QList<QAction *> &actions, QWidget *parent)
    : QDialog(parent)
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_model(new CommandModel(actions, this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Commands"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(620, 460);
    m_field->setObjectName(QStringLiteral("command"));
    m_field->setAccessibleName(tr("Command"));
    m_field->setPlaceholderText(tr("Type the name of a command"));
    m_field->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("commands"));
    m_list->setAccessibleName(tr("Commands"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setProperty("look", QStringLiteral("framed"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_field);
    column->addWidget(m_list);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { run(m_list->currentIndex()); });
    connect(m_list, &QListView::activated, this, &CommandPalette::run);
    connect(m_list, &QListView::clicked, this, &CommandPalette::run);
    m_field->setFocus();
    m_list->setCurrentIndex(m_model->index(0));
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int row = m_list->currentIndex().row();
        int next = -1;
        if (key == Qt::Key_Down)
            next = row + 1;
        else if (key == Qt::Key_Up)
            next = row - 1;
        if (next >= 0 && next < m_model->rowCount()) {
            m_list->setCurrentIndex(m_model->index(next));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::search(const QString &text)
{
    m_model->search(text);
    m_list->setCurrentIndex(m_model->index(0));
}

void CommandPalette::run(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    QAction *action = m_model->actionAt(index.row());
    if (!action->isEnabled())
        return; // the reason stands in the row
    close();
    // After this window is gone, so that focus and modality are the main window's again.
    QTimer::singleShot(0, action, &QAction::trigger);
}

} // namespace rollcall
