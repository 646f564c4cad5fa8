// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/account.h"
#include "models/domain/card.h"
#include "models/gateways/dialects/wire.h"
#include "models/runs/operationrunner.h"
#include "models/store/messages.h"

#include <QObject>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace rollcall {

class Gateway;
class Store;

/// What a send run needs of a gateway, so that hours can be simulated without sockets. A send goes once, never repeated
/// by it.
struct CardSender {
    using Then = std::function<void(Result<SendReply>)>;
    using MayLeave = std::function<bool()>; ///< asked at the moment of sending; false = nothing is sent, Cancelled
    Capabilities capabilities = {};
    std::function<Call(const QString &to, const std::vector<Card> &cards, const QString &replyTo, Then, MayLeave)> send
        = {};
    std::function<qint64()> readyInMs = {}; ///< until a request handed over now would leave
};

/// Runs sends: one recipient after the other, `Sending` committed before the first byte leaves, Stops asked immediately
/// before each. A timeout is *unknown* and is never sent again by itself. GUI thread.
class SendRunner final : public QObject {
    Q_OBJECT
public:
    using GatewayOf = std::function<Gateway *(AccountId)>;
    using SenderOf = std::function<std::optional<CardSender>(AccountId)>;
    SendRunner(Store &store, GatewayOf gatewayOf, Clock &clock, QObject *parent = nullptr);
    SendRunner(Store &store, SenderOf senderOf, Clock &clock, QObject *parent = nullptr);
    ~SendRunner() override;

    /// After the start of the program, before anything else here: what was being sent is unknown now; runs that were
    /// not over are paused and offered for Resume. Answers how many messages became unknown.
    void recover(std::function<void(Result<qint64>)> then);
    void create(
        const SendOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<RunId>)> then);
    void pause(RunId run); ///< the request in the air is still answered and stored
    void resume(RunId run); ///< what is unknown stays so; the rest is sent
    void cancel(RunId run); ///< what was not sent stays unsent; the request in the air is still stored
    [[nodiscard]] bool isStoring() const; ///< something waits for the store; simulated time stands still meanwhile
    [[nodiscard]] std::vector<OperationProgress> active() const; ///< runs that are not over, oldest first

signals:
    void progressed(const rollcall::OperationProgress &progress);
    void finished(const rollcall::OperationProgress &progress);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace rollcall
