// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/people/fetch.h"

#include "models/base/json.h"
#include "models/base/worker.h"
#include "models/gateways/gateway.h"
#include "models/store/imports.h"
#include "models/store/store.h"

#include <QCryptographicHash>

namespace rollcall {

namespace {

constexpr qint64 mostRows = 2'000'000; // nobody's phone: a list that does not end
constexpr QChar separator(0x1f);
constexpr int pagesAtOnce = 20; // of what is kept, on the way back from the store

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

QByteArray keptForm(const GatewayContactsPage &page)
{
    Json::Array rows;
    for (const GatewayContact &contact : page.contacts) {
        int is = 0;
        for (const bool bit : {contact.saved, contact.me, contact.other})
            is = is * 2 + int(bit);
        Json::Array row;
        for (const QString &text : {contact.chatId, contact.number, contact.name, contact.profileName, contact.about})
            row.emplace_back(text);
        row.emplace_back(qint64(is));
        rows.emplace_back(std::move(row));
    }
    return Json(std::move(rows)).toCompact();
}

Result<GatewayContactsPage> fromKeptForm(const QByteArray &bytes)
{
    const Failure odd{.kind = Failure::Kind::BadInput, .detail = QStringLiteral("a kept page is not one of ours")};
    const Result<Json> rows = parseJson(bytes);
    if (!rows || !rows->isArray())
        return odd;
    GatewayContactsPage page;
    for (const Json &row : rows->array()) {
        const Json::Array &parts = row.array();
        const std::optional<qint64> is = parts.size() == 6 ? parts[5].toInteger() : std::nullopt;
        if (!is)
            return odd;
        GatewayContact contact;
        contact.chatId = parts[0].toString();
        contact.number = parts[1].toString();
        contact.name = parts[2].toString();
        contact.profileName = parts[3].toString();
        contact.about = parts[4].toString();
        contact.saved = (*is & 4) != 0;
        contact.me = (*is & 2) != 0;
        contact.other = (*is & 1) != 0;
        page.contacts.push_back(std::move(contact));
    }
    return page;
}

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

ContactFetch::ContactFetch(Importer &importer, Store &store, GatewayOf gatewayOf, QObject *parent)
    : QObject(parent)
    , m_importer(importer)
    , m_store(store)
    , m_gatewayOf(std::move(gatewayOf))
{
}

ContactFetch::~ContactFetch() = default;

void ContactFetch::start(const FetchRequest &request)
{
    begin(request, true);
}

void ContactFetch::goOn(const FetchRequest &request)
{
    begin(request, false);
}

void ContactFetch::begin(const FetchRequest &request, bool anew)
{
    m_request = request;
    m_anew = anew;
    m_progress = {};
    m_kept = {};
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
        if (!stage) {
            m_asking = false;
            return fail(stage.failure());
        }
        m_stage = *std::move(stage);
        recall();
    });
}

struct ContactFetch::Recalled {
    GatewayContactsPage page = {};
    QStringList cursors = {};
    QList<QByteArray> digests = {};
    qint64 pages = 0;
};

/// What is kept of before: dropped, or looked for.
void ContactFetch::recall()
{
    const AccountId account = m_request.account.id;
    if (m_anew) {
        m_call = m_store.gatewayNotes().drop(account, [this](const Done &done) {
            m_asking = false;
            if (!done)
                return fail(done.failure());
            if (m_state == State::Reading)
                askPage();
        });
        return;
    }
    m_call = m_store.gatewayNotes().kept(account, [this](const Result<std::optional<KeptFetch>> &kept) {
        if (!kept) {
            m_asking = false;
            return fail(kept.failure());
        }
        m_kept = kept->value_or(KeptFetch{});
        recalled({});
    });
}

/// A portion of the kept pages goes the way of pages just read, then the next portion. Read on a worker.
void ContactFetch::readKept(const std::vector<KeptPage> &pages)
{
    m_call = onWorker<Result<Recalled>>(
        [pages]() -> Result<Recalled> {
            Recalled all;
            for (const KeptPage &page : pages) {
                Result<GatewayContactsPage> read = fromKeptForm(page.rows);
                if (!read)
                    return read.failure();
                all.cursors << page.asked;
                all.digests << digestOf(*read);
                all.page.contacts.insert(all.page.contacts.end(), read->contacts.begin(), read->contacts.end());
            }
            all.pages = qint64(pages.size());
            return all;
        },
        [this](const Result<Recalled> &all) {
            if (all)
                return recalled(*all);
            m_asking = false;
            fail(all.failure());
        });
}

void ContactFetch::recalled(const Recalled &all)
{
    for (const QString &cursor : all.cursors)
        m_cursors.insert(cursor);
    for (const QByteArray &digest : all.digests)
        m_pages.insert(digest);
    m_progress.pages += all.pages;
    append(all.page, [this] {
        m_progress.total = m_kept.total;
        if (m_progress.pages < m_kept.pages) {
            emit changed();
            m_call = m_store.gatewayNotes().keptPages(
                m_request.account.id, m_progress.pages, pagesAtOnce, [this](const Result<std::vector<KeptPage>> &more) {
                    // As many as were kept, each once: else somebody would be missing or doubled without a word.
                    if (more && !more->empty() && m_progress.pages + qint64(more->size()) <= m_kept.pages)
                        return readKept(*more);
                    m_asking = false;
                    fail(more ? endless(QStringLiteral("kept pages are missing")) : more.failure());
                });
            return;
        }
        m_asking = false;
        if (m_progress.rows != m_kept.rows)
            return fail(endless(QStringLiteral("kept rows are missing")));
        m_cursor = m_kept.cursor;
        if (m_kept.pages > 0 && m_cursor.isEmpty())
            return close();
        emit changed();
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
    m_progress.total = page.total;
    m_asking = true;
    append(page, [this, page] { keepPage(page); });
}

void ContactFetch::append(const GatewayContactsPage &page, std::function<void()> then)
{
    std::vector<ListedRow> rows;
    rows.reserve(page.contacts.size());
    for (const GatewayContact &contact : page.contacts)
        rows.push_back(listedRow(contact, m_request));
    m_call = m_importer.append(m_stage, std::move(rows),
        [this, came = qint64(page.contacts.size()), then = std::move(then)](const Done &done) {
            if (!done) {
                m_asking = false;
                return fail(done.failure());
            }
            m_progress.rows += came;
            const auto next = then; // what comes next may take this callback away
            next();
        });
}

void ContactFetch::keepPage(const GatewayContactsPage &page)
{
    KeptFetch after = m_kept;
    after.account = m_request.account.id;
    after.cursor = page.next;
    ++after.pages;
    after.rows += qint64(page.contacts.size());
    after.total = page.total;
    if (after.startedMs == 0)
        after.startedMs = m_store.clock().now().wallMs;
    m_call = m_store.gatewayNotes().keepPage(after, m_cursor, keptForm(page), [this, after](const Done &done) {
        m_asking = false;
        if (!done)
            return fail(done.failure());
        m_kept = after;
        ++m_progress.pages;
        onKept(after.cursor);
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
    drop();
    turn(State::Idle);
}

void ContactFetch::done()
{
    m_call = Call();
    m_asking = false;
    m_stage.reset();
    m_staged.reset();
    drop();
    turn(State::Idle);
}

void ContactFetch::drop()
{
    // Carried out also when nobody waits for it any more.
    if (m_request.account.id.value() != 0)
        m_drop = m_store.gatewayNotes().drop(m_request.account.id, [](const Done &) {});
    m_kept = {};
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
    drop(); // going on would only come to the same place
    m_problem = failure;
    turn(State::Failed);
}

void ContactFetch::turn(State state)
{
    m_state = state;
    emit changed();
}

} // namespace rollcall
