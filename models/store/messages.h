// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/ids.h"
#include "models/domain/operation.h"
#include "models/domain/verdict.h"
#include "models/store/blocks.h"

#include <QByteArray>
#include <QString>
#include <functional>
#include <optional>
#include <vector>

namespace rollcall {

class StoreThreads;

/// What the recipient line and the flight plan of a message have to know of one recipient.
struct SendCandidate {
    BlockCandidate who = {}; ///< person, alias, wa_id, do-not-contact, consent, last inbound, block ledger
    QString name = {}; ///< of the person, empty = nobody here
    Verdict newest = {}; ///< newest at that account; word NotChecked = never asked there
    bool marketingStop = false; ///< WhatsApp's own preference; false = none, or not known
    bool unsettled = false; ///< a message of ours to this alias is being sent or its outcome is unknown
    qint64 lastSentMs = 0; ///< when a message to this alias was last done, 0 = never
};

/// Everything that one Send says besides the recipients.
struct SendOrder {
    AccountId account = {};
    QByteArray cards = {}; ///< the "contacts" list as compact JSON (models/cards/message.h, cardsAsJson)
    int cardCount = 0;
    QString title = {}; ///< formatted name of the first card: for lists
    QString replyTo = {}; ///< message id, empty = none
    QString note = {};
    QString source = QStringLiteral("compose"); ///< "compose", "template", "again"
    RunId again = {}; ///< the run that is repeated for somebody by the operator's word, null = none
};

/// One message as it was sent: its run of operations, one per recipient.
struct SentMessage {
    OperationRun run = {};
    QByteArray cards = {}; ///< empty = erased
    int cardCount = 0;
    QString title = {};
    QString replyTo = {};
};

/// One line of the history: one message to one recipient.
struct SentRow {
    OperationItem item = {}; ///< item.messageId: the gateway's id
    RunId run = {};
    AccountId account = {};
    PersonId person = {}; ///< one of those who have the alias, null = nobody here any more
    QString name = {};
    QString aliasText = {}; ///< "+447700900000", "1@lid", …
    int cardCount = 0;
    QString title = {};
    qint64 atMs = 0; ///< when Send was pressed
    QString by = {};
};

struct SentFilter {
    std::optional<AccountId> account = {};
    std::optional<PersonId> person = {};
    std::optional<RunId> run = {};
    std::vector<OperationState> states = {}; ///< empty = all
    QString text = {}; ///< in name, number, title and message id
};

/// What an account asked and sent: gateways measure one against the other (gateways.md 1.2: no more checks than
/// messages).
struct Traffic {
    qint64 checks = 0; ///< live checks booked
    qint64 sends = 0; ///< messages the gateway took
};

/// Messages sent: runs of operations of kind Send, and what they carried. The states of an operation are those of a
/// block (Blocks::nextItems, send, answer, setState, cancel, run and items serve these runs as well). GUI thread.
class Messages {
public:
    explicit Messages(StoreThreads &threads);

    /// People first, then numbers that need not belong to anybody, each in their order.
    Call candidates(const std::vector<PersonId> &people, const std::vector<PhoneNumber> &numbers, AccountId account,
        std::function<void(Result<std::vector<SendCandidate>>)> then);
    /// For card phones: what counts per alias at this account, else the newest valid one at any account that can tell;
    /// aliases without one are left out.
    struct Known {
        AliasKey alias = {};
        Verdict verdict = {};
        bool here = false; ///< of the account asked for
    };
    Call known(
        const std::vector<AliasKey> &aliases, AccountId account, std::function<void(Result<std::vector<Known>>)> then);

    /// Stores run, message, operations and journal entry ("send.run") in one transaction, state Running. Those whose
    /// alias has a message that is being sent or unknown are stored NotSent "unsettled" (who is sent to again was
    /// settled before), those to whom the run `order.again` was repeated already NotSent "superseded".
    Call start(
        const SendOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<RunId>)> then);
    /// After the start of the program: every message `Sending` becomes Unknown "crash", running runs Paused. Answers
    /// how many became unknown.
    Call recover(std::function<void(Result<qint64>)> then);
    Call runs(std::function<void(Result<std::vector<OperationRun>>)> then); ///< newest first
    Call message(RunId run, std::function<void(Result<SentMessage>)> then);
    /// The operator's word on unknown outcomes ("send.settle"); others are left alone. Answers how many were.
    Call settle(const std::vector<OperationId> &operations, Settlement how, const QString &note,
        std::function<void(Result<qint64>)> then);

    Call history(
        const SentFilter &filter, std::function<void(Result<std::vector<OperationId>>)> then); ///< newest first
    Call rows(const std::vector<OperationId> &ids, std::function<void(Result<std::vector<SentRow>>)> then);
    Call traffic(AccountId account, qint64 sinceMs, std::function<void(Result<Traffic>)> then);

private:
    StoreThreads &m_threads;
};

using DraftId = Id<struct DraftTag>;

/// A message that was not sent: a draft (no name) or a template (a name). The content is opaque here
/// (models/cards/drafts.h); it may name people, so erasing somebody removes drafts and templates that hold them.
struct StoredDraft {
    DraftId id = {};
    QString name = {}; ///< of a template; empty = an autosaved draft
    QString title = {}; ///< for lists: formatted name of the first card
    int cardCount = 0;
    qint64 changedMs = 0;
    QByteArray content = {}; ///< empty in list()
};

/// GUI thread.
class Drafts {
public:
    explicit Drafts(StoreThreads &threads);
    Call list(std::function<void(Result<std::vector<StoredDraft>>)> then); ///< newest first, without content
    Call read(DraftId id, std::function<void(Result<StoredDraft>)> then); ///< Failure: NotFound
    /// A null id makes a new one; answers the id. Committed when it answers. A draft's saving is not journalled (it
    /// happens while typing); a new or changed template is ("template.save"). A template's name is unique: BadInput
    /// when another one has it.
    Call save(const StoredDraft &draft, std::function<void(Result<DraftId>)> then);
    Call remove(DraftId id, std::function<void(Done)> then); ///< journalled ("draft.remove", "template.remove")

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
