// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/transport.h"

#include "models/gateways/exchange.h"
#include "models/gateways/httptime.h"
#include "models/gateways/way.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QThreadPool>
#include <algorithm>
#include <optional>

namespace rollcall {

namespace {

constexpr int mostInFlight = 6;

} // namespace

struct Transport::Parts : std::enable_shared_from_this<Transport::Parts> {
    /// One request from hand-over to answer: waiting for the way, for its turn, or on the wire.
    struct Job {
        std::unique_ptr<Exchange> exchange;
        std::function<bool()> mayLeave = {};
        bool waited = false;
        bool heldBack = false;
        Call deadline;
    };
    using JobPtr = std::shared_ptr<Job>;

    Parts(const QUrl &url, const QString &ca, Clock &time)
        : address(url)
        , caFile(ca)
        , clock(time)
    {
    }

    void prepare();
    void next();
    [[nodiscard]] bool holdsBack(const JobPtr &job);
    void answered(const JobPtr &job, Result<HttpReply> result, const std::shared_ptr<Call::State> &state,
        const std::function<void(Result<HttpReply>)> &then);
    void remove(const JobPtr &job);
    void noteAnswer(const Job &job, const Result<HttpReply> &result);
    [[nodiscard]] QUrl urlOf(const HttpRequest &request) const;

    QUrl address;
    QString caFile;
    Clock &clock;
    QNetworkAccessManager reads;
    QNetworkAccessManager writes;
    bool preparing = false;
    std::optional<Way> way;
    std::vector<JobPtr> jobs; ///< in the order handed over
    Route route;
};

Transport::Transport(const QUrl &address, const QString &caFile, Clock &clock)
    : m_parts(std::make_shared<Parts>(address, caFile, clock))
{
}

Transport::~Transport()
{
    for (const Parts::JobPtr &job : std::exchange(m_parts->jobs, {}))
        job->exchange->stop();
}

Route Transport::route() const
{
    return m_parts->route;
}

Call Transport::send(
    const HttpRequest &request, std::function<void(Result<HttpReply>)> then, std::function<bool()> mayLeave)
{
    auto state = std::make_shared<Call::State>();
    auto job = std::make_shared<Parts::Job>();
    const std::weak_ptr<Parts> weak = m_parts;
    const std::weak_ptr<Parts::Job> weakJob = job;
    job->exchange = std::make_unique<Exchange>(
        request, m_parts->urlOf(request), [weak, weakJob, state, then = std::move(then)](Result<HttpReply> result) {
            const auto parts = weak.lock();
            const auto self = weakJob.lock();
            if (parts && self)
                parts->answered(self, std::move(result), state, then);
        });
    state->stop = [weak, weakJob] {
        const auto parts = weak.lock();
        const auto self = weakJob.lock();
        if (!parts || !self)
            return;
        self->exchange->stop();
        parts->remove(self);
    };
    m_parts->jobs.push_back(job);
    if (const auto problem = job->exchange->problem()) {
        // Told from the event loop, like every other answer.
        job->deadline = m_parts->clock.after(0, [weakJob, problem] {
            if (const auto self = weakJob.lock())
                self->exchange->fail(*problem);
        });
        return Call(state);
    }
    job->deadline = m_parts->clock.after(request.deadlineMs, [weakJob] {
        if (const auto self = weakJob.lock())
            self->exchange->expire();
    });
    job->mayLeave = std::move(mayLeave);
    m_parts->prepare();
    m_parts->next();
    job->waited = !job->exchange || !job->exchange->isStarted();
    return Call(state);
}

QUrl Transport::Parts::urlOf(const HttpRequest &request) const
{
    QByteArray base = address.toEncoded();
    while (base.endsWith('/'))
        base.chop(1);
    // The path is percent-encoded by the dialect; QUrl must not encode it again ("%253d" is the bug to avoid).
    return QUrl::fromEncoded(base + request.path, QUrl::StrictMode);
}

/// Certificates and proxy settings are read off the GUI thread, once.
void Transport::Parts::prepare()
{
    if (preparing || way)
        return;
    preparing = true;
    QThreadPool::globalInstance()->start([weak = weak_from_this(), address = address, caFile = caFile] {
        Way found = findWay(address, caFile);
        QCoreApplication *app = QCoreApplication::instance();
        if (!app)
            return;
        QMetaObject::invokeMethod(
            app,
            [weak, found = std::move(found)] {
                const auto parts = weak.lock();
                if (!parts)
                    return;
                parts->reads.setProxy(found.proxy);
                parts->writes.setProxy(found.proxy);
                parts->route.proxy = found.proxyText();
                parts->way = found;
                parts->next();
            },
            Qt::QueuedConnection);
    });
}

void Transport::Parts::next()
{
    if (!way)
        return;
    if (way->refusal) {
        const auto self = shared_from_this();
        for (const JobPtr &job : std::vector<JobPtr>(jobs))
            job->exchange->fail(*way->refusal);
        return;
    }
    const auto started = [](const JobPtr &job) { return job->exchange->isStarted(); };
    auto inFlight = std::count_if(jobs.begin(), jobs.end(), started);
    bool writing = std::any_of(
        jobs.begin(), jobs.end(), [&](const JobPtr &job) { return started(job) && job->exchange->isWrite(); });
    for (const JobPtr &job : std::vector<JobPtr>(jobs)) { // a caller that is asked may hand over the next one
        if (inFlight >= mostInFlight)
            return;
        const bool write = job->exchange->isWrite();
        if (started(job) || (write && writing) || job->exchange->problem() || holdsBack(job))
            continue;
        // A kept-alive connection that the peer just closed would look like an unknown outcome (measured fact M4).
        if (write)
            writes.clearConnectionCache();
        writing = writing || write;
        ++inFlight;
        job->exchange->start(write ? writes : reads, *way);
    }
}

/// It waited: a STOP, a pause or a cancel may have come meanwhile. Told from the event loop, like every other answer.
bool Transport::Parts::holdsBack(const JobPtr &job)
{
    if (job->heldBack || !job->waited || !job->mayLeave || job->mayLeave())
        return job->heldBack;
    job->heldBack = true;
    job->deadline = clock.after(0, [weak = std::weak_ptr(job)] {
        if (const auto self = weak.lock())
            self->exchange->fail({Failure::Kind::Cancelled, QStringLiteral("the caller held it back")});
    });
    return true;
}

void Transport::Parts::remove(const JobPtr &job)
{
    std::erase(jobs, job);
    next();
}

void Transport::Parts::answered(const JobPtr &job, Result<HttpReply> result, const std::shared_ptr<Call::State> &state,
    const std::function<void(Result<HttpReply>)> &then)
{
    const auto self = shared_from_this();
    noteAnswer(*job, result);
    remove(job);
    // The exchange is in the middle of telling us: it goes with the job, from the event loop.
    job->exchange.release()->deleteLater();
    if (!std::exchange(state->open, false))
        return;
    state->stop = nullptr;
    then(std::move(result));
}

void Transport::Parts::noteAnswer(const Job &job, const Result<HttpReply> &result)
{
    if (!job.exchange->tlsText().isEmpty())
        route.tls = job.exchange->tlsText();
    if (!result)
        return;
    if (const auto date = readHttpDate(result->header("date"))) {
        route.clockSkewMs = *date - clock.now().wallMs;
        route.skewKnown = true;
    }
}

} // namespace rollcall
