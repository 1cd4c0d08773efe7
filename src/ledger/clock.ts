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

/** The clock of a ledger: believed as it is when this is called, and later unless something contradicts it. */
export function clockOf({ now, elapsed, built = null }: Timepiece, { head, word }: Evidence): Clock {
  const evenly = () => elapsed?.() ?? 0
  const believed = { wall: now().getTime(), elapsed: evenly(), word: null as number | null }
  let last: string | null = null

  const reading = (): Reading => ({
    wall: now(),
    expected: elapsed === undefined ? null : new Date(believed.wall + evenly() - believed.elapsed),
    head: last,
    built,
  })

  /** Whether an administrator has said since that the clock is right which shows this now. */
  async function isAccepted(): Promise<boolean> {
    const said = await word()
    const wall = now()
    if (said === null || said.seq <= (believed.word ?? -1) || !isAbout(said.at, wall)) return false
    Object.assign(believed, { wall: wall.getTime(), elapsed: evenly(), word: said.seq })
    return true
  }

  return {
    now: () => shownTime(reading()),
    wall: now,
    notAfter: (begun) => new Date(Math.min(begun.getTime(), now().getTime())),
    doubt: async (known) => {
      last = (known ?? (await head())).at
      if (elapsed !== undefined) believed.word ??= (await word())?.seq ?? -1
      const doubt = doubtOf(reading())
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
