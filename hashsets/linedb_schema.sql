-- The unit's deal-line database. Documented here and nowhere else; meta 'schema' is its version.
-- Times are ms UTC, NULL is "not known"; "until" is the first ms after the window.
--
-- Nothing is ever overwritten. What a person proposes is a new version of a row; it counts once
-- another person has approved the proposal. The rows that count now have current = 1; gone = 1 is
-- a row that was taken out. base is the version that the proposer saw (0: there was none): if
-- another one counts by the time of approval, the proposal is refused.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID; -- 'schema', 'id',
  -- 'source_map', 'info_map', 'handling_map': what 5x5x5 grades become, one character for each

CREATE TABLE signer (          -- keys that acted here
  id TEXT PRIMARY KEY,
  public BLOB NOT NULL,
  name TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE proposal (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,          -- 'import','add','amend','undo','link','candidates'
  state TEXT NOT NULL,         -- 'open','approved','refused'
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  decided_by TEXT,
  decided_at INTEGER,
  undoes INTEGER,              -- proposal
  victim INTEGER NOT NULL,     -- 1: touches a number that a child uses; a supervisor decides
  rows INTEGER NOT NULL,
  sha256 TEXT NOT NULL         -- of its rows in all tables, in order
);

CREATE TABLE line (
  id INTEGER NOT NULL, v INTEGER NOT NULL, base INTEGER NOT NULL,
  proposal INTEGER NOT NULL, current INTEGER NOT NULL, gone INTEGER NOT NULL,
  uuid TEXT NOT NULL, name TEXT NOT NULL, words TEXT NOT NULL, -- words: name.h
  status TEXT NOT NULL, area TEXT, areas TEXT, drugs TEXT, ocg TEXT,
  unit TEXT, contact TEXT, warning INTEGER NOT NULL DEFAULT 0, -- 1: risk to life
  ddtro TEXT, ddtro_on INTEGER,
  holder TEXT,                 -- restricted: never leaves
  PRIMARY KEY (id, v)
) WITHOUT ROWID;
CREATE INDEX line_words ON line(words) WHERE current;
CREATE INDEX line_uuid ON line(uuid) WHERE current;
CREATE INDEX line_proposal ON line(proposal);

CREATE TABLE brand (           -- further names of a line
  id INTEGER NOT NULL, v INTEGER NOT NULL, base INTEGER NOT NULL,
  proposal INTEGER NOT NULL, current INTEGER NOT NULL, gone INTEGER NOT NULL,
  line INTEGER NOT NULL, name TEXT NOT NULL, words TEXT NOT NULL, "from" INTEGER, until INTEGER,
  PRIMARY KEY (id, v)
) WITHOUT ROWID;
CREATE INDEX brand_words ON brand(words) WHERE current;
CREATE INDEX brand_line ON brand(line) WHERE current;
CREATE INDEX brand_proposal ON brand(proposal);

CREATE TABLE assertion (       -- "this identifier belonged to this line from .. to": what is graded
  id INTEGER NOT NULL, v INTEGER NOT NULL, base INTEGER NOT NULL,
  proposal INTEGER NOT NULL, current INTEGER NOT NULL, gone INTEGER NOT NULL,
  line INTEGER NOT NULL,
  type TEXT NOT NULL,          -- 'number','handle','imei','imsi','iccid','meid','esn','mac','udid',
                               -- 'android-id','other'
  raw TEXT NOT NULL,
  key TEXT NOT NULL,           -- what is compared: '+44...', or key space and text (lines_row.h)
  "from" INTEGER, until INTEGER,
  precision TEXT NOT NULL,     -- of the dates: 'day','month','unknown'
  role TEXT NOT NULL,          -- 'deal','holder','worker','burner','victim'
  status TEXT NOT NULL,        -- line_status_word()
  grade TEXT NOT NULL,         -- 3x5x2: '1AP', '2B', ''
  original TEXT,               -- the 5x5x5 grade that it was made from
  conditions TEXT,             -- of handling C: goes with the number wherever it goes
  force TEXT, reference TEXT, officer TEXT, received INTEGER, -- provenance: never leaves
  review_by INTEGER NOT NULL,
  PRIMARY KEY (id, v)
) WITHOUT ROWID;
CREATE INDEX assertion_key ON assertion(key) WHERE current;
CREATE INDEX assertion_line ON assertion(line) WHERE current;
CREATE INDEX assertion_proposal ON assertion(proposal);

CREATE TABLE link (            -- one line and the next
  id INTEGER NOT NULL, v INTEGER NOT NULL, base INTEGER NOT NULL,
  proposal INTEGER NOT NULL, current INTEGER NOT NULL, gone INTEGER NOT NULL,
  line INTEGER NOT NULL, other INTEGER NOT NULL,
  kind TEXT NOT NULL,          -- 'swap' (assertions: an old number, then a new one of one line),
                               -- 'takeover' (lines: other runs it now), 'same', 'not' (refused)
  "from" INTEGER, evidence TEXT NOT NULL,
  PRIMARY KEY (id, v)
) WITHOUT ROWID;
CREATE INDEX link_line ON link(line) WHERE current;
CREATE INDEX link_proposal ON link(proposal);

CREATE TABLE template (        -- a text that a line sends out, as hashes of five words at a time
  id INTEGER NOT NULL, v INTEGER NOT NULL, base INTEGER NOT NULL,
  proposal INTEGER NOT NULL, current INTEGER NOT NULL, gone INTEGER NOT NULL,
  line INTEGER NOT NULL, assertion INTEGER, shingles BLOB NOT NULL, -- sorted u64, big-endian
  PRIMARY KEY (id, v)
) WITHOUT ROWID;
CREATE INDEX template_line ON template(line) WHERE current;
CREATE INDEX template_proposal ON template(proposal);

CREATE TABLE note (            -- facts and assessments apart: never leaves
  id INTEGER NOT NULL, v INTEGER NOT NULL, base INTEGER NOT NULL,
  proposal INTEGER NOT NULL, current INTEGER NOT NULL, gone INTEGER NOT NULL,
  line INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, -- 'fact','assessment'
  PRIMARY KEY (id, v)
) WITHOUT ROWID;
CREATE INDEX note_line ON note(line) WHERE current;
CREATE INDEX note_proposal ON note(proposal);

CREATE TABLE candidate (       -- an unknown number that behaved like a line, on one phone
  id INTEGER NOT NULL, v INTEGER NOT NULL, base INTEGER NOT NULL,
  proposal INTEGER NOT NULL, current INTEGER NOT NULL, gone INTEGER NOT NULL,
  key TEXT NOT NULL, raw TEXT NOT NULL,
  token TEXT NOT NULL,         -- of the case: says only whether two are the same
  first INTEGER, last INTEGER, -- days of contact
  why TEXT NOT NULL,
  PRIMARY KEY (id, v)
) WITHOUT ROWID;
CREATE INDEX candidate_key ON candidate(key, token) WHERE current;
CREATE INDEX candidate_proposal ON candidate(proposal);

CREATE TABLE issue (           -- packs that were given out
  number INTEGER PRIMARY KEY,
  base INTEGER NOT NULL,       -- 0: full
  issued INTEGER NOT NULL, expires INTEGER NOT NULL,
  unit TEXT NOT NULL, keyed TEXT NOT NULL, -- id of the key of the identifiers, '' if they are clear
  identifiers INTEGER NOT NULL, lines INTEGER NOT NULL,
  pack_sha256 TEXT NOT NULL, content_sha256 TEXT NOT NULL,
  content BLOB                 -- of the last few: what a delta stands on
);

CREATE TABLE log (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL, signature BLOB); -- chain.h
CREATE TABLE log_text (seq INTEGER NOT NULL, field TEXT NOT NULL, salt BLOB NOT NULL, text TEXT,
  PRIMARY KEY (seq, field)) WITHOUT ROWID;
