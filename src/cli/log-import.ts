import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { Misuse } from '../config.ts'
import { LedgerError } from '../core/error.ts'
import type { LedgerRecords } from '../core/folder.ts'
import { LINES_BEGINNING } from '../log/lines.ts'
import type { Context, Given } from './command.ts'

const BEGINNING = Buffer.from(LINES_BEGINNING)

/** Whether a file is the log of a Reckoning in lines, by how it begins. */
export function isLogInLines(path: string): boolean {
  if (!/\.jsonl$/iu.test(path) || !existsSync(path)) return false
  const bytes = Buffer.alloc(BEGINNING.length)
  const file = openSync(path, 'r')
  try {
    return readSync(file, bytes, 0, bytes.length, 0) === bytes.length && bytes.equals(BEGINNING)
  } finally {
    closeSync(file)
  }
}

/** The log that is to be imported; null where none is. It comes alone, and says everything itself. */
export function logAmong(given: Given, options: readonly string[]): string | null {
  const [path] = given.positionals.filter(isLogInLines)
  if (path === undefined) return null
  if (given.positionals.length > 1) throw new Misuse('A log in lines is imported by itself.')
  const stray = options.find((name) => given.flag(name))
  if (stray !== undefined) throw new Misuse(`--${stray} is not for a log in lines, which says it all itself.`)
  return path
}

/** What a log holds, as it stands at its end. Throws `invalid` where it does not verify: nothing is taken from it then. */
export async function recordsOfLog(context: Context, path: string): Promise<LedgerRecords> {
  const [{ scratchDatabase }, { linesLog }, { verifiedLog }, { readRecords }] = await Promise.all([
    import('../node/runtime.ts'),
    import('../node/published-log.ts'),
    import('./verify-published.ts'),
    import('../store/records.ts'),
  ])
  const scratch = await scratchDatabase()
  try {
    const published = { log: linesLog(path), records: null, hasTiles: false }
    const { verified } = await verifiedLog(published, scratch, null, context)
    const [first] = verified.findings
    if (first !== undefined)
      throw new LedgerError(
        'invalid',
        `${path} does not verify, and nothing of it was imported: ${first.message} \`reckon verify ${path}\` says all of it.`,
      )
    return await readRecords(scratch)
  } finally {
    await scratch.close()
  }
}
