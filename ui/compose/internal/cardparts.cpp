// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/cardparts.h"

#include "ui/text/cardwords.h"

#include <QCoreApplication>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CardForm)
};

EntryField field(const char *id, const QString &label, int line, int stretch, const QString &hint = {})
{
    EntryField made;
    made.id = QLatin1String(id);
    made.label = label;
    made.line = line;
    made.stretch = stretch;
    made.hint = hint;
    return made;
}

EntryField type(const QStringList &standard, int line, int stretch)
{
    EntryField made = field("type", Text::tr("Type"), line, stretch);
    made.standard = standard;
    return made;
}

EntryField number(EntryField made)
{
    made.number = true;
    return made;
}

SectionSpec nameSection()
{
    SectionSpec spec{QStringLiteral("name"), Text::tr("Name"), {}, {}, true};
    spec.fields = {field("formatted_name", Text::tr("Full name"), 0, 12, Text::tr("As it stands on the card")),
        field("first_name", Text::tr("First name"), 1, 6), field("last_name", Text::tr("Last name"), 1, 6),
        field("middle_name", Text::tr("Middle name"), 2, 6), field("prefix", Text::tr("Prefix"), 2, 3),
        field("suffix", Text::tr("Suffix"), 2, 3)};
    return spec;
}

SectionSpec phoneSection()
{
    SectionSpec spec{QStringLiteral("phones"), Text::tr("Phones"), Text::tr("Add a phone"), {}, true};
    spec.fields = {number(field("phone", Text::tr("Phone"), 0, 7)), type(standardPhoneTypes(), 0, 5),
        number(field("wa_id", Text::tr("WhatsApp ID"), 1, 7, Text::tr("Digits only")))};
    return spec;
}

SectionSpec addressSection()
{
    SectionSpec spec{QStringLiteral("addresses"), Text::tr("Addresses"), Text::tr("Add an address"), {}, false};
    spec.fields = {field("street", Text::tr("Street"), 0, 7), type(standardTypes(), 0, 5),
        field("zip", Text::tr("Postal code"), 1, 3), field("city", Text::tr("City"), 1, 6),
        field("state", Text::tr("State"), 1, 3), field("country", Text::tr("Country"), 2, 9),
        field("country_code", Text::tr("Code"), 2, 3, Text::tr("DE"))};
    return spec;
}

template <class T, std::size_t n>
std::vector<QStringList> listOf(const std::vector<T> &entries, const std::array<QString T::*, n> &fields)
{
    std::vector<QStringList> rows;
    for (const T &entry : entries) {
        QStringList row;
        for (QString T::*field : fields)
            row << entry.*field;
        rows.push_back(row);
    }
    return rows;
}

template <class T, std::size_t n>
std::vector<T> entriesOf(const std::vector<QStringList> &rows, const std::array<QString T::*, n> &fields)
{
    std::vector<T> entries;
    for (const QStringList &row : rows) {
        T entry;
        for (std::size_t i = 0; i < n; ++i)
            entry.*fields[i] = row.value(qsizetype(i));
        entries.push_back(std::move(entry));
    }
    return entries;
}

// The order of each section's fields.
constexpr std::array nameFields{
    &CardName::formatted, &CardName::first, &CardName::last, &CardName::middle, &CardName::prefix, &CardName::suffix};
constexpr std::array phoneFields{&CardPhone::phone, &CardPhone::type, &CardPhone::waId};
constexpr std::array emailFields{&CardEmail::email, &CardEmail::type};
constexpr std::array addressFields{&CardAddress::street, &CardAddress::type, &CardAddress::zip, &CardAddress::city,
    &CardAddress::state, &CardAddress::country, &CardAddress::countryCode};
constexpr std::array orgFields{&CardOrg::company, &CardOrg::department, &CardOrg::title};
constexpr std::array urlFields{&CardUrl::url, &CardUrl::type};

template <class T> T firstOr(std::vector<T> entries)
{
    return entries.empty() ? T() : std::move(entries.front());
}

} // namespace

SectionSpec sectionOf(CardPart part)
{
    switch (part) {
    case CardPart::Name:
        return nameSection();
    case CardPart::Phones:
        return phoneSection();
    case CardPart::Emails:
        return {QStringLiteral("emails"), Text::tr("E-mail addresses"), Text::tr("Add an e-mail address"),
            {field("email", Text::tr("E-mail"), 0, 7), type(standardTypes(), 0, 5)}, false};
    case CardPart::Addresses:
        return addressSection();
    case CardPart::Organisation:
        return {QStringLiteral("org"), Text::tr("Organisation"), {},
            {field("company", Text::tr("Company"), 0, 12), field("department", Text::tr("Department"), 1, 6),
                field("title", Text::tr("Title"), 1, 6)},
            false};
    case CardPart::Birthday:
        return {QStringLiteral("birthday"), Text::tr("Birthday"), {},
            {number(field("birthday", Text::tr("Date of birth"), 0, 12, Text::tr("YYYY-MM-DD")))}, false};
    case CardPart::Urls:
        break;
    }
    return {QStringLiteral("urls"), Text::tr("Web addresses"), Text::tr("Add a web address"),
        {field("url", Text::tr("Address"), 0, 7, QStringLiteral("https://")), type(standardTypes(), 0, 5)}, false};
}

std::vector<QStringList> rowsOf(const Card &card, CardPart part)
{
    switch (part) {
    case CardPart::Name:
        return listOf(std::vector<CardName>{card.name}, nameFields);
    case CardPart::Phones:
        return listOf(card.phones, phoneFields);
    case CardPart::Emails:
        return listOf(card.emails, emailFields);
    case CardPart::Addresses:
        return listOf(card.addresses, addressFields);
    case CardPart::Organisation:
        return listOf(std::vector<CardOrg>{card.org}, orgFields);
    case CardPart::Birthday:
        return {{card.birthday}};
    case CardPart::Urls:
        break;
    }
    return listOf(card.urls, urlFields);
}

void setRows(Card &card, CardPart part, const std::vector<QStringList> &rows)
{
    switch (part) {
    case CardPart::Name:
        card.name = firstOr(entriesOf<CardName>(rows, nameFields));
        return;
    case CardPart::Phones:
        card.phones = entriesOf<CardPhone>(rows, phoneFields);
        return;
    case CardPart::Emails:
        card.emails = entriesOf<CardEmail>(rows, emailFields);
        return;
    case CardPart::Addresses:
        card.addresses = entriesOf<CardAddress>(rows, addressFields);
        return;
    case CardPart::Organisation:
        card.org = firstOr(entriesOf<CardOrg>(rows, orgFields));
        return;
    case CardPart::Birthday:
        card.birthday = rows.empty() ? QString() : rows.front().value(0);
        return;
    case CardPart::Urls:
        card.urls = entriesOf<CardUrl>(rows, urlFields);
        return;
    }
}

namespace {

struct Place {
    CardField field;
    CardPart part;
    int column;
};

// Columns are those of the sections above.
constexpr Place places[] = {
    {CardField::Card, CardPart::Name, 0},
    {CardField::Formatted, CardPart::Name, 0},
    {CardField::First, CardPart::Name, 1},
    {CardField::Last, CardPart::Name, 2},
    {CardField::Middle, CardPart::Name, 3},
    {CardField::Prefix, CardPart::Name, 4},
    {CardField::Suffix, CardPart::Name, 5},
    {CardField::Phone, CardPart::Phones, 0},
    {CardField::PhoneType, CardPart::Phones, 1},
    {CardField::WaId, CardPart::Phones, 2},
    {CardField::Email, CardPart::Emails, 0},
    {CardField::EmailType, CardPart::Emails, 1},
    {CardField::Street, CardPart::Addresses, 0},
    {CardField::AddressType, CardPart::Addresses, 1},
    {CardField::Zip, CardPart::Addresses, 2},
    {CardField::City, CardPart::Addresses, 3},
    {CardField::State, CardPart::Addresses, 4},
    {CardField::Country, CardPart::Addresses, 5},
    {CardField::CountryCode, CardPart::Addresses, 6},
    {CardField::Company, CardPart::Organisation, 0},
    {CardField::Department, CardPart::Organisation, 1},
    {CardField::Title, CardPart::Organisation, 2},
    {CardField::Birthday, CardPart::Birthday, 0},
    {CardField::Url, CardPart::Urls, 0},
    {CardField::UrlType, CardPart::Urls, 1},
};

} // namespace

std::optional<CardRemark> remarkOf(const CardNotice &notice)
{
    for (const Place &place : places)
        if (place.field == notice.place.field)
            return CardRemark{place.part,
                {std::max(0, notice.place.index), place.column, CardWords::notice(notice),
                    notice.severity == CardSeverity::Error}};
    return std::nullopt;
}

} // namespace rollcall
