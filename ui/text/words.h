// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/filter.h"
#include "models/domain/person.h"
#include "models/domain/phonenumber.h"
#include "models/domain/run.h"
#include "models/domain/verdict.h"

#include <QCoreApplication>
#include <QString>

namespace rollcall {

/// The words for enums and stable ids, once for the whole program. Icon names are those of ui/parts/icons.
class Words final {
    Q_DECLARE_TR_FUNCTIONS(Words)
public:
    Words() = delete;

    [[nodiscard]] static QString verdict(VerdictWord word);
    [[nodiscard]] static QString verdictIcon(VerdictWord word);
    [[nodiscard]] static QString disagree(); ///< "Disagree": two accounts answer differently, both fresh
    [[nodiscard]] static QString disagreeIcon();
    [[nodiscard]] static QString source(VerdictSource source); ///< "live" / "cached"
    /// Why something was unverified, failed or not asked, as a sentence; an unknown id is shown as it is.
    [[nodiscard]] static QString reason(const QString &stableId);

    [[nodiscard]] static QString runState(RunState state);
    [[nodiscard]] static QString runItemState(RunItemState state);
    [[nodiscard]] static QString consent(ConsentState state);
    [[nodiscard]] static QString aliasKind(AliasKind kind);
    [[nodiscard]] static QString numberState(NumberState state); ///< empty when there is nothing to say
    [[nodiscard]] static QString gatewayKind(GatewayKind kind);
    /// Its name; the sandbox is marked by the word, once: "Sandbox", "Playground (sandbox)".
    [[nodiscard]] static QString account(const Account &account);
    [[nodiscard]] static QString personColumn(PersonColumn column);
    /// "Germany" for "DE"; "International" for "001", the code itself when it is not known.
    [[nodiscard]] static QString country(const QString &region);

    [[nodiscard]] static QString act(const QString &stableId); ///< of the journal and of batches
    [[nodiscard]] static QString chainFinding(const QString &stableId);
    [[nodiscard]] static QString testStep(const QString &stableId); ///< of the connection test
};

} // namespace rollcall
