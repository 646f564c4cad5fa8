// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/connectionfields.h"

#include "models/accounts/accounts.h"
#include "ui/accounts/accountswords.h"
#include "ui/accounts/curlcatch.h"
#include "ui/accounts/formparts.h"
#include "ui/parts/theme.h"
#include "ui/text/words.h"

#include <QClipboard>
#include <QComboBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

ConnectionFields::ConnectionFields(
    const Account &account, std::vector<Account> taken, QString keychain, Asks asks, QWidget *parent)
    : QWidget(parent)
    , m_before(account)
    , m_taken(std::move(taken))
    , m_keychain(std::move(keychain))
    , m_asks(std::move(asks))
    , m_name(lineField(this, "name"))
    , m_kind(new QComboBox(this))
    , m_curl(new QPushButton(tr("Paste from cur&l…"), this))
    , m_curlSaid(note(this, "curlSaid"))
    , m_address(lineField(this, "address"))
    , m_reading(note(this, "reading"))
    , m_user(lineField(this, "user"))
    , m_sender(lineField(this, "sender"))
    , m_senderHint(note(this, "senderHint"))
    , m_secret(lineField(this, "password"))
    , m_place(note(this, "place"))
    , m_caFile(lineField(this, "caFile"))
{
    std::erase_if(m_taken, [&account](const Account &one) { return one.id == account.id; });
    build();
    fill();
    showKind();
    connectFields();
    if (m_before.sandbox)
        lockSandbox();
}

void ConnectionFields::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_form = section(this, column, tr("Connection"));
    buildKind();
    m_caRow = buildCaRow();
    m_secret->setEchoMode(QLineEdit::Password);
    m_caFile->setPlaceholderText(tr("only the system's authorities"));
    m_caFile->setAccessibleName(tr("CA file")); // stands in a row of its own, where no label is its neighbour
}

/// The rows of the kind, anew: QFormLayout 6.4 gives the height of a row that setRowVisible() hid to another one.
void ConnectionFields::layOutRows()
{
    while (m_form->rowCount() > 0) {
        const QFormLayout::TakeRowResult row = m_form->takeRow(0);
        if (row.labelItem)
            delete row.labelItem->widget();
        delete row.labelItem;
        delete row.fieldItem;
    }
    const auto add = [this](const QString &label, QWidget *field, QWidget *buddy, bool wanted = true) {
        field->setVisible(wanted);
        if (!wanted)
            return;
        auto *shown = new QLabel(label, this);
        shown->setTextFormat(Qt::PlainText);
        shown->setBuddy(buddy);
        m_form->addRow(shown, field);
    };
    const bool hasSender = !m_words.sender.isEmpty();
    add(tr("&Name"), m_name, m_name);
    add(tr("&Kind"), m_kind, m_kind); // beside its label in one widget: a screen reader finds a combo box's name so
    add({}, m_curl, nullptr);
    add({}, m_curlSaid, nullptr, !m_curlSaid->text().isEmpty());
    add(tr("&Address"), m_address, m_address);
    add({}, m_reading, nullptr);
    add(tr("&User"), m_user, m_user, m_words.login);
    add(m_words.sender, m_sender, m_sender, hasSender);
    add({}, m_senderHint, nullptr, hasSender);
    add(m_words.secret, m_secret, m_secret);
    add({}, m_place, nullptr);
    add(tr("CA &file"), m_caRow, m_caFile, m_words.login);
}

void ConnectionFields::buildKind()
{
    m_kind->setObjectName(QStringLiteral("kind"));
    m_kind->setAccessibleName(tr("Kind"));
    for (const GatewayKind kind : gatewayKinds)
        m_kind->addItem(Words::gatewayKind(kind), int(kind));
    m_curl->setObjectName(QStringLiteral("curl"));
    m_curl->setAutoDefault(false);
    m_curl->setToolTip(tr("Fills the fields from a curl line on the clipboard: kind, address, key and session."));
    m_curl->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); // as wide as its words, in every language and scale
}

QWidget *ConnectionFields::buildCaRow()
{
    auto *part = new QWidget(this);
    auto *row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    row->addWidget(m_caFile, 1);
    auto *browse = new QPushButton(tr("Browse…"), part);
    browse->setObjectName(QStringLiteral("browse"));
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, &ConnectionFields::chooseCaFile);
    row->addWidget(browse);
    return part;
}

void ConnectionFields::fill()
{
    m_kind->setCurrentIndex(m_kind->findData(int(m_before.kind)));
    if (m_before.id.isNull() && m_before.name.isEmpty())
        m_proposed = KindFields::freeName(m_before.kind, m_taken);
    m_name->setText(m_before.name.isEmpty() ? m_proposed : m_before.name);
    m_address->setText(m_before.address.toString());
    m_user->setText(m_before.user);
    m_sender->setText(m_before.sender);
    m_caFile->setText(m_before.caFile);
}

/// Its address and password are made at each start; the rest may be tried out.
void ConnectionFields::lockSandbox()
{
    for (QWidget *field :
        {static_cast<QWidget *>(m_address), static_cast<QWidget *>(m_user), static_cast<QWidget *>(m_sender),
            static_cast<QWidget *>(m_secret), m_caRow, static_cast<QWidget *>(m_kind), static_cast<QWidget *>(m_curl)})
        field->setEnabled(false);
}

void ConnectionFields::connectFields()
{
    for (QLineEdit *field : {m_address, m_secret})
        connect(new CurlCatch(*field), &CurlCatch::caught, this, &ConnectionFields::pasteCurl);
    for (QLineEdit *field : {m_address, m_user, m_sender, m_secret, m_caFile})
        connect(field, &QLineEdit::textChanged, this, [this] {
            describe();
            emit changed();
        });
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        showKind();
        emit changed();
        emit kindChanged();
    });
    connect(m_curl, &QPushButton::clicked, this, [this] { pasteCurl(QGuiApplication::clipboard()->text()); });
}

/// The fields of the kind, with its words. A default address and a proposed name give way to the new kind's.
void ConnectionFields::showKind()
{
    const QString oldDefault = std::exchange(m_words, KindFields::of(kind())).address;
    if (m_address->text().isEmpty() || m_address->text() == oldDefault)
        m_address->setText(m_words.address);
    if (!m_proposed.isEmpty() && m_name->text() == m_proposed) {
        m_proposed = KindFields::freeName(kind(), m_taken);
        m_name->setText(m_proposed);
    }
    m_address->setPlaceholderText(
        m_words.address.isEmpty() ? QStringLiteral("https://gateway.example:9090/v1") : m_words.address);
    const auto plain = [](QString label) { return label.remove(QLatin1Char('&')); };
    m_sender->setAccessibleName(plain(m_words.sender));
    m_secret->setAccessibleName(plain(m_words.secret));
    m_senderHint->setText(m_words.senderHint);
    m_secret->setPlaceholderText(m_words.secretSample);
    const QString place = AccountsText::passwordPlace(m_before, m_keychain);
    m_place->setText(m_words.secretHint.isEmpty() ? place : m_words.secretHint + QLatin1Char(' ') + place);
    layOutRows();
    describe();
}

void ConnectionFields::describe()
{
    const QUrl url = address();
    if (m_address->text().trimmed().isEmpty())
        m_reading->setText(m_words.addressHint);
    else if (const QString bad = addressProblem(); !bad.isEmpty())
        m_reading->setText(bad);
    else if (m_words.login && !url.path().endsWith(QLatin1String("/v1")))
        m_reading->setText(tr("Numbers will be checked at %1/contacts. The address of an on-premises node ends in /v1.")
                               .arg(url.toDisplayString(QUrl::StripTrailingSlash)));
    else
        m_reading->setText(m_words.calls.arg(url.toDisplayString()));
}

GatewayKind ConnectionFields::kind() const
{
    return GatewayKind(m_kind->currentData().toInt());
}

QUrl ConnectionFields::address() const
{
    QString text = m_address->text().trimmed();
    while (text.endsWith(QLatin1Char('/')))
        text.chop(1);
    return QUrl(text, QUrl::StrictMode);
}

void ConnectionFields::readInto(Account &account) const
{
    account.name = m_name->text().simplified();
    account.kind = kind();
    account.address = address();
    account.user = m_words.login ? m_user->text().trimmed() : QString();
    account.caFile = m_words.login ? m_caFile->text().trimmed() : QString();
    account.sender = m_words.sender.isEmpty() ? QString() : m_sender->text().trimmed();
}

Secret ConnectionFields::secret() const
{
    // A password may hold anything; a key becomes a header.
    return m_words.login ? Secret(m_secret->text().toUtf8()) : Secret::fromTyped(m_secret->text());
}

QString ConnectionFields::problem() const
{
    if (const QString bad = nameProblem(); !bad.isEmpty() || m_before.sandbox)
        return bad;
    if (const QString bad = addressProblem(); !bad.isEmpty())
        return tr("%1 Nothing was saved.").arg(bad);
    const QString user = m_user->text().trimmed();
    if (m_words.login && (user.isEmpty() || user.contains(QLatin1Char(':'))))
        return tr("The account needs the user name of the node, without a colon.");
    if (!m_words.sender.isEmpty() && m_sender->text().trimmed().isEmpty())
        return m_words.senderMissing;
    return secretProblem();
}

QString ConnectionFields::nameProblem() const
{
    const QString name = m_name->text().simplified();
    if (name.isEmpty())
        return tr("The account needs a name.");
    const bool taken = name != m_before.name
        && std::any_of(m_taken.begin(), m_taken.end(),
            [&name](const Account &one) { return one.name.compare(name, Qt::CaseInsensitive) == 0; });
    return taken ? tr("Another account has this name; give this one a name of its own.") : QString();
}

QString ConnectionFields::addressProblem() const
{
    const QUrl url = address();
    if (const auto failure = Accounts::addressProblem(url))
        return failure->kind == Failure::Kind::Tls
            ? tr("The address has to begin with https://, else a password would travel readable; plain http is for "
                 "127.0.0.1 alone.")
            : tr("The address has to look like %1, without a user name in it.").arg(m_address->placeholderText());
    static const QRegularExpression numberId(QStringLiteral("/\\d{5,}$"));
    if (kind() == GatewayKind::CloudApi && !url.path().contains(numberId))
        return tr("The phone number id is still missing at the end of the address. Meta's app dashboard shows it under "
                  "WhatsApp, API setup.");
    return {};
}

QString ConnectionFields::secretProblem() const
{
    const bool given = !m_secret->text().isEmpty();
    if (given && secret().isEmpty())
        return tr("What was entered as the key holds blanks or other characters that no key has. Copy it again.");
    // The secret of another kind of gateway is of no use here.
    const bool isNew = m_before.id.isNull() || kind() != m_before.kind;
    if (isNew && !given)
        return m_words.secretMissing;
    // Neither a slip nor a pasted line takes the kept secret to somebody else's host.
    if (!given && address().host() != m_before.address.host())
        return tr("The secret that is kept was entered for %1. Enter the one for %2.")
            .arg(m_before.address.host(), address().host());
    return {};
}

void ConnectionFields::pasteCurl(const QString &line)
{
    const auto say = [this](const QString &sentence) {
        m_curlSaid->setText(sentence);
        layOutRows();
    };
    const Result<CurlLine> read = readCurlLine(line);
    if (!read)
        return say(KindFields::notUnderstood(read.failure()));
    const CurlAccount pasted = curlAccountOf(*read);
    if (pasted.kind)
        m_kind->setCurrentIndex(m_kind->findData(int(*pasted.kind)));
    m_address->setText(pasted.address.toString());
    const auto put = [](QLineEdit *field, const QString &value) {
        if (!value.isEmpty())
            field->setText(value);
    };
    put(m_user, pasted.user);
    put(m_sender, pasted.sender);
    put(m_caFile, pasted.caFile);
    put(m_secret, QString::fromUtf8(pasted.secret.reveal()));
    say(KindFields::understood(pasted));
}

void ConnectionFields::chooseCaFile()
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

} // namespace rollcall
