-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is kept of an imported file for the undo period: the file's identity, and every row that did not become a person.
CREATE TABLE import_files (
    batch      INTEGER PRIMARY KEY REFERENCES batches (id),
    name       TEXT    NOT NULL,
    bytes      INTEGER NOT NULL,
    sha256     BLOB    NOT NULL,
    added      INTEGER NOT NULL,
    updated    INTEGER NOT NULL,
    unchanged  INTEGER NOT NULL,
    suppressed INTEGER NOT NULL,
    rejected   INTEGER NOT NULL
) STRICT;

CREATE TABLE import_rows (
    batch  INTEGER NOT NULL REFERENCES batches (id),
    line   INTEGER NOT NULL,
    reason TEXT    NOT NULL, -- "do-not-contact" for a suppressed row
    raw    TEXT    NOT NULL,
    PRIMARY KEY (batch, line)
) STRICT, WITHOUT ROWID;

-- People without E.164 are the same when number as typed and name are.
CREATE INDEX people_raw ON people (raw, name) WHERE e164 IS NULL;
