// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <vector>

namespace rollcall {

/// A message that asks not to be written to any more, for a person to confirm: nothing is done by itself.
struct StopWord {
    QString language = {}; ///< ISO 639-1 of the phrase that fitted first
    QString phrase = {}; ///< as it stands in the table
    bool whole = false; ///< the message says that and nothing else but politeness; else it only holds the phrase
};

/// Whether one message is STOP-like, in one of twenty-four languages. Case, accents that typing leaves out,
/// punctuation, emoji and words of politeness ("Stop. Thank you") do not matter. A phrase inside a longer sentence
/// ("stop by at noon") is only a question: `whole` is false. Of a long message the first 4,096 characters are looked
/// through: a chat's messages are shorter, and a line of a megabyte is none. Any thread.
[[nodiscard]] std::optional<StopWord> stopWordIn(const QString &message);

/// One STOP-like message of a pasted chat or inbox.
struct StopMention {
    int line = 0; ///< of the text, from 1
    QString sender = {}; ///< name or number in front of the message, empty = none
    QString quote = {}; ///< the message, word for word
    StopWord word = {};
};

/// Reads a pasted chat export ("[05.10.26, 10:12:33] +49 151 …: STOP", "10/5/26, 10:12 - Name: stop"), lines of
/// "sender: message", "sender<tab>message" or bare messages. Whole messages come first, each kind in the order of the
/// text. At most mostStopText characters are read: whoever shows the result says so when there were more. Any thread.
inline constexpr qsizetype mostStopText = 2 << 20;
[[nodiscard]] std::vector<StopMention> stopsInText(const QString &text);

} // namespace rollcall
