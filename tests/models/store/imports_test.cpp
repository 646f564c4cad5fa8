// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/imports.h"

#include "models/store/batches.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/stagingfile.h"
#include "tests/support/temporarystore.h"

#include <QFile>
#include <QSignalSpy>
#include <map>
#include <random>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

Result<ImportOutcome> commit(TemporaryStore &store, const StagingFile &staging, const ImportAbout &about = {})
{
    auto control = std::make_shared<JobControl>();
    return await<ImportOutcome>(
        [&](auto then) { return store->imports().commit(staging.path(), about, control, {}, then); });
}

qint64 countAll(TemporaryStore &store, const Filter &filter = {})
{
    return *await<qint64>([&](auto then) { return store->people().count(filter, {}, then); });
}

QString counts(const ImportCounts &c)
{
    return QStringLiteral("%1/%2/%3/%4/%5")
        .arg(c.added)
        .arg(c.updated)
        .arg(c.unchanged)
        .arg(c.suppressed)
        .arg(c.rejected);
}

StagedRow row(const QString &name, const QString &raw, qint64 e164, const QString &email = {})
{
    return {.name = name, .raw = raw, .e164 = e164, .email = email};
}

} // namespace

class ImportsTest : public QObject {
    Q_OBJECT

private:
    /// Thirty rows of six names and a dozen numbers: repeats are certain.
    static void stageAny(StagingFile &staging, std::mt19937 &random)
    {
        const auto pick = [&](int n) { return int(random() % quint32(n)); };
        std::map<QString, qint64> firsts;
        for (qint64 line = 1; line <= 30; ++line) {
            StagedRow made;
            made.name = QStringLiteral("N%1").arg(pick(6));
            made.e164 = pick(8) == 0 ? 0 : 491'000 + pick(12);
            made.raw = made.e164 ? QStringLiteral("+%1").arg(made.e164) : QStringLiteral("ext %1").arg(pick(4));
            made.email = pick(2) ? QStringLiteral("a@example.org") : QString();
            made.note = pick(3) ? QString() : QStringLiteral("note");
            made.tags = Imports::joinedTags(pick(2) ? QStringList{} : QStringList{QStringLiteral("t%1").arg(pick(3))});
            if (pick(3) == 0)
                made.optInMs = 1'600'000'000'000 + pick(2);
            const QString key = made.e164 ? QString::number(made.e164) : made.raw + u'/' + made.name;
            if (const auto first = firsts.find(key); first != firsts.end())
                made.sameAs = first->second;
            else
                firsts[key] = line;
            staging.add(made);
        }
    }

private slots:
    void everyRowEndsInOneCount()
    {
        TemporaryStore store;
        store.add(QStringLiteral("Here"), QStringLiteral("+4915112345678"), 4915112345678);
        StagingFile staging(store.folder());
        staging.add(row(QStringLiteral("New"), QStringLiteral("+4915100000001"), 4915100000001));
        staging.add(row(QStringLiteral("Other name"), QStringLiteral("+49 151 12345678"), 4915112345678));
        staging.add(row(QStringLiteral("No plus"), QStringLiteral("12-34"), 0));
        staging.reject(QStringLiteral(";;;"), QStringLiteral("empty"));
        StagedRow again = row(QStringLiteral("New"), QStringLiteral("+4915100000001"), 4915100000001);
        again.sameAs = 1;
        staging.add(again);
        staging.finish();
        const auto outcome = commit(store, staging);
        QVERIFY2(outcome.ok(), outcome.ok() ? "" : qPrintable(outcome.failure().detail));
        QCOMPARE(counts(outcome->counts), QStringLiteral("2/0/2/0/1"));
        QCOMPARE(countAll(store), 3);
        QVERIFY(!QFile::exists(staging.path()));
        const auto rejected = await<std::vector<Imports::RejectedRow>>(
            [&](auto then) { return store->imports().rejected(outcome->batch, then); });
        QCOMPARE(rejected->size(), 1u);
        QCOMPARE(rejected->front().line, 4);
        QCOMPARE(rejected->front().raw, QStringLiteral(";;;"));
        QCOMPARE(countAll(store, {.batch = outcome->batch}), 2);
    }

    void blanksAreFilledNothingIsOverwritten()
    {
        TemporaryStore store;
        PersonFields fields;
        fields.name = QStringLiteral("Kept");
        fields.number = {.typed = QStringLiteral("0151 1"), .e164 = 491511, .region = QStringLiteral("DE")};
        fields.note = QStringLiteral("mine");
        fields.tags = {QStringLiteral("a")};
        const PersonId id = store.add(fields);
        StagingFile staging(store.folder());
        StagedRow given
            = row(QStringLiteral("Other"), QStringLiteral("+491511"), 491511, QStringLiteral("x@example.org"));
        given.note = QStringLiteral("theirs");
        given.tags = Imports::joinedTags({QStringLiteral("b"), QStringLiteral("a")});
        staging.add(given);
        staging.finish();
        QCOMPARE(counts(commit(store, staging)->counts), QStringLiteral("0/1/0/0/0"));
        PersonFields expected = fields;
        expected.email = QStringLiteral("x@example.org");
        expected.tags = QStringList{QStringLiteral("a"), QStringLiteral("b")};
        QCOMPARE(store.row(id).fields, expected);
        // The same file once more adds nothing.
        StagingFile again(store.folder());
        again.add(given);
        again.finish();
        QCOMPARE(counts(commit(store, again)->counts), QStringLiteral("0/0/1/0/0"));
    }

    void aRepeatedRowMayFillABlankOfTheFirst()
    {
        TemporaryStore store;
        StagingFile staging(store.folder());
        staging.add(row(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511));
        StagedRow second
            = row(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511, QStringLiteral("ann@example.org"));
        second.sameAs = 1;
        staging.add(second);
        StagedRow third = second;
        staging.add(third);
        staging.finish();
        QCOMPARE(counts(commit(store, staging)->counts), QStringLiteral("1/1/1/0/0"));
        const auto spine = await<Spine>([&](auto then) { return store->people().spine({}, {}, {}, then); });
        QCOMPARE(store.row(spine->front()).fields.email, QStringLiteral("ann@example.org"));
    }

    void peopleWithoutANumberAreToldApartByTextAndName()
    {
        TemporaryStore store;
        for (int round = 0; round < 2; ++round) {
            StagingFile staging(store.folder());
            staging.add(row(QStringLiteral("Ann"), QStringLiteral("ext 5"), 0));
            staging.add(row(QStringLiteral("Bob"), QStringLiteral("ext 5"), 0));
            staging.add(row(QStringLiteral("Cid"), QString(), 0));
            staging.finish();
            QCOMPARE(counts(commit(store, staging)->counts),
                round == 0 ? QStringLiteral("3/0/0/0/0") : QStringLiteral("0/0/3/0/0"));
        }
    }

    void aStopHoldsThroughEveryImport()
    {
        TemporaryStore store;
        const PersonId stopped = store.add(QStringLiteral("Stop"), QStringLiteral("0151 12"), 4915112);
        const PersonId typed = store.add(QStringLiteral("Typed"), QStringLiteral("office 7"), 0);
        QVERIFY(await<Nothing>([&](auto then) {
            return store->stops().stop({stopped, typed}, {}, QStringLiteral("STOP"), then);
        }));
        QVERIFY(await<qint64>([&](auto then) { return store->people().remove({stopped}, then); }));
        StagingFile staging(store.folder());
        staging.add(row(QStringLiteral("Back again"), QStringLiteral("+4915112"), 4915112));
        staging.add(row(QStringLiteral("Typed"), QStringLiteral("office 7"), 0, QStringLiteral("t@example.org")));
        staging.add(row(QStringLiteral("Fine"), QStringLiteral("+4915113"), 4915113));
        staging.finish();
        const auto outcome = commit(store, staging);
        QCOMPARE(counts(outcome->counts), QStringLiteral("1/0/0/2/0"));
        QCOMPARE(countAll(store, {.doNotContact = false}), 1);
        QCOMPARE(store.row(typed).fields.email, QString());
        const auto kept = await<std::vector<Imports::RejectedRow>>(
            [&](auto then) { return store->imports().rejected(outcome->batch, then); });
        QCOMPARE(kept->size(), 2u);
        QCOMPARE(kept->front().reason, QStringLiteral("do-not-contact"));
    }

    void consentOfTheBatchAndOfRows()
    {
        TemporaryStore store;
        const PersonId here = store.add(QStringLiteral("Here"), QStringLiteral("+491511"), 491511);
        StagingFile staging(store.folder());
        staging.add(row(QStringLiteral("Here"), QStringLiteral("+491511"), 491511));
        staging.add(row(QStringLiteral("New"), QStringLiteral("+491512"), 491512));
        StagedRow dated = row(QStringLiteral("Dated"), QStringLiteral("+491513"), 491513);
        dated.optInMs = 1'600'000'000'000;
        staging.add(dated);
        staging.finish();
        ImportAbout about;
        about.consent = {.what = ConsentState::OptIn, .atMs = 1'500'000'000'000, .source = QStringLiteral("web form")};
        const auto outcome = commit(store, staging, about);
        QCOMPARE(counts(outcome->counts), QStringLiteral("2/1/0/0/0"));
        QCOMPARE(store.row(here).consent, ConsentState::OptIn);
        const auto spine = await<Spine>([&](auto then) { return store->people().spine({}, {}, {}, then); });
        const auto details
            = await<PersonDetails>([&](auto then) { return store->people().details(spine->front(), {}, then); });
        QCOMPARE(details->row.fields.name, QStringLiteral("Dated"));
        QCOMPARE(details->row.consent, ConsentState::OptIn);
        QCOMPARE(details->consents.size(), 2u);
        QCOMPARE(details->consents[0].atMs, 1'600'000'000'000);
        QCOMPARE(details->consents[1].source, QStringLiteral("web form"));
        // Undone, the batch says nothing any more.
        QVERIFY(await<UndoReport>([&](auto then) { return store->batches().undo(outcome->batch, then); }));
        QCOMPARE(store.row(here).consent, ConsentState::None);
    }

    void undoAndRedoOfAnImport()
    {
        TemporaryStore store;
        const PersonId here = store.add(QStringLiteral("Here"), QStringLiteral("+491511"), 491511);
        StagingFile staging(store.folder());
        staging.add(row(QStringLiteral("Here"), QStringLiteral("+491511"), 491511, QStringLiteral("h@example.org")));
        staging.add(row(QStringLiteral("One"), QStringLiteral("+491512"), 491512));
        staging.add(row(QStringLiteral("Two"), QStringLiteral("+491513"), 491513));
        staging.finish();
        const BatchId batch = commit(store, staging)->batch;
        const auto two = (*await<Spine>([&](auto then) { return store->people().spine({}, {}, {}, then); })).back();
        PersonFields edited = store.row(two).fields;
        edited.note = QStringLiteral("called");
        QVERIFY(await<Nothing>([&](auto then) { return store->people().update(two, edited, then); }));
        const auto undone = await<UndoReport>([&](auto then) { return store->batches().undo(batch, then); });
        QCOMPARE(undone->restored, 2); // the filled blank, and One
        QCOMPARE(undone->takenOut, 1); // One
        QCOMPARE(undone->kept, 1); // Two was edited since
        QCOMPARE(countAll(store), 2);
        QCOMPARE(store.row(here).fields.email, QString());
        const auto redone = await<UndoReport>([&](auto then) { return store->batches().redo(batch, then); });
        QCOMPARE(redone->restored, 2);
        QCOMPARE(redone->takenOut, 0);
        QCOMPARE(countAll(store), 3);
        QCOMPARE(store.row(here).fields.email, QStringLiteral("h@example.org"));
        QCOMPARE(store.row(two).fields.note, QStringLiteral("called"));
    }

    void theDryRunSaysWhatCommitDoes()
    {
        TemporaryStore store;
        store.add(QStringLiteral("Here"), QStringLiteral("+491511"), 491511);
        StagingFile staging(store.folder());
        staging.add(row(QStringLiteral("Here"), QStringLiteral("+491511"), 491511, QStringLiteral("h@example.org")));
        staging.add(row(QStringLiteral("New"), QStringLiteral("+491512"), 491512));
        staging.reject(QStringLiteral("x"), QStringLiteral("columns"));
        staging.finish();
        auto control = std::make_shared<JobControl>();
        const auto preview = await<ImportCounts>(
            [&](auto then) { return store->imports().preview(staging.path(), {}, control, then); });
        QVERIFY2(preview.ok(), preview.ok() ? "" : qPrintable(preview.failure().detail));
        QCOMPARE(counts(*preview), QStringLiteral("1/1/0/0/1"));
        QCOMPARE(countAll(store), 1);
        QVERIFY(QFile::exists(staging.path()));
        QCOMPARE(counts(commit(store, staging)->counts), counts(*preview));
    }

    void aRowThatRepeatsItsDateAddsNothing()
    {
        TemporaryStore store;
        StagingFile staging(store.folder());
        StagedRow first = row(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        first.optInMs = 1'600'000'000'000;
        staging.add(first);
        StagedRow again = first;
        again.sameAs = 1;
        staging.add(again); // line 2: the same once more
        again.optInMs = 1'650'000'000'000;
        staging.add(again); // line 3: another date
        staging.add(again); // line 4: that date again
        staging.finish();
        auto control = std::make_shared<JobControl>();
        const auto preview = await<ImportCounts>(
            [&](auto then) { return store->imports().preview(staging.path(), {}, control, then); });
        QVERIFY(preview.ok());
        QCOMPARE(counts(*preview), QStringLiteral("1/1/2/0/0"));
        QCOMPARE(counts(commit(store, staging)->counts), QStringLiteral("1/1/2/0/0"));
    }

    /// Seeded lists against a seeded store: blanks, repeats, stops, shared numbers, dates and a consent for the list.
    void theDryRunSaysWhatCommitDoesForAnyList()
    {
        for (quint32 seed = 1; seed <= 25; ++seed) {
            TemporaryStore store;
            std::mt19937 random(seed);
            const auto pick = [&](int n) { return int(random() % quint32(n)); };
            ImportAbout about;
            if (seed % 2)
                about.consent = {ConsentState::OptIn, 1'600'000'000'000, QStringLiteral("form"), {}, {}};
            for (int round = 0; round < 3; ++round) {
                StagingFile staging(store.folder());
                stageAny(staging, random);
                staging.finish();
                auto control = std::make_shared<JobControl>();
                const auto preview = await<ImportCounts>(
                    [&](auto then) { return store->imports().preview(staging.path(), about.consent, control, then); });
                QVERIFY(preview.ok());
                const auto outcome = commit(store, staging, about);
                QVERIFY(outcome.ok());
                QCOMPARE(counts(*preview) + QStringLiteral(" seed %1 round %2").arg(seed).arg(round),
                    counts(outcome->counts) + QStringLiteral(" seed %1 round %2").arg(seed).arg(round));
                const Spine all = *await<Spine>([&](auto then) { return store->people().spine({}, {}, {}, then); });
                const std::vector<PersonId> one{all[size_t(pick(int(all.size())))]};
                QVERIFY(await<Nothing>(
                    [&](auto then) { return store->stops().stop(one, {}, QStringLiteral("asked"), then); }));
            }
        }
    }

    void cancelLeavesEverythingAsItWas()
    {
        // A list that is moved before the cancel arrives proves nothing: then a longer one.
        for (int rows = 50'000;; rows *= 2) {
            TemporaryStore store;
            StagingFile staging(store.folder());
            for (int i = 0; i < rows; ++i)
                staging.add(
                    row(QStringLiteral("N%1").arg(i), QStringLiteral("+49%1").arg(1'000'000 + i), 491'000'000 + i));
            staging.finish();
            auto control = std::make_shared<JobControl>();
            std::vector<Progress> told;
            // Cancelled by the first progress, that is in the middle of the transaction.
            const auto outcome = await<ImportOutcome>(
                [&](auto then) {
                    return store->imports().commit(
                        staging.path(), {}, control,
                        [&](Progress progress) {
                            told.push_back(progress);
                            control->cancel();
                        },
                        then);
                },
                200'000);
            QVERIFY(!told.empty());
            QCOMPARE(told.front().total, rows);
            if (outcome.ok()) {
                QVERIFY2(rows < 400'000, "no cancel arrives in time");
                continue;
            }
            QCOMPARE(outcome.failure().kind, Failure::Kind::Cancelled);
            QCOMPARE(countAll(store), 0);
            QVERIFY(QFile::exists(staging.path()));
            const auto second = commit(store, staging);
            QCOMPARE(second->counts.added, rows);
            return;
        }
    }

    void existingStreamsEverybodyOnce()
    {
        TemporaryStore store;
        const PersonId one = store.add(QStringLiteral("A"), QStringLiteral("+491511"), 491511);
        const PersonId two = store.add(QStringLiteral("B"), QStringLiteral("+491511"), 491511);
        const PersonId none = store.add(QStringLiteral("C"), QStringLiteral("none"), 0);
        std::vector<std::pair<qint64, PersonId>> seen;
        QVERIFY(await<Nothing>([&](auto then) {
            return store->imports().existing([&](qint64 e164, PersonId id) { seen.emplace_back(e164, id); }, then);
        }));
        const std::vector<std::pair<qint64, PersonId>> expected{{0, none}, {491511, one}, {491511, two}};
        QCOMPARE(seen, expected);
    }

    void aMissingStagingFileIsSaid()
    {
        TemporaryStore store;
        auto control = std::make_shared<JobControl>();
        const auto outcome = await<ImportOutcome>([&](auto then) {
            return store->imports().commit(store.folder() + QStringLiteral("/gone.db"), {}, control, {}, then);
        });
        QCOMPARE(outcome.failure().kind, Failure::Kind::NotFound);
    }
};

QTEST_GUILESS_MAIN(ImportsTest)
#include "imports_test.moc"
