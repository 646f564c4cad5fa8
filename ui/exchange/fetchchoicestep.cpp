// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/fetchchoicestep.h"

#include "ui/exchange/stepparts.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"

#include <QLabel>
#include <QRadioButton>
#include <QVBoxLayout>

namespace rollcall {

FetchChoiceStep::FetchChoiceStep(const QString &accountName, QWidget *parent)
    : QWidget(parent)
    , m_saved(new QRadioButton(tr("&Saved contacts only"), this))
    , m_chats(new QRadioButton(tr("Also people known from &chats"), this))
    , m_kept(new QWidget(this))
    , m_keptSays(stepLabel(m_kept, "keptSays", ""))
    , m_goOn(new QRadioButton(m_kept))
    , m_again(new QRadioButton(tr("Start &again from the first page"), m_kept))
{
    m_goOn->setObjectName(QStringLiteral("goOn"));
    m_again->setObjectName(QStringLiteral("startAgain"));
    auto *choice = new QVBoxLayout(m_kept);
    choice->setContentsMargins(0, 0, 0, 0);
    choice->setSpacing(Space::small);
    for (QWidget *part :
        {static_cast<QWidget *>(m_keptSays), static_cast<QWidget *>(m_goOn), static_cast<QWidget *>(m_again)})
        choice->addWidget(part);
    m_saved->setObjectName(QStringLiteral("savedOnly"));
    m_chats->setObjectName(QStringLiteral("alsoFromChats"));
    m_saved->setChecked(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::medium);
    //: %1 is an account's name
    column->addWidget(stepLabel(this, "choiceTitle", "title", tr("Whom does “%1” know?").arg(accountName)));
    column->addWidget(stepLabel(this, "choiceHint", "",
        tr("The contact list of this account is read page by page and goes through the same steps as an imported "
           "file: nothing is in your list before you have seen what would happen. No number is checked and nobody is "
           "written to.")));
    column->addWidget(m_kept);
    column->addWidget(m_saved);
    column->addWidget(stepLabel(this, "savedHint", "muted", tr("People in the address book of the account's phone.")));
    column->addWidget(m_chats);
    column->addWidget(stepLabel(this, "chatsHint", "muted",
        tr("Also people who are only known from a conversation. They get the tag “from chats”, so that they can be "
           "told apart, and have no name unless you give them one.")));
    column->addWidget(stepLabel(this, "delayHint", "muted",
        tr("A contact that was added on the phone a moment ago appears in the list after about 30 seconds. Names that "
           "people gave themselves are shown in the details and never replace yours; the name saved on the phone is "
           "taken where a person has none.")));
    column->addStretch(1);
    offer({});
}

void FetchChoiceStep::offer(const std::optional<KeptFetch> &kept)
{
    m_kept->setVisible(kept.has_value());
    m_goOn->setChecked(kept.has_value());
    if (!kept)
        return;
    const QString read = count(kept->rows);
    m_keptSays->setText(kept->total > 0
            //: %1 a date and time, %2 and %3 numbers of contacts
            ? tr("Reading this list was interrupted on %1: %2 of %3 contacts were read. They are kept for a week, so "
                 "that "
                 "you can go on; nothing of them is in your list yet.")
                  .arg(moment(kept->atMs), read, count(kept->total))
            //: %1 a date and time, %2 a number of contacts
            : tr(
                "Reading this list was interrupted on %1: %2 contacts were read. They are kept for a week, so that you "
                "can go on; nothing of them is in your list yet.")
                  .arg(moment(kept->atMs), read));
    m_goOn->setText(kept->cursor.isEmpty() ? tr("&Go on: the list was read to its end")
                                           : tr("&Go on from page %1").arg(count(kept->pages + 1)));
}

bool FetchChoiceStep::goesOn() const
{
    return m_kept->isVisibleTo(this) && m_goOn->isChecked();
}

bool FetchChoiceStep::alsoFromChats() const
{
    return m_chats->isChecked();
}

void FetchChoiceStep::focusFirst()
{
    if (m_kept->isVisibleTo(this))
        (m_goOn->isChecked() ? m_goOn : m_again)->setFocus();
    else
        (m_chats->isChecked() ? m_chats : m_saved)->setFocus();
}

} // namespace rollcall
