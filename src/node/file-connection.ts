import Native from 'libsql'
import type { Connection, Results, Statement, Value } from '../store/database.ts'

/** Statements kept ready by each connection: as many as a server asks again and again, with room for lists of any filter. */
const MOST_READY = 256

const BEGIN = { read: 'BEGIN TRANSACTION READONLY', write: 'BEGIN IMMEDIATE' } as const

export type FileConnection = Omit<Connection, 'close'> & { close(): void }

type Ready = { statement: Native.Statement; returnsRows: boolean }

/** What SQLite said, under the names that `@libsql/client` gives: SQLITE_BUSY for each kind of being busy. */
function named(error: unknown): unknown {
  if (!(error instanceof Native.SqliteError)) return error
  const extendedCode = error.code
  const code = extendedCode.split('_').slice(0, 2).join('_')
  return Object.assign(new Error(`${code}: ${error.message}`, { cause: error }), { code, extendedCode })
}

/** Bytes as `@libsql/client` gives them, from a remote database too. */
const unpacked = (row: Record<string, unknown>): Record<string, unknown> => {
  for (const name in row) {
    const value = row[name]
    if (value instanceof Uint8Array)
      row[name] = value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength)
  }
  return row
}

/** A connection that was opened; what it prepared once stays ready. */
class Opened {
  readonly #native: Native.Database
  readonly #ready = new Map<string, Ready>()

  constructor(path: string, timeout: number) {
    this.#native = new Native(path, { timeout })
  }

  get inTransaction(): boolean {
    return this.#native.inTransaction
  }

  run(asked: Statement | string): Results {
    const { sql, args = {} }: Statement = typeof asked === 'string' ? { sql: asked } : asked
    try {
      const { statement, returnsRows } = this.#readied(sql)
      if (returnsRows) return { rows: (statement.all(args) as Record<string, unknown>[]).map(unpacked) }
      statement.run(args)
      return { rows: [] }
    } catch (error) {
      // It may have stopped half-way: the next one begins afresh.
      this.#ready.delete(sql)
      throw named(error)
    }
  }

  #readied(sql: string): Ready {
    const known = this.#ready.get(sql)
    if (known !== undefined) return known
    const statement = this.#native.prepare<[Record<string, Value>]>(sql)
    const made = { statement, returnsRows: statement.reader }
    if (this.#ready.size === MOST_READY) this.#ready.delete(this.#ready.keys().next().value as string)
    this.#ready.set(sql, made)
    return made
  }

  /** Ends what is open of a transaction; false where not even that can be done. */
  undo(): boolean {
    try {
      if (this.inTransaction) this.run('ROLLBACK')
      return true
    } catch {
      return false
    }
  }

  close(): void {
    this.#ready.clear()
    this.#native.close()
  }
}

/**
 * One connection to a file through the engine itself, with the statements that were prepared kept ready: the driver
 * for files of `@libsql/client` prepares each one anew, which was a fifth of the work of a write. Opened when it is
 * first used, and anew after `reconnect`. `timeout`: how long SQLite waits for a lock, in ms, blocking this thread.
 */
export function fileConnection(path: string, timeout = 0): FileConnection {
  let opened: Opened | null = null
  let isClosed = false
  const connection = (): Opened => {
    if (isClosed) throw Object.assign(new Error('The connection is closed'), { code: 'CLIENT_CLOSED' })
    opened ??= new Opened(path, timeout)
    return opened
  }
  const letGo = () => {
    opened?.close()
    opened = null
  }
  return {
    execute: async (statement) => connection().run(statement),
    batch: async (statements, mode) => {
      const on = connection()
      on.run(BEGIN[mode])
      try {
        const results = statements.map((statement) => on.run(statement))
        on.run('COMMIT')
        return results
      } catch (error) {
        if (!on.undo()) letGo()
        throw error
      }
    },
    transaction: async (mode) => {
      const on = connection()
      on.run(BEGIN[mode])
      const end = () => {
        if (on === opened && !on.undo()) letGo()
      }
      return { execute: async (statement) => on.run(statement), rollback: async () => end(), close: end }
    },
    reconnect: letGo,
    close: () => {
      isClosed = true
      letGo()
    },
  }
}
