// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/detailspane.h"

#include "models/base/clock.h"
#include "models/store/people.h"
#include "models/store/store.h"
#include "ui/contacts/contactswords.h"
#include "ui/contacts/internal/answersview.h"
#include "ui/contacts/internal/gatewayview.h"
#include "ui/contacts/internal/lightsview.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/icons.h"
#include "ui/parts/theme.h"
#include "ui/parts/wraplabel.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr std::size_t historyLines = 20;

WrapLabel *plain(QWidget *parent, const char *look)
{
    auto *label = new WrapLabel(parent);
    label->setProperty("look", QString::fromLatin1(look));
    return label;
}

} // namespace

DetailsPane::DetailsPane(
    Store &store, VerdictView::AccountOf accountOf, PersonLookup *lookup, QAction *edit, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_accountOf(std::move(accountOf))
    , m_stack(new QStackedWidget(this))
    , m_name(plain(this, "title"))
    , m_number(plain(this, "mono"))
    , m_note(plain(this, "muted"))
    , m_verdict(new VerdictView(m_accountOf, this))
    , m_answers(new AnswersView(m_accountOf, this))
    , m_gateway(new GatewayView(lookup, m_accountOf, this))
    , m_lights(new LightsView(m_accountOf, this))
    , m_fields(new FieldList(this))
    , m_aliases(new FieldList(this))
    , m_consents(new FieldList(this))
    , m_history(new FieldList(this))
    , m_consentRow(new QHBoxLayout)
{
    setObjectName(QStringLiteral("details"));
    setAccessibleName(tr("Details"));
    setMinimumWidth(280);
    auto *facts = new QWidget;
    auto *column = new QVBoxLayout(facts);
    column->setContentsMargins(0, 0, Space::small, 0);
    column->setSpacing(Space::small);
    column->addWidget(m_name);
    column->addWidget(m_number);
    column->addSpacing(Space::small);
    column->addWidget(heading(tr("Verdict")));
    column->addWidget(m_verdict);
    column->addSpacing(Space::small);
    column->addWidget(m_answers);
    column->addSpacing(Space::small);
    column->addWidget(heading(tr("Stops")));
    column->addWidget(m_lights);
    column->addSpacing(Space::small);
    column->addWidget(heading(tr("Person")));
    column->addWidget(m_fields);
    column->addWidget(m_aliases);
    column->addSpacing(Space::small);
    column->addWidget(m_gateway);
    column->addSpacing(Space::small);
    column->addWidget(m_consentHeading = heading(tr("Consent")));
    column->addWidget(m_consents);
    column->addLayout(m_consentRow);
    column->addSpacing(Space::small);
    column->addWidget(m_historyHeading = heading(tr("Earlier answers")));
    column->addWidget(m_history);
    column->addStretch();
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(facts);

    m_note->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(m_note);
    m_stack->addWidget(scroll);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(Space::medium, Space::small, Space::small, Space::small);
    outer->addLayout(makeBar(edit));
    outer->addWidget(m_stack, 1);
    setPerson({}, {});
    connect(&m_store, &Store::changed, this, [this](const Change &change) {
        if ((change.kinds & (Change::PeopleChanged | Change::VerdictsChanged | Change::BlocksChanged)) != 0)
            read();
    });
}

QLayout *DetailsPane::makeBar(QAction *edit)
{
    auto *bar = new QHBoxLayout;
    bar->addWidget(heading(tr("Details")), 1);
    if (edit) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(edit);
        button->setFocusPolicy(Qt::StrongFocus);
        bar->addWidget(button);
    }
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("closeDetails"));
    close->setAccessibleName(tr("Close details"));
    close->setToolTip(tr("Close details"));
    close->setIcon(icon(QStringLiteral("close")));
    close->setFocusPolicy(Qt::StrongFocus);
    connect(close, &QToolButton::clicked, this, &DetailsPane::closed);
    bar->addWidget(close);
    return bar;
}

void DetailsPane::addConsentButtons(const QList<QAction *> &actions)
{
    for (QAction *action : actions) {
        if (!action)
            continue;
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        m_consentRow->addWidget(button);
    }
    m_consentRow->addStretch();
}

void DetailsPane::addLightButtons(const QList<QAction *> &actions)
{
    m_lights->addButtons(actions);
}

QLabel *DetailsPane::heading(const QString &words)
{
    auto *label = new QLabel(words, this);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("look", QStringLiteral("heading"));
    return label;
}

void DetailsPane::setPerson(PersonId person, AccountId account)
{
    m_person = person;
    m_account = account;
    if (!person.isNull())
        return read();
    m_read = Call();
    m_readLights = Call();
    m_note->setWords(tr("Choose a person to see what is known of them."));
    m_stack->setCurrentIndex(0);
}

void DetailsPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        read();
}

void DetailsPane::read()
{
    if (m_person.isNull())
        return;
    m_stale = !isVisible();
    if (m_stale)
        return;
    m_readLights = Call();
    m_read = m_store.people().details(m_person, m_account, [this](Result<PersonDetails> details) {
        if (!details)
            return fail(details.failure());
        // Shown together: one person's name never stands over another's lights.
        m_readLights = m_store.people().lights(
            m_person, [this, details = *std::move(details)](const Result<PersonLights> &lights) {
                if (!lights)
                    return fail(lights.failure());
                m_lights->setLights(details.row, *lights, m_account, m_store.clock().now().wallMs);
                show(details);
            });
    });
}

void DetailsPane::fail(const Failure &failure)
{
    m_note->setWords(failure.kind == Failure::Kind::NotFound ? tr("This person is no longer in the list.")
                                                             : failureSentence(failure));
    m_stack->setCurrentIndex(0);
}

void DetailsPane::show(const PersonDetails &details)
{
    const PersonRow &row = details.row;
    const PersonFields &fields = row.fields;
    m_name->setWords(fields.name.isEmpty() ? tr("(no name)") : oneLine(fields.name));
    m_number->setWords(shownNumber(fields.number));
    m_verdict->setVerdict(row.verdict, m_store.time());
    m_gateway->setPerson(details, m_account);
    m_answers->setAnswers(details.byAccount, row.disagree, m_store.time());

    m_fields->clear();
    m_fields->add(tr("Typed as"), numberText(oneLine(fields.number.typed)));
    m_fields->add(tr("Number"), numberText(fields.number.e164Text()));
    m_fields->add(tr("Reading"), fields.number.typed.isEmpty() ? QString() : Words::numberState(fields.number.state));
    m_fields->add(tr("Country"), fields.number.region.isEmpty() ? QString() : Words::country(fields.number.region));
    m_fields->add(tr("E-mail"), oneLine(fields.email));
    m_fields->add(tr("Organisation"), oneLine(fields.organisation));
    m_fields->add(tr("Tags"), oneLine(fields.tags.join(QStringLiteral(", "))));
    m_fields->add(tr("Note"), oneLine(fields.note));
    m_fields->add(tr("Added"), moment(row.createdMs));
    m_fields->add(tr("No. in the journal"), QString::number(row.id.value()));

    m_aliases->clear();
    for (const Alias &alias : details.aliases) {
        const bool shown = alias.text == fields.number.typed || alias.text == fields.number.e164Text();
        if (!shown)
            m_aliases->add(Words::aliasKind(alias.kind), oneLine(alias.text));
    }
    m_consents->clear();
    for (const ConsentEvent &event : details.consents) {
        QStringList parts{Words::consent(event.what), oneLine(event.source), oneLine(event.wording), oneLine(event.by)};
        parts.removeAll(QString());
        m_consents->add(event.atMs == 0 ? tr("Date not known") : moment(event.atMs), parts.join(QStringLiteral(", ")));
    }
    if (details.consents.empty())
        m_consents->add(tr("On record"), Words::consent(ConsentState::None));
    showHistory(details.history);
    m_stack->setCurrentIndex(1);
}

void DetailsPane::showHistory(const std::vector<Verdict> &history)
{
    m_history->clear();
    for (std::size_t at = 0; at < history.size() && at < historyLines; ++at) {
        const Verdict &verdict = history[at];
        const Account *account = m_accountOf(verdict.account);
        QStringList parts{Words::verdict(verdict.word), Words::source(verdict.source),
            account ? account->name : tr("an account that was removed"), oneLine(verdict.rawWord)};
        parts.removeAll(QString());
        m_history->add(moment(verdict.at.wallMs), parts.join(QStringLiteral(", ")));
    }
    m_historyHeading->setVisible(!m_history->isEmpty());
}

} // namespace rollcall
