// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cards/drafts.h"

#include "models/store/erasures.h"
#include "models/store/journal.h"
#include "models/store/store.h"
#include "tests/support/temporarystore.h"

#include <QSignalSpy>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

Composition typed(const QString &name)
{
    Composition composition;
    composition.cards.resize(2);
    composition.cards[0].name.formatted = name;
    composition.cards[0].phones = {{QStringLiteral("+1"), QStringLiteral("CELL"), {}}};
    composition.cards[1].birthday = QStringLiteral("not yet a da");
    composition.people = {PersonId(3), PersonId(9007199254740993)};
    composition.numbers = QStringList{QStringLiteral("+44 7400 123456")};
    composition.replyTo = QStringLiteral("wamid.1");
    return composition;
}

} // namespace

class DraftsTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryStore> m_store;
    std::unique_ptr<DraftKeeper> m_keeper;

    /// Time goes on by `ms`, and what it set off is stored.
    void pass(qint64 ms)
    {
        m_store->clock.advance(ms);
        // Behind everything that was handed to the writer: what is answered here, was answered there before.
        QVERIFY(await<Nothing>(
            [&](auto then) { return (*m_store)->journal().note({.act = QStringLiteral("start")}, then); }));
    }
    std::vector<StoredDraft> stored()
    {
        return *await<std::vector<StoredDraft>>([&](auto then) { return (*m_store)->drafts().list(then); });
    }
    std::optional<Composition> restored()
    {
        const auto found = await<std::optional<Composition>>([&](auto then) { return m_keeper->restore(then); });
        return found ? *found : std::nullopt;
    }
    void startAnew()
    {
        m_keeper.reset();
        QVERIFY(m_store->open());
        m_keeper = std::make_unique<DraftKeeper>(**m_store, m_store->clock);
    }

private slots:
    void init()
    {
        m_store = std::make_unique<TemporaryStore>();
        m_keeper = std::make_unique<DraftKeeper>(**m_store, m_store->clock);
    }
    void cleanup()
    {
        m_keeper.reset();
        m_store.reset();
    }

    void aCompositionComesBack()
    {
        const Composition composition = typed(QStringLiteral(u"\u0639 \"\\ \U0001F600"));
        const auto read = readComposition(compositionJson(composition));
        QVERIFY(read);
        QVERIFY(*read == composition);
        QVERIFY(readComposition(compositionJson({})));
        QVERIFY(readComposition(compositionJson({}))->isEmpty());
        QCOMPARE(readComposition("{").failure().kind, Failure::Kind::BadInput);
        QCOMPARE(
            readComposition("{\"contacts\":[{\"name\":{\"first_name\":7}}]}").failure().kind, Failure::Kind::BadInput);
        Composition bare;
        bare.cards.resize(2);
        QVERIFY(bare.isEmpty());
        bare.people = {PersonId(1)};
        QVERIFY(!bare.isEmpty());
    }

    void onDiskASecondAfterTypingAtTheLatest()
    {
        QSignalSpy saved(m_keeper.get(), &DraftKeeper::saved);
        m_keeper->keep(typed(QStringLiteral("A")));
        QVERIFY(!m_keeper->isSaved());
        // Typing goes on without a rest: it is written all the same.
        for (const char *name : {"An", "Ann", "Ann B"}) {
            pass(300);
            m_keeper->keep(typed(QString::fromLatin1(name)));
        }
        QVERIFY(!stored().empty()); // 900 ms after the first key
        pass(1'000);
        pass(1'000);
        QVERIFY(m_keeper->isSaved());
        QVERIFY(!saved.isEmpty());
        QCOMPARE(stored().size(), 1U); // one draft, written several times
        QCOMPARE(stored().front().title, QStringLiteral("Ann B"));
        QCOMPARE(stored().front().cardCount, 2);
        startAnew();
        const auto back = restored();
        QVERIFY(back);
        QVERIFY(*back == typed(QStringLiteral("Ann B")));
        // It goes on in the same draft.
        m_keeper->keep(typed(QStringLiteral("Ann Bell")));
        pass(1'000);
        QCOMPARE(stored().size(), 1U);
        QCOMPARE(stored().front().title, QStringLiteral("Ann Bell"));
    }

    void whatWasTypedLastIsHandedOverAtTheEnd()
    {
        m_keeper->keep(typed(QStringLiteral("Last")));
        startAnew(); // no time went by
        QVERIFY(restored());
        QCOMPARE(restored()->cards.front().name.formatted, QStringLiteral("Last"));
    }

    void sentOrThrownAwayItIsGone()
    {
        m_keeper->keep(typed(QStringLiteral("A")));
        m_keeper->flush();
        pass(1'000);
        QCOMPARE(stored().size(), 1U);
        m_keeper->forget();
        pass(1'000);
        QVERIFY(stored().empty());
        // Also when its first writing was still under way.
        m_keeper->keep(typed(QStringLiteral("B")));
        m_keeper->flush();
        m_keeper->forget();
        pass(1'000);
        pass(1'000);
        QVERIFY(stored().empty());
        m_keeper->keep({});
        pass(1'000);
        QVERIFY(stored().empty());
        QVERIFY(m_keeper->isSaved());
        startAnew();
        QVERIFY(!restored());
    }

    void emptiedItGoes()
    {
        m_keeper->keep(typed(QStringLiteral("A")));
        pass(1'000);
        QCOMPARE(stored().size(), 1U);
        m_keeper->keep({});
        pass(1'000);
        QVERIFY(stored().empty());
    }

    void aDraftThatNamedAnErasedPersonIsGone_data()
    {
        QTest::addColumn<bool>("writing");
        QTest::newRow("kept") << false;
        QTest::newRow("being written") << true;
    }
    void aDraftThatNamedAnErasedPersonIsGone()
    {
        QFETCH(const bool, writing);
        TemporaryStore &store = *m_store;
        const PersonId her = store.add(QStringLiteral("Wilhelmine Alt"), QStringLiteral("+4915112345678"));
        QSignalSpy erased(m_keeper.get(), &DraftKeeper::erased);
        m_keeper->keep(typed(QStringLiteral("Wilhelmine Alt")));
        pass(1000);
        QCOMPARE(stored().size(), std::size_t(1));
        const Call erasing = store->erasures().erase(her, [](const Result<EraseReport> &) {});
        if (writing) { // handed to the writer behind the erasure
            m_keeper->keep(typed(QStringLiteral("Wilhelmine Alt again")));
            m_keeper->flush();
        }
        QTRY_COMPARE(erased.size(), 1);
        pass(1000);
        QCOMPARE(stored().size(), std::size_t(0)); // nobody wrote it back
        QVERIFY(m_keeper->isSaved());
        m_keeper->keep(typed(QStringLiteral("Somebody else")));
        pass(1000);
        QCOMPARE(stored().size(), std::size_t(1));
        QCOMPARE(erased.size(), 1);
        QTRY_VERIFY(!erasing.isOpen());
    }

    void whatWaitsWhenSomebodyIsErased_data()
    {
        QTest::addColumn<QString>("before"); // kept earlier; empty: nothing
        QTest::addColumn<QString>("writing"); // being written when the erasure comes; empty: nothing
        QTest::addColumn<QString>("last"); // what waits then
        QTest::addColumn<bool>("goes");
        const QString none;
        const QString her = QStringLiteral("Wilhelmine Alt");
        const QString other = QStringLiteral("Somebody else");
        QTest::newRow("never kept") << none << none << her << true;
        QTest::newRow("in a draft that did not name her") << other << none << her << true;
        QTest::newRow("while the first words were written") << none << other << her << true;
        QTest::newRow("while a draft was written") << other << other << her << true;
        QTest::newRow("while the draft was removed") << other << QStringLiteral("-") << her << true;
        QTest::newRow("another, never kept") << none << none << other << false;
        QTest::newRow("another, while the first words were written") << none << other << other << false;
        QTest::newRow("another, while a draft was written") << other << other << other << false;
        QTest::newRow("another, in her place") << her << none << other << false;
        QTest::newRow("another, while she was written") << none << her << other << false;
    }
    /// Typed in the last half second before an erasure: that sees it, and nothing is written back behind it.
    void whatWaitsWhenSomebodyIsErased()
    {
        QFETCH(const QString, before);
        QFETCH(const QString, writing);
        QFETCH(const QString, last);
        QFETCH(const bool, goes);
        TemporaryStore &store = *m_store;
        const PersonId her = store.add(QStringLiteral("Wilhelmine Alt"), QStringLiteral("+4915112345678"));
        m_keeper.reset();
        connect(&*store, &Store::erasing, this, [&] { // called before the keeper's own
            if (!writing.isEmpty()) {
                m_keeper->keep(writing == u"-" ? Composition() : typed(writing));
                m_keeper->flush();
            }
            m_keeper->keep(typed(last));
        });
        m_keeper = std::make_unique<DraftKeeper>(*store, store.clock);
        if (!before.isEmpty()) {
            m_keeper->keep(typed(before));
            pass(1000);
        }
        QSignalSpy erased(m_keeper.get(), &DraftKeeper::erased);
        const auto report = await<EraseReport>([&](auto then) { return store->erasures().erase(her, then); });
        QVERIFY(report && report->erased);
        pass(1000);
        pass(1000);
        QCOMPARE(erased.size(), goes ? 1 : 0);
        QVERIFY(m_keeper->isSaved());
        QCOMPARE(stored().size(), std::size_t(goes ? 0 : 1));
        const auto back = restored();
        QCOMPARE(back.has_value(), !goes);
        QVERIFY(goes || *back == typed(last));
        m_keeper->keep(typed(QStringLiteral("Next"))); // one draft, whatever came before
        pass(1000);
        QCOMPARE(stored().size(), std::size_t(1));
    }

    /// The erasure could not look into what was not written: it is not written behind it either, now or at the end.
    void whatCouldNotBeWrittenBeforeAnErasureIsNotWrittenAfterIt()
    {
        TemporaryStore &store = *m_store;
        const PersonId her = store.add(QStringLiteral("Wilhelmine Alt"), QStringLiteral("+4915112345678"));
        const auto tampered = [&](const char *sql) {
            m_keeper.reset();
            store.close();
            const bool done = TemporaryStore::tamper(store.file(), QString::fromLatin1(sql)) && store.open();
            if (done)
                m_keeper = std::make_unique<DraftKeeper>(*store, store.clock);
            return done;
        };
        QVERIFY(tampered("CREATE TRIGGER full BEFORE INSERT ON drafts BEGIN SELECT RAISE(ABORT, 'full'); END"));
        QSignalSpy erased(m_keeper.get(), &DraftKeeper::erased);
        m_keeper->keep(typed(QStringLiteral("Wilhelmine Alt")));
        const auto report = await<EraseReport>([&](auto then) { return store->erasures().erase(her, then); });
        QVERIFY(report && report->erased);
        QTRY_COMPARE(erased.size(), 1);
        QVERIFY(m_keeper->isSaved());
        QVERIFY(tampered("DROP TRIGGER full")); // the keeper goes with the store: nothing waited in it
        QVERIFY(stored().empty());
    }

    void anErasureOfSomebodyElseLeavesIt()
    {
        const PersonId other = m_store->add(QStringLiteral("Bert Neu"), QStringLiteral("+4915112345679"));
        QSignalSpy erased(m_keeper.get(), &DraftKeeper::erased);
        m_keeper->keep(typed(QStringLiteral("Wilhelmine Alt")));
        pass(1000);
        QVERIFY(await<EraseReport>([&](auto then) { return (*m_store)->erasures().erase(other, then); }));
        pass(1000);
        QCOMPARE(erased.size(), 0);
        QCOMPARE(stored().size(), std::size_t(1));
    }

    void templates()
    {
        const auto save = [&](const QString &name) {
            return await<DraftId>([&](auto then) { return m_keeper->saveTemplate(name, typed(name), then); });
        };
        QVERIFY(save(QStringLiteral("Support")));
        const auto id = save(QStringLiteral(" Hotline "));
        QVERIFY(id);
        QCOMPARE(save(QStringLiteral("Hotline")).failure().kind, Failure::Kind::BadInput);
        QCOMPARE(save(QStringLiteral("  ")).failure().kind, Failure::Kind::BadInput);
        const auto all = await<std::vector<StoredDraft>>([&](auto then) { return m_keeper->templates(then); });
        QVERIFY(all);
        QCOMPARE(all->size(), 2U);
        QCOMPARE(all->front().name, QStringLiteral("Hotline"));
        const auto read = await<Composition>([&](auto then) { return m_keeper->readTemplate(*id, then); });
        QVERIFY(read);
        QVERIFY(*read == typed(QStringLiteral(" Hotline ")));
        QVERIFY(!restored()); // a template is no draft
        QVERIFY(await<Nothing>([&](auto then) { return m_keeper->removeTemplate(*id, then); }));
        QCOMPARE(stored().size(), 1U);
    }

    void aMessageThatLeftWhileItWasWrittenIsNoDraft()
    {
        m_keeper->keep(typed(QStringLiteral("Left")));
        m_store->clock.advance(500); // handed to the writer, not answered
        m_keeper->forget();
        m_keeper->keep(typed(QStringLiteral("Next")));
        m_store->clock.advance(500);
        pass(500);
        pass(500);
        QCOMPARE(stored().size(), 1U);
        QCOMPARE(stored().front().title, QStringLiteral("Next"));
        m_keeper->forget();
        pass(500);
        startAnew();
        QVERIFY(!restored());
    }
};

QTEST_GUILESS_MAIN(DraftsTest)
#include "drafts_test.moc"
