// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/consentstep.h"

#include "ui/exchange/stepparts.h"
#include "ui/parts/theme.h"

#include <QDateEdit>
#include <QFormLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QTimeZone>
#include <QVBoxLayout>

namespace rollcall {

ConsentStep::ConsentStep(QWidget *parent)
    : QWidget(parent)
    , m_given(new QRadioButton(tr("The people of this list have agreed to be &contacted"), this))
    , m_none(new QRadioButton(tr("&None known"), this))
    , m_source(new QLineEdit(this))
    , m_date(new QDateEdit(QDate::currentDate(), this))
    , m_wording(new QLineEdit(this))
{
    m_given->setObjectName(QStringLiteral("consentGiven"));
    m_none->setObjectName(QStringLiteral("consentNone"));
    m_source->setObjectName(QStringLiteral("consentSource"));
    m_date->setObjectName(QStringLiteral("consentDate"));
    m_wording->setObjectName(QStringLiteral("consentWording"));
    m_source->setMaxLength(500);
    m_source->setPlaceholderText(tr("web form, paper form at the counter, …"));
    m_wording->setMaxLength(2000);
    m_wording->setPlaceholderText(tr("the sentence they agreed to, if you have it"));
    m_date->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    m_date->setMaximumDate(QDate::currentDate().addDays(1));
    m_date->setMinimumDate(QDate(1990, 1, 1));

    auto *form = new QFormLayout;
    form->setContentsMargins(Space::large, 0, 0, 0);
    form->setVerticalSpacing(Space::small);
    form->addRow(tr("Where from (&source)"), m_source);
    form->addRow(tr("&Date"), m_date);
    form->addRow(tr("&Wording"), m_wording);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::medium);
    column->addWidget(stepLabel(this, "consentTitle", "title", tr("Have these people agreed?")));
    column->addWidget(stepLabel(this, "consentHint", "muted",
        tr("Asked once for the whole list and kept with each person. An opt-in date in a column of the list goes "
           "before the date here. "
           "Whoever is marked do-not-contact stays so, whatever the answer.")));
    column->addWidget(m_given);
    column->addLayout(form);
    column->addWidget(m_none);
    column->addStretch(1);

    for (QWidget *field :
        {static_cast<QWidget *>(m_source), static_cast<QWidget *>(m_date), static_cast<QWidget *>(m_wording)}) {
        field->setEnabled(false);
        connect(m_given, &QRadioButton::toggled, field, &QWidget::setEnabled);
    }
    connect(m_given, &QRadioButton::toggled, this, &ConsentStep::changed);
    connect(m_none, &QRadioButton::toggled, this, &ConsentStep::changed);
    connect(m_source, &QLineEdit::textChanged, this, &ConsentStep::changed);
}

std::optional<ConsentEvent> ConsentStep::consent() const
{
    ConsentEvent event;
    if (m_none->isChecked()) {
        event.source = QStringLiteral("none known");
        return event;
    }
    if (!m_given->isChecked() || m_source->text().trimmed().isEmpty())
        return {};
    event.what = ConsentState::OptIn;
    event.source = m_source->text().trimmed();
    event.wording = m_wording->text().trimmed();
    event.atMs = QDateTime(m_date->date(), QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
    return event;
}

void ConsentStep::focusFirst()
{
    (m_none->isChecked() ? m_none : m_given)->setFocus();
}

} // namespace rollcall
