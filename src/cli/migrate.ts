import type { Command } from './command.ts'
import { withPreparedLedger } from './open-ledger.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'bring the database up to date',
  about:
    'Makes missing tables, rebuilds what is derived from the log when this version derives it differently, and founds a new ledger. `reckon serve` does the same at its start; a Worker never does, so run this before deploying one. The log itself is never changed.',
  examples: [
    ['reckon migrate', 'The database of RECKONING_DATABASE_URL.'],
    [
      'RECKONING_DATABASE_URL=libsql://… RECKONING_DATABASE_TOKEN=… reckon migrate',
      'A remote one, before a Worker uses it.',
    ],
  ],
  run: (context) =>
    withPreparedLedger(context, async ({ migrations, rebuilt, founded }) => {
      const done = [
        ...migrations.map((id) => `Applied ${id}.`),
        ...(rebuilt > 0 ? [`Rebuilt from ${rebuilt} entries.`] : []),
        ...(founded ? ['Founded the ledger.'] : []),
      ]
      return {
        text: done.length === 0 ? 'Up to date.' : done.join('\n'),
        json: { migrations, rebuilt, founded },
      }
    }),
}
