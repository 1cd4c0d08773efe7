import type { Pause, Place } from './database.ts'

/**
 * Whether deleted bytes are gone: `clean`; `held` while the write-ahead log cannot be emptied, because somebody reads
 * from it or another program tends it; `remote` where nobody here sees the disk.
 */
export type Scrubbed = 'clean' | 'held' | 'remote'

export type Scrub = {
  /** Writes the file anew, so that nothing that was deleted from it is left in it, and empties its log. */
  scrub(): Promise<Scrubbed>
  /** Empties the write-ahead log of a file, as far as nobody reads from it. */
  emptyLog(): Promise<Scrubbed>
}

const refused = () => Promise.reject(new Error('this connection only reads'))
export const NO_SCRUB: Scrub = { scrub: refused, emptyLog: refused }
export const REMOTE_SCRUB: Scrub = { scrub: async () => 'remote', emptyLog: async () => 'remote' }

/** For the connection that writes: the next write begins the log anew and cuts off what stood behind it. */
const EMPTIED = ['PRAGMA wal_autocheckpoint = 0', 'PRAGMA journal_size_limit = 0']
/** Changes nothing in the end; SQLite writes no page in which nothing changed at all. */
const TOUCH = ['UPDATE projection SET seq = seq + 1', 'UPDATE projection SET seq = seq - 1']
/** A log that holds a write or two and nothing of before. */
const EMPTY_BYTES = 65_536
const TRIES = 20
const PAUSE_MS = 100

type Means = {
  place: Place
  /** Copies the log into the file. */
  checkpoint: () => Promise<void>
  /** Runs these on the connection that writes: as one batch, or (`alone`) outside of any transaction. */
  batch: (statements: readonly string[]) => Promise<unknown>
  alone: (statement: string) => Promise<unknown>
  pause: Pause
}

/** What a file database does about bytes that must be gone; its caller sees that one is at it at a time. */
export function scrubbing({ place, checkpoint, batch, alone, pause }: Means): Scrub {
  async function emptyLog(): Promise<Scrubbed> {
    if (!(await place.checkpoints())) return 'held'
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      await checkpoint()
      await batch([...EMPTIED, ...TOUCH])
      if (place.walBytes() <= EMPTY_BYTES) return 'clean'
      await pause(PAUSE_MS)
    }
    return 'held'
  }
  return {
    emptyLog,
    scrub: async () => {
      await alone('PRAGMA wal_autocheckpoint = 0')
      await alone('VACUUM')
      return emptyLog()
    },
  }
}
