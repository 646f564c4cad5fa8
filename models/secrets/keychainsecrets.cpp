// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secrets/secrets.h"

#include <QObject>
#include <qt6keychain/keychain.h>

namespace rollcall {
namespace {

/// Measured for QtKeychain 0.13.2 on libsecret (platform.md 2): 1 = no such entry, also when the keyring is locked;
/// 4 = locked and nobody there to unlock it; 7 = no bus, no service or no libsecret (5, the code meant for that, never
/// came).
Failure::Kind kindOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::EntryNotFound:
        return Failure::Kind::NotFound;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::CouldNotDeleteEntry:
        return Failure::Kind::KeychainLocked;
    case QKeychain::NoError:
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        break;
    }
    return Failure::Kind::NoKeychain;
}

/// The operating system's keychain. setInsecureFallback() is never called: its default is off, and on would mean a
/// plain-text file. A job is never deleted while it runs (libsecret calls back into it): dropping the Call only
/// silences it, the job then deletes itself.
class KeychainSecrets final : public Secrets {
public:
    explicit KeychainSecrets(QString service)
        : m_service(std::move(service))
    {
    }

    Call read(const QString &key, std::function<void(Result<Secret>)> then) override
    {
        auto *job = new QKeychain::ReadPasswordJob(m_service);
        return start<Secret>(
            job, key, std::move(then), [job]() -> Result<Secret> { return Secret(job->textData().toUtf8()); });
    }

    Call write(const QString &key, const Secret &secret, std::function<void(Done)> then) override
    {
        auto *job = new QKeychain::WritePasswordJob(m_service);
        job->setTextData(QString::fromUtf8(secret.reveal()));
        return start<Nothing>(job, key, std::move(then), []() -> Done { return Nothing{}; });
    }

    Call forget(const QString &key, std::function<void(Done)> then) override
    {
        auto *job = new QKeychain::DeletePasswordJob(m_service);
        return start<Nothing>(job, key, std::move(then), []() -> Done { return Nothing{}; });
    }

    [[nodiscard]] QString backendName() const override
    {
#if defined(Q_OS_WIN)
        return QStringLiteral("Windows Credential Store");
#elif defined(Q_OS_MACOS)
        return QStringLiteral("macOS Keychain");
#else
        return QStringLiteral("Secret Service");
#endif
    }

private:
    template <class T>
    Call start(QKeychain::Job *job, const QString &key, std::function<void(Result<T>)> then,
        std::function<Result<T>()> success)
    {
        auto state = std::make_shared<Call::State>();
        job->setKey(key);
        QObject::connect(job, &QKeychain::Job::finished, job,
            [state, then = std::move(then), success = std::move(success)](QKeychain::Job *done) {
                if (!std::exchange(state->open, false))
                    return;
                if (done->error() == QKeychain::NoError)
                    then(success());
                else
                    then(Failure{kindOf(done->error()), done->errorString(), {}, int(done->error())});
            });
        job->start();
        return Call(state);
    }

    QString m_service;
};

} // namespace

std::unique_ptr<Secrets> makeKeychainSecrets(const QString &service)
{
    return std::make_unique<KeychainSecrets>(service);
}

} // namespace rollcall
