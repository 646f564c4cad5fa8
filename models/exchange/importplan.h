// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/phonenumber.h"
#include "models/exchange/importfield.h"
#include "models/formats/csvreader.h"
#include "models/formats/csvsniffer.h"

#include <QHash>
#include <optional>
#include <string>

namespace rollcall {

/// Why a row is not imported. The stable ids of the staging file; the words are made in ui/text.
namespace RejectReason {
inline constexpr char noNumber[] = "no-number"; ///< the number's cell is empty or missing
inline constexpr char notANumber[] = "not-a-number"; ///< no digits in it, or letters
inline constexpr char scientific[] = "scientific"; ///< 4.917E+12: format the column as text and export again
inline constexpr char encoding[] = "encoding"; ///< bytes that are no text; raw shows them as \xNN
inline constexpr char quote[] = "quote"; ///< a quote that is never closed
inline constexpr char columns[] = "columns"; ///< more cells than the table has columns
inline constexpr char card[] = "card"; ///< a vCard without an end, or too long to be one
} // namespace RejectReason

/// What was found in the number cells: the operator sees it before anything is imported. Each row with a filled cell is
/// in exactly one of valid, possibleOnly, unlikely, scientific and notANumber.
struct NumberFindings {
    qint64 rows = 0;
    qint64 empty = 0;
    qint64 valid = 0;
    qint64 possibleOnly = 0;
    qint64 unlikely = 0; ///< kept as typed, without E.164
    qint64 scientific = 0;
    qint64 notANumber = 0;
    qint64 withPlus = 0; ///< typed international: no default country is used
    qint64 withoutPlus = 0; ///< read with the row's country or the default one
    qint64 ownCountry = 0; ///< the row's own country column decided
    qint64 unreadableDates = 0; ///< opt-in cells that are no date for sure: the answer for the batch holds
};

/// A row as it will be staged. Kept by the caller and filled again and again.
struct PlannedRow {
    const char *reason = nullptr; ///< one of RejectReason, or nullptr: the rest holds
    PhoneNumber number = {};
    std::string raw = {}; ///< the number's cell as typed
    std::string name = {};
    std::string email = {};
    std::string organisation = {};
    std::string tags = {}; ///< as Imports::joinedTags()
    std::string note = {};
    std::optional<qint64> optInMs = {};
};

/// From a record of the file to a row of the import: pure but for its memory of cells it has already read.
class ImportPlan final {
public:
    /// `region`: for numbers without '+' whose row names no country; empty = none.
    ImportPlan(const ColumnMap &columns, const QString &region);
    void plan(const CsvRecord &record, PlannedRow &row);
    [[nodiscard]] const NumberFindings &findings() const { return m_findings; }

private:
    void readNumber(const CsvRecord &record, PlannedRow &row);
    void readTexts(const CsvRecord &record, PlannedRow &row);
    [[nodiscard]] std::string_view cell(const CsvRecord &record, int column) const;
    const QString &regionFor(std::string_view cell);
    const std::string &tagsFor(std::string_view cell);

    struct Where {
        int name = -1;
        int given = -1;
        int family = -1;
        int phone = -1;
        int country = -1;
        int email = -1;
        int organisation = -1;
        int tags = -1;
        int note = -1;
        int optIn = -1;
    };
    Where m_at;
    std::size_t m_columns;
    QString m_region;
    NumberFindings m_findings;
    QHash<QByteArray, QString> m_regions;
    QHash<QByteArray, std::string> m_tags;
    QString m_typed;
};

/// The raw text of a rejected record for the staging file: at most 64 KiB, broken bytes as \xNN.
[[nodiscard]] std::string rejectedRaw(const CsvRecord &record);

/// What stands in the number column of a sample, read with `region`. Pure.
[[nodiscard]] NumberFindings surveyNumbers(const CsvSample &sample, const ColumnMap &columns, const QString &region);

} // namespace rollcall
