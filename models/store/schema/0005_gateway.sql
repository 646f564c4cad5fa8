-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a gateway told of somebody, per account and alias (the main number's key): of its own contact list or asked for
-- one person. None of it is ours: `profile_name` is self-chosen and never becomes people.name.
CREATE TABLE gateway_contacts (
    account      INTEGER NOT NULL,
    alias        INTEGER NOT NULL,
    chat_id      TEXT    NOT NULL, -- JID, '' = not told
    lid          TEXT    NOT NULL, -- "1@lid", '' = not told
    name         TEXT    NOT NULL, -- as saved on the phone
    profile_name TEXT    NOT NULL,
    about        TEXT    NOT NULL,
    saved        INTEGER NOT NULL, -- in the phone's address book
    at_ms        INTEGER NOT NULL,
    PRIMARY KEY (account, alias)
) STRICT, WITHOUT ROWID;
CREATE INDEX gateway_contacts_alias ON gateway_contacts (alias);

-- Aliases that a batch gave to people, for its undo.
CREATE TABLE batch_aliases (
    batch  INTEGER NOT NULL REFERENCES batches (id),
    person INTEGER NOT NULL,
    alias  INTEGER NOT NULL,
    kind   INTEGER NOT NULL,
    PRIMARY KEY (batch, person, alias, kind)
) STRICT, WITHOUT ROWID;
