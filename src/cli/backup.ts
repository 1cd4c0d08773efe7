import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Misuse } from '../config.ts'
import { LedgerError } from '../core/error.ts'
import type { Command } from './command.ts'

export const backup: Command = {
  name: 'backup',
  summary: 'copy the whole ledger into one file',
  operands: { shown: 'FILE', least: 1, most: 1 },
  about:
    'Writes one consistent copy, private tables and tokens included, also while a server runs. It never overwrites a file. To restore, stop the server and put the copy in the place of the database. A remote database is backed up where it is hosted.',
  options: {},
  examples: [['reckon backup backups/2026-11-22.db', 'A copy of today.']],
  run: async (context, given) => {
    const { backUp, databaseExists } = await import('../node/runtime.ts')
    const url = context.config().RECKONING_DATABASE_URL
    if (!url.startsWith('file:'))
      throw new Misuse(`${url.split('?')[0]} is no file: back it up where it is hosted.`)
    if (!databaseExists(url)) throw new LedgerError('not_found', `There is no ledger at ${url} yet.`)
    const file = resolve(given.positionals[0] as string)
    await backUp(url, file)
    const bytes = statSync(file).size
    return { text: `${file} (${(bytes / 1e6).toFixed(1)} MB)`, json: { file, bytes } }
  },
}
