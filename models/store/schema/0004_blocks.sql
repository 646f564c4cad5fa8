-- SPDX-License-Identifier: GPL-3.0-or-later
-- Blocks, unblocks and reports: runs of operations, our own ledger of blocks, and what servers' lists said. Kinds and
-- states are the numbers of the enums in models/domain/operation.h.

ALTER TABLE runs ADD COLUMN kind INTEGER NOT NULL DEFAULT 0; -- OperationKind, 0 = a check run

-- What a run of operations has besides its row in runs.
CREATE TABLE block_runs (
    run       INTEGER PRIMARY KEY REFERENCES runs (id),
    undoes    INTEGER NOT NULL, -- the run whose opposite this is, 0 = none
    done      INTEGER NOT NULL,
    confirmed INTEGER NOT NULL, -- among done: read back
    refused   INTEGER NOT NULL,
    unknown   INTEGER NOT NULL,
    not_sent  INTEGER NOT NULL,
    reason    TEXT    NOT NULL,
    note      TEXT    NOT NULL,
    source    TEXT    NOT NULL
) STRICT;

CREATE TABLE block_ops (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    run          INTEGER NOT NULL REFERENCES runs (id),
    alias        INTEGER NOT NULL,
    person       INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    due_ms       INTEGER NOT NULL, -- deferred: not sent before
    sent_ms      INTEGER NOT NULL, -- when `sending` was last committed, 0 = never
    ended_ms     INTEGER NOT NULL,
    confirmed_ms INTEGER NOT NULL,
    code         INTEGER NOT NULL,
    ask          TEXT    NOT NULL,
    why          TEXT    NOT NULL,
    detail       TEXT    NOT NULL,
    wa_id        TEXT    NOT NULL
) STRICT;
CREATE INDEX block_ops_run ON block_ops (run, state, due_ms);
CREATE INDEX block_ops_alias ON block_ops (alias);
CREATE INDEX block_ops_person ON block_ops (person) WHERE person <> 0;
-- What the start of the program and reading back look for: sending, unknown.
CREATE INDEX block_ops_unclear ON block_ops (state) WHERE state IN (1, 4);

-- Our ledger: one line per account and alias. Lines with wish 0 were only seen on the server.
CREATE TABLE blocks (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    account      INTEGER NOT NULL,
    alias        INTEGER NOT NULL,
    wish         INTEGER NOT NULL, -- OperationKind
    state        INTEGER NOT NULL, -- OperationState of the wish
    standing     INTEGER NOT NULL, -- BlockStanding
    there        INTEGER NOT NULL, -- ServerWord
    operation    INTEGER NOT NULL, -- the last one, 0 = none
    run          INTEGER NOT NULL,
    at_ms        INTEGER NOT NULL,
    done_ms      INTEGER NOT NULL,
    confirmed_ms INTEGER NOT NULL,
    read_ms      INTEGER NOT NULL,
    last_seen_ms INTEGER NOT NULL,
    code         INTEGER NOT NULL,
    wa_id        TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    note         TEXT    NOT NULL,
    source       TEXT    NOT NULL,
    by           TEXT    NOT NULL,
    why          TEXT    NOT NULL,
    detail       TEXT    NOT NULL,
    UNIQUE (account, alias)
) STRICT;
CREATE INDEX blocks_alias ON blocks (alias);
CREATE INDEX blocks_operation ON blocks (operation) WHERE operation <> 0;

-- Full, untroubled reads of a server's list.
CREATE TABLE block_reads (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account    INTEGER NOT NULL,
    started_ms INTEGER NOT NULL,
    ended_ms   INTEGER NOT NULL,
    rows       INTEGER NOT NULL
) STRICT;
CREATE INDEX block_reads_account ON block_reads (account, id);

-- The rows of all those reads: a row of the list was there from the read `came` until before the read `gone`.
CREATE TABLE block_seen (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL,
    alias   INTEGER NOT NULL,
    came    INTEGER NOT NULL REFERENCES block_reads (id),
    gone    INTEGER NOT NULL, -- 0 = still there
    by_us   INTEGER NOT NULL, -- an operation of ours made it come
    gone_us INTEGER NOT NULL, -- an operation of ours made it go
    wa_id   TEXT    NOT NULL,
    user_id TEXT    NOT NULL
) STRICT;
CREATE INDEX block_seen_alias ON block_seen (account, alias);
CREATE INDEX block_seen_there ON block_seen (account) WHERE gone = 0;
