// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cards/recipients.h"

#include "models/domain/phonenumber.h"
#include "models/domain/reach.h"
#include "models/domain/serverindex.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace rollcall {

namespace {

Knowledge knowledgeOf(const Verdict &verdict, const TimeView &time, qint64 keepSeconds)
{
    switch (verdict.word) {
    case VerdictWord::NotChecked:
        return Knowledge::NeverChecked;
    case VerdictWord::Processing:
    case VerdictWord::Failed:
        return Knowledge::Unclear;
    case VerdictWord::Valid:
    case VerdictWord::Invalid:
    case VerdictWord::Unverified:
        break;
    }
    if (!isFresh(verdict.word, verdict.at, time, keepSeconds))
        return Knowledge::Stale;
    if (verdict.word == VerdictWord::Valid)
        return Knowledge::Valid;
    return verdict.word == VerdictWord::Invalid ? Knowledge::Invalid : Knowledge::Unverified;
}

SendObstacle obstacleOf(const SendCandidate &candidate, const QString &ask)
{
    const std::optional<BlockEntry> &entry = candidate.who.entry;
    if (candidate.who.doNotContact)
        return SendObstacle::DoNotContact;
    if (ask.isEmpty())
        return SendObstacle::NoNumber;
    const bool here = entry && entry->standing == BlockStanding::Blocked && entry->there != ServerWord::Absent;
    if (here || (entry && entry->there == ServerWord::Present))
        return SendObstacle::Blocked;
    return candidate.unsettled ? SendObstacle::Unsettled : SendObstacle::None;
}

/// The number of a card's phone, 0 = it cannot be read.
qint64 numberOf(const CardPhone &phone, const QString &region)
{
    if (!phone.phone.trimmed().isEmpty())
        return parsePhoneNumber(phone.phone, region).e164;
    return waIdDigits(phone.waId);
}

} // namespace

bool RecipientLine::mayCheck() const
{
    const bool open = obstacle == SendObstacle::None || obstacle == SendObstacle::Unsettled;
    return open && (knowledge == Knowledge::NeverChecked || knowledge == Knowledge::Stale);
}

bool hasMessageWindow(GatewayKind kind)
{
    return kind == GatewayKind::OnPrem || kind == GatewayKind::Dialog360 || kind == GatewayKind::CloudApi;
}

RecipientLine lineOf(const SendCandidate &candidate, const Account &account, const TimeView &time)
{
    const BlockCandidate &who = candidate.who;
    const qint64 nowMs = std::max(time.now.wallMs, time.latestSeenMs);
    RecipientLine line;
    line.person = who.person;
    line.alias = who.alias;
    line.name = candidate.name;
    line.number = who.alias.value() > 0 ? QString(u'+' + QString::number(who.alias.value()))
        : who.otherName.isEmpty()       ? who.typed
                                        : who.otherName;
    const qint64 digits = waIdDigits(who.waId);
    line.ask = who.alias.isNull() ? QString() : textToReach(account.kind, who.alias, who.waId, who.otherName);
    // A message to a user id without a number is documented by nobody (gateways.md 5.3): not offered.
    if (hasMessageWindow(account.kind) && !line.ask.startsWith(u'+'))
        line.ask.clear();
    // On-premises `to` is the wa_id (gateways.md 1.8): as it is, since digits with a '+' are a number for it to read.
    if (account.kind == GatewayKind::OnPrem && digits != 0 && !line.ask.isEmpty())
        line.ask = QString::number(digits);
    line.obstacle = obstacleOf(candidate, line.ask);
    line.knowledge = knowledgeOf(candidate.newest, time, account.keepSeconds);
    line.checkedMs = candidate.newest.word == VerdictWord::NotChecked ? 0 : candidate.newest.at.wallMs;
    const InboundWindow inbound = inboundWindow(who.lastInboundMs, nowMs);
    if (inbound == InboundWindow::Open)
        line.knowledge = Knowledge::WroteLately;
    line.hasWindow = hasMessageWindow(account.kind);
    line.window = line.hasWindow ? inbound : InboundWindow::Open;
    if (line.hasWindow && inbound == InboundWindow::Open)
        line.windowUntilMs = who.lastInboundMs + inboundWindowMs;
    line.consent = who.consent;
    line.marketingStop = candidate.marketingStop;
    line.waId = digits == 0 ? QString() : QString::number(digits);
    line.otherWaId = digits != 0 && who.alias.value() > 0 && digits != who.alias.value();
    line.lastSentMs = candidate.lastSentMs;
    return line;
}

std::vector<AliasKey> aliasesOf(const std::vector<Card> &cards, const QString &region)
{
    std::vector<AliasKey> aliases;
    std::unordered_set<qint64> met;
    for (const Card &card : cards) {
        for (const CardPhone &phone : card.phones) {
            const qint64 number = numberOf(phone, region);
            if (number != 0 && met.insert(number).second)
                aliases.emplace_back(number);
        }
    }
    return aliases;
}

std::vector<PhoneSight> sightsOf(
    const std::vector<Card> &cards, std::span<const Messages::Known> known, const QString &region, const TimeView &time)
{
    std::unordered_map<qint64, const Verdict *> verdicts;
    for (const Messages::Known &one : known)
        verdicts.emplace(one.alias.value(), &one.verdict);
    std::vector<PhoneSight> sights;
    for (std::size_t c = 0; c < cards.size(); ++c) {
        for (std::size_t p = 0; p < cards[c].phones.size(); ++p) {
            const CardPhone &phone = cards[c].phones[p];
            PhoneSight sight{.card = int(c), .phone = int(p), .alias = AliasKey(numberOf(phone, region))};
            sight.button = waIdDigits(phone.waId) != 0 ? CardButton::Message : CardButton::Invite;
            const auto found = verdicts.find(sight.alias.value());
            if (!sight.alias.isNull() && found != verdicts.end()) {
                const Verdict &verdict = *found->second;
                sight.knowledge = knowledgeOf(verdict, time, secondsFresh);
                const qint64 digits = verdict.word == VerdictWord::Valid ? waIdDigits(verdict.waId) : 0;
                if (digits != 0 && digits != waIdDigits(phone.waId)) {
                    sight.offered = QString::number(digits);
                    sight.offeredDiffers = digits != sight.alias.value();
                }
            }
            sights.push_back(std::move(sight));
        }
    }
    return sights;
}

} // namespace rollcall
