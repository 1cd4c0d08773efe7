import { rebuild } from '../store/migrate.ts'
import type { Command } from './command.ts'
import { withLedger } from './open-ledger.ts'

export const rebuildCommand: Command = {
  name: 'rebuild',
  summary: 'make everything again that is derived from the log',
  about:
    'Drops the tables of sources, questions, forecasts and so on, and makes them again from the entries of the log. Nothing is lost by it. A server that runs meanwhile answers writes with 503 for that time.',
  options: {},
  examples: [['reckon rebuild', 'After `reckon verify` found a difference.']],
  run: (context) =>
    withLedger(context, async ({ db }) => {
      const entries = await rebuild(db, {
        afresh: true,
        progress: context.progress('Rebuilding from the log'),
      })
      return { text: `Rebuilt from ${entries} entries.`, json: { entries } }
    }),
}
