import type { Statement } from './database.ts'
import { statements } from './sql-text.ts'

/** Raise this whenever a projection changes: the next start rebuilds them all from the log. */
export const PROJECTION_VERSION = 13

/** What is derived from the log by `projections.ts`, dropped and made again at will. */
export const projectionTables: readonly Statement[] = statements(`
CREATE TABLE projection (
  version INTEGER NOT NULL,
  seq INTEGER NOT NULL
) STRICT;

CREATE TRIGGER projection_is_current BEFORE UPDATE OF version ON projection
WHEN NEW.version IS NOT OLD.version OR OLD.seq IS NOT (SELECT coalesce(max(seq), -1) FROM entry) BEGIN
  SELECT RAISE(ABORT, 'projections are being rebuilt');
END;

CREATE TABLE lexicon (
  version TEXT PRIMARY KEY,
  language TEXT NOT NULL,
  stream TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE codebook (
  version TEXT PRIMARY KEY,
  stream TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE coding_round (
  id TEXT PRIMARY KEY,
  stream TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL UNIQUE,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  source TEXT NOT NULL,
  joint TEXT,
  joint_at TEXT,
  joint_by TEXT,
  closed_at TEXT,
  closed_by TEXT,
  closed_because TEXT,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE blind_outcome (
  question TEXT NOT NULL,
  by TEXT NOT NULL,
  seq INTEGER NOT NULL UNIQUE,
  at TEXT NOT NULL,
  commitment TEXT NOT NULL,
  outcome TEXT,
  PRIMARY KEY (question, by)
) STRICT, WITHOUT ROWID;

CREATE INDEX coding_round_of ON coding_round (source, seq);

CREATE TABLE coding_sent (
  round TEXT NOT NULL,
  by TEXT NOT NULL,
  seq INTEGER NOT NULL UNIQUE,
  at TEXT NOT NULL,
  commitment TEXT NOT NULL,
  coding TEXT,
  PRIMARY KEY (round, by)
) STRICT;

CREATE TABLE source (
  id TEXT PRIMARY KEY,
  stream TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL UNIQUE,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  address_key TEXT UNIQUE,
  same_key TEXT,
  published_to TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE archived (
  source TEXT PRIMARY KEY,
  seq INTEGER NOT NULL UNIQUE,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;

CREATE INDEX source_by_outlet ON source (record ->> '$.publisher');

CREATE INDEX source_same ON source (same_key) WHERE same_key IS NOT NULL;

CREATE TABLE analyst (
  id TEXT PRIMARY KEY,
  stream TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL UNIQUE,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  changed INTEGER NOT NULL,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE analyst_name (
  name_key TEXT NOT NULL,
  analyst TEXT NOT NULL,
  PRIMARY KEY (name_key, analyst)
) STRICT, WITHOUT ROWID;

CREATE INDEX analyst_name_of ON analyst_name (analyst);

CREATE TABLE analyst_near (
  near_key TEXT NOT NULL,
  analyst TEXT NOT NULL,
  PRIMARY KEY (near_key, analyst)
) STRICT, WITHOUT ROWID;

CREATE INDEX analyst_near_of ON analyst_near (analyst);

CREATE TABLE statement (
  id TEXT PRIMARY KEY,
  stream TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL UNIQUE,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  source TEXT NOT NULL,
  analyst TEXT NOT NULL,
  kind TEXT NOT NULL,
  quote_key TEXT NOT NULL,
  said TEXT NOT NULL,
  verified_at TEXT,
  verified_by TEXT,
  record TEXT NOT NULL GENERATED ALWAYS AS (CASE WHEN verified_at IS NULL THEN said
    ELSE json_set(said, '$.verified_by_ear', json_object('at', verified_at, 'by', verified_by)) END) VIRTUAL
) STRICT;

CREATE INDEX statement_same ON statement (quote_key, source);

CREATE INDEX statement_by_source ON statement (source, seq);

CREATE INDEX statement_by_analyst ON statement (analyst, kind);

CREATE TABLE question (
  id TEXT PRIMARY KEY,
  stream TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL UNIQUE,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  due_at TEXT NOT NULL,
  deadline_rev INTEGER NOT NULL,
  condition_due_at TEXT,
  condition_met TEXT,
  outcome TEXT,
  known_on TEXT,
  known_from TEXT,
  pending TEXT,
  disputed INTEGER NOT NULL DEFAULT 0,
  final_at TEXT,
  same_key TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;

CREATE INDEX question_same ON question (same_key);

CREATE INDEX question_by_family ON question (record ->> '$.family');

CREATE INDEX question_by_deadline ON question (due_at);

CREATE INDEX question_by_day_known ON question (known_on);

CREATE INDEX question_undecided ON question (due_at) WHERE outcome IS NULL;

CREATE INDEX question_unmet ON question (condition_due_at)
WHERE outcome IS NULL AND condition_due_at IS NOT NULL AND condition_met IS NULL;

CREATE INDEX question_final ON question (final_at) WHERE final_at IS NOT NULL;

CREATE INDEX question_pending ON question (due_at) WHERE pending IS NOT NULL OR disputed > 0;

CREATE TABLE question_tag (
  tag TEXT NOT NULL,
  question TEXT NOT NULL,
  PRIMARY KEY (tag, question)
) STRICT, WITHOUT ROWID;

CREATE INDEX question_tag_of ON question_tag (question);

CREATE TABLE reference (
  question TEXT NOT NULL,
  id TEXT NOT NULL,
  seq INTEGER NOT NULL UNIQUE,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  withdrawn_at TEXT,
  withdrawn_by TEXT,
  withdrawn_because TEXT,
  record TEXT NOT NULL,
  PRIMARY KEY (question, id)
) STRICT;

CREATE TABLE reference_choice (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  question TEXT NOT NULL,
  id TEXT NOT NULL
) STRICT;

CREATE INDEX reference_choice_of ON reference_choice (question, id);

CREATE TABLE forecast (
  id TEXT PRIMARY KEY,
  stream TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL UNIQUE,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  question TEXT NOT NULL,
  analyst TEXT NOT NULL,
  source TEXT NOT NULL,
  said_to TEXT NOT NULL,
  lean TEXT,
  mid REAL,
  withdrawal TEXT,
  retraction TEXT,
  proven TEXT,
  record TEXT NOT NULL
) STRICT;

CREATE INDEX forecast_unproven ON forecast (seq) WHERE proven IS NULL;

CREATE INDEX forecast_retracted ON forecast (question) WHERE retraction IS NOT NULL;

CREATE INDEX forecast_by_question ON forecast (question, said_to, seq);

CREATE INDEX forecast_by_analyst ON forecast (analyst, question);

CREATE INDEX forecast_by_source ON forecast (source);

CREATE INDEX forecast_by_day ON forecast (said_to, seq);

CREATE TABLE anchored (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  size INTEGER NOT NULL,
  kind TEXT NOT NULL,
  party TEXT NOT NULL,
  attested_at TEXT,
  record TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX anchored_by_party ON anchored (party, size);

CREATE TABLE reply (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  forecast TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;

CREATE INDEX reply_by_forecast ON reply (forecast, seq);

CREATE TABLE correction (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  type TEXT NOT NULL,
  class TEXT,
  analyst TEXT,
  source TEXT,
  question TEXT,
  forecast TEXT
) STRICT;

CREATE INDEX correction_of_question ON correction (question, seq);

CREATE INDEX correction_of_forecast ON correction (forecast, seq);

CREATE INDEX correction_of_analyst ON correction (analyst, seq);

CREATE INDEX correction_of_source ON correction (source, seq);

CREATE TABLE correction_policy (
  seq INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE report_closed (
  seq INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  received_at TEXT NOT NULL,
  mended_by INTEGER
) STRICT;

CREATE TABLE resolution (
  question TEXT NOT NULL,
  id TEXT NOT NULL,
  seq INTEGER NOT NULL UNIQUE,
  proposed_at TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  confirmed_at TEXT,
  confirmed_by TEXT,
  objection_hours INTEGER,
  disputed_at TEXT,
  disputed_by TEXT,
  disputed_because TEXT,
  superseded_by TEXT,
  outcome TEXT NOT NULL,
  known_on TEXT NOT NULL,
  known_from TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (question, id)
) STRICT;

CREATE INDEX resolution_confirmed ON resolution (confirmed_at, seq) WHERE confirmed_at IS NOT NULL;

CREATE INDEX resolution_questioned ON resolution (seq) WHERE disputed_at IS NOT NULL OR superseded_by IS NOT NULL;

CREATE TRIGGER resolution_four_eyes BEFORE UPDATE OF confirmed_by ON resolution
WHEN NEW.confirmed_by = OLD.proposed_by AND (SELECT four_eyes_in_force FROM policy) = 1 BEGIN
  SELECT RAISE(ABORT, 'four eyes: constraint failed');
END;

CREATE TABLE flag (
  question TEXT NOT NULL,
  deadline_rev INTEGER NOT NULL,
  what TEXT NOT NULL,
  flagged_at TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (question, deadline_rev, what)
) STRICT, WITHOUT ROWID;

CREATE INDEX flag_latest ON flag (seq);

CREATE TABLE member (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  machine INTEGER NOT NULL,
  suspended INTEGER NOT NULL DEFAULT 0,
  because TEXT,
  seq INTEGER NOT NULL UNIQUE,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE token (
  id TEXT PRIMARY KEY,
  stream TEXT NOT NULL UNIQUE,
  member TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  scopes TEXT,
  issued_at TEXT NOT NULL,
  expires_at TEXT,
  revoked_at TEXT
) STRICT;

CREATE TABLE sign_in (
  id TEXT PRIMARY KEY,
  member TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  added_at TEXT NOT NULL,
  removed_at TEXT
) STRICT;

CREATE TABLE administration (
  seq INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE policy (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  stream TEXT NOT NULL,
  four_eyes TEXT NOT NULL,
  four_eyes_in_force INTEGER NOT NULL,
  objection_hours INTEGER,
  answer_days INTEGER
) STRICT;

CREATE TABLE clock_word (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  corrects_from INTEGER,
  because TEXT
) STRICT;

CREATE VIRTUAL TABLE search USING fts5(kind, id UNINDEXED, shown UNINDEXED, title, body, forms, tokenize = "unicode61 remove_diacritics 2");
`)
