// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/persondialog.h"

#include "ui/parts/theme.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(PersonDialog)
};

QLineEdit *field(QWidget *parent, const QString &name, const QString &text)
{
    auto *edit = new QLineEdit(text, parent);
    edit->setObjectName(name);
    edit->setMaxLength(1000);
    return edit;
}

QStringList tagsOf(const QString &typed)
{
    QStringList tags;
    for (const QString &one : typed.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (const QString tag = one.simplified(); !tag.isEmpty() && !tags.contains(tag))
            tags << tag;
    }
    return tags;
}

} // namespace

QString numberReading(const PhoneNumber &number, const Account *account)
{
    if (number.typed.trimmed().isEmpty())
        return {};
    QStringList sentences;
    if (number.hasE164()) {
        const QString country = number.region.isEmpty() ? QString() : Words::country(number.region);
        const QString shown = numberText(displayNumber(number.e164));
        sentences << (country.isEmpty() ? Text::tr("Will be read as %1.").arg(shown)
                                        : Text::tr("Will be read as %1 (%2).").arg(shown, country));
    }
    if (const QString state = Words::numberState(number.state); !state.isEmpty())
        sentences << state;
    const bool hasDigits = number.state != NumberState::NotANumber && !asOnPremReads(number.typed, 0).isEmpty();
    if (account && account->kind == GatewayKind::OnPrem && hasDigits && !number.hasE164() && !number.explicitPlus) {
        if (account->registeredCountryCode > 0)
            sentences << Text::tr("It has no + in front, so the gateway “%1” would put +%2 in front and ask for %3.")
                             .arg(account->name)
                             .arg(account->registeredCountryCode)
                             .arg(numberText(asOnPremReads(number.typed, account->registeredCountryCode)));
        else
            sentences << Text::tr("It has no + in front, so the gateway “%1” would put its own country code in front.")
                             .arg(account->name);
    }
    return sentences.join(QLatin1Char(' '));
}

PersonDialog::PersonDialog(
    const PersonFields &fields, const QString &region, const Account *account, bool isNew, QWidget *parent)
    : QDialog(parent)
    , m_region(region)
    , m_before(fields)
    , m_number(fields.number)
    , m_name(field(this, QStringLiteral("name"), fields.name))
    , m_typed(field(this, QStringLiteral("number"), fields.number.typed))
    , m_country(new QComboBox(this))
    , m_reading(new QLabel(this))
    , m_email(field(this, QStringLiteral("email"), fields.email))
    , m_organisation(field(this, QStringLiteral("organisation"), fields.organisation))
    , m_tags(field(this, QStringLiteral("tags"), fields.tags.join(QStringLiteral(", "))))
    , m_note(new QPlainTextEdit(fields.note, this))
    , m_problem(new QLabel(this))
{
    if (account)
        m_account = *account;
    m_shownTyped = m_typed->text();
    setObjectName(isNew ? QStringLiteral("newPerson") : QStringLiteral("editPerson"));
    setWindowTitle(isNew ? tr("New person") : tr("Edit person"));
    setMinimumWidth(460);
    m_country->setObjectName(QStringLiteral("country"));
    m_country->addItem(tr("none: only numbers with + are read"), QString());
    for (const QString &one : supportedRegions())
        m_country->addItem(QStringLiteral("%1 (+%2)").arg(Words::country(one)).arg(countryCodeOf(one)), one);
    m_country->model()->sort(0);
    m_country->setCurrentIndex(std::max(0, m_country->findData(region)));
    for (QLabel *label : {m_reading, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_reading->setObjectName(QStringLiteral("reading"));
    m_reading->setProperty("look", QStringLiteral("muted"));
    m_reading->setMinimumHeight(3 * fontMetrics().height());
    m_reading->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->hide();
    m_tags->setPlaceholderText(tr("parted by commas"));
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setTabChangesFocus(true);
    m_note->setMaximumHeight(4 * fontMetrics().lineSpacing());

    auto *form = new QFormLayout;
    form->setHorizontalSpacing(Space::medium);
    form->setVerticalSpacing(Space::small);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("N&umber"), m_typed);
    form->addRow(tr("&Country of numbers without +"), m_country);
    form->addRow(QString(), m_reading);
    form->addRow(tr("&E-mail"), m_email);
    form->addRow(tr("&Organisation"), m_organisation);
    form->addRow(tr("&Tags"), m_tags);
    form->addRow(tr("N&ote"), m_note);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(isNew ? tr("Add") : tr("Save"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("save"));
    m_save->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &PersonDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_typed, &QLineEdit::textChanged, this, &PersonDialog::readNumber);
    connect(m_country, &QComboBox::currentIndexChanged, this, &PersonDialog::readNumber);
    m_reading->setText(numberReading(m_number, account));
}

void PersonDialog::readNumber()
{
    // Whoever only corrects a name does not have an old number read anew under today's default country.
    if (m_typed->text() == m_shownTyped && m_country->currentData().toString() == m_region)
        m_number = m_before.number;
    else
        m_number = parsePhoneNumber(m_typed->text(), m_country->currentData().toString());
    m_reading->setText(numberReading(m_number, m_account ? &*m_account : nullptr));
}

PersonFields PersonDialog::fields() const
{
    PersonFields fields = m_before;
    fields.name = m_name->text().trimmed();
    fields.number = m_number;
    fields.email = m_email->text().trimmed();
    fields.organisation = m_organisation->text().trimmed();
    fields.tags = tagsOf(m_tags->text());
    fields.note = m_note->toPlainText();
    return fields;
}

void PersonDialog::confirm()
{
    const PersonFields now = fields();
    if (now.name.isEmpty() && now.number.typed.trimmed().isEmpty() && now.email.isEmpty())
        return showProblem(tr("A person needs a name, a number or an e-mail address."));
    emit saveWanted();
}

void PersonDialog::setBusy(bool busy)
{
    m_save->setEnabled(!busy);
}

void PersonDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->show();
    setBusy(false);
}

} // namespace rollcall
