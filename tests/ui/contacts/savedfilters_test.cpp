// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/savedfilters.h"

#include "models/settings/settings.h"
#include "tests/support/answer.h"
#include "tests/support/temporarystore.h"

#include <QApplication>
#include <QMenu>
#include <QSignalSpy>

using namespace rollcall;
using namespace rollcall::tests;

class SavedFiltersTest final : public QObject {
    Q_OBJECT
private slots:
    void everyConditionComesBack()
    {
        Filter all;
        all.text = QStringLiteral("Anna"); // may name somebody: not kept
        all.batch = BatchId(7);
        all.verdicts = {VerdictWord::Invalid, VerdictWord::NotChecked};
        all.staleOnly = true;
        all.countries = QStringList{QStringLiteral("DE"), QStringLiteral("BR")};
        all.tags = QStringList{QStringLiteral("a\"b\\"), QStringLiteral(u"\u0639")};
        all.doNotContact = false;
        all.noNumber = true;
        all.blocks = {BlockView::Armed};
        all.marketingStopped = true;
        all.noOptIn = true;
        all.disagree = true;
        const QByteArray json = savedFiltersJson({{QStringLiteral("Mine"), keepable(all)}});
        QVERIFY(!json.contains("Anna"));
        const auto read = readSavedFilters(json);
        QCOMPARE(read.size(), std::size_t(1));
        QCOMPARE(read[0].name, QStringLiteral("Mine"));
        all.text.clear();
        all.batch.reset();
        QVERIFY(read[0].filter == all);
    }

    void whatIsNoneOfOursIsLeftOut()
    {
        QCOMPARE(readSavedFilters("{").size(), std::size_t(0));
        QCOMPARE(readSavedFilters("[{\"name\":\"x\"},{\"stale\":true},7,{\"name\":\"y\",\"verdicts\":[99,-1]}]").size(),
            std::size_t(0));
        QCOMPARE(readSavedFilters("[{\"name\":\"x\",\"stop\":1,\"later\":{}}]")[0].filter.doNotContact, true);
    }

    void aFilterIsSavedCountedChosenAndTakenAway()
    {
        TemporaryStore store;
        QTemporaryDir folder;
        Settings settings(folder.path());
        store.add(QStringLiteral("Ann"), QStringLiteral("+4401"), 4401, QStringLiteral("GB"));
        store.add(QStringLiteral("Bea"), QStringLiteral("+4901"), 4901, QStringLiteral("DE"));
        QWidget window;
        QMenu menu;
        Filter now;
        SavedFilters saved({*store, settings, [&now] { return now; }, [] { return AccountId(); }}, &menu, &window);
        QSignalSpy chosen(&saved, &SavedFilters::chosen);
        emit menu.aboutToShow();
        auto *save = menu.findChild<QAction *>(QStringLiteral("saveFilter"));
        QVERIFY(save && !save->isEnabled()); // everybody is no filter
        now.countries = QStringList{QStringLiteral("DE")};
        saved.save(QStringLiteral("  Germany & co \n"));
        saved.save(QString());
        QCOMPARE(saved.all().size(), std::size_t(1));
        emit menu.aboutToShow();
        QVERIFY(eventually([&] { return menu.actions().first()->text() == QStringLiteral("Germany && co (1)"); }));
        QVERIFY(menu.actions().first()->isChecked()); // it is what is shown
        const Filter germany = now;
        now = {};
        menu.actions().first()->trigger();
        QCOMPARE(chosen.size(), 1);
        QVERIFY(chosen.first().first().value<Filter>() == germany);

        // After a restart it is still there, until it is taken away.
        Settings later(folder.path());
        QMenu other;
        SavedFilters again({*store, later, [&now] { return now; }, [] { return AccountId(); }}, &other, &window);
        QCOMPARE(again.all().size(), std::size_t(1));
        emit other.aboutToShow();
        other.findChildren<QMenu *>().first()->actions().first()->trigger();
        QCOMPARE(again.all().size(), std::size_t(0));
        QCOMPARE(readSavedFilters(later.viewState(QStringLiteral("contacts-filters"), 1)).size(), std::size_t(0));
    }
};

QTEST_MAIN(SavedFiltersTest)
#include "savedfilters_test.moc"
