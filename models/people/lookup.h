// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/ids.h"

#include <QImage>
#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>

namespace rollcall {

class Gateway;
class Store;

/// What a person's photo came to.
struct PhotoFound {
    QImage image = {}; ///< null = hidden by the person, or none
    [[nodiscard]] bool hidden() const { return image.isNull(); }
};

/// Asks an account's gateway about one person, on command only: profile name, about, LID; and their photo. Spends no
/// check, sends nothing to the person. Dropping a Call stops the asking. GUI thread.
class PersonLookup final {
public:
    using GatewayOf = std::function<Gateway *(AccountId)>;
    PersonLookup(Store &store, GatewayOf gatewayOf);
    ~PersonLookup(); ///< waits for a picture that is being unpacked

    /// Asks what the account can tell, one question after the other, and keeps it (GatewayNotes). What its engine does
    /// not do (Unsupported) is passed over. An id is kept only when it is the person's: an answer about somebody else
    /// is BadReply, and nothing of it is kept. When about or LID cannot be had, the rest is kept and that failure
    /// answered. Failures: NotFound (no number and no chat id, or the account is gone), those of the gateway, of the
    /// store.
    Call details(PersonId person, AccountId account, std::function<void(Done)> then);
    /// At most 15 MB, JPEG, PNG or WebP by its first bytes, size looked at before it is unpacked, unpacked on another
    /// thread, at most 512 pixels wide and high afterwards. Never kept. Failures: as Gateway::photo() and photoBytes(),
    /// BadInput (not decodable).
    Call photo(PersonId person, AccountId account, std::function<void(Result<PhotoFound>)> then);

private:
    struct Asking;
    void findOut(const std::shared_ptr<Asking> &asking, std::function<void(Gateway &)> next);
    void askAbout(const std::shared_ptr<Asking> &asking);
    void askLid(const std::shared_ptr<Asking> &asking);
    void keep(const std::shared_ptr<Asking> &asking);
    void decode(const std::shared_ptr<Asking> &asking, const QByteArray &bytes, const char *format);

    Store &m_store;
    GatewayOf m_gatewayOf;
    std::unique_ptr<QObject> m_door; ///< through which the worker reaches this thread; it is waited for before it goes
    QThreadPool m_pool;
};

} // namespace rollcall
