// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/domain/phonenumber.h"
#include "ui/compose/composeneeds.h"

#include <QObject>

namespace rollcall {

/// Check now: asks the account about one number, by the operator's press, within budget, cool-down and do-not-contact.
/// The verdict comes through the store like any other.
class QuickCheck final : public QObject {
    Q_OBJECT
public:
    QuickCheck(const ComposeNeeds &needs, QObject *parent);
    void ask(const PhoneNumber &number, AccountId account);
    [[nodiscard]] bool isBusy() const { return m_call.isOpen() || !m_run.isNull(); }

signals:
    void told(const QString &sentence); ///< what became of it, also while it goes on
    void ended();

private:
    void finish(const QString &sentence);
    const ComposeNeeds &m_needs;
    RunId m_run;
    Call m_call;
};

} // namespace rollcall
