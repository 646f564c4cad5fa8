// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plans/consentgate.h"

#include "ui/parts/theme.h"
#include "ui/text/age.h"

#include <QDateEdit>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>

namespace rollcall {

ConsentGate::ConsentGate(QWidget *parent, For what)
    : QFrame(parent)
    , m_for(what)
    , m_sentence(new QLabel(this))
    , m_record(new QRadioButton(tr("They agreed: &record their opt-in"), this))
    , m_source(new QLineEdit(this))
    , m_day(new QDateEdit(QDate::currentDate(), this))
    , m_override(new QRadioButton(tr("Go on &without, for this reason"), this))
    , m_reason(new QLineEdit(this))
{
    setObjectName(QStringLiteral("consentGate"));
    setProperty("look", QStringLiteral("banner-warning"));
    m_sentence->setObjectName(QStringLiteral("consentGate.sentence"));
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_record->setObjectName(QStringLiteral("consentGate.record"));
    m_override->setObjectName(QStringLiteral("consentGate.override"));
    m_source->setObjectName(QStringLiteral("consentGate.source"));
    m_source->setAccessibleName(tr("Source of the opt-in"));
    m_source->setPlaceholderText(tr("Source: web form, contract…"));
    m_source->setMaxLength(500);
    m_day->setObjectName(QStringLiteral("consentGate.day"));
    m_day->setAccessibleName(tr("Day of the opt-in"));
    m_day->setCalendarPopup(true);
    m_day->setMaximumDate(QDate::currentDate());
    m_day->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    m_reason->setObjectName(QStringLiteral("consentGate.reason"));
    m_reason->setAccessibleName(tr("Reason for going on without opt-in"));
    m_reason->setPlaceholderText(tr("Reason; it is written into the journal"));
    m_reason->setMaxLength(500);
    auto *grid = new QGridLayout(this);
    grid->setHorizontalSpacing(Space::small);
    grid->addWidget(m_sentence, 0, 0, 1, 2);
    grid->addWidget(m_record, 1, 0, 1, 2);
    grid->addWidget(m_source, 2, 0);
    grid->addWidget(m_day, 2, 1);
    grid->addWidget(m_override, 3, 0, 1, 2);
    grid->addWidget(m_reason, 4, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    for (QRadioButton *button : {m_record, m_override})
        connect(button, &QRadioButton::toggled, this, &ConsentGate::follow);
    for (QLineEdit *edit : {m_source, m_reason})
        connect(edit, &QLineEdit::textChanged, this, &ConsentGate::changed);
    hide();
    follow();
}

QString ConsentGate::sentence(qint64 people, qint64 strangers) const
{
    const bool checks = m_for == For::Checks;
    QStringList sentences;
    if (people > 0)
        sentences << (checks ? tr("%1 of the people to be asked have no opt-in on record.", nullptr, forPlural(people))
                             : tr("%1 of the recipients have no opt-in on record.", nullptr, forPlural(people)))
                         .arg(count(people));
    if (strangers > 0)
        sentences << (checks ? tr("%1 of the numbers to be asked belong to nobody in the list, so no opt-in is on "
                                  "record.",
                          nullptr, forPlural(strangers))
                             : tr("%1 of the numbers belong to nobody in the list, so no opt-in is on record.", nullptr,
                                 forPlural(strangers)))
                         .arg(count(strangers));
    sentences << (checks ? tr("Checking people who did not agree can cost the business its number, so nothing is asked "
                              "until you choose:")
                         : tr("Messages to people who did not agree can cost the business its number, so nothing is "
                              "sent until you choose:"));
    return sentences.join(QLatin1Char(' '));
}

void ConsentGate::setMissing(qint64 people, qint64 strangers)
{
    m_missing = people + strangers;
    m_strangers = strangers;
    m_sentence->setText(sentence(people, strangers));
    if (m_missing == 0) {
        for (QRadioButton *button : {m_record, m_override}) {
            button->setAutoExclusive(false); // else one of them stays chosen
            button->setChecked(false);
            button->setAutoExclusive(true);
        }
        m_reason->clear();
    }
    const QString why
        = strangers > 0 ? tr("Add the person to the list first: consent is kept with people.") : QString();
    m_record->setEnabled(strangers == 0);
    m_record->setToolTip(why);
    m_record->setAccessibleDescription(why);
    if (strangers > 0 && m_record->isChecked())
        m_override->setChecked(true);
    setVisible(m_missing > 0);
    follow();
}

bool ConsentGate::isOpen() const
{
    if (m_missing == 0)
        return true;
    if (m_record->isChecked())
        return !m_source->text().trimmed().isEmpty();
    return m_override->isChecked() && !m_reason->text().trimmed().isEmpty();
}

bool ConsentGate::records() const
{
    return m_missing > 0 && m_record->isChecked();
}

ConsentEvent ConsentGate::consentEvent() const
{
    ConsentEvent event;
    event.what = ConsentState::OptIn;
    event.atMs = m_day->date() == QDate::currentDate() ? 0 : m_day->date().startOfDay().toMSecsSinceEpoch();
    event.source = m_source->text().trimmed();
    return event;
}

QString ConsentGate::reason() const
{
    return m_reason->text().trimmed();
}

void ConsentGate::follow()
{
    m_source->setEnabled(m_record->isChecked());
    m_day->setEnabled(m_record->isChecked());
    m_reason->setEnabled(m_override->isChecked());
    emit changed();
}

} // namespace rollcall
