// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/people/lookup.h"

#include "models/domain/serverindex.h"
#include "models/formats/imageformat.h"
#include "models/gateways/gateway.h"
#include "models/gateways/picture.h"
#include "models/store/gatewaynotes.h"
#include "models/store/people.h"
#include "models/store/store.h"

#include <QBuffer>
#include <QImageReader>
#include <algorithm>

namespace rollcall {

namespace {

constexpr int mostShown = 512; // pixels: the pane shows less, also at 200 %

/// What a gateway is asked by: the number, else a chat id it may know.
QString whoIs(const PersonDetails &details)
{
    if (details.row.fields.number.hasE164())
        return details.row.fields.number.e164Text();
    for (const AliasKind kind : {AliasKind::Lid, AliasKind::Jid}) {
        for (const Alias &alias : details.aliases) {
            if (alias.kind == kind)
                return alias.text;
        }
    }
    return {};
}

/// Numbers that are this person's at a gateway: the main one, other spellings of it (Brazil, Mexico, Argentina), and
/// ids that a check or a block confirmed.
std::vector<qint64> numbersOf(const PersonDetails &details)
{
    std::vector<qint64> numbers;
    if (const PhoneNumber &number = details.row.fields.number; number.hasE164()) {
        numbers = otherSpellings(number.e164);
        numbers.push_back(number.e164);
    }
    for (const Alias &alias : details.aliases)
        if (alias.kind == AliasKind::WaId || alias.kind == AliasKind::Jid)
            numbers.push_back(waIdDigits(alias.text));
    for (const Verdict &verdict : details.byAccount)
        numbers.push_back(waIdDigits(verdict.waId));
    std::erase(numbers, 0);
    return numbers;
}

Result<PhotoFound> unpack(const QByteArray &bytes, const char *format)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    reader.setDecideFormatFromContent(false);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.width() > mostShown || size.height() > mostShown)
        reader.setScaledSize(size.scaled(mostShown, mostShown, Qt::KeepAspectRatio).expandedTo({1, 1}));
    PhotoFound found{reader.read()};
    if (found.image.isNull())
        return Failure{.kind = Failure::Kind::BadInput, .detail = reader.errorString()};
    return found;
}

} // namespace

/// One look-up while it runs. Lives in the steps' callbacks; the Call's state ends it.
struct PersonLookup::Asking {
    PersonId person = {};
    AccountId account = {};
    std::shared_ptr<Call::State> state = std::make_shared<Call::State>();
    std::function<void(Done)> then = {};
    std::function<void(Result<PhotoFound>)> thenPhoto = {};
    Call step = {};
    QString who = {};
    std::vector<qint64> numbers = {}; ///< of the person
    QStringList lids = {}; ///< of the person, as known before
    GatewayNote note = {};
    std::optional<Failure> lacking = {}; ///< what could not be had beside the rest

    [[nodiscard]] bool isTheirs(const QString &number) const
    {
        const qint64 digits = waIdDigits(number);
        return digits != 0 && std::find(numbers.begin(), numbers.end(), digits) != numbers.end();
    }
    /// Is the answer about whom was asked? A LID is believed when it was asked for, when it was known, or when the
    /// answer names the number beside it. An answer without any id or number says nothing against it, and of somebody
    /// without any number none can be judged.
    [[nodiscard]] bool isAbout(const GatewayContact &contact) const
    {
        if (contact.chatId.endsWith(QLatin1String("@lid")))
            return ownLid(contact.chatId)
                || (!numbers.empty() && (contact.number.isEmpty() || isTheirs(contact.number)));
        if (numbers.empty())
            return true;
        return contact.chatId.isEmpty() ? contact.number.isEmpty() || isTheirs(contact.number)
                                        : isTheirs(contact.chatId);
    }
    [[nodiscard]] bool ownLid(const QString &lid) const { return lid == who || lids.contains(lid); }

    void finish(Result<PhotoFound> result)
    {
        if (!std::exchange(state->open, false))
            return;
        state->stop = nullptr;
        if (then)
            then(result ? Done(Nothing{}) : Done(result.failure()));
        else
            thenPhoto(std::move(result));
    }
};

PersonLookup::PersonLookup(Store &store, GatewayOf gatewayOf)
    : m_store(store)
    , m_gatewayOf(std::move(gatewayOf))
    , m_door(std::make_unique<QObject>())
{
    m_pool.setMaxThreadCount(1);
}

PersonLookup::~PersonLookup()
{
    m_pool.waitForDone();
}

void PersonLookup::findOut(const std::shared_ptr<Asking> &asking, std::function<void(Gateway &)> next)
{
    asking->state->stop = [weak = std::weak_ptr(asking)] {
        if (const auto alive = weak.lock())
            alive->step = Call();
    };
    asking->step = m_store.people().details(
        asking->person, asking->account, [this, asking, next = std::move(next)](Result<PersonDetails> details) {
            if (!details)
                return asking->finish(details.failure());
            asking->who = whoIs(*details);
            asking->numbers = numbersOf(*details);
            for (const Alias &alias : details->aliases)
                if (alias.kind == AliasKind::Lid)
                    asking->lids.append(alias.text);
            Gateway *gateway = m_gatewayOf(asking->account);
            if (asking->who.isEmpty() || !gateway)
                return asking->finish(
                    Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("nothing to ask by")});
            next(*gateway);
        });
}

Call PersonLookup::details(PersonId person, AccountId account, std::function<void(Done)> then)
{
    const auto asking = std::make_shared<Asking>();
    asking->person = person;
    asking->account = account;
    asking->note.account = account;
    asking->then = std::move(then);
    findOut(asking, [this, asking](Gateway &gateway) {
        asking->step = gateway.contact(asking->who, [this, asking](Result<GatewayContact> contact) {
            if (!contact)
                return asking->finish(contact.failure());
            // An id becomes an alias, and a stop follows every alias: somebody else's must never become one.
            if (!asking->isAbout(*contact))
                return asking->finish(Failure{
                    .kind = Failure::Kind::BadReply, .detail = QStringLiteral("the answer is about somebody else")});
            GatewayNote &note = asking->note;
            if (asking->isTheirs(contact->chatId))
                note.chatId = contact->chatId;
            else if (asking->ownLid(contact->chatId) || asking->isTheirs(contact->number))
                note.lid = contact->chatId;
            note.name = contact->name;
            note.profileName = contact->profileName;
            note.about = contact->about;
            note.saved = contact->saved;
            askAbout(asking);
        });
    });
    return Call(asking->state);
}

void PersonLookup::askAbout(const std::shared_ptr<Asking> &asking)
{
    Gateway *gateway = m_gatewayOf(asking->account);
    if (!gateway || !gateway->capabilities().about)
        return askLid(asking);
    asking->step = gateway->about(asking->who, [this, asking](Result<QString> about) {
        if (about)
            asking->note.about = *about;
        else if (about.failure().kind != Failure::Kind::Unsupported)
            asking->lacking = about.failure();
        askLid(asking);
    });
}

void PersonLookup::askLid(const std::shared_ptr<Asking> &asking)
{
    Gateway *gateway = m_gatewayOf(asking->account);
    const bool byNumber = asking->who.startsWith(QLatin1Char('+'));
    if (!gateway || !gateway->capabilities().lid || !asking->note.lid.isEmpty() || !byNumber || asking->lacking)
        return keep(asking);
    asking->step = gateway->lidOf(asking->who.mid(1), [this, asking](Result<LidPair> pair) {
        if (pair && (pair->number.isEmpty() || asking->isTheirs(pair->number)))
            asking->note.lid = pair->lid;
        else if (pair)
            asking->lacking
                = Failure{.kind = Failure::Kind::BadReply, .detail = QStringLiteral("the LID is of another number")};
        else if (pair.failure().kind != Failure::Kind::Unsupported)
            asking->lacking = pair.failure();
        keep(asking);
    });
}

void PersonLookup::keep(const std::shared_ptr<Asking> &asking)
{
    asking->step = m_store.gatewayNotes().keep(asking->person, asking->note, [asking](const Done &done) {
        if (!done)
            return asking->finish(done.failure());
        if (asking->lacking)
            return asking->finish(*asking->lacking);
        asking->finish(PhotoFound{});
    });
}

Call PersonLookup::photo(PersonId person, AccountId account, std::function<void(Result<PhotoFound>)> then)
{
    const auto asking = std::make_shared<Asking>();
    asking->person = person;
    asking->account = account;
    asking->thenPhoto = std::move(then);
    findOut(asking, [this, asking](Gateway &gateway) {
        asking->step = gateway.photo(asking->who, [this, asking](Result<QUrl> link) {
            if (!link)
                return asking->finish(link.failure());
            Gateway *again = m_gatewayOf(asking->account);
            if (link->isEmpty() || !again)
                return asking->finish(PhotoFound{});
            asking->step = again->photoBytes(*link, [this, asking](Result<Picture> picture) {
                if (!picture)
                    return asking->finish(picture.failure());
                decode(asking, picture->bytes, decoderOf(picture->header.format));
            });
        });
    });
    return Call(asking->state);
}

void PersonLookup::decode(const std::shared_ptr<Asking> &asking, const QByteArray &bytes, const char *format)
{
    m_pool.start([door = m_door.get(), asking, bytes, format] {
        auto found = std::make_shared<Result<PhotoFound>>(unpack(bytes, format));
        QMetaObject::invokeMethod(
            door, [asking, found] { asking->finish(std::move(*found)); }, Qt::QueuedConnection);
    });
}

} // namespace rollcall
