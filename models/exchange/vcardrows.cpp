// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/vcardrows.h"

#include "models/formats/vcardreader.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <array>

namespace rollcall {

namespace {

constexpr std::size_t pieceBytes = 64 * 1024;
constexpr int mostOfOneCard = 8; // more of them in what looks like one card is none

bool same(std::string_view text, std::string_view word)
{
    return text.size() == word.size() && std::equal(text.begin(), text.end(), word.begin(), [](char a, char b) {
        return (a >= 'a' && a <= 'z' ? char(a - 'a' + 'A') : a) == b;
    });
}

/// The property's name without its group: "item1.PHOTO;ENCODING=b:…" is PHOTO.
std::string_view nameOf(std::string_view line)
{
    const std::string_view name = line.substr(0, std::min(line.find_first_of(";:"), line.size()));
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

bool isPicture(std::string_view line)
{
    static constexpr std::array<std::string_view, 4> names{"PHOTO", "LOGO", "SOUND", "KEY"};
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return same(nameOf(line), name); });
}

/// A byte order mark of UTF-16 decides; what is inside a card in another charset says so itself.
QByteArray encodingOf(const QString &path)
{
    QFile file(path);
    const QByteArray mark = file.open(QIODevice::ReadOnly) ? file.read(2) : QByteArray();
    return mark == "\xff\xfe" ? "UTF-16LE" : mark == "\xfe\xff" ? "UTF-16BE" : "UTF-8";
}

std::string utf8(const QString &text)
{
    return text.trimmed().toStdString();
}

} // namespace

bool isVCardFile(const QString &path)
{
    if (!QFileInfo(path).isFile())
        return false; // a FIFO would hold this thread for ever
    const auto source = TextSource::open(path, encodingOf(path));
    if (!source)
        return false;
    std::array<char, 256> head{};
    const auto size = (*source)->read(head.data(), qint64(head.size()));
    if (!size || *size <= 0)
        return false;
    std::string_view text(head.data(), std::size_t(*size));
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    return text.size() >= 11 && same(text.substr(0, 11), "BEGIN:VCARD");
}

VCardRows::VCardRows(std::unique_ptr<TextSource> source)
    : m_source(std::move(source))
    , m_buffer(pieceBytes)
{
}

Result<std::unique_ptr<VCardRows>> VCardRows::open(const QString &path)
{
    auto source = TextSource::open(path, encodingOf(path));
    if (!source)
        return source.failure();
    return std::unique_ptr<VCardRows>(new VCardRows(std::move(*source)));
}

/// A line into m_text, at most cardBytes of it; lines end with CRLF, LF or CR.
Result<bool> VCardRows::readLine()
{
    m_text.clear();
    m_lineOverlong = false;
    bool any = false;
    for (;;) {
        if (m_at == m_end) {
            const auto size = m_source->read(m_buffer.data(), qint64(m_buffer.size()));
            if (!size)
                return size.failure();
            m_at = 0;
            m_end = std::size_t(*size);
            if (m_end == 0) {
                m_lines += any;
                return any;
            }
        }
        const char c = m_buffer[m_at++];
        if (c == '\n' && std::exchange(m_afterCr, false))
            continue; // of the line before
        m_afterCr = c == '\r';
        if (c == '\r' || c == '\n') {
            ++m_lines;
            return true;
        }
        any = true;
        if (m_text.size() < cardBytes)
            m_text += c;
        else
            m_lineOverlong = true;
    }
}

/// Pictures go on in lines that begin with a blank or (2.1) hold no colon, up to an empty one.
bool VCardRows::skipsLine()
{
    if (m_skips) {
        const bool folded = !m_text.empty() && (m_text.front() == ' ' || m_text.front() == '\t');
        m_skips = folded || (!m_text.empty() && m_text.find(':') == std::string::npos);
        if (m_skips)
            return true;
    }
    m_skips = isPicture(m_text);
    return m_skips;
}

void VCardRows::keepLine()
{
    if (skipsLine())
        return; // it may be as long as it likes
    if (m_lineOverlong || m_card.size() + m_text.size() + 2 > cardBytes)
        m_overlong = true;
    else
        m_card.append(m_text).append("\r\n");
}

/// Everything from BEGIN:VCARD to its END becomes rows. False at the end of the file.
Result<bool> VCardRows::readCard()
{
    m_card.clear();
    m_overlong = false;
    m_skips = false;
    if (std::exchange(m_begun, false))
        beginCard();
    for (;;) {
        const auto more = readLine();
        if (!more)
            return more.failure();
        if (!*more) {
            if (!std::exchange(m_edges, {}).isOpen())
                return false;
            break;
        }
        const VCardEdges::Line line = m_edges.next(m_text);
        m_begun = line == VCardEdges::Line::NextBegin;
        if (m_begun)
            break; // this one has no END (exports put together, one of them cut): it alone is in doubt
        if (line == VCardEdges::Line::Outside)
            continue;
        if (line == VCardEdges::Line::Begin)
            beginCard();
        else
            keepLine();
        if (line != VCardEdges::Line::End)
            continue;
        if (m_overlong)
            break;
        addCard();
        return true;
    }
    addTrouble();
    return true;
}

void VCardRows::beginCard()
{
    m_cardLine = m_lines;
    keepLine();
}

/// What stands in m_card, whole.
void VCardRows::addCard()
{
    const VCardsRead read = readVCards(QByteArray::fromRawData(m_card.data(), qsizetype(m_card.size())), mostOfOneCard);
    for (const Card &card : read.cards) {
        addRows(card);
        noteLeftOut(card, read.dropped);
    }
    // A number that the END cut short, or more of them than a card of a person has: there are numbers in no row.
    if (read.open > 0 || read.dropped.contains(QStringLiteral("TEL")))
        addTrouble();
    else if (read.cards.empty())
        addRows({});
}

void VCardRows::addTrouble()
{
    m_lastLine = std::max(m_cardLine, m_lastLine + 1);
    m_rows.push_back({m_lastLine, {}});
}

void VCardRows::addRows(const Card &card)
{
    const std::string name = utf8(card.name.formatted.trimmed().isEmpty() ? card.org.company : card.name.formatted);
    const std::string email = card.emails.empty() ? std::string() : utf8(card.emails.front().email);
    const std::string company = utf8(card.org.company);
    const auto add = [&](const std::string &number, const std::string &type) {
        // A card has at least as many lines as numbers.
        m_lastLine = std::max(m_cardLine, m_lastLine + 1);
        m_rows.push_back({m_lastLine, {name, number, type, email, company}});
    };
    for (const CardPhone &phone : card.phones)
        add(phone.phone.trimmed().isEmpty() ? '+' + phone.waId.toStdString() : phone.phone.toStdString(),
            utf8(phone.type));
    if (card.phones.empty())
        add({}, {});
    m_manyNumbers += qint64(card.phones.size() > 1);
}

/// What a program writes for itself (X-...) is nothing a person would miss.
void VCardRows::noteLeftOut(const Card &card, const QStringList &dropped)
{
    constexpr std::size_t mostNames = 20;
    const auto note = [this](const QString &name) {
        if (m_leftOut.size() < mostNames && !name.startsWith(QLatin1String("X-")))
            m_leftOut.insert(name);
    };
    for (const QString &name : dropped)
        note(name);
    const std::pair<const char *, bool> known[] = {{"ADR", !card.addresses.empty()}, {"BDAY", !card.birthday.isEmpty()},
        {"EMAIL", card.emails.size() > 1}, {"TITLE", !card.org.title.isEmpty()}, {"URL", !card.urls.empty()}};
    for (const auto &[name, stands] : known)
        if (stands)
            note(QLatin1String(name));
}

Result<bool> VCardRows::next(CsvRecord &record)
{
    if (m_rows.empty()) {
        const auto more = readCard();
        if (!more || !*more)
            return more;
    }
    m_row = std::move(m_rows.front());
    m_rows.pop_front();
    record.line = m_row.line;
    record.offset = 0;
    record.trouble = m_row.fields.empty() ? CsvRecord::Trouble::OpenCard : CsvRecord::Trouble::None;
    record.troubleAt = 0;
    record.raw = m_card;
    record.fields.assign(m_row.fields.begin(), m_row.fields.end());
    return true;
}

QStringList vCardHeader()
{
    return {QStringLiteral("FN"), QStringLiteral("TEL"), QStringLiteral("TYPE"), QStringLiteral("EMAIL"),
        QStringLiteral("ORG")};
}

ColumnMap vCardColumns()
{
    return {ImportField::Name, ImportField::Phone, ImportField::Ignore, ImportField::Email, ImportField::Organisation};
}

Result<CsvSample> vCardSample(const QString &path, qsizetype limit)
{
    auto rows = VCardRows::open(path);
    if (!rows)
        return rows.failure();
    CsvSample sample;
    sample.header = vCardHeader();
    sample.columns = sample.header.size();
    CsvRecord record;
    while (qsizetype(sample.rows.size()) < limit) {
        const auto more = (*rows)->next(record);
        if (!more)
            return more.failure();
        if (!*more)
            break;
        CsvRow row{record.line, {}};
        for (const std::string_view field : record.fields)
            row.fields << QString::fromUtf8(field.data(), qsizetype(field.size()));
        sample.rows.push_back(std::move(row));
    }
    if (sample.rows.empty())
        return Failure{.kind = Failure::Kind::BadInput, .detail = QStringLiteral("no-rows"), .subject = path};
    return sample;
}

} // namespace rollcall
