import { basename } from 'node:path'
import { Misuse } from '../config.ts'
import { openCheckpoint, parseCheckpoint } from '../log/checkpoint.ts'
import type { Held } from '../log/held.ts'
import type { NoteKey } from '../log/note.ts'
import { type Pin, parsePin, pinText } from '../log/pin.ts'
import type { Head } from '../log/published.ts'
import { guardFile, readGuardFile } from '../node/log-files.ts'
import { readPinFile, writePinFile } from '../node/published-log.ts'
import type { Engine } from '../store/engine.ts'
import type { Findings } from '../store/verify/finding.ts'
import type { Verification } from '../store/verify/verify.ts'

/** What was verified, who signed it, and what it was held against. */
export type Verified = Verification & {
  /** Entries about members, tokens and policy, which are published sealed. */
  withheld: number
  /** The engine that read the ledger, where it told. */
  engine: (Engine & { driver: string }) | null
  signed: { origin: string; size: number; key: string } | null
  older: { size: number; from: string } | null
  /** The checkpoint that was kept for the next time, and where. */
  kept: { size: number; in: string } | null
}

export const signedOf = (head: Head | null): Verified['signed'] =>
  head === null
    ? null
    : { origin: head.checkpoint.origin, size: head.checkpoint.size, key: `${head.key.name}+${head.key.id}` }

export const olderOf = (older: Older | null): Verified['older'] =>
  older === null ? null : { size: older.checkpoint.size, from: older.from }

/** A checkpoint of before that somebody kept, and where it was read. */
export type Older = Pin & { from: string }

/** What lies in the file of `--pin`; null where this is the first visit. */
export function readOlder(path: string): Older | null {
  const text = readPinFile(path)
  if (text === null) return null
  const pin = parsePin(text)
  if (pin === null)
    throw new Misuse(
      `There is no checkpoint in ${path}.`,
      'It takes what `reckon verify --pin` wrote, a signed checkpoint, or the receipt of an entry.',
    )
  return { ...pin, from: path }
}

/** What a visit that found nothing wrong keeps for the next one. */
export const keepPin = (path: string, { note, key }: Pick<Head, 'note' | 'key'>): void =>
  writePinFile(path, pinText(note, key))

/** The checkpoint that was published last, as it is kept beside a database; null where nothing is kept. */
export function guardOf(database: string, findings: Findings): Held | null {
  const note = readGuardFile(database)
  if (note === null) return null
  const checkpoint = parseCheckpoint(note)
  const name = basename(guardFile(database))
  if (checkpoint !== null) return { whose: `The checkpoint beside the database (${name})`, checkpoint }
  findings.add(null, 'guard', `${name}, beside the database, holds no checkpoint: it was changed.`)
  return null
}

/**
 * The older checkpoint, once it is sure that the key which was trusted signed it: against another it says nothing.
 * Where no key is known, as of a ledger that was never signed, whoever kept it is believed.
 */
export async function heldBy(older: Older | null, key: NoteKey | null, findings: Findings): Promise<Held[]> {
  if (older === null) return []
  const whose = `The checkpoint of ${older.from}`
  if (older.key === null && key === null) return [{ whose, checkpoint: older.checkpoint }]
  const opened = await openCheckpoint(older.note, [older.key ?? (key as NoteKey)])
  if (opened.problem === 'other_origin' || opened.problem === 'unknown_signers') {
    // Nothing is known of who signed it: its size and root may be anybody's.
    findings.add(
      null,
      'key',
      `The checkpoint of ${older.from} is of ${older.checkpoint.origin}, and not signed by the key that it is held against.`,
    )
    return []
  }
  if (opened.problem !== null) {
    findings.add(null, 'pin', `The checkpoint of ${older.from} does not bear its signature: it was changed.`)
    return []
  }
  return [{ whose, checkpoint: opened.checkpoint }]
}
