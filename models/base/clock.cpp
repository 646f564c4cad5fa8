// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/clock.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QFile>
#include <QTimer>
#ifdef Q_OS_LINUX
#include <ctime>
#endif

namespace rollcall {

Clock::~Clock() = default;

static QString readBootId()
{
#ifdef Q_OS_LINUX
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    if (file.open(QIODevice::ReadOnly))
        return QString::fromLatin1(file.readAll().trimmed());
#endif
    return {};
}

static qint64 sinceBootMs()
{
#ifdef Q_OS_LINUX
    timespec ts{};
    // CLOCK_BOOTTIME counts suspend, so a week asleep is a week older.
    if (clock_gettime(CLOCK_BOOTTIME, &ts) == 0)
        return qint64(ts.tv_sec) * 1000 + ts.tv_nsec / 1'000'000;
#endif
    QElapsedTimer timer;
    timer.start();
    return timer.msecsSinceReference();
}

Instant SystemClock::now() const
{
    static const QString boot = readBootId();
    return {QDateTime::currentMSecsSinceEpoch(), sinceBootMs(), boot};
}

Call SystemClock::after(qint64 ms, std::function<void()> then)
{
    auto *timer = new QTimer;
    timer->setSingleShot(true);
    timer->setTimerType(Qt::PreciseTimer);
    auto state = std::make_shared<Call::State>();
    state->stop = [timer] { timer->deleteLater(); };
    QObject::connect(timer, &QTimer::timeout, timer, [timer, state, then = std::move(then)] {
        timer->deleteLater();
        if (std::exchange(state->open, false))
            then();
    });
    // int milliseconds: 24 days is the longest a QTimer takes; longer waits are cut and asked again by their owners.
    timer->start(int(std::min<qint64>(std::max<qint64>(ms, 0), 2'000'000'000)));
    return Call(state);
}

} // namespace rollcall
