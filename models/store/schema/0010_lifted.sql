-- SPDX-License-Identifier: GPL-3.0-or-later
-- The stops a command lifted, as they were: undoing it puts them back. Gone after 30 days, like every before-value.
CREATE TABLE lifted_stops (
    batch      INTEGER NOT NULL REFERENCES batches (id),
    alias      INTEGER NOT NULL,
    at_ms      INTEGER NOT NULL,
    stop_batch INTEGER NOT NULL, -- stops.batch
    reason     TEXT    NOT NULL,
    by         TEXT    NOT NULL,
    PRIMARY KEY (batch, alias)
) STRICT, WITHOUT ROWID;
