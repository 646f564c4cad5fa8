// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/verdict.h"

#include <QWidget>
#include <functional>

class QLabel;

namespace rollcall {

class Badge;
class FieldList;

/// One verdict with its provenance: account, time, live or cached, what was asked, the gateway's own word, and the rule
/// that made a verdict of it.
class VerdictView final : public QWidget {
    Q_OBJECT
public:
    using AccountOf = std::function<const Account *(AccountId)>;
    explicit VerdictView(AccountOf accountOf, QWidget *parent = nullptr);
    void setVerdict(const Verdict &verdict, const TimeView &time);

    /// Which rule made this verdict, as a sentence.
    [[nodiscard]] static QString rule(const Verdict &verdict, const TimeView &time, qint64 keepSeconds);

private:
    AccountOf m_accountOf;
    Badge *m_badge;
    QLabel *m_age;
    FieldList *m_facts;
};

} // namespace rollcall
