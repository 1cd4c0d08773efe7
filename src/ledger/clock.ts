import {
  type Clock,
  doubtOf,
  isAbout,
  type Reading,
  settles,
  shownTime,
  type Timepiece,
} from '../core/clock.ts'
import type { EntryType } from '../core/entry.ts'
import { LedgerError } from '../core/error.ts'
import type { Database } from '../store/database.ts'

/** What a clock is held against in the ledger: its last entry, and what an administrator said last of a clock. */
type Evidence = {
  head: () => Promise<{ at: string | null }>
  word: () => Promise<{ seq: number; at: string } | null>
}

/** The clock of a ledger: believed when it is first found in no doubt, and from then on unless something contradicts it. */
export function clockOf({ now, elapsed, built = null }: Timepiece, { head, word }: Evidence): Clock {
  /** When it was believed, by both clocks, and what had been said of it until then. */
  let believed: { wall: number; elapsed: number; word: number } | null = null

  const reading = (last: string | null): Reading => ({
    wall: now(),
    expected:
      believed === null || elapsed === undefined
        ? null
        : new Date(believed.wall + elapsed() - believed.elapsed),
    head: last,
    built,
  })
  const believe = (said: { seq: number } | null) => {
    believed = { wall: now().getTime(), elapsed: elapsed?.() ?? 0, word: said?.seq ?? -1 }
  }

  /** Whether an administrator has said since that the clock is right which shows this now. */
  async function isAccepted(): Promise<boolean> {
    const said = await word()
    if (said === null || said.seq <= (believed?.word ?? -1) || !isAbout(said.at, now())) return false
    believe(said)
    return true
  }

  return {
    now: () => shownTime(reading(null)),
    wall: now,
    notAfter: (begun) => new Date(Math.min(begun.getTime(), now().getTime())),
    doubt: async (known) => {
      const doubt = doubtOf(reading((known ?? (await head())).at))
      // One that was wrong from the start is set right without anybody's word.
      if (doubt === null && believed === null && elapsed !== undefined) believe(await word())
      return doubt?.why === 'jumped' && (await isAccepted()) ? null : doubt
    },
  }
}

/** Throws `clock` while the clock is in doubt, unless an entry of this type answers just that. */
export async function requireClock(clock: Clock, settling?: EntryType): Promise<void> {
  const doubt = await clock.doubt()
  if (doubt !== null && !settles(settling, doubt)) throw new LedgerError('clock', doubt.message)
}

/** The same database, in which nothing is written while the clock is in doubt. */
export const guarded = (db: Database, clock: Clock): Database => ({
  ...db,
  write: async (statements) => {
    await requireClock(clock)
    return db.write(statements)
  },
})
