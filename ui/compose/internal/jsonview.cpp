// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/jsonview.h"

#include "ui/parts/plainlabel.h"
#include "ui/parts/theme.h"
#include "ui/text/foreign.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

JsonView::JsonView(QWidget *parent)
    : QWidget(parent)
    , m_where(plainLabel(this, "jsonWhere", "muted"))
    , m_text(new QPlainTextEdit(this))
    , m_marks(plainLabel(this, "jsonMarks", "muted"))
    , m_copy(new QPushButton(tr("Copy JSON"), this))
{
    m_text->setObjectName(QStringLiteral("json"));
    m_text->setAccessibleName(tr("JSON of the message"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setLayoutDirection(Qt::LeftToRight);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_marks->setText(tr("Marks that turn the direction of the text are shown as ‹U+…› here; they go out as they are."));
    m_marks->hide();
    m_copy->setObjectName(QStringLiteral("copyJson"));
    m_copy->setToolTip(tr("Copies the bytes exactly as they go out."));
    connect(m_copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(m_bytes)); });
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_copy);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::medium, Space::medium, Space::medium, Space::medium);
    column->setSpacing(Space::small);
    column->addWidget(m_where);
    column->addWidget(m_text, 1);
    column->addWidget(m_marks);
    column->addLayout(row);
    setReason({});
}

void JsonView::setBytes(const QByteArray &bytes, const QString &where)
{
    m_where->setText(where);
    m_copy->setEnabled(true);
    if (m_bytes == bytes)
        return;
    m_bytes = bytes;
    const QString exact = QString::fromUtf8(bytes);
    const QString shown = oneLine(exact); // compact JSON has no line of its own
    m_text->setPlainText(shown);
    m_marks->setVisible(shown != exact);
}

void JsonView::setReason(const QString &why)
{
    m_bytes.clear();
    m_text->clear();
    m_marks->hide();
    m_where->setText(why);
    m_copy->setEnabled(false);
}

} // namespace rollcall
