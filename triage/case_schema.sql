-- case.db: what one case holds. Documented here and nowhere else; schema version is meta 'schema'.
-- Every table is written in exhibit order and source order, so the same input gives the same rows.
-- Times are ms UTC; NULL is "not set". Words are those of the C headers named beside them.

CREATE TABLE meta (            -- 'schema', 'tool' (name and version), 'training' ('1' or '0'), 'zone',
                               -- 'case' (32 random hex digits, 'training' in a training case)
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE run (             -- each scan of this case; the only table with times of running
  id INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  started INTEGER NOT NULL,
  finished INTEGER
);

CREATE TABLE exhibit (         -- one source: a phone, backup, archive, folder or file
  id INTEGER PRIMARY KEY,      -- EX1 is 1
  label TEXT NOT NULL,         -- last part of the path as given
  kind TEXT NOT NULL,          -- 'itunes-backup', 'folder', 'file', 'archive', 'iphone', 'typed'
  platform TEXT NOT NULL,      -- 'ios', 'android', 'unknown'
  fingerprint TEXT NOT NULL,   -- tells the same source given again (SHA-256 over paths and sizes
                               -- of the files listed, whatever is in scope; see taken)
  state TEXT NOT NULL,         -- 'reading' (interrupted if no run is open), 'whole', 'failed'
  files_seen INTEGER NOT NULL DEFAULT 0,
  bytes_seen INTEGER NOT NULL DEFAULT 0,
  files_kept INTEGER NOT NULL DEFAULT 0,
  bytes_kept INTEGER NOT NULL DEFAULT 0,
  detail TEXT,                 -- why it failed
  stage INTEGER NOT NULL DEFAULT 3,   -- that it was read at: 1 numbers and times, 2 text of chosen
                                      -- threads, 3 all text
  scope INTEGER NOT NULL DEFAULT 0,   -- the newest decision that it was read under
  reading INTEGER NOT NULL DEFAULT 1  -- how often it was read; names its folder in vault/
);

CREATE TABLE taken (           -- of the files listed, those whose bytes were in scope: with the
                               -- fingerprint they tell the same source given again
  exhibit INTEGER NOT NULL REFERENCES exhibit,
  n INTEGER NOT NULL,          -- place in the list, from 0
  ends TEXT NOT NULL,          -- SHA-256 over the first and last 64 KiB of it and its side files
  PRIMARY KEY (exhibit, n)
) WITHOUT ROWID;

CREATE TABLE outside (         -- rows that were read and not kept, counted
  exhibit INTEGER NOT NULL REFERENCES exhibit,
  reason TEXT NOT NULL,        -- scope_out_word()
  kind TEXT NOT NULL,          -- record_kind_word()
  rows INTEGER NOT NULL,
  PRIMARY KEY (exhibit, reason, kind)
) WITHOUT ROWID;

CREATE TABLE evidence_file (   -- each file that was read, or that should have been
  id INTEGER PRIMARY KEY,
  exhibit INTEGER NOT NULL REFERENCES exhibit,
  path TEXT NOT NULL,          -- as the source names it (UTF-8; other bytes as U+FFFD, see path_hex)
  path_hex TEXT,               -- the bytes, when they are not UTF-8
  size INTEGER,
  sha256 TEXT,                 -- NULL when not read
  side_of INTEGER REFERENCES evidence_file, -- a -wal or -journal: the database it belongs to; the
                               -- database that was in an opened backup: the backup
  state TEXT NOT NULL,         -- evidence_state_word(): 'read','absent','encrypted','out-of-scope',
                               -- 'unreadable','newer-than-tested','present-not-read',
                               -- 'typed' (typed.h: what a person saw on the handset)
  parser TEXT,                 -- parser.name
  kinds INTEGER NOT NULL DEFAULT 0, -- KIND_BIT()s that it would give
  vault TEXT,                  -- name in CASE/vault, NULL when read in place or since erased
  detail TEXT                  -- why not read, in plain words
);

CREATE TABLE app (             -- messaging and other telling apps seen on the phone
  exhibit INTEGER NOT NULL REFERENCES exhibit,
  id TEXT NOT NULL,            -- bundle id or package
  name TEXT NOT NULL,
  read INTEGER NOT NULL,       -- 1: a parser read its messages, 0: present but not read
  evidence TEXT NOT NULL,      -- where it was seen
  PRIMARY KEY (exhibit, id)
) WITHOUT ROWID;

CREATE TABLE warning (         -- counted, named losses and notes
  id INTEGER PRIMARY KEY,
  exhibit INTEGER NOT NULL REFERENCES exhibit,
  file INTEGER REFERENCES evidence_file,
  kind TEXT NOT NULL,          -- warning_word() of parser.h, or 'source' for the source as a whole
  loss INTEGER NOT NULL,       -- 1: something was not read, 0: a note
  tbl TEXT,
  row INTEGER,
  detail TEXT NOT NULL,
  times INTEGER NOT NULL       -- the same kind, table and detail beyond the first 100 rows are only counted
);

CREATE TABLE party (           -- a handle as one source file gives it
  id INTEGER PRIMARY KEY,
  exhibit INTEGER NOT NULL REFERENCES exhibit,
  role TEXT NOT NULL,          -- role_word(): 'owner','person','unknown'
  raw BLOB,                    -- as stored; NULL: the source does not say
  kind TEXT NOT NULL,          -- id_kind_word()
  e164 INTEGER,                -- digits without '+', NULL if none; of a hidden name: see reason
  certainty TEXT NOT NULL,     -- id_certainty_word()
  reason TEXT NOT NULL,
  name BLOB                    -- the name the source gives beside it
);

CREATE TABLE party_set (       -- who a record was sent to; shared by all records with the same list
  id INTEGER NOT NULL,
  n INTEGER NOT NULL,          -- position from 0
  party INTEGER NOT NULL REFERENCES party,
  PRIMARY KEY (id, n)
) WITHOUT ROWID;

CREATE TABLE thread (
  id INTEGER PRIMARY KEY,
  file INTEGER NOT NULL REFERENCES evidence_file,
  key BLOB NOT NULL,
  name BLOB
);

CREATE TABLE record (          -- id order is the order of reading: file, then the parser's own order
  id INTEGER PRIMARY KEY,
  file INTEGER NOT NULL REFERENCES evidence_file,
  tbl TEXT NOT NULL,           -- origin: table and row
  row INTEGER NOT NULL,
  kind INTEGER NOT NULL,       -- enum record_kind of record.h: 0 account, 1 contact, 2 call,
                               -- 3 message, 4 reaction, 5 system; traces, not scored: 6 apps,
                               -- 7 notifications, 8 contacts used, 9 usage, 10 permissions, 11 note
                               -- titles, 12 calendar
  time INTEGER,
  time_raw TEXT,
  unit TEXT,                   -- time_unit_word()
  direction INTEGER NOT NULL,  -- 0 unknown, 1 in, 2 out
  "from" INTEGER REFERENCES party,
  "to" INTEGER,                -- party_set.id
  thread INTEGER REFERENCES thread,
  service TEXT,
  text BLOB,                   -- as stored
  duration INTEGER,            -- ms
  name BLOB,                   -- contacts
  read INTEGER,                -- 1, 0, NULL unknown
  state INTEGER NOT NULL,      -- STATE_* bits of record.h
  text_state INTEGER NOT NULL DEFAULT 0 -- enum text_state of scope.h: why a text is not here
);

CREATE TABLE clock (           -- a clock whose zone the source does not say; record.time is then NULL
  record INTEGER PRIMARY KEY REFERENCES record,
  shown INTEGER NOT NULL       -- what it showed, in ms as if it were UTC's
);

CREATE TABLE contact_id (      -- identifiers of contact and account records
  record INTEGER NOT NULL REFERENCES record,
  n INTEGER NOT NULL,
  party INTEGER NOT NULL REFERENCES party,
  label BLOB,
  PRIMARY KEY (record, n)
) WITHOUT ROWID;

CREATE TABLE attachment (      -- name and type only: content is never read
  record INTEGER NOT NULL REFERENCES record,
  n INTEGER NOT NULL,
  name BLOB,
  type BLOB,
  PRIMARY KEY (record, n)
) WITHOUT ROWID;

CREATE TABLE mention (         -- phone numbers in the text of a record
  record INTEGER NOT NULL REFERENCES record,
  n INTEGER NOT NULL,
  start INTEGER NOT NULL,      -- bytes in record.text
  stop INTEGER NOT NULL,
  e164 INTEGER NOT NULL,
  kind TEXT NOT NULL,
  certainty TEXT NOT NULL,
  PRIMARY KEY (record, n)
) WITHOUT ROWID;

CREATE TABLE quoted (          -- text of another message that a record answers: not its sender's, not matched
  record INTEGER PRIMARY KEY REFERENCES record,
  text BLOB NOT NULL           -- as stored
);

CREATE TABLE pack (            -- what was matched against
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,          -- 'lines-csv', 'lines' (a signed pack), 'rules', 'scoring'
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  entries INTEGER NOT NULL,
  skipped INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE line (            -- assertions that something in this case met
  id INTEGER PRIMARY KEY,
  pack INTEGER NOT NULL REFERENCES pack,
  csv_row INTEGER NOT NULL,
  line TEXT NOT NULL,
  identifier TEXT NOT NULL,
  e164 INTEGER,
  "from" INTEGER,
  until INTEGER,               -- first ms after the window
  status TEXT NOT NULL,        -- line_status_word()
  grade TEXT NOT NULL          -- '1AP', '2B', '' when not graded
);

CREATE TABLE line_source (     -- what stands behind an assertion of a signed pack
  line INTEGER PRIMARY KEY REFERENCES line,
  assertion INTEGER NOT NULL,  -- the unit's number of it; 0: the name of the line was met
  uuid TEXT NOT NULL,          -- of the line
  unit TEXT NOT NULL,          -- whom to ask first
  contact TEXT NOT NULL,
  conditions TEXT NOT NULL,    -- of its handling
  lapsed INTEGER NOT NULL,     -- 1: its review was overdue when the pack was issued
  number INTEGER NOT NULL,     -- of the pack
  issued INTEGER NOT NULL,
  age INTEGER NOT NULL         -- days of the pack when it was matched
);

CREATE TABLE rescan (          -- the case was matched against another list, without the phone
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  was TEXT NOT NULL,           -- number of the pack before, the name of a CSV file, '' for none
  now TEXT NOT NULL,
  was_level INTEGER,           -- outcome.level
  now_level INTEGER,
  result TEXT NOT NULL         -- the result before, as scan --json gave it
);

CREATE TABLE rescan_change (
  rescan INTEGER NOT NULL REFERENCES rescan,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,          -- 'new', 'gone', 'changed'
  line TEXT NOT NULL, identifier TEXT NOT NULL,
  was TEXT NOT NULL,           -- dates, status, grade in words
  now TEXT NOT NULL,
  PRIMARY KEY (rescan, n)
) WITHOUT ROWID;

CREATE TABLE rule (            -- each rule that was loaded, whether it hit or not
  id TEXT PRIMARY KEY,
  pack INTEGER NOT NULL REFERENCES pack,
  category TEXT NOT NULL,
  stage INTEGER NOT NULL,
  meaning TEXT NOT NULL,
  innocent TEXT NOT NULL,
  not_run TEXT                 -- why it did not run, NULL if it ran
) WITHOUT ROWID;

CREATE TABLE match (           -- a record met a line or a rule; in record order
  id INTEGER PRIMARY KEY,
  record INTEGER NOT NULL REFERENCES record,
  line INTEGER REFERENCES line,
  rule TEXT REFERENCES rule,
  via TEXT NOT NULL,           -- 'from', 'to', 'contact', 'account', 'mention', 'member' (in the group,
                               -- not a side of this record), 'name', 'text'
  start INTEGER,               -- bytes in record.text, for 'mention' and 'text'
  stop INTEGER
);

-- Assessments: made from the tables above by score_case(), replaced as a whole each time.
CREATE TABLE outcome (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  level INTEGER,               -- 0..3, NULL "Cannot say: too little was read"
  link INTEGER NOT NULL,       -- axis 1, 0..100
  harm TEXT NOT NULL,          -- axis 2: 'none','possible','strong','immediate'
  coverage INTEGER NOT NULL    -- axis 3: per cent of files in scope that were read
);

CREATE TABLE finding (         -- id order is the order to show them
  id TEXT PRIMARY KEY,         -- 'F1', 'F2' ...
  n INTEGER NOT NULL UNIQUE,
  rule TEXT NOT NULL,          -- rule id, or 'line' / 'line-name' for the line list
  category TEXT NOT NULL,
  line TEXT,                   -- the line's brand
  points INTEGER NOT NULL,
  reason TEXT NOT NULL,
  meaning TEXT NOT NULL,
  innocent TEXT NOT NULL,
  without TEXT NOT NULL,       -- "Without this the level would be: ..."
  without_level INTEGER,
  pivotal INTEGER NOT NULL,    -- 1: in the smallest set without which the level would change
  grade_kind TEXT              -- line matches: 'saved-only','received-only','two-way','dialled','mentioned'
) WITHOUT ROWID;

CREATE TABLE finding_record (  -- the facts a finding rests on
  finding TEXT NOT NULL REFERENCES finding,
  n INTEGER NOT NULL,          -- from 1
  record INTEGER NOT NULL REFERENCES record,
  start INTEGER,
  stop INTEGER,
  PRIMARY KEY (finding, n)
) WITHOUT ROWID;

CREATE TABLE finding_count (   -- how many records in all, where only the first are listed
  finding TEXT PRIMARY KEY REFERENCES finding,
  records INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE role (            -- "consistent with", at most three
  id TEXT PRIMARY KEY,         -- 'customer', 'worker' ... (design: contracts)
  n INTEGER NOT NULL,
  "for" TEXT NOT NULL,         -- JSON array of finding ids
  against TEXT NOT NULL        -- JSON array of plain sentences
) WITHOUT ROWID;

CREATE TABLE signer (          -- keys that acted on this case (hashsets/key.h)
  id TEXT PRIMARY KEY,         -- key id, 16 hex digits
  public BLOB NOT NULL,        -- Ed25519, 32 bytes
  name TEXT NOT NULL           -- as the key or the policy says
) WITHOUT ROWID;

CREATE TABLE vault_key (       -- the key of vault/, sealed to each key that may open it; case_key.h
  who TEXT PRIMARY KEY,        -- key id; '' in a training case, where it stands openly
  name TEXT NOT NULL,          -- whose key that is
  sealed BLOB NOT NULL         -- key_seal() of the 32 bytes; in a training case the bytes
) WITHOUT ROWID;

CREATE TABLE salt (            -- per table: without it the digests of the log say nothing
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL          -- 32 random bytes; zeros in a training case
) WITHOUT ROWID;

CREATE TABLE decision (        -- what a person decided; never edited: a new one supersedes, both stay
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,          -- decision_kind_word() of decision.h
  at INTEGER NOT NULL,
  by TEXT NOT NULL,            -- key id, '' in a training case
  body TEXT NOT NULL,          -- canonical JSON: the choices, and commitments to the free texts
  signature BLOB,
  second TEXT,                 -- key id of the second person, where one is needed
  second_signature BLOB,
  supersedes INTEGER REFERENCES decision
);

CREATE TABLE decision_text (   -- free text of a decision; can be erased without breaking the log
  decision INTEGER NOT NULL REFERENCES decision,
  field TEXT NOT NULL,
  salt BLOB NOT NULL,          -- body holds SHA-256(salt, text) under this field's name
  text TEXT,                   -- NULL: erased
  PRIMARY KEY (decision, field)
) WITHOUT ROWID;

CREATE TABLE log (             -- append-only, chained; see caselog.h
  seq INTEGER PRIMARY KEY,
  entry TEXT NOT NULL,         -- canonical JSON
  signature BLOB               -- by the entry's "by"; NULL in a training case
);

CREATE TABLE log_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  sha256 TEXT NOT NULL         -- of the last entry
);
