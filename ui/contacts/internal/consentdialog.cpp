// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/consentdialog.h"

#include "ui/parts/dialogs.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"

#include <QCheckBox>
#include <QDateEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr qint64 manyPeople = 10; // as for blocks: above it the default button is Cancel

} // namespace

ConsentDialog::ConsentDialog(ConsentState what, qint64 people, const QString &source, QWidget *parent)
    : QDialog(parent)
    , m_what(what)
    , m_body(new DialogBody(this))
    , m_source(new QLineEdit(m_body->inside()))
    , m_wording(new QPlainTextEdit(m_body->inside()))
    , m_day(new QDateEdit(QDate::currentDate(), m_body->inside()))
    , m_further(new QCheckBox(m_body->inside()))
    , m_problem(plainLabel(this, "problem", ""))
{
    const bool out = what == ConsentState::OptOut;
    setObjectName(QStringLiteral("consentDialog"));
    setWindowTitle(out ? tr("Opt-out") : tr("Opt-in"));
    setMinimumWidth(460);
    m_source->setObjectName(QStringLiteral("source"));
    m_source->setMaxLength(500);
    m_source->setText(source.isEmpty() && out ? tr("told us") : source);
    m_source->setPlaceholderText(tr("web form, contract, phone call…"));
    m_wording->setObjectName(QStringLiteral("wording"));
    m_wording->setTabChangesFocus(true);
    m_wording->setMaximumHeight(90);
    m_wording->setPlaceholderText(
        out ? tr("What they said, word for word") : tr("What they agreed to, as it was shown"));
    m_day->setObjectName(QStringLiteral("day"));
    m_day->setCalendarPopup(true);
    m_day->setMaximumDate(QDate::currentDate());
    m_day->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    prepareFurther();

    auto *form = new QFormLayout;
    form->addRow(tr("&Source"), m_source);
    form->addRow(tr("&Wording"), m_wording);
    form->addRow(out ? tr("S&aid on") : tr("&Given on"), m_day);
    m_source->setAccessibleName(tr("Source"));
    m_wording->setAccessibleName(tr("Wording"));
    m_day->setAccessibleName(out ? tr("Said on") : tr("Given on"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_record
        = buttons->addButton(out ? tr("Record the opt-out") : tr("Record the opt-in"), QDialogButtonBox::AcceptRole);
    m_record->setObjectName(QStringLiteral("record"));
    roomForBold(*m_record);
    (people > manyPeople ? buttons->button(QDialogButtonBox::Cancel) : m_record)->setDefault(true);
    roomForBold(*m_record);
    roomForBold(*buttons->button(QDialogButtonBox::Cancel));
    connect(buttons, &QDialogButtonBox::accepted, this, &ConsentDialog::recordWanted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_source, &QLineEdit::textChanged, this, &ConsentDialog::follow);

    fillBody(people, form);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addWidget(m_body, 1);
    column->addWidget(m_problem);
    column->addWidget(buttons);
    (m_source->text().isEmpty() ? static_cast<QWidget *>(m_source) : m_record)->setFocus();
    follow();
}

void ConsentDialog::fillBody(qint64 people, QFormLayout *form)
{
    const bool out = m_what == ConsentState::OptOut;
    QVBoxLayout &said = m_body->column();
    said.addWidget(plainLabel(m_body->inside(),
        people == 1 ? (out ? tr("This person does not want messages.") : tr("This person agreed to messages."))
                    : (out ? tr("These %1 people do not want messages.") : tr("These %1 people agreed to messages."))
                          .arg(count(people)),
        "title"));
    said.addWidget(plainLabel(m_body->inside(),
        out ? tr(
            "They become do-not-contact at once: nothing is sent to them and no check is spent. The event is kept for "
            "good.")
            : tr("The event is kept for good. Somebody who is do-not-contact stays so unless you lift it here."),
        "muted"));
    said.addLayout(form);
    said.addWidget(m_further);
    said.addStretch();
}

/// What may be done along with the event; nothing of it is ticked at first.
void ConsentDialog::prepareFurther()
{
    const bool out = m_what == ConsentState::OptOut;
    m_further->setObjectName(out ? QStringLiteral("alsoBlock") : QStringLiteral("lift"));
    m_further->setText(tr("&Lift do-not-contact as well: they may be contacted again"));
    m_further->setVisible(!out);
    m_problem->hide();
}

void ConsentDialog::follow()
{
    m_record->setEnabled(!m_source->text().trimmed().isEmpty());
}

void ConsentDialog::offerBlock(const QString &account)
{
    if (m_what != ConsentState::OptOut)
        return;
    m_further->setText(tr("Also &block them on WhatsApp at “%1”: the flight plan follows")
                           .arg(QString(account).replace(u'&', QStringLiteral("&&"))));
    m_further->show();
}

bool ConsentDialog::liftsStop() const
{
    return m_what == ConsentState::OptIn && m_further->isChecked();
}

bool ConsentDialog::blocks() const
{
    return m_what == ConsentState::OptOut && m_further->isChecked();
}

ConsentEvent ConsentDialog::consentEvent() const
{
    ConsentEvent event;
    event.what = m_what;
    // Today's has the time of day; another day counts from its first moment, so that a later event wins.
    event.atMs = m_day->date() == QDate::currentDate() ? 0 : m_day->date().startOfDay().toMSecsSinceEpoch();
    event.source = m_source->text().trimmed();
    event.wording = m_wording->toPlainText().trimmed();
    return event;
}

void ConsentDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    growToContent(*this);
}

void ConsentDialog::setBusy(bool busy)
{
    m_record->setEnabled(!busy);
}

void ConsentDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->show();
    setBusy(false);
}

} // namespace rollcall
