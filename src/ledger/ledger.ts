import type { Clock } from '../core/clock.ts'
import type { EntryType, Event } from '../core/entry.ts'
import { LedgerError } from '../core/error.ts'
import { type Credential, covers, type Role, requireMay, type Standing } from '../core/member.ts'
import type { Quotas } from '../core/quota.ts'
import { base64url } from '../log/encoding.ts'
import type { Random, Written } from '../store/append.ts'
import type { Database, Pause } from '../store/database.ts'
import { readEvent } from '../store/events.ts'
import { findKept, keep } from '../store/idempotency.ts'
import type { LogKeeper } from './log-keeper.ts'
import { spend, weightOf } from './quota.ts'
import type { Command, WriteQueue } from './write-queue.ts'

/** What every verb works on. The entries make it: only they own randomness, a clock and the database. */
export type Ledger = {
  db: Database
  random: Random
  clock: Clock
  writes: WriteQueue
  /** Lets other requests have their turn. */
  pause: Pause
  /** What signs the log and guards it; a ledger of which nothing is published has none. */
  log?: LogKeeper
}

/** One unit of work: with what credential, when, and the client's key that makes a retry safe. */
export type Unit = {
  now: Date
  by: Credential
  /** What the member may write and hold; absent for the command and the clock, which nothing binds. */
  quotas?: Quotas
  /** One of very many in a row, as in an import: what is kept of the analysts' figures is left to the clock. */
  summaries_later?: true
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

export const requireRole = (unit: Unit, needed: Role): void => requireMay(unit.by, needed)

/** Nothing that is given by a credential is more than it, or lasts longer. */
export function requireCover(unit: Unit, given: Standing & { expires_at: string | null }): void {
  requireMay({ role: unit.by.role }, given.role)
  if (!covers({ ...unit.by, expires_at: null }, { ...given, expires_at: null }))
    throw new LedgerError(
      'forbidden',
      `The token in use has the scopes ${unit.by.scopes?.join(', ')}: what it gives must lie within them. Sign in, or use a token that has them all.`,
    )
  if (!covers(unit.by, given))
    throw new LedgerError(
      'forbidden',
      `The token in use ends at ${unit.by.expires_at}: what it gives must end by then. Sign in, or use a token that has no end.`,
    )
}

/**
 * The one door for a write: replays a known idempotency key, lets the verb decide on the present state, and
 * decides again when somebody else was first.
 */
export async function perform(
  ledger: Ledger,
  unit: Unit,
  decide: (isClaimed: (claim: string) => boolean) => Promise<Decision>,
  settling?: EntryType,
): Promise<Answer> {
  const { idempotency } = unit
  const plan = async (isClaimed: (claim: string) => boolean) => {
    if (idempotency !== undefined) {
      const replay = await replayOf(ledger, unit.by.member, idempotency)
      if (replay !== null) return { done: replay }
    }
    const decision = await decide(isClaimed)
    const draft = decision.entries[decision.answer]
    if (draft === undefined) throw new Error('a decision names an entry that it does not hold')
    const beside = [...(decision.beside ?? [])]
    const claims = [...decision.claims]
    beside.push(...(await spend(ledger.db, unit, weightOf(decision.entries, beside))))
    if (idempotency !== undefined) {
      beside.push(keep(unit.by.member, idempotency.key, idempotency.fingerprint, decision.answer))
      claims.push(`key:${unit.by.member}:${idempotency.key}`)
    }
    return {
      command: { entries: decision.entries, beside, anew: decision.anew, claims, until: decision.until },
      answer: ({ seqs, at }: Written) => ({
        event: { ...draft, at, seq: seqs[decision.answer] ?? -1 } as Event,
        replayed: false,
      }),
    }
  }
  return ledger.writes.run<Answer>(unit.now, plan, settling)
}

/** What a verb would write now, which writes nothing; refused as the verb would be. */
export const wouldWrite = (
  ledger: Ledger,
  unit: Unit,
  decide: (isClaimed: (claim: string) => boolean) => Promise<Decision>,
): Promise<Command['entries']> =>
  ledger.writes.run(unit.now, async (isClaimed) => ({ done: (await decide(isClaimed)).entries }))

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
