// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/card.h"
#include "models/exchange/importfield.h"
#include "models/formats/csvreader.h"
#include "models/formats/csvsniffer.h"
#include "models/formats/textsource.h"
#include "models/formats/vcardedges.h"

#include <deque>
#include <memory>
#include <set>
#include <string>

namespace rollcall {

/// Does the file begin like one of vCards? Its name does not matter. False too when it cannot be read.
[[nodiscard]] bool isVCardFile(const QString &path);

/// A vCard file (2.1, 3.0, 4.0, mixed) as the rows of an import: a row for each number of each card, under the card's
/// name, and one for a card without a number. Columns: see vCardHeader(). A row's line lies inside its card: the first
/// is that of BEGIN:VCARD, and no line is given twice. `raw` is the card as it stands, without its pictures. A card
/// without an end (the file was cut, or the next card begins) or above cardBytes is in Trouble::OpenCard: what its
/// numbers are is not known. So is what a card has above 100 numbers. Of a card inside a card (AGENT, 2.1) nothing is
/// taken.
/// Memory bounded by cardBytes, whatever the file. Any one thread.
class VCardRows final {
public:
    static constexpr std::size_t cardBytes = 1024 * 1024; ///< without pictures, sounds and keys, which are passed over
    /// Failures: as TextSource::open().
    static Result<std::unique_ptr<VCardRows>> open(const QString &path);
    /// The next row; false at the end. Failures: as TextSource::read().
    Result<bool> next(CsvRecord &record);
    [[nodiscard]] const TextSource &source() const { return *m_source; }
    /// How many cards so far had more than one number.
    [[nodiscard]] qint64 manyNumbers() const { return m_manyNumbers; }
    /// What stood in the cards so far and is in no column, by the names of vCard ("NOTE"): sorted, at most 20.
    [[nodiscard]] const std::set<QString> &leftOut() const { return m_leftOut; }

private:
    struct Row {
        qint64 line = 0;
        std::vector<std::string> fields = {};
    };
    explicit VCardRows(std::unique_ptr<TextSource> source);
    Result<bool> readLine();
    Result<bool> readCard();
    void beginCard();
    void keepLine();
    void addCard();
    void addRows(const Card &card);
    void noteLeftOut(const Card &card, const QStringList &dropped);
    void addTrouble();
    [[nodiscard]] bool skipsLine();

    std::unique_ptr<TextSource> m_source;
    std::vector<char> m_buffer;
    std::size_t m_at = 0; ///< in m_buffer
    std::size_t m_end = 0;
    bool m_afterCr = false;
    std::string m_text; ///< the line
    qint64 m_lines = 0; ///< read so far: the number of the line in m_text
    std::string m_card; ///< from BEGIN to END
    qint64 m_cardLine = 0;
    qint64 m_lastLine = 0; ///< given to a row
    qint64 m_manyNumbers = 0;
    std::set<QString> m_leftOut;
    bool m_lineOverlong = false; ///< m_text is not all of the line
    bool m_overlong = false; ///< m_card is not all of the card
    VCardEdges m_edges;
    bool m_begun = false; ///< m_text is the BEGIN of the next card
    bool m_skips = false; ///< inside a picture
    std::deque<Row> m_rows;
    Row m_row; ///< what the last record points to
};

/// Names of the columns, as the file has them: FN, TEL, TYPE (of the number), EMAIL, ORG.
[[nodiscard]] QStringList vCardHeader();
/// What they are taken for at first.
[[nodiscard]] ColumnMap vCardColumns();
/// The first `limit` rows. Failures: as VCardRows; BadInput "no-rows" without any.
[[nodiscard]] Result<CsvSample> vCardSample(const QString &path, qsizetype limit);

} // namespace rollcall
