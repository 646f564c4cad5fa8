// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secrets/secrets.h"

#include <QHash>
#include <QObject>

namespace rollcall {
namespace {

/// This session's memory: gone with the program. Answers from the event loop, like the keychain does, so that nobody
/// comes to rely on an answer before the function returned.
class MemorySecrets final : public Secrets {
public:
    Call read(const QString &key, std::function<void(Result<Secret>)> then) override
    {
        Result<Secret> found = m_secrets.contains(key)
            ? Result<Secret>(m_secrets.value(key))
            : Result<Secret>(Failure{Failure::Kind::NotFound, QStringLiteral("not in this session's memory")});
        return later(std::move(then), std::move(found));
    }

    Call write(const QString &key, const Secret &secret, std::function<void(Done)> then) override
    {
        m_secrets.insert(key, secret);
        return later(std::move(then), Done(Nothing{}));
    }

    Call forget(const QString &key, std::function<void(Done)> then) override
    {
        m_secrets.remove(key);
        return later(std::move(then), Done(Nothing{}));
    }

    [[nodiscard]] QString backendName() const override { return QStringLiteral("memory"); }

private:
    template <class T> Call later(std::function<void(Result<T>)> then, Result<T> answer)
    {
        auto state = std::make_shared<Call::State>();
        QMetaObject::invokeMethod(
            &m_context,
            [state, then = std::move(then), answer = std::move(answer)]() mutable {
                if (std::exchange(state->open, false))
                    then(std::move(answer));
            },
            Qt::QueuedConnection);
        return Call(state);
    }

    QHash<QString, Secret> m_secrets;
    QObject m_context;
};

} // namespace

std::unique_ptr<Secrets> makeMemorySecrets()
{
    return std::make_unique<MemorySecrets>();
}

} // namespace rollcall
