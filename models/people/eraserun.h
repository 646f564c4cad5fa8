// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/progress.h"
#include "models/store/erasures.h"

#include <QObject>
#include <optional>

namespace rollcall {

class Store;

/// What became of erasing many people.
struct EraseTally {
    qint64 erased = 0;
    qint64 kept = 0; ///< requests about them are open: nothing of them was erased
    qint64 gone = 0; ///< were not here any more when their turn came
    qint64 untouched = 0; ///< not begun: cancelled before, or ended by `problem`
    qint64 journalDetails = 0;
    qint64 sharing = 0;
    bool importOpen = false; ///< it ended because an import is being prepared
    std::optional<Failure> problem = {}; ///< it ended because of this
    QStringList failed = {}; ///< copies that could not be changed, each once
    QStringList leftIn = {}; ///< files in which a text is still found, each once
};

/// "Erase but keep suppressed" for many, one after another (Erasures::erase): each is a transaction of its own, so that
/// pausing, cancelling and a crash leave nobody half erased. Pausing and cancelling take hold between two people. GUI
/// thread.
class EraseRun final : public QObject {
    Q_OBJECT
public:
    EraseRun(Store &store, std::vector<PersonId> people, QObject *parent = nullptr);
    void start();
    void setPaused(bool on);
    [[nodiscard]] bool isPaused() const { return m_paused; }
    void cancel();
    [[nodiscard]] Progress progress() const;
    [[nodiscard]] const EraseTally &tally() const { return m_tally; }

signals:
    void progressed(); ///< after each person
    void finished(); ///< once

private:
    void next();
    void take(const Result<EraseReport> &report);
    void end();

    Store &m_store;
    const std::vector<PersonId> m_people;
    std::size_t m_at = 0; ///< whose turn it is
    bool m_paused = false;
    bool m_cancelled = false;
    bool m_ended = false;
    EraseTally m_tally;
    Call m_erase;
};

} // namespace rollcall
