// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/journalentry.h"
#include "models/store/internal/connection.h"

#include <QSet>

namespace rollcall::journal {

/// What the number in an entry's `subject` counts; None where that act has no subject. Internal to models/store.
[[nodiscard]] JournalSubject::Kind subjectKind(const QString &act);

/// FROM … WHERE of a filter, and the values of its parameters in their order. `with` stands before the SELECT.
struct Chosen {
    QByteArray with = {};
    QByteArray fromWhere = {};
    std::vector<QString> values = {};
};
[[nodiscard]] Chosen chosenBy(const JournalFilter &filter);

/// Looks up names for entries; for one reading, on the thread of `db`.
class SubjectNames {
public:
    explicit SubjectNames(Connection &db);
    void fill(JournalEntry &entry);
    [[nodiscard]] JournalSubject person(qint64 id);

private:
    [[nodiscard]] JournalSubject account(qint64 id);
    [[nodiscard]] JournalSubject draft(qint64 id);
    [[nodiscard]] bool isErased(qint64 id);

    Connection &m_db;
    Statement m_here;
    Statement m_deleted;
    Statement m_account;
    Statement m_runAccount;
    Statement m_draft;
    bool m_erasedRead = false; ///< the whole journal is looked through, so only when somebody is gone
    QSet<qint64> m_erased;
};

/// A SELECT of the ids of whom an entry of a batch or a run is about, each once; empty = neither a batch nor a run.
/// Entries with the same text are about the same people.
[[nodiscard]] QByteArray peopleIds(const JournalEntry &entry);

/// The people of an entry, at most `most` of them.
[[nodiscard]] JournalPeople peopleOf(Connection &db, SubjectNames &names, const JournalEntry &entry, int most);

} // namespace rollcall::journal
