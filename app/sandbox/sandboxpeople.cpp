// SPDX-License-Identifier: GPL-3.0-or-later
// The people of the sample list. Numbers lie in ranges reserved for fiction where a country has one that parses as
// valid (United States 555-01xx, London 7946 0xxx, Australia 491 57xxxx), else beside the example numbers that
// libphonenumber prints for the country.
#include "app/sandbox/sandboxworld.h"

#include <algorithm>
#include <array>

namespace rollcall {
namespace {

struct Country {
    std::string_view iso;
    std::string_view code;
    std::string_view pattern; ///< national digits; each x becomes one digit of the running number
    std::array<std::string_view, 5> given;
    std::array<std::string_view, 5> family;
    bool familyFirst = false;
};

constexpr std::array countries{
    Country{"GB", "44", "2079460xxx", {"Amelia", "Oliver", "Priya", "George", "Siân"},
        {"Hughes", "O'Connor", "Khan", "Whitfield", "Ashdown"}},
    Country{"IN", "91", "81234xxxxx", {"आरव", "Ananya", "Vikram", "दिया", "Rohan"},
        {"शर्मा", "Iyer", "Singh", "पटेल", "Mehta"}},
    Country{"BR", "55", "11961xxxxxx", {"João", "Beatriz", "Thiago", "Conceição", "Larissa"},
        {"Souza", "Araújo", "Gonçalves", "da Silva", "Nóbrega"}},
    Country{"BR", "55", "62981xxxxxx", {"Rafael", "Inês", "Caetano", "Luíza", "Davi"},
        {"Pereira", "Brandão", "Assis", "Teixeira", "Moraes"}},
    Country{"MX", "52", "22212xxxxx", {"Ximena", "Santiago", "Renata", "Emiliano", "Guadalupe"},
        {"Hernández", "Núñez", "Ibáñez", "Quiroz", "del Río"}},
    Country{"AR", "54", "91123xxxxxx", {"Martina", "Benjamín", "Lautaro", "Catalina", "Ignacio"},
        {"Fernández", "Giménez", "Peralta", "Acuña", "Sosa"}},
    Country{"DE", "49", "15123xxxxxx", {"Jürgen", "Annika", "Sören", "Käthe", "Mehmet"},
        {"Müller", "Groß", "Yılmaz", "Schäfer", "von der Heide"}},
    Country{"US", "1", "20255501xx", {"Maya", "Ethan", "Zoë", "Marcus", "Renée"},
        {"Johnson", "Nguyen", "Martínez", "Brooks", "Lee"}},
    Country{"EG", "20", "10012xxxxx", {"أحمد", "مريم", "يوسف", "ليلى", "عمر"},
        {"حسن", "عبد الله", "منصور", "فاروق", "السيد"}},
    Country{"RU", "7", "9123xxxxxx", {"Анна", "Дмитрий", "Ольга", "Фёдор", "Екатерина"},
        {"Шевченко", "Черных", "Седых", "Живаго", "Щерба"}},
    Country{"JP", "81", "90123xxxxx", {"陽子", "健", "さくら", "大輔", "アユミ"},
        {"田中", "佐藤", "鈴木", "髙橋", "渡辺"}, true},
    Country{"GR", "30", "69123xxxxx", {"Ελένη", "Σοφία", "Μαρία", "Άννα", "Ζωή"},
        {"Παπαδοπούλου", "Νικολάου", "Γεωργίου", "Δημητρίου", "Ρήγα"}},
    Country{"NG", "234", "80212xxxxx", {"Chidi", "Ngọzi", "Tunde", "Amaka", "Ọlámìdé"},
        {"Okafor", "Adéyẹmí", "Balogun", "Eze", "Danjuma"}},
    Country{"AU", "61", "49157xxxx", {"Isla", "Noah", "Ruby", "Cooper", "Mia"},
        {"Walker", "Nguyen", "McAllister", "Papadakis", "Chen"}},
};

constexpr std::array<std::string_view, 12> organisations{"Northwind Bakery", "Azul Viagens, Lda.",
    "Müller, Söhne & Co.", "", "The \"Corner\" Shop", "Delhi Diagnostics", "", "Café São Jorge", "さくら商店",
    "Harbour Dental", "", "Clínica del Río; Puebla"};

constexpr std::array<std::string_view, 8> tags{
    "newsletter", "newsletter;vip", "", "support", "vip", "newsletter;summer-sale", "", "wholesale;support"};

constexpr std::array<std::string_view, 6> noNumbers{
    "n/a", "020 7946", "ask Anna", "", "+44 20 7946 0123 45678 999", "-"};

std::string nationalOf(const Country &country, std::size_t running)
{
    std::string digits(country.pattern);
    std::for_each(digits.rbegin(), digits.rend(), [&running](char &digit) { // for_each keeps the order
        if (digit != 'x')
            return;
        digit = static_cast<char>('0' + running % 10);
        running /= 10;
    });
    return digits;
}

bool dialsDoubleZero(const Country &country)
{
    static constexpr std::array<std::string_view, 7> they{"GB", "IN", "MX", "AR", "DE", "EG", "GR"};
    return std::find(they.begin(), they.end(), country.iso) != they.end();
}

/// The ways people write one and the same number.
std::string spelled(const Country &country, const std::string &national, std::size_t way)
{
    const std::string code(country.code);
    const std::string head = national.substr(0, 3);
    const std::string middle = national.substr(3, 3);
    const std::string tail = national.substr(6);
    switch (way % 8) {
    case 1:
        return "+" + code + " " + head + " " + middle + " " + tail;
    case 2:
        return "+" + code + "-" + head + "-" + middle + "-" + tail;
    case 3: // only where 00 is what people of the country dial, so that the row reads the same with every default
            // region
        return (dialsDoubleZero(country) ? "00" : "+") + code + " " + head + " " + middle + tail;
    case 4:
        return "+" + code + " (" + head + ") " + middle + "-" + tail;
    case 5: // as at home, which only the list's own country can be read from
        return country.iso == "GB"
            ? "0" + national.substr(0, 2) + " " + national.substr(2, 4) + " " + national.substr(6)
            : "+" + code + " " + national;
    case 6:
        return "tel:+" + code + "-" + head + "-" + middle + tail;
    default:
        return "+" + code + national;
    }
}

std::string asciiOf(std::string_view name, std::size_t index)
{
    std::string plain;
    for (const char c : name) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            plain.push_back(static_cast<char>(c | 0x20));
    }
    return (plain.size() < 3 ? "contact" : plain) + std::to_string(index + 1);
}

std::string twoDigits(std::size_t value)
{
    return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string quoted(std::string_view cell)
{
    if (cell.find_first_of(",\";\r\n") == std::string_view::npos)
        return std::string(cell);
    std::string text = "\"";
    for (const char c : cell)
        text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + "\"";
}

struct Row {
    bool again; ///< somebody who was in the list already
    std::size_t who;
    std::size_t round;
    std::size_t shift;
};

Row rowOf(std::size_t index, std::uint64_t seed)
{
    // Every fiftieth row is somebody who was in the list already, in another spelling: lists are like that.
    const bool again = index % 50 == 49;
    const std::size_t who = again ? index - 20 : index;
    // Mixed over the columns by a step that is prime to their lengths; the seed moves the beginning.
    return {again, who, who / countries.size(), static_cast<std::size_t>(seed % 97)};
}

bool hasNoNumber(std::size_t index)
{
    return index % 40 == 33;
}

} // namespace

std::optional<std::string> SandboxWorld::personDigits(std::size_t index) const
{
    if (hasNoNumber(index))
        return std::nullopt;
    const Row row = rowOf(index, m_seed);
    const Country &country = countries[row.who % countries.size()];
    return std::string(country.code) + nationalOf(country, row.round + 100 * row.shift);
}

SandboxPerson SandboxWorld::person(std::size_t index) const
{
    const auto [again, who, round, shift] = rowOf(index, m_seed);
    const Country &country = countries[who % countries.size()];
    const std::string given(country.given[(round + shift) % country.given.size()]);
    const std::string family(
        country.family[(round / country.given.size() + round * 3 + shift) % country.family.size()]);
    SandboxPerson person;
    person.name = country.familyFirst ? family + " " + given : given + " " + family;
    person.phone = spelled(country, nationalOf(country, round + 100 * shift), again ? index + 3 : round + who);
    if (hasNoNumber(index))
        person.phone = noNumbers[index / 40 % noNumbers.size()];
    person.country = country.iso;
    if (who % 5 != 3)
        person.email = asciiOf(person.name, who) + "@example.org";
    person.organisation = organisations[who * 7 % organisations.size()];
    person.tags = tags[who * 3 % tags.size()];
    if (who % 6 != 4)
        person.optInDate = "2026-" + twoDigits(1 + who * 7 % 10) + "-" + twoDigits(1 + who * 11 % 28);
    return person;
}

std::string SandboxWorld::sampleCsv(std::size_t rows) const
{
    std::string csv = "name,phone,country,email,organisation,tags,opt_in_date\r\n";
    for (std::size_t n = 0; n < rows; ++n) {
        const SandboxPerson row = person(n);
        const std::array<std::string_view, 7> cells{
            row.name, row.phone, row.country, row.email, row.organisation, row.tags, row.optInDate};
        for (std::size_t column = 0; column < cells.size(); ++column)
            csv += (column == 0 ? "" : ",") + quoted(cells[column]);
        csv += "\r\n";
    }
    return csv;
}

} // namespace rollcall
