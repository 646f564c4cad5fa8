// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/blockdialog.h"

#include "models/base/clock.h"
#include "models/settings/settings.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/theme.h"
#include "ui/plans/pastefield.h"
#include "ui/text/age.h"
#include "ui/text/blockwords.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>
#include <set>

namespace rollcall {

namespace {

QLabel *plain(QWidget *parent, const char *name, const char *look)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QString::fromLatin1(look));
    return label;
}

/// The reason "as in the list"; no operator can type it.
constexpr char listReasons[] = "\x01list";
constexpr int mostReportReason = 59; // gateways.md 1.4: less than 60

QString titleOf(OperationKind kind)
{
    switch (kind) {
    case OperationKind::Unblock:
        return BlockDialog::tr("Unblock");
    case OperationKind::Report:
        return BlockDialog::tr("Report");
    case OperationKind::Block:
    case OperationKind::Send:
    case OperationKind::None:
        break;
    }
    return BlockDialog::tr("Block");
}

QLineEdit *field(QWidget *parent, const char *name)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(QLatin1String(name));
    edit->setMaxLength(1000);
    return edit;
}

} // namespace

BlockDialog::BlockDialog(
    BlockOpening opening, const BlocksNeeds &needs, AccountId current, const QString &reason, QWidget *parent)
    : QDialog(parent)
    , m_opening(std::move(opening))
    , m_kind(m_opening.kind)
    , m_needs(needs)
{
    const char *names[] = {"blockDialog", "unblockDialog", "reportDialog"};
    setObjectName(QLatin1String(names[std::max(int(m_kind), 1) - 1]));
    setWindowTitle(titleOf(m_kind));
    setMinimumWidth(560);
    m_body = new DialogBody(this);
    QVBoxLayout &column = m_body->column();
    column.addWidget(buildWho());
    column.addWidget(buildWhy(reason));
    column.addWidget(buildLayers(current));
    if (m_kind == OperationKind::Unblock)
        column.addWidget(buildConsent());
    m_consequence = plain(m_body->inside(), "consequence", "muted");
    column.addWidget(m_consequence);
    column.addStretch();
    m_problem = plain(this, "problem", "");
    m_problem->hide();
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    all->setSpacing(Space::medium);
    all->addWidget(m_body, 1);
    all->addWidget(m_problem);
    all->addWidget(buildButtons());
    BlockDialog::refresh();
}

QWidget *BlockDialog::buildWho()
{
    auto *who = new QWidget(m_body->inside());
    m_whoColumn = new QVBoxLayout(who);
    m_whoColumn->setContentsMargins(0, 0, 0, 0);
    m_who = plain(who, "heading", "title");
    m_who->setText(titleOf(m_kind));
    m_whoColumn->addWidget(m_who);
    m_remarks = plain(who, "remarks", "muted");
    m_remarks->hide();
    m_whoColumn->addWidget(m_remarks);
    m_paste = new PasteField(m_needs.settings.value(Keys::defaultRegion), who);
    m_whoColumn->addWidget(m_paste);
    connect(m_paste, &PasteField::changed, this, &BlockDialog::refresh);
    return who;
}

void BlockDialog::setSubject(const BlockSubject &subject)
{
    m_subject = subject;
    m_hasSubject = true;
    delete m_paste;
    m_paste = nullptr;
    const std::set<AccountId> tick
        = m_opening.tick.empty() ? subject.at : std::set<AccountId>(m_opening.tick.begin(), m_opening.tick.end());
    for (const auto &[id, box] : std::as_const(m_accounts))
        if (!tick.empty() && box->isEnabled())
            box->setChecked(tick.contains(id));
    m_remarks->setText(subject.remarks.join(u' '));
    m_remarks->setVisible(!subject.remarks.isEmpty());
    offerReasons();
    BlockDialog::refresh();
}

/// A list that names reasons may keep them.
void BlockDialog::offerReasons()
{
    if (m_subject.reasons.empty() || m_kind != OperationKind::Block)
        return;
    constexpr std::size_t mostNamed = 3;
    QStringList named;
    for (const ReasonGroup &group : m_subject.reasons) {
        if (std::size_t(named.size()) == mostNamed) {
            named << tr("…");
            break;
        }
        //: a reason and how many have it: "Spam 12"
        named << tr("%1 %2").arg(BlockWords::reason(group.reason), count(qint64(group.aliases.size())));
    }
    //: a choice of reason: %1 the reasons in the list
    m_reason->insertItem(
        0, tr("As in the list (%1)").arg(named.join(QStringLiteral(", "))), QLatin1String(listReasons));
    if (m_opening.keepReasons)
        m_reason->setCurrentIndex(0);
}

QWidget *BlockDialog::buildWhy(const QString &reason)
{
    auto *why = new QWidget(m_body->inside());
    auto *form = new QFormLayout(why);
    form->setContentsMargins(0, 0, 0, 0);
    m_reason = new QComboBox(why);
    m_reason->setObjectName(QStringLiteral("reason"));
    m_reason->setEditable(true);
    m_reason->setInsertPolicy(QComboBox::NoInsert);
    m_reason->lineEdit()->setMaxLength(m_kind == OperationKind::Report ? mostReportReason : 100);
    m_reason->lineEdit()->setPlaceholderText(tr("Choose one, or type your own"));
    const bool unblock = m_kind == OperationKind::Unblock;
    for (const QString &id : unblock ? builtInUnblockReasons() : builtInBlockReasons())
        m_reason->addItem(BlockWords::reason(id), id);
    if (!unblock)
        for (const QString &own : m_needs.settings.value(Keys::blockReasons))
            m_reason->addItem(own, own);
    m_reason->setCurrentIndex(reason.isEmpty() ? -1 : m_reason->findData(reason));
    if (m_reason->currentIndex() < 0)
        m_reason->setEditText(reason);
    m_note = field(why, "note");
    form->addRow(tr("&Reason"), m_reason);
    form->addRow(tr("No&te"), m_note);
    m_reason->setAccessibleName(tr("Reason"));
    connect(m_reason, &QComboBox::editTextChanged, this, &BlockDialog::refresh);
    return why;
}

QWidget *BlockDialog::buildLayers(AccountId current)
{
    auto *group = new QGroupBox(m_kind == OperationKind::Block ? tr("Stop them")
            : m_kind == OperationKind::Unblock                 ? tr("Take back")
                                                               : tr("Report them"),
        m_body->inside());
    auto *column = new QVBoxLayout(group);
    m_here = new QCheckBox(m_kind == OperationKind::Block
            ? tr("&Do not contact, here: at once, also offline, under every spelling")
            : tr("&Lift do-not-contact, here"),
        group);
    m_here->setObjectName(QStringLiteral("here"));
    m_here->setChecked(m_kind == OperationKind::Block && m_opening.stop);
    m_here->setVisible(m_kind != OperationKind::Report);
    column->addWidget(m_here);
    connect(m_here, &QCheckBox::toggled, this, &BlockDialog::refresh);
    for (const Account &account : m_needs.accounts())
        addAccount(*column, account, account.id == current);
    return group;
}

void BlockDialog::addAccount(QVBoxLayout &column, const Account &account, bool ticked)
{
    const QString name = Words::account(account).replace(u'&', QStringLiteral("&&"));
    const bool report = m_kind == OperationKind::Report;
    auto *box = new QCheckBox(m_kind == OperationKind::Block ? tr("Block on WhatsApp at %1").arg(name)
            : report                                         ? tr("Report to WhatsApp at %1").arg(name)
                                                             : tr("Unblock on WhatsApp at %1").arg(name),
        column.parentWidget());
    box->setObjectName(QStringLiteral("account-%1").arg(account.id.value()));
    column.addWidget(box);
    m_accounts.append({account.id, box});
    const Capabilities can = account.capabilities();
    if (!(report ? can.report : can.block)) {
        const QString why = CapabilityWords::whyNot(account, report ? Capability::Report : Capability::Block);
        box->setEnabled(false);
        box->setToolTip(why);
        box->setAccessibleDescription(why);
    } else {
        box->setChecked(ticked);
    }
    connect(box, &QCheckBox::toggled, this, &BlockDialog::refresh);
}

QWidget *BlockDialog::buildConsent()
{
    m_consent = new QGroupBox(tr("New consent"), m_body->inside());
    m_consent->setObjectName(QStringLiteral("consent"));
    auto *form = new QFormLayout(m_consent);
    auto *why = plain(m_consent, "consentWhy", "muted");
    why->setText(tr("People who opted out may be contacted again only with a new consent. It is kept for good."));
    m_consentSource = field(m_consent, "consentSource");
    m_consentSource->setPlaceholderText(tr("For example: web form, signed paper"));
    m_consentWords = field(m_consent, "consentWording");
    m_consentAt = new QDateTimeEdit(QDateTime::fromMSecsSinceEpoch(m_needs.clock.now().wallMs), m_consent);
    m_consentAt->setObjectName(QStringLiteral("consentAt"));
    m_consentAt->setCalendarPopup(true);
    form->addRow(why);
    form->addRow(tr("S&ource"), m_consentSource);
    form->addRow(tr("&Wording"), m_consentWords);
    form->addRow(tr("&Given"), m_consentAt);
    connect(m_consentSource, &QLineEdit::textChanged, this, &BlockDialog::refresh);
    return m_consent;
}

QWidget *BlockDialog::buildButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_next = buttons->addButton(tr("Flight plan…"), QDialogButtonBox::AcceptRole);
    m_next->setObjectName(QStringLiteral("next"));
    m_next->setDefault(true);
    roomForBold(*m_next);
    connect(buttons, &QDialogButtonBox::accepted, this, &BlockDialog::planWanted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

QString BlockDialog::heading() const
{
    const int plural = forPlural(m_subject.total);
    const QString people = count(m_subject.total);
    switch (m_kind) {
    case OperationKind::Unblock:
        return tr("Unblock %1 people", nullptr, plural).arg(people);
    case OperationKind::Report:
        return tr("Report %1 people", nullptr, plural).arg(people);
    case OperationKind::Block:
    case OperationKind::Send:
    case OperationKind::None:
        break;
    }
    return tr("Block %1 people", nullptr, plural).arg(people);
}

QString BlockDialog::consequence() const
{
    if (m_kind == OperationKind::Report)
        return tr("WhatsApp receives the reason and the last five messages of each of them. It cannot be taken back, "
                  "and it blocks nobody.");
    const bool block = m_kind == OperationKind::Block;
    QStringList sentences;
    if (m_here->isChecked())
        sentences << (block ? tr("Nothing is sent to them from here any more and no check is spent on them; a later "
                                 "import does not change that.")
                            : tr("They may be contacted from here again."));
    if (!wishes().accounts.empty())
        sentences << (block ? tr("On WhatsApp their messages do not arrive any more. They are not told.")
                            : tr("On WhatsApp their messages arrive again."));
    else
        sentences << tr("WhatsApp is not asked.");
    if (!block && !m_here->isChecked())
        sentences << tr("Do-not-contact stays.");
    return sentences.join(u' ');
}

void BlockDialog::refresh()
{
    if (!m_next)
        return;
    if (m_hasSubject)
        m_who->setText(heading());
    if (m_consent) {
        const bool asked = m_here->isChecked() && (!m_hasSubject || m_subject.optedOut > 0);
        if (asked != m_consent->isVisibleTo(this) && isVisible()) // it takes its room once it is laid out
            QTimer::singleShot(0, this, [this] { growToContent(*this); });
        m_consent->setVisible(asked);
    }
    m_consequence->setText(consequence());
    const QString why = missing();
    m_next->setEnabled(why.isEmpty() && !m_busy);
    m_next->setToolTip(why);
    m_next->setAccessibleDescription(why);
}

QString BlockDialog::missing() const
{
    if (m_paste && m_paste->isReading())
        return tr("The text is being read.");
    if (m_paste && m_paste->numbers().empty())
        return tr("Paste a text with phone numbers first.");
    if (reasonId().isEmpty())
        return tr("A reason is required.");
    if (!m_here->isChecked() && wishes().accounts.empty())
        return tr("Choose at least one of the layers.");
    if (m_consent && m_consent->isVisibleTo(this) && m_hasSubject && m_consentSource->text().trimmed().isEmpty())
        return tr("Some of them opted out: say where their new consent comes from.");
    return {};
}

QString BlockDialog::reasonId() const
{
    const QString typed = m_reason->currentText().simplified();
    const int known = m_reason->findText(typed, Qt::MatchFixedString);
    return known >= 0 ? m_reason->itemData(known).toString() : typed;
}

std::vector<PhoneNumber> BlockDialog::numbers() const
{
    return m_paste ? m_paste->numbers() : std::vector<PhoneNumber>{};
}

BlockWishes BlockDialog::wishes() const
{
    BlockWishes wishes;
    wishes.kind = m_kind;
    wishes.reason = reasonId();
    wishes.keepReasons = wishes.reason == QLatin1String(listReasons);
    if (wishes.keepReasons)
        wishes.reason.clear();
    wishes.note = m_note->text().trimmed();
    wishes.stop = m_kind == OperationKind::Block && m_here->isChecked();
    wishes.liftStop = m_kind == OperationKind::Unblock && m_here->isChecked();
    for (const auto &[id, box] : m_accounts)
        if (box->isChecked() && box->isEnabled())
            wishes.accounts.push_back(id);
    if (wishes.liftStop && !m_consentSource->text().trimmed().isEmpty()) {
        wishes.consent.what = ConsentState::OptIn;
        wishes.consent.atMs = m_consentAt->dateTime().toMSecsSinceEpoch();
        wishes.consent.source = m_consentSource->text().trimmed();
        wishes.consent.wording = m_consentWords->text().trimmed();
    }
    return wishes;
}

void BlockDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    growToContent(*this);
}

void BlockDialog::askConsent(qint64 people)
{
    showProblem(tr("%1 of them opted out. Say where their new consent comes from, or leave do-not-contact as it is.",
        nullptr, forPlural(people))
                    .arg(count(people)));
    m_consentSource->setFocus();
}

void BlockDialog::setBusy(bool busy)
{
    m_busy = busy;
    BlockDialog::refresh();
}

void BlockDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->show();
    setBusy(false);
}

} // namespace rollcall
