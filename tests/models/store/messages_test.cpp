// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/messages.h"

#include "models/store/consents.h"
#include "models/store/erasures.h"
#include "tests/support/ledgerplace.h"
#include "tests/support/storedverdict.h"

#include <QFile>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

const char cards[] = "[{\"name\":{\"formatted_name\":\"Ines \\\"Nes\\\" Prado\",\"first_name\":\"Ines\"}}]";

} // namespace

/// Messages as operations, what windows read of them, and drafts.
class MessagesTest final : public LedgerPlace {
    Q_OBJECT

private:
    Messages &messages() { return (*m_store)->messages(); }
    Drafts &drafts() { return (*m_store)->drafts(); }
    SendOrder sendOrder() const
    {
        SendOrder order;
        order.account = m_account;
        order.cards = cards;
        order.cardCount = 1;
        order.title = QStringLiteral("Ines Prado");
        order.note = QStringLiteral("as agreed");
        return order;
    }
    RunId startSend(const std::vector<OperationItem> &items, const SendOrder &order)
    {
        return *await<RunId>([&](auto then) { return messages().start(order, items, then); });
    }
    SendCandidate candidate(qint64 number)
    {
        const PhoneNumber typed{.typed = digits(number), .e164 = number};
        return await<std::vector<SendCandidate>>([&](auto then) {
            return messages().candidates({}, {typed}, m_account, then);
        })->front();
    }
    std::vector<SentRow> history(const SentFilter &filter)
    {
        const auto ids = *await<std::vector<OperationId>>([&](auto then) { return messages().history(filter, then); });
        return *await<std::vector<SentRow>>([&](auto then) { return messages().rows(ids, then); });
    }
    qint64 settle(OperationId id, Settlement how)
    {
        return *await<qint64>(
            [&](auto then) { return messages().settle({id}, how, QStringLiteral("she told me"), then); });
    }
    DraftId save(const StoredDraft &draft)
    {
        return *await<DraftId>([&](auto then) { return drafts().save(draft, then); });
    }
    std::vector<StoredDraft> allDrafts()
    {
        return *await<std::vector<StoredDraft>>([&](auto then) { return drafts().list(then); });
    }

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void aMessageGoesFromIntentToItsId()
    {
        const PersonId ann = m_store->add(QStringLiteral("Ann"), QStringLiteral("+447700900000"), first);
        const RunId id = startSend({itemFor(first, ann), itemFor(first + 1)}, sendOrder());
        QCOMPARE(run(id).kind, OperationKind::Send);
        QCOMPARE(run(id).open(), 2);
        QVERIFY(ledger().empty()); // a message is no block
        const auto sent = send(id, next(id));
        QCOMPARE(sent.size(), 2U);
        QCOMPARE(candidate(first).unsettled, true);
        QVERIFY(answer(id,
            {{.operation = sent[0].id,
                 .state = OperationState::Done,
                 .waId = QStringLiteral("447700900000"),
                 .messageId = QStringLiteral("wamid.1"),
                 .status = QStringLiteral("accepted")},
                {.operation = sent[1].id, .state = OperationState::Refused, .code = 131047}}));
        QCOMPARE(run(id).done, 1);
        QCOMPARE(run(id).refused, 1);
        QVERIFY(ledger().empty());
        const auto rows = history({});
        QCOMPARE(rows.size(), 2U);
        QCOMPARE(rows[0].item.messageId, QStringLiteral("wamid.1"));
        QCOMPARE(rows[0].item.status, QStringLiteral("accepted"));
        QCOMPARE(rows[0].name, QStringLiteral("Ann"));
        QCOMPARE(rows[0].title, QStringLiteral("Ines Prado"));
        QCOMPARE(rows[1].aliasText, QStringLiteral("+447700900001"));
        QCOMPARE(rows[1].item.messageId, QString());
        QCOMPARE(candidate(first).lastSentMs, rows[0].item.sentMs);
        QCOMPARE(candidate(first).unsettled, false);
        QCOMPARE(candidate(first + 1).lastSentMs, 0);
        const auto kept = await<SentMessage>([&](auto then) { return messages().message(id, then); });
        QVERIFY(kept);
        QCOMPARE(kept->cards, QByteArray(cards));
        QCOMPARE(kept->run.note, QStringLiteral("as agreed"));
        QCOMPARE(journal(QStringLiteral("send.run")).front().outcome,
            QStringLiteral("people=2 account=%1 source=compose cards=1 again=0").arg(m_account.value()));
        QCOMPARE(
            journal(QStringLiteral("send.answer")).front().outcome, QStringLiteral("done=1 refused=1 codes=131047:1"));
        // Blocks do not see it, and messages no block.
        start(1);
        const auto blockRuns = *await<std::vector<OperationRun>>([&](auto then) { return blocks().runs(then); });
        const auto sendRuns = *await<std::vector<OperationRun>>([&](auto then) { return messages().runs(then); });
        QCOMPARE(blockRuns.size(), 1U);
        QCOMPARE(blockRuns.front().kind, OperationKind::Block);
        QCOMPARE(sendRuns.size(), 1U);
        QCOMPARE(sendRuns.front().id, id);
        SentFilter filter;
        filter.person = ann;
        QCOMPARE(history(filter).size(), 1U);
        filter = {};
        filter.text = QStringLiteral("WAMID.1");
        QCOMPARE(history(filter).size(), 1U);
        filter.text = QStringLiteral("0_0"); // no wildcard
        QCOMPARE(history(filter).size(), 0U);
        filter = {};
        filter.states = {OperationState::Refused};
        QCOMPARE(history(filter).size(), 1U);
    }

    void whatACrashCutIsUnknownAndNothingGoesBeforeTheOperatorsWord()
    {
        const RunId id = startSend({itemFor(first), itemFor(first + 1)}, sendOrder());
        const auto sent = send(id, next(id, 1));
        const RunId block = start(1);
        send(block, next(block));
        QVERIFY(m_store->open()); // the program starts anew
        QCOMPARE(*await<qint64>([&](auto then) { return messages().recover(then); }), 1);
        QCOMPARE(items(id)[0].state, OperationState::Unknown);
        QCOMPARE(items(id)[0].why, QString::fromLatin1(Why::crash));
        QCOMPARE(items(id)[1].state, OperationState::Planned);
        QCOMPARE(run(id).state, OperationRunState::Paused);
        QCOMPARE(items(block)[0].state, OperationState::Sending); // its own recover() does that
        QCOMPARE(*await<qint64>([&](auto then) { return blocks().recover(then); }), 1);
        QVERIFY(!journal(QStringLiteral("send.recover")).empty());
        // The same person gets no second message meanwhile …
        const RunId second = startSend({itemFor(first), itemFor(first + 2)}, sendOrder());
        QCOMPARE(items(second)[0].state, OperationState::NotSent);
        QCOMPARE(items(second)[0].why, QString::fromLatin1(Why::unsettled));
        QCOMPARE(items(second)[1].state, OperationState::Planned);
        QCOMPARE(run(second).notSent, 1);
        // … unless the operator settles it, and sends again: once.
        SendOrder again = sendOrder();
        again.again = id;
        QCOMPARE(items(startSend({itemFor(first)}, again))[0].why, QString::fromLatin1(Why::unsettled));
        QVERIFY(await<qint64>(
            [&](auto then) { return messages().settle({items(id)[0].id}, Settlement::ItDidNot, {}, then); }));
        QCOMPARE(items(startSend({itemFor(first)}, again))[0].state, OperationState::Planned);
        QCOMPARE(items(startSend({itemFor(first)}, again))[0].why, QString::fromLatin1(Why::superseded));
    }

    void theOperatorSettles_data()
    {
        QTest::addColumn<Settlement>("how");
        QTest::addColumn<OperationState>("ends");
        QTest::newRow("it worked") << Settlement::ItWorked << OperationState::Done;
        QTest::newRow("it did not") << Settlement::ItDidNot << OperationState::Refused;
    }
    void theOperatorSettles()
    {
        QFETCH(Settlement, how);
        QFETCH(OperationState, ends);
        const RunId id = startSend(itemsFor(2), sendOrder());
        const auto sent = send(id, next(id));
        QVERIFY(answer(id,
            {{.operation = sent[0].id, .state = OperationState::Unknown},
                {.operation = sent[1].id, .state = OperationState::Done}}));
        QCOMPARE(run(id).unknown, 1);
        QCOMPARE(settle(sent[1].id, how), 0); // not unknown
        QCOMPARE(settle(sent[0].id, how), 1);
        QCOMPARE(settle(sent[0].id, how), 0);
        QCOMPARE(items(id)[0].state, ends);
        QCOMPARE(items(id)[0].why, QString::fromLatin1(Why::settledByOperator));
        QCOMPARE(run(id).unknown, 0);
        QCOMPARE(journal(QStringLiteral("send.settle")).size(), 1U);
        // A block is not settled as a message.
        const RunId block = start(1);
        const auto going = send(block, next(block));
        QVERIFY(answer(block, {{.operation = going[0].id, .state = OperationState::Unknown}}));
        QCOMPARE(settle(going[0].id, how), 0);
    }

    void checksAndSendsAreCounted()
    {
        storeVerdict(**m_store, m_account, first, VerdictWord::Valid, QStringLiteral("valid"), digits(first));
        const RunId id = startSend(itemsFor(3), sendOrder());
        const auto sent = send(id, next(id));
        QVERIFY(answer(id,
            {{.operation = sent[0].id, .state = OperationState::Done},
                {.operation = sent[1].id, .state = OperationState::Done},
                {.operation = sent[2].id, .state = OperationState::Unknown}}));
        const auto at = [&](qint64 since) {
            return *await<Traffic>([&](auto then) { return messages().traffic(m_account, since, then); });
        };
        QCOMPARE(at(0).checks, 1);
        QCOMPARE(at(0).sends, 2);
        const auto use = [&] {
            return *await<BudgetUse>([&](auto then) { return (*m_store)->runs().budgetUse(m_account, {}, then); });
        };
        QCOMPARE(use().checksLately, 1);
        QCOMPARE(use().sendsLately, 2);
        QCOMPARE(at(m_store->clock.now().wallMs + 1).sends, 0);
        QCOMPARE(at(m_store->clock.now().wallMs + 1).checks, 0);
        m_store->clock.advance(trafficMs + 1);
        QCOMPARE(use().checksLately, 0);
        QCOMPARE(use().sendsLately, 0);
    }

    void aNumberIsKnownHereOrElsewhere()
    {
        const AccountId other = m_store->account(QStringLiteral("Other"));
        const auto known = [&](qint64 number) {
            return *await<std::vector<Messages::Known>>(
                [&](auto then) { return messages().known({AliasKey(number)}, m_account, then); });
        };
        QVERIFY(known(first).empty());
        storeVerdict(**m_store, other, first, VerdictWord::Valid, QStringLiteral("valid"), digits(first + 5));
        QCOMPARE(known(first).size(), 1U);
        QCOMPARE(known(first).front().here, false);
        QCOMPARE(known(first).front().verdict.waId, digits(first + 5));
        QCOMPARE(candidate(first).newest.word, VerdictWord::NotChecked);
        QCOMPARE(candidate(first).who.waId, digits(first + 5));
        storeVerdict(**m_store, m_account, first, VerdictWord::Invalid);
        QCOMPARE(known(first).front().here, true);
        QCOMPARE(known(first).front().verdict.word, VerdictWord::Invalid);
        QCOMPARE(candidate(first).newest.word, VerdictWord::Invalid);
        storeVerdict(**m_store, other, first + 1, VerdictWord::Invalid); // elsewhere only a valid one is of use
        QVERIFY(known(first + 1).empty());
    }

    void theMarketingStopIsTold()
    {
        const PersonId ann = m_store->add(QStringLiteral("Ann"), QStringLiteral("+447700900000"), first);
        QVERIFY(!candidate(first).marketingStop);
        const auto tell = [&](MarketingState state) {
            MarketingNote note;
            note.account = m_account;
            note.state = state;
            m_store->clock.advance(1'000);
            return await<qint64>([&](auto then) { return (*m_store)->marketing().noteByHand({ann}, note, then); });
        };
        QVERIFY(tell(MarketingState::Stopped));
        QVERIFY(candidate(first).marketingStop);
        QVERIFY(!candidate(first + 1).marketingStop);
        QVERIFY(tell(MarketingState::Resumed));
        QVERIFY(!candidate(first).marketingStop);
    }

    void draftsAndTemplates()
    {
        const DraftId draft = save({.title = QStringLiteral("Ines"), .cardCount = 1, .content = "{\"a\":1}"});
        m_store->clock.advance(1'000);
        QCOMPARE(save({.id = draft, .cardCount = 2, .content = "{\"a\":2}"}), draft);
        QVERIFY(journal(QStringLiteral("draft.save")).empty()); // typing is no act
        const DraftId card
            = save({.name = QStringLiteral("Our hotline"), .title = QStringLiteral("Hotline"), .content = "{}"});
        QCOMPARE(allDrafts().size(), 2U);
        QCOMPARE(allDrafts()[1].cardCount, 2);
        QVERIFY(allDrafts()[1].content.isEmpty());
        const auto twice = await<DraftId>(
            [&](auto then) { return drafts().save({.name = QStringLiteral("Our hotline"), .content = "{}"}, then); });
        QVERIFY(!twice);
        QCOMPARE(twice.failure().kind, Failure::Kind::BadInput);
        QCOMPARE(save({.id = card, .name = QStringLiteral("Our hotline"), .content = "{\"b\":1}"}), card);
        QVERIFY(m_store->open());
        const auto read = await<StoredDraft>([&](auto then) { return drafts().read(draft, then); });
        QVERIFY(read);
        QCOMPARE(read->content, QByteArray("{\"a\":2}"));
        QVERIFY(await<Nothing>([&](auto then) { return drafts().remove(card, then); }));
        QVERIFY(await<Nothing>([&](auto then) { return drafts().remove(draft, then); }));
        QVERIFY(allDrafts().empty());
        QCOMPARE(await<StoredDraft>([&](auto then) { return drafts().read(draft, then); }).failure().kind,
            Failure::Kind::NotFound);
        QCOMPARE(journal(QStringLiteral("template.save")).size(), 2U);
        QCOMPARE(journal(QStringLiteral("template.remove")).size(), 1U);
        QCOMPARE(journal(QStringLiteral("draft.remove")).size(), 1U);
    }

    void erasingTakesHerFromMessagesAndDrafts()
    {
        const QString name = QStringLiteral("Ines \"Nes\" Prado");
        const PersonId ines = m_store->add(name, QStringLiteral("+447700900000"), first);
        m_store->add(QStringLiteral("Bo"), QStringLiteral("+447700900009"), first + 9);
        const RunId toHer = startSend({itemFor(first, ines)}, sendOrder());
        SendOrder other = sendOrder();
        other.cards = "[{\"name\":{\"formatted_name\":\"Bo\",\"first_name\":\"Bo\"}}]";
        other.title = QStringLiteral("Bo");
        const RunId aboutBo = startSend({itemFor(first + 9)}, other);
        for (const RunId id : {toHer, aboutBo}) {
            const auto sent = send(id, next(id));
            QVERIFY(answer(id,
                {{.operation = sent[0].id,
                    .state = OperationState::Done,
                    .waId = digits(id == toHer ? first : first + 9),
                    .messageId = QStringLiteral("wamid.NDQ3NzAwOTAwMDAw")}}));
        }
        save({.title = name, .content = cards});
        const DraftId kept = save({.title = QStringLiteral("Bo"), .content = other.cards});
        const auto dossier
            = *await<DossierFacts>([&](auto then) { return (*m_store)->dossiers().read(ines, m_account, then); });
        QCOMPARE(dossier.acts.size(), 1U);
        QCOMPARE(dossier.acts.front().kind, OperationKind::Send);
        QCOMPARE(dossier.acts.front().title, QStringLiteral("Ines Prado"));
        QCOMPARE(dossier.acts.front().cards, 1);
        QCOMPARE(dossier.acts.front().messageId, QStringLiteral("wamid.NDQ3NzAwOTAwMDAw"));
        const auto report = await<EraseReport>([&](auto then) { return (*m_store)->erasures().erase(ines, then); });
        QVERIFY(report);
        QVERIFY(report->erased);
        QVERIFY(report->leftIn.isEmpty());
        QVERIFY((*await<SentMessage>([&](auto then) { return messages().message(toHer, then); })).cards.isEmpty());
        QCOMPARE(
            (*await<SentMessage>([&](auto then) { return messages().message(aboutBo, then); })).cards, other.cards);
        QCOMPARE(items(toHer)[0].messageId, QString());
        QCOMPARE(items(aboutBo)[0].messageId, QStringLiteral("wamid.NDQ3NzAwOTAwMDAw"));
        QCOMPARE(allDrafts().size(), 1U);
        QCOMPARE(allDrafts().front().id, kept);
        m_store->close();
        QFile file(m_store->file());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("Nes"));
    }
};

QTEST_GUILESS_MAIN(MessagesTest)
#include "messages_test.moc"
