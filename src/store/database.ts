import type { Client, InStatement, ResultSet } from '@libsql/client'
import { LedgerError } from '../core/error.ts'

export type Value = string | number | bigint | null
export type Statement = { sql: string; args?: Record<string, Value> }
export type Row = Record<string, unknown>

/** The one way to the database: reads, and writes that happen whole or not at all. */
export type Database = {
  read(statement: Statement): Promise<Row[]>
  /** Several reads of one snapshot. */
  readAll(statements: Statement[]): Promise<Row[][]>
  /** One atomic batch. Throws `Refused` when a constraint or a trigger said no. */
  write(statements: Statement[]): Promise<Row[][]>
  close(): Promise<void>
}

/** A constraint or a trigger refused the batch: somebody else was first, or a rule of the log was broken. */
export class Refused extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause })
    this.name = 'Refused'
  }
}

/**
 * Waits about so long, never twice the same, so that those who wait together do not come back together; 0 means one
 * turn of the event loop. Handed in by the entries, so that nothing here owns a clock or chance.
 */
export type Pause = (ms: number) => Promise<void>

const BUSY_TRIES = 40
const LONGEST_PAUSE_MS = 200

const toStatement = ({ sql, args }: Statement): InStatement => (args === undefined ? sql : { sql, args })
const toRows = (result: ResultSet): Row[] => result.rows as unknown as Row[]

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** A file says it with a code; a server that has too many connections with status 429. */
const isBusy = (error: unknown): boolean => codeOf(error) === 'SQLITE_BUSY' || statusOf(error) === 429

const statusOf = (error: unknown): number | undefined =>
  (error as { cause?: { status?: number } } | null)?.cause?.status

function translated(error: unknown): unknown {
  const message = messageOf(error)
  // A trigger says so, and a trigger's word has the code of a constraint.
  if (/projections are being rebuilt/u.test(message))
    return new LedgerError('rebuilding', 'The ledger is being rebuilt; try again in a moment.')
  if (codeOf(error).startsWith('SQLITE_CONSTRAINT')) return new Refused(message, error)
  // sqld reports a trigger's RAISE without its own code.
  if (
    /constraint failed|rev is not the next|seq is not the next|at runs backwards|is append-only/u.test(
      message,
    )
  )
    return new Refused(message, error)
  if (error instanceof TypeError && /fetch failed|network/iu.test(message))
    return new LedgerError('unavailable', 'The database cannot be reached; try again in a moment.')
  if (codeOf(error) === 'SERVER_ERROR') {
    const status = statusOf(error)
    return new LedgerError(
      'unavailable',
      `The database answered${status === undefined ? ' with an error' : ` with status ${status}`}; try again in a moment.`,
    )
  }
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return new LedgerError('unavailable', 'The database did not answer in time; try again in a moment.')
  if (codeOf(error) === 'SQLITE_BUSY')
    return new LedgerError('unavailable', 'The database is busy; try again in a moment.')
  return error
}

/** SQLite's busy answer leaves the connection unusable (libsql-client-ts #352): reconnect, wait, do it all again. */
async function retryingWhileBusy<T>(client: Client, pause: Pause, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error) || attempt === BUSY_TRIES) throw translated(error)
      client.reconnect()
      await pause(Math.min(5 * attempt, LONGEST_PAUSE_MS))
    }
  }
}

/**
 * Reads of a file. The driver reads on this very thread and answers without leaving it: after each read the others get
 * their turn, so that nobody who reads page after page holds them up.
 */
function fileReads(reader: Client, pause: Pause): Pick<Database, 'read' | 'readAll'> {
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const result = await retryingWhileBusy(reader, pause, work)
    await pause(0)
    return result
  }
  return {
    read: async (statement) => toRows(await inTurn(() => reader.execute(toStatement(statement)))),
    readAll: async (statements) =>
      (await inTurn(() => reader.batch(statements.map(toStatement), 'read'))).map(toRows),
  }
}

/** A file database for somebody who only reads. */
export const readingDatabase = (reader: Client, pause: Pause): Database => ({
  ...fileReads(reader, pause),
  write: () => Promise.reject(new Error('this connection only reads')),
  close: async () => reader.close(),
})

/**
 * A file database: one writing connection, used by one caller at a time, and a separate reader, because a busy
 * wait in the driver blocks the whole process (stack.md, section 2).
 */
export function fileDatabase(writer: Client, reader: Client, pause: Pause): Database {
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work, work)
    turn = result.catch(() => undefined)
    return result
  }
  return {
    ...fileReads(reader, pause),
    write: (statements) =>
      inTurn(async () =>
        (
          await retryingWhileBusy(writer, pause, () => writer.batch(statements.map(toStatement), 'write'))
        ).map(toRows),
      ),
    close: async () => {
      await inTurn(() => writer.execute('PRAGMA wal_checkpoint(TRUNCATE)')).catch(() => undefined)
      writer.close()
      reader.close()
    },
  }
}

/** A remote database; the client lives as long as one request where the runtime asks for that. */
export function remoteDatabase(client: Client, pause: Pause): Database {
  const retrying = <T>(work: () => Promise<T>) => retryingWhileBusy(client, pause, work)
  return {
    read: async (statement) => toRows(await retrying(() => client.execute(toStatement(statement)))),
    readAll: async (statements) =>
      (await retrying(() => client.batch(statements.map(toStatement), 'read'))).map(toRows),
    write: async (statements) =>
      (await retrying(() => client.batch(statements.map(toStatement), 'write'))).map(toRows),
    close: async () => client.close(),
  }
}
