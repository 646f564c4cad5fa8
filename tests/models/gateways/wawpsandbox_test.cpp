// SPDX-License-Identifier: GPL-3.0-or-later
// Wawp's dialect and the sandbox were written apart from each other, both from gateways.md section 4: over a real
// socket they understand each other.
#include "models/gateways/dialects/wawp.h"
#include "models/gateways/transport.h"
#include "tests/support/answer.h"
#include "tests/support/sandboxfixture.h"

#include <QTest>
#include <array>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

SandboxOptions unhurried()
{
    SandboxOptions options = SandboxFixture::quick();
    options.wawpCheckGapMs = 0;
    return options;
}

} // namespace

class WawpSandboxTest final : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_sandbox = std::make_unique<SandboxFixture>(unhurried());
        const SandboxOptions options;
        m_account.sender = QString::fromStdString(options.wawpInstance);
        m_account.token = Secret(QByteArray::fromStdString(options.wawpToken));
    }

    void checksAreTheTruth()
    {
        for (const bool valid : {true, false}) {
            const std::array asked{m_sandbox->numbers(1, valid).at(0)};
            const auto check = m_wawp.readCheck(reply(m_wawp.checkRequest(m_account, asked, {})), asked);
            QVERIFY(check);
            QCOMPARE(check->numbers.at(0).word, valid ? VerdictWord::Valid : VerdictWord::Invalid);
        }
    }

    void theListIsReadToItsEnd()
    {
        QStringList ids;
        PageAsk page{{}, 30};
        int pages = 0;
        do {
            const auto read = m_wawp.readContacts(reply(m_wawp.contactsRequest(m_account, page)), page);
            QVERIFY(read);
            for (const GatewayContact &row : read->contacts)
                ids += row.chatId;
            page.cursor = read->next;
        } while (!page.cursor.isEmpty() && ++pages < 100);
        QVERIFY(pages >= 4); // 128 saved ones at least
        const qsizetype all = ids.size();
        QCOMPARE(ids.removeDuplicates(), 0);
        QVERIFY(all >= 128);
        QVERIFY(!ids.contains(QString()));
    }

    void aBlockIsTold()
    {
        const std::array who{m_sandbox->people(1, true).at(0)};
        const auto isBlocked = [&] {
            const auto contact = m_wawp.readContact(reply(m_wawp.contactRequest(m_account, who.front())));
            return contact ? contact->blocked : std::nullopt;
        };
        QCOMPARE(isBlocked(), std::optional(false));
        const auto block = m_wawp.readBlock(reply(m_wawp.blockRequest(m_account, who)), who, false);
        QVERIFY(block);
        QCOMPARE(block->people.at(0).outcome, BlockAnswer::Outcome::Done);
        QCOMPARE(isBlocked(), std::optional(true));
        QVERIFY(m_wawp.readBlock(reply(m_wawp.unblockRequest(m_account, who)), who, true));
        QCOMPARE(isBlocked(), std::optional(false));
    }

    void aLidLeadsBack()
    {
        int known = 0;
        for (const QString &who : m_sandbox->numbers(40)) { // not everybody's is known
            const auto there = m_wawp.readLid(reply(m_wawp.lidOfRequest(m_account, who)));
            QVERIFY(there);
            if (there->lid.isEmpty())
                continue;
            ++known;
            const auto back = m_wawp.readLid(reply(m_wawp.numberOfRequest(m_account, there->lid)));
            QVERIFY(back);
            QCOMPARE(u'+' + back->number, who);
        }
        QVERIFY(known > 0);
    }

    void detailsPhotoAndAboutAreReadable()
    {
        for (const QString &who : m_sandbox->numbers(20)) {
            const auto about = m_wawp.readAbout(reply(m_wawp.aboutRequest(m_account, who)));
            QVERIFY(about);
            const auto photo = m_wawp.readPhoto(reply(m_wawp.photoRequest(m_account, who)));
            QVERIFY2(photo, qPrintable(photo ? QString() : photo.failure().detail));
        }
    }

    void cardsAreTaken()
    {
        Card card;
        card.name = {QStringLiteral("Jane Doe"), QStringLiteral("Jane"), QStringLiteral("Doe"), {}, {}, {}};
        card.phones = {{QStringLiteral("+44 7700 900001"), QStringLiteral("CELL"), QStringLiteral("447700900001")}};
        Card rich = card;
        rich.org.title = QStringLiteral("Head");
        const QString to = m_sandbox->people(1, true).at(0);
        const auto sent
            = m_wawp.readSend(reply(m_wawp.sendCardsRequest(m_account, to, std::array{card, rich}, QString())));
        QVERIFY2(sent, qPrintable(sent ? QString() : sent.failure().detail));
        QVERIFY(!sent->messageId.isEmpty());
    }

    void faultsAreUnderstood()
    {
        const std::array who{m_sandbox->people(1, true).at(0)};
        const auto blockFails = [&](const char *fault) {
            m_sandbox->clearFaults();
            m_sandbox->fault(QString::fromLatin1(fault));
            const auto block = m_wawp.readBlock(reply(m_wawp.blockRequest(m_account, who)), who, false);
            return block ? Failure{Failure::Kind::NotFound} : block.failure();
        };
        QCOMPARE(blockFails("engine-no-block").kind, Failure::Kind::Unsupported);
        QCOMPARE(blockFails("engine-no-block").code, 422);
        QCOMPARE(blockFails("scan-qr").kind, Failure::Kind::Refused);
        QCOMPARE(blockFails("scan-qr").subject, QStringLiteral("SCAN_QR_CODE"));
        QCOMPARE(blockFails("invalid-session").subject, QStringLiteral("invalid_session"));
        QCOMPARE(blockFails("error-200").subject, QStringLiteral("subscription_required"));
        QCOMPARE(blockFails("429").kind, Failure::Kind::RateLimited);
        QCOMPARE(blockFails("401").kind, Failure::Kind::Unauthorised);
        m_sandbox->clearFaults();
        m_sandbox->fault(QStringLiteral("lid-chat"));
        int lids = 0;
        for (const QString &number : m_sandbox->numbers(40)) {
            const std::array asked{number};
            const auto check = m_wawp.readCheck(reply(m_wawp.checkRequest(m_account, asked, {})), asked);
            QVERIFY(check);
            QCOMPARE(check->numbers.at(0).word, VerdictWord::Valid);
            lids += check->numbers.at(0).waId.endsWith(u"@lid") ? 1 : 0;
        }
        QVERIFY(lids > 0);
        m_sandbox->clearFaults();
        m_sandbox->fault(QStringLiteral("scan-qr"));
        const auto health = m_wawp.readHealth(reply(m_wawp.healthRequest(m_account)), m_account);
        QVERIFY(health);
        QCOMPARE(health->status, QStringLiteral("SCAN_QR_CODE"));
        QVERIFY(!health->healthy);
    }

private:
    HttpReply reply(const HttpRequest &request)
    {
        Transport transport(QUrl(QString::fromStdString(m_sandbox->server().wawpAddress())), {}, m_clock);
        const auto answer = answerOf<HttpReply>([&](auto then) { return transport.send(request, then); });
        return answer ? *answer : HttpReply{};
    }

    SystemClock m_clock;
    const WawpDialect m_wawp = {};
    Credentials m_account;
    std::unique_ptr<SandboxFixture> m_sandbox;
};

QTEST_GUILESS_MAIN(WawpSandboxTest)
#include "wawpsandbox_test.moc"
