// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/imports.h"
#include "models/store/internal/storethreads.h"

namespace rollcall {

/// Moves the rows of an attached staging file ("staging") into the store, inside one writing unit. Every staged row
/// ends in exactly one count, or nothing is moved. Set statements; only rows that fill in a blank are looked at one by
/// one. Internal to models/store.
class ImportMove {
public:
    ImportMove(
        Writing &writing, const ImportAbout &about, const JobControl &control, std::function<void(Progress)> tell);
    Result<ImportOutcome> run();

private:
    void prepare();
    void suppress();
    void match(bool repeated);
    void nameTypedNumbers();
    void insert(bool repeated);
    void fillBlanks();
    void fillOne(const Statement &row);
    void consent();
    void keepAliases(AliasKind kind, const QByteArray &text);
    void countConsent(); ///< marks the rows whose consent changed somebody
    void keepRows();
    void keepTold(); ///< what a gateway told beside the rows
    void finish(ImportOutcome &outcome);
    void dropIndices();
    void makeIndices();
    void step(const QByteArray &sql); ///< with every parameter-free statement a chance to stop
    void tell(qint64 done);
    [[nodiscard]] bool stopped();

    Writing &m_writing;
    Connection &m_db;
    const ImportAbout &m_about;
    const JobControl &m_control;
    const std::function<void(Progress)> m_tell;
    BatchId m_batch = {};
    ImportCounts m_counts = {};
    qint64 m_staged = 0;
    qint64 m_existing = 0;
    bool m_hasStops = false;
    QByteArrayList m_indices; ///< statements that make the dropped ones again
};

} // namespace rollcall
