// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/gateways/dialects/dialect.h"

#include <QNetworkReply>
#include <QObject>
#include <QUrl>
#include <functional>

class QNetworkAccessManager;

namespace rollcall {

struct Way;

/// One request on the wire, and what became of it. `done` runs at most once, and not after stop() or the destructor.
class Exchange final : public QObject {
    Q_OBJECT
public:
    Exchange(HttpRequest request, QUrl url, std::function<void(Result<HttpReply>)> done);
    ~Exchange() override;

    /// Why this request must not be sent (a header value with line breaks, a path that is none); nothing = it may.
    [[nodiscard]] std::optional<Failure> problem() const;
    [[nodiscard]] bool isWrite() const { return m_request.write; }
    [[nodiscard]] bool isStarted() const { return m_reply != nullptr; }
    [[nodiscard]] QString tlsText() const { return m_tls; } ///< of the connection used, empty = plain or none yet
    void start(QNetworkAccessManager &manager, const Way &way);
    void expire(); ///< the total deadline passed
    void fail(const Failure &failure); ///< before it was started
    void stop();

private:
    void onMetaData();
    void onReadable();
    void onFinished();
    void settle(Result<HttpReply> result);
    [[nodiscard]] Failure lost(Failure::Kind readKind, const QString &detail) const;
    [[nodiscard]] Failure networkFailure() const;
    [[nodiscard]] int status() const;

    HttpRequest m_request;
    QUrl m_url;
    std::function<void(Result<HttpReply>)> m_done;
    QNetworkReply *m_reply = nullptr;
    QByteArray m_body;
    QString m_tls;
    QString m_tlsProblem;
    int m_tlsCode = 0;
    bool m_sent = false; ///< the first byte may have left
};

} // namespace rollcall
