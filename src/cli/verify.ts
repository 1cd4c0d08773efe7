import { LedgerError } from '../core/error.ts'
import { readHead } from '../store/append.ts'
import { engineLine, readEngine } from '../store/engine.ts'
import { type Verification, verifyLedger } from '../store/verify.ts'
import type { Command } from './command.ts'
import { opened } from './open-ledger.ts'
import { plural } from './predictions.ts'
import { harmless, styled, type Terminal } from './terminal.ts'

export const verify: Command = {
  name: 'verify',
  summary: 'prove that nothing in the ledger was changed',
  about: [
    'Hashes every entry again, checks that the order is gapless and the time never ran backwards, that what was recorded matches its seal, that no criterion moved after its deadline and that four eyes were kept; then replays the whole log into a scratch database and compares it with what the pages show.',
    'It changes nothing, and works beside a running server. Each finding names the entry (seq).',
  ].join('\n'),
  options: {},
  examples: [['reckon verify', 'The ledger of RECKONING_DATABASE_URL.']],
  problems: 'the ledger was changed, or what is shown is not what the log says',
  run: async (context) => {
    const { databaseExists, driverVersion, scratchDatabase } = await import('../node.ts')
    const url = context.config().RECKONING_DATABASE_URL
    if (!databaseExists(url)) throw new LedgerError('not_found', `There is no ledger at ${url} yet.`)
    return opened(context, async ({ db }) => {
      const head = await readHead(db)
      const scratch = await scratchDatabase()
      try {
        const show = context.progress('Verifying entries')
        const result = await verifyLedger(db, scratch, { progress: (done) => show(done, head.seq + 1) })
        const engine = await readEngine(db)
        const driver = driverVersion()
        return {
          text: `${textOf(context.terminal, result)}\n${engineLine(engine, driver)}`,
          json: {
            ...result,
            engine: { sqlite: engine.sqlite, driver, wal_reset_bug: engine.walResetBug },
          },
          exit: result.findings.length > 0 ? 1 : 0,
        }
      } finally {
        await scratch.close()
      }
    })
  },
}

function textOf(terminal: Terminal, { entries, same_person, findings }: Verification): string {
  const same =
    same_person > 0
      ? [
          `${plural(same_person, 'outcome')} confirmed by the same person who proposed ${same_person === 1 ? 'it' : 'them'}.`,
        ]
      : []
  if (findings.length === 0)
    return [
      `${styled(terminal, 'green', 'Verified')}: ${plural(entries, 'entry', 'entries')}, nothing was changed.`,
      ...same,
    ].join('\n')
  return [
    ...findings.map(
      ({ seq, code, message }) =>
        `${seq === null ? 'projections' : `entry ${seq}`}: ${code}: ${harmless(message)}`,
    ),
    ...same,
    styled(
      terminal,
      'red',
      `${plural(findings.length, 'finding')} in ${plural(entries, 'entry', 'entries')}.`,
    ),
  ].join('\n')
}
