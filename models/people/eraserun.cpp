// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/people/eraserun.h"

#include "models/store/store.h"

namespace rollcall {

namespace {

void addOnce(QStringList &all, const QStringList &some)
{
    for (const QString &one : some)
        if (!all.contains(one))
            all << one;
}

} // namespace

EraseRun::EraseRun(Store &store, std::vector<PersonId> people, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_people(std::move(people))
{
}

void EraseRun::start()
{
    next();
}

void EraseRun::setPaused(bool on)
{
    if (std::exchange(m_paused, on) && !on && !m_erase.isOpen())
        next();
}

void EraseRun::cancel()
{
    m_cancelled = true;
    if (!m_erase.isOpen())
        end();
}

Progress EraseRun::progress() const
{
    return {qint64(m_at), qint64(m_people.size())};
}

void EraseRun::next()
{
    if (m_cancelled || m_at >= m_people.size())
        return end();
    if (!m_paused)
        m_erase = m_store.erasures().erase(m_people[m_at], [this](const Result<EraseReport> &report) { take(report); });
}

void EraseRun::take(const Result<EraseReport> &report)
{
    if (!report && report.failure().kind != Failure::Kind::NotFound) {
        m_tally.problem = report.failure();
        return end();
    }
    if (report && !report->erased && report->openRemote == 0) {
        m_tally.importOpen = true;
        return end();
    }
    ++m_at;
    if (!report) {
        ++m_tally.gone;
    } else if (!report->erased) {
        ++m_tally.kept;
    } else {
        ++m_tally.erased;
        m_tally.journalDetails += report->journalDetails;
        m_tally.sharing += report->sharing;
        addOnce(m_tally.failed, report->failed);
        addOnce(m_tally.leftIn, report->leftIn);
    }
    emit progressed();
    // This callback is the Call's own: the next one takes its place when it has returned.
    QMetaObject::invokeMethod(this, &EraseRun::next, Qt::QueuedConnection);
}

void EraseRun::end()
{
    if (std::exchange(m_ended, true))
        return;
    m_tally.untouched = qint64(m_people.size() - m_at);
    emit finished();
}

} // namespace rollcall
