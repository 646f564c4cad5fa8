// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/wraplabel.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>

namespace rollcall {

namespace {

constexpr QChar mayBreak(0x200B); // zero width space: where a line may end, nothing is drawn
constexpr qsizetype shortEnough = 18; // shorter words fit any column
constexpr qsizetype piece = 10;

bool joinsThePrevious(QChar character)
{
    return character.isLowSurrogate() || character.isMark() || character.unicode() == 0x200D
        || character.unicode() == 0xFE0F;
}

/// `word` with places to break: after the marks of addresses, and within long runs without any.
QString broken(QStringView word)
{
    QString out;
    qsizetype since = 0;
    for (qsizetype at = 0; at < word.size(); ++at) {
        const QChar character = word.at(at);
        out += character;
        ++since;
        const bool last = at + 1 == word.size();
        if (last || joinsThePrevious(word.at(at + 1)) || character.unicode() == 0x200D || character.isHighSurrogate())
            continue;
        if (since >= piece || QStringView(u"@._-/:;,").contains(character)) {
            out += mayBreak;
            since = 0;
        }
    }
    return out;
}

QString breakable(const QString &words)
{
    QString out;
    for (qsizetype from = 0; from < words.size();) {
        qsizetype to = from;
        while (to < words.size() && !words.at(to).isSpace())
            ++to;
        const QStringView word = QStringView(words).mid(from, to - from);
        out += word.size() > shortEnough ? broken(word) : word.toString();
        if (to < words.size())
            out += words.at(to);
        from = to + 1;
    }
    return out;
}

} // namespace

WrapLabel::WrapLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

WrapLabel::WrapLabel(const QString &words, QWidget *parent)
    : WrapLabel(parent)
{
    setWords(words);
}

void WrapLabel::setWords(const QString &words)
{
    m_words = words;
    setText(breakable(words));
}

void WrapLabel::copy()
{
    // A mark that stood in the text itself is only lost when a part is chosen.
    const QString chosen = selectedText();
    QApplication::clipboard()->setText(chosen == text() ? m_words : QString(chosen).remove(mayBreak));
}

void WrapLabel::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Copy))
        return QLabel::keyPressEvent(event);
    if (hasSelectedText())
        copy();
    event->accept();
}

void WrapLabel::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copyIt = menu->addAction(tr("&Copy"), this, &WrapLabel::copy);
    copyIt->setEnabled(hasSelectedText());
    menu->addAction(tr("Select &all"), this, [this] { setSelection(0, int(text().size())); });
    menu->popup(event->globalPos());
    event->accept();
}

} // namespace rollcall
