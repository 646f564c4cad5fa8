// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/domain/account.h"
#include "models/exchange/importer.h"
#include "models/store/gatewaynotes.h"

#include <QObject>
#include <QSet>
#include <functional>
#include <optional>

namespace rollcall {

class Gateway;
class Store;
struct GatewayContact;
struct GatewayContactsPage;

/// Why somebody of a gateway's list is not taken, beside those of RejectReason. Words in ui/text.
namespace FetchReason {
inline constexpr char group[] = "group"; ///< group, newsletter or broadcast
inline constexpr char ownAccount[] = "own-account"; ///< the account itself
inline constexpr char notSaved[] = "not-saved"; ///< known from a chat only, and only saved ones were asked for
} // namespace FetchReason

struct FetchRequest {
    Account account = {};
    bool alsoFromChats = false; ///< people known from an interaction only, too
    QString chatsTag = {}; ///< the tag they get then, so that they can be told apart; empty = none
    ConsentEvent consent = {};
};

struct FetchProgress {
    qint64 rows = 0; ///< read so far
    qint64 total = -1; ///< as the gateway told, -1 = not told
    qint64 pages = 0;
};

/// Reads an account's contact list page by page into a staging file and makes the dry run; the Importer then commits it
/// like any import. Nobody of it is among the people before that. A page that fails holds the fetch: resume() asks for
/// it again. Every page is kept in the store until the import is done or the operator cancels, so a fetch that the end
/// of the program interrupted goes on with goOn(). No check is spent. GUI thread.
class ContactFetch final : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Reading, Paused, Comparing, Staged, Failed };
    using GatewayOf = std::function<Gateway *(AccountId)>;

    ContactFetch(Importer &importer, Store &store, GatewayOf gatewayOf, QObject *parent = nullptr);
    ~ContactFetch() override; ///< stops; what was read stays kept
    void start(const FetchRequest &request); ///< from the first page, whatever was before
    /// From the page after those that are kept, judged anew by this request; with nothing kept, as start().
    void goOn(const FetchRequest &request);
    void pause(); ///< the page under way is waited for
    void resume(); ///< at the page that comes next
    void cancel(); ///< drops everything read, also what is kept; Idle
    void done(); ///< it was imported: nothing is kept any more; Idle

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const FetchProgress &progress() const { return m_progress; }
    /// Why it paused by itself or failed; nothing when the operator paused it.
    [[nodiscard]] const std::optional<Failure> &problem() const { return m_problem; }
    [[nodiscard]] const std::optional<StagedImport> &staged() const { return m_staged; } ///< with State::Staged

signals:
    void changed(); ///< state or progress

private:
    void begin(const FetchRequest &request, bool anew);
    void openStage();
    void recall();
    /// Kept pages as they were read: on a worker, a portion of a large list is megabytes of JSON.
    struct Recalled;
    void readKept(const std::vector<KeptPage> &pages);
    void recalled(const Recalled &all);
    void keepPage(const GatewayContactsPage &page);
    void append(const GatewayContactsPage &page, std::function<void()> then);
    void drop();
    void askPage();
    void onPage(const GatewayContactsPage &page);
    void onKept(const QString &next);
    void close();
    void hold(const Failure &failure); ///< paused, to be resumed
    void fail(const Failure &failure); ///< over; what was read is dropped
    void turn(State state);

    Importer &m_importer;
    Store &m_store;
    GatewayOf m_gatewayOf;
    FetchRequest m_request;
    State m_state = State::Idle;
    FetchProgress m_progress;
    KeptFetch m_kept; ///< what the store holds; pages 0 = nothing
    bool m_anew = true; ///< what is kept of before is dropped first
    std::optional<Failure> m_problem;
    std::shared_ptr<RowStage> m_stage;
    std::optional<StagedImport> m_staged;
    QString m_cursor;
    QSet<QString> m_cursors; ///< asked for
    QSet<QByteArray> m_pages; ///< digests of what came
    bool m_asking = false; ///< a page is asked or written
    Call m_call;
    Call m_drop;
};

/// The contacts of a page as they are kept, and back: chat id, number, names, about and what they are; no link, no
/// answer about WhatsApp. BadInput: not one of ours.
[[nodiscard]] QByteArray keptForm(const GatewayContactsPage &page);
[[nodiscard]] Result<GatewayContactsPage> fromKeptForm(const QByteArray &bytes);

/// What becomes of one contact of a gateway's list. Pure. A LID is never made into a number.
[[nodiscard]] ListedRow listedRow(const GatewayContact &contact, const FetchRequest &request);

} // namespace rollcall
