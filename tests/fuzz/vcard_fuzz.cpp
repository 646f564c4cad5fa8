// SPDX-License-Identifier: GPL-3.0-or-later
// The vCard reader: reads anything; what it read is written and read again as the same cards; whatever is cut or open,
// the second whole card behind it is read (the first may be that of an agent).
#include "models/formats/vcardreader.h"
#include "models/formats/vcardwriter.h"

#include <cstdint>
#include <cstdlib>
#include <limits>

namespace {

/// What the writer changes, on purpose: see vcardwriter.h.
rollcall::Card settled(rollcall::Card card)
{
    return rollcall::readVCards(rollcall::vCardOf(card), 1).cards.empty()
        ? rollcall::Card()
        : rollcall::readVCards(rollcall::vCardOf(card), 1).cards.front();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const rollcall::VCardsRead read = rollcall::readVCards(bytes, 50);
    if (read.cards.size() > 50)
        std::abort();
    for (const rollcall::Card &card : read.cards) {
        const rollcall::Card once = settled(card);
        if (!(once == rollcall::Card()) && !(settled(once) == once))
            std::abort();
    }
    if (bytes.startsWith("\xff\xfe") || bytes.startsWith("\xfe\xff"))
        return 0; // UTF-16, and what follows is not
    const QByteArray whole = "\nBEGIN:VCARD\nFN:Whole\nEND:VCARD\n";
    const rollcall::VCardsRead more = rollcall::readVCards(bytes + whole + whole, std::numeric_limits<int>::max());
    if (more.cards.empty() || more.cards.back().name.formatted != u"Whole")
        std::abort();
    return 0;
}
