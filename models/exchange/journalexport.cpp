// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/journalexport.h"

#include "models/base/json.h"
#include "models/exchange/rejectedfile.h"
#include "models/store/journal.h"
#include "models/store/store.h"

#include <QDateTime>
#include <QPointer>
#include <QSaveFile>

namespace rollcall {

namespace {

QString timeText(qint64 atMs)
{
    return QDateTime::fromMSecsSinceEpoch(atMs, Qt::UTC).toString(Qt::ISODateWithMs);
}

QString stateWord(JournalSubject::State state)
{
    switch (state) {
    case JournalSubject::State::Here:
        return QStringLiteral("here");
    case JournalSubject::State::Deleted:
        return QStringLiteral("deleted");
    case JournalSubject::State::Erased:
        return QStringLiteral("erased");
    case JournalSubject::State::Gone:
        break;
    }
    return QStringLiteral("gone");
}

/// The file under way. Lives on the reader thread once the first slice was written.
class Writer {
public:
    Writer(const QString &path, JournalFormat format, JournalExportWords words)
        : m_file(path)
        , m_format(format)
        , m_words(std::move(words))
    {
    }
    Done add(const std::vector<Journal::Told> &entries)
    {
        if (m_ended)
            return Nothing{};
        if (!m_begun && !begin())
            return failed();
        for (const Journal::Told &told : entries)
            m_file.write(m_format == JournalFormat::Csv ? csvLine(told) : jsonLine(told));
        return m_file.error() == QFileDevice::NoError ? Done(Nothing{}) : Done(failed());
    }
    Done end()
    {
        if (std::exchange(m_ended, true))
            return Nothing{};
        if (m_format == JournalFormat::Json)
            m_file.write("\n],\"count\":" + QByteArray::number(m_count) + "}\n");
        return m_file.commit() ? Done(Nothing{}) : Done(failed());
    }

private:
    bool begin()
    {
        m_begun = true;
        if (!m_file.open(QIODevice::WriteOnly))
            return false;
        m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        const QByteArray now = timeText(QDateTime::currentMSecsSinceEpoch()).toUtf8();
        if (m_format == JournalFormat::Json)
            m_file.write("{\"rollcall_journal\":1,\"exported\":\"" + now + "\",\"entries\":[");
        else
            m_file.write("\xEF\xBB\xBF"
                         "\"# Rollcall journal. Times are UTC. Names are as of "
                + now
                + "; the hashes cover number, time, operator, act, subject, batch, run, outcome and digest. Cells that "
                  "begin with = + - @ or a tab have an apostrophe in front, so that no spreadsheet calculates "
                  "them.\"\r\n"
                  "number,time,operator,what,whom,account,result,people,details,act,subject,batch,run,outcome,digest,"
                  "hash\r\n");
        return true;
    }
    [[nodiscard]] static QString detailsOf(const JournalEntry &entry)
    {
        return entry.details.isEmpty() && !entry.digest.isEmpty() ? QStringLiteral("erased") : entry.details;
    }
    /// Those of a batch or a run by name; who an entry is about alone stands under whom.
    [[nodiscard]] QString peopleOf(const Journal::Told &told) const
    {
        if (told.entry.about.kind == JournalSubject::Kind::Person)
            return {};
        QStringList names;
        names.reserve(qsizetype(told.people.people.size()) + 1);
        for (const JournalPerson &person : told.people.people)
            names << m_words.person(person.about, person.id.value());
        if (told.people.total > names.size())
            names << m_words.more(told.people.total - names.size());
        return names.join(QStringLiteral("; "));
    }
    QByteArray csvLine(const Journal::Told &told)
    {
        const JournalEntry &entry = told.entry;
        const QStringList cells{QString::number(entry.seq), timeText(entry.atMs), csvCell(entry.operatorName, true),
            csvCell(m_words.what(entry), true), csvCell(m_words.whom(entry), true), csvCell(entry.account, true),
            csvCell(m_words.result(entry), true), csvCell(peopleOf(told), true), csvCell(detailsOf(entry), true),
            csvCell(entry.act, true), QString::number(entry.subject), QString::number(entry.batch.value()),
            QString::number(entry.run.value()), csvCell(entry.outcome, true), QString::fromLatin1(entry.digest.toHex()),
            QString::fromLatin1(entry.hash.toHex())};
        ++m_count;
        return cells.join(u',').toUtf8() + "\r\n";
    }
    [[nodiscard]] static Json jsonPeople(const JournalPeople &people)
    {
        Json::Array array;
        array.reserve(people.people.size());
        for (const JournalPerson &person : people.people)
            array.push_back(Json(Json::Object{{QStringLiteral("subject"), Json(person.id.value())},
                {QStringLiteral("state"), Json(stateWord(person.about.state))},
                {QStringLiteral("name"), Json(person.about.name)},
                {QStringLiteral("phone"), Json(person.about.number)}}));
        return {std::move(array)};
    }
    QByteArray jsonLine(const Journal::Told &told)
    {
        const JournalEntry &entry = told.entry;
        const Json line(Json::Object{{QStringLiteral("number"), Json(entry.seq)},
            {QStringLiteral("time"), Json(timeText(entry.atMs))},
            {QStringLiteral("operator"), Json(entry.operatorName)}, {QStringLiteral("what"), Json(m_words.what(entry))},
            {QStringLiteral("whom"), Json(m_words.whom(entry))}, {QStringLiteral("account"), Json(entry.account)},
            {QStringLiteral("result"), Json(m_words.result(entry))},
            {QStringLiteral("people"), jsonPeople(told.people)},
            {QStringLiteral("people_total"), Json(told.people.total)},
            {QStringLiteral("details"), Json(detailsOf(entry))}, {QStringLiteral("act"), Json(entry.act)},
            {QStringLiteral("subject"), Json(entry.subject)}, {QStringLiteral("batch"), Json(entry.batch.value())},
            {QStringLiteral("run"), Json(entry.run.value())}, {QStringLiteral("outcome"), Json(entry.outcome)},
            {QStringLiteral("digest"), Json(QString::fromLatin1(entry.digest.toHex()))},
            {QStringLiteral("hash"), Json(QString::fromLatin1(entry.hash.toHex()))}});
        return (m_count++ == 0 ? QByteArray("\n") : QByteArray(",\n")) + line.toCompact();
    }
    [[nodiscard]] Failure failed() const
    {
        const QFileDevice::FileError error = m_file.error();
        const bool full = error == QFileDevice::ResourceError || error == QFileDevice::WriteError;
        const bool forbidden = error == QFileDevice::PermissionsError || error == QFileDevice::OpenError;
        return {.kind = full ? Failure::Kind::DiskFull
                : forbidden  ? Failure::Kind::ReadOnly
                             : Failure::Kind::Storage,
            .detail = m_file.errorString(),
            .subject = m_file.fileName()};
    }

    QSaveFile m_file;
    const JournalFormat m_format;
    const JournalExportWords m_words;
    qint64 m_count = 0;
    bool m_begun = false;
    bool m_ended = false;
};

} // namespace

Call exportJournal(Store &store, const JournalFilter &filter, JournalFormat format, const JournalExportWords &words,
    const QString &file, std::function<void(const Progress &)> progress, std::function<void(Result<qint64>)> then)
{
    const auto writer = std::make_shared<Writer>(file, format, words);
    const auto done = std::make_shared<qint64>(0);
    const auto tell = std::make_shared<std::function<void(const Progress &)>>(std::move(progress));
    const std::weak_ptr<std::function<void(const Progress &)>> weakTell = tell;
    QObject *home = &store;
    const auto consume = [writer, done, weakTell, home](const std::vector<Journal::Told> &entries, qint64 total) {
        Done written = writer->add(entries);
        *done += qint64(entries.size());
        const Progress now{*done, std::max(total, *done)};
        QMetaObject::invokeMethod(
            home,
            [weakTell, now] {
                if (const auto alive = weakTell.lock(); alive && *alive)
                    (*alive)(now);
            },
            Qt::QueuedConnection);
        // The last slice is a short one: the file is put in place there, on this thread.
        if (written && *done >= total)
            written = writer->end();
        return written;
    };
    const QString form = format == JournalFormat::Csv ? QStringLiteral("csv") : QStringLiteral("json");
    return store.journal().each(filter, consume, [&store, tell, form, then = std::move(then)](Result<qint64> count) {
        if (count) {
            // Carried out also when the Call is dropped; nobody waits for it.
            const Call noted = store.journal().note(
                {.act = QStringLiteral("export"), .outcome = QStringLiteral("entries=%1").arg(*count), .details = form},
                [](const Done &) {});
        }
        then(std::move(count));
    });
}

} // namespace rollcall
