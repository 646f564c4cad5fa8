// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accountdialog.h"

#include "ui/accounts/accountswords.h"
#include "ui/accounts/testchecklist.h"
#include "ui/parts/countrybox.h"
#include "ui/parts/theme.h"
#include "ui/text/failuretext.h"
#include "ui/text/words.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr qint64 secondsADay = 86'400;
constexpr int mostChecks = 1'000'000;

QLineEdit *lineField(QWidget *parent, const char *name)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(QLatin1String(name));
    edit->setMaxLength(2000);
    return edit;
}

QLabel *note(QWidget *parent, const char *name)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QStringLiteral("muted"));
    return label;
}

QSpinBox *number(QWidget *parent, const char *name, int least, int most)
{
    auto *box = new QSpinBox(parent);
    box->setObjectName(QLatin1String(name));
    box->setRange(least, most);
    box->setGroupSeparatorShown(most > 9999);
    return box;
}

/// A title over a form, without the frame of a group box.
QFormLayout *section(QWidget *parent, QVBoxLayout *column, const QString &title)
{
    auto *heading = new QLabel(title, parent);
    heading->setProperty("look", QStringLiteral("heading"));
    column->addWidget(heading);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(Space::medium);
    form->setVerticalSpacing(Space::small);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    column->addLayout(form);
    return form;
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
}

void AccountDialog::buildFields()
{
    m_name = lineField(this, "name");
    m_kind = new QComboBox(this);
    m_kind->setObjectName(QStringLiteral("kind"));
    m_address = lineField(this, "address");
    m_address->setPlaceholderText(QStringLiteral("https://gateway.example:9090/v1"));
    m_reading = note(this, "reading");
    m_user = lineField(this, "user");
    m_password = lineField(this, "password");
    m_password->setEchoMode(QLineEdit::Password);
    m_place = note(this, "place");
    m_caFile = lineField(this, "caFile");
    m_caFile->setPlaceholderText(tr("only the system's authorities"));
    m_region = new CountryBox(tr("None: every number needs its +"), this);
    m_region->setObjectName(QStringLiteral("region"));
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
    fillKinds();
}

void AccountDialog::fillKinds()
{
    auto *model = qobject_cast<QStandardItemModel *>(m_kind->model());
    for (const GatewayKind kind : {GatewayKind::OnPrem, GatewayKind::SendApi, GatewayKind::CommBox, GatewayKind::Wawp,
             GatewayKind::Dialog360, GatewayKind::CloudApi}) {
        const bool built = kind == GatewayKind::OnPrem;
        m_kind->addItem(
            built ? Words::gatewayKind(kind) : tr("%1 (not built yet)").arg(Words::gatewayKind(kind)), int(kind));
        if (model && !built)
            model->item(m_kind->count() - 1)->setEnabled(false);
    }
}

QWidget *AccountDialog::buildConnection()
{
    auto *part = new QWidget(this);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    QFormLayout *form = section(part, column, tr("Connection"));
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Kind"), m_kind);
    QLabel *kinds = note(part, "kinds");
    kinds->setText(
        tr("Rollcall speaks to the WhatsApp on-premises node today. The other kinds are shown, and cannot be "
           "chosen until their language is built."));
    form->addRow(QString(), kinds);
    form->addRow(tr("&Address"), m_address);
    form->addRow(QString(), m_reading);
    form->addRow(tr("&User"), m_user);
    form->addRow(tr("&Password"), m_password);
    form->addRow(QString(), m_place);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::small);
    row->addWidget(m_caFile, 1);
    auto *browse = new QPushButton(tr("Browse…"), part);
    browse->setObjectName(QStringLiteral("browse"));
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, &AccountDialog::chooseCaFile);
    row->addWidget(browse);
    auto *label = new QLabel(tr("CA &file"), part);
    label->setBuddy(m_caFile);
    form->addRow(label, row);
    return part;
}

QWidget *AccountDialog::buildNumbers()
{
    auto *part = new QWidget(this);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    QFormLayout *form = section(part, column, tr("Numbers"));
    form->addRow(tr("&Default country of numbers without +"), m_region);
    form->addRow(tr("Country &code of the node's own number"), m_countryCode);
    form->addRow(QString(), m_rule);
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
    left->addWidget(buildConnection());
    left->addWidget(buildNumbers());
    left->addWidget(buildSpending());
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
    m_name->setText(m_before.name);
    m_kind->setCurrentIndex(m_kind->findData(int(m_before.kind)));
    m_address->setText(m_before.address.toString());
    m_user->setText(m_before.user);
    m_caFile->setText(m_before.caFile);
    m_region->setRegion(m_before.region);
    m_countryCode->setValue(m_before.registeredCountryCode);
    m_days->setValue(int(m_before.keepSeconds / secondsADay));
    m_perHour->setValue(m_before.budget.perHour);
    m_perDay->setValue(m_before.budget.perDay);
    m_coolDown->setValue(int(m_before.budget.coolDownSeconds));
    m_place->setText(AccountsText::passwordPlace(m_before, m_accounts.keychainName()));
    if (m_before.sandbox)
        lockSandbox();
}

/// Its address and password are made at each start; the rest may be tried out.
void AccountDialog::lockSandbox()
{
    for (QLineEdit *field : {m_address, m_user, m_password, m_caFile})
        field->setEnabled(false);
    m_kind->setEnabled(false);
    m_countryCode->setEnabled(false);
    findChild<QPushButton *>(QStringLiteral("browse"))->setEnabled(false);
}

void AccountDialog::connectFields()
{
    connect(m_test, &QPushButton::clicked, this, &AccountDialog::test);
    // What a test found is no longer true of other fields.
    const auto changed = [this] {
        m_call = Call();
        m_checklist->clear();
        m_test->setEnabled(true);
        describe();
    };
    for (QLineEdit *field : {m_address, m_user, m_password, m_caFile})
        connect(field, &QLineEdit::textChanged, this, changed);
    connect(m_kind, &QComboBox::currentIndexChanged, this, changed);
    connect(m_countryCode, &QSpinBox::valueChanged, this, &AccountDialog::describe);
    connect(m_region, &QComboBox::currentIndexChanged, this, [this] {
        if (m_before.id.isNull() && m_countryCode->value() == 0)
            m_countryCode->setValue(countryCodeOf(m_region->region()));
    });
}

void AccountDialog::describe()
{
    m_rule->setText(AccountsText::countryCodeRule(m_countryCode->value()));
    const QUrl address = account().address;
    QString reading;
    if (m_address->text().trimmed().isEmpty())
        reading = tr("As the node's operator gave it to you; it ends in /v1.");
    else if (const auto failure = Accounts::addressProblem(address))
        reading = failure->kind == Failure::Kind::Tls
            ? tr("Only https is safe: a password would travel readable. Plain http "
                 "is for 127.0.0.1 alone.")
            : tr("This is not an address yet.");
    else if (!address.path().endsWith(QLatin1String("/v1")))
        reading = tr("Numbers will be checked at %1/contacts. The address of an on-premises node ends in /v1.")
                      .arg(address.toDisplayString(QUrl::StripTrailingSlash));
    else
        reading = tr("Numbers will be checked at %1/contacts.").arg(address.toDisplayString());
    m_reading->setText(reading);
}

Account AccountDialog::account() const
{
    Account now = m_before;
    now.name = m_name->text().simplified();
    now.kind = GatewayKind(m_kind->currentData().toInt());
    QString address = m_address->text().trimmed();
    while (address.endsWith(QLatin1Char('/')))
        address.chop(1);
    now.address = QUrl(address, QUrl::StrictMode);
    now.user = m_user->text().trimmed();
    now.caFile = m_caFile->text().trimmed();
    now.region = m_region->region();
    now.registeredCountryCode = m_countryCode->value();
    // A freshness that is no whole number of days stays as it is unless the days were changed.
    if (m_days->value() != int(m_before.keepSeconds / secondsADay))
        now.keepSeconds = m_days->value() * secondsADay;
    now.budget = {m_perHour->value(), m_perDay->value(), m_coolDown->value()};
    return now;
}

Secret AccountDialog::secret() const
{
    return Secret(m_password->text().toUtf8());
}

QString AccountDialog::problem() const
{
    const Account now = account();
    if (now.name.isEmpty())
        return tr("The account needs a name.");
    if (m_before.sandbox)
        return {};
    if (const auto failure = Accounts::addressProblem(now.address))
        return failure->kind == Failure::Kind::Tls
            ? tr("The address has to begin with https://; plain http is for 127.0.0.1 alone. Nothing was saved.")
            : tr("The address has to look like https://gateway.example:9090/v1, without a user name in it. Nothing was "
                 "saved.");
    if (now.user.isEmpty() || now.user.contains(QLatin1Char(':')))
        return tr("The account needs the user name of the node, without a colon.");
    if (m_before.id.isNull() && m_password->text().isEmpty())
        return tr("The account needs the password of the node.");
    return {};
}

void AccountDialog::confirm()
{
    if (const QString sentence = problem(); !sentence.isEmpty())
        return showProblem(sentence);
    m_problem->hide();
    emit saveWanted();
}

void AccountDialog::test()
{
    if (const QString sentence = problem(); !sentence.isEmpty())
        return showProblem(sentence);
    m_problem->hide();
    m_test->setEnabled(false);
    m_checklist->start();
    m_call = m_accounts.test(
        account(), secret(), [this](const TestStep &step) { m_checklist->show(step); },
        [this](const Done &) { m_test->setEnabled(true); });
}

void AccountDialog::chooseCaFile()
{
    FileWish wish;
    wish.title = tr("CA file");
    wish.filter = tr("Certificates (*.pem *.crt *.cer);;All files (*)");
    wish.start = m_caFile->text();
    m_asks.openFile(this, wish, [field = QPointer(m_caFile)](const QString &path) {
        if (field && !path.isEmpty())
            field->setText(path);
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
