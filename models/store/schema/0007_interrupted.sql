-- SPDX-License-Identifier: GPL-3.0-or-later
-- What has to outlive the end of the program in the middle of something.

-- Why a run paused by itself; gone as soon as it goes on or ends.
CREATE TABLE run_halts (
    run           INTEGER PRIMARY KEY REFERENCES runs (id),
    why           TEXT    NOT NULL, -- kind of the failure, a stable word (internal/haltsql.cpp)
    code          INTEGER NOT NULL,
    subject       TEXT    NOT NULL, -- host, path or the gateway's own words, which name nobody
    about_account INTEGER NOT NULL,
    at_ms         INTEGER NOT NULL
) STRICT;

-- A gateway's contact list that is being read: nothing of it belongs to the people yet. Dropped when it was imported or
-- given up, and by every erasure, since its pages may name the person.
CREATE TABLE fetches (
    account    INTEGER PRIMARY KEY,
    cursor     TEXT    NOT NULL, -- of the page that comes next, '' = read to its end
    pages      INTEGER NOT NULL,
    rows       INTEGER NOT NULL,
    total      INTEGER NOT NULL, -- as the gateway told, -1 = not told
    started_ms INTEGER NOT NULL,
    at_ms      INTEGER NOT NULL
) STRICT;
CREATE TABLE fetch_pages (
    account INTEGER NOT NULL REFERENCES fetches (account) ON DELETE CASCADE,
    page    INTEGER NOT NULL, -- from 0
    asked   TEXT    NOT NULL, -- its cursor, '' = the first
    rows    BLOB    NOT NULL, -- as models/people writes them
    PRIMARY KEY (account, page)
) STRICT;
