// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/progress.h"
#include "models/base/result.h"
#include "models/domain/person.h"

#include <QByteArray>
#include <QStringList>
#include <functional>
#include <memory>

namespace rollcall {

class StoreThreads;

/// What becomes of each row of a file; the five add up to the rows read (product.md, rule 1).
struct ImportCounts {
    qint64 added = 0;
    qint64 updated = 0;
    qint64 unchanged = 0;
    qint64 suppressed = 0;
    qint64 rejected = 0;
    [[nodiscard]] qint64 sum() const { return added + updated + unchanged + suppressed + rejected; }
};

/// What is known of the file and the operator's answers; stored with the batch.
struct ImportAbout {
    QString act = QStringLiteral("import"); ///< of batch and journal; "fetch" for a gateway's contact list
    AccountId account = {}; ///< of a fetch: whose list it was; what it told is kept under it
    QString fileName = {}; ///< of a fetch: the account's name
    qint64 fileBytes = 0;
    QByteArray sha256 = {};
    ConsentEvent consent = {}; ///< for the whole batch; what = None for "none known"
};

struct ImportOutcome {
    BatchId batch = {};
    ImportCounts counts = {};
};

/// The last step of an import: the rows of a staging file (an SQLite file of the profile written by models/exchange,
/// schema in models/store/schema/staging.sql) move into the store in one transaction, stops are tested again inside it.
/// Staging tables (made by models/exchange, read here): see models/store/schema/staging.sql.
class Imports {
public:
    explicit Imports(StoreThreads &threads);
    /// Statements that create the staging tables, so that reader and writer of the staging file share one definition.
    [[nodiscard]] static QByteArray stagingSchema();
    /// Tags as people and staging rows hold them: U+001F before, between and after; no tags = "". Blank and repeated
    /// tags are left out.
    [[nodiscard]] static QString joinedTags(const QStringList &tags);
    /// E.164 and typed-text keys of everybody here, for the dedupe while staging. Read on the reader thread, streamed
    /// through `consume(e164 or 0, PersonId)`; raw-only people come with e164 0 and are matched inside commit().
    Call existing(std::function<void(qint64 e164, PersonId id)> consume, std::function<void(Done)> then);
    /// The dry run: the five counts commit() would come to with this consent, found by reading only. It changes nothing
    /// and holds up neither writer nor reader; the staging file stays. `control` cancels it.
    Call preview(const QString &stagingFile, const ConsentEvent &consent, const std::shared_ptr<JobControl> &control,
        std::function<void(Result<ImportCounts>)> then);
    /// One transaction. `control` cancels until the commit begins; progress comes on the caller's thread.
    /// On success the staging file is deleted; on failure nothing changed and the staging file stays for a retry.
    Call commit(const QString &stagingFile, const ImportAbout &about, std::shared_ptr<JobControl> control,
        std::function<void(Progress)> progress, std::function<void(Result<ImportOutcome>)> then);
    /// Rejected rows of a batch as typed, with line and reason, for 30 days.
    struct RejectedRow {
        qint64 line = 0;
        QString raw = {};
        QString reason = {};
    };
    Call rejected(BatchId batch, std::function<void(Result<std::vector<RejectedRow>>)> then);

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
