// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cards/cardcheck.h"

#include "models/domain/phonenumber.h"

#include <QDate>
#include <QDateTime>
#include <QUrl>
#include <algorithm>
#include <unordered_map>

namespace rollcall {

namespace {

bool isDigits(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isKnownCountry(const QString &code)
{
    static const QStringList regions = supportedRegions();
    // The regions libphonenumber has no numbers for are countries all the same.
    static const QStringList others{QStringLiteral("AQ"), QStringLiteral("BV"), QStringLiteral("GS"),
        QStringLiteral("HM"), QStringLiteral("PN"), QStringLiteral("TF"), QStringLiteral("UM")};
    const QString upper = code.toUpper();
    return regions.contains(upper) || others.contains(upper);
}

/// Controls, zero-width characters and direction marks. ZWJ and ZWNJ are letters' business in some scripts and in
/// emoji.
bool isHidden(QChar c)
{
    const ushort u = c.unicode();
    const bool control = (u < 0x20 && u != '\n' && u != '\t') || (u >= 0x7f && u < 0xa0);
    const bool direction = (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069) || u == 0x61c;
    return control || direction || u == 0x200b || u == 0x200e || u == 0x200f || u == 0x2060 || u == 0xfeff;
}

/// Each kind of mark once, in the order in which they come: "U+202E U+200B"; empty when there is none.
QString hiddenMarks(const QString &text)
{
    QStringList marks;
    for (const QChar c : text) {
        if (!isHidden(c))
            continue;
        const QString mark = QStringLiteral("U+%1").arg(c.unicode(), 4, 16, QLatin1Char('0')).toUpper();
        if (!marks.contains(mark))
            marks << mark;
    }
    return marks.join(u' ');
}

bool looksLikeEmail(const QString &text)
{
    const qsizetype at = text.lastIndexOf(u'@');
    const QString host = text.mid(at + 1);
    const bool blank
        = std::any_of(text.begin(), text.end(), [](QChar c) { return c.isSpace() || c == u',' || c == u';'; });
    return at > 0 && !blank && host.contains(u'.') && !host.startsWith(u'.') && !host.endsWith(u'.')
        && !host.contains(QLatin1String(".."));
}

bool looksLikeUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    return url.isValid() && web && !url.host().isEmpty();
}

/// Collects the notices of one card.
class Checker {
public:
    Checker(const Card &card, int index, const QDate &today)
        : m_card(card)
        , m_index(index)
        , m_today(today)
    {
    }
    std::vector<CardNotice> run()
    {
        name();
        birthday();
        org();
        phones();
        emails();
        urls();
        addresses();
        return std::move(m_notices);
    }

private:
    void say(CardSeverity severity, CardCode code, CardField field, int index = -1, const QString &text = {})
    {
        m_notices.push_back({severity, code, {m_index, field, index}, text});
    }
    void error(CardCode code, CardField field, int index = -1) { say(CardSeverity::Error, code, field, index); }
    void warn(CardCode code, CardField field, int index = -1, const QString &text = {})
    {
        say(CardSeverity::Warning, code, field, index, text);
    }
    void text(const QString &value, CardField field, int index = -1)
    {
        if (value.size() > longCardText)
            warn(CardCode::LongText, field, index);
        if (const QString marks = hiddenMarks(value); !marks.isEmpty())
            warn(CardCode::HiddenMarks, field, index, marks);
    }
    void type(const QString &value, const QStringList &standard, CardField field, int index)
    {
        if (!value.isEmpty() && !standard.contains(value))
            warn(CardCode::OtherType, field, index, value);
        text(value, field, index);
    }
    void name()
    {
        const CardName &name = m_card.name;
        const bool further = !(name.first.isEmpty() && name.last.isEmpty() && name.middle.isEmpty()
            && name.prefix.isEmpty() && name.suffix.isEmpty());
        if (name.formatted.trimmed().isEmpty())
            error(CardCode::NoFormattedName, CardField::Formatted);
        if (!further)
            error(CardCode::OnlyFormattedName, CardField::First);
        text(name.formatted, CardField::Formatted);
        text(name.first, CardField::First);
        text(name.last, CardField::Last);
        text(name.middle, CardField::Middle);
        text(name.prefix, CardField::Prefix);
        text(name.suffix, CardField::Suffix);
    }
    void birthday()
    {
        const QString &text = m_card.birthday;
        if (text.isEmpty())
            return;
        const bool form = text.size() == 10 && text[4] == u'-' && text[7] == u'-' && isDigits(text.left(4))
            && isDigits(text.mid(5, 2)) && isDigits(text.mid(8));
        if (!form) {
            error(CardCode::BirthdayForm, CardField::Birthday);
            return;
        }
        const QDate day(text.left(4).toInt(), text.mid(5, 2).toInt(), text.mid(8).toInt());
        if (!day.isValid())
            error(CardCode::NoSuchDay, CardField::Birthday);
        else if (day > m_today)
            warn(CardCode::BirthdayAhead, CardField::Birthday);
    }
    void org()
    {
        text(m_card.org.company, CardField::Company);
        text(m_card.org.department, CardField::Department);
        text(m_card.org.title, CardField::Title);
    }
    void phones()
    {
        std::vector<qint64> met;
        bool any = false;
        for (std::size_t i = 0; i < m_card.phones.size(); ++i) {
            const int index = int(i);
            any = phone(m_card.phones[i], index, met) || any;
            type(m_card.phones[i].type, standardPhoneTypes(), CardField::PhoneType, index);
        }
        if (!any)
            warn(CardCode::NoPhone, CardField::Card);
    }
    /// True when it can be called or written to.
    bool phone(const CardPhone &phone, int index, std::vector<qint64> &met)
    {
        const bool linked = !phone.waId.isEmpty() && isDigits(phone.waId) && phone.waId.size() <= 15;
        if (!phone.waId.isEmpty() && !linked)
            error(CardCode::WaIdForm, CardField::WaId, index);
        const QString shown = phone.phone.trimmed();
        if (shown.isEmpty()) {
            if (linked)
                say(CardSeverity::Note, CardCode::PhoneFromWaId, CardField::Phone, index,
                    displayNumber(phone.waId.toLongLong()));
            else if (phone.waId.isEmpty() && !phone.type.isEmpty())
                warn(CardCode::OnlyType, CardField::Phone, index);
            if (linked)
                same(phone.waId.toLongLong(), index, met);
            return linked;
        }
        text(phone.phone, CardField::Phone, index);
        const PhoneNumber number = parsePhoneNumber(phone.phone, {});
        if (!number.hasE164()) {
            const bool digits = number.state != NumberState::NotANumber
                || std::count_if(shown.begin(), shown.end(), [](QChar c) { return c.isDigit(); }) >= 5;
            warn(digits && !number.explicitPlus ? CardCode::PhoneNoCountry : CardCode::PhoneUnread, CardField::Phone,
                index);
        } else {
            same(number.e164, index, met);
            if (linked && phone.waId.toLongLong() != number.e164)
                say(CardSeverity::Note, CardCode::WaIdDiffers, CardField::WaId, index,
                    displayNumber(phone.waId.toLongLong()));
        }
        return true;
    }
    void same(qint64 number, int index, std::vector<qint64> &met)
    {
        if (std::find(met.begin(), met.end(), number) != met.end())
            warn(CardCode::SamePhone, CardField::Phone, index);
        met.push_back(number);
    }
    void emails()
    {
        for (std::size_t i = 0; i < m_card.emails.size(); ++i) {
            const CardEmail &email = m_card.emails[i];
            if (email.email.isEmpty() && !email.type.isEmpty())
                warn(CardCode::OnlyType, CardField::Email, int(i));
            if (!email.email.isEmpty() && !looksLikeEmail(email.email))
                warn(CardCode::EmailForm, CardField::Email, int(i));
            text(email.email, CardField::Email, int(i));
            type(email.type, standardTypes(), CardField::EmailType, int(i));
        }
    }
    void urls()
    {
        for (std::size_t i = 0; i < m_card.urls.size(); ++i) {
            const CardUrl &url = m_card.urls[i];
            if (url.url.isEmpty() && !url.type.isEmpty())
                warn(CardCode::OnlyType, CardField::Url, int(i));
            if (!url.url.isEmpty() && !looksLikeUrl(url.url))
                warn(CardCode::UrlForm, CardField::Url, int(i));
            text(url.url, CardField::Url, int(i));
            type(url.type, standardTypes(), CardField::UrlType, int(i));
        }
    }
    void addresses()
    {
        for (std::size_t i = 0; i < m_card.addresses.size(); ++i) {
            const CardAddress &address = m_card.addresses[i];
            const int index = int(i);
            CardAddress bare = address;
            bare.type.clear();
            if (bare == CardAddress() && !address.type.isEmpty())
                warn(CardCode::OnlyType, CardField::Street, index);
            text(address.street, CardField::Street, index);
            text(address.city, CardField::City, index);
            text(address.state, CardField::State, index);
            text(address.zip, CardField::Zip, index);
            text(address.country, CardField::Country, index);
            const QString &code = address.countryCode;
            if (!code.isEmpty() && !(code.size() == 2 && isLetter(code[0]) && isLetter(code[1])))
                error(CardCode::CountryCodeForm, CardField::CountryCode, index);
            else if (!code.isEmpty() && !isKnownCountry(code))
                warn(CardCode::CountryCodeUnknown, CardField::CountryCode, index, code);
            type(address.type, standardTypes(), CardField::AddressType, index);
        }
    }

    const Card &m_card;
    const int m_index;
    const QDate m_today;
    std::vector<CardNotice> m_notices;
};

QDate dayOf(qint64 wallMs)
{
    // A day ahead of UTC somewhere: nobody born today is called unborn.
    return QDateTime::fromMSecsSinceEpoch(wallMs, Qt::UTC).date().addDays(1);
}

} // namespace

QStringList standardPhoneTypes()
{
    return {QStringLiteral("CELL"), QStringLiteral("MAIN"), QStringLiteral("IPHONE"), QStringLiteral("HOME"),
        QStringLiteral("WORK")};
}

QStringList standardTypes()
{
    return {QStringLiteral("HOME"), QStringLiteral("WORK")};
}

std::vector<CardNotice> checkCard(const Card &card, int index, qint64 todayMs)
{
    return Checker(card, index, dayOf(todayMs)).run();
}

std::vector<CardNotice> checkCards(const std::vector<Card> &cards, qint64 todayMs)
{
    std::vector<CardNotice> notices;
    const auto ofMessage = [&notices](CardSeverity severity, CardCode code) {
        notices.push_back({severity, code, {}, {}});
    };
    if (cards.empty())
        ofMessage(CardSeverity::Error, CardCode::NoCard);
    else if (cards.size() > std::size_t(mostCards))
        ofMessage(CardSeverity::Error, CardCode::TooManyCards);
    else if (cards.size() >= std::size_t(warnCards))
        ofMessage(CardSeverity::Warning, CardCode::ManyCards);
    std::unordered_multimap<std::size_t, std::size_t> byName;
    for (std::size_t i = 0; i < cards.size(); ++i) {
        const std::size_t key = qHash(cards[i].name.formatted);
        const auto [begin, end] = byName.equal_range(key);
        if (std::any_of(begin, end, [&](const auto &earlier) { return cards[earlier.second] == cards[i]; }))
            notices.push_back({CardSeverity::Warning, CardCode::SameCard, {int(i), CardField::Card, -1}, {}});
        else
            byName.emplace(key, i);
        const std::vector<CardNotice> its = checkCard(cards[i], int(i), todayMs);
        notices.insert(notices.end(), its.begin(), its.end());
    }
    return notices;
}

bool hasError(const std::vector<CardNotice> &notices)
{
    return std::any_of(notices.begin(), notices.end(),
        [](const CardNotice &notice) { return notice.severity == CardSeverity::Error; });
}

} // namespace rollcall
