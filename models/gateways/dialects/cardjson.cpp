// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/cardjson.h"

#include <algorithm>
#include <array>
#include <optional>

namespace rollcall {

namespace {

template <class T> struct Field {
    QStringView key;
    QString T::*text;
};

// Each table is the order on the wire.
constexpr std::array addressFields{
    Field<CardAddress>{u"street", &CardAddress::street},
    Field<CardAddress>{u"city", &CardAddress::city},
    Field<CardAddress>{u"state", &CardAddress::state},
    Field<CardAddress>{u"zip", &CardAddress::zip},
    Field<CardAddress>{u"country", &CardAddress::country},
    Field<CardAddress>{u"country_code", &CardAddress::countryCode},
    Field<CardAddress>{u"type", &CardAddress::type},
};
constexpr std::array emailFields{
    Field<CardEmail>{u"email", &CardEmail::email},
    Field<CardEmail>{u"type", &CardEmail::type},
};
constexpr std::array nameFields{
    Field<CardName>{u"formatted_name", &CardName::formatted},
    Field<CardName>{u"first_name", &CardName::first},
    Field<CardName>{u"last_name", &CardName::last},
    Field<CardName>{u"middle_name", &CardName::middle},
    Field<CardName>{u"suffix", &CardName::suffix},
    Field<CardName>{u"prefix", &CardName::prefix},
};
constexpr std::array orgFields{
    Field<CardOrg>{u"company", &CardOrg::company},
    Field<CardOrg>{u"department", &CardOrg::department},
    Field<CardOrg>{u"title", &CardOrg::title},
};
constexpr std::array phoneFields{
    Field<CardPhone>{u"phone", &CardPhone::phone},
    Field<CardPhone>{u"type", &CardPhone::type},
    Field<CardPhone>{u"wa_id", &CardPhone::waId},
};
constexpr std::array urlFields{
    Field<CardUrl>{u"url", &CardUrl::url},
    Field<CardUrl>{u"type", &CardUrl::type},
};

template <class T, std::size_t n> Json::Object written(const T &value, const std::array<Field<T>, n> &fields)
{
    Json::Object object;
    for (const Field<T> &field : fields)
        if (const QString &text = value.*field.text; !text.isEmpty())
            object.emplace_back(field.key.toString(), text);
    return object;
}

template <class T, std::size_t n>
void writeList(
    Json::Object &card, const QString &key, const std::vector<T> &values, const std::array<Field<T>, n> &fields)
{
    Json::Array list;
    for (const T &value : values)
        if (Json::Object object = written(value, fields); !object.empty())
            list.emplace_back(std::move(object));
    if (!list.empty())
        card.emplace_back(key, std::move(list));
}

Json cardJson(const Card &card)
{
    Json::Object object;
    writeList(object, QStringLiteral("addresses"), card.addresses, addressFields);
    if (!card.birthday.isEmpty())
        object.emplace_back(QStringLiteral("birthday"), card.birthday);
    writeList(object, QStringLiteral("emails"), card.emails, emailFields);
    object.emplace_back(QStringLiteral("name"), written(card.name, nameFields));
    if (Json::Object org = written(card.org, orgFields); !org.empty())
        object.emplace_back(QStringLiteral("org"), std::move(org));
    writeList(object, QStringLiteral("phones"), card.phones, phoneFields);
    writeList(object, QStringLiteral("urls"), card.urls, urlFields);
    return Json(std::move(object));
}

/// Reads one card and keeps the first place that cannot be read.
class CardReader {
public:
    Card card(const Json &json, const QString &place)
    {
        Card card;
        if (!json.isObject()) {
            refuse(place);
            return card;
        }
        list(card.addresses, json, u"addresses", addressFields, place);
        text(card.birthday, json[u"birthday"], u"birthday", place);
        list(card.emails, json, u"emails", emailFields, place);
        object(card.name, json[u"name"], nameFields, QString(place + QStringLiteral(".name")));
        object(card.org, json[u"org"], orgFields, QString(place + QStringLiteral(".org")));
        list(card.phones, json, u"phones", phoneFields, place);
        list(card.urls, json, u"urls", urlFields, place);
        return card;
    }
    [[nodiscard]] const std::optional<QString> &wrong() const { return m_wrong; }

private:
    void refuse(const QString &place)
    {
        if (!m_wrong)
            m_wrong = place;
    }
    void text(QString &into, const Json &json, QStringView key, const QString &place)
    {
        if (json.isString())
            into = json.toString();
        else if (!json.isNull())
            refuse(QString(place + QLatin1Char('.') + key));
    }
    template <class T, std::size_t n>
    void object(T &into, const Json &json, const std::array<Field<T>, n> &fields, const QString &place)
    {
        if (json.isNull())
            return;
        if (!json.isObject()) {
            refuse(place);
            return;
        }
        for (const Field<T> &field : fields)
            text(into.*field.text, json[field.key], field.key, place);
    }
    template <class T, std::size_t n>
    void list(std::vector<T> &into, const Json &card, QStringView key, const std::array<Field<T>, n> &fields,
        const QString &place)
    {
        const Json &json = card[key];
        const QString where = place + QLatin1Char('.') + key;
        if (json.isObject()) {
            object(into.emplace_back(), json, fields, where);
            return;
        }
        if (!json.isArray() && !json.isNull())
            refuse(where);
        for (const Json &entry : json.array()) {
            const QString at = QStringLiteral("%1[%2]").arg(where).arg(into.size());
            object(into.emplace_back(), entry, fields, at);
        }
    }

    std::optional<QString> m_wrong;
};

Failure badInput(const QString &why)
{
    return {Failure::Kind::BadInput, why};
}

} // namespace

Json contactsJson(std::span<const Card> cards)
{
    Json::Array contacts;
    contacts.reserve(cards.size());
    for (const Card &card : cards)
        contacts.push_back(cardJson(card));
    return Json(std::move(contacts));
}

Result<std::vector<Card>> cardsFromJson(const Json &json)
{
    const Json &contacts = json.isObject() ? json[u"contacts"] : json;
    if (!contacts.isArray())
        return badInput(QStringLiteral("\"contacts\" is not a list"));
    if (contacts.array().size() > std::size_t(mostCards))
        return badInput(QStringLiteral("%1 contacts in one message").arg(contacts.array().size()));
    std::vector<Card> cards;
    cards.reserve(contacts.array().size());
    CardReader reader;
    for (const Json &contact : contacts.array())
        cards.push_back(reader.card(contact, QStringLiteral("contacts[%1]").arg(cards.size())));
    if (reader.wrong())
        return badInput(QString(*reader.wrong() + QStringLiteral(" is of another type")));
    return cards;
}

} // namespace rollcall
