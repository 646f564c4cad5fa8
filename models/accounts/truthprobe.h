// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/account.h"
#include "models/gateways/dialects/dialect.h"

#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace rollcall {

class Gateway;
class Store;

/// Two numbers that nobody can have, of different countries, by chance: one of the British mobile numbers that Ofcom
/// keeps for drama (07700 900000 to 900999), one of the American 555-0100 to 555-0199 (NANPA). Pure; E.164 digits.
[[nodiscard]] std::vector<qint64> fictionalNumbers(quint32 seed);

/// What the answers to such numbers prove: one called valid is enough for CannotTell, else one called invalid for
/// CanTell. Neither is Timeout (still processing) or BadReply: nothing was proved. Pure.
[[nodiscard]] Result<TruthProbe::Outcome> judgeProbe(std::span<const NumberAnswer> answers);

/// One truth probe from booking to outcome. The numbers are asked as live checks: booked first, forced, not repeated;
/// what was not taken is given back. Ends early when the first answer proves enough. Lives in the Call that start()
/// gives. Internal to models/accounts.
class ProbeRun final : public std::enable_shared_from_this<ProbeRun> {
public:
    using Then = std::function<void(Result<TruthProbe::Outcome>)>;
    ProbeRun(Store &store, Gateway &gateway, Clock &clock, std::function<bool()> mayLeave, Then then);
    static Call start(const std::shared_ptr<ProbeRun> &probe);

private:
    struct Asked {
        qint64 number = 0;
        qint64 booking = 0;
    };
    void begin();
    void booked(const Result<std::vector<qint64>> &bookings);
    void next();
    void answered(const Result<CheckReply> &reply);
    [[nodiscard]] bool mayLeave() const;
    void end(const Result<TruthProbe::Outcome> &outcome); ///< gives back what was not asked
    void tell(const Result<TruthProbe::Outcome> &outcome);

    Store &m_store;
    Gateway &m_gateway;
    Clock &m_clock;
    std::function<bool()> m_mayLeave;
    Then m_then;
    std::shared_ptr<Call::State> m_state = std::make_shared<Call::State>();
    std::deque<Asked> m_waiting;
    std::vector<Asked> m_inTheAir;
    std::vector<NumberAnswer> m_answers;
    Call m_call;
};

} // namespace rollcall
