// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accountdialog.h"

#include "models/domain/phonenumber.h"
#include "ui/accounts/accountswords.h"
#include "ui/accounts/connectionfields.h"
#include "ui/accounts/formparts.h"
#include "ui/accounts/testchecklist.h"
#include "ui/parts/countrybox.h"
#include "ui/parts/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr qint64 secondsADay = 86'400;
constexpr int mostChecks = 1'000'000;

QSpinBox *number(QWidget *parent, const char *name, int least, int most)
{
    auto *box = new QSpinBox(parent);
    box->setObjectName(QLatin1String(name));
    box->setRange(least, most);
    box->setGroupSeparatorShown(most > 9999);
    return box;
}

} // namespace

AccountDialog::AccountDialog(Accounts &accounts, const Account &account, Asks asks, QWidget *parent)
    : QDialog(parent)
    , m_accounts(accounts)
    , m_before(account)
    , m_asks(std::move(asks))
{
    const bool isNew = account.id.isNull();
    setObjectName(isNew ? QStringLiteral("newAccount") : QStringLiteral("editAccount"));
    setWindowTitle(isNew ? tr("Add account") : tr("Edit account"));
    buildFields();
    buildFrame();
    fill();
    connectFields();
    describe();
    m_checklist->showLast(m_accounts.lastTest(account.id));
}

void AccountDialog::buildFields()
{
    m_connection = new ConnectionFields(m_before, m_accounts.all(), m_accounts.keychainName(), m_asks, this);
    m_region = new CountryBox(tr("None: every number needs its +"), this);
    m_region->setObjectName(QStringLiteral("region"));
    m_region->setAccessibleName(tr("Default country of numbers without +"));
    m_countryCode = number(this, "countryCode", 0, 999);
    m_countryCode->setPrefix(QStringLiteral("+"));
    m_countryCode->setSpecialValueText(tr("not known"));
    m_rule = note(this, "rule");
    m_days = number(this, "days", 1, 365);
    m_days->setSuffix(tr(" days"));
    m_perHour = number(this, "perHour", 0, mostChecks);
    m_perDay = number(this, "perDay", 0, mostChecks);
    m_coolDown = number(this, "coolDown", 0, int(secondsADay));
    m_coolDown->setSuffix(tr(" s"));
    m_checklist = new TestChecklist(this);
    m_problem = note(this, "problem");
    m_problem->setProperty("look", QVariant());
    m_problem->hide();
}

QWidget *AccountDialog::buildNumbers()
{
    auto *part = new QWidget(this);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    m_numbers = section(part, column, tr("Numbers"));
    m_numbers->addRow(tr("&Default country of numbers without +"), m_region);
    m_numbers->addRow(tr("Country &code of the node's own number"), m_countryCode);
    m_numbers->addRow(QString(), m_rule);
    return part;
}

QWidget *AccountDialog::buildSpending()
{
    auto *part = new QWidget(this);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    QFormLayout *form = section(part, column, tr("Checks"));
    form->addRow(tr("&Verdicts stay fresh for"), m_days);
    form->addRow(tr("Checks an &hour, at most"), m_perHour);
    form->addRow(tr("Checks a da&y, at most"), m_perDay);
    form->addRow(tr("Cool-down of a nu&mber"), m_coolDown);
    QLabel *why = note(part, "why");
    why->setText(
        tr("Who checks many numbers without writing to them gets banned. The budget holds across restarts; the "
           "cool-down is the least time between two checks of one number, also with Force check."));
    form->addRow(QString(), why);
    return part;
}

void AccountDialog::buildFrame()
{
    auto *fields = new QWidget(this);
    auto *left = new QVBoxLayout(fields);
    left->setContentsMargins(0, 0, Space::medium, 0);
    left->setSpacing(Space::large);
    left->addWidget(m_connection);
    left->addWidget(buildNumbers());
    m_spending = buildSpending();
    left->addWidget(m_spending);
    left->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("fields"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(fields);
    scroll->setMinimumWidth(520);

    auto *card = new QFrame(this);
    card->setProperty("look", QStringLiteral("card"));
    card->setFixedWidth(320);
    auto *right = new QVBoxLayout(card);
    right->setContentsMargins(Space::medium, Space::medium, Space::medium, Space::medium);
    right->setSpacing(Space::medium);
    auto *heading = new QLabel(tr("Connection test"), card);
    heading->setProperty("look", QStringLiteral("heading"));
    right->addWidget(heading);
    right->addWidget(m_checklist, 1);
    m_test = new QPushButton(tr("Test connection"), card);
    m_test->setObjectName(QStringLiteral("test"));
    m_test->setAutoDefault(false);
    right->addWidget(m_test);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(m_before.id.isNull() ? tr("Add") : tr("Save"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("save"));
    m_save->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &AccountDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::medium);
    row->addWidget(scroll, 1);
    row->addWidget(card);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addLayout(row, 1);
    column->addWidget(m_problem);
    column->addWidget(buttons);
    resize(940, 640);
}

void AccountDialog::fill()
{
    m_region->setRegion(m_before.region);
    m_countryCode->setValue(m_before.registeredCountryCode);
    m_days->setValue(int(m_before.keepSeconds / secondsADay));
    m_perHour->setValue(m_before.budget.perHour);
    m_perDay->setValue(m_before.budget.perDay);
    m_coolDown->setValue(int(m_before.budget.coolDownSeconds));
    m_countryCode->setEnabled(!m_before.sandbox);
}

void AccountDialog::connectFields()
{
    connect(m_test, &QPushButton::clicked, this, &AccountDialog::test);
    // What a test found is no longer true of other fields.
    connect(m_connection, &ConnectionFields::changed, this, [this] {
        m_call = Call();
        m_tested = {};
        m_checklist->clear();
        m_test->setEnabled(true);
    });
    connect(m_connection, &ConnectionFields::kindChanged, this, &AccountDialog::describe);
    connect(m_countryCode, &QSpinBox::valueChanged, this, &AccountDialog::describe);
    connect(m_region, &QComboBox::currentIndexChanged, this, [this] {
        if (m_before.id.isNull() && m_countryCode->value() == 0)
            m_countryCode->setValue(countryCodeOf(m_region->region()));
    });
}

/// What the kind has no use for is not shown: the rule of the node, and what checks may cost where there are none.
void AccountDialog::describe()
{
    const KindFields kind = KindFields::of(m_connection->kind());
    m_numbers->setRowVisible(m_countryCode, kind.login);
    m_spending->setVisible(kind.checks);
    m_rule->setText(kind.login ? AccountsText::countryCodeRule(m_countryCode->value()) : AccountsText::plusRule());
}

Account AccountDialog::account() const
{
    Account now = m_before;
    m_connection->readInto(now);
    now.region = m_region->region();
    now.registeredCountryCode = KindFields::of(now.kind).login ? m_countryCode->value() : 0;
    // A freshness that is no whole number of days stays as it is unless the days were changed.
    if (m_days->value() != int(m_before.keepSeconds / secondsADay))
        now.keepSeconds = m_days->value() * secondsADay;
    now.budget = {m_perHour->value(), m_perDay->value(), m_coolDown->value()};
    return now;
}

Secret AccountDialog::secret() const
{
    return m_connection->secret();
}

void AccountDialog::confirm()
{
    if (const QString sentence = m_connection->problem(); !sentence.isEmpty())
        return showProblem(sentence);
    m_problem->hide();
    emit saveWanted();
}

void AccountDialog::test()
{
    if (const QString sentence = m_connection->problem(); !sentence.isEmpty())
        return showProblem(sentence);
    m_problem->hide();
    m_test->setEnabled(false);
    m_checklist->start();
    m_outlook = {};
    m_tested = {};
    m_call = m_accounts.test(
        account(), secret(),
        [this](const TestStep &step) {
            m_checklist->show(step);
            m_outlook.take(step);
        },
        [this](const Done &done) {
            m_tested = m_outlook.reach(done, m_connection->kind());
            m_test->setEnabled(true);
        });
}

void AccountDialog::setBusy(bool busy)
{
    m_save->setEnabled(!busy);
}

void AccountDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->show();
    setBusy(false);
}

} // namespace rollcall
