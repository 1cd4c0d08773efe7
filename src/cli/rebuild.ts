import { payloads } from '../core/entry.ts'
import { LedgerError } from '../core/error.ts'
import { acceptLoss, type Loss } from '../ledger/accept-loss.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { integrate } from '../ledger/log/integrate.ts'
import { dropTree } from '../store/loss.ts'
import { listMembers } from '../store/members.ts'
import { assertSchema, prepareScratch, rebuild } from '../store/migrate.ts'
import { dropStrays } from '../store/verify/private.ts'
import { mendSchema } from '../store/verify/schema.ts'
import { fitting } from './arguments.ts'
import type { Command, Context } from './command.ts'
import { addressOf, opened, unitOf } from './open-ledger.ts'

export const rebuildCommand: Command = {
  name: 'rebuild',
  summary: 'make everything again that is derived from the log',
  about: [
    'Hashes every entry, then drops the tables of sources, questions, forecasts and so on and makes them again from the log; makes missing triggers and indexes again, removes foreign ones, and lets go of tokens, sessions, idempotency keys and texts of which the log knows nothing. A server that runs meanwhile answers writes with 503 for that time.',
    'From a log that is not whole it makes nothing and touches nothing: it says what is wrong, and a backup is the way. Only where the end of the log is gone and no backup holds it, `--accept-loss BECAUSE` gives up that end: an entry in its place says which entries were lost, and why.',
  ].join('\n'),
  options: {
    'accept-loss': {
      value: 'BECAUSE',
      about: 'give up the entries that are gone from the end, for this reason',
    },
  },
  examples: [
    ['reckon rebuild', 'After `reckon verify` found a difference.'],
    [
      'reckon rebuild --accept-loss "The disk failed; the last backup is older still."',
      'After it said that the end of the log is gone.',
    ],
  ],
  problems: 'the log is not whole',
  run: async (context, given) => {
    const { scratchDatabase } = await import('../node/runtime.ts')
    await addressOf(context)
    const because = given.text('accept-loss')
    return opened(context, async (ledger, db) => {
      await assertSchema(db)
      const lost = because === undefined ? null : await givenUp(context, ledger, because)
      const progress = context.progress('Rebuilding from the log')
      const entries = await rebuild(db, { afresh: true, progress })
      await db.write([...dropStrays, ...dropTree])
      const scratch = await scratchDatabase()
      try {
        await prepareScratch(scratch)
        const mended = await mendSchema(db, scratch)
        await integrate(ledger)
        return { text: textOf(entries, mended, lost), json: { entries, mended, lost } }
      } finally {
        await scratch.close()
      }
    })
  },
}

type Lost = Loss | null

async function givenUp(context: Context, ledger: Ledger, reason: string): Promise<Lost> {
  const because = fitting(payloads['log.restored'].shape.because, '--accept-loss', reason)
  const administrator = (await listMembers(ledger.db)).find(
    ({ role, machine }) => role === 'admin' && !machine,
  )
  if (administrator === undefined)
    throw new LedgerError('damaged', 'No administrator is left in whose name the loss could be recorded.')
  return acceptLoss(ledger, unitOf(context, administrator), because)
}

const textOf = (entries: number, mended: number, lost: Lost): string =>
  [
    ...(lost === null
      ? []
      : [`Entries ${lost.from} to ${lost.to} were given up; entry ${lost.entry} says so and why.`]),
    `Rebuilt from ${entries} entries.`,
    ...(mended === 0 ? [] : [`Put right ${mended} of the triggers and indexes.`]),
  ].join('\n')
