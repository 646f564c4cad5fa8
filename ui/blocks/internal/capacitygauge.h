// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/domain/account.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace rollcall {

class Store;
struct BlockListUse;

/// How full the current account's block list is, as far as is known: "1,204 of 64,000", and when the list was read.
/// A list that was never read has no number: what was blocked from here says nothing of what else is on it. Hidden
/// where no limit is known and nothing was read.
class CapacityGauge final : public QWidget {
    Q_OBJECT
public:
    explicit CapacityGauge(Store &store, QWidget *parent = nullptr);
    void setAccount(const Account *account); ///< copied; null = none
    void read();

private:
    void showUnread(const BlockListUse &use, int most);
    Store &m_store;
    Account m_account;
    QLabel *m_words;
    QProgressBar *m_bar;
    Call m_read;
};

} // namespace rollcall
