import type { Database } from './database.ts'

export type Engine = { sqlite: string; wal_reset_bug: boolean }

/**
 * Whether this SQLite can lose pages when a checkpoint begins while another connection starts the write-ahead log anew
 * (sqlite.org/wal.html#walresetbug): mended in 3.51.3, and for older lines in 3.50.7 and 3.44.6.
 */
export function hasWalResetBug(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  if (major !== 3) return false
  if (minor === 44) return patch < 6
  if (minor === 50) return patch < 7
  return minor < 51 || (minor === 51 && patch < 3)
}

/** The SQLite inside the database that this program talks to. */
export async function readEngine(db: Database): Promise<Engine> {
  const [row] = await db.read({ sql: 'SELECT sqlite_version() AS version' })
  const sqlite = String(row?.version)
  return { sqlite, wal_reset_bug: hasWalResetBug(sqlite) }
}

/** The engine in a sentence, with what follows of its age. */
export const engineLine = ({ sqlite, wal_reset_bug, driver }: Engine & { driver: string }): string =>
  `Engine: SQLite ${sqlite} (${driver})${wal_reset_bug ? ', which has the WAL-reset bug: only Reckoning may checkpoint the file' : ''}.`
