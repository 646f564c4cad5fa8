// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plans/plandialog.h"

#include "ui/parts/dialogs.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFrame>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QShowEvent>
#include <QVBoxLayout>

namespace rollcall {

PlanDialog::PlanDialog(const QString &objectName, const QString &startWords, ConsentGate::For what, QWidget *parent)
    : QDialog(parent)
    , m_body(new DialogBody(this))
    , m_heading(plainLabel(m_body->inside(), "heading", "title"))
    , m_summary(plainLabel(m_body->inside(), "summary", "muted"))
    , m_counts(new FieldList(m_body->inside()))
    , m_banner(new QFrame(m_body->inside()))
    , m_warning(plainLabel(m_banner, "warning", ""))
    , m_gate(new ConsentGate(m_body->inside(), what))
    , m_problem(plainLabel(this, "problem", ""))
    , m_column(&m_body->column())
{
    setObjectName(objectName);
    setWindowTitle(tr("Flight plan"));
    setMinimumWidth(520);
    m_counts->setObjectName(QStringLiteral("counts"));
    m_banner->setProperty("look", QStringLiteral("banner-warning"));
    auto *warning = new QVBoxLayout(m_banner);
    warning->addWidget(m_warning);
    m_banner->hide();
    m_problem->hide();
    connect(m_gate, &ConsentGate::changed, this, &PlanDialog::follow);
    for (QWidget *part : {static_cast<QWidget *>(m_heading), static_cast<QWidget *>(m_summary),
             static_cast<QWidget *>(m_counts), static_cast<QWidget *>(m_banner), static_cast<QWidget *>(m_gate)})
        m_column->addWidget(part);
    m_column->addStretch();
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    all->setSpacing(Space::medium);
    all->addWidget(m_body, 1);
    all->addWidget(m_problem);
    all->addWidget(buildButtons());
    setStartWords(startWords);
}

QWidget *PlanDialog::buildButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto *copy = buttons->addButton(tr("Copy text"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copy"));
    copy->setAutoDefault(false);
    m_start = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setDefault(true);
    m_cancel = buttons->button(QDialogButtonBox::Cancel);
    m_cancel->setObjectName(QStringLiteral("cancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &PlanDialog::startWanted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(copy, &QPushButton::clicked, this, [this] {
        QString text = m_heading->text() + QLatin1Char('\n') + m_counts->text();
        if (!m_warning->text().isEmpty())
            text += m_warning->text() + QLatin1Char('\n');
        QGuiApplication::clipboard()->setText(text);
    });
    return buttons;
}

void PlanDialog::setHeading(const QString &heading, const QString &summary)
{
    m_heading->setText(heading);
    m_summary->setText(summary);
}

void PlanDialog::addCount(const QString &label, qint64 number, const QString &remark)
{
    if (number > 0)
        //: a line of a flight plan: %1 how many, %2 what that means
        m_counts->add(label, remark.isEmpty() ? count(number) : tr("%1 – %2").arg(count(number), remark));
}

void PlanDialog::setWarnings(const QStringList &sentences)
{
    m_warning->setText(sentences.join(QStringLiteral("\n\n")));
    m_banner->setVisible(!sentences.isEmpty());
}

void PlanDialog::addBelowCounts(QWidget *widget)
{
    m_column->insertWidget(m_column->indexOf(m_counts) + 1, widget);
}

void PlanDialog::setStartWords(const QString &words)
{
    m_start->setText(words);
    roomForBold(*m_start);
}

/// Return then ends the dialog without doing anything.
void PlanDialog::setCancelIsDefault(bool on)
{
    m_start->setAutoDefault(!on);
    m_start->setDefault(!on);
    m_cancel->setDefault(on);
    roomForBold(*m_cancel);
    focusDefault(*this);
}

void PlanDialog::follow()
{
    const bool focused = focusWidget() == m_start;
    m_start->setEnabled(!m_busy && mayStart() && m_gate->isOpen());
    if (focused && !m_start->isEnabled()) // it would hand the focus on to a button that does something else
        m_cancel->setFocus();
}

void PlanDialog::setWithoutOptIn(qint64 people, qint64 strangers)
{
    m_gate->setMissing(people, strangers);
}

void PlanDialog::setBusy(bool busy)
{
    m_busy = busy;
    follow();
}

void PlanDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->show();
    setBusy(false);
    focusDefault(*this);
}

void PlanDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    growToContent(*this);
    if (!event->spontaneous())
        focusDefault(*this);
}

} // namespace rollcall
