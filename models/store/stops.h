// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/ids.h"

#include <functional>
#include <unordered_set>
#include <vector>

namespace rollcall {

class StoreThreads;

/// The do-not-contact aliases in memory. A new stop counts at once (before it is committed); asked immediately before
/// each request, and again inside an import's last transaction. GUI thread.
class Stops {
public:
    explicit Stops(StoreThreads &threads);
    Call load(std::function<void(Done)> then); ///< at opening
    [[nodiscard]] bool contains(AliasKey alias) const { return m_aliases.contains(alias); }
    /// Would a request about `alias` that names `ask` ("+digits", a wa_id, a chat id) concern somebody who is stopped?
    /// A gateway's own id may be another number than the one it was asked for: it is the id that is reached.
    [[nodiscard]] bool reach(AliasKey alias, const QString &ask) const;
    [[nodiscard]] bool isSaving(AliasKey alias) const { return m_saving.contains(alias); }
    /// Effective in memory at once for `aliases`, and for the further aliases of these people as soon as the reader has
    /// named them (milliseconds, also while an import holds the writer). Answers when committed (one batch, one journal
    /// entry). Carried out also when the Call is dropped. A stop that could not be saved stays in memory as *saving*.
    /// `undo`: No where the person said so (an opt-out): only a new consent takes that back.
    enum class Undo { Yes, No };
    Call stop(const std::vector<PersonId> &people, const std::vector<AliasKey> &aliases, const QString &reason,
        std::function<void(Done)> then, Undo undo = Undo::Yes);
    /// An opt-out is lifted by an explicit new consent only: who has none stays stopped, and is counted in the journal
    /// entry (kept=n). See Consents::record().
    Call lift(const std::vector<PersonId> &people, const QString &reason, std::function<void(Done)> then);
    /// The same with aliases that may belong to nobody here; for those `newConsent` says that one was given.
    Call lift(const std::vector<PersonId> &people, const std::vector<AliasKey> &aliases, const QString &reason,
        bool newConsent, std::function<void(Done)> then);
    /// Effective in memory at once, as *saving*: for commands of other parts of the store that stop as well and are
    /// about to be committed.
    void hold(const std::vector<AliasKey> &asTold);

private:
    StoreThreads &m_threads;
    std::unordered_set<AliasKey> m_aliases;
    std::unordered_set<AliasKey> m_saving;
    std::vector<Call> m_lookups;
};

} // namespace rollcall
