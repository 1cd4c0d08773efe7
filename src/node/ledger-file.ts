import { chmodSync, closeSync, mkdirSync, openSync, realpathSync, rmSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { LedgerError } from '../core/error.ts'
import type { Place } from '../store/database.ts'
import { type FileConnection, fileConnection } from './file-connection.ts'

const OURS_ALONE = 0o600
const OTHERS = 0o077

const look = (path: string) => statSync(path, { bigint: true, throwIfNoEntry: false })
type Seen = ReturnType<typeof look>

/**
 * Makes a file that its owner alone may read before anything stands in it, and its folder where there is none. Answers
 * false where a file is there already.
 */
export function makeNew(path: string): boolean {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(path, 'wx', OURS_ALONE))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/** The same, and a file that is there already is closed to others, if it is ours to close. */
function makePrivate(path: string): void {
  if (!makeNew(path)) closeToOthers(path)
}

function closeToOthers(path: string): void {
  const seen = look(path)
  if (seen === undefined || (Number(seen.mode) & OTHERS) === 0) return
  try {
    chmodSync(path, OURS_ALONE)
  } catch {
    // Another account's file, or a disk that can only be read: `readableByOthers` tells.
  }
}

/** Where SQLite keeps what stands beside a database: behind a link, it stands beside the file itself. */
export const besides = (path: string, end: '-wal' | '-shm' | '-lock'): string => `${realpathSync(path)}${end}`

/** SQLite makes these, with the permissions of the database. */
const companions = (path: string): string[] => [besides(path, '-wal'), besides(path, '-shm')]

/** A place for a ledger's file, closed to others together with what stands beside it from before. */
export function preparePlace(path: string): void {
  makePrivate(path)
  for (const companion of companions(path)) closeToOthers(companion)
}

/** A sentence where others may read the file nevertheless, or null. */
export function readableByOthers(path: string): string | null {
  const seen = look(path)
  return seen !== undefined && (Number(seen.mode) & OTHERS) !== 0
    ? `Other accounts of this machine may read ${basename(path)}: its owner can close it with chmod 600.`
    : null
}

/** Which file stands under this name: told by one program to another, so that both read the same. */
export function identityOf(path: string): string | null {
  const seen = look(path)
  return seen === undefined ? null : `${seen.dev}:${seen.ino}`
}

/** Throws where another file than this one stands under the name. */
export function requireIdentity(path: string, identity: string | null): void {
  if (identityOf(path) !== identity) throw new LedgerError('unavailable', ledgerFault(path, look(path)))
}

/**
 * The files of a database that was just opened: nothing here opens them, because closing any descriptor of a file
 * would let go of all locks that this process holds on it.
 */
export function heldPlace(path: string): Place {
  const [wal, shm] = companions(path) as [string, string]
  const lockFile = besides(path, '-lock')
  const parts = [path, wal, shm]
  const opened = parts.map(look)
  let settled: Seen
  /** On an empty database beside the ledger: whoever has a writing transaction there is the one that checkpoints. */
  let lock: FileConnection | null = null

  const settle = () => {
    settled = look(path)
  }
  return {
    fault() {
      for (const [i, part] of parts.entries()) {
        const was = opened[i]
        const is = look(part)
        if (was !== undefined && !isSameFile(was, is))
          return { isElsewhere: i === 0, message: i === 0 ? ledgerFault(part, is) : companionFault(part, is) }
        // Only a checkpoint writes into the file itself, and while we hold the lock nobody else does that.
        if (i === 0 && lock !== null && settled !== undefined && !isUntouched(settled, is))
          return { isElsewhere: false, message: writtenFault(part) }
      }
      return null
    },
    walBytes: () => Number(look(wal)?.size ?? 0),
    settle,
    async checkpoints() {
      if (lock !== null) return true
      let client: FileConnection | null = null
      try {
        makePrivate(lockFile)
        client = fileConnection(lockFile)
        await client.execute('PRAGMA journal_mode = MEMORY')
        // Held until the transaction or the process ends, however it ends.
        await client.transaction('write')
      } catch {
        client?.close()
        return false
      }
      lock = client
      settle()
      return true
    },
    clear() {
      const isAnother = look(path) !== undefined && !isSameFile(opened[0] as NonNullable<Seen>, look(path))
      if (!isAnother) return
      for (const [i, companion] of [wal, shm].entries()) {
        const was = opened[i + 1]
        if (was !== undefined && isSameFile(was, look(companion))) rmSync(companion, { force: true })
      }
    },
    leave() {
      lock?.close()
      lock = null
    },
  }
}

const isSameFile = (was: NonNullable<Seen>, is: Seen): boolean => is?.dev === was.dev && is.ino === was.ino
const isUntouched = (was: NonNullable<Seen>, is: Seen): boolean =>
  is?.mtimeNs === was.mtimeNs && is.size === was.size

const ledgerFault = (path: string, is: Seen): string =>
  is === undefined
    ? `The file ${basename(path)} was removed or renamed while it is served: nothing is recorded until it is back. If it is lost, restore a backup and start the server again.`
    : `Another file has taken the place of ${basename(path)} while it is served: nothing is recorded. Start the server again to serve that one.`

const writtenFault = (path: string): string =>
  `Another program has written into ${basename(path)} itself: nothing is recorded. Stop the server; if another file was copied over it, put that file there again, without the -wal and -shm that stand beside it; then start again.`

const companionFault = (path: string, is: Seen): string =>
  `The file ${basename(path)} was ${is === undefined ? 'removed' : 'replaced'} while the ledger is served: nothing is recorded. Stop the server, which puts what it holds into the ledger's file, and start it again.`
