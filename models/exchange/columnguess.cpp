// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/columnguess.h"

#include "models/exchange/countrynames.h"
#include "models/exchange/optindate.h"

#include <algorithm>
#include <functional>
#include <set>

namespace rollcall {

namespace {

struct Synonyms {
    ImportField field;
    QStringList words; ///< folded as folded() does
};

/// Lower case, letters and digits only: "E-Mail_Address" and "email address" are the same word.
QString folded(const QString &text)
{
    QString result;
    const QString parted = text.normalized(QString::NormalizationForm_KD);
    for (const QChar c : parted) {
        if (c.isLetterOrNumber())
            result += c.toLower();
    }
    return result;
}

const std::vector<Synonyms> &synonyms()
{
    const auto words = [](const char *list) {
        QStringList result;
        const QStringList parts = QString::fromUtf8(list).split(u' ');
        for (const QString &part : parts)
            result.append(folded(part));
        return result;
    };
    // In the order in which they claim a column: the more telling first.
    static const std::vector<Synonyms> all{
        {ImportField::Phone,
            words("phone phonenumber phoneno mobile mobilephone mobilenumber mobileno cell cellphone cellular whatsapp "
                  "whatsappnumber "
                  "waid tel telephone telephonenumber number contactnumber msisdn phone1value "
                  "telefon telefonnummer mobil mobiltelefon mobilnummer handy handynummer rufnummer nummer "
                  "téléphone portable numéro numérodetéléphone mobiltel teléfono móvil celular númerodeteléfono número "
                  "telefone telemóvel fone telefono cellulare telefoonnummer mobiel gsm numertelefonu komórka numer "
                  "ceptelefonu numara телефон мобильный номер номертелефона الهاتف رقمالهاتف جوال فون फ़ोन मोबाइल "
                  "telepon nomorhp nohp hp 電話 電話番号 电话 手机")},
        {ImportField::GivenName,
            words("firstname givenname forename vorname prénom prenom nombredepila primeironome nomepróprio voornaam "
                  "imię ad имя")},
        {ImportField::FamilyName,
            words("lastname surname familyname nachname familienname nomdefamille apellido apellidos sobrenome apelido "
                  "cognome "
                  "achternaam nazwisko soyad soyadı фамилия")},
        {ImportField::Name,
            words("name fullname displayname contactname customer customername person contact client kunde kundenname "
                  "nom nomcomplet "
                  "nombre nombrecompleto nome nomecompleto naam imięinazwisko adsoyad isim фио الاسم नाम nama 名前 "
                  "氏名 姓名")},
        {ImportField::Country,
            words("country countrycode region isocountry countryiso land ländercode pays país pais paese kraj ülke "
                  "страна الدولة "
                  "देश negara 国 国家")},
        {ImportField::Email,
            words("email mail emailaddress emailadresse courriel correo correoelectrónico correio posta eposta почта "
                  "البريد "
                  "ईमेल surel メール 邮箱")},
        {ImportField::Organisation,
            words("organisation organization company companyname employer firma firmenname unternehmen société "
                  "entreprise empresa "
                  "organización organização azienda società bedrijf şirket компания организация الشركة कंपनी perusahaan "
                  "会社 公司")},
        {ImportField::Tags,
            words(
                "tags tag labels label groups group categories category segment schlagwörter gruppe gruppen kategorie "
                "étiquettes groupe etiquetas grupo gruppo etichette groep grupy etiket метки группа")},
        {ImportField::OptInDate,
            words("optindate optin optedin consentdate consentedat subscribed subscribedat subscriptiondate "
                  "einwilligung einwilligungsdatum "
                  "datedeconsentement consentement fechadeconsentimiento consentimiento datadeconsentimento "
                  "dataconsenso consenso "
                  "toestemming zgoda")},
        {ImportField::Note,
            words("note notes comment comments remark remarks description notiz notizen bemerkung kommentar remarque "
                  "commentaire nota notas comentario observaciones observações commento opmerking uwagi not заметки "
                  "примечание")},
    };
    return all;
}

/// Share of the filled cells of a column that pass, 0 when fewer than one is filled.
double share(const CsvSample &sample, qsizetype column, const std::function<bool(const QString &)> &passes)
{
    int filled = 0;
    int passed = 0;
    for (const CsvRow &row : sample.rows) {
        const QString cell = row.fields.value(column).trimmed();
        if (cell.isEmpty())
            continue;
        ++filled;
        passed += int(passes(cell));
    }
    return filled == 0 ? 0.0 : double(passed) / double(filled);
}

bool looksLikeNumber(const QString &cell)
{
    int digits = 0;
    for (const QChar c : cell) {
        digits += int(c.isDigit());
        if (c.isLetter() || c == u'@')
            return false;
    }
    return digits >= 7 && digits <= 17 && !readOptInDate(cell);
}

struct ContentTest {
    ImportField field;
    std::function<bool(const QString &)> passes;
    double least;
};

const std::vector<ContentTest> &contentTests()
{
    static const std::vector<ContentTest> all{
        {ImportField::Email, [](const QString &cell) { return cell.count(u'@') == 1 && cell.contains(u'.'); }, 0.6},
        {ImportField::Phone, looksLikeNumber, 0.5},
        {ImportField::Country, [](const QString &cell) { return cell.size() == 2 && !regionOf(cell).isEmpty(); }, 0.9},
    };
    return all;
}

/// Text with a blank in most cells and no digits: a name, if nothing else claims to be one.
bool looksLikeName(const QString &cell)
{
    return cell.size() <= 80
        && std::none_of(cell.begin(), cell.end(), [](QChar c) { return c.isDigit() || c == u'@' || c == u';'; });
}

/// "Mobile 2", "Private Telefonnummer": a word for phones stands anywhere in it.
bool speaksOfPhones(const QString &header)
{
    const QString head = folded(header);
    const auto &words = synonyms().front().words;
    return std::any_of(words.begin(), words.end(),
        [&head](const QString &word) { return head == word || (word.size() >= 5 && head.contains(word)); });
}

/// Is what stands below a header the opposite of what it promises? "CustomerId" begins like a name, and "Number" may be
/// that of a customer while the telephone stands elsewhere.
bool denies(const CsvSample &sample, qsizetype column, ImportField field)
{
    if (share(sample, column, [](const QString &) { return true; }) == 0.0)
        return false; // nothing there
    if (field == ImportField::Name || field == ImportField::GivenName || field == ImportField::FamilyName)
        return share(sample, column, looksLikeName) < 0.5;
    return field == ImportField::Phone && share(sample, column, looksLikeNumber) < 0.3;
}

void byHeader(const CsvSample &sample, ColumnMap &columns)
{
    QStringList heads;
    for (const QString &head : sample.header)
        heads.append(folded(head));
    struct Pass {
        bool whole;
        bool evenDenied;
    };
    // First whole words, then words at the beginning ("Phone (home)", "Telefon privat"). What the cells deny is
    // believed last, and only where the header says nothing else.
    for (const Pass pass : {Pass{true, false}, Pass{false, false}, Pass{true, true}}) {
        for (const Synonyms &entry : synonyms()) {
            if (std::find(columns.begin(), columns.end(), entry.field) != columns.end())
                continue;
            for (std::size_t i = 0; i < columns.size() && qsizetype(i) < heads.size(); ++i) {
                const QString &head = heads[qsizetype(i)];
                const bool hit = std::any_of(entry.words.begin(), entry.words.end(), [&](const QString &word) {
                    return pass.whole ? head == word : word.size() >= 4 && head.startsWith(word);
                });
                if (hit && columns[i] == ImportField::Ignore
                    && (pass.evenDenied || !denies(sample, qsizetype(i), entry.field))) {
                    columns[i] = entry.field;
                    break;
                }
            }
        }
    }
}

} // namespace

ColumnMap guessColumns(const CsvSample &sample)
{
    ColumnMap columns(std::size_t(sample.columns), ImportField::Ignore);
    byHeader(sample, columns);
    const auto has
        = [&columns](ImportField field) { return std::find(columns.begin(), columns.end(), field) != columns.end(); };
    for (const ContentTest &test : contentTests()) {
        if (has(test.field))
            continue;
        double best = 0;
        auto winner = columns.end();
        for (auto it = columns.begin(); it != columns.end(); ++it) {
            const qsizetype column = it - columns.begin();
            // A state ("MA", "DE") looks like a country, and would change how numbers are read.
            const bool isCalledElse
                = test.field == ImportField::Country && !sample.header.value(column).trimmed().isEmpty();
            const double passed
                = *it == ImportField::Ignore && !isCalledElse ? share(sample, column, test.passes) : 0.0;
            if (passed > best) {
                best = passed;
                winner = it;
            }
        }
        if (best >= test.least)
            *winner = test.field;
    }
    // Names are guessed by content only where no header names the columns: there anything may be text.
    if (sample.header.isEmpty() && !has(ImportField::Name)) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i] == ImportField::Ignore && share(sample, qsizetype(i), looksLikeName) >= 0.9) {
                columns[i] = ImportField::Name;
                break;
            }
        }
    }
    return columns;
}

std::vector<std::size_t> otherPhoneColumns(const CsvSample &sample, const ColumnMap &columns)
{
    const auto international = [](const QString &cell) { return cell.startsWith(u'+') && looksLikeNumber(cell); };
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] != ImportField::Ignore)
            continue;
        const QString head = sample.header.value(qsizetype(i));
        const bool mayBe = head.trimmed().isEmpty() || speaksOfPhones(head);
        const double passed
            = mayBe ? share(sample, qsizetype(i), looksLikeNumber) : share(sample, qsizetype(i), international);
        if (passed >= 0.5)
            others.push_back(i);
    }
    return others;
}

ColumnProblem problemOf(const ColumnMap &columns)
{
    std::set<ImportField> seen;
    for (const ImportField field : columns) {
        if (field != ImportField::Ignore && !seen.insert(field).second)
            return ColumnProblem::Twice;
    }
    return seen.contains(ImportField::Phone) ? ColumnProblem::None : ColumnProblem::NoPhone;
}

} // namespace rollcall
