// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/privacycommands.h"

#include "models/exchange/dossier.h"
#include "models/store/consents.h"
#include "models/store/erasures.h"
#include "models/store/people.h"
#include "models/store/store.h"
#include "ui/contacts/internal/consentdialog.h"
#include "ui/contacts/internal/dossierwords.h"
#include "ui/contacts/internal/erasedialog.h"
#include "ui/contacts/internal/marketingdialog.h"
#include "ui/contacts/internal/whom.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QWidget>

namespace rollcall {

PrivacyCommands::PrivacyCommands(const ContactsNeeds &needs, QWidget *window)
    : QObject(window)
    , m_needs(needs)
    , m_window(window)
{
}

PrivacyCommands::~PrivacyCommands() = default;

void PrivacyCommands::record(ConsentState what, std::vector<PersonId> people, AccountId account)
{
    if (people.empty() || m_dialog)
        return;
    const bool optIn = what == ConsentState::OptIn;
    m_dialog = new ConsentDialog(what, qint64(people.size()), optIn ? m_lastSource : QString(), m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    Whom::addTo(*m_dialog, m_needs.store, people);
    if (const Account *at = m_needs.accountOf(account); at && at->capabilities().block)
        m_dialog->offerBlock(Words::account(*at));
    connect(m_dialog, &ConsentDialog::recordWanted, this, [this, what, people = std::move(people)] {
        m_dialog->setBusy(true);
        m_record = m_needs.store.consents().record(
            people, m_dialog->consentEvent(),
            [this, what, people](const Done &done) {
                if (done)
                    return onRecorded(what, people);
                if (m_dialog)
                    m_dialog->showProblem(failureSentence(done.failure()));
            },
            m_dialog->liftsStop());
    });
    m_dialog->open();
}

void PrivacyCommands::onRecorded(ConsentState what, const std::vector<PersonId> &people)
{
    const auto number = qint64(people.size());
    const bool optOut = what == ConsentState::OptOut;
    const bool lifted = m_dialog && m_dialog->liftsStop();
    const bool block = m_dialog && m_dialog->blocks();
    if (m_dialog && !optOut)
        m_lastSource = m_dialog->consentEvent().source;
    if (m_dialog)
        m_dialog->accept();
    QString sentence = optOut
        ? tr("Recorded the opt-out of %1 people. They are do-not-contact now.", nullptr, forPlural(number))
        : tr("Recorded the opt-in of %1 people.", nullptr, forPlural(number));
    if (lifted)
        sentence = tr("Recorded the opt-in of %1 people. Do-not-contact was lifted where no later opt-out stands.",
            nullptr, forPlural(number));
    emit told(sentence.arg(count(number)));
    if (block)
        emit blockWanted(people);
}

void PrivacyCommands::marketing(std::vector<PersonId> people, AccountId account)
{
    if (people.empty() || m_marketingDialog)
        return;
    const Account *at = m_needs.accountOf(account);
    if (!at) {
        m_needs.asks.tell(m_window,
            {Notice::Kind::Info, tr("Marketing stop in WhatsApp"),
                tr("People stop the marketing messages of one account, and none is chosen. Add one on the Accounts "
                   "page "
                   "first."),
                {}});
        return;
    }
    m_marketingDialog = new MarketingDialog(qint64(people.size()), Words::account(*at), m_window);
    m_marketingDialog->setAttribute(Qt::WA_DeleteOnClose);
    Whom::addTo(*m_marketingDialog, m_needs.store, people);
    connect(m_marketingDialog, &MarketingDialog::recordWanted, this, [this, account, people = std::move(people)] {
        m_marketingDialog->setBusy(true);
        MarketingNote note = m_marketingDialog->note();
        note.account = account;
        m_record = m_needs.store.marketing().noteByHand(people, note, [this](const Result<qint64> &noted) {
            if (!noted) {
                if (m_marketingDialog)
                    m_marketingDialog->showProblem(noted.failure().kind == Failure::Kind::NotFound
                            ? tr("None of them has a number or another name at WhatsApp, so nothing was noted.")
                            : failureSentence(noted.failure()));
                return;
            }
            if (m_marketingDialog)
                m_marketingDialog->accept();
            emit told(tr("Noted for %1 people.", nullptr, forPlural(*noted)).arg(count(*noted)));
        });
    });
    m_marketingDialog->open();
}

void PrivacyCommands::dossier(PersonId person, AccountId account)
{
    if (person.isNull())
        return;
    m_read = m_needs.store.dossiers().read(person, account, [this](const Result<DossierFacts> &facts) {
        if (!facts)
            return tell(tr("Dossier"), facts.failure());
        FileWish wish;
        wish.title = tr("Write the dossier");
        wish.filter = tr("PDF files (*.pdf);;Web pages (*.html)");
        wish.start = QStringLiteral("dossier.pdf");
        m_needs.asks.saveFile(m_window, wish, [this, facts = *facts](const QString &file) {
            if (!file.isEmpty())
                save(facts, file);
        });
    });
}

void PrivacyCommands::save(const DossierFacts &facts, const QString &file)
{
    const DossierPage page = dossierPage(facts, m_needs.accountOf, m_needs.store.time().now.wallMs);
    const PersonId person = facts.person.row.id;
    emit told(tr("Writing the dossier…"));
    const QPointer<PrivacyCommands> self(this);
    m_pool.start([this, self, page, file, person] { // text is laid out and a file written: not on the GUI thread
        const Done done = writeDossier(page, file);
        QMetaObject::invokeMethod(
            this,
            [this, self, done, file, person] {
                if (!self)
                    return;
                if (!done)
                    return tell(tr("Dossier"), done.failure());
                m_note = m_needs.store.dossiers().note(person, [](const Done &) {});
                emit told(tr("Dossier written to %1.").arg(file));
            },
            Qt::QueuedConnection);
    });
}

void PrivacyCommands::erase(const std::vector<PersonId> &people)
{
    if (people.empty() || people.front().isNull() || m_erase.isOpen() || m_eraseDialog)
        return;
    if (people.size() == 1)
        eraseOne(people.front());
    else
        eraseMany(people);
}

void PrivacyCommands::eraseOne(PersonId person)
{
    m_read = m_needs.store.people().rows({person}, {}, [this, person](const Result<std::vector<PersonRow>> &rows) {
        if (!rows)
            return tell(tr("Erase but keep suppressed"), rows.failure());
        const QString name = rows->empty() ? QString() : oneLine(rows->front().fields.name);
        askToErase(name.isEmpty() ? tr("Erase this person for good?") : tr("Erase “%1” for good?").arg(name), {},
            [this, person] { eraseNow(person); });
    });
}

void PrivacyCommands::eraseMany(const std::vector<PersonId> &people)
{
    const std::vector<PersonId> first(
        people.begin(), people.begin() + std::ptrdiff_t(std::min(people.size(), std::size_t(Whom::mostNamed))));
    m_read = m_needs.store.people().rows(first, {}, [this, people](const Result<std::vector<PersonRow>> &rows) {
        if (!rows)
            return tell(tr("Erase but keep suppressed"), rows.failure());
        const auto number = qint64(people.size());
        askToErase(tr("Erase these %1 people for good?", nullptr, forPlural(number)).arg(count(number)),
            Whom::words(*rows, number), [this, people] {
                m_eraseDialog = new EraseDialog(m_needs.store, people, m_window);
                m_eraseDialog->setAttribute(Qt::WA_DeleteOnClose);
                connect(m_eraseDialog, &EraseDialog::told, this, &PrivacyCommands::told);
                m_eraseDialog->open();
            });
    });
}

void PrivacyCommands::askToErase(const QString &question, const QString &whom, std::function<void()> then)
{
    Question asked;
    asked.title = tr("Erase but keep suppressed");
    asked.text = question;
    asked.details = tr("This cannot be undone.\n\nWhat goes: name, number, e-mail, note, tags, consents, "
                       "verdicts, earlier values, kept "
                       "rows of files, details of journal entries and what gateways told, here and in every "
                       "backup of this profile.\n\n"
                       "What stays: the bare number (or id) as do-not-contact, so that a later import stays "
                       "suppressed; a block at a "
                       "gateway; and that something was done, without names. Files you exported or copied "
                       "elsewhere are not touched.");
    if (!whom.isEmpty())
        asked.details = whom + QStringLiteral("\n\n") + asked.details;
    asked.confirm = tr("Erase for good");
    asked.dangerous = true;
    m_needs.asks.confirm(m_window, asked, [then = std::move(then)](bool yes) {
        if (yes)
            then();
    });
}

void PrivacyCommands::eraseNow(PersonId person)
{
    emit told(tr("Erasing…"));
    m_erase = m_needs.store.erasures().erase(person, [this](const Result<EraseReport> &report) {
        if (!report)
            return tell(tr("Erase but keep suppressed"), report.failure());
        tellErased(*report);
    });
}

void PrivacyCommands::tellErased(const EraseReport &report)
{
    Notice notice;
    notice.title = tr("Erase but keep suppressed");
    if (!report.erased && report.openRemote == 0) {
        notice.kind = Notice::Kind::Warning;
        notice.text = tr("Nothing was erased: an import is being prepared, and this person may be in its rows.");
        notice.details = tr("Finish the import or cancel it, then erase again.");
        return m_needs.asks.tell(m_window, notice);
    }
    if (!report.erased) {
        notice.kind = Notice::Kind::Warning;
        notice.text = tr("Nothing was erased: %1 requests about this person are planned, under way or unclear.",
            nullptr, forPlural(report.openRemote))
                          .arg(count(report.openRemote));
        notice.details = tr("Cancel or settle them first, then erase again.");
        return m_needs.asks.tell(m_window, notice);
    }
    QStringList sentences;
    if (report.sharing > 0)
        sentences << tr("%1 other people have the same number. They stay, and are do-not-contact now.", nullptr,
            forPlural(report.sharing))
                         .arg(count(report.sharing));
    if (!report.failed.isEmpty())
        sentences << tr("These copies could not be changed and still hold the data; remove them yourself: %1")
                         .arg(report.failed.join(QStringLiteral(", ")));
    if (!report.leftIn.isEmpty())
        sentences << tr(
            "The same name, number or note is still found in: %1. Either somebody else has it too, or the file "
            "could not be changed.")
                         .arg(report.leftIn.join(QStringLiteral(", ")));
    const QString done = tr("Erased, and %1 journal entries were emptied. The number stays suppressed.", nullptr,
        forPlural(report.journalDetails))
                             .arg(count(report.journalDetails));
    emit told(done);
    if (sentences.isEmpty())
        return;
    notice.kind = Notice::Kind::Warning;
    notice.text = done;
    notice.details = sentences.join(QStringLiteral("\n\n"));
    m_needs.asks.tell(m_window, notice);
}

void PrivacyCommands::tell(const QString &title, const Failure &failure)
{
    m_needs.asks.tell(m_window, {Notice::Kind::Problem, title, failureSentence(failure), {}});
}

} // namespace rollcall
