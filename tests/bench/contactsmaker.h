// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>
#include <array>
#include <cstdint>

namespace rollcall::bench {

/// A list as businesses have them, made up: the same seed gives the same bytes. About 3 % of the numbers are bad, 5 %
/// repeat an earlier one, the rest is written in every usual way. Columns: name, phone, country, email, organisation,
/// tags, opt_in_date.
class ContactsMaker final {
public:
    explicit ContactsMaker(std::uint64_t seed)
        : m_state(seed * 0x9E3779B97F4A7C15ULL + 1)
    {
    }

    struct Contact {
        QByteArray phone = {};
        QByteArray country = {};
        QByteArray line = {}; ///< the whole row, with CRLF
    };

    [[nodiscard]] static QByteArray header() { return "name,phone,country,email,organisation,tags,opt_in_date\r\n"; }

    Contact next()
    {
        const Plan &plan = plans[below(plans.size())];
        QByteArray digits = plan.lead;
        for (int i = 0; i < plan.rest; ++i)
            digits += char('0' + below(10));
        QByteArray country = plan.country;
        Spelling what{plan.code, plan.trunk, digits};
        if (below(100) < 5 && m_rememberedCount > 0) {
            const Remembered &old = m_remembered[below(m_rememberedCount)];
            what = old.spelling;
            country = old.country;
        } else {
            m_remembered[m_at] = {what, country};
            m_at = (m_at + 1) % m_remembered.size();
            m_rememberedCount = std::max(m_rememberedCount, m_at);
        }
        Contact contact;
        contact.country = country;
        contact.phone = below(100) < 3 ? bad(what) : spell(what);
        contact.line = row(contact);
        return contact;
    }

private:
    struct Plan {
        const char *country;
        const char *code;
        const char *trunk;
        const char *lead;
        int rest;
    };
    struct Spelling {
        QByteArray code = {};
        QByteArray trunk = {};
        QByteArray digits = {};
    };
    struct Remembered {
        Spelling spelling = {};
        QByteArray country = {};
    };
    static constexpr std::array<Plan, 20> plans{{{"US", "1", "", "415555", 4}, {"US", "1", "", "212664", 4},
        {"GB", "44", "0", "7400", 6}, {"GB", "44", "0", "7710", 6}, {"DE", "49", "0", "151", 8},
        {"DE", "49", "0", "170", 7}, {"FR", "33", "0", "61", 7}, {"ES", "34", "", "61", 7}, {"IT", "39", "", "320", 7},
        {"PT", "351", "", "91", 7}, {"NL", "31", "0", "61", 7}, {"CH", "41", "0", "79", 7}, {"PL", "48", "", "50", 7},
        {"IN", "91", "0", "98", 8}, {"BR", "55", "0", "1198", 7}, {"MX", "52", "", "55", 8}, {"AU", "61", "0", "41", 7},
        {"ZA", "27", "0", "82", 7}, {"NG", "234", "0", "803", 7}, {"TR", "90", "0", "532", 7}}};

    /// splitmix64
    std::size_t below(std::size_t limit)
    {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return std::size_t((z ^ (z >> 31)) % limit);
    }

    QByteArray spell(const Spelling &what)
    {
        const QByteArray first = what.digits.left(3);
        const QByteArray rest = what.digits.mid(3);
        switch (below(8)) {
        case 0:
        case 1:
        case 2:
            return "+" + what.code + what.digits;
        case 3:
            return "+" + what.code + " " + first + " " + rest;
        case 4:
            return "+" + what.code + " (" + first + ") " + rest;
        case 5:
            return what.trunk + what.digits;
        case 6:
            return what.trunk + first + "-" + rest;
        default:
            return "(" + what.trunk + first + ") " + rest;
        }
    }

    QByteArray bad(const Spelling &what)
    {
        static constexpr std::array<const char *, 6> texts{"", "n/a", "call office", "12", "4.917E+12", "x"};
        const std::size_t kind = below(8);
        if (kind < texts.size())
            return texts[kind];
        return kind == 6 ? QByteArray("+" + what.code + what.digits.left(4)) : QByteArray("+999" + what.digits);
    }

    QByteArray row(const Contact &contact)
    {
        static constexpr std::array<const char *, 12> first{"Ali", "Zo\xC3\xAB", "J\xC3\xBCrgen", "Natalie", "Khalid",
            "Mar\xC3\xAD"
            "a",
            "Olga", "Tariq", "\xE7\x94\xB0\xE4\xB8\xAD", "Wei", "Priya", "Sam"};
        static constexpr std::array<const char *, 12> last{"Brown", "M\xC3\xBCller",
            "Garc\xC3\xAD"
            "a",
            "Nakamura", "Okafor", "Silva", "Patel", "Novak", "Dubois", "O'Brien", "Yilmaz", "Haddad"};
        static constexpr std::array<const char *, 5> tags{
            "", "vip", "lead;event-2024", "customer;newsletter;vip", "trial"};
        const QByteArray number = QByteArray::number(qulonglong(below(100'000)));
        QByteArray line = QByteArray(first[below(first.size())]) + " " + last[below(last.size())] + "," + contact.phone
            + "," + contact.country;
        line += below(8) == 0 ? QByteArray(",") : ",user" + number + "@mail.example.com";
        line += below(4) == 0 ? QByteArray(",") : ",\"Alpine Labs " + number.left(2) + ", Ltd\"";
        line += QByteArray(",") + tags[below(tags.size())];
        line += below(5) == 0 ? QByteArray(",")
                              : ",2023-0" + QByteArray::number(qulonglong(1 + below(9))) + "-1"
                + QByteArray::number(qulonglong(below(9)));
        return line + "\r\n";
    }

    std::uint64_t m_state;
    std::array<Remembered, 4096> m_remembered{};
    std::size_t m_at = 0;
    std::size_t m_rememberedCount = 0;
};

/// Writes `rows` rows with a header. False when the disk would not take them.
inline bool writeContacts(const QString &path, int rows, std::uint64_t seed)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    ContactsMaker maker(seed);
    QByteArray buffer = ContactsMaker::header();
    for (int i = 0; i < rows; ++i) {
        buffer += maker.next().line;
        if (buffer.size() > 1'000'000 && file.write(std::exchange(buffer, {})) < 0)
            return false;
    }
    return file.write(buffer) == buffer.size() && file.flush();
}

} // namespace rollcall::bench
