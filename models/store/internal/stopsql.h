// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"
#include "models/store/internal/connection.h"

#include <QString>
#include <unordered_set>
#include <vector>

namespace rollcall {

struct Writing;

/// The SQL of do-not-contact, for Stops and for the commands that stop as well. Internal to models/store.
namespace sql {

/// Main number (or typed text) and further aliases of these people.
[[nodiscard]] std::unordered_set<AliasKey> aliasesOf(Connection &db, const std::vector<PersonId> &people);
/// Stores a stop of the alias and of the other ways WhatsApp may write the same mobile number (Brazil, Mexico,
/// Argentina), and of the chat ids and wa_ids that are these numbers: do-not-contact holds under every spelling. A stop
/// that is there already stays as it is, but an opt-out is the stricter reason. The flags of the people under them
/// follow; `stopped` gets all of them.
void addStop(Writing &writing, AliasKey alias, BatchId batch, const QString &reason, std::vector<AliasKey> &stopped);
/// One batch, one journal entry. Answers every alias that is stopped by it: to be given to Writing::stopped.
/// `canUndo`: as Stops::stop.
[[nodiscard]] std::vector<AliasKey> storeStop(Writing &writing, const std::vector<PersonId> &people,
    const std::vector<AliasKey> &more, const QString &reason, bool canUndo);
/// Are all of them do-not-contact already?
[[nodiscard]] bool areStopped(
    Connection &db, const std::vector<PersonId> &people, const std::vector<AliasKey> &aliases);
/// The reverse; answers what is to be given to Writing::lifted. An opt-out is lifted by an explicit new consent only:
/// an alias stays stopped while anybody who goes by it is opted out, or while its stop says opt-out (or erased) and no
/// opt-in was stored after it. An alias of nobody here is such a case unless `newConsent`.
[[nodiscard]] std::vector<AliasKey> storeLift(Writing &writing, const std::vector<PersonId> &people,
    const std::vector<AliasKey> &more, const QString &reason, bool newConsent = false);
/// Takes back what only the stop `batch` asked for. It stays where another command asked too, where somebody opted out,
/// (or the stop says opt-out), and where a gateway has them blocked or was asked to. What was only armed is not armed
/// any more. `restored`: people who may be contacted again; `kept`: aliases left alone. Answers Writing::lifted.
[[nodiscard]] std::vector<AliasKey> undoStop(Writing &writing, BatchId batch, qint64 &restored, qint64 &kept);

/// Puts back what storeLift() took under `batch`; who was stopped again since is left alone and counted in `kept`.
/// `restored`: people who are do-not-contact by it. Answers Writing::stopped.
[[nodiscard]] std::vector<AliasKey> undoLift(Writing &writing, BatchId batch, qint64 &restored, qint64 &kept);

/// The rule of storeLift(): what an opt-out still stops. Any connection.
class OptOutHold {
public:
    explicit OptOutHold(Connection &db);
    [[nodiscard]] bool holds(AliasKey alias);
    [[nodiscard]] bool holdsSomebody(AliasKey alias); ///< somebody who goes by it is opted out
    [[nodiscard]] bool holds(PersonId person); ///< by the person's own consent alone

private:
    Statement m_people;
    Statement m_person;
    Statement m_stop;
    Statement m_consent;
};

} // namespace sql

} // namespace rollcall
