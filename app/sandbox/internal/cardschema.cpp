// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/internal/cardschema.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace rollcall {
namespace {

using Kind = CardComplaint::Kind;
using Complaint = std::optional<CardComplaint>;
using Keys = std::span<const std::string_view>;

constexpr std::size_t mostCards = 257; // vendor page E
constexpr std::string_view nameKeys[]{"formatted_name", "first_name", "last_name", "middle_name", "suffix", "prefix"};
constexpr std::string_view orgKeys[]{"company", "department", "title"};
constexpr std::string_view phoneKeys[]{"phone", "type", "wa_id"};
constexpr std::string_view emailKeys[]{"email", "type"};
constexpr std::string_view urlKeys[]{"url", "type"};
constexpr std::string_view addressKeys[]{"street", "city", "state", "zip", "country", "country_code", "type"};

std::string at(const std::string &where, std::string_view key)
{
    return where + "['" + std::string(key) + "']";
}

bool isOneOf(Keys keys, std::string_view key)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// An object that holds nothing but texts under these keys.
Complaint texts(const SandboxJson &object, const std::string &where, Keys keys)
{
    if (!object.is_object())
        return CardComplaint{Kind::WrongType, where, "must be an object"};
    for (const auto &[key, value] : object.items()) {
        if (!isOneOf(keys, key))
            return CardComplaint{Kind::UnknownKey, where, key};
        if (!value.is_string())
            return CardComplaint{Kind::WrongType, at(where, key), "must be a string"};
    }
    return std::nullopt;
}

Complaint listOfTexts(const SandboxJson &list, const std::string &where, Keys keys)
{
    if (!list.is_array())
        return CardComplaint{Kind::WrongType, where, "must be an array"};
    for (std::size_t n = 0; n < list.size(); ++n) {
        if (auto complaint = texts(list[n], where + "[" + std::to_string(n) + "]", keys))
            return complaint;
    }
    return std::nullopt;
}

/// Texts of one key of a list's objects, where they are there, must hold what `is` asks.
Complaint eachHolds(const SandboxJson &list, const std::string &where, const char *key, const char *must,
    bool (*is)(const std::string &))
{
    for (std::size_t n = 0; n < list.size(); ++n) {
        const auto found = list[n].find(key);
        if (found != list[n].end() && !is(found->get<std::string>()))
            return CardComplaint{Kind::BadValue, at(where + "[" + std::to_string(n) + "]", key), must};
    }
    return std::nullopt;
}

bool hasText(const SandboxJson &object, std::string_view key)
{
    const auto found = object.find(std::string(key));
    return found != object.end() && found->is_string() && !found->get<std::string>().empty();
}

Complaint readName(const SandboxJson &name, const std::string &where)
{
    if (auto complaint = texts(name, where, nameKeys))
        return complaint;
    if (!hasText(name, "formatted_name"))
        return CardComplaint{Kind::Missing, at(where, "formatted_name"), "is required"};
    const bool further
        = std::any_of(std::begin(nameKeys) + 1, std::end(nameKeys), [&name](auto key) { return hasText(name, key); });
    if (!further)
        return CardComplaint{Kind::Missing, where, "at least one name part is required beside formatted_name"};
    return std::nullopt;
}

bool isDate(const SandboxJson &value)
{
    const auto text = value.get<std::string>();
    if (text.size() != 10)
        return false;
    for (std::size_t n = 0; n < text.size(); ++n) {
        if (n == 4 || n == 7 ? text[n] != '-' : text[n] < '0' || text[n] > '9')
            return false;
    }
    const int year = std::stoi(text.substr(0, 4));
    const int month = (text[5] - '0') * 10 + text[6] - '0';
    const int day = (text[8] - '0') * 10 + text[9] - '0';
    if (month < 1 || month > 12 || day < 1)
        return false;
    constexpr int days[]{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + int(month == 2 && leap);
}

Complaint readMember(const std::string &key, const SandboxJson &value, const std::string &where, bool imsToo)
{
    if (key == "name")
        return readName(value, where);
    if (key == "org")
        return texts(value, where, orgKeys);
    if (key == "phones") {
        if (auto complaint = listOfTexts(value, where, phoneKeys))
            return complaint;
        return eachHolds(value, where, "wa_id", "must hold digits only",
            [](const std::string &text) { return text.find_first_not_of("0123456789") == std::string::npos; });
    }
    if (key == "emails")
        return listOfTexts(value, where, emailKeys);
    if (key == "urls")
        return listOfTexts(value, where, urlKeys);
    if (key == "addresses") {
        if (auto complaint = listOfTexts(value, where, addressKeys))
            return complaint;
        return eachHolds(value, where, "country_code", "must be two letters", [](const std::string &text) {
            const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
            return text.empty() || (text.size() == 2 && letter(text[0]) && letter(text[1]));
        });
    }
    if (key == "birthday") {
        if (!value.is_string())
            return CardComplaint{Kind::WrongType, where, "must be a string"};
        return isDate(value) ? std::nullopt : Complaint(CardComplaint{Kind::BadValue, where, "must be YYYY-MM-DD"});
    }
    if (key == "ims" && imsToo)
        return value.is_array() && std::all_of(value.begin(), value.end(), [](const auto &v) { return v.is_string(); })
            ? std::nullopt
            : Complaint(CardComplaint{Kind::WrongType, where, "must be an array of strings"});
    return CardComplaint{Kind::UnknownKey, where.substr(0, where.rfind("['")), key};
}

} // namespace

std::optional<CardComplaint> readCards(const SandboxJson &contacts, bool imsToo, std::vector<std::string> &names)
{
    if (!contacts.is_array())
        return CardComplaint{Kind::WrongType, "contacts", "must be an array"};
    if (contacts.empty())
        return CardComplaint{Kind::Missing, "contacts", "at least one contact is required"};
    if (contacts.size() > mostCards)
        return CardComplaint{Kind::BadValue, "contacts", "at most 257 contacts"};
    for (std::size_t n = 0; n < contacts.size(); ++n) {
        const std::string where = "contacts[" + std::to_string(n) + "]";
        if (!contacts[n].is_object())
            return CardComplaint{Kind::WrongType, where, "must be an object"};
        for (const auto &[key, value] : contacts[n].items()) {
            if (auto complaint = readMember(key, value, at(where, key), imsToo))
                return complaint;
        }
        if (!contacts[n].contains("name"))
            return CardComplaint{Kind::Missing, at(where, "name"), "is required"};
        names.push_back(contacts[n]["name"]["formatted_name"].get<std::string>());
    }
    return std::nullopt;
}

} // namespace rollcall
