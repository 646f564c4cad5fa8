// SPDX-License-Identifier: GPL-3.0-or-later
// Who is to be erased, and how to recognise them in free text.
#include "models/domain/phonenumber.h"
#include "models/domain/serverindex.h"
#include "models/store/internal/erasure.h"
#include "models/store/internal/personsql.h"

namespace rollcall {

namespace {

constexpr qsizetype tellingDigits = 8; ///< so many last digits are taken for the number, whatever stands in front
constexpr qsizetype fewestDigits = 6;

bool isInside(QChar c)
{
    return QStringView(u" -./()+\u00a0\u2011\u2013\t").contains(c);
}

/// The digits of each number-like stretch, one after the other with a blank between; full-width digits too.
QString digitRuns(const QString &text)
{
    QString runs;
    for (const QChar c : text) {
        if (c.isDigit())
            runs += QChar(u'0' + c.digitValue());
        else if (!isInside(c) && !runs.endsWith(u' '))
            runs += u' ';
    }
    return runs;
}

bool hasWord(const QString &text, const QString &word)
{
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const qsizetype end = at + word.size();
        const bool before = at == 0 || !text[at - 1].isLetterOrNumber();
        const bool behind = end == text.size() || !text[end].isLetterOrNumber();
        if (before && behind)
            return true;
    }
    return false;
}

void keep(QStringList &list, const QString &text)
{
    if (!text.trimmed().isEmpty() && !list.contains(text))
        list.append(text);
}

/// The digits of an alias by which a number is recognised; empty when it holds no number.
QString digitsOf(const EraseTarget::Name &name)
{
    if (name.e164 > 0)
        return QString::number(name.e164);
    if (name.kind == AliasKind::Lid || name.kind == AliasKind::Bsuid)
        return {};
    const QString digits = digitRuns(name.text.section(u'@', 0, 0)).remove(u' ');
    return digits.size() >= fewestDigits ? digits : QString();
}

void addFields(EraseTarget &target, const Statement &row, int column)
{
    keep(target.names, row.text(column));
    keep(target.texts, row.text(column + 1));
    keep(target.texts, row.text(column + 2));
    keep(target.texts, row.text(column + 3));
}

void addFormer(EraseTarget &target, qint64 e164, const QString &typed)
{
    if (e164 > 0)
        target.aliases.push_back({.kind = AliasKind::E164, .e164 = e164, .former = true});
    else if (!typed.trimmed().isEmpty())
        target.aliases.push_back({.kind = AliasKind::Typed, .text = typed, .former = true});
}

/// What they were called, and what number they had, as far as undo still knows it.
void addEarlier(Connection &db, EraseTarget &target)
{
    Statement removed(db, "SELECT name, raw, email, note, ifnull(e164, 0) FROM removed_people WHERE id = ?", target.id);
    while (removed.step()) {
        keep(target.names, removed.text(0));
        keep(target.texts, removed.text(2));
        keep(target.texts, removed.text(3));
        addFormer(target, removed.number(4), removed.text(1));
    }
    Statement field(
        db, "SELECT field, before, after FROM batch_fields WHERE person = ? AND field IN (1, 2, 3, 6)", target.id);
    while (field.step()) {
        for (const QString &value : {field.text(1), field.text(2)}) {
            if (PersonField(field.integer(0)) == PersonField::Name)
                keep(target.names, value);
            else if (PersonField(field.integer(0)) != PersonField::Number)
                keep(target.texts, value);
            else {
                const qint64 e164 = value.section(QChar(0x1f), -4, -4).toLongLong();
                addFormer(target, e164, value.section(QChar(0x1f), 0, -5));
            }
        }
    }
    Statement alias(db,
        "SELECT max(b.alias, 0), ifnull(n.kind, 1), ifnull(n.text, '') FROM batch_aliases b"
        " LEFT JOIN alias_names n ON n.id = -b.alias WHERE b.person = ?",
        target.id);
    while (alias.step())
        target.aliases.push_back(
            {.kind = AliasKind(alias.integer(1)), .e164 = alias.number(0), .text = alias.text(2), .former = true});
}

void addAliases(Connection &db, EraseTarget &target)
{
    Statement alias(db,
        "SELECT a.alias, ifnull(n.kind, 1), ifnull(n.text, '') FROM (SELECT COALESCE(e164, typed_alias) AS alias FROM"
        " people WHERE id = ?1 UNION SELECT alias FROM aliases WHERE person = ?2) a LEFT JOIN alias_names n"
        " ON n.id = -a.alias WHERE a.alias IS NOT NULL",
        target.id, target.id);
    while (alias.step())
        target.aliases.push_back(
            {.kind = AliasKind(alias.integer(1)), .e164 = std::max<qint64>(alias.number(0), 0), .text = alias.text(2)});
    Statement sharing(db,
        "SELECT count(*) FROM people o WHERE o.id <> ?1 AND COALESCE(o.e164, o.typed_alias) IN (SELECT COALESCE(e164,"
        " typed_alias) FROM people WHERE id = ?2 UNION SELECT alias FROM aliases WHERE person = ?3)",
        target.id, target.id, target.id);
    target.sharing = sharing.step() ? sharing.number(0) : 0;
}

/// Brazil, Mexico, Argentina: what a gateway told may stand under the same mobile written otherwise.
void addSpellings(EraseTarget &target)
{
    for (const EraseTarget::Name &name : std::vector(target.aliases)) {
        const qint64 digits = name.e164 > 0 ? name.e164 : waIdDigits(name.text.section(u'@', 0, 0));
        if (name.former || digits == 0 || name.kind == AliasKind::Lid || name.kind == AliasKind::Bsuid)
            continue;
        if (name.e164 == 0) // of a JID: its number
            target.aliases.push_back({.kind = AliasKind::E164, .e164 = digits, .former = true});
        std::vector<qint64> spellings = otherSpellings(digits);
        for (const qint64 other : spellings)
            target.aliases.push_back({.kind = AliasKind::E164, .e164 = other, .former = true});
        spellings.push_back(digits);
        for (const qint64 one : spellings) { // as a list or a check may have named it, whoever's alias it is not
            const QString id = QString::number(one);
            target.aliases.push_back({.kind = AliasKind::WaId, .text = id, .former = true});
            for (const char *host : {"@c.us", "@s.whatsapp.net"})
                target.aliases.push_back(
                    {.kind = AliasKind::Jid, .text = QString(id + QLatin1String(host)), .former = true});
        }
    }
}

/// Each alias once, and whether somebody else goes by it as well.
void settleAliases(Connection &db, EraseTarget &target)
{
    std::vector<EraseTarget::Name> once;
    for (const EraseTarget::Name &name : target.aliases) // present ones come first
        if (std::none_of(once.begin(), once.end(), [&](const EraseTarget::Name &other) {
                return other.e164 == name.e164 && other.text == name.text && (name.e164 > 0 || other.kind == name.kind);
            }))
            once.push_back(name);
    Statement shared(db,
        "SELECT 1 FROM (SELECT COALESCE(?1, (SELECT -id FROM alias_names WHERE kind = ?2 AND text = ?3)) AS alias) a"
        " WHERE EXISTS (SELECT 1 FROM people o WHERE o.id <> ?4 AND o.e164 = a.alias)"
        " OR EXISTS (SELECT 1 FROM people o WHERE o.id <> ?5 AND o.typed_alias = a.alias)"
        " OR EXISTS (SELECT 1 FROM aliases o JOIN people q ON q.id = o.person WHERE o.person <> ?6 AND o.alias ="
        " a.alias)");
    for (EraseTarget::Name &name : once) {
        shared.bind(name.e164 > 0 ? std::optional(name.e164) : std::nullopt, int(name.kind), name.text, target.id,
            target.id, target.id);
        name.shared = shared.step();
    }
    target.aliases = std::move(once);
}

/// A name that somebody else here has too says nothing about whom a text means: "Ann" in another Ann's entry is not
/// hers. Texts with the number, the e-mail or the note are still found.
void dropCommonNames(Connection &db, EraseTarget &target)
{
    QStringList own;
    for (const QString &name : target.names) {
        Statement others(db, "SELECT name FROM people WHERE id <> ? AND name LIKE '%' || ? || '%' ESCAPE '\\'",
            target.id,
            QString(name)
                .replace(u'\\', QStringLiteral("\\\\"))
                .replace(u'%', QStringLiteral("\\%"))
                .replace(u'_', QStringLiteral("\\_")));
        bool common = false;
        while (!common && others.step())
            common = hasWord(others.text(0).toCaseFolded(), name.toCaseFolded());
        if (!common)
            own << name;
    }
    target.names = own;
}

} // namespace

bool EraseTarget::isNamedIn(const QString &text) const
{
    if (text.isEmpty())
        return false;
    const QString folded = text.toCaseFolded();
    for (const QString &name : names)
        if (hasWord(folded, name.toCaseFolded()))
            return true;
    for (const QString &one : texts)
        if (one.size() >= 8 && folded.contains(one.toCaseFolded()))
            return true;
    const QString digits = digitRuns(text);
    for (const Name &alias : aliases) {
        if (alias.former && alias.shared)
            continue; // somebody else's by now
        if (!alias.text.isEmpty() && text.contains(alias.text))
            return true;
        if (const QString number = digitsOf(alias); !number.isEmpty() && digits.contains(number.right(tellingDigits)))
            return true;
    }
    for (const QString &one : texts) {
        const QString number = digitRuns(one).remove(u' ');
        const bool isNumber = number.size() >= fewestDigits
            && std::none_of(one.begin(), one.end(), [](QChar c) { return c.isLetter(); });
        if (isNumber && digits.contains(number.right(tellingDigits)))
            return true;
    }
    return false;
}

QList<QByteArray> EraseTarget::needles() const
{
    QStringList all = names + texts;
    for (const Name &alias : aliases) {
        if (alias.former && alias.shared)
            continue;
        keep(all, alias.text);
        const QString digits = digitsOf(alias);
        if (digits.isEmpty())
            continue;
        keep(all, digits); // with + or 00 in front it is found too
        const PhoneNumber number = parsePhoneNumber(QString(u'+' + digits), {});
        const QString country = QString::number(countryCodeOf(number.region));
        if (number.hasE164() && digits.startsWith(country) && digits.size() - country.size() >= fewestDigits)
            keep(all, digits.mid(country.size())); // national, with or without its 0
    }
    QList<QByteArray> bytes;
    for (const QString &one : all) {
        if (one.size() < 3)
            continue;
        bytes << one.toUtf8();
        const QByteArray wide(reinterpret_cast<const char *>(one.utf16()), one.size() * 2);
        bytes << wide;
    }
    return bytes;
}

std::optional<EraseTarget> sql::eraseTarget(Connection &db, PersonId person)
{
    Statement row(db, "SELECT created_ms, name, raw, email, note FROM people WHERE id = ?", person);
    if (!row.step())
        return std::nullopt;
    EraseTarget target{.id = person, .createdMs = row.number(0)};
    addFields(target, row, 1);
    addAliases(db, target);
    addSpellings(target);
    addEarlier(db, target);
    settleAliases(db, target);
    Statement told(db,
        "SELECT g.name, g.profile_name FROM gateway_contacts g JOIN people p ON p.id = ? AND g.alias ="
        " COALESCE(p.e164, p.typed_alias)",
        person);
    while (told.step()) {
        keep(target.names, told.text(0));
        keep(target.names, told.text(1));
    }
    dropCommonNames(db, target);
    return target;
}

} // namespace rollcall
