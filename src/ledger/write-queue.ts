import type { Clock } from '../core/clock.ts'
import type { Draft, EntryType } from '../core/entry.ts'
import { LedgerError } from '../core/error.ts'
import { append, type Random, type Writing, type Written } from '../store/append.ts'
import { type Database, type Pause, Refused } from '../store/database.ts'
import { requireClock } from './clock.ts'

/** Entries, what is written beside them, and what the command lays claim to: streams, slugs, names, keys. */
export type Command = Writing & { entries: Draft[]; claims: string[] }

type Plan<T> = { command: Command; answer: (written: Written) => T } | { done: T }
export type WriteQueue = {
  /**
   * Decides, waits for a place in a group, and decides again (at most 5 times) when somebody else was first: the batch
   * is refused then, or `decide` throws `Refused` itself, having read two states. Nothing is even decided while the
   * clock is in doubt, unless the entry that is asked for answers the doubt.
   */
  run<T>(
    now: Date,
    decide: (isClaimed: (claim: string) => boolean) => Promise<Plan<T>>,
    settling?: EntryType,
  ): Promise<T>
}

type Waiting = {
  command: Command
  now: Date
  resolve: (written: Written) => void
  reject: (error: unknown) => void
}

const DECISIONS = 5
const GROUP = 64
const GROUP_ENTRIES = 2_000

/**
 * Group commit: commands with disjoint claims that wait at the same time share one durable batch. When a batch is
 * refused its commands go one by one, so that one stale command costs its neighbours nothing. `wrote` is told of each batch.
 */
export function writeQueue(
  db: Database,
  random: Random,
  pause: Pause,
  clock: Clock,
  wrote: () => void = () => {},
): WriteQueue {
  const waiting: Waiting[] = []
  const claimed = new Map<string, number>()
  let working = false

  const claim = (claims: string[], by: 1 | -1) => {
    for (const name of claims) {
      const count = (claimed.get(name) ?? 0) + by
      if (count === 0) claimed.delete(name)
      else claimed.set(name, count)
    }
  }

  async function commit(group: Waiting[]): Promise<void> {
    const now = group.reduce((latest, { now }) => (now > latest ? now : latest), (group[0] as Waiting).now)
    try {
      const written = await append(
        db,
        group.map(({ command }) => command),
        now,
        random,
        pause,
        clock,
      )
      group.forEach((member, i) => {
        member.resolve(written[i] as Written)
      })
      wrote()
    } catch (error) {
      if (group.length === 1 || !(error instanceof Refused)) {
        for (const member of group) member.reject(error)
        return
      }
      for (const member of group) await commit([member])
    }
  }

  async function work(): Promise<void> {
    working = true
    while (waiting.length > 0) {
      // The group forms during one turn of the event loop: every request that has arrived gets its place.
      await pause(0)
      const group = takeGroup(waiting)
      await commit(group)
      for (const member of group) claim(member.command.claims, -1)
    }
    working = false
  }

  const submit = (command: Command, now: Date): Promise<Written> =>
    new Promise((resolve, reject) => {
      claim(command.claims, 1)
      waiting.push({ command, now, resolve, reject })
      if (!working) void work()
    })

  return {
    async run(now, decide, settling) {
      await requireClock(clock, settling)
      for (let attempt = 1; ; attempt++) {
        try {
          const plan = await decide((name) => claimed.has(name))
          return 'done' in plan ? plan.done : plan.answer(await submit(plan.command, now))
        } catch (error) {
          if (!(error instanceof Refused)) throw error
          if (attempt === DECISIONS)
            throw new LedgerError(
              'conflict',
              'Somebody else changed this at the same moment; read it again and retry.',
            )
        }
      }
    },
  }
}

/** The longest prefix-respecting choice of waiting commands whose claims are disjoint. */
function takeGroup(waiting: Waiting[]): Waiting[] {
  const group: Waiting[] = []
  const taken = new Set<string>()
  let entries = 0
  for (let i = 0; i < waiting.length && group.length < GROUP && entries < GROUP_ENTRIES; ) {
    const candidate = waiting[i] as Waiting
    // A command that must wait keeps its claims from later ones too: nobody overtakes on the same stream.
    const free = candidate.command.claims.every((name) => !taken.has(name))
    for (const name of candidate.command.claims) taken.add(name)
    if (!free) {
      i++
      continue
    }
    group.push(candidate)
    entries += candidate.command.entries.length
    waiting.splice(i, 1)
  }
  return group
}
