// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/statusline.h"

#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/foreign.h"

#include <QStyle>

namespace rollcall {

namespace {

constexpr int tellMs = 8000;
constexpr int widestField = 260; ///< pixels of text: a long account name must not make the window wider than the screen

} // namespace

StatusField::StatusField(const QString &objectName, const QString &accessibleName, QWidget *parent)
    : QLineEdit(parent)
{
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setReadOnly(true);
    setFrame(false);
    setProperty("look", QStringLiteral("status"));
    setFocusPolicy(Qt::ClickFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setContextMenuPolicy(Qt::NoContextMenu);
    hide();
}

void StatusField::say(const QString &text, const QString &tip)
{
    const QString shown = fontMetrics().elidedText(text, Qt::ElideRight, widestField);
    setText(shown);
    setCursorPosition(0);
    setToolTip(shown == text || !tip.isEmpty() ? tip : plainTip(text));
    setVisible(!text.isEmpty());
    updateGeometry();
}

QSize StatusField::sizeHint() const
{
    ensurePolished(); // the style sheet's type is not the one before it
    return {
        fontMetrics().horizontalAdvance(text()) + Space::medium + Space::small, fontMetrics().height() + Space::small};
}

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent)
    , m_rows(new StatusField(QStringLiteral("rowCount"), tr("Row count"), this))
    , m_chosen(new StatusField(QStringLiteral("selectionCount"), tr("Selection count"), this))
    , m_account(new StatusField(QStringLiteral("currentAccount"), tr("Current account"), this))
    , m_reach(new StatusField(QStringLiteral("reachability"), tr("Reachability"), this))
    , m_budget(new StatusField(QStringLiteral("budgetLeft"), tr("Budget left"), this))
{
    setSizeGripEnabled(false);
    setContentsMargins(Space::small, 0, Space::small, 0);
    for (StatusField *field : {m_rows, m_chosen, m_account, m_reach, m_budget})
        addPermanentWidget(field);
    showReach({});
}

void StatusLine::showRows(qint64 rows)
{
    //: status line; %1 is the number of rows with the locale's separators
    m_rows->say(tr("%1 row(s)", nullptr, int(qMin<qint64>(rows, INT_MAX))).arg(count(rows)));
}

void StatusLine::showSelection(qint64 chosen, qint64 rows)
{
    //: status line: how many of the filter's rows are chosen
    m_chosen->say(tr("%1 of %2 selected").arg(count(chosen), count(rows)));
}

void StatusLine::showNoRows()
{
    m_rows->say({});
    m_chosen->say({});
}

void StatusLine::showAccount(const QString &name, bool sandbox)
{
    if (name.isEmpty())
        m_account->say(tr("No account"));
    else
        //: status line, the built-in sandbox account
        m_account->say(
            sandbox && !name.contains(tr("sandbox"), Qt::CaseInsensitive) ? tr("%1 (sandbox)").arg(name) : name);
    m_account->setProperty("sandbox", sandbox);
    m_account->style()->unpolish(m_account);
    m_account->style()->polish(m_account);
}

void StatusLine::showBudget(const QString &text, const QString &tip)
{
    m_budget->say(text, tip);
}

void StatusLine::showReach(const ReachView &view)
{
    m_reach->setProperty("offline", view.reach == Reach::Offline || view.reach == Reach::Trouble);
    m_reach->style()->unpolish(m_reach);
    m_reach->style()->polish(m_reach);
    if (view.reach == Reach::Unknown)
        m_reach->say(tr("Not asked since the start"),
            tr("Rollcall asks a gateway only when told to, so it is not known yet whether this one answers."));
    else if (!view.brief.isEmpty())
        m_reach->say(view.brief, view.why);
    else
        m_reach->say(view.reach == Reach::Online ? tr("Online") : tr("Offline"), view.why);
}

void StatusLine::tell(const QString &sentence)
{
    showMessage(sentence, tellMs);
}

} // namespace rollcall
