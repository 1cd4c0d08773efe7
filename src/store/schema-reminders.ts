import { statements } from './sql-text.ts'

/**
 * What somebody can be told of, to whom, and every message. A notice names what happened and holds no word of it: what
 * is told is read when it is sent. `told` is the last notice that a target has had its message of.
 */
export const REMINDERS = statements(`
CREATE TABLE notice (
  seq INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  event TEXT NOT NULL,
  subject TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT
) STRICT;

CREATE TABLE notice_position (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  entry INTEGER NOT NULL,
  checkpoint INTEGER NOT NULL
) STRICT;

CREATE TABLE target (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('mail', 'webhook')),
  member TEXT NOT NULL,
  address TEXT NOT NULL,
  choices TEXT NOT NULL,
  secret TEXT NOT NULL,
  old_secret TEXT,
  old_secret_until TEXT,
  made_at TEXT NOT NULL,
  confirmed_at TEXT,
  told INTEGER NOT NULL,
  period TEXT NOT NULL,
  delivered_at TEXT,
  failing_since TEXT,
  error TEXT,
  off_at TEXT
) STRICT;

CREATE UNIQUE INDEX target_mail ON target (member) WHERE kind = 'mail';

CREATE TABLE delivery (
  id TEXT PRIMARY KEY,
  target TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('notices', 'confirm', 'sign_in', 'test')),
  period TEXT NOT NULL,
  since INTEGER NOT NULL,
  upto INTEGER NOT NULL,
  made_at TEXT NOT NULL,
  next_at TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  sent_at TEXT,
  UNIQUE (target, kind, period)
) STRICT;

CREATE INDEX delivery_waiting ON delivery (next_at) WHERE next_at IS NOT NULL;
`)
