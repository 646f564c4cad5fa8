// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/person.h"
#include "models/domain/verdict.h"

#include <QWidget>
#include <functional>

class QGridLayout;
class QLabel;

namespace rollcall {

class Badge;

/// What each account says of one number, side by side: word, age, time, the gateway's own word. Nothing is shown while
/// fewer than two accounts have an answer. Where they disagree it says so first, and what to do.
class AnswersView final : public QWidget {
    Q_OBJECT
public:
    using AccountOf = std::function<const Account *(AccountId)>;
    explicit AnswersView(AccountOf accountOf, QWidget *parent = nullptr);
    void setAnswers(const std::vector<Verdict> &answers, bool disagree, const TimeView &time);

private:
    QWidget *card(const Verdict &verdict, const TimeView &time);

    AccountOf m_accountOf;
    Badge *m_disagree;
    QLabel *m_sentence;
    QLabel *m_title;
    QWidget *m_cards = nullptr;
};

} // namespace rollcall
