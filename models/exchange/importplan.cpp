// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/importplan.h"

#include "models/exchange/countrynames.h"
#include "models/exchange/optindate.h"
#include "models/formats/utf8check.h"
#include "models/store/imports.h"

#include <algorithm>

namespace rollcall {

namespace {

constexpr qsizetype rememberedCells = 10'000; // bounds the memory when every row has other tags
constexpr std::size_t longestRaw = 64 * 1024;

QString text(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

QByteArray borrowed(std::string_view bytes)
{
    return QByteArray::fromRawData(bytes.data(), qsizetype(bytes.size()));
}

std::string_view trimmed(std::string_view bytes)
{
    constexpr std::string_view blanks = " \t\r\n\v\f";
    const std::size_t from = bytes.find_first_not_of(blanks);
    return from == std::string_view::npos ? std::string_view()
                                          : bytes.substr(from, bytes.find_last_not_of(blanks) - from + 1);
}

const char *rejectedBy(CsvRecord::Trouble trouble)
{
    if (trouble == CsvRecord::Trouble::OpenCard)
        return RejectReason::card;
    return trouble == CsvRecord::Trouble::Encoding ? RejectReason::encoding : RejectReason::quote;
}

} // namespace

ImportPlan::ImportPlan(const ColumnMap &columns, const QString &region)
    : m_columns(columns.size())
    , m_region(region)
{
    const auto at = [&columns](ImportField field) {
        const auto it = std::find(columns.begin(), columns.end(), field);
        return it == columns.end() ? -1 : int(it - columns.begin());
    };
    m_at = {at(ImportField::Name), at(ImportField::GivenName), at(ImportField::FamilyName), at(ImportField::Phone),
        at(ImportField::Country), at(ImportField::Email), at(ImportField::Organisation), at(ImportField::Tags),
        at(ImportField::Note), at(ImportField::OptInDate)};
}

std::string_view ImportPlan::cell(const CsvRecord &record, int column) const
{
    return column >= 0 && std::size_t(column) < record.fields.size() ? record.fields[std::size_t(column)]
                                                                     : std::string_view();
}

const QString &ImportPlan::regionFor(std::string_view cell)
{
    const auto known = m_regions.constFind(borrowed(cell));
    if (known != m_regions.cend())
        return *known;
    if (m_regions.size() >= rememberedCells)
        m_regions.clear();
    return *m_regions.insert(QByteArray(cell.data(), qsizetype(cell.size())), regionOf(text(cell)));
}

const std::string &ImportPlan::tagsFor(std::string_view cell)
{
    const auto known = m_tags.constFind(borrowed(cell));
    if (known != m_tags.cend())
        return *known;
    if (m_tags.size() >= rememberedCells)
        m_tags.clear();
    QStringList tags;
    const QString all = text(cell);
    for (const QStringView part : QStringView(all).split(u';')) {
        for (const QStringView tag : part.split(u','))
            tags.append(tag.trimmed().toString());
    }
    return *m_tags.insert(QByteArray(cell.data(), qsizetype(cell.size())), Imports::joinedTags(tags).toStdString());
}

void ImportPlan::readNumber(const CsvRecord &record, PlannedRow &row)
{
    const std::string_view typed = cell(record, m_at.phone);
    ++m_findings.rows;
    if (trimmed(typed).empty()) {
        ++m_findings.empty;
        row.reason = RejectReason::noNumber;
        return;
    }
    row.raw.assign(typed);
    m_typed = text(typed);
    const std::string_view country = trimmed(cell(record, m_at.country));
    const QString &own = country.empty() ? m_region : regionFor(country);
    row.number = parsePhoneNumber(m_typed, own.isEmpty() ? m_region : own);
    switch (row.number.state) {
    case NumberState::Valid:
        ++m_findings.valid;
        break;
    case NumberState::PossibleOnly:
        ++m_findings.possibleOnly;
        break;
    case NumberState::Unlikely:
        ++m_findings.unlikely;
        break;
    case NumberState::NotANumber: {
        const bool scientific = looksScientific(m_typed);
        ++(scientific ? m_findings.scientific : m_findings.notANumber);
        row.reason = scientific ? RejectReason::scientific : RejectReason::notANumber;
        return;
    }
    }
    ++(row.number.explicitPlus ? m_findings.withPlus : m_findings.withoutPlus);
    if (!row.number.explicitPlus && !country.empty() && !own.isEmpty())
        ++m_findings.ownCountry;
}

void ImportPlan::readTexts(const CsvRecord &record, PlannedRow &row)
{
    row.name.assign(trimmed(cell(record, m_at.name)));
    if (row.name.empty()) {
        row.name.assign(trimmed(cell(record, m_at.given)));
        const std::string_view family = trimmed(cell(record, m_at.family));
        if (!row.name.empty() && !family.empty())
            row.name += ' ';
        row.name += family;
    }
    row.email.assign(trimmed(cell(record, m_at.email)));
    row.organisation.assign(trimmed(cell(record, m_at.organisation)));
    row.note.assign(trimmed(cell(record, m_at.note)));
    const std::string_view tags = trimmed(cell(record, m_at.tags));
    if (tags.empty())
        row.tags.clear();
    else
        row.tags = tagsFor(tags);
    row.optInMs.reset();
    const std::string_view day = trimmed(cell(record, m_at.optIn));
    if (!day.empty()) {
        row.optInMs = readOptInDate(text(day));
        m_findings.unreadableDates += qint64(!row.optInMs);
    }
}

void ImportPlan::plan(const CsvRecord &record, PlannedRow &row)
{
    row.reason = nullptr;
    if (record.trouble != CsvRecord::Trouble::None) {
        row.reason = rejectedBy(record.trouble);
        return;
    }
    // More cells than columns: a delimiter inside a value has shifted the rest, so nothing of the row can be trusted.
    for (std::size_t i = m_columns; i < record.fields.size(); ++i) {
        if (!trimmed(record.fields[i]).empty()) {
            row.reason = RejectReason::columns;
            return;
        }
    }
    readNumber(record, row);
    if (!row.reason)
        readTexts(record, row);
}

std::string rejectedRaw(const CsvRecord &record)
{
    std::string_view rest = record.raw;
    std::string raw;
    raw.reserve(std::min(rest.size(), longestRaw));
    while (!rest.empty() && raw.size() + 4 <= longestRaw) {
        const std::size_t length = utf8Length(rest);
        if (length == 0 || rest[0] == '\0') {
            constexpr std::string_view hex = "0123456789ABCDEF";
            const auto byte = static_cast<unsigned char>(rest[0]);
            raw += "\\x";
            raw += hex[byte >> 4];
            raw += hex[byte & 15];
        } else {
            raw.append(rest.substr(0, length));
        }
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return raw;
}

NumberFindings surveyNumbers(const CsvSample &sample, const ColumnMap &columns, const QString &region)
{
    ImportPlan plan(columns, region);
    PlannedRow planned;
    std::vector<QByteArray> cells;
    for (const CsvRow &row : sample.rows) {
        cells.clear();
        CsvRecord record;
        for (const QString &field : row.fields)
            cells.push_back(field.toUtf8());
        for (const QByteArray &bytes : cells)
            record.fields.emplace_back(bytes.constData(), std::size_t(bytes.size()));
        plan.plan(record, planned);
    }
    return plan.findings();
}

} // namespace rollcall
