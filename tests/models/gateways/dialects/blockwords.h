// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/golden.h"

#include <QStringList>
#include <span>

namespace rollcall {

/// "done 16505551234; refused 131047 14155559876; unknown": one a person, in the order asked.
inline QString inWords(const Result<BlockReply> &reply, std::span<const QString> asked)
{
    if (!reply)
        return failureInWords(reply.failure());
    QStringList words;
    for (std::size_t i = 0; i < reply->people.size(); ++i) {
        const BlockAnswer &person = reply->people[i];
        QStringList word{person.outcome == BlockAnswer::Outcome::Done ? QStringLiteral("done")
                : person.outcome == BlockAnswer::Outcome::Refused     ? QStringLiteral("refused")
                : person.outcome == BlockAnswer::Outcome::Deferred    ? QStringLiteral("deferred")
                                                                      : QStringLiteral("unknown")};
        if (person.code != 0)
            word += QString::number(person.code);
        if (!person.waId.isEmpty())
            word += person.waId;
        if (i >= asked.size() || person.input != asked[i])
            word += QStringLiteral("(for another input)");
        words += word.join(QLatin1Char(' '));
    }
    return words.join(QStringLiteral("; "));
}

} // namespace rollcall
