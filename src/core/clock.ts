import type { EntryType } from './entry.ts'

/** How far the clock may stand behind the last entry: other machines write too, and no two clocks agree. */
export const LAG_MS = 5 * 60_000
/** How far the clock may come away from one that nobody sets. */
const JUMP_MS = 3_600_000
/** How soon the word of an administrator is heard: the job looks every five minutes. */
const HEARD_WITHIN_MS = 10 * 60_000

/** What tells the time: the clock of the machine, and what it is held against. */
export type Timepiece = {
  now: () => Date
  /** Milliseconds of a clock that nobody sets and that goes on while the machine sleeps, where there is one. */
  elapsed?: () => number
  /** The day on which the program was made; null where it runs from its sources. */
  built?: string | null
}

/** The clock of the machine at one moment, and everything that may contradict it. */
export type Reading = {
  wall: Date
  /** What it would show, had nobody set it since it was last believed; null where nothing tells. */
  expected: Date | null
  /** When the last entry of the ledger was recorded; null where there is none, or it is not known yet. */
  head: string | null
  built: string | null
}

export type Doubt = { why: 'before_build' | 'behind' | 'jumped'; message: string }

/** The clock of a ledger. Whatever writes asks it first. */
export type Clock = {
  /** The present that readers are shown: what the clock shows, while it has not jumped. */
  now: () => Date
  /** What the clock of the machine shows, believed or not. */
  wall: () => Date
  /** This instant, unless the clock shows an earlier one: a unit of work may have begun before it was put back. */
  notAfter: (now: Date) => Date
  /** Why nothing may be written now, or null. */
  doubt: (head?: { at: string | null }) => Promise<Doubt | null>
}

const dayOf = (built: string): number => Date.parse(`${built}T00:00:00.000Z`)

/** Why this reading of a clock may not be stamped on anything; null where nothing contradicts it. */
export function doubtOf({ wall, expected, head, built }: Reading): Doubt | null {
  const shows = `The clock of this machine shows ${wall.toISOString()}`
  if (built !== null && wall.getTime() < dayOf(built))
    return {
      why: 'before_build',
      message: `${shows}, and this program was built on ${built}. Nothing is written until the clock is set right. (Where the program was built under a wrong clock, build it again.)`,
    }
  if (head !== null && Date.parse(head) - wall.getTime() > LAG_MS)
    return {
      why: 'behind',
      message: `${shows}, and the last entry of the ledger is of ${head}. Nothing is written until the clock is set right. If it is right and the entry was stamped ahead by a wrong one, an administrator says so: \`reckon clock correct\`, or Settings.`,
    }
  if (expected !== null && Math.abs(wall.getTime() - expected.getTime()) > JUMP_MS)
    return {
      why: 'jumped',
      message: `${shows}, and going on evenly it would show ${expected.toISOString()}: it was set, or this machine stood still. Nothing is written until it is set back, or an administrator says that it is right: \`reckon clock accept\`, or Settings.`,
    }
  return null
}

/**
 * What readers are shown while nobody knows better: the time as it would have gone on, and none before the program was
 * built. The last entry is no help: either it or the clock is wrong.
 */
export function shownTime({ wall, expected, built }: Omit<Reading, 'head'>): Date {
  if (expected !== null && Math.abs(wall.getTime() - expected.getTime()) > JUMP_MS) return expected
  return built !== null && wall.getTime() < dayOf(built) ? new Date(dayOf(built)) : wall
}

const SETTLED_BY: Record<Doubt['why'], readonly EntryType[]> = {
  before_build: [],
  behind: ['clock.corrected'],
  jumped: ['clock.accepted', 'clock.corrected'],
}

/** Whether an entry of this type is how an administrator answers the doubt: it alone does not wait. */
export const settles = (type: EntryType | undefined, { why }: Doubt): boolean =>
  type !== undefined && SETTLED_BY[why].includes(type)

/** Whether what an administrator said at `at` is about the clock that shows `wall` now. */
export const isAbout = (at: string, wall: Date): boolean => {
  const since = wall.getTime() - Date.parse(at)
  return since >= -LAG_MS && since <= HEARD_WITHIN_MS
}

/**
 * The times at which the entries of a log count as recorded, followed in order. They never run backwards: only a
 * correction of the clock is stamped earlier than the entry before it, and what was stamped later than the
 * correction counts as recorded with it: nobody gains foresight by a wrong clock.
 */
export function timeline() {
  const times: number[] = []
  return {
    /** Takes the next entry; answers whether its stamp is in order. */
    follow({ at, type }: { at: string; type: EntryType }): boolean {
      const time = Date.parse(at)
      const before = times.at(-1) ?? Number.NEGATIVE_INFINITY
      times.push(time)
      return time >= before || type === 'clock.corrected'
    },
    /** Takes what the last entry corrects; answers whether it begins with the first that was stamped ahead. */
    correct(from: number): boolean {
      const corrected = times.at(-1) ?? 0
      let first = times.length - 1
      while (first > 0 && (times[first - 1] as number) > corrected) {
        first--
        times[first] = corrected
      }
      return first === from && first < times.length - 1
    },
  }
}
