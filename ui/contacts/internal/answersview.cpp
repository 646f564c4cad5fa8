// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/answersview.h"

#include "ui/parts/badge.h"
#include "ui/parts/verdictdelegate.h"
#include "ui/parts/wraplabel.h"
#include "ui/text/age.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QFrame>
#include <QGridLayout>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int cardsAcross = 2;

WrapLabel *plain(const QString &text, const char *look, QWidget *parent)
{
    auto *label = new WrapLabel(text, parent);
    label->setProperty("look", QString::fromLatin1(look));
    return label;
}

} // namespace

AnswersView::AnswersView(AccountOf accountOf, QWidget *parent)
    : QWidget(parent)
    , m_accountOf(std::move(accountOf))
    , m_disagree(new Badge(Words::disagree(), Tone::Warning, Words::disagreeIcon(), this))
    , m_sentence(plain(tr("One account says valid, another invalid, and both answers still count. Choose the account "
                          "you send through and check this number again with Force check."),
          "", this))
    , m_title(plain(tr("Answers of all accounts"), "heading", this))
{
    setObjectName(QStringLiteral("answers"));
    m_disagree->setObjectName(QStringLiteral("disagree"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::small);
    column->addWidget(m_title);
    column->addWidget(m_disagree, 0, Qt::AlignLeft);
    column->addWidget(m_sentence);
    hide();
}

void AnswersView::setAnswers(const std::vector<Verdict> &answers, bool disagree, const TimeView &time)
{
    delete m_cards;
    m_cards = nullptr;
    setVisible(answers.size() > 1);
    m_disagree->setVisible(disagree);
    m_sentence->setVisible(disagree);
    if (answers.size() < 2)
        return;
    m_cards = new QWidget(this);
    auto *grid = new QGridLayout(m_cards);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(Space::small);
    for (int at = 0; at < int(answers.size()); ++at)
        grid->addWidget(card(answers[std::size_t(at)], time), at / cardsAcross, at % cardsAcross);
    for (int across = 0; across < cardsAcross; ++across)
        grid->setColumnStretch(across, 1);
    layout()->addWidget(m_cards);
    m_cards->show();
}

QWidget *AnswersView::card(const Verdict &verdict, const TimeView &time)
{
    const Account *account = m_accountOf(verdict.account);
    const VerdictLook look = VerdictLook::of(verdict, time, account ? account->keepSeconds : secondsFresh);
    const QString name = account ? Words::account(*account) : tr("Another account");
    auto *frame = new QFrame(m_cards);
    frame->setObjectName(QStringLiteral("answer-%1").arg(verdict.account.value()));
    frame->setProperty("look", QStringLiteral("card"));
    //: what a screen reader says of one account's answer: %1 account, %2 "Valid, 2 d, expires in 5 d"
    frame->setAccessibleName(tr("%1: %2").arg(oneLine(name), look.sentence()));
    auto *column = new QVBoxLayout(frame);
    column->setContentsMargins(Space::small, Space::small, Space::small, Space::small);
    column->setSpacing(Space::tiny);
    column->addWidget(plain(oneLine(name), "", frame));
    column->addWidget(new Badge(look.word, look.tone, look.iconName, frame), 0, Qt::AlignLeft);
    column->addWidget(plain(look.age, "muted", frame));
    column->addWidget(plain(moment(verdict.at.wallMs), "muted", frame));
    if (!verdict.rawWord.isEmpty())
        //: %1 is the gateway's own word for the answer
        column->addWidget(plain(tr("Its word: %1").arg(oneLine(verdict.rawWord)), "muted", frame));
    column->addStretch(1);
    return frame;
}

} // namespace rollcall
