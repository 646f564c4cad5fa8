// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/person.h"

#include <QByteArray>
#include <functional>
#include <optional>
#include <vector>

namespace rollcall {

class StoreThreads;

/// Where the reading of an account's contact list stands; what was read lies beside it, page by page.
struct KeptFetch {
    AccountId account = {};
    QString cursor = {}; ///< of the page that comes next, empty = the list was read to its end
    qint64 pages = 0;
    qint64 rows = 0;
    qint64 total = -1; ///< as the gateway told, -1 = not told
    qint64 startedMs = 0; ///< wall time UTC of the first page
    qint64 atMs = 0; ///< of the last one; set by keepPage()
};
struct KeptPage {
    QString asked = {}; ///< its cursor, empty = the first
    QByteArray rows = {}; ///< opaque to the store
};

/// What gateways told of people, per account and main number: chat id, LID, names, about. Read with People::details();
/// a fetched list is written by Imports::commit(). GUI thread.
class GatewayNotes {
public:
    explicit GatewayNotes(StoreThreads &threads);
    /// Keeps what an account was just asked about one person, in the place of what it told before; JID and LID become
    /// aliases of everybody under that number. An empty chat id or LID leaves the known one. One journal entry
    /// ("lookup"). Failure: NotFound when the person is gone or has no number and no text.
    Call keep(PersonId person, const GatewayNote &note, std::function<void(Done)> then);

    /// A contact list that is being read: each page is kept, with the place to go on from, in one transaction, until
    /// drop(), at most for keptForMs after its last page (Batches::forgetOld), and not beyond its gateway: another
    /// address, sender or kind of the account, or its removal, drops it. Not part of the people; any erasure drops all
    /// of it, and what follows of that reading is not kept.
    static constexpr qint64 keptForMs = 7 * 86'400'000LL;
    Call keepPage(const KeptFetch &after, const QString &asked, const QByteArray &page, std::function<void(Done)> then);
    Call kept(AccountId account, std::function<void(Result<std::optional<KeptFetch>>)> then); ///< nothing = none
    /// Pages `from` (counted from 0) on, at most `limit`.
    Call keptPages(AccountId account, qint64 from, int limit, std::function<void(Result<std::vector<KeptPage>>)> then);
    Call drop(AccountId account, std::function<void(Done)> then);

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
