// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/composepage.h"

#include "models/base/clock.h"
#include "models/settings/settings.h"
#include "models/store/people.h"
#include "models/store/store.h"
#include "ui/compose/internal/cardspane.h"
#include "ui/compose/internal/composetools.h"
#include "ui/compose/internal/jsonview.h"
#include "ui/compose/internal/previewpane.h"
#include "ui/compose/internal/recipientspanel.h"
#include "ui/compose/replyfield.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

namespace {

constexpr int layoutVersion = 1;
constexpr qint64 jsonPauseMs = 200;

QStringList cardFiles(const QMimeData &data)
{
    QStringList files;
    const QList<QUrl> urls = data.urls();
    for (const QUrl &url : urls) {
        const QString path = url.isLocalFile() ? url.toLocalFile() : QString();
        if (path.endsWith(QLatin1String(".vcf"), Qt::CaseInsensitive)
            || path.endsWith(QLatin1String(".vcard"), Qt::CaseInsensitive))
            files << path;
    }
    return files;
}

} // namespace

ComposePage::ComposePage(ComposeNeeds needs, const ComposeActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_needs(std::move(needs))
    , m_tools(new ComposeTools(m_needs, actions, this))
    , m_recipients(new RecipientsPanel(m_needs, this))
    , m_cards(new CardsPane(m_needs, this))
    , m_show(new QPushButton(tr("Show it"), this))
    , m_send(new QToolButton(this))
    , m_preview(new PreviewPane(m_needs, this))
    , m_json(new JsonView(this))
    , m_tabs(new QTabWidget(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_problem(plainLabel(this, "composeProblem", "problem"))
{
    setObjectName(QStringLiteral("composePage"));
    setAcceptDrops(true);
    m_splitter->setObjectName(QStringLiteral("composeSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(buildLeft(actions));
    m_splitter->addWidget(buildRight());
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tools);
    column->addWidget(m_splitter, 1);
    m_splitter->restoreState(m_needs.settings.viewState(QStringLiteral("compose-splitter"), layoutVersion));
    connectParts();
    showMessage();
    showSendable();
}

ComposePage::~ComposePage() = default;

QWidget *ComposePage::buildLeft(const ComposeActions &actions)
{
    auto *left = new QWidget(this);
    if (actions.send) {
        m_send->setDefaultAction(actions.send);
        m_send->setToolButtonStyle(Qt::ToolButtonTextOnly);
    }
    m_send->setObjectName(QStringLiteral("send"));
    m_send->setProperty("look", QStringLiteral("primary"));
    m_send->setFocusPolicy(Qt::StrongFocus);
    auto *bottom = new QHBoxLayout;
    m_show->setObjectName(QStringLiteral("showProblem"));
    m_show->setProperty("look", QStringLiteral("quiet"));
    m_show->setToolTip(tr("Goes to the field that this is about."));
    m_show->setAutoDefault(false);
    connect(m_show, &QPushButton::clicked, this, &ComposePage::focusProblem);
    bottom->addWidget(m_problem, 1);
    bottom->addWidget(m_show, 0, Qt::AlignBottom);
    bottom->addWidget(m_send, 0, Qt::AlignBottom);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(Space::medium, Space::small, Space::small, Space::small);
    column->setSpacing(Space::small);
    column->addWidget(m_recipients);
    column->addWidget(m_cards, 1);
    column->addLayout(bottom);
    return left;
}

QWidget *ComposePage::buildRight()
{
    m_tabs->setObjectName(QStringLiteral("composeTabs"));
    m_tabs->setAccessibleName(tr("Preview and JSON"));
    m_tabs->setMinimumWidth(360);
    m_tabs->addTab(m_preview, tr("Preview"));
    m_tabs->addTab(m_json, tr("JSON"));
    return m_tabs;
}

void ComposePage::connectParts()
{
    m_tools->setComposition([this] { return composition(); });
    m_tools->setMessage([this] { return messageBytes(); });
    connect(m_tools, &ComposeTools::newWanted, this, &ComposePage::askNew);
    connect(m_tools, &ComposeTools::cardsRead, this, &ComposePage::addCards);
    connect(m_tools, &ComposeTools::applied, this, &ComposePage::setComposition);
    connect(m_tools, &ComposeTools::told, this, &ComposePage::told);
    connect(m_recipients, &RecipientsPanel::edited, this, &ComposePage::onEdited);
    connect(m_recipients, &RecipientsPanel::typed, this, &ComposePage::showSendable);
    // The recipient stands in the JSON as the gateway knows them, which is known only now.
    connect(&m_recipients->model(), &QAbstractItemModel::dataChanged, this, &ComposePage::showJson);
    connect(m_recipients, &RecipientsPanel::peopleWanted, this, &ComposePage::peopleWanted);
    connect(m_recipients, &RecipientsPanel::optInWanted, this, &ComposePage::optInWanted);
    connect(m_recipients, &RecipientsPanel::told, this, &ComposePage::told);
    connect(m_cards, &CardsPane::changed, this, &ComposePage::showMessage);
    connect(m_cards, &CardsPane::cardsEdited, this, &ComposePage::onEdited);
    connect(m_preview, &PreviewPane::waIdTaken, this, [this](int phone, const QString &waId) {
        m_cards->changeCurrent([phone, &waId](Card &card) {
            if (phone >= 0 && std::size_t(phone) < card.phones.size())
                card.phones[std::size_t(phone)].waId = waId;
        });
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, &ComposePage::showJson);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        m_needs.settings.setViewState(QStringLiteral("compose-splitter"), layoutVersion, m_splitter->saveState());
    });
    connect(&m_needs.drafts, &DraftKeeper::saved, this, [this] { m_tools->showDraftState(tr("Draft saved")); });
    connect(&m_needs.drafts, &DraftKeeper::erased, this, [this] {
        const QScopedValueRollback restoring(m_restoring, true);
        setComposition({});
        m_tools->showDraftState({});
        emit told(tr("The message that was being written named a person who was erased. It was thrown away with them; "
                     "nothing of it was sent."));
    });
    connect(&m_needs.drafts, &DraftKeeper::failed, this, [this](const Failure &failure) {
        m_tools->showDraftState(tr("Draft not saved"));
        emit told(failureSentence(failure));
    });
}

void ComposePage::load()
{
    if (std::exchange(m_loaded, true))
        return;
    m_restore = m_needs.drafts.restore([this](Result<std::optional<Composition>> draft) {
        if (!draft)
            return emit told(failureSentence(draft.failure()));
        if (!*draft || !composition().isEmpty()) // somebody was faster than the store
            return;
        const QScopedValueRollback restoring(m_restoring, true);
        setComposition(**draft);
        m_tools->showDraftState(tr("Draft restored"));
    });
}

void ComposePage::setAccount(AccountId account)
{
    m_account = account;
    m_tools->setAccount(account);
    m_recipients->setAccount(account);
    m_preview->setAccount(account);
    showJson();
    showSendable();
}

void ComposePage::setWritable(bool writable, const QString &why)
{
    m_writable = writable;
    m_whyNot = why;
    m_tools->setWritable(writable, why);
    showSendable();
}

Recipients ComposePage::recipients() const
{
    return m_recipients->recipients();
}

std::vector<Card> ComposePage::cards() const
{
    return m_cards->model().cards();
}

QString ComposePage::replyTo() const
{
    return m_recipients->reply().text();
}

Composition ComposePage::composition() const
{
    Composition composition;
    composition.replyTo = replyTo();
    composition.cards = cards();
    const Recipients &to = m_recipients->recipients();
    composition.people = to.people;
    for (const PhoneNumber &number : to.numbers)
        composition.numbers << (number.hasE164() ? number.e164Text() : number.typed);
    return composition;
}

void ComposePage::setComposition(const Composition &composition)
{
    Recipients to;
    to.people = composition.people;
    const QString region = m_needs.settings.value(Keys::defaultRegion);
    for (const QString &number : composition.numbers)
        to.numbers.push_back(parsePhoneNumber(number, region));
    m_recipients->reply().setText(composition.replyTo);
    m_recipients->setRecipients(to);
    m_cards->setCards(composition.cards);
}

void ComposePage::clear()
{
    {
        const QScopedValueRollback restoring(m_restoring, true); // an empty message is no draft to keep
        setComposition({});
    }
    m_needs.drafts.forget();
    m_tools->showDraftState({});
}

void ComposePage::askNew()
{
    if (composition().isEmpty())
        return clear();
    Question question;
    question.title = tr("New message");
    question.text = tr("Throw this message away and begin anew?");
    question.details = tr("Nothing of it was sent. Save it as a template first to keep it.");
    question.confirm = tr("Throw away");
    question.dangerous = true;
    m_needs.asks.confirm(this, question, [this](bool yes) {
        if (yes)
            clear();
    });
}

void ComposePage::addCards(const std::vector<Card> &cards)
{
    const int left = m_cards->add(cards);
    if (left > 0)
        emit told(tr("%1 cards were left out: a message holds %2.", nullptr, forPlural(left))
                      .arg(count(left), count(mostCards)));
}

void ComposePage::addPeople(const std::vector<PersonId> &people)
{
    std::vector<PersonId> fit = people;
    if (fit.size() > std::size_t(mostCards))
        fit.resize(std::size_t(mostCards));
    const qint64 left = qint64(people.size()) - qint64(fit.size());
    m_people = m_needs.store.people().rows(fit, m_account, [this, left](Result<std::vector<PersonRow>> rows) {
        if (!rows)
            return emit told(failureSentence(rows.failure()));
        std::vector<Card> cards;
        const TimeView time = m_needs.store.time();
        const Account *account = m_needs.accountOf(m_account);
        const qint64 keep = account ? account->keepSeconds : secondsFresh;
        for (const PersonRow &row : *rows) {
            const bool valid
                = row.verdict.word == VerdictWord::Valid && isFresh(row.verdict.word, row.verdict.at, time, keep);
            cards.push_back(cardOf(row.fields, valid ? row.verdict.waId : QString()));
        }
        const auto number = qint64(cards.size());
        addCards(cards);
        QString sentence = tr("%1 people were added as cards.", nullptr, forPlural(number)).arg(count(number));
        if (left > 0)
            sentence += u' ' + tr("%1 were left out: a message holds %2.").arg(count(left), count(mostCards));
        emit told(sentence);
    });
}

void ComposePage::addRecipients(const std::vector<PersonId> &people)
{
    if (people.empty())
        return emit told(tr("Nobody is chosen on the Contacts page."));
    m_recipients->add(people, {});
}

void ComposePage::openFiles(const QStringList &paths)
{
    m_tools->openFiles(paths);
}

void ComposePage::onEdited()
{
    if (m_loaded && !m_restoring) {
        m_needs.drafts.keep(composition());
        m_tools->showDraftState(tr("Saving the draft…"));
    }
    showSendable();
    if (!m_jsonSoon.isOpen() && m_tabs->currentWidget() == m_json)
        m_jsonSoon = m_needs.clock.after(jsonPauseMs, [this] { showJson(); });
}

void ComposePage::showMessage()
{
    m_preview->setCards(m_cards->model().cards(), m_cards->current());
    m_tools->setAnyCards(m_cards->model().count() > 0);
    emit countsChanged();
}

void ComposePage::showJson()
{
    m_jsonSoon = Call();
    if (m_tabs->currentWidget() != m_json)
        return;
    const Account *account = m_needs.accountOf(m_account);
    if (!account)
        return m_json->setReason(tr("There is no account yet: add one first."));
    if (m_cards->model().count() == 0)
        return m_json->setReason(tr("Add a card to see the JSON."));
    const Result<QByteArray> json = messageBytes();
    if (!json)
        return m_json->setReason(failureSentence(json.failure(), account->kind));
    m_json->setBytes(*json, whereItGoes(Words::account(*account)));
}

/// To the first who is sent to; "…" stands for a recipient that is not there yet.
Result<QByteArray> ComposePage::messageBytes() const
{
    const Account *account = m_needs.accountOf(m_account);
    const RecipientLine *first = m_recipients->model().firstSentTo();
    const QString to = first ? first->ask : QString();
    return messageJson(account ? account->kind : GatewayKind::SendApi, to.isEmpty() ? QStringLiteral("…") : to,
        m_cards->model().cards(), replyTo());
}

QString ComposePage::whereItGoes(const QString &account) const
{
    const RecipientsModel &recipients = m_recipients->model();
    const int sentTo = recipients.sentTo();
    if (sentTo == 0 && recipients.rowCount() > 0 && recipients.isRead())
        return tr("Nothing goes out at %1: none of the recipients is sent to.").arg(account);
    if (sentTo == 0)
        return tr("What goes out at %1, once there is a recipient.").arg(account);
    QString where = tr("Exactly what goes out at %1.").arg(account);
    if (sentTo > 1)
        where += u' ' + tr("The other recipients get the same with their own number.");
    if (sentTo < recipients.rowCount())
        where += u' ' + tr("Who is not sent to gets nothing.");
    return where;
}

QString ComposePage::whyNotSendable() const
{
    if (!m_writable)
        return m_whyNot;
    const Account *account = m_needs.accountOf(m_account);
    if (!account)
        return tr("There is no account yet: add one first.");
    if (const QString why = CapabilityWords::whyNot(*account, Capability::SendCards); !why.isEmpty())
        return why;
    if (m_cards->model().count() == 0)
        return tr("The message has no card yet.");
    if (m_cards->model().hasError())
        return tr("Something is missing or wrong on a card. It stands beside the field.");
    // Before the missing recipient: it says what became of what was typed.
    if (const QString stray = m_recipients->stray(); !stray.isEmpty())
        return tr("“%1” under To is no recipient yet: press Enter there, or empty it.").arg(oneLine(stray.left(60)));
    if (m_recipients->model().rowCount() == 0)
        return tr("The message has no recipient yet.");
    return m_recipients->reply().whyNot(m_recipients->model().rowCount());
}

void ComposePage::focusProblem()
{
    if (m_cards->model().count() == 0 || m_cards->model().hasError())
        m_cards->focusFirstError();
    else if (m_recipients->model().rowCount() == 0 || !m_recipients->stray().isEmpty())
        m_recipients->focusInput();
    else
        m_recipients->reply().focusInput();
}

void ComposePage::showSendable()
{
    m_problem->setText(whyNotSendable());
    const bool ours = m_cards->model().hasError() || m_recipients->model().rowCount() == 0
        || !m_recipients->stray().isEmpty()
        || !m_recipients->reply().whyNot(m_recipients->model().rowCount()).isEmpty(); // else it is the account
    m_show->setVisible(!m_problem->text().isEmpty() && ours);
    emit sendableChanged();
}

qint64 ComposePage::shownCount() const
{
    return m_cards->model().count();
}

void ComposePage::dragEnterEvent(QDragEnterEvent *event)
{
    if (!cardFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ComposePage::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    openFiles(cardFiles(*event->mimeData()));
}

void ComposePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showSendable();
    // The stack of pages gives the focus to the first button it finds: one begins under To instead, and later where one
    // was. Who walks through the navigation by its keys stays there.
    if (!focusWidget())
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_tools->isAncestorOf(window()->focusWidget()))
                    m_recipients->focusInput();
            },
            Qt::QueuedConnection);
}

void ComposePage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    emit sendableChanged();
}

} // namespace rollcall
