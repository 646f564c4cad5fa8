// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/ids.h"

#include <QByteArray>
#include <QString>
#include <functional>
#include <vector>

namespace rollcall {

class StoreThreads;

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
