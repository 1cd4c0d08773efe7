import { statements } from './sql-text.ts'

/**
 * The tree over the log: nodes and checkpoints stay as they are, and whoever makes the same ones again changes nothing.
 * The keys that signed are kept by their public halves; where the log began anew, or changed its key, is found at once.
 */
export const TREE = statements(`
CREATE INDEX entry_turn ON entry (type) WHERE type IN ('key.rotated', 'log.restored');

CREATE TABLE log_key (
  verifier TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER node_is_new BEFORE INSERT ON node BEGIN
  SELECT RAISE(ABORT, 'a node is append-only')
  WHERE EXISTS (SELECT 1 FROM node WHERE level = NEW.level AND idx = NEW.idx AND hash <> NEW.hash);
  SELECT RAISE(IGNORE)
  WHERE EXISTS (SELECT 1 FROM node WHERE level = NEW.level AND idx = NEW.idx);
END;

CREATE TRIGGER node_stays BEFORE UPDATE ON node BEGIN
  SELECT RAISE(ABORT, 'a node is append-only');
END;

CREATE TRIGGER node_remains BEFORE DELETE ON node BEGIN
  SELECT RAISE(ABORT, 'a node is append-only');
END;

CREATE TRIGGER checkpoint_is_new BEFORE INSERT ON checkpoint BEGIN
  SELECT RAISE(ABORT, 'a checkpoint is append-only')
  WHERE EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size AND note <> NEW.note);
  SELECT RAISE(IGNORE)
  WHERE EXISTS (SELECT 1 FROM checkpoint WHERE size = NEW.size);
END;

CREATE TRIGGER checkpoint_stays BEFORE UPDATE ON checkpoint BEGIN
  SELECT RAISE(ABORT, 'a checkpoint is append-only');
END;

CREATE TRIGGER checkpoint_remains BEFORE DELETE ON checkpoint BEGIN
  SELECT RAISE(ABORT, 'a checkpoint is append-only');
END;
`)

/** Anchors are entries of the log. Beside it stands whom it asks, what was promised, and the last cosignatures. */
export const ANCHORS = statements(`
DROP TABLE IF EXISTS anchor;

CREATE TABLE anchor_party (
  party TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('timestamp', 'opentimestamps', 'witness')),
  asked_at TEXT NOT NULL,
  size INTEGER NOT NULL,
  failure TEXT,
  cosignature TEXT
) STRICT;

CREATE TABLE anchor_promise (
  party TEXT NOT NULL,
  size INTEGER NOT NULL,
  asked_at TEXT NOT NULL,
  checkpoint TEXT NOT NULL,
  proof TEXT NOT NULL,
  PRIMARY KEY (party, size)
) STRICT;
`)

/**
 * What `redacted` entries say, at hand for whoever reads the entries that they name: read from them anew by a rebuild.
 * An opening goes only where one of them names its entry; in the same batch it may have been written a moment before.
 */
export const REDACTION = statements(`
CREATE TABLE redaction (
  entry INTEGER NOT NULL,
  text INTEGER NOT NULL CHECK (text IN (0, 1)),
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  class TEXT,
  because TEXT NOT NULL,
  replaced_by TEXT,
  PRIMARY KEY (entry, text),
  CHECK ((text = 1) = (replaced_by IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX redaction_by_seq ON redaction (seq);

DROP TRIGGER opening_remains;

CREATE TRIGGER opening_remains BEFORE DELETE ON opening BEGIN
  SELECT RAISE(ABORT, 'an opening is append-only')
  WHERE NOT EXISTS (
    SELECT 1 FROM redaction JOIN entry ON entry.seq = redaction.seq AND entry.type = 'redacted'
    WHERE redaction.entry = OLD.seq AND redaction.text = 0 AND redaction.seq > OLD.seq);
END;
`)

/** The same, also where what is taken out was said of a member. */
export const MEMBER_REDACTION = statements(`
DROP TRIGGER opening_remains;

CREATE TRIGGER opening_remains BEFORE DELETE ON opening BEGIN
  SELECT RAISE(ABORT, 'an opening is append-only')
  WHERE NOT EXISTS (
    SELECT 1 FROM redaction JOIN entry ON entry.seq = redaction.seq AND entry.type IN ('redacted', 'member.redacted')
    WHERE redaction.entry = OLD.seq AND redaction.text = 0 AND redaction.seq > OLD.seq);
END;
`)
