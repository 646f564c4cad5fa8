// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/cards/messageplan.h"
#include "models/cards/senddesk.h"
#include "ui/compose/composeneeds.h"

#include <QObject>
#include <QPointer>

namespace rollcall {

class SendPlanDialog;

/// Send…: from the click over the flight plan and the question of consent to a running send.
class SendCommands final : public QObject {
    Q_OBJECT
public:
    /// `window`: parent of the dialogs.
    SendCommands(const ComposeNeeds &needs, QWidget *window);
    /// `replyTo`: id of the message this answers, empty = none.
    void send(const std::vector<Card> &cards, const Recipients &recipients, const QString &replyTo, AccountId account);

signals:
    void started(rollcall::RunId run); ///< it is on disk: the composer may forget its draft
    void told(const QString &sentence);

private:
    void plan();
    void show(const SendPlan &plan);
    void start();
    void startRun();
    void fail(const Failure &failure);

    const ComposeNeeds &m_needs;
    QWidget *m_window;
    SendRequest m_request;
    Recipients m_recipients;
    Account m_account;
    QPointer<SendPlanDialog> m_dialog;
    Call m_call;
};

} // namespace rollcall
