// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"

#include <QWidget>

class QLineEdit;

namespace rollcall {

/// Which message this one answers, by its id. Offered where the gateway's messages know replies.
class ReplyField final : public QWidget {
    Q_OBJECT
public:
    explicit ReplyField(QWidget *parent = nullptr);
    void setKind(GatewayKind kind);
    void setText(const QString &id);
    [[nodiscard]] QString text() const; ///< trimmed; empty = no reply
    void focusInput();
    /// Why this cannot be a reply to so many people, as a sentence; empty when it can, or is none.
    [[nodiscard]] QString whyNot(int recipients) const;

signals:
    void edited();

private:
    void showField();
    QLineEdit *m_id;
    bool m_known = false; ///< the gateway knows replies
};

} // namespace rollcall
