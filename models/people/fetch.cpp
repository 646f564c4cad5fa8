// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/people/fetch.h"

#include "models/gateways/gateway.h"
#include "models/store/imports.h"

#include <QCryptographicHash>

namespace rollcall {

namespace {

constexpr qint64 mostRows = 2'000'000; // nobody's phone: a list that does not end
constexpr QChar separator(0x1f);

bool isLid(const QString &chatId)
{
    return chatId.endsWith(QLatin1String("@lid"));
}

/// The number in international digits, "" when none is told. A JID is made of one, a LID is not.
QString digitsOf(const GatewayContact &contact)
{
    QString told = contact.number;
    if (told.isEmpty() && !isLid(contact.chatId)
        && (contact.chatId.endsWith(QLatin1String("@c.us"))
            || contact.chatId.endsWith(QLatin1String("@s.whatsapp.net"))))
        told = contact.chatId.section(QLatin1Char('@'), 0, 0);
    return told.startsWith(QLatin1Char('+')) ? told.mid(1) : told;
}

const char *refusal(const GatewayContact &contact, const QString &digits, const FetchRequest &request)
{
    if (contact.other)
        return FetchReason::group;
    if (contact.me)
        return FetchReason::ownAccount;
    if (!contact.saved && !request.alsoFromChats)
        return FetchReason::notSaved;
    if (digits.isEmpty())
        return RejectReason::noNumber;
    return nullptr;
}

QByteArray digestOf(const GatewayContactsPage &page)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const GatewayContact &contact : page.contacts)
        hash.addData((contact.chatId + separator + contact.number + separator + contact.name + separator).toUtf8());
    return hash.result();
}

Failure endless(const QString &detail)
{
    return {.kind = Failure::Kind::BadReply, .detail = detail};
}

} // namespace

ListedRow listedRow(const GatewayContact &contact, const FetchRequest &request)
{
    ListedRow row;
    const QString digits = digitsOf(contact);
    PlannedRow &planned = row.planned;
    planned.reason = refusal(contact, digits, request);
    if (!planned.reason) {
        // A gateway's number is an international one: said with the plus, nothing reads a country into it later.
        planned.number = parsePhoneNumber(QLatin1Char('+') + digits, {});
        if (planned.number.state == NumberState::NotANumber)
            planned.reason = RejectReason::notANumber;
    }
    if (planned.reason) {
        QStringList parts{contact.chatId, contact.number, contact.name, contact.profileName};
        parts.removeAll(QString());
        planned.raw = parts.join(QStringLiteral(", ")).toStdString();
        return row;
    }
    planned.raw = planned.number.typed.toStdString();
    planned.name = contact.name.toStdString();
    if (!contact.saved && !request.chatsTag.isEmpty())
        planned.tags = Imports::joinedTags({request.chatsTag}).toStdString();
    ToldRow told{.profileName = contact.profileName, .about = contact.about, .saved = contact.saved};
    (isLid(contact.chatId) ? told.lid : told.chatId) = contact.chatId;
    row.told = told;
    return row;
}

ContactFetch::ContactFetch(Importer &importer, GatewayOf gatewayOf, QObject *parent)
    : QObject(parent)
    , m_importer(importer)
    , m_gatewayOf(std::move(gatewayOf))
{
}

ContactFetch::~ContactFetch() = default;

void ContactFetch::start(const FetchRequest &request)
{
    m_request = request;
    m_progress = {};
    m_problem.reset();
    m_staged.reset();
    m_stage.reset();
    m_cursor.clear();
    m_cursors.clear();
    m_pages.clear();
    turn(State::Reading);
    openStage();
}

void ContactFetch::openStage()
{
    m_asking = true;
    m_call = m_importer.openStage([this](Result<std::shared_ptr<RowStage>> stage) {
        m_asking = false;
        if (!stage)
            return fail(stage.failure());
        m_stage = *std::move(stage);
        if (m_state == State::Reading)
            askPage();
    });
}

void ContactFetch::askPage()
{
    Gateway *gateway = m_gatewayOf(m_request.account.id);
    if (!gateway)
        return fail({.kind = Failure::Kind::NotFound, .detail = QStringLiteral("the account is gone")});
    m_asking = true;
    const PageAsk ask{m_cursor, std::max(1, gateway->capabilities().pageSize)};
    m_call = gateway->contacts(ask, [this](Result<GatewayContactsPage> page) {
        m_asking = false;
        if (!page)
            return hold(page.failure());
        onPage(*page);
    });
}

void ContactFetch::onPage(const GatewayContactsPage &page)
{
    if (!page.contacts.empty()) {
        const QByteArray digest = digestOf(page);
        if (m_pages.contains(digest))
            return fail(endless(QStringLiteral("the same page came twice")));
        m_pages.insert(digest);
    }
    if (m_progress.rows + qint64(page.contacts.size()) > mostRows)
        return fail(endless(QStringLiteral("the list does not end")));
    m_cursors.insert(m_cursor);
    if (!page.next.isEmpty() && m_cursors.contains(page.next))
        return fail(endless(QStringLiteral("the cursor repeats")));
    std::vector<ListedRow> rows;
    rows.reserve(page.contacts.size());
    for (const GatewayContact &contact : page.contacts)
        rows.push_back(listedRow(contact, m_request));
    m_progress.total = page.total;
    m_asking = true;
    m_call = m_importer.append(
        m_stage, std::move(rows), [this, came = qint64(page.contacts.size()), next = page.next](const Done &done) {
            m_asking = false;
            if (!done)
                return fail(done.failure());
            m_progress.rows += came;
            ++m_progress.pages;
            onKept(next);
        });
}

void ContactFetch::onKept(const QString &next)
{
    m_cursor = next;
    if (next.isEmpty())
        return close();
    emit changed();
    if (m_state == State::Reading)
        askPage();
}

void ContactFetch::close()
{
    turn(State::Comparing);
    m_asking = true;
    m_call = m_importer.closeStage(m_stage, {QStringLiteral("fetch"), m_request.account.id, m_request.account.name},
        m_request.consent, std::make_shared<JobControl>(), [this](Result<StagedImport> staged) {
            m_asking = false;
            m_stage.reset();
            if (!staged)
                return fail(staged.failure());
            m_staged = *std::move(staged);
            turn(State::Staged);
        });
}

void ContactFetch::pause()
{
    if (m_state == State::Reading)
        turn(State::Paused);
}

void ContactFetch::resume()
{
    if (m_state != State::Paused)
        return;
    m_problem.reset();
    turn(State::Reading);
    if (!m_asking) // else the answer under way goes on
        askPage();
}

void ContactFetch::cancel()
{
    m_call = Call();
    m_asking = false;
    m_stage.reset();
    m_staged.reset();
    m_problem.reset();
    turn(State::Idle);
}

void ContactFetch::hold(const Failure &failure)
{
    if (failure.kind == Failure::Kind::Unsupported)
        return fail(failure); // resuming would only hear it again
    m_problem = failure;
    turn(State::Paused);
}

void ContactFetch::fail(const Failure &failure)
{
    m_stage.reset();
    m_problem = failure;
    turn(State::Failed);
}

void ContactFetch::turn(State state)
{
    m_state = state;
    emit changed();
}

} // namespace rollcall
