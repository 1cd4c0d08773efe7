import {
  type Connection,
  type Database,
  isBusy,
  type Pause,
  type Row,
  retryingWhileBusy,
  type Statement,
  toRows,
} from './database.ts'
import { codeOf } from './disk-fault.ts'
import { NO_SCRUB } from './scrub.ts'

/**
 * One moment of a file: everything is read in one transaction that stays open until it is closed. Nothing can be
 * written through it.
 */
export async function momentOf(client: Connection, pause: Pause): Promise<Database> {
  const moment = await retryingWhileBusy(client, pause, async () => {
    const begun = await client.transaction('read')
    // The moment is that of the first read; whoever reads next meets what is damaged in the file.
    await begun.execute('SELECT count(*) FROM sqlite_master').catch((error: unknown) => {
      if (isBusy(error) || codeOf(error) === 'SQLITE_NOTADB') throw error
    })
    return begun
  })
  const read = async (statement: Statement) => toRows(await moment.execute(statement))
  return {
    read,
    readAll: async (statements) => {
      const all: Row[][] = []
      for (const statement of statements) all.push(await read(statement))
      return all
    },
    write: async () => {
      throw new Error('a moment of a file is only read')
    },
    trouble: () => null,
    tend: async () => {},
    ...NO_SCRUB,
    close: async () => {
      moment.close()
      await client.close()
    },
  }
}
