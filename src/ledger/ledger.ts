import type { Event } from '../core/entry.ts'
import { LedgerError } from '../core/error.ts'
import { may, type Role } from '../core/member.ts'
import { base64url } from '../log/encoding.ts'
import type { Random } from '../store/append.ts'
import type { Database, Pause } from '../store/database.ts'
import { readEvent } from '../store/events.ts'
import { findKept, keep } from '../store/idempotency.ts'
import type { Command, WriteQueue } from './write-queue.ts'

/** What every verb works on. The entries make it: only they own randomness and the database. */
export type Ledger = {
  db: Database
  random: Random
  writes: WriteQueue
  /** Lets other requests have their turn. */
  pause: Pause
}

/** One unit of work: who, when, and the client's key that makes a retry safe. */
export type Unit = {
  now: Date
  by: { member: string; role: Role }
  idempotency?: { key: string; fingerprint: string }
}

/** What a verb answers: the event that was asked for, as it was written. */
export type Answer = { event: Event; replayed: boolean }

/** What a verb decides: entries, of which `answer` (an index) is the one that was asked for. */
export type Decision = Omit<Command, 'entries'> & { entries: Command['entries']; answer: number }

/**
 * 16 random bytes: a stream, a member. The text begins with a letter or a digit, so that no command line takes it for
 * an option and no spreadsheet for a formula.
 */
export function newId(ledger: Pick<Ledger, 'random'>): string {
  const id = base64url(ledger.random(16))
  return /^[-_]/u.test(id) ? newId(ledger) : id
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** Eight random letters and digits, for slugs that nothing else tells apart. */
export const randomLetters = (ledger: Pick<Ledger, 'random'>): string =>
  Array.from(ledger.random(8), (byte) => LETTERS[byte % LETTERS.length]).join('')

export function requireRole(unit: Unit, needed: Role): void {
  if (!may(unit.by.role, needed))
    throw new LedgerError('forbidden', `This needs the role ${needed}; yours is ${unit.by.role}.`)
}

/**
 * The one door for a write: replays a known idempotency key, lets the verb decide on the present state, and
 * decides again when somebody else was first.
 */
export async function perform(
  ledger: Ledger,
  unit: Unit,
  decide: (isClaimed: (claim: string) => boolean) => Promise<Decision>,
): Promise<Answer> {
  const { idempotency } = unit
  const outcome = await ledger.writes.run<Answer>(unit.now, async (isClaimed) => {
    if (idempotency !== undefined) {
      const replay = await replayOf(ledger, unit.by.member, idempotency)
      if (replay !== null) return { done: replay }
    }
    const decision = await decide(isClaimed)
    const draft = decision.entries[decision.answer]
    if (draft === undefined) throw new Error('a decision names an entry that it does not hold')
    const beside = [...(decision.beside ?? [])]
    const claims = [...decision.claims]
    if (idempotency !== undefined) {
      beside.push(keep(unit.by.member, idempotency.key, idempotency.fingerprint, decision.answer))
      claims.push(`key:${unit.by.member}:${idempotency.key}`)
    }
    return {
      command: { entries: decision.entries, beside, claims, until: decision.until },
      answer: ({ seqs, at }) => ({
        event: { ...draft, at, seq: seqs[decision.answer] ?? -1 } as Event,
        replayed: false,
      }),
    }
  })
  return outcome
}

async function replayOf(
  ledger: Ledger,
  member: string,
  idempotency: { key: string; fingerprint: string },
): Promise<Answer | null> {
  const kept = await findKept(ledger.db, member, idempotency.key)
  if (kept === null) return null
  if (kept.fingerprint !== idempotency.fingerprint)
    throw new LedgerError('idempotency_mismatch', 'This Idempotency-Key was used for another request.')
  const event = await readEvent(ledger.db, kept.seq)
  return event === null ? null : { event, replayed: true }
}
