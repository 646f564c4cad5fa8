-- SPDX-License-Identifier: GPL-3.0-or-later
-- The staging file of one import: written by models/exchange, moved into the store by Imports::commit(). It lies in the
-- profile's folder (0600), is private to one import and is deleted when the import ends, however it ends. The writer may
-- use journal_mode=OFF and synchronous=OFF: a torn staging file is thrown away, never read.
--
-- Every record of the file (after header and preamble, blank ones not counted) is one row of either `staged` or
-- `rejected`. The writer closes the file before commit() is called. Insert in ascending `line` (that is the key).
CREATE TABLE staged (
    line         INTEGER PRIMARY KEY,         -- line of the file in which the record begins, 1-based; unique
    name         TEXT    NOT NULL,            -- '' = none
    raw          TEXT    NOT NULL,            -- the number cell exactly as typed, '' = none
    e164         INTEGER,                     -- digits of the E.164 form, NULL = not known (never 0)
    region       TEXT    NOT NULL DEFAULT '', -- ISO region of the number
    state        INTEGER NOT NULL DEFAULT 3,  -- NumberState: 0 valid, 1 possible only, 2 unlikely, 3 not a number
    plus         INTEGER NOT NULL DEFAULT 0,  -- PhoneNumber::explicitPlus
    email        TEXT    NOT NULL DEFAULT '',
    organisation TEXT    NOT NULL DEFAULT '',
    tags         TEXT    NOT NULL DEFAULT '', -- as Imports::joinedTags() gives it: U+001F before, between and after
    note         TEXT    NOT NULL DEFAULT '',
    opt_in_ms    INTEGER,                     -- this row's own opt-in date (UTC ms), NULL = the answer for the batch holds
    person       INTEGER,                     -- somebody here who has that E.164 (from existing()), NULL = nobody; a hint:
                                              -- commit() looks again inside its transaction
    same_as      INTEGER                      -- line of the first row of this file with the same E.164 (without E.164:
                                              -- the same raw text and name), NULL = this is the first
) STRICT;

CREATE TABLE rejected (
    line   INTEGER PRIMARY KEY,
    raw    TEXT NOT NULL,                     -- the record as it stood in the file, at most 64 KiB of it
    reason TEXT NOT NULL                      -- stable id: "empty", "columns", "quote", "encoding", "too-long", ...
) STRICT;

-- What a gateway told beside a row, where the rows come from its contact list (models/people) and not from a file.
CREATE TABLE told (
    line         INTEGER PRIMARY KEY,         -- of `staged`
    chat_id      TEXT    NOT NULL,            -- JID, '' = not told
    lid          TEXT    NOT NULL,            -- '' = not told
    profile_name TEXT    NOT NULL,
    about        TEXT    NOT NULL,
    saved        INTEGER NOT NULL             -- in the phone's address book
) STRICT;
