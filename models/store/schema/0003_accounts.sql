-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was learned of the gateway behind an account: the last truth probe, and what its engine refused at run time.
ALTER TABLE accounts ADD COLUMN probe_outcome INTEGER NOT NULL DEFAULT 0; -- 2: its "valid" is shown as unverified
ALTER TABLE accounts ADD COLUMN probe_ms INTEGER NOT NULL DEFAULT 0;

CREATE TABLE account_refusals (
    account INTEGER NOT NULL REFERENCES accounts (id),
    what    INTEGER NOT NULL, -- Capability of models/domain/account.h
    code    INTEGER NOT NULL,
    at_ms   INTEGER NOT NULL,
    PRIMARY KEY (account, what)
) STRICT, WITHOUT ROWID;
