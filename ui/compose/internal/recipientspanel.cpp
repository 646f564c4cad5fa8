// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/recipientspanel.h"

#include "models/base/clock.h"
#include "models/settings/settings.h"
#include "models/store/store.h"
#include "ui/compose/internal/entryrow.h"
#include "ui/compose/quickcheck.h"
#include "ui/compose/replyfield.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/icons.h"
#include "ui/parts/theme.h"
#include "ui/plans/pastefield.h"
#include "ui/text/age.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/cardwords.h"
#include "ui/text/failuretext.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int rowsShown = 3;
constexpr qint64 pauseMs = 300; // a run stores many changes a second
constexpr qsizetype mostTyped = 60; // a longer text is a list: it is shown before it is taken

} // namespace

RecipientsPanel::RecipientsPanel(const ComposeNeeds &needs, QWidget *parent)
    : QWidget(parent)
    , m_needs(needs)
    , m_model(new RecipientsModel([&needs] { return needs.clock.now().wallMs; }, this))
    , m_check(new QuickCheck(needs, this))
    , m_heading(new QLabel(this))
    , m_input(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_state(plainLabel(this, "recipientState", "muted"))
    , m_told(plainLabel(this, "recipientTold", "muted"))
    , m_checkNow(new QPushButton(tr("Check now"), this))
    , m_optIn(new QPushButton(tr("Opt-in…"), this))
    , m_remove(new QToolButton(this))
    , m_reply(new ReplyField(this))
{
    setObjectName(QStringLiteral("recipientsPanel"));
    m_heading->setTextFormat(Qt::PlainText);
    m_heading->setProperty("look", QStringLiteral("heading"));
    m_heading->setBuddy(m_input);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::small);
    row->addWidget(m_heading);
    buildInput(*row);
    buildList();
    auto *below = new QHBoxLayout;
    below->setSpacing(Space::small);
    below->addWidget(m_state, 1);
    below->addWidget(m_checkNow, 0, Qt::AlignTop);
    below->addWidget(m_optIn, 0, Qt::AlignTop);
    below->addWidget(m_remove, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::tiny);
    column->addLayout(row);
    column->addWidget(m_list);
    column->addLayout(below);
    column->addWidget(m_told);
    column->addWidget(m_reply);
    m_told->hide();
    connect(m_reply, &ReplyField::edited, this, &RecipientsPanel::edited);
    connect(m_model, &RecipientsModel::edited, this, [this] {
        read();
        showCurrent(); // one of them is the current one, whether or not anything is known yet
        emit edited();
    });
    connect(m_model, &QAbstractItemModel::dataChanged, this, &RecipientsPanel::showCurrent);
    connect(m_check, &QuickCheck::told, this, [this](const QString &sentence) {
        m_told->setText(sentence);
        m_told->setVisible(!sentence.isEmpty());
        showCurrent();
    });
    connect(m_check, &QuickCheck::ended, this, &RecipientsPanel::read);
    connect(&m_needs.store, &Store::changed, this, [this](const Change &change) {
        const int ours = Change::PeopleChanged | Change::VerdictsChanged | Change::BlocksChanged
            | Change::MessagesChanged | Change::AccountsChanged;
        if ((change.kinds & ours) != 0 && m_model->rowCount() > 0 && !m_soon.isOpen())
            m_soon = m_needs.clock.after(pauseMs, [this] { read(); });
    });
    showCurrent();
}

void RecipientsPanel::buildInput(QBoxLayout &row)
{
    m_input->setObjectName(QStringLiteral("recipientInput"));
    letFilesPass(m_input);
    m_input->setAccessibleName(tr("Recipient"));
    m_input->setPlaceholderText(tr("Phone number, then Enter"));
    m_input->setAcceptDrops(false);
    m_input->installEventFilter(this);
    connect(m_input, &QLineEdit::returnPressed, this, &RecipientsPanel::takeTyped);
    connect(m_input, &QLineEdit::editingFinished, this, &RecipientsPanel::takeLeft);
    connect(m_input, &QLineEdit::textChanged, this, &RecipientsPanel::typed);
    row.addWidget(m_input, 1);
    const auto button = [this, &row](const char *name, const QString &words, const QString &tip, auto then) {
        auto *made = new QPushButton(words, this);
        made->setObjectName(QLatin1String(name));
        made->setToolTip(tip);
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, then);
        row.addWidget(made);
    };
    button("recipientsFromContacts", tr("Chosen people"), tr("Adds the people who are chosen on the Contacts page."),
        [this] { emit peopleWanted(); });
    button("recipientsPaste", tr("Paste numbers…"), tr("Finds the phone numbers in a pasted text, for you to confirm."),
        [this] { openPaste({}); });
}

void RecipientsPanel::buildList()
{
    m_list->setObjectName(QStringLiteral("recipients"));
    m_list->setAccessibleName(tr("Recipients"));
    m_list->setProperty("look", QStringLiteral("framed"));
    m_list->setModel(m_model);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &RecipientsPanel::showCurrent);
    m_checkNow->setObjectName(QStringLiteral("recipientCheckNow"));
    m_checkNow->setAutoDefault(false);
    m_checkNow->setToolTip(tr("Asks the current account about this number. It is one live check of the budget."));
    connect(m_checkNow, &QPushButton::clicked, this, [this] {
        if (const RecipientLine *line = m_model->line(m_list->currentIndex().row()))
            m_check->ask(parsePhoneNumber(line->number, region()), m_account);
    });
    m_optIn->setObjectName(QStringLiteral("recipientOptIn"));
    m_optIn->setAutoDefault(false);
    m_optIn->setToolTip(tr("Records that this person agreed to messages."));
    connect(m_optIn, &QPushButton::clicked, this, [this] {
        if (const RecipientLine *line = m_model->line(m_list->currentIndex().row()); line && !line->person.isNull())
            emit optInWanted(line->person);
    });
    m_remove->setObjectName(QStringLiteral("recipientRemove"));
    m_remove->setIcon(icon(QStringLiteral("close")));
    m_remove->setAccessibleName(tr("Remove recipient"));
    m_remove->setToolTip(tr("Takes the current recipient out of this message (Del)"));
    m_remove->setFocusPolicy(Qt::StrongFocus);
    connect(m_remove, &QToolButton::clicked, this, &RecipientsPanel::removeCurrent);
}

QString RecipientsPanel::region() const
{
    const Account *account = m_needs.accountOf(m_account);
    return account && !account->region.isEmpty() ? account->region : m_needs.settings.value(Keys::defaultRegion);
}

void RecipientsPanel::setAccount(AccountId account)
{
    m_account = account;
    if (const Account *at = m_needs.accountOf(account))
        m_reply->setKind(at->kind);
    read();
}

void RecipientsPanel::add(const std::vector<PersonId> &people, const std::vector<PhoneNumber> &numbers)
{
    const int there = m_model->add(people, numbers);
    if (there > 0)
        emit told(tr("%1 of them were recipients already.", nullptr, forPlural(there)).arg(count(there)));
}

void RecipientsPanel::focusInput()
{
    m_input->setFocus(Qt::ShortcutFocusReason);
}

void RecipientsPanel::takeTyped()
{
    const QString text = m_input->text().trimmed();
    if (text.isEmpty())
        return;
    const PhoneNumber number = parsePhoneNumber(text, region());
    if (!number.hasE164())
        return openPaste(text); // says what was found in it, and asks for a country
    m_input->clear();
    add({}, {number});
}

/// Who goes on to the next field with a whole number typed means it; anything else stays and is told (stray()).
void RecipientsPanel::takeLeft()
{
    const QString text = stray();
    if (text.isEmpty() || m_input->hasFocus())
        return;
    const PhoneNumber number = parsePhoneNumber(text, region());
    if (!number.hasE164())
        return;
    m_input->clear();
    add({}, {number});
}

QString RecipientsPanel::stray() const
{
    return m_input->text().trimmed();
}

void RecipientsPanel::openPaste(const QString &text)
{
    auto *dialog = new QDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("recipientsDialog"));
    dialog->setWindowTitle(tr("Recipients"));
    dialog->setMinimumWidth(520);
    auto *field = new PasteField(region(), dialog);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, dialog);
    auto *take = buttons->addButton(tr("Add"), QDialogButtonBox::AcceptRole);
    take->setObjectName(QStringLiteral("add"));
    take->setDefault(true);
    const auto follow = [field, take] { take->setEnabled(!field->isReading() && !field->numbers().empty()); };
    follow();
    connect(field, &PasteField::changed, take, follow);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this, field, dialog] {
        add({}, field->numbers());
        m_input->clear();
        dialog->accept();
    });
    auto *column = new QVBoxLayout(dialog);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->addWidget(field);
    column->addStretch();
    column->addWidget(buttons);
    if (!text.isEmpty())
        field->setText(text);
    field->setFocus();
    dialog->open();
}

void RecipientsPanel::read()
{
    m_soon = Call();
    const Account *account = m_needs.accountOf(m_account);
    if (!account || m_model->rowCount() == 0) {
        m_read = Call();
        return showCurrent();
    }
    m_read = m_needs.desk.lines(m_model->recipients(), *account, [this](Result<std::vector<RecipientLine>> lines) {
        if (lines)
            return m_model->setLines(*std::move(lines));
        m_told->setText(failureSentence(lines.failure()));
        m_told->show();
    });
}

void RecipientsPanel::showCurrent()
{
    const int rows = m_model->rowCount();
    if (rows > 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model->index(0));
    //: heading of the recipients; %1 how many
    m_heading->setText(rows > 1 ? tr("To (%1)").arg(count(rows)) : tr("To"));
    m_list->setVisible(rows > 0);
    const int high = std::max(m_list->sizeHintForRow(0), m_list->fontMetrics().lineSpacing() + Space::tiny);
    m_list->setFixedHeight(std::clamp(rows, 1, rowsShown) * high + 4);
    const RecipientLine *line = m_model->line(m_list->currentIndex().row());
    const QString words = rows == 0
        ? tr("Nobody yet: type a number, paste several, or take the people chosen in Contacts.")
        : line ? CardWords::recipient(*line, m_needs.clock.now().wallMs)
               : QString();
    m_state->setText(words);
    m_state->setVisible(!words.isEmpty());
    m_remove->setVisible(rows > 0);
    const Account *account = m_needs.accountOf(m_account);
    const QString why = account ? CapabilityWords::whyNoCheck(*account) : QString();
    m_optIn->setVisible(line && line->mayRecordOptIn());
    m_checkNow->setVisible(line && line->mayCheck());
    m_checkNow->setEnabled(why.isEmpty() && !m_check->isBusy());
    m_checkNow->setToolTip(
        why.isEmpty() ? tr("Asks the current account about this number. It is one live check of the budget.") : why);
}

void RecipientsPanel::removeCurrent()
{
    const int row = m_list->currentIndex().row();
    m_model->remove(row);
    m_list->setCurrentIndex(m_model->index(std::min(row, m_model->rowCount() - 1)));
    if (m_model->rowCount() == 0)
        m_input->setFocus();
}

bool RecipientsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (watched == m_list && (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace)) {
            removeCurrent();
            return true;
        }
        if (watched == m_input && key->key() == Qt::Key_Escape && !m_input->text().isEmpty()) {
            m_input->clear();
            return true;
        }
        if (watched == m_input && key->matches(QKeySequence::Paste)) {
            const QString text = QGuiApplication::clipboard()->text();
            if (text.trimmed().contains(u'\n') || text.size() > mostTyped) {
                openPaste(text);
                return true;
            }
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace rollcall
