// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/person.h"

#include <functional>

namespace rollcall {

class StoreThreads;

/// What gateways told of people, per account and main number: chat id, LID, names, about. Read with People::details();
/// a fetched list is written by Imports::commit(). GUI thread.
class GatewayNotes {
public:
    explicit GatewayNotes(StoreThreads &threads);
    /// Keeps what an account was just asked about one person, in the place of what it told before; JID and LID become
    /// aliases of everybody under that number. An empty chat id or LID leaves the known one. One journal entry
    /// ("lookup"). Failure: NotFound when the person is gone or has no number and no text.
    Call keep(PersonId person, const GatewayNote &note, std::function<void(Done)> then);

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
