-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was learned of WhatsApp's own marketing preference, per account and alias. Append-only: the latest at_ms counts.
-- It never becomes do-not-contact by itself.
CREATE TABLE marketing (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL,
    alias   INTEGER NOT NULL,
    state   INTEGER NOT NULL, -- MarketingState
    at_ms   INTEGER NOT NULL, -- since when, as it was told
    kept_ms INTEGER NOT NULL, -- when it was stored
    source  TEXT    NOT NULL, -- MarketingSource
    raw     TEXT    NOT NULL, -- the gateway's own words, or the operator's
    by      TEXT    NOT NULL
) STRICT;
CREATE INDEX marketing_alias ON marketing (alias, account);
CREATE INDEX marketing_account ON marketing (account);
