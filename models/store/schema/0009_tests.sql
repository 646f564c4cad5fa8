-- SPDX-License-Identifier: GPL-3.0-or-later
-- The last connection test of each account, line by line, so that it is still known after a restart. No secret is in it.
CREATE TABLE account_tests (
    account INTEGER NOT NULL REFERENCES accounts (id),
    place   INTEGER NOT NULL, -- from 0, in the order of the checklist
    step    TEXT    NOT NULL, -- TestStep::id
    state   INTEGER NOT NULL, -- TestStep::State
    found   TEXT    NOT NULL, -- what was found, as models/domain/accounttest.h says; failed: its subject
    failure TEXT    NOT NULL, -- kind of the failure, a stable word (models/base/failureword.h); '' = none
    code    INTEGER NOT NULL,
    at_ms   INTEGER NOT NULL, -- end of the test
    PRIMARY KEY (account, place)
) STRICT, WITHOUT ROWID;
