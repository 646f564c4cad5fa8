// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/countrybox.h"

#include "models/domain/phonenumber.h"
#include "ui/text/words.h"

#include <QApplication>
#include <QCollator>
#include <QKeyEvent>
#include <QListView>
#include <algorithm>

namespace rollcall {

namespace {

/// A list that asks the box where typed letters lead, in place of looking for them at the beginning of the words.
class CountryList final : public QListView {
public:
    explicit CountryList(CountryBox &box)
        : QListView(&box)
        , m_box(box)
    {
    }
    void keyboardSearch(const QString &text) override
    {
        const int row = m_box.find(text, currentIndex().row());
        if (row >= 0)
            setCurrentIndex(model()->index(row, 0));
    }

private:
    CountryBox &m_box;
};

/// Lower case without accents: "Åland" is found by "aland".
QString folded(const QString &text)
{
    QString result;
    const QString parted = text.normalized(QString::NormalizationForm_KD);
    for (const QChar c : parted) {
        if (!c.isMark())
            result += c.toLower();
    }
    return result;
}

/// Who is meant by a calling code that several share: libphonenumber's main region of it.
bool isMain(const QString &region)
{
    static const QStringList all{QStringLiteral("us"), QStringLiteral("ru"), QStringLiteral("it"), QStringLiteral("gb"),
        QStringLiteral("no"), QStringLiteral("au"), QStringLiteral("ma"), QStringLiteral("re"), QStringLiteral("sh"),
        QStringLiteral("fi"), QStringLiteral("gp"), QStringLiteral("cw")};
    return all.contains(region);
}

} // namespace

CountryBox::CountryBox(const QString &none, QWidget *parent)
    : QComboBox(parent)
{
    struct Country {
        QString name;
        QString region;
    };
    std::vector<Country> countries;
    for (const QString &region : supportedRegions()) {
        if (region.size() == 2)
            countries.push_back({Words::country(region), region});
    }
    const QCollator collator;
    std::sort(countries.begin(), countries.end(),
        [&collator](const Country &a, const Country &b) { return collator.compare(a.name, b.name) < 0; });
    setView(new CountryList(*this));
    addItem(none, QString());
    m_entries.reserve(countries.size());
    for (const Country &country : countries) {
        const QString code = QString::number(countryCodeOf(country.region));
        //: a country and its calling code: "Germany (+49)"
        addItem(tr("%1 (+%2)").arg(country.name, code), country.region);
        m_entries.push_back({folded(country.name), code, country.region.toLower()});
    }
    setMaxVisibleItems(16);
    // As wide as most names need, not as the longest of 245.
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(28);
}

void CountryBox::setRegion(const QString &region)
{
    setCurrentIndex(std::max(0, findData(region.toUpper())));
}

QString CountryBox::region() const
{
    return currentData().toString();
}

bool CountryBox::isTyping() const
{
    return !m_typed.isEmpty() && m_since.isValid() && m_since.elapsed() < QApplication::keyboardInputInterval();
}

/// A blank opens the list; in the middle of "united k" it belongs to the name.
void CountryBox::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Space || !isTyping())
        return QComboBox::keyPressEvent(event);
    const int row = find(event->text(), currentIndex());
    if (row >= 0)
        setCurrentIndex(row);
}

int CountryBox::find(const QString &text, int current)
{
    m_typed = isTyping() ? m_typed + folded(text) : folded(text);
    m_since.restart();
    if (m_typed.startsWith(u'+') || (!m_typed.isEmpty() && m_typed.front().isDigit()))
        return byCode(QString(m_typed).remove(u'+'));
    const int row = byName(m_typed, 0);
    // The same letter again: the next one that begins with it.
    const bool again = m_typed.size() > 1 && m_typed.count(m_typed.front()) == m_typed.size();
    return row < 0 && again ? byName(m_typed.left(1), std::max(0, current)) : row;
}

int CountryBox::byCode(const QString &digits) const
{
    int best = -1;
    const auto rank
        = [&digits](const Entry &entry) { return (entry.code == digits ? 2 : 0) + int(isMain(entry.region)); };
    for (std::size_t at = 0; at < m_entries.size() && !digits.isEmpty(); ++at) {
        const Entry &entry = m_entries[at];
        if (entry.code.startsWith(digits) && (best < 0 || rank(entry) > rank(m_entries[std::size_t(best)])))
            best = int(at);
    }
    return best < 0 ? -1 : best + 1;
}

/// The beginning of a name goes before its two letters, and those before a word inside another name. `from`: the row
/// after which the search begins; it goes round.
int CountryBox::byName(const QString &typed, int from) const
{
    const auto search = [&](auto fits) {
        const auto size = int(m_entries.size());
        for (int step = 0; step < size; ++step) {
            const int at = (from + step) % size;
            if (fits(m_entries[std::size_t(at)]))
                return at + 1;
        }
        return -1;
    };
    int row = search([&typed](const Entry &entry) { return entry.name.startsWith(typed); });
    if (row < 0)
        row = search([&typed](const Entry &entry) { return entry.region == typed; });
    const QString inside = u' ' + typed;
    return row < 0 ? search([&inside](const Entry &entry) { return entry.name.contains(inside); }) : row;
}

} // namespace rollcall
