// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/filespass.h"

#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>

namespace rollcall {

namespace {

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

void letFilesPass(QLineEdit *field)
{
    field->installEventFilter(new FilesPass(field));
}

} // namespace rollcall
