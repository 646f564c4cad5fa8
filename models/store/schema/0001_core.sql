-- SPDX-License-Identifier: GPL-3.0-or-later
-- Times are UTC milliseconds. Words and states are the numbers of the enums in models/domain. '' means "none".

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY, -- latest_wall_ms: latest wall time seen; change: counter of writing transactions
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('latest_wall_ms', 0), ('change', 0);

CREATE TABLE boots (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- Aliases that are not E.164 numbers. The key of such an alias is the negative of its id.
CREATE TABLE alias_names (
    id   INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (kind, text)
) STRICT;

CREATE TABLE people (
    id              INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice: undo and redo speak of ids that are gone
    changed         INTEGER NOT NULL,                  -- meta.change at the last change of anything shown
    batch           INTEGER NOT NULL,                  -- the batch that added it
    last_batch      INTEGER NOT NULL,                  -- the batch that last changed a field
    name            TEXT    NOT NULL,
    raw             TEXT    NOT NULL,                  -- the number as typed
    e164            INTEGER,                           -- two people may share a number
    typed_alias     INTEGER,                           -- negative key of `raw` where there is no E.164
    region          TEXT    NOT NULL,
    state           INTEGER NOT NULL,
    plus            INTEGER NOT NULL,
    do_not_contact  INTEGER NOT NULL,
    consent         INTEGER NOT NULL,
    last_inbound_ms INTEGER NOT NULL,
    created_ms      INTEGER NOT NULL,
    email           TEXT    NOT NULL,
    organisation    TEXT    NOT NULL,
    tags            TEXT    NOT NULL,                  -- U+001F before, between and after
    note            TEXT    NOT NULL
) STRICT;
CREATE INDEX people_e164 ON people (e164) WHERE e164 IS NOT NULL;
CREATE INDEX people_name ON people (name COLLATE NOCASE);
CREATE INDEX people_typed_alias ON people (typed_alias) WHERE typed_alias IS NOT NULL;
CREATE INDEX people_region ON people (region);
CREATE INDEX people_changed ON people (changed);
CREATE INDEX people_batch ON people (batch);

-- Further aliases of a person; the main number stands in people.
CREATE TABLE aliases (
    person INTEGER NOT NULL,
    alias  INTEGER NOT NULL,
    kind   INTEGER NOT NULL,
    PRIMARY KEY (person, alias, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_alias ON aliases (alias);

CREATE TABLE accounts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT    NOT NULL,
    kind         INTEGER NOT NULL,
    address      TEXT    NOT NULL,
    user         TEXT    NOT NULL,
    sender       TEXT    NOT NULL,
    ca_file      TEXT    NOT NULL,
    region       TEXT    NOT NULL,
    country_code INTEGER NOT NULL,
    keep_seconds INTEGER NOT NULL,
    per_hour     INTEGER NOT NULL,
    per_day      INTEGER NOT NULL,
    cool_down    INTEGER NOT NULL,
    sandbox      INTEGER NOT NULL,
    has_secret   INTEGER NOT NULL,
    cannot_tell  TEXT    NOT NULL,
    removed      INTEGER NOT NULL DEFAULT 0 -- its verdicts and runs stay, named by the old name
) STRICT;

CREATE TABLE verdicts (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    account  INTEGER NOT NULL,
    alias    INTEGER NOT NULL,
    word     INTEGER NOT NULL,
    code     INTEGER NOT NULL,
    source   INTEGER NOT NULL,
    run      INTEGER NOT NULL,
    wall_ms  INTEGER NOT NULL,
    mono_ms  INTEGER NOT NULL,
    boot     INTEGER NOT NULL REFERENCES boots (id),
    raw_word TEXT    NOT NULL,
    wa_id    TEXT    NOT NULL,
    asked    TEXT    NOT NULL,
    reason   TEXT    NOT NULL
) STRICT;
CREATE INDEX verdicts_alias ON verdicts (alias);
CREATE INDEX verdicts_run ON verdicts (run);

-- What counts, per account and alias: the last verdict, and the last that can be fresh (valid, invalid, unverified).
-- The second counts while it is fresh, else the first.
CREATE TABLE newest (
    account      INTEGER NOT NULL,
    alias        INTEGER NOT NULL,
    last_verdict INTEGER NOT NULL,
    last_word    INTEGER NOT NULL,
    use_verdict  INTEGER NOT NULL, -- 0 = there is none
    use_word     INTEGER NOT NULL,
    use_wall_ms  INTEGER NOT NULL,
    use_mono_ms  INTEGER NOT NULL,
    use_boot     INTEGER NOT NULL,
    PRIMARY KEY (account, alias)
) STRICT, WITHOUT ROWID;

-- Append-only. With person NULL it holds for everybody whom `batch` added.
CREATE TABLE consents (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    person  INTEGER,
    batch   INTEGER NOT NULL,
    what    INTEGER NOT NULL,
    at_ms   INTEGER NOT NULL, -- when it was given, as stated
    kept_ms INTEGER NOT NULL, -- when it was stored
    source  TEXT    NOT NULL,
    wording TEXT    NOT NULL,
    by      TEXT    NOT NULL
) STRICT;
CREATE INDEX consents_person ON consents (person) WHERE person IS NOT NULL;
CREATE INDEX consents_batch ON consents (batch);
-- Without it each person of an import with opt-in dates would look through all events of that import.
CREATE INDEX consents_wide ON consents (batch) WHERE person IS NULL;

CREATE TABLE stops (
    alias  INTEGER PRIMARY KEY,
    at_ms  INTEGER NOT NULL,
    batch  INTEGER NOT NULL,
    reason TEXT    NOT NULL,
    by     TEXT    NOT NULL
) STRICT;

CREATE TABLE runs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account    INTEGER NOT NULL,
    state      INTEGER NOT NULL,
    force      INTEGER NOT NULL,
    wait       INTEGER NOT NULL,
    started_ms INTEGER NOT NULL,
    ended_ms   INTEGER NOT NULL,
    by         TEXT    NOT NULL,
    total      INTEGER NOT NULL,
    answered   INTEGER NOT NULL,
    failed     INTEGER NOT NULL,
    not_asked  INTEGER NOT NULL,
    cached     INTEGER NOT NULL
) STRICT;

CREATE TABLE run_items (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    run      INTEGER NOT NULL REFERENCES runs (id),
    alias    INTEGER NOT NULL,
    person   INTEGER NOT NULL,
    state    INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    code     INTEGER NOT NULL,
    due_ms   INTEGER NOT NULL, -- a planned item is not asked before
    asked_ms INTEGER NOT NULL, -- first asking, 0 = never
    booking  INTEGER NOT NULL, -- of the present asking, 0 = it was not counted
    ask      TEXT    NOT NULL,
    reason   TEXT    NOT NULL
) STRICT;
CREATE INDEX run_items_run ON run_items (run, state, due_ms);

-- Live checks that were booked, whatever became of them. wall_ms never runs backwards (latest wall time seen).
CREATE TABLE bookings (
    id      INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    alias   INTEGER NOT NULL,
    wall_ms INTEGER NOT NULL,
    mono_ms INTEGER NOT NULL,
    boot    INTEGER NOT NULL REFERENCES boots (id)
) STRICT;
CREATE INDEX bookings_time ON bookings (account, wall_ms);
CREATE INDEX bookings_mono ON bookings (account, boot, mono_ms);
CREATE INDEX bookings_alias ON bookings (account, alias, wall_ms);

CREATE TABLE batches (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    act           TEXT    NOT NULL,
    at_ms         INTEGER NOT NULL,
    change        INTEGER NOT NULL, -- meta.change of its transaction
    people        INTEGER NOT NULL,
    undone        INTEGER NOT NULL DEFAULT 0,
    undone_change INTEGER NOT NULL DEFAULT 0,
    can_undo      INTEGER NOT NULL, -- 0: a stop, or its before-values are past their 30 days
    by            TEXT    NOT NULL
) STRICT;

-- People whose fields a batch changed, and who had changed them before.
CREATE TABLE batch_people (
    batch      INTEGER NOT NULL REFERENCES batches (id),
    person     INTEGER NOT NULL,
    last_batch INTEGER NOT NULL,
    PRIMARY KEY (batch, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE batch_fields (
    batch  INTEGER NOT NULL REFERENCES batches (id),
    person INTEGER NOT NULL,
    field  INTEGER NOT NULL, -- PersonField of models/store/internal/personsql.h
    before TEXT    NOT NULL,
    after  TEXT    NOT NULL,
    PRIMARY KEY (batch, person, field)
) STRICT, WITHOUT ROWID;

-- People whom a batch (or the undo of a batch) took away, as they were.
CREATE TABLE removed_people (
    by_batch        INTEGER NOT NULL REFERENCES batches (id),
    id              INTEGER NOT NULL,
    batch           INTEGER NOT NULL,
    last_batch      INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    raw             TEXT    NOT NULL,
    e164            INTEGER,
    typed_alias     INTEGER,
    region          TEXT    NOT NULL,
    state           INTEGER NOT NULL,
    plus            INTEGER NOT NULL,
    do_not_contact  INTEGER NOT NULL,
    consent         INTEGER NOT NULL,
    last_inbound_ms INTEGER NOT NULL,
    created_ms      INTEGER NOT NULL,
    email           TEXT    NOT NULL,
    organisation    TEXT    NOT NULL,
    tags            TEXT    NOT NULL,
    note            TEXT    NOT NULL,
    PRIMARY KEY (by_batch, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    seq      INTEGER PRIMARY KEY,
    at_ms    INTEGER NOT NULL,
    subject  INTEGER NOT NULL,
    batch    INTEGER NOT NULL,
    run      INTEGER NOT NULL,
    operator TEXT    NOT NULL,
    act      TEXT    NOT NULL,
    outcome  TEXT    NOT NULL,
    digest   BLOB    NOT NULL, -- SHA-256(salt || details), empty when there never were details
    hash     BLOB    NOT NULL  -- SHA-256(hash of seq - 1 || canonical entry), see models/store/internal/journalchain.h
) STRICT;

CREATE TABLE journal_details (
    seq     INTEGER PRIMARY KEY REFERENCES journal (seq),
    salt    BLOB    NOT NULL,
    details TEXT    NOT NULL
) STRICT;
