// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/person.h"
#include "models/store/store.h"
#include "tests/support/fakeclock.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>

namespace rollcall::tests {

/// Waits (in the test only) for the answer of something that takes a callback and gives a Call:
///     Result<PersonId> id = await<PersonId>([&](auto then) { return store->people().add(fields, then); });
template <class T>
Result<T> await(const std::function<Call(std::function<void(Result<T>)>)> &start, int timeoutMs = 30'000)
{
    auto answer = std::make_shared<std::optional<Result<T>>>();
    const Call call = start([answer](Result<T> result) { answer->emplace(std::move(result)); });
    // The timer wakes the waiting; processEvents() with a time of its own would spin.
    QTimer timer;
    timer.setSingleShot(true);
    timer.start(timeoutMs);
    while (!answer->has_value() && timer.isActive())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    if (!answer->has_value())
        return Failure{.kind = Failure::Kind::Timeout, .detail = QStringLiteral("no answer")};
    return std::move(**answer);
}

/// A Store in a folder of its own that goes with it, under a fake clock, its file checked, the operator "Tess".
class TemporaryStore {
public:
    TemporaryStore();
    ~TemporaryStore();
    [[nodiscard]] Store *operator->() const { return m_store.get(); }
    [[nodiscard]] Store &operator*() const { return *m_store; }
    [[nodiscard]] bool isOpen() const { return m_store != nullptr; }
    FakeClock clock;

    void close();
    /// Opens the folder (again) and checks the file; false with failure() when it is refused.
    bool open(bool check = true);
    [[nodiscard]] const Failure &failure() const { return m_failure; }
    [[nodiscard]] QString folder() const;
    [[nodiscard]] QString file() const; ///< the database

    /// Shorthands that fail the test (QFAIL is not possible here: they abort) when the store refuses.
    PersonId add(const QString &name, const QString &typed, qint64 e164 = 0, const QString &region = {});
    PersonId add(const PersonFields &fields);
    PersonRow row(PersonId id, AccountId account = {});
    AccountId account(const QString &name = QStringLiteral("Main"));

    /// Runs SQL on the closed file with a connection of its own, as a stranger's tool would. False on an error.
    static bool tamper(const QString &file, const QString &sql);

private:
    QTemporaryDir m_dir;
    std::unique_ptr<Store> m_store;
    Failure m_failure;
};

} // namespace rollcall::tests
