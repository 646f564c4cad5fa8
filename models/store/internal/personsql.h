// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/filter.h"
#include "models/domain/person.h"
#include "models/domain/personfield.h"
#include "models/store/internal/connection.h"

#include <vector>

namespace rollcall {

struct Writing;

/// SQL that several parts share. Internal to models/store.
namespace sql {

inline constexpr PersonField allFields[] = {PersonField::Name, PersonField::Number, PersonField::Email,
    PersonField::Organisation, PersonField::Tags, PersonField::Note};

/// Main alias of the row `p`: E.164 digits, else the negative key of the typed text, else NULL.
inline constexpr char mainAlias[] = "COALESCE(p.e164, p.typed_alias)";

/// Columns of `p` in the order personAt() reads them.
[[nodiscard]] QByteArray personColumns();
inline constexpr int personColumnCount = 15;
[[nodiscard]] PersonRow personAt(const Statement &row, int column);

/// The word of a stored verdict (`v`, `word`) or of a row of `newest` (`n`, `last_word` …) as it counts now: "valid" of
/// an account that failed its truth probe is unverified (product.md, rule 5), also when it was stored before the probe.
[[nodiscard]] QByteArray wordNow(const QByteArray &table, const QByteArray &column);

/// What People::details() answers; NotFound stays in the connection.
[[nodiscard]] PersonDetails personDetails(Connection &db, PersonId id, AccountId account, const TimeView &time);

/// Columns of `v` in the order verdictAt() reads them.
[[nodiscard]] QByteArray verdictColumns();
inline constexpr int verdictColumnCount = 12;
[[nodiscard]] Verdict verdictAt(const Statement &row, int column);

/// How long verdicts of the account stay fresh.
[[nodiscard]] qint64 keepSeconds(Connection &db, AccountId account);

/// One row of `newest` and what of it counts now.
struct Newest {
    qint64 lastVerdict = 0;
    VerdictWord lastWord = VerdictWord::NotChecked;
    qint64 useVerdict = 0;
    VerdictWord useWord = VerdictWord::NotChecked;
    Instant useAt = {};
    [[nodiscard]] bool isFresh(const TimeView &time, qint64 keep) const;
    [[nodiscard]] qint64 verdict(bool fresh) const { return fresh ? useVerdict : lastVerdict; }
    [[nodiscard]] VerdictWord word(bool fresh) const { return fresh ? useWord : lastWord; }
};
/// Columns of `n` (with the boot's name) in the order newestAt() reads them.
[[nodiscard]] QByteArray newestColumns();
inline constexpr int newestColumnCount = 7;
[[nodiscard]] Newest newestAt(const Statement &row, int column);

/// What each account says of one alias. Made once for many rows: one look at `newest` an account (its primary key).
class AccountVerdicts {
public:
    AccountVerdicts(Connection &db, const TimeView &time);
    /// A fresh valid at one account and a fresh invalid at another, both real or both of the sandbox. 0 = nobody's
    /// alias: false.
    [[nodiscard]] bool disagree(qint64 alias);
    /// Ids of the verdicts that count, of accounts that have one; `first` comes first.
    [[nodiscard]] std::vector<qint64> counting(qint64 alias, AccountId first);

private:
    struct Keep {
        AccountId account = {};
        qint64 seconds = secondsFresh;
        int shift = 0; ///< where its word stands: the sandbox's apart
    };
    const TimeView &m_time;
    std::vector<Keep> m_accounts;
    Statement m_newest;
};
/// The aliases of which AccountVerdicts::disagree() is true, in order. Reads `newest` once, account by account.
[[nodiscard]] std::vector<qint64> disagreeing(Connection &db, const TimeView &time);

/// A field as the text that batches compare and put back.
[[nodiscard]] QString fieldText(const PersonFields &fields, PersonField field);
/// Sets one field of a person to such a text; the stop of the person goes with them to the new number.
void setField(Writing &writing, PersonId person, PersonField field, const QString &text);

/// Negative key of an alias that is no E.164 number; made when it is new.
[[nodiscard]] qint64 aliasOf(Connection &db, AliasKind kind, const QString &text);
/// do_not_contact of everybody under the alias, from the table of stops.
void refreshStopFlags(Writing &writing, AliasKey alias);
void refreshStopFlag(Writing &writing, PersonId person);
/// After people got aliases (`pairs`: a SELECT of person and alias): a stopped alias stops the person, and the aliases
/// of who is stopped are stopped too.
void stopNewAliases(Writing &writing, const QByteArray &pairs);

/// The state that the newest event says, of events whose batch holds, for those who have an event of this batch.
/// `among`: a SELECT of ids to which this is limited; empty = all of them.
void refreshConsent(Writing &writing, BatchId batch, const QByteArray &among = {});

[[nodiscard]] QString joinTags(const QStringList &tags);
[[nodiscard]] QStringList splitTags(const QString &tags);

/// Moves people (a condition on `people`) into removed_people under `batch`. Answers how many.
qint64 takeAway(Writing &writing, BatchId batch, const QByteArray &condition, const std::vector<qint64> &values);
/// Puts the people that takeAway() took under `batch` back. Answers how many.
qint64 putBack(Writing &writing, BatchId batch);
/// Undo data and kept file rows of the batches up to this time go; they stay listed, not undoable.
void forgetBatches(Writing &writing, qint64 limitMs);

} // namespace sql

} // namespace rollcall
