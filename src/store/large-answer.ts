import { LedgerError } from '../core/error.ts'
import type { Connection, Row, Statement, Transaction } from './database.ts'
import { codeOf } from './disk-fault.ts'

/** Rows of the first page that is asked for. */
const FIRST_PAGE = 1_024

/** A libSQL server gives no more than so many bytes at once (10 MB, unless it was told otherwise). */
export const isTooLarge = (error: unknown): boolean => codeOf(error) === 'RESPONSE_TOO_LARGE'

/** The same answers in pages, as large as the server gives them, all of one moment. */
export async function inPages(client: Connection, statements: readonly Statement[]): Promise<Row[][]> {
  const moment = await client.transaction('read')
  try {
    // The client closes a transaction whose first statement fails.
    await moment.execute('SELECT 1 FROM sqlite_master')
    const answers: Row[][] = []
    for (const statement of statements) answers.push(await answerOf(moment, statement))
    return answers
  } finally {
    moment.close()
  }
}

async function answerOf(moment: Transaction, { sql, args }: Statement): Promise<Row[]> {
  const all: Row[] = []
  for (let size = FIRST_PAGE; ; ) {
    try {
      const { rows } = await moment.execute({
        sql: `SELECT * FROM (${sql}\n) LIMIT :page_size OFFSET :page_offset`,
        args: { ...args, page_size: BigInt(size), page_offset: BigInt(all.length) },
      })
      all.push(...rows)
      if (rows.length < size) return all
    } catch (error) {
      if (!isTooLarge(error)) throw error
      if (size === 1)
        throw new LedgerError('unavailable', 'The database gives no answer as large as this record.')
      size = Math.max(1, size >> 2)
    }
  }
}
