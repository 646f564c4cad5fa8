// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/replyfield.h"

#include "models/cards/message.h"
#include "ui/compose/internal/entryrow.h"
#include "ui/parts/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <algorithm>

namespace rollcall {

namespace {
constexpr int longestId = 512; // those of WhatsApp have some 60 characters
}

ReplyField::ReplyField(QWidget *parent)
    : QWidget(parent)
    , m_id(new QLineEdit(this))
{
    setObjectName(QStringLiteral("replyField"));
    auto *label = new QLabel(tr("Reply to"), this);
    label->setBuddy(m_id);
    m_id->setObjectName(QStringLiteral("replyTo"));
    m_id->setAccessibleName(tr("Reply to"));
    m_id->setPlaceholderText(tr("ID of the message this answers, or nothing"));
    m_id->setMaxLength(longestId);
    letFilesPass(m_id);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    row->addWidget(label);
    row->addWidget(m_id, 1);
    connect(m_id, &QLineEdit::textChanged, this, [this] {
        showField();
        emit edited();
    });
    showField();
}

void ReplyField::setKind(GatewayKind kind)
{
    m_known = takesReplies(kind);
    showField();
}

/// What was typed at another account stays to be seen, since it keeps the message from going.
void ReplyField::showField()
{
    setVisible(m_known || !text().isEmpty());
}

void ReplyField::setText(const QString &id)
{
    m_id->setText(id);
}

QString ReplyField::text() const
{
    return m_id->text().trimmed();
}

void ReplyField::focusInput()
{
    m_id->setFocus(Qt::ShortcutFocusReason);
}

QString ReplyField::whyNot(int recipients) const
{
    const QString id = text();
    if (id.isEmpty())
        return {};
    if (!m_known)
        return tr("This gateway's messages know no replies: empty Reply to.");
    if (std::any_of(id.begin(), id.end(), [](QChar c) { return c.isSpace() || !c.isPrint(); }))
        return tr("A message ID has no blanks: look at Reply to.");
    if (recipients > 1)
        return tr("A reply goes to one person only, since the message it answers is theirs.");
    return {};
}

} // namespace rollcall
