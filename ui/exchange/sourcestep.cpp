// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/sourcestep.h"

#include "ui/exchange/stepparts.h"
#include "ui/parts/theme.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace rollcall {

SourceStep::SourceStep(Asks asks, QWidget *parent)
    : QWidget(parent)
    , m_asks(std::move(asks))
    , m_file(new QLineEdit(this))
{
    setAcceptDrops(true);
    m_file->setObjectName(QStringLiteral("file"));
    m_file->setAcceptDrops(false); // a dropped file belongs to the whole step, as a path and not as a URL
    auto *label = new QLabel(tr("&File"), this);
    label->setBuddy(m_file);
    auto *choose = new QPushButton(tr("&Browse…"), this);
    choose->setObjectName(QStringLiteral("browse"));
    choose->setAutoDefault(false);

    auto *pasteList = new QPushButton(tr("&Paste list"), this);
    pasteList->setObjectName(QStringLiteral("pasteList"));
    pasteList->setToolTip(tr("Takes the list out of the clipboard: rows of a spreadsheet, lines of text, vCards."));
    pasteList->setAutoDefault(false);

    auto *line = new QHBoxLayout;
    line->setSpacing(Space::small);
    line->addWidget(label);
    line->addWidget(m_file, 1);
    line->addWidget(choose);
    line->addWidget(pasteList);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::medium);
    column->addWidget(stepLabel(this, "sourceTitle", "title", tr("Which list?")));
    column->addWidget(stepLabel(this, "sourceHint", "muted",
        tr("A file of separated values (CSV, TSV) as spreadsheets write it, or of contact cards (vCard) as phones and "
           "address books do. Drop it here or choose it. Its numbers are kept exactly as they are typed, nothing is "
           "sent to anybody, and the import can be undone as one.")));
    column->addLayout(line);
    column->addStretch(1);
    connect(choose, &QPushButton::clicked, this, &SourceStep::browse);
    connect(pasteList, &QPushButton::clicked, this, &SourceStep::paste);
    connect(m_file, &QLineEdit::textChanged, this, &SourceStep::changed);
}

QString SourceStep::file() const
{
    return m_file->text().trimmed();
}

void SourceStep::setFile(const QString &file)
{
    m_file->setText(file);
}

void SourceStep::focusFirst()
{
    m_file->setFocus();
}

void SourceStep::browse()
{
    FileWish wish;
    wish.title = tr("Import a list");
    wish.filter = tr("Lists (*.csv *.tsv *.tab *.txt *.vcf *.vcard);;All files (*)");
    wish.start = file();
    m_asks.openFile(this, wish, [this](const QString &path) {
        if (path.isEmpty())
            return;
        setFile(path);
        emit chosen();
    });
}

void SourceStep::paste()
{
    emit pasted(QGuiApplication::clipboard()->text());
}

void SourceStep::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void SourceStep::dropEvent(QDropEvent *event)
{
    setFile(event->mimeData()->urls().value(0).toLocalFile());
    event->acceptProposedAction();
    emit chosen();
}

} // namespace rollcall
