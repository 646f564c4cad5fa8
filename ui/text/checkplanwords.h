// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/checks/checkplan.h"

#include <QCoreApplication>
#include <QString>

namespace rollcall {

/// Of the plan of one number: why nothing was asked.
class CheckPlanWords final {
    Q_DECLARE_TR_FUNCTIONS(CheckPlanWords)
public:
    CheckPlanWords() = delete;
    [[nodiscard]] static QString whyNotAsked(const CheckPlan &plan); ///< a sentence; empty when it can be asked now
};

} // namespace rollcall
