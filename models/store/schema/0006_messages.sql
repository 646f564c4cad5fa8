-- SPDX-License-Identifier: GPL-3.0-or-later
-- Contacts messages. Their runs of operations are those of step 4 (runs.kind 4, block_runs, block_ops: one machine for
-- every remote write); here is what they carried, what the gateway called them, and what was not sent yet.
ALTER TABLE block_ops ADD COLUMN message_id TEXT NOT NULL DEFAULT ''; -- the gateway's; may hold the number in base64
ALTER TABLE block_ops ADD COLUMN status     TEXT NOT NULL DEFAULT ''; -- the gateway's word on a message it took

CREATE TABLE messages (
    run        INTEGER PRIMARY KEY REFERENCES runs (id),
    again      INTEGER NOT NULL, -- the run whose message this repeats, 0 = none
    card_count INTEGER NOT NULL,
    title      TEXT    NOT NULL, -- formatted name of the first card
    reply_to   TEXT    NOT NULL, -- message id, '' = none
    cards      TEXT    NOT NULL  -- the "contacts" list as compact JSON, '' = erased
) STRICT;

-- Drafts (no name) and templates. The content is that of models/cards/drafts.h.
CREATE TABLE drafts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL, -- of a template, '' = a draft
    title      TEXT    NOT NULL,
    card_count INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    content    TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX drafts_name ON drafts (name) WHERE name <> '';
