// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/jobsdock.h"

#include <QApplication>
#include <QLabel>
#include <QMainWindow>
#include <QTest>
#include <QToolButton>
#include <map>

using namespace rollcall;
using State = JobLook::State;

/// The page needs the room: the dock is as high as what runs, and one card of what is over.
class JobsDockTest final : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_window = std::make_unique<QMainWindow>();
        m_window->resize(1000, 800);
        m_window->setCentralWidget(new QLabel(QStringLiteral("page")));
        m_dock = new JobsDock(m_window.get());
        m_window->addDockWidget(Qt::BottomDockWidgetArea, m_dock);
        m_dock->hide();
        m_window->show();
    }
    void heightFollowsWhatRuns();
    void manyJobsTakeNoMoreThanTwo();
    void whatRunsStandsAboveWhatIsOver();
    void finishedJobsAreCleared();
    void spaceTwicePausesAndResumes();

private:
    void show(const char *key, State state)
    {
        m_dock->showJob(QString::fromLatin1(key),
            {.state = state, .title = QStringLiteral("Validation"), .line = QStringLiteral("3 of 10")}, {});
        QTest::qWait(50); // the layout of the window follows in its own time
    }
    std::unique_ptr<QMainWindow> m_window;
    JobsDock *m_dock = nullptr;
};

void JobsDockTest::heightFollowsWhatRuns()
{
    show("one", State::Running);
    QVERIFY(m_dock->isVisible());
    const int one = m_dock->height();
    show("two", State::Running);
    const int two = m_dock->height();
    QVERIFY2(two > one, qPrintable(QStringLiteral("%1 then %2").arg(one).arg(two)));
    show("one", State::Done);
    show("two", State::Failed);
    QTRY_VERIFY2(m_dock->height() <= one, qPrintable(QStringLiteral("%1 after %2").arg(m_dock->height()).arg(one)));
    QCOMPARE(m_dock->running(), 0);
}

void JobsDockTest::manyJobsTakeNoMoreThanTwo()
{
    show("one", State::Running);
    show("two", State::Running);
    const int two = m_dock->height();
    for (const char *key : {"three", "four", "five"})
        show(key, State::Running);
    QCOMPARE(m_dock->height(), two);
    QCOMPARE(m_dock->running(), 5);
}

void JobsDockTest::whatRunsStandsAboveWhatIsOver()
{
    const auto tell = [this](const QString &title, State state) {
        m_dock->showJob(title, {.state = state, .title = title, .line = QStringLiteral("3 of 10")}, {});
    };
    const auto order = [this] {
        std::map<int, QString> titles;
        for (const QLabel *label : m_dock->widget()->findChildren<QLabel *>())
            if (label->text().startsWith(QLatin1String("Job ")))
                titles[label->mapTo(m_dock, QPoint()).y()] = label->text().mid(4);
        QString all;
        for (const auto &[at, title] : titles)
            all += title;
        return all;
    };
    tell(QStringLiteral("Job A"), State::Running);
    tell(QStringLiteral("Job B"), State::Running);
    QTRY_COMPARE(order(), QStringLiteral("BA")); // the newest first
    tell(QStringLiteral("Job B"), State::Done); // one number that was checked meanwhile
    QTRY_COMPARE(order(), QStringLiteral("AB"));
    tell(QStringLiteral("Job C"), State::Done);
    QTRY_COMPARE(order(), QStringLiteral("ACB"));
    tell(QStringLiteral("Job B"), State::Running); // once more
    QTRY_COMPARE(order(), QStringLiteral("BAC"));
}

void JobsDockTest::finishedJobsAreCleared()
{
    show("one", State::Done);
    show("two", State::Paused);
    m_dock->findChild<QToolButton *>(QStringLiteral("jobs.clear"))->click();
    QVERIFY2(m_dock->isVisible(), "a paused job waits for its operator");
    show("two", State::Done);
    m_dock->findChild<QToolButton *>(QStringLiteral("jobs.clear"))->click();
    QVERIFY(!m_dock->isVisible());
}

void JobsDockTest::spaceTwicePausesAndResumes()
{
    QStringList pressed;
    State state = State::Running;
    const std::function<void()> show = [&] {
        m_dock->showJob(QStringLiteral("run"), {.state = state, .title = QStringLiteral("Validation")},
            {.pause =
                    [&] {
                        pressed << QStringLiteral("pause");
                        state = State::Paused;
                        show();
                    },
                .resume =
                    [&] {
                        pressed << QStringLiteral("resume");
                        state = State::Running;
                        show();
                    },
                .cancel = [&] { pressed << QStringLiteral("cancel"); }});
    };
    show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_dock->findChild<QToolButton *>(QStringLiteral("job.pause"))->setFocus();
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(pressed, QStringList({QStringLiteral("pause"), QStringLiteral("resume"), QStringLiteral("pause")}));
}

QTEST_MAIN(JobsDockTest)
#include "jobsdock_test.moc"
