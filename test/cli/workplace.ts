import { join } from 'node:path'
import { openDatabase } from '../../src/node/runtime.ts'
import { commandOn } from '../support/command.ts'
import { databaseAt } from '../support/database.ts'
import { folder, reckon, root } from '../support/process.ts'

/** The worked example, as it lies in the repository. */
export const example = join(root, 'predictions')

/** A folder with a database of its own, and the command on it: `run` in this process, `launch` as people start it. */
export function workplace(settings: Record<string, string> = {}) {
  const cwd = folder()
  const url = databaseAt(join(cwd, 'ledger.db'))
  const set = { RECKONING_DATABASE_URL: url, ...settings }
  const launch = (...args: string[]) => reckon(args, { cwd, settings: set })
  const run = commandOn(set)
  const json = async (...args: string[]) => {
    const { stdout, code } = await run(...args, '--json')
    return { code, value: JSON.parse(stdout) }
  }
  return { cwd, url, run, json, launch, at: (...names: string[]) => join(cwd, ...names) }
}

/** The database of a workplace, from within. */
export async function withDatabase<T>(
  url: string,
  work: (db: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
): Promise<T> {
  const db = await openDatabase({ RECKONING_DATABASE_URL: url })
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}
