// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/card.h"
#include "models/domain/ids.h"
#include "models/store/messages.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <functional>
#include <list>
#include <optional>
#include <vector>

namespace rollcall {

class Store;
struct Change;

/// A message as it stands in the composer: what a draft or template keeps.
struct Composition {
    std::vector<Card> cards = {}; ///< as typed, not filled in; entries of empty fields are not kept
    std::vector<PersonId> people = {}; ///< recipients
    QStringList numbers = {}; ///< recipients as typed, who need not belong to anybody
    QString replyTo = {};
    friend bool operator==(const Composition &, const Composition &) = default;
    [[nodiscard]] bool isEmpty() const;
};
[[nodiscard]] QByteArray compositionJson(const Composition &composition); ///< pure; any thread
[[nodiscard]] Result<Composition> readComposition(const QByteArray &json); ///< BadInput; pure; any thread

/// Keeps what is being typed: committed at most 1 s after it was handed over, one write at a time, the newest wins. GUI
/// thread. Ending the program writes what is due (flush()); kill -9 loses at most the last second.
class DraftKeeper final : public QObject {
    Q_OBJECT
public:
    DraftKeeper(Store &store, Clock &clock, QObject *parent = nullptr);
    ~DraftKeeper() override; ///< hands over what is due

    /// After the start of the program: the newest draft that is not empty, which is from now on the one that is kept.
    Call restore(std::function<void(Result<std::optional<Composition>>)> then);
    void keep(const Composition &composition); ///< an empty one removes the draft
    void flush(); ///< hands over now what waits
    /// The message left or was thrown away: its draft goes. The next keep() makes a new one.
    void forget();
    [[nodiscard]] bool isSaved() const; ///< nothing waits and nothing is under way

    /// Templates. `then`: the id; BadInput when another template has the name (or it is empty).
    Call saveTemplate(const QString &name, const Composition &composition, std::function<void(Result<DraftId>)> then);
    Call templates(std::function<void(Result<std::vector<StoredDraft>>)> then); ///< by name, without content
    Call readTemplate(DraftId id, std::function<void(Result<Composition>)> then);
    Call removeTemplate(DraftId id, std::function<void(Done)> then);

signals:
    void saved(); ///< what was kept last is on disk
    /// The draft was taken away with a person who was erased: it named them, perhaps only in what was typed last,
    /// or what was typed last could not be written where the erasure would have looked into it.
    /// Whoever shows it shows it no longer; what waited to be kept is dropped.
    void erased();
    void failed(const rollcall::Failure &failure); ///< it stays in memory and is tried again with the next change

private:
    void write(bool beforeErasing = false);
    void notKept(const Failure &failure, const Composition &composition, bool beforeErasing);
    void handOver();
    void leaveWriting();
    void lookAfter(const Change &change);
    void lose();

    Store &m_store;
    Clock &m_clock;
    DraftId m_id;
    std::optional<Composition> m_due;
    bool m_writing = false;
    quint64 m_generation = 0; ///< leaveWriting() makes answers of before void
    Call m_timer;
    Call m_write;
    Call m_look;
    std::list<Call> m_forgotten; ///< writes under way of what is kept no longer
};

} // namespace rollcall
