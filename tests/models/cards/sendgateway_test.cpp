// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cards/message.h"
#include "models/cards/sendrun.h"
#include "models/gateways/gateway.h"
#include "models/store/store.h"
#include "tests/support/answer.h"
#include "tests/support/relay.h"
#include "tests/support/rushclock.h"
#include "tests/support/sandboxfixture.h"

#include <QTemporaryDir>
#include <map>
#include <random>
#include <set>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr int patienceMs = 30'000;

Card card(const QString &name)
{
    Card card;
    card.name.formatted = name;
    card.name.first = QStringLiteral("Ann");
    card.phones = {{{}, QStringLiteral("CELL"), QStringLiteral("447400123456")}};
    return card;
}

/// Every field, with texts that hurt.
std::vector<Card> hardCards(int seed)
{
    static const QStringList hurts{QStringLiteral("\""), QStringLiteral("\\"), QStringLiteral(u"\u0639\u0645\u0631"),
        QStringLiteral(u"\U0001F468\u200d\U0001F469"), QStringLiteral("<b>&amp;</b>"), QStringLiteral(u"\u202e"),
        QStringLiteral("a,b;c"), QStringLiteral("\n"), QStringLiteral(u"e\u0301"), QStringLiteral("/")};
    std::mt19937 random{quint32(seed)};
    const auto text = [&] {
        QString text = QStringLiteral("x");
        for (std::size_t n = random() % 5; n > 0; --n)
            text += hurts[qsizetype(random() % std::size_t(hurts.size()))];
        return text;
    };
    std::vector<Card> cards;
    for (std::size_t n = 1 + random() % 6; n > 0; --n) {
        Card one = card(text());
        one.name.last = text();
        one.birthday = QStringLiteral("2000-02-29");
        one.org = {text(), text(), text()};
        one.emails = {{QStringLiteral("a@b.example"), text()}};
        one.urls = {{QStringLiteral("https://b.example/?x=1"), QStringLiteral("WORK")}};
        one.addresses = {{text(), text(), text(), text(), text(), QStringLiteral("DE"), QStringLiteral("HOME")}};
        cards.push_back(std::move(one));
    }
    return cards;
}

} // namespace

/// Messages with the real store, the real gateway over real sockets, and the sandbox's strict reader.
class SendGatewayTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RushClock> m_clock;
    std::unique_ptr<SandboxFixture> m_sandbox;
    std::unique_ptr<Relay> m_relay;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Gateway> m_gateway;
    std::unique_ptr<SendRunner> m_runner;
    std::map<RunId, OperationProgress> m_told;
    std::set<RunId> m_over;

    QUrl addressOf(GatewayKind kind) const
    {
        const SandboxServer &server = m_sandbox->server();
        const std::string text = kind == GatewayKind::OnPrem ? server.onPremAddress()
            : kind == GatewayKind::Wawp                      ? server.wawpAddress()
            : kind == GatewayKind::CloudApi                  ? server.cloudApiAddress()
                                                             : server.dialog360Address();
        return QUrl(QString::fromStdString(text));
    }
    void begin(GatewayKind kind, const QUrl &address)
    {
        Account account;
        account.id = AccountId(1);
        account.kind = kind;
        account.address = address;
        account.registeredCountryCode = 44;
        Credentials mine;
        const SandboxOptions &options = m_sandbox->server().options();
        const auto secret = [](const std::string &text) { return Secret(QByteArray::fromStdString(text)); };
        if (kind == GatewayKind::Wawp) {
            account.sender = QString::fromStdString(options.wawpInstance);
            mine.token = secret(options.wawpToken);
        } else if (kind == GatewayKind::OnPrem) {
            mine.user = account.user = m_sandbox->user();
            mine.password = Secret::fromTyped(m_sandbox->password());
        } else {
            mine.token = secret(kind == GatewayKind::CloudApi ? options.cloudToken : options.dialog360Key);
        }
        mine.sender = account.sender;
        m_gateway = std::make_unique<Gateway>(
            account, [this, mine](auto then) { return m_clock->after(0, [mine, then] { then(mine); }); }, *m_clock);
        m_runner = std::make_unique<SendRunner>(
            *m_store, SendRunner::GatewayOf([this](AccountId) { return m_gateway.get(); }), *m_clock);
        connect(m_runner.get(), &SendRunner::progressed, this,
            [this](const OperationProgress &progress) { m_told[progress.run.id] = progress; });
        connect(m_runner.get(), &SendRunner::finished, this, [this](const OperationProgress &progress) {
            m_told[progress.run.id] = progress;
            m_over.insert(progress.run.id);
        });
    }
    RunId create(const QStringList &people, const std::vector<Card> &cards, const QString &replyTo = {})
    {
        SendOrder order;
        order.account = AccountId(1);
        order.cards = cardsAsJson(cards);
        order.cardCount = int(cards.size());
        order.replyTo = replyTo;
        std::vector<OperationItem> items;
        for (const QString &number : people)
            items.push_back({.alias = AliasKey(number.mid(1).toLongLong()), .ask = number});
        return *answerOf<RunId>([&](auto then) {
            m_runner->create(order, items, then);
            return Call(std::make_shared<Call::State>());
        });
    }
    bool over(RunId run)
    {
        return eventually([&] { return m_over.contains(run); }, patienceMs);
    }
    std::vector<OperationItem> items(RunId run)
    {
        return *answerOf<std::vector<OperationItem>>([&](auto then) { return m_store->blocks().items(run, then); });
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<RushClock>(100);
        m_sandbox = std::make_unique<SandboxFixture>();
        m_store = *Store::open(m_folder->path(), *m_clock);
        QVERIFY(answerOf<Nothing>([&](auto then) { return m_store->checkFile(false, then); }));
        m_told.clear();
        m_over.clear();
    }
    void cleanup()
    {
        m_runner.reset();
        m_gateway.reset();
        m_relay.reset();
        m_store.reset();
        m_sandbox.reset();
        m_clock.reset();
        m_folder.reset();
    }

    void judgedByteByByte_data()
    {
        QTest::addColumn<GatewayKind>("kind");
        QTest::newRow("360dialog") << GatewayKind::Dialog360;
        QTest::newRow("Cloud API") << GatewayKind::CloudApi;
        QTest::newRow("on-premises") << GatewayKind::OnPrem;
        QTest::newRow("Wawp") << GatewayKind::Wawp;
    }
    void judgedByteByByte()
    {
        QFETCH(GatewayKind, kind);
        begin(kind, addressOf(kind));
        const QString who = m_sandbox->people(1, true).front();
        for (int seed = 1; seed <= 10; ++seed) {
            const std::vector<Card> cards = hardCards(seed);
            const RunId id = create({who}, cards);
            QVERIFY(over(id));
            const OperationItem item = items(id).front();
            QVERIFY2(item.state == OperationState::Done, qPrintable(item.why + u' ' + item.detail));
            const std::vector<SandboxSent> taken = m_sandbox->server().messages();
            QCOMPARE(taken.size(), std::size_t(seed));
            QCOMPARE(QByteArray::fromStdString(taken.back().body), *messageJson(kind, who, cards));
            QCOMPARE(item.messageId, QString::fromStdString(taken.back().id));
            QCOMPARE(taken.back().cards.size(), cards.size());
        }
    }

    void theMostCardsInOneMessage()
    {
        begin(GatewayKind::Dialog360, addressOf(GatewayKind::Dialog360));
        const RunId id = create(m_sandbox->people(1, true), std::vector<Card>(mostCards, card(QStringLiteral("Ann"))));
        QVERIFY(over(id));
        QCOMPARE(items(id).front().state, OperationState::Done);
        QCOMPARE(m_sandbox->server().messages().back().cards.size(), std::size_t(mostCards));
    }

    void whatIsRefused()
    {
        begin(GatewayKind::Dialog360, addressOf(GatewayKind::Dialog360));
        QStringList people = m_sandbox->people(2, true);
        people += m_sandbox->people(1, false);
        people += m_sandbox->numbers(1, false);
        m_sandbox->server().setBlocked(people[1].toStdString(), true);
        const RunId id = create(people, {card(QStringLiteral("Ann"))});
        QVERIFY(over(id));
        const auto all = items(id);
        QCOMPARE(all[0].state, OperationState::Done);
        QCOMPARE(all[0].status, QStringLiteral("accepted"));
        QCOMPARE(all[0].waId, people[0].mid(1));
        QCOMPARE(all[1].code, 131026);
        QCOMPARE(all[2].code, 131047);
        QCOMPARE(all[2].why, QString::fromLatin1(Why::outsideWindow));
        QCOMPARE(all[3].why, QString::fromLatin1(Why::notOnWhatsApp));
        QCOMPARE(m_sandbox->server().messages().size(), 1U);
    }

    void aCutAnswerIsUnknownAndWasDeliveredOnce_data()
    {
        QTest::addColumn<GatewayKind>("kind");
        QTest::addColumn<QString>("how");
        for (const auto &[name, kind] : {std::pair("360dialog", GatewayKind::Dialog360),
                 {"on-premises", GatewayKind::OnPrem}, {"Wawp", GatewayKind::Wawp}})
            for (const char *how : {"in the body", "in the head", "closed", "reset"})
                QTest::addRow("%s, %s", name, how) << kind << QString::fromLatin1(how);
    }
    void aCutAnswerIsUnknownAndWasDeliveredOnce()
    {
        QFETCH(GatewayKind, kind);
        QFETCH(QString, how);
        m_relay = std::make_unique<Relay>();
        m_relay->setUpstream(m_sandbox->server().port());
        RelayAct through;
        through.forward = true;
        m_relay->always(through);
        RelayAct broken = through;
        if (how == u"in the body")
            broken.cutAfter = 150;
        else if (how == u"in the head")
            broken.cutAfter = 9;
        else
            broken.forward = false;
        broken.close = how == u"closed";
        broken.reset = how == u"reset";
        if (kind == GatewayKind::OnPrem)
            m_relay->next(through); // its login
        m_relay->next(broken);
        begin(kind, m_relay->address(addressOf(kind).path()));
        const QStringList people = m_sandbox->people(2, true);
        const RunId id = create(people, {card(QStringLiteral("Ann"))});
        QVERIFY(over(id));
        const auto all = items(id);
        QCOMPARE(all[0].state, OperationState::Unknown);
        QCOMPARE(all[0].why, QString::fromLatin1(Why::noAnswer));
        QCOMPARE(all[1].state, OperationState::Done);
        int sends = 0;
        for (const QByteArray &request : m_relay->requests())
            sends += request.contains("\"contacts\":[");
        QCOMPARE(sends, 2); // one for each of them
        const std::size_t arrived = broken.forward ? 1 : 0;
        QCOMPARE(m_sandbox->server().messages().size(), arrived + 1);
        m_runner->resume(id); // nothing is left to send
        spin(50);
        QCOMPARE(m_sandbox->server().messages().size(), arrived + 1);
    }
};

QTEST_GUILESS_MAIN(SendGatewayTest)
#include "sendgateway_test.moc"
