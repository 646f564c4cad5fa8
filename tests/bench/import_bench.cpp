// SPDX-License-Identifier: GPL-3.0-or-later
// Importing a list (read, normalise, dedupe, move into the store; the dry run that the dialog makes in between is a
// figure of its own), against libphonenumber alone on one thread over the same numbers in the same run (performance.md
// section 3).
#include "models/exchange/importer.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "models/store/store.h"
#include "tests/bench/contactsmaker.h"
#include "tests/bench/figures.h"
#include "tests/bench/librarywork.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

using namespace rollcall;
using F = ImportField;

namespace {

double peakMiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return NAN;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    }
    return NAN;
}

/// The longest time this thread, which would be the window's, did not come round.
class Heartbeat final : public QTimer {
public:
    Heartbeat()
    {
        setTimerType(Qt::PreciseTimer);
        callOnTimeout([this] { beat(); });
        m_clock.start();
        start(5);
    }
    double worstMs() const { return m_worst; }

private:
    void beat()
    {
        m_worst = std::max(m_worst, double(m_clock.nsecsElapsed()) / 1e6 - 5.0);
        m_clock.start();
    }
    QElapsedTimer m_clock;
    double m_worst = 0;
};

template <class T, class Start> Result<T> await(Start start)
{
    QEventLoop loop;
    std::optional<Result<T>> answer;
    const Call call = start([&](Result<T> result) {
        answer.emplace(std::move(result));
        loop.quit();
    });
    if (!answer)
        loop.exec();
    return std::move(*answer);
}

struct Bench {
    Figures &figures;
    Store &store;
    Importer &importer;
    QString file;
    std::vector<PersonId> window = {}; ///< 256 people of the filled store, to be read while an import moves
    std::function<void()> onMove = {}; ///< called once, when the move of an import holds the writer
    double worstWindowMs = 0;

    double dryRun = 0; ///< of the last run, seconds

    /// One import from the file to the last commit; seconds without the dry run, or nothing when it failed.
    std::optional<double> run(const char *name, bool watch, int rows)
    {
        QElapsedTimer timer;
        timer.start();
        const ImportRequest request{
            file, {}, {F::Name, F::Phone, F::Country, F::Email, F::Organisation, F::Tags, F::OptInDate}, {}};
        double readSeconds = 0;
        const auto onProgress = [&](const ImportProgress &now) {
            if (now.bytes >= now.totalBytes)
                readSeconds = double(timer.nsecsElapsed()) / 1e9;
        };
        auto staged = await<StagedImport>(
            [&](auto then) { return importer.stage(request, std::make_shared<JobControl>(), onProgress, then); });
        const double stagedSeconds = double(timer.nsecsElapsed()) / 1e9;
        if (!staged) {
            figures.broken(name, staged.failure().detail.toStdString());
            return {};
        }
        QTimer reader;
        Call reading;
        if (watch)
            watchWindows(reader, reading);
        ConsentEvent consent;
        const auto onMoving = [this](Progress) {
            if (const auto first = std::exchange(onMove, {}))
                first();
        };
        auto outcome = await<ImportOutcome>([&](auto then) {
            return importer.commit(*staged, consent, std::make_shared<JobControl>(), onMoving, then);
        });
        dryRun = stagedSeconds - readSeconds;
        const double seconds = double(timer.nsecsElapsed()) / 1e9 - dryRun;
        if (!outcome) {
            figures.broken(name, outcome.failure().detail.toStdString());
            return {};
        }
        figures.note((std::string(name) + ": reading").c_str(), readSeconds, "s");
        figures.note((std::string(name) + ": dry run").c_str(), dryRun, "s");
        figures.note((std::string(name) + ": move").c_str(), seconds - readSeconds, "s");
        if (outcome->counts.sum() != rows || staged->dryRun.sum() != rows
            || staged->dryRun.added != outcome->counts.added)
            figures.broken(name, "the counts do not add up to " + std::to_string(rows) + " rows");
        return seconds;
    }

    /// Reads the 256 rows of a window again and again while the import moves.
    void watchWindows(QTimer &timer, Call &reading)
    {
        timer.callOnTimeout([this, &reading] {
            if (reading.isOpen())
                return;
            QElapsedTimer clock;
            clock.start();
            reading = store.people().rows(window, {}, [this, clock](const Result<std::vector<PersonRow>> &) {
                worstWindowMs = std::max(worstWindowMs, double(clock.nsecsElapsed()) / 1e6);
            });
        });
        timer.start(20);
    }
};

double librarySeconds(int rows)
{
    bench::libraryWork("+4915123456789", "DE");
    bench::ContactsMaker maker(1);
    qint64 spent = 0;
    for (int i = 0; i < rows; ++i) {
        const bench::ContactsMaker::Contact contact = maker.next();
        QElapsedTimer timer;
        timer.start();
        bench::libraryWork(contact.phone, contact.country);
        spent += timer.nsecsElapsed();
    }
    return double(spent) / 1e9;
}

/// Two people who write STOP while an import moves and holds the writer: one of the list that is being moved, one of
/// the filled store, whose numbers only the reader can name.
class StopsInTheMidst final {
public:
    StopsInTheMidst(Store &store, const PhoneNumber &listed, PersonId here, AliasKey ofHere)
        : m_store(store)
        , m_listed(listed)
        , m_here(here)
        , m_ofHere(ofHere)
    {
        m_poll.setTimerType(Qt::PreciseTimer);
        m_poll.callOnTimeout([this] { look(); });
    }

    /// To be called when the move has begun.
    void stop()
    {
        const AliasKey key(m_listed.e164);
        m_wereStopped = stops().contains(key) || stops().contains(m_ofHere);
        m_given.start();
        m_saving[0] = stops().stop({}, {key}, QStringLiteral("bench"), booked());
        m_listedAtOnce = stops().contains(key) && stops().isSaving(key);
        m_saving[1] = stops().stop({m_here}, {}, QStringLiteral("bench"), booked());
        m_poll.start(1);
    }

    /// After the import: the writer is free, and both must be on disk with everybody they concern.
    void judge(Figures &figures)
    {
        if (m_wereStopped || !m_given.isValid())
            return figures.broken("stop", "there was no stop to be given while the import moved");
        QEventLoop loop;
        QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
        m_whenBooked = [&] { loop.quit(); };
        if (m_booked + m_failed < 2)
            loop.exec();
        m_whenBooked = {};
        if (m_booked != 2)
            figures.broken("stop", "a stop that was given while an import moved was not stored");
        if (!m_listedAtOnce)
            figures.broken("stop", "a stop during an import was not effective at once");
        if (std::isnan(m_hereMs))
            figures.broken("stop", "the stop of a person never reached their number");
        figures.atMost("stop of a person of the store while an import moves", m_hereMs, "ms", 50);
        const qint64 stopped = count(true);
        if (count(false) != 0 || stopped < 1)
            figures.broken("stop", "who wrote STOP while their row was moved is not do-not-contact afterwards");
        const auto row
            = await<std::vector<PersonRow>>([this](auto then) { return m_store.people().rows({m_here}, {}, then); });
        if (!row || row->empty() || !row->front().doNotContact)
            figures.broken("stop", "who wrote STOP while an import moved is not do-not-contact afterwards");
    }

private:
    [[nodiscard]] Stops &stops() const { return m_store.stops(); }
    std::function<void(const Done &)> booked()
    {
        return [this](const Done &done) {
            ++(done.ok() ? m_booked : m_failed);
            if (m_booked + m_failed == 2 && m_whenBooked)
                m_whenBooked();
        };
    }
    void look()
    {
        if (!stops().contains(m_ofHere))
            return;
        m_hereMs = double(m_given.nsecsElapsed()) / 1e6;
        m_poll.stop();
    }
    /// People of the listed number who are do-not-contact, or are not; -1 when it cannot be told.
    qint64 count(bool doNotContact)
    {
        const Filter filter{.text = m_listed.e164Text(), .doNotContact = doNotContact};
        const auto found = await<qint64>([&](auto then) { return m_store.people().count(filter, {}, then); });
        return found ? *found : -1;
    }

    Store &m_store;
    PhoneNumber m_listed;
    PersonId m_here;
    AliasKey m_ofHere;
    QElapsedTimer m_given;
    QTimer m_poll;
    std::array<Call, 2> m_saving;
    std::function<void()> m_whenBooked;
    int m_booked = 0;
    int m_failed = 0;
    bool m_wereStopped = false;
    bool m_listedAtOnce = false;
    double m_hereMs = NAN;
};

/// The first good number of the list that is made of this seed.
PhoneNumber firstNumber(std::uint64_t seed)
{
    bench::ContactsMaker maker(seed);
    for (;;) {
        const bench::ContactsMaker::Contact contact = maker.next();
        PhoneNumber number = parsePhoneNumber(QString::fromUtf8(contact.phone), QString::fromUtf8(contact.country));
        if (number.e164 > 0)
            return number;
    }
}

void secondList(Bench &bench, const QTemporaryDir &dir, int rows)
{
    // Another list into the filled store; in its midst two people write STOP.
    bench.file = dir.filePath(QStringLiteral("other.csv"));
    auto spine = await<Spine>([&](auto then) { return bench.store.people().spine({}, {}, {}, then); });
    if (!spine || spine->size() < 256)
        return bench.figures.broken("spine", "the store is not filled");
    bench.window.assign(spine->begin(), spine->begin() + 256);
    const auto shown
        = await<std::vector<PersonRow>>([&](auto then) { return bench.store.people().rows(bench.window, {}, then); });
    const PhoneNumber listed = firstNumber(2);
    const auto here = shown
        ? std::find_if(shown->begin(), shown->end(),
            [&](const PersonRow &row) { return row.fields.number.e164 > 0 && row.fields.number.e164 != listed.e164; })
        : std::vector<PersonRow>::const_iterator{};
    if (!shown || here == shown->end())
        return bench.figures.broken("rows", "nobody of the store has a number");
    StopsInTheMidst stops(bench.store, listed, here->id, AliasKey(here->fields.number.e164));
    bench.onMove = [&] { stops.stop(); };
    const auto seconds = bench.run("second list", true, rows);
    bench.onMove = {};
    if (!seconds)
        return;
    bench.figures.note("import into the filled store", *seconds, "s");
    bench.figures.atMost("window of 256 rows while an import moves, worst", bench.worstWindowMs, "ms", 50);
    stops.judge(bench.figures);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Figures figures(argc, argv);
    const int rows = figures.isShort() ? 10'000 : 1'000'000;
    QTemporaryDir dir;
    const QString profile = dir.filePath(QStringLiteral("profile"));
    const SystemClock clock;
    auto store = Store::open(profile, clock);
    if (!store) {
        figures.broken("store", store.failure().detail.toStdString());
        return figures.exitCode();
    }
    static_cast<void>(await<Nothing>([&](auto then) { return (*store)->checkFile(false, then); }));
    Importer importer(**store, profile);
    Bench bench{figures, **store, importer, dir.filePath(QStringLiteral("list.csv"))};
    if (!bench::writeContacts(bench.file, rows, 1)
        || !bench::writeContacts(dir.filePath(QStringLiteral("other.csv")), rows, 2)) {
        figures.broken("write", "the disk would not take the list");
        return figures.exitCode();
    }
    const Heartbeat heartbeat;
    const auto first = bench.run("first import", false, rows);
    const double peak = peakMiB();
    const double dryRun = bench.dryRun;
    const auto again = first ? bench.run("import again", false, rows) : std::nullopt;
    if (!first || !again)
        return figures.exitCode();
    const double megabytes = double(QFileInfo(profile + QStringLiteral("/rollcall.db")).size()) / 1024 / 1024;
    secondList(bench, dir, rows);
    const double stall = heartbeat.worstMs();
    const double library = librarySeconds(rows);

    figures.note("libphonenumber alone, one thread", library, "s");
    figures.note("import: read, normalise, dedupe, move", *first, "s");
    figures.note("import with its dry run / libphonenumber alone", (*first + dryRun) / library, "x");
    figures.atMost("import / libphonenumber alone", *first / library, "x", 1.6, 0.25);
    figures.atMost("import of the same list again / first", *again / *first, "x", 1.5, 1.1);
    figures.atMost("memory peak of an import", peak, "MiB", 450, 350);
    figures.atMost("database per 1,000,000 people", megabytes * 1'000'000 / rows, "MiB", 250, 150);
    figures.atMost("longest stall of the window's thread", stall, "ms", 50, 16);
    return figures.exitCode();
}
