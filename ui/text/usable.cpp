// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/usable.h"

#include <QAction>
#include <QCoreApplication>

namespace rollcall {

namespace {

constexpr char whyNow[] = "whyNow"; ///< set by setUsable
constexpr char whyUsually[] = "whyUsually";
constexpr char hintTip[] = "hintTip"; ///< the tooltip while it can be used

} // namespace

void setUsualReason(QAction &action, const QString &why)
{
    action.setProperty(whyUsually, why);
}

void setUsable(QAction &action, bool usable, const QString &why)
{
    if (!action.property(hintTip).isValid())
        action.setProperty(hintTip, action.toolTip());
    action.setProperty(whyNow, usable ? QString() : why);
    action.setEnabled(usable);
    const QString hint = action.property(hintTip).toString();
    const QString reason = whyDisabled(action);
    //: tooltip of a command that cannot be used: %1 what it does, %2 why not now
    action.setToolTip(reason.isEmpty() ? hint : QCoreApplication::translate("Actions", "%1\n\n%2").arg(hint, reason));
}

QString whyDisabled(const QAction &action)
{
    if (action.isEnabled())
        return {};
    const QString now = action.property(whyNow).toString();
    return now.isEmpty() ? action.property(whyUsually).toString() : now;
}

} // namespace rollcall
