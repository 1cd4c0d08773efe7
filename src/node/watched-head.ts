import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { quarterHour } from '../core/calendar.ts'
import type { Head } from '../http/host.ts'
import { readMoment } from '../store/append.ts'
import type { Database } from '../store/database.ts'
import { readFarHead } from '../store/documents/frame.ts'
import { besides } from './ledger-file.ts'
import { databasePath } from './runtime.ts'

/** The first copy of SQLite's WAL index header: it changes with every commit of whatever process. */
const HEADER_BYTES = 48

/**
 * The head of the log without a query while nothing was committed: 48 bytes of the `-shm` file tell, in a
 * fortieth of the time. Where there is no such file, every call asks the database. Closed after the database: to close a descriptor lets go of the
 * locks of the whole process on that file.
 */
export function watchedHead(
  db: Database,
  url: string,
  now: () => Date,
): { head: () => Promise<Head>; close: () => void } {
  if (!url.startsWith('file:')) return { head: () => readFarHead(db, quarterHour(now())), close: () => {} }
  const path = besides(databasePath(url), '-shm')
  let fd: number | null = null
  let known: Promise<Head> | null = null
  const seen = Buffer.alloc(HEADER_BYTES)
  const bytes = Buffer.alloc(HEADER_BYTES)

  const close = () => {
    if (fd !== null) closeSync(fd)
    fd = null
    known = null
  }
  const readHeader = (): boolean => {
    try {
      // The file is made anew when nobody had the database open for a moment.
      if (fd !== null && fstatSync(fd).nlink === 0) close()
      fd ??= openSync(path, 'r')
      return readSync(fd, bytes, 0, HEADER_BYTES, 0) === HEADER_BYTES
    } catch {
      close()
      return false
    }
  }
  const head = (): Promise<Head> => {
    // The bytes are read before the query: what is committed between the two is seen at the next call.
    if (!readHeader()) return readMoment(db)
    if (known !== null && bytes.equals(seen)) return known
    bytes.copy(seen)
    const reading = readMoment(db)
    known = reading
    reading.catch(() => {
      if (known === reading) known = null
    })
    return reading
  }
  return { head, close }
}
