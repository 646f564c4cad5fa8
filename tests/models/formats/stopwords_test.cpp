// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/stopwords.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTest>

using namespace rollcall;

class StopWordsTest : public QObject {
    Q_OBJECT

private slots:
    void wholeMessages_data()
    {
        QTest::addColumn<QString>("message");
        const auto row
            = [](const char *name, const char *message) { QTest::newRow(name) << QString::fromUtf8(message); };
        row("en", "STOP");
        row("en polite", "Stop. Thank you");
        row("en please", "please unsubscribe me!!!");
        row("en apostrophe", "Don’t contact me");
        row("en emoji", "stop 🛑");
        row("en twice", "stop stop");
        row("de", "Bitte abmelden, danke");
        row("de umlaut", "Löschen Sie meine Nummer");
        row("fr", "Désabonner svp");
        row("fr no accent", "desabonner");
        row("es", "BAJA");
        row("pt", "Não quero receber");
        row("it", "Basta, grazie");
        row("nl", "Afmelden graag");
        row("pl", "Wypisz mnie");
        row("cs", "už mi nepište");
        row("ro", "Dezabonare");
        row("hu", "leiratkozás");
        row("sv", "Avregistrera mig");
        row("da", "Afmeld");
        row("fi", "Lopeta");
        row("el", "Σταματήστε");
        row("ru", "Отпишите меня, пожалуйста");
        row("uk", "Не пишіть мені");
        row("tr", "MESAJ ATMAYIN");
        row("ar", "إلغاء الاشتراك");
        row("he", "הסירו אותי בבקשה");
        row("hi", "बंद करो");
        row("id", "Tolong hentikan");
        row("zh", "退订");
        row("zh traditional", "請取消訂閱");
        row("ja", "やめてください");
        row("ko", "수신거부");
        row("vi", "Dừng lại");
        row("th", "ยกเลิกครับ");
    }
    void wholeMessages()
    {
        QFETCH(QString, message);
        const auto word = stopWordIn(message);
        QVERIFY2(word.has_value(), qPrintable(message));
        QVERIFY2(word->whole, qPrintable(message));
    }

    void insideASentenceIsAQuestion_data()
    {
        QTest::addColumn<QString>("message");
        for (const char *message : {"I will stop by at noon", "Could you stop sending these offers every day?",
                 "Der Bus hat hier keinen Stopp mehr", "我想取消明天的预约", "When does the sale end this week?"})
            QTest::newRow(message) << QString::fromUtf8(message);
    }
    void insideASentenceIsAQuestion()
    {
        QFETCH(QString, message);
        const auto word = stopWordIn(message);
        QVERIFY(word.has_value());
        QVERIFY(!word->whole);
    }

    void ordinaryMessagesAreNone_data()
    {
        QTest::addColumn<QString>("message");
        for (const char *message : {"", "  ", "👍", "Thank you", "Bitte", "See you tomorrow", "The stopwatch is broken",
                 "Nonstop flights?", "Unsubscribed", "Wann kommt die Lieferung?", "谢谢", "Спасибо"})
            QTest::newRow(qPrintable(QStringLiteral("'%1'").arg(QString::fromUtf8(message))))
                << QString::fromUtf8(message);
    }
    void ordinaryMessagesAreNone()
    {
        QFETCH(QString, message);
        const auto word = stopWordIn(message);
        QVERIFY2(!word.has_value(), word ? qPrintable(word->phrase) : "");
    }

    void chatExportsAndInboxes()
    {
        const QString text = QStringLiteral("[05.10.26, 10:12:33] +49 151 12345678: Stop. Thank you\r\n"
                                            "10/5/26, 10:13 PM - Ann Lee: I will stop by at noon\n"
                                            "10/5/26, 10:14 - Ann Lee: See you\n"
                                            "+1 631 555 1004\tUNSUBSCRIBE\n"
                                            "abmelden\n");
        const auto found = stopsInText(text);
        QCOMPARE(found.size(), 4u);
        QCOMPARE(found[0].sender, QStringLiteral("+49 151 12345678"));
        QCOMPARE(found[0].quote, QStringLiteral("Stop. Thank you"));
        QCOMPARE(found[0].line, 1);
        QVERIFY(found[0].word.whole);
        QCOMPARE(found[1].sender, QStringLiteral("+1 631 555 1004"));
        QCOMPARE(found[1].line, 4);
        QCOMPARE(found[2].sender, QString());
        QCOMPARE(found[2].quote, QStringLiteral("abmelden"));
        QCOMPARE(found[3].sender, QStringLiteral("Ann Lee")); // questions last
        QVERIFY(!found[3].word.whole);
        QVERIFY(stopsInText({}).empty());
    }

    void marksOfDirectionInAMessageStay()
    {
        const auto found = stopsInText(
            QStringLiteral("\u200e[05.10.26, 10:12:33] \u200e+49 151 12345678: \u200eSTOP\u202e pots\r\n"));
        QCOMPARE(found.size(), 1u);
        QCOMPARE(found[0].sender, QStringLiteral("+49 151 12345678"));
        QCOMPARE(found[0].quote, QStringLiteral("STOP\u202e pots")); // word for word: it is the proof
    }

    void hostileText()
    {
        const QString nul(QChar(u'\0'));
        // One line of a million characters, with the word in it.
        QString text = QStringLiteral("stop ") + QString(1'000'000, u'x') + u'\n';
        text += QStringLiteral("+4915112345678: stop") + nul + QStringLiteral("\n"); // NULs
        text += QStringLiteral("\u202e+4915112345678\u202c: \u2067STOP\u2069\n"); // turned round
        text += QString(200'000, u':') + QStringLiteral("\n") + QString(100'000, u'\t') + u'\n';
        QElapsedTimer timer;
        timer.start();
        const auto found = stopsInText(text);
        QVERIFY2(timer.elapsed() < 3'000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(std::count_if(found.begin(), found.end(), [](const StopMention &one) { return one.word.whole; }), 2);
        QCOMPARE(found.size(), 3u);
        QCOMPARE(found[2].quote.size(), 1'000'005); // kept whole
        QCOMPARE(found[1].sender, QStringLiteral("+4915112345678"));
        QCOMPARE(found.size(), 3u);
        QCOMPARE(found[2].quote.size(), 1'000'005); // kept whole
        QCOMPARE(found[1].quote, QStringLiteral("\u2067STOP\u2069"));
    }

    /// More than is read is left out, from the end.
    void aTextWithoutEndIsCut()
    {
        QString text = QString(QString(199, u'h') + u'\n').repeated(mostStopText / 200 + 1);
        text += QStringLiteral("STOP\n");
        QVERIFY(stopsInText(text).empty());
        QCOMPARE(stopsInText(QStringLiteral("STOP\n") + text).size(), 1u);
    }

    void anyTextIsRead()
    {
        QString wild;
        for (int i = 0; i < 200'000; ++i)
            wild += QChar(char16_t(i * 7919 % 65536));
        const auto found = stopsInText(wild); // lone surrogates, controls: read, not choked on
        for (const StopMention &mention : found)
            QVERIFY(mention.line >= 1);
    }
};

QTEST_GUILESS_MAIN(StopWordsTest)
#include "stopwords_test.moc"
