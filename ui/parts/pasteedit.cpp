// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/pasteedit.h"

#include <QMimeData>

namespace rollcall {

namespace {

constexpr qsizetype longestLine = 2'000;
constexpr qsizetype longestWord = 400;

bool isBetweenWords(QChar c)
{
    return c.isSpace() || c == u',' || c == u';';
}

} // namespace

QString withoutEndlessLines(const QString &text)
{
    QString broken;
    qsizetype done = 0; // what stands before it is in `broken`
    qsizetype lineBegin = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\n' || text[i] == u'\r' || text[i] == QChar::ParagraphSeparator)
            lineBegin = i + 1;
        if (i - lineBegin < longestLine)
            continue;
        qsizetype at = i; // the break comes in front of this one
        while (at > i - longestWord && !isBetweenWords(text[at - 1]))
            --at;
        if (at == i - longestWord) // nothing near: but no pair of surrogates is torn apart
            at = text[i].isLowSurrogate() ? i - 1 : i;
        broken += QStringView(text).mid(done, at - done);
        broken += u'\n';
        done = lineBegin = at;
    }
    return done == 0 ? text : QString(broken + QStringView(text).mid(done));
}

void PasteEdit::insertFromMimeData(const QMimeData *source)
{
    if (!source->hasText())
        return;
    insertPlainText(withoutEndlessLines(source->text()));
    ensureCursorVisible();
}

} // namespace rollcall
