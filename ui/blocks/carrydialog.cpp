// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/carrydialog.h"

#include "models/store/store.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/words.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace rollcall {

namespace {

QLabel *plain(QWidget *parent, const char *name, const char *look, const QString &text = {})
{
    auto *label = new QLabel(text, parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QString::fromLatin1(look));
    return label;
}

} // namespace

CarryDialog::CarryDialog(const BlocksNeeds &needs, AccountId current, QWidget *parent)
    : QDialog(parent)
    , m_needs(needs)
    , m_from(accountBox("from"))
    , m_to(accountBox("to"))
    , m_counts(new FieldList(this))
    , m_age(plain(this, "age", "muted"))
    , m_problem(plain(this, "problem", ""))
{
    setObjectName(QStringLiteral("carryDialog"));
    setWindowTitle(tr("Carry list"));
    setMinimumWidth(520);
    m_counts->setObjectName(QStringLiteral("counts"));
    m_problem->hide();
    for (const Account &account : m_needs.accounts())
        m_from->addItem(Words::account(account), QVariant::fromValue(account.id.value()));
    m_from->setCurrentIndex(std::max(0, m_from->findData(QVariant::fromValue(current.value()))));
    auto *form = new QFormLayout;
    form->addRow(tr("&From"), m_from);
    form->addRow(tr("&To"), m_to);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_next = buttons->addButton(tr("Next…"), QDialogButtonBox::AcceptRole);
    m_next->setObjectName(QStringLiteral("next"));
    m_next->setDefault(true);
    roomForBold(*m_next);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addWidget(plain(this, "heading", "title", tr("Carry a block list to another account")));
    column->addWidget(plain(this, "hint", "muted",
        tr("Everybody keeps the reason they have. Nothing is sent before the flight plan at the other account, and the "
           "first list stays as it is.")));
    column->addLayout(form);
    column->addWidget(m_counts);
    column->addWidget(m_age);
    column->addWidget(m_problem);
    column->addStretch();
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const std::vector<BlockId> entries = m_entries;
        const AccountId target = to();
        accept();
        emit carryWanted(entries, target);
    });
    connect(m_from, &QComboBox::currentIndexChanged, this, [this] {
        fillTargets();
        read();
    });
    connect(m_to, &QComboBox::currentIndexChanged, this, &CarryDialog::showButtons);
    fillTargets();
    read();
}

QComboBox *CarryDialog::accountBox(const char *name)
{
    auto *box = new QComboBox(this);
    box->setObjectName(QLatin1String(name));
    box->setMinimumContentsLength(24);
    return box;
}

AccountId CarryDialog::from() const
{
    return AccountId(m_from->currentData().toLongLong());
}

AccountId CarryDialog::to() const
{
    return AccountId(m_to->currentData().toLongLong());
}

void CarryDialog::fillTargets()
{
    const QVariant before = m_to->currentData();
    m_to->clear();
    for (const Account &account : m_needs.accounts())
        if (account.id != from() && account.capabilities().block)
            m_to->addItem(Words::account(account), QVariant::fromValue(account.id.value()));
    m_to->setCurrentIndex(m_to->count() == 0 ? -1 : std::max(0, m_to->findData(before)));
}

void CarryDialog::read()
{
    m_entries.clear();
    showButtons();
    m_read = m_needs.store.blocks().entries(from(), [this](const Result<std::vector<BlockEntry>> &entries) {
        if (!entries) {
            m_problem->setText(failureSentence(entries.failure()));
            return m_problem->show();
        }
        m_problem->hide();
        show(*entries);
    });
}

void CarryDialog::show(const std::vector<BlockEntry> &entries)
{
    qint64 blocked = 0;
    qint64 onlyThere = 0;
    qint64 armed = 0;
    qint64 readMs = 0;
    m_entries.clear();
    for (const BlockEntry &entry : entries) {
        readMs = std::max(readMs, entry.readMs);
        const BlockLight light = lightOf(entry);
        const bool there = light == BlockLight::OnlyThere;
        const bool waits = light == BlockLight::Armed;
        if (entry.standing != BlockStanding::Blocked && !there && !waits)
            continue;
        m_entries.push_back(entry.id);
        ++(there ? onlyThere : waits ? armed : blocked);
    }
    m_counts->clear();
    m_counts->add(tr("Blocked there"), count(blocked));
    if (onlyThere > 0)
        m_counts->add(tr("Only on its list"), tr("%1 – blocked there, unknown to us").arg(count(onlyThere)));
    if (armed > 0)
        m_counts->add(tr("Armed there"), count(armed));
    const Account *account = m_needs.accountOf(from());
    if (readMs > 0)
        m_age->setText(tr("The gateway's own list was read %1. Reconcile first to carry what stands there now.")
                           .arg(moment(readMs)));
    else if (account && account->capabilities().listBlocked)
        m_age->setText(tr("The gateway's own list was never read. Reconcile first to carry what stands there now."));
    else
        m_age->setText(tr("This account cannot list: what is carried is what our own ledger knows."));
    showButtons();
    QTimer::singleShot(0, this, [this] { growToContent(*this); });
}

void CarryDialog::showButtons()
{
    if (!m_next)
        return;
    const QString why = m_to->count() == 0 ? tr("There is no other account that can block.")
        : m_entries.empty()                ? tr("Nobody is blocked there.")
                                           : QString();
    m_next->setEnabled(why.isEmpty());
    m_next->setToolTip(why);
    m_next->setAccessibleDescription(why);
}

} // namespace rollcall
