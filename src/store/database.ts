import { LedgerError } from '../core/error.ts'
import { codeOf, diskFault, isReadOnly, messageOf } from './disk-fault.ts'
import { inPages, isTooLarge } from './large-answer.ts'
import { isLineBroken, remoteFault, statusOf } from './remote-fault.ts'
import { NO_SCRUB, REMOTE_SCRUB, type Scrub, scrubbing } from './scrub.ts'

export type Value = string | number | bigint | null
export type Statement = { sql: string; args?: Record<string, Value> }
export type Row = Record<string, unknown>
export type Results = { rows: Row[] }

/** One connection to a file, or a client of a server: what is asked of a driver. */
export type Connection = {
  execute(statement: Statement | string): Promise<Results>
  /** One transaction, which is undone where one of them fails. */
  batch(statements: (Statement | string)[], mode: 'read' | 'write'): Promise<Results[]>
  transaction(mode: 'read' | 'write'): Promise<Transaction>
  reconnect(): void
  close(): void | Promise<void>
}
export type Transaction = {
  execute(statement: Statement | string): Promise<Results>
  rollback(): Promise<void>
  close(): void
}

/** The one way to the database: reads, and writes that happen whole or not at all. */
export type Database = Scrub & {
  read(statement: Statement): Promise<Row[]>
  /** Several reads of one snapshot. */
  readAll(statements: Statement[]): Promise<Row[][]>
  /** One atomic batch. Throws `Refused` when a constraint or a trigger said no. */
  write(statements: Statement[]): Promise<Row[][]>
  /** Why nothing can be written at present, or null. */
  trouble(): LedgerError | null
  /** Done now and then by a program that stays: tries again after trouble, and keeps a file database tidy. */
  tend(): Promise<void>
  close(): Promise<void>
}

/** What is wrong with the files of a database: whether its file is no longer under its name, and a sentence. */
export type Fault = { isElsewhere: boolean; message: string }

/** What a file database asks of its entry, which alone sees the disk. */
export type Place = {
  /** Null while the files are the ones that were opened. */
  fault(): Fault | null
  walBytes(): number
  /** Whether this program is the one that checkpoints; it becomes that where nobody is. */
  checkpoints(): Promise<boolean>
  /** Said after a checkpoint: how the file looks now is how it should look. */
  settle(): void
  /** Takes our log away from beside another file, which it would damage. */
  clear(): void
  /** Lets another program checkpoint. */
  leave(): void
}

/** A constraint or a trigger refused the batch: somebody else was first, or a rule of the log was broken. */
export class Refused extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'Refused'
  }
}

/**
 * Waits about so long, never twice the same, so that those who wait together do not come back together; 0 means one
 * turn of the event loop. Handed in by the entries, so that nothing here owns a clock or chance.
 */
export type Pause = (ms: number) => Promise<void>

/** About twelve seconds. */
const BUSY_TRIES = 80
/** Half a second, for who comes when another has waited in vain: whoever is behind him in the queue has waited, too. */
const FEW_BUSY_TRIES = 14
const LONGEST_PAUSE_MS = 200

export const toRows = ({ rows }: Results): Row[] => rows

/** A file says it with a code; a server that has too many connections with status 429. */
export const isBusy = (error: unknown): boolean =>
  ['SQLITE_BUSY', 'TRANSACTION_BUSY'].includes(codeOf(error)) || statusOf(error) === 429

function translated(error: unknown): unknown {
  const message = messageOf(error)
  // A trigger says so, and a trigger's word has the code of a constraint.
  if (/projections are being rebuilt/u.test(message))
    return new LedgerError('rebuilding', 'The ledger is being rebuilt; try again in a moment.')
  if (codeOf(error).startsWith('SQLITE_CONSTRAINT')) return new Refused(message, error)
  const disk = diskFault(error)
  if (disk !== null) return disk
  // sqld reports a trigger's RAISE without its own code.
  if (
    /constraint failed|rev is not the next|seq is not the next|at runs backwards|is append-only/u.test(
      message,
    )
  )
    return new Refused(message, error)
  const remote = remoteFault(error)
  if (remote !== null) return remote
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/u.test(codeOf(error)))
    return new LedgerError('unavailable', 'The database is busy; try again in a moment.')
  return error
}

/** SQLite's busy answer leaves the connection unusable (libsql-client-ts #352): reconnect, wait, do it all again. */
export async function retryingWhileBusy<T>(
  client: Connection,
  pause: Pause,
  work: () => Promise<T>,
  mayReconnect: () => void = () => {},
  tries = BUSY_TRIES,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error) || attempt === tries) throw translated(error)
      mayReconnect()
      client.reconnect()
      await pause(Math.min(5 * attempt, LONGEST_PAUSE_MS))
    }
  }
}

/**
 * Remembers why writing does not work, until it works again. A damaged file takes nothing more, although other pages of
 * it may be whole: what is written now would be lost with the file when a backup takes its place.
 */
function rememberingTrouble() {
  let trouble: LedgerError | null = null
  return {
    trouble: () => trouble,
    tries: () => (trouble === null ? BUSY_TRIES : FEW_BUSY_TRIES),
    async around<T>(work: () => Promise<T>): Promise<T> {
      if (trouble?.code === 'damaged') throw trouble
      try {
        const done = await work()
        trouble = null
        return done
      } catch (error) {
        if (error instanceof LedgerError && ['unavailable', 'damaged'].includes(error.code)) trouble = error
        throw error
      }
    },
  }
}

/** Leaves what is there, and shows whether writing works: a row that stays as it is would never reach the disk. */
const NOTHING_NEW: Statement[] = [
  { sql: 'UPDATE projection SET seq = seq + 1' },
  { sql: 'UPDATE projection SET seq = seq - 1' },
]

/** Four times SQLite's own measure: a page that many writes change is copied once. */
const WAL_BYTES = 16_480_000
/** With every batch, because a connection is opened anew after it was busy: only `checkpoint` below copies the log. */
const FIRST = ['PRAGMA wal_autocheckpoint = 0', `PRAGMA journal_size_limit = ${WAL_BYTES}`]

/**
 * Reads of a file. The driver reads on this very thread and answers without leaving it: after each read the others get
 * their turn, so that nobody who reads page after page holds them up.
 */
function fileReads(
  reader: Connection,
  requireSameFiles: () => void,
  pause: Pause,
): Pick<Database, 'read' | 'readAll'> {
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await retryingWhileBusy(reader, pause, work, requireSameFiles)
    } catch (error) {
      // What cannot be read of other files than ours has that one reason.
      requireSameFiles()
      throw error
    } finally {
      await pause(0)
    }
  }
  return {
    read: async (statement) => toRows(await inTurn(() => reader.execute(statement))),
    readAll: async (statements) => (await inTurn(() => reader.batch(statements, 'read'))).map(toRows),
  }
}

/** A file database for somebody who only reads. */
export const readingDatabase = (
  reader: Connection,
  requireSameFiles: () => void,
  pause: Pause,
): Database => ({
  ...fileReads(reader, requireSameFiles, pause),
  write: () => Promise.reject(new Error('this connection only reads')),
  trouble: () => null,
  tend: async () => {},
  ...NO_SCRUB,
  close: async () => reader.close(),
})

/**
 * A file database: one writing connection, used by one caller at a time, and a separate reader, because a busy
 * wait in the driver blocks the whole process. The keeper is reconnected only while the writer holds the files: while
 * one is open SQLite throws none of them away, so that any other file under their names came from somebody else.
 */
export function fileDatabase(
  { writer, reader, keeper }: { writer: Connection; reader: Connection; keeper: Connection },
  place: Place,
  pause: Pause,
): Database {
  const memory = rememberingTrouble()
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work, work)
    turn = result.catch(() => undefined)
    return result
  }
  const misplaced = (): LedgerError | null => {
    const fault = place.fault()
    return fault === null ? null : new LedgerError('unavailable', fault.message)
  }
  const requireSameFiles = () => {
    const fault = misplaced()
    if (fault !== null) throw fault
  }
  const write = (statements: Statement[]): Promise<Row[][]> =>
    memory.around(async () => {
      const batch = async () => {
        requireSameFiles()
        try {
          return await writer.batch([...FIRST, ...statements], 'write')
        } catch (error) {
          // The next one who writes asks whether the file can be written by then.
          if (isReadOnly(error)) writer.reconnect()
          throw error
        }
      }
      const results = await retryingWhileBusy(writer, pause, batch, undefined, memory.tries())
      // What was committed into a file that is gone is not recorded.
      requireSameFiles()
      return results.slice(FIRST.length).map(toRows)
    })

  /**
   * Copies the log into the file while we hold the one place of a writer: a log that began anew under the copying is
   * what SQLite before 3.51.3 does not survive, and one that only this program copies can still be begun by another.
   */
  async function checkpoint(): Promise<void> {
    const fault = place.fault()
    // A file that has another name now is still ours to complete.
    if ((fault !== null && !fault.isElsewhere) || !(await place.checkpoints())) return
    const held = await retryingWhileBusy(writer, pause, () => writer.transaction('write'), requireSameFiles)
    try {
      const [copied] = (await keeper.execute('PRAGMA wal_checkpoint(PASSIVE)')).rows
      if (fault !== null && copied?.log === copied?.checkpointed) place.clear()
    } catch (error) {
      if (fault === null && isReadOnly(error)) keeper.reconnect()
      throw error
    } finally {
      place.settle()
      await held.rollback()
    }
  }
  /** What is not copied now is copied later: nobody's write fails of it. */
  const copyWhenOver = async (bytes: number) => {
    if (place.walBytes() > bytes || place.fault()?.isElsewhere === true)
      await checkpoint().catch(() => undefined)
  }

  const onWriter = <T>(work: () => Promise<T>) => {
    requireSameFiles()
    return retryingWhileBusy(writer, pause, work, requireSameFiles)
  }
  const { scrub, emptyLog } = scrubbing({
    place,
    checkpoint,
    batch: (statements) => onWriter(() => writer.batch([...statements], 'write')),
    alone: (statement) => onWriter(() => writer.execute(statement)),
    pause,
  })

  return {
    ...fileReads(reader, requireSameFiles, pause),
    scrub: () => inTurn(scrub),
    emptyLog: () => inTurn(emptyLog),
    write: (statements) =>
      inTurn(async () => {
        const rows = await write(statements)
        await copyWhenOver(WAL_BYTES)
        return rows
      }),
    trouble: () => misplaced() ?? memory.trouble(),
    tend: () =>
      inTurn(async () => {
        if (memory.trouble() !== null) await write(NOTHING_NEW).catch(() => undefined)
        await place.checkpoints()
        await copyWhenOver(WAL_BYTES)
      }),
    close: async () => {
      await inTurn(() => copyWhenOver(0))
      for (const client of [writer, reader, keeper]) await client.close()
      place.leave()
    },
  }
}

const READ_TRIES = 5

/** Reads again where no answer came; a write is left to the caller, who alone knows whether twice is once too often. */
async function askingAgain<T>(pause: Pause, read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read()
    } catch (error) {
      if (!isLineBroken(error) || attempt === READ_TRIES) throw error
      await pause(10 * attempt)
    }
  }
}

/** A remote database; the client lives as long as one request where the runtime asks for that. */
export function remoteDatabase(client: Connection, pause: Pause): Database {
  const memory = rememberingTrouble()
  const retrying = <T>(work: () => Promise<T>, tries?: number) =>
    retryingWhileBusy(client, pause, work, undefined, tries)
  const write = (statements: Statement[]) =>
    memory.around(async () => {
      const results = await retrying(() => client.batch(statements, 'write'), memory.tries())
      return results.map(toRows)
    })
  const reading = <T>(work: () => Promise<T>) => retrying(() => askingAgain(pause, work))
  const answers = (statements: Statement[], ask: () => Promise<Results[]>): Promise<Row[][]> =>
    reading(() =>
      ask().then(
        (all) => all.map(toRows),
        (error: unknown) => {
          if (!isTooLarge(error)) throw error
          return inPages(client, statements)
        },
      ),
    )
  return {
    read: async (statement) =>
      (await answers([statement], async () => [await client.execute(statement)]))[0] ?? [],
    readAll: (statements) => answers(statements, () => client.batch(statements, 'read')),
    write,
    trouble: memory.trouble,
    tend: async () => {
      if (memory.trouble() !== null) await write(NOTHING_NEW).catch(() => undefined)
    },
    ...REMOTE_SCRUB,
    close: async () => client.close(),
  }
}
