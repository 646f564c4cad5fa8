// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/internal/journalentrydialog.h"

#include "models/store/journal.h"
#include "models/store/store.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/detailwords.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"
#include "ui/text/outcomewords.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int rowsShown = 6;

} // namespace

std::vector<JournalNarrowing> narrowings(const JournalEntry &entry)
{
    std::vector<JournalNarrowing> ways;
    const QString name = OutcomeWords::subject(entry);
    if (entry.about.kind == JournalSubject::Kind::Person)
        ways.push_back({{.person = PersonId(entry.subject)}, name, {}});
    if (entry.about.kind == JournalSubject::Kind::Account)
        ways.push_back({{.account = AccountId(entry.subject)}, name, {}});
    if (entry.run.value() != 0)
        ways.push_back({{.run = entry.run}, JournalEntryDialog::tr("run %1").arg(count(entry.run.value())), {}});
    for (JournalNarrowing &way : ways)
        //: %1 a person, an account or a run
        way.words = JournalEntryDialog::tr("Only entries about %1").arg(way.name);
    return ways;
}

JournalEntryDialog::JournalEntryDialog(Store &store, const JournalEntry &entry, QWidget *parent)
    : QDialog(parent)
    , m_entry(entry)
    , m_heading(plainLabel(this, "heading", "title"))
    , m_facts(new FieldList(this))
    , m_whom(plainLabel(this, "whom", "heading"))
    , m_people(new QListWidget(this))
{
    setObjectName(QStringLiteral("journalEntry"));
    setWindowTitle(tr("Journal entry"));
    setMinimumWidth(600);
    build();
    fill();
    m_read = store.journal().people(
        entry.seq, mostNamed, [this](const Result<JournalPeople> &people) { showPeople(people); });
    growToContent(*this);
}

void JournalEntryDialog::build()
{
    m_facts->setObjectName(QStringLiteral("facts"));
    m_people->setObjectName(QStringLiteral("people"));
    m_people->setAccessibleName(tr("People"));
    m_people->setProperty("look", QStringLiteral("framed"));
    m_people->setUniformItemSizes(true);
    m_whom->hide();
    m_people->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    roomForBold(*buttons->button(QDialogButtonBox::Close));
    auto *copy = buttons->addButton(tr("Copy text"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copy"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this, [this] {
        QStringList lines{m_heading->text(), m_facts->text()};
        for (int row = 0; row < m_people->count(); ++row)
            lines << m_people->item(row)->text();
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    buttons->button(QDialogButtonBox::Close)->setFocus();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addWidget(m_heading);
    column->addWidget(m_facts);
    column->addWidget(m_whom);
    column->addWidget(m_people);
    int number = 0;
    for (const JournalNarrowing &way : narrowings(m_entry)) {
        auto *only = new QPushButton(this);
        only->setObjectName(QStringLiteral("only%1").arg(++number));
        only->setText(QString(way.words).replace(u'&', QStringLiteral("&&")));
        only->setAutoDefault(false);
        connect(only, &QPushButton::clicked, this, [this, way] {
            emit narrowed(way.to, way.name);
            accept();
        });
        column->addWidget(only, 0, Qt::AlignLeft);
    }
    column->addStretch();
    column->addWidget(buttons);
}

void JournalEntryDialog::fill()
{
    m_heading->setText(OutcomeWords::title(m_entry));
    m_facts->add(tr("No."), count(m_entry.seq));
    m_facts->add(tr("Time"), moment(m_entry.atMs));
    m_facts->add(tr("Operator"), oneLine(m_entry.operatorName));
    m_facts->add(tr("Who or what"), OutcomeWords::subject(m_entry));
    if (m_entry.about.kind != JournalSubject::Kind::Account)
        m_facts->add(tr("Account"), oneLine(m_entry.account));
    if (m_entry.run.value() != 0)
        m_facts->add(tr("Run"), count(m_entry.run.value()));
    m_facts->add(tr("Outcome"), OutcomeWords::text(m_entry));
    m_facts->add(tr("Details"),
        m_entry.details.isEmpty() && !m_entry.digest.isEmpty() ? tr("erased") : DetailWords::text(m_entry.details));
    m_facts->add(tr("Link of the chain"), QString::fromLatin1(m_entry.hash.toHex()));
}

void JournalEntryDialog::showPeople(const Result<JournalPeople> &people)
{
    if (!people) {
        m_whom->setText(failureSentence(people.failure()));
        return m_whom->show();
    }
    if (people->total == 0 || m_entry.about.kind == JournalSubject::Kind::Person)
        return; // who it is about stands among the facts
    const auto shown = qint64(people->people.size());
    m_whom->setText(shown < people->total ? tr("The first %1 of %2 people").arg(count(shown), count(people->total))
                                          : tr("%n person(s)", nullptr, forPlural(people->total)));
    for (const JournalPerson &person : people->people)
        m_people->addItem(OutcomeWords::subject(person.about, person.id.value()));
    m_people->setFixedHeight(m_people->sizeHintForRow(0) * int(std::min<qint64>(shown, rowsShown))
        + 2 * m_people->frameWidth() + Space::small);
    m_whom->show();
    m_people->show();
    growToContent(*this);
}

} // namespace rollcall
