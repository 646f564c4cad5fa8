// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/jsonview.h"

#include "ui/parts/dialogs.h"
#include "ui/parts/theme.h"
#include "ui/text/foreign.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QFontInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

namespace {

constexpr qsizetype longestParagraph = 20'000; // one of 250,000 takes 70 ms to lay out
constexpr qsizetype piece = 2'000;

/// Compact JSON has no line break of its own, so that those on the screen can be taken out of what is copied.
class JsonText final : public QPlainTextEdit {
public:
    using QPlainTextEdit::QPlainTextEdit;

protected:
    QMimeData *createMimeDataFromSelection() const override
    {
        auto *data = new QMimeData;
        data->setText(textCursor().selectedText().remove(QChar::ParagraphSeparator));
        return data;
    }
};

QString inPieces(const QString &text)
{
    if (text.size() <= longestParagraph)
        return text;
    QStringList pieces;
    for (qsizetype from = 0; from < text.size();) {
        qsizetype to = std::min(from + piece, text.size());
        if (to < text.size() && text.at(to).isLowSurrogate())
            ++to;
        pieces << text.mid(from, to - from);
        from = to;
    }
    return pieces.join(u'\n');
}

} // namespace

JsonView::JsonView(QWidget *parent)
    : QWidget(parent)
    , m_where(plainLabel(this, "jsonWhere", "muted"))
    , m_text(new JsonText(this))
    , m_marks(plainLabel(this, "jsonMarks", "muted"))
    , m_copy(new QPushButton(tr("Copy JSON"), this))
{
    m_text->setObjectName(QStringLiteral("json"));
    m_text->setAccessibleName(tr("JSON of the message"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setLayoutDirection(Qt::LeftToRight);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setFamilies(QStringList(QFontInfo(fixed).family()) + QApplication::font().families().mid(1)); // emoji
    m_text->setFont(fixed);
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
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
    m_text->setPlainText(inPieces(shown));
    QStringList notes;
    if (shown != exact)
        notes << tr("Marks that turn the direction of the text are shown as ‹U+…› here; they go out as they are.");
    if (shown.size() > longestParagraph)
        notes << tr("It is long, so it is shown in lines; it goes out without line breaks.");
    m_marks->setText(notes.join(u' '));
    m_marks->setVisible(!notes.isEmpty());
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
