// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/undowords.h"

#include "models/store/batches.h"
#include "ui/text/age.h"
#include "ui/text/words.h"

#include <QCoreApplication>
#include <QStringList>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(UndoWords)
};

} // namespace

QString undoSentence(const UndoReport &report, bool undone)
{
    const QString act = Words::act(report.act);
    const qint64 others = report.restored - report.takenOut;
    QStringList sentences;
    if (undone && report.takenOut > 0)
        //: %1 the command that was undone ("Import"), %2 how many people it had added
        sentences << Text::tr("Undone: %1, %2 people taken back out.", nullptr, forPlural(report.takenOut))
                         .arg(act, count(report.takenOut));
    if (undone && report.takenOut > 0 && others > 0)
        sentences << Text::tr("%1 people were put back as they were.", nullptr, forPlural(others)).arg(count(others));
    if (sentences.isEmpty())
        sentences << (undone ? Text::tr("Undone: %1, %2 people.", nullptr, forPlural(report.restored))
                             : Text::tr("Done again: %1, %2 people.", nullptr, forPlural(report.restored)))
                         .arg(act, count(report.restored));
    if (report.kept > 0)
        sentences << Text::tr(
            "%1 were left alone because something changed them later.", nullptr, forPlural(report.kept))
                         .arg(count(report.kept));
    return sentences.join(QLatin1Char(' '));
}

} // namespace rollcall
