// SPDX-License-Identifier: GPL-3.0-or-later
// The program without its window, for erases.py: opens a profile's folder with the real store and takes people out.
//   rollcall-erasing FOLDER fill N | erase ID… | retain | verify        --days D: the clock is so far ahead
// Every line it prints is an acknowledgement: what it tells is on disk.
#include "models/base/clock.h"
#include "models/people/eraserun.h"
#include "models/store/backups.h"
#include "models/store/consents.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "models/store/store.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTimer>
#include <unistd.h>

using namespace rollcall;

namespace {

/// Past the stream buffers at once: what is in a buffer when the program is killed was never said.
void say(const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    if (::write(STDOUT_FILENO, bytes.constData(), static_cast<size_t>(bytes.size())) < 0)
        std::_Exit(3);
}

class AheadClock final : public Clock {
public:
    explicit AheadClock(qint64 days)
        : m_aheadMs(days * 86'400'000)
    {
    }
    [[nodiscard]] Instant now() const override
    {
        Instant instant = m_real.now();
        instant.wallMs += m_aheadMs;
        return instant;
    }
    Call after(qint64 ms, std::function<void()> then) override { return m_real.after(ms, std::move(then)); }

private:
    SystemClock m_real;
    const qint64 m_aheadMs;
};

class Erasing final : public QObject {
public:
    Erasing(const QStringList &words, qint64 days)
        : m_words(words)
        , m_clock(days)
    {
    }
    void begin()
    {
        auto opened = Store::open(m_words.value(0), m_clock);
        if (failed(opened))
            return;
        m_store = std::move(*opened);
        m_store->setOperator(QStringLiteral("crash trial"));
        const QString command = m_words.value(1);
        m_call = m_store->checkFile(command == QLatin1String("verify"), [this, command](const Done &done) {
            if (failed(done))
                return;
            if (command == QLatin1String("fill"))
                fill(0);
            else if (command == QLatin1String("erase"))
                erase();
            else if (command == QLatin1String("retain"))
                retain();
            else if (command == QLatin1String("verify"))
                verify();
            else
                end(2, QStringLiteral("unknown command"));
        });
    }

private:
    template <class T> bool failed(const Result<T> &result)
    {
        if (!result)
            end(1, QStringLiteral("failed %1 %2").arg(int(result.failure().kind)).arg(result.failure().detail));
        return !result;
    }
    void end(int code, const QString &line)
    {
        say(line);
        QCoreApplication::exit(code);
    }
    /// Each with a name, number, e-mail and note that nobody else has; then a backup that holds them all.
    void fill(int index)
    {
        if (index == m_words.value(2).toInt()) {
            m_call = m_store->backups().backupNow([this](const Result<BackupFile> &backup) {
                if (!failed(backup))
                    end(0, QStringLiteral("filled"));
            });
            return;
        }
        const QString mark = QStringLiteral("q%1z").arg(index, 4, 10, QLatin1Char('0'));
        const qint64 number = 4'915'112'340'000 + index;
        PersonFields fields;
        fields.name = QStringLiteral("Name") + mark;
        fields.number = {.typed = QStringLiteral("+%1").arg(number),
            .e164 = number,
            .region = QStringLiteral("DE"),
            .state = NumberState::Valid,
            .explicitPlus = true};
        fields.email = QStringLiteral("mail") + mark + QStringLiteral("@example.org");
        fields.note = QStringLiteral("note") + mark;
        m_call = m_store->people().add(fields, [this, index, mark](const Result<PersonId> &id) {
            if (failed(id))
                return;
            say(QStringLiteral("person %1 %2").arg(id->value()).arg(mark));
            fill(index + 1);
        });
    }
    void erase()
    {
        std::vector<PersonId> people;
        for (const QString &word : m_words.mid(2))
            people.emplace_back(word.toLongLong());
        m_run = std::make_unique<EraseRun>(*m_store, people);
        connect(m_run.get(), &EraseRun::progressed, this, [this, people] {
            say(QStringLiteral("erased %1").arg(people[std::size_t(m_run->progress().done - 1)].value()));
        });
        connect(m_run.get(), &EraseRun::finished, this, [this] {
            const EraseTally &tally = m_run->tally();
            end(tally.problem ? 1 : 0,
                QStringLiteral("finished erased=%1 gone=%2 kept=%3 failed=%4 left=%5")
                    .arg(tally.erased)
                    .arg(tally.gone)
                    .arg(tally.kept)
                    .arg(tally.failed.join(u','), tally.leftIn.join(u',')));
        });
        m_run->start();
    }
    void retain()
    {
        const RetentionRules rules{.leadMonths = 1, .journalMonths = 1};
        m_call = m_store->erasures().apply(rules, false, [this](const Result<RetentionCounts> &removed) {
            if (!failed(removed))
                end(0, QStringLiteral("removed people=%1 details=%2").arg(removed->people).arg(removed->details));
        });
    }
    void verify()
    {
        say(QStringLiteral("integrity ok"));
        m_call = m_store->journal().verify([this](const Result<ChainReport> &report) {
            if (failed(report))
                return;
            if (!report->sound)
                return end(1, QStringLiteral("journal broken at %1: %2").arg(report->firstBroken).arg(report->finding));
            end(0, QStringLiteral("journal sound entries=%1").arg(report->entries));
        });
    }

    const QStringList m_words;
    AheadClock m_clock;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<EraseRun> m_run;
    Call m_call;
};

} // namespace

int main(int count, char **words)
{
    QCoreApplication application(count, words);
    QCommandLineParser parser;
    const QCommandLineOption days(QStringLiteral("days"), {}, QStringLiteral("n"), QStringLiteral("0"));
    parser.addOption(days);
    parser.process(application);
    Erasing erasing(parser.positionalArguments(), parser.value(days).toLongLong());
    QTimer::singleShot(0, &erasing, [&erasing] { erasing.begin(); });
    return QCoreApplication::exec();
}
