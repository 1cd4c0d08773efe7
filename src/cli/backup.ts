import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Misuse } from '../config.ts'
import type { Command } from './command.ts'
import { addressOf } from './open-ledger.ts'

export const backup: Command = {
  name: 'backup',
  summary: 'copy the whole ledger into one file',
  operands: { shown: 'FILE', least: 1, most: 1 },
  about:
    'Writes one consistent copy, private tables and tokens included, also while a server runs. It never overwrites a file. To restore, stop the server and put the copy in the place of the database. A remote database is backed up where it is hosted.',
  examples: [['reckon backup backups/2026-11-22.db', 'A copy of today.']],
  run: async (context, given) => {
    const { backUp } = await import('../node/runtime.ts')
    const url = await addressOf(context)
    if (!url.startsWith('file:'))
      throw new Misuse(`${url.split('?')[0]} is no file: back it up where it is hosted.`)
    const file = resolve(given.positionals[0] as string)
    await backUp(url, file)
    const bytes = statSync(file).size
    return { text: `${file} (${(bytes / 1e6).toFixed(1)} MB)`, json: { file, bytes } }
  },
}
