import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { Config } from '../config.ts'
import { demoFounded, fillDemo } from '../demo/ledger.ts'
import { fitting } from './arguments.ts'
import type { Command, Context } from './command.ts'
import { serveLedger } from './serve.ts'

const DATABASE = 'data/demo.db'
const BANNER = 'Invented: every analyst and forecast in this ledger is made up.'

export const demo: Command = {
  name: 'demo',
  summary: 'serve a ledger of invented analysts that shows every part of every page',
  about: [
    `Makes a ledger of its own in ${DATABASE}, once, and serves it as \`reckon serve\` does, with a link to sign in: a dozen invented analysts over seven years up to yesterday. One states numbers and overstates them, one promises too little in more than 300, one is calibrated, one only uses words, one revises, one gave one long interview, one has said too little. Their names are as varied as the world’s. Every page says that it is invented.`,
    `Your own ledger is left alone. Delete ${DATABASE} to have it made again.`,
  ].join('\n'),
  options: { port: { value: 'N', about: 'the port to listen on, instead of PORT' } },
  examples: [
    ['reckon demo', 'On http://127.0.0.1:8787.'],
    ['reckon demo --port 9000', 'Beside a ledger that is served already.'],
  ],
  problems: 'the port is taken, or the database cannot be used',
  run: async (context, given) => {
    const port = given.text('port')
    const PORT = port === undefined ? undefined : fitting(Config.shape.PORT, '--port', port)
    const settings = context.config()
    const config: Config = {
      ...settings,
      ...(PORT === undefined ? {} : { PORT }),
      RECKONING_DATABASE_URL: `file:${DATABASE}`,
      RECKONING_DATABASE_TOKEN: undefined,
      RECKONING_IMPORT: '',
      RECKONING_BANNER: BANNER,
    }
    if (!existsSync(DATABASE)) await make(context)
    return serveLedger(context, { config, invites: true })
  },
}

/** Makes the ledger under another name first: it is whole or not there. */
async function make({ now, note, progress }: Context): Promise<void> {
  const { ledgerOn, openDatabase, prepareLedger } = await import('../node/runtime.ts')
  const unfinished = `${DATABASE}.unfinished`
  const copy = `${unfinished}-copy`
  const sweep = () => {
    for (const end of ['', '-wal', '-shm', '-lock', '-copy']) rmSync(`${unfinished}${end}`, { force: true })
  }
  note('Making the invented ledger …')
  sweep()
  const db = await openDatabase({ RECKONING_DATABASE_URL: `file:${unfinished}` })
  try {
    const today = now().toISOString().slice(0, 10)
    const ledger = ledgerOn(db)
    await prepareLedger(db, ledger, () => demoFounded(today), 'auto')
    await fillDemo(ledger, today, { progress: progress('Inventing') })
  } finally {
    await db.close()
  }
  // The driver lets go of a closed file late. Under a new name the same file would keep its old -shm here and get
  // another one in every other program: a copy is a file of its own.
  // A new ledger has nothing to do with what was published of the one that stood here before.
  for (const end of ['.key', '.checkpoint']) rmSync(`${DATABASE}${end}`, { force: true })
  copyFileSync(unfinished, copy)
  renameSync(copy, DATABASE)
  sweep()
}
