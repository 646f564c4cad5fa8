// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/marketingdialog.h"

#include "ui/parts/theme.h"
#include "ui/text/age.h"

#include <QDateEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr qint64 manyPeople = 10; // as for blocks: above it the default button is Cancel

QLabel *plain(QWidget *parent, const QString &words, const char *look)
{
    auto *label = new QLabel(words, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QString::fromLatin1(look));
    return label;
}

} // namespace

MarketingDialog::MarketingDialog(qint64 people, const QString &account, QWidget *parent)
    : QDialog(parent)
    , m_stopped(new QRadioButton(tr("They have &stopped marketing messages"), this))
    , m_resumed(new QRadioButton(tr("They &allow marketing messages again"), this))
    , m_words(new QLineEdit(this))
    , m_day(new QDateEdit(QDate::currentDate(), this))
    , m_problem(plain(this, {}, ""))
{
    setObjectName(QStringLiteral("marketingDialog"));
    setWindowTitle(tr("Marketing stop in WhatsApp"));
    setMinimumWidth(480);
    m_stopped->setObjectName(QStringLiteral("stopped"));
    m_stopped->setChecked(true);
    m_resumed->setObjectName(QStringLiteral("resumed"));
    m_words->setObjectName(QStringLiteral("words"));
    m_words->setAccessibleName(tr("How you know"));
    m_words->setMaxLength(500);
    m_words->setPlaceholderText(tr("for example: told us on the phone"));
    m_day->setObjectName(QStringLiteral("day"));
    m_day->setAccessibleName(tr("Since"));
    m_day->setCalendarPopup(true);
    m_day->setMaximumDate(QDate::currentDate());
    m_day->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->hide();
    auto *form = new QFormLayout;
    form->addRow(tr("&How you know"), m_words);
    form->addRow(tr("S&ince"), m_day);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_record = buttons->addButton(tr("Record"), QDialogButtonBox::AcceptRole);
    m_record->setObjectName(QStringLiteral("record"));
    (people > manyPeople ? buttons->button(QDialogButtonBox::Cancel) : m_record)->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &MarketingDialog::recordWanted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addWidget(plain(this,
        tr("Marketing messages of “%1” to %2 people", nullptr, forPlural(people)).arg(account, count(people)),
        "title"));
    column->addWidget(plain(this,
        tr("WhatsApp's own preference: people set it inside WhatsApp, and only they can change it. Noting it here "
           "changes nothing there, and nobody becomes do-not-contact by it."),
        "muted"));
    column->addWidget(m_stopped);
    column->addWidget(m_resumed);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addWidget(buttons);
    m_record->setFocus();
}

MarketingNote MarketingDialog::note() const
{
    MarketingNote note;
    note.state = m_resumed->isChecked() ? MarketingState::Resumed : MarketingState::Stopped;
    // Today's has the time of day; another day counts from its first moment, so that a later word wins.
    note.atMs = m_day->date() == QDate::currentDate() ? 0 : m_day->date().startOfDay().toMSecsSinceEpoch();
    note.raw = m_words->text().trimmed();
    return note;
}

void MarketingDialog::setBusy(bool busy)
{
    m_record->setEnabled(!busy);
}

void MarketingDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->show();
    setBusy(false);
}

} // namespace rollcall
