import type { Statement } from './database.ts'
import { ANCHORS, MEMBER_REDACTION, REDACTION, TREE } from './schema-proofs.ts'
import { REMINDERS } from './schema-reminders.ts'
import { statements } from './sql-text.ts'

/** Before it no opening could go. */
export const REDACTION_MIGRATION = '012-redaction'

/** The log: never dropped, never rewritten. The triggers are the seat-belt; the hashes are the proof. */
const LOG = statements(`
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  leaf BLOB NOT NULL CHECK (length(leaf) = 32),
  bytes TEXT NOT NULL CHECK (octet_length(bytes) <= 65535),
  stream TEXT NOT NULL GENERATED ALWAYS AS (bytes ->> '$.stream') VIRTUAL,
  rev INTEGER NOT NULL GENERATED ALWAYS AS (bytes ->> '$.rev') VIRTUAL,
  at TEXT NOT NULL GENERATED ALWAYS AS (bytes ->> '$.at') VIRTUAL,
  by TEXT NOT NULL GENERATED ALWAYS AS (bytes ->> '$.by') VIRTUAL,
  type TEXT NOT NULL GENERATED ALWAYS AS (bytes ->> '$.type') VIRTUAL,
  UNIQUE (stream, rev)
) STRICT;

CREATE TABLE opening (
  seq INTEGER PRIMARY KEY,
  disclosure TEXT NOT NULL
) STRICT;

CREATE TABLE node (
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
  size INTEGER PRIMARY KEY,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE anchor (
  size INTEGER NOT NULL,
  kind TEXT NOT NULL,
  proof BLOB NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (size, kind)
) STRICT;

CREATE TRIGGER entry_is_next BEFORE INSERT ON entry BEGIN
  SELECT RAISE(ABORT, 'seq is not the next')
  WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM entry);
  SELECT RAISE(ABORT, 'rev is not the next of its stream')
  WHERE (NEW.bytes ->> '$.rev') IS NOT (
    SELECT coalesce(max(rev), -1) + 1 FROM entry WHERE stream = NEW.bytes ->> '$.stream');
  SELECT RAISE(ABORT, 'at runs backwards')
  WHERE (NEW.bytes ->> '$.at') < (SELECT at FROM entry WHERE seq = NEW.seq - 1);
END;

CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN
  SELECT RAISE(ABORT, 'the log is append-only');
END;

CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN
  SELECT RAISE(ABORT, 'the log is append-only');
END;

CREATE TRIGGER opening_is_new BEFORE INSERT ON opening BEGIN
  SELECT RAISE(ABORT, 'an opening is append-only')
  WHERE EXISTS (SELECT 1 FROM opening WHERE seq = NEW.seq)
     OR NOT EXISTS (SELECT 1 FROM entry WHERE seq = NEW.seq);
END;

CREATE TRIGGER opening_stays BEFORE UPDATE ON opening BEGIN
  SELECT RAISE(ABORT, 'an opening is append-only');
END;

CREATE TRIGGER opening_remains BEFORE DELETE ON opening BEGIN
  SELECT RAISE(ABORT, 'an opening is append-only');
END;
`)

/** Private: never rebuilt from the log, never exported. */
const PRIVATE = statements(`
CREATE TABLE source_text (
  source TEXT PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE capture (
  id TEXT PRIMARY KEY,
  member TEXT NOT NULL,
  rev INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT,
  logged TEXT,
  logged_seq INTEGER,
  CHECK ((body IS NULL) = (logged IS NOT NULL))
) STRICT;

CREATE INDEX capture_unfinished ON capture (updated_at) WHERE body IS NOT NULL;

CREATE TABLE newsroom (
  subject TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('assignment', 'snooze', 'note', 'asked')),
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (subject, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE recheck (
  source TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('found', 'changed', 'vanished', 'unreachable')),
  detail TEXT NOT NULL
) STRICT;

CREATE TABLE secret (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('token', 'session', 'link')),
  member TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  expires_at TEXT
) STRICT;

CREATE TABLE idempotency (
  member TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (member, key)
) STRICT;

CREATE TABLE analyst_summary (
  analyst TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  version INTEGER NOT NULL,
  valid_until TEXT,
  summary TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
  question TEXT NOT NULL,
  deadline_rev INTEGER NOT NULL,
  period INTEGER NOT NULL,
  queued_at TEXT NOT NULL,
  sent_at TEXT,
  PRIMARY KEY (question, deadline_rev, period)
) STRICT;
`)

/** What a member holds and writes is counted here, and old leftovers are found by their age. */
const QUOTAS = statements(`
CREATE TABLE usage (
  member TEXT NOT NULL,
  day TEXT NOT NULL,
  entries INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (member, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX capture_by_member ON capture (member, updated_at, id) WHERE body IS NOT NULL;

CREATE INDEX secret_by_member ON secret (member, kind);

CREATE INDEX idempotency_by_age ON idempotency (seq);
`)

/** What waits for a second member, and who began a capture: only they, or an admin, throw it away. */
const MEMBERS = statements(`
ALTER TABLE newsroom RENAME TO newsroom_before;

CREATE TABLE newsroom (
  subject TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('assignment', 'snooze', 'note', 'asked', 'reply', 'withdrawal')),
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (subject, kind)
) STRICT, WITHOUT ROWID;

INSERT INTO newsroom SELECT * FROM newsroom_before;

DROP TABLE newsroom_before;

ALTER TABLE capture ADD COLUMN begun_by TEXT;

UPDATE capture SET begun_by = member;
`)

/** Time steps back at one kind of entry: the one that says that those before it were stamped by a wrong clock. */
const CLOCK = statements(`
DROP TRIGGER entry_is_next;

CREATE TRIGGER entry_is_next BEFORE INSERT ON entry BEGIN
  SELECT RAISE(ABORT, 'seq is not the next')
  WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM entry);
  SELECT RAISE(ABORT, 'rev is not the next of its stream')
  WHERE (NEW.bytes ->> '$.rev') IS NOT (
    SELECT coalesce(max(rev), -1) + 1 FROM entry WHERE stream = NEW.bytes ->> '$.stream');
  SELECT RAISE(ABORT, 'at runs backwards')
  WHERE (NEW.bytes ->> '$.at') < (SELECT at FROM entry WHERE seq = NEW.seq - 1)
    AND (NEW.bytes ->> '$.type') IS NOT 'clock.corrected';
END;
`)

/** Whatever is put into it refuses its batch (refusal.ts). */
const REFUSAL = statements(`
CREATE TABLE refusal (
  found INTEGER NOT NULL CONSTRAINT batch_is_refused CHECK (false)
) STRICT;
`)

/** What is kept of every analyst's answers, and of the pairs of analysts that can be tested, so that both are at hand. */
const PAIRS = statements(`
ALTER TABLE analyst_summary ADD COLUMN answers TEXT NOT NULL DEFAULT '[]';

CREATE TABLE pair_summary (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  version INTEGER NOT NULL,
  summary TEXT NOT NULL
) STRICT;
`)

/** Where a session began and when it was seen last, what is behind passkeys and accounts, and challenges to passkeys. */
const SIGN_INS = statements(`
ALTER TABLE secret ADD COLUMN begun_at TEXT;

ALTER TABLE secret ADD COLUMN seen_on TEXT;

ALTER TABLE secret ADD COLUMN browser TEXT;

CREATE TABLE sign_in_key (
  id TEXT PRIMARY KEY,
  member TEXT NOT NULL,
  known_by TEXT NOT NULL UNIQUE,
  public_key TEXT,
  email TEXT
) STRICT;

CREATE INDEX sign_in_key_by_member ON sign_in_key (member);

CREATE TABLE challenge (
  id TEXT PRIMARY KEY,
  member TEXT,
  expires_at TEXT NOT NULL
) STRICT;
`)

/** Links by which a person concerned can reply without an account, and what came through them. */
const REPLY_LINKS = statements(`
CREATE TABLE reply_link (
  id TEXT PRIMARY KEY,
  forecast TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  answered_at TEXT,
  text TEXT,
  correction TEXT,
  decided_at TEXT,
  decided_by TEXT,
  refused_because TEXT,
  CHECK ((answered_at IS NULL) = (text IS NULL))
) STRICT;

CREATE INDEX reply_link_by_forecast ON reply_link (forecast);

CREATE INDEX reply_link_waiting ON reply_link (answered_at) WHERE answered_at IS NOT NULL AND decided_at IS NULL;
`)

/** What readers report, until a member closes it. */
const CORRECTIONS = statements(`
CREATE TABLE report (
  id TEXT PRIMARY KEY,
  received_at TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  answer_to TEXT
) STRICT;
`)

/** What coders have not shown yet: a draft, and with its nonce what was submitted. Nobody else reads either. */
const CODING = statements(`
CREATE TABLE coding (
  round TEXT NOT NULL,
  member TEXT NOT NULL,
  rev INTEGER NOT NULL,
  at TEXT NOT NULL,
  coding TEXT NOT NULL,
  nonce TEXT,
  PRIMARY KEY (round, member)
) STRICT, WITHOUT ROWID;
`)

/**
 * What a language model was asked of a capture, and what became of what it proposed. Its words go with the capture's:
 * when that is logged, thrown away or forgotten; what stays are counts.
 */
const SECOND_READING = statements(`
CREATE TABLE second_reading (
  capture TEXT NOT NULL,
  n INTEGER NOT NULL,
  member TEXT NOT NULL,
  model TEXT NOT NULL,
  sent_to TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  problem TEXT,
  proposed INTEGER NOT NULL,
  dropped INTEGER NOT NULL,
  accepted INTEGER,
  changed INTEGER,
  rejected INTEGER,
  body TEXT,
  PRIMARY KEY (capture, n)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER second_reading_without_capture AFTER DELETE ON capture
BEGIN
  UPDATE second_reading SET body = NULL WHERE capture = OLD.id;
END;

CREATE TRIGGER second_reading_of_logged AFTER UPDATE OF body ON capture WHEN NEW.body IS NULL
BEGIN
  UPDATE second_reading SET body = NULL WHERE capture = NEW.id;
END;
`)

/** What was looked for in an archive in vain, and when it is tried again. */
const ARCHIVE = statements(`
CREATE TABLE archive_attempt (
  source TEXT PRIMARY KEY,
  tries INTEGER NOT NULL,
  again_at TEXT NOT NULL,
  because TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`)

/** What the first of two members decided of a question, until the second has: nobody else reads it. */
const SEALED_OUTCOMES = statements(`
CREATE TABLE sealed_outcome (
  question TEXT NOT NULL,
  member TEXT NOT NULL,
  nonce TEXT NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (question, member)
) STRICT, WITHOUT ROWID;
`)

/** Applied in order, each with its record in one batch; the applied ones must be a prefix of this list. */
export const migrations: readonly { id: string; statements: Statement[] }[] = [
  { id: '001-log-and-private-tables', statements: [...LOG, ...PRIVATE] },
  { id: '002-members', statements: MEMBERS },
  { id: '003-quotas', statements: QUOTAS },
  { id: '004-clock', statements: CLOCK },
  { id: '005-refusal', statements: REFUSAL },
  { id: '006-pairs', statements: PAIRS },
  { id: '007-log', statements: TREE },
  { id: '008-anchors', statements: ANCHORS },
  { id: '009-members', statements: SIGN_INS },
  { id: '010-resolution', statements: REPLY_LINKS },
  { id: '011-coding', statements: CODING },
  { id: REDACTION_MIGRATION, statements: REDACTION },
  { id: '013-corrections', statements: CORRECTIONS },
  { id: '014-second-reading', statements: SECOND_READING },
  { id: '015-reminders', statements: REMINDERS },
  { id: '016-archive', statements: ARCHIVE },
  { id: '017-member-redaction', statements: MEMBER_REDACTION },
  { id: '018-sealed-outcomes', statements: SEALED_OUTCOMES },
]
