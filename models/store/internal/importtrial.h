// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/progress.h"
#include "models/store/imports.h"
#include "models/store/internal/connection.h"

namespace rollcall {

/// The dry run of an import: the five counts that ImportMove would come to, found by reading only. The staging file is
/// attached as "staging"; temporary tables are all that is written. Internal to models/store.
class ImportTrial {
public:
    ImportTrial(Connection &db, const ConsentEvent &consent, const JobControl &control);
    ImportCounts run();

private:
    /// One row of the file that may add something to somebody who is here or stands in an earlier row.
    struct Candidate {
        qint64 line = 0;
        qint64 subject = 0; ///< person, or the negative line of the row that adds them
        PersonFields fields = {};
        qint64 optInMs = 0;
        bool hasDate = false;
    };

    void match();
    [[nodiscard]] qint64 countUpdated();
    void begin(const Candidate &first);
    [[nodiscard]] bool brings(const Candidate &candidate);
    [[nodiscard]] bool knows(qint64 atMs, ConsentState what, const QString &source);

    Connection &m_db;
    const ConsentEvent &m_consent;
    const JobControl &m_control;
    qint64 m_subject = 0;
    PersonFields m_state = {}; ///< of the subject, with what earlier rows filled in
    std::vector<qint64> m_dates; ///< opt-in dates that earlier rows brought the subject
    bool m_consentTold = false; ///< the subject's one line with a new consent is counted
};

namespace importsql {

/// Rows whose number or text is stopped, into temp.import_stopped.
extern const char stoppedRows[];
/// Rows that hit somebody here, into temp.import_hit. `which`: further conditions on staging.staged s.
[[nodiscard]] QByteArray hitRows(const QByteArray &which);
/// Rows that are not suppressed; the test costs nothing where there is no stop.
[[nodiscard]] QByteArray unlessStopped(bool hasStops);
/// The temporary tables.
extern const char makeTables[];
extern const char dropTables[];
/// What a row with this text fills in: the blanks of `before`, and tags.
[[nodiscard]] PersonFields filled(const PersonFields &before, const PersonFields &row);
/// Columns of staging.staged s that fieldsAt() reads.
[[nodiscard]] QByteArray stagedColumns();
inline constexpr int stagedColumnCount = 10;
[[nodiscard]] PersonFields fieldsAt(const Statement &row, int column);

} // namespace importsql

} // namespace rollcall
