// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cards/drafts.h"

#include "models/base/chain.h"
#include "models/base/log.h"
#include "models/gateways/dialects/cardjson.h"
#include "models/store/store.h"

#include <algorithm>

namespace rollcall {

namespace {

constexpr qint64 restMs = 500; ///< between a change and its writing: with the commit within 1 s

StoredDraft storedOf(DraftId id, const QString &name, const Composition &composition)
{
    return {.id = id,
        .name = name,
        .title = composition.cards.empty() ? QString() : composition.cards.front().name.formatted,
        .cardCount = int(composition.cards.size()),
        .content = compositionJson(composition)};
}

Failure bad(const QString &detail)
{
    return {.kind = Failure::Kind::BadInput, .detail = detail};
}

/// Answers from the event loop, like everything that takes a callback.
template <class T> Call refused(QObject *on, std::function<void(Result<T>)> then, const Failure &failure)
{
    const Chain chain;
    QMetaObject::invokeMethod(
        on,
        [chain, then = std::move(then), failure] {
            if (chain.close())
                then(failure);
        },
        Qt::QueuedConnection);
    return chain.call();
}

/// What a write left in the store that nobody keeps any more: what it wrote, or what was there before.
DraftId leftBy(const Result<DraftId> &written, DraftId asked)
{
    return written && !written->isNull() ? *written : asked;
}

/// The draft that was to be written was not there: a new one stands in its place.
bool isAnother(const Result<DraftId> &written, DraftId asked)
{
    return written && !asked.isNull() && !written->isNull() && *written != asked;
}

} // namespace

bool Composition::isEmpty() const
{
    return people.empty() && numbers.isEmpty() && replyTo.isEmpty()
        && std::all_of(cards.begin(), cards.end(), [](const Card &card) { return card == Card(); });
}

QByteArray compositionJson(const Composition &composition)
{
    Json::Array people;
    for (const PersonId person : composition.people)
        people.emplace_back(person.value());
    Json::Array numbers;
    for (const QString &number : composition.numbers)
        numbers.emplace_back(number);
    return Json(Json::Object{{QStringLiteral("contacts"), contactsJson(composition.cards)},
                    {QStringLiteral("people"), std::move(people)}, {QStringLiteral("numbers"), std::move(numbers)},
                    {QStringLiteral("reply_to"), composition.replyTo}})
        .toCompact();
}

Result<Composition> readComposition(const QByteArray &json)
{
    const Result<Json> read = parseJson(json);
    if (!read || !read->isObject())
        return bad(QStringLiteral("a draft that cannot be read"));
    Composition composition;
    if (!(*read)[u"contacts"].array().empty()) {
        Result<std::vector<Card>> cards = cardsFromJson((*read)[u"contacts"]);
        if (!cards)
            return cards.failure();
        composition.cards = *std::move(cards);
    }
    for (const Json &person : (*read)[u"people"].array())
        if (const std::optional<qint64> id = person.toInteger())
            composition.people.emplace_back(*id);
    for (const Json &number : (*read)[u"numbers"].array())
        composition.numbers += number.toString();
    composition.replyTo = (*read)[u"reply_to"].toString();
    return composition;
}

DraftKeeper::DraftKeeper(Store &store, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
{
    connect(&m_store, &Store::changed, this, &DraftKeeper::lookAfter);
    connect(&m_store, &Store::erasing, this, &DraftKeeper::handOver);
}

/// Everything typed so far goes to the writer before an erasure does, so that it is seen there: written behind it, it
/// would bring back what was erased.
void DraftKeeper::handOver()
{
    if (!m_due)
        return;
    if (m_writing) { // not waited for: this goes as a draft of its own, and the other is removed when it is there
        leaveWriting();
        m_id = {};
    }
    m_timer = Call();
    write(true);
}

/// Our own writings change drafts, an erasure people as well.
void DraftKeeper::lookAfter(const Change &change)
{
    if ((change.kinds & Change::DraftsChanged) == 0 || (change.kinds & Change::PeopleChanged) == 0 || m_id.isNull()
        || m_writing) // the answer of the write says it then
        return;
    m_look = m_store.drafts().read(m_id, [this, id = m_id](const Result<StoredDraft> &draft) {
        if (!draft && draft.failure().kind == Failure::Kind::NotFound && m_id == id && !m_writing)
            lose();
    });
}

void DraftKeeper::lose()
{
    m_id = {};
    forget();
    emit erased();
}

DraftKeeper::~DraftKeeper()
{
    m_timer = Call();
    if (!m_due)
        return;
    // What was handed to the store is carried out, whoever waits for it.
    if (!m_due->isEmpty())
        (void)m_store.drafts().save(storedOf(m_id, {}, *m_due), [](const Result<DraftId> &) {});
    else if (!m_id.isNull())
        (void)m_store.drafts().remove(m_id, [](const Done &) {});
}

Call DraftKeeper::restore(std::function<void(Result<std::optional<Composition>>)> then)
{
    const Chain chain;
    const auto answer = [chain, then = std::move(then)](Result<std::optional<Composition>> result) {
        if (chain.close())
            then(std::move(result));
    };
    chain.next(m_store.drafts().list([this, chain, answer](const Result<std::vector<StoredDraft>> &drafts) {
        if (!drafts)
            return answer(drafts.failure());
        const auto newest = std::find_if(
            drafts->begin(), drafts->end(), [](const StoredDraft &draft) { return draft.name.isEmpty(); });
        if (newest == drafts->end())
            return answer(std::optional<Composition>());
        // The rest are earlier writings of one that a crash cut.
        for (auto other = newest + 1; other != drafts->end(); ++other)
            if (other->name.isEmpty())
                (void)m_store.drafts().remove(other->id, [](const Done &) {});
        chain.next(m_store.drafts().read(newest->id, [this, answer](const Result<StoredDraft> &draft) {
            if (!draft)
                return answer(draft.failure());
            Result<Composition> composition = readComposition(draft->content);
            if (!composition)
                return answer(composition.failure());
            if (m_id.isNull() && !m_due && !m_writing)
                m_id = draft->id;
            answer(std::optional(*std::move(composition)));
        }));
    }));
    return chain.call();
}

void DraftKeeper::keep(const Composition &composition)
{
    m_due = composition;
    if (!m_writing && !m_timer.isOpen())
        m_timer = m_clock.after(restMs, [this] { write(); });
}

void DraftKeeper::flush()
{
    if (m_due && !m_writing) {
        m_timer = Call();
        write();
    }
}

void DraftKeeper::leaveWriting()
{
    ++m_generation;
    m_forgotten.remove_if([](const Call &call) { return !call.isOpen(); });
    if (m_write.isOpen()) // its answer says what to remove
        m_forgotten.push_back(std::move(m_write));
    m_writing = false;
}

void DraftKeeper::forget()
{
    leaveWriting();
    m_timer = Call();
    m_due.reset();
    if (!m_id.isNull())
        (void)m_store.drafts().remove(std::exchange(m_id, DraftId()), [](const Done &) {});
}

bool DraftKeeper::isSaved() const
{
    return !m_due && !m_writing;
}

/// `beforeErasing`: of what could not be written then nobody can say whether it names who was erased.
void DraftKeeper::write(bool beforeErasing)
{
    if (!m_due || m_writing)
        return;
    const Composition composition = *std::exchange(m_due, std::nullopt);
    m_writing = true;
    const auto done
        = [this, beforeErasing, generation = m_generation, asked = m_id, composition](const Result<DraftId> &id) {
              if (generation != m_generation) { // forgotten meanwhile
                  if (const DraftId old = leftBy(id, asked); !old.isNull())
                      (void)m_store.drafts().remove(old, [](const Done &) {});
                  return;
              }
              m_writing = false;
              if (isAnother(id, asked)) { // erased while it was on its way
                  m_id = *id;
                  forget();
                  return emit erased();
              }
              if (!id)
                  return notKept(id.failure(), composition, beforeErasing);
              m_id = *id;
              if (m_due)
                  m_timer = m_clock.after(restMs, [this] { write(); });
              else
                  emit saved();
          };
    if (!composition.isEmpty())
        m_write = m_store.drafts().save(storedOf(m_id, {}, composition), done);
    else if (!m_id.isNull())
        m_write = m_store.drafts().remove(m_id,
            [done](const Done &gone) { done(gone ? Result<DraftId>(DraftId()) : Result<DraftId>(gone.failure())); });
    else
        done(DraftId());
}

void DraftKeeper::notKept(const Failure &failure, const Composition &composition, bool beforeErasing)
{
    log::warning("cards", QStringLiteral("the draft could not be kept: %1").arg(failure.detail));
    if (beforeErasing) { // tried again it would come behind the erasure, which could not look into it
        forget();
        return emit erased();
    }
    if (!m_due)
        m_due = composition; // goes with the next change, or at the end
    emit failed(failure);
}

Call DraftKeeper::saveTemplate(
    const QString &name, const Composition &composition, std::function<void(Result<DraftId>)> then)
{
    if (name.trimmed().isEmpty())
        return refused<DraftId>(this, std::move(then), bad(QStringLiteral("a template needs a name")));
    return m_store.drafts().save(storedOf({}, name.trimmed(), composition), std::move(then));
}

Call DraftKeeper::templates(std::function<void(Result<std::vector<StoredDraft>>)> then)
{
    return m_store.drafts().list([then = std::move(then)](Result<std::vector<StoredDraft>> drafts) {
        if (drafts) {
            std::vector<StoredDraft> &all = *drafts;
            all.erase(
                std::remove_if(all.begin(), all.end(), [](const StoredDraft &draft) { return draft.name.isEmpty(); }),
                all.end());
            std::sort(all.begin(), all.end(), [](const StoredDraft &a, const StoredDraft &b) {
                return QString::localeAwareCompare(a.name, b.name) < 0;
            });
        }
        then(std::move(drafts));
    });
}

Call DraftKeeper::readTemplate(DraftId id, std::function<void(Result<Composition>)> then)
{
    return m_store.drafts().read(id, [then = std::move(then)](const Result<StoredDraft> &draft) {
        then(draft ? readComposition(draft->content) : Result<Composition>(draft.failure()));
    });
}

Call DraftKeeper::removeTemplate(DraftId id, std::function<void(Done)> then)
{
    return m_store.drafts().remove(id, std::move(then));
}

} // namespace rollcall
