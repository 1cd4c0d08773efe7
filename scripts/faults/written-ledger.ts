import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ForecastRequest } from '../../src/core/forecast.ts'
import { commandOf } from '../../src/core/member.ts'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { publishReply } from '../../src/ledger/forecast/publish-reply.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import type { Ledger, Unit } from '../../src/ledger/ledger.ts'
import { importPredictions, predictionFiles } from '../../src/node/predictions.ts'
import { ledgerOn, openDatabase, prepareLedger } from '../../src/node/runtime.ts'
import type { Files } from './damage.ts'
import { until } from './program.ts'

export const NOW = new Date('2026-11-22T10:00:00.000Z')

/** What lies on the disk at one moment of a ledger that is written to. */
export type Moment = Files
export type WrittenLedger = {
  /** Copied into the file, nothing beside it. */
  settled: Moment
  /** The last commits still in the log beside it: one moment more a commit. */
  beside: Moment[]
  /** Every address that reads from it. */
  routes: string[]
}

/** The worked example, with texts, deadlines that have passed, a reply and kept summaries. */
export async function writtenLedger(folder: string, forecasts: number): Promise<WrittenLedger> {
  const path = join(folder, 'ledger.db')
  const main = () => readFileSync(path)
  const wal = () => (existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : null)
  const opened = async <T>(work: (ledger: Ledger, unit: Unit) => Promise<T>): Promise<T> => {
    const db = await openDatabase({ RECKONING_DATABASE_URL: `file:${path}` })
    try {
      const ledger = ledgerOn(db)
      const { administrator } = await prepareLedger(db, ledger, () => NOW, 'auto')
      return await work(ledger, { now: NOW, by: commandOf(administrator) })
    } finally {
      await db.close()
    }
  }
  await opened(async (ledger, unit) => {
    await importPredictions(ledger, predictionFiles(['predictions']), { now: NOW })
    for (let i = 0; i < forecasts / 2; i++) await recordForecast(ledger, unit, aForecast(i))
  })
  const earlier = main()
  const routes = await opened(async (ledger, unit) => {
    for (let i = forecasts / 2; i < forecasts; i++) await recordForecast(ledger, unit, aForecast(i))
    const { id } = (await recordForecast(ledger, unit, aForecast(forecasts))).event.payload as { id: string }
    await publishReply(ledger, unit, id, { text: 'That is not what I meant.', replied_on: '2026-11-20' })
    await runFlagDue(ledger, NOW)
    return routesOf(ledger)
  })
  // A close copies nothing while the lock of the one before is not let go yet: the next one does.
  let before = earlier
  await until('the ledger whole in its file', async () => {
    await opened(async () => undefined)
    const isSettled = before.equals(main()) && isWhole(before, forecasts)
    before = main()
    return isSettled
  })
  const settled = { main: main(), wal: null, earlier }
  const beside: Moment[] = []
  await opened(async (ledger, unit) => {
    for (let i = 1; i <= 4; i++) {
      await recordForecast(ledger, unit, aForecast(forecasts + i))
      beside.push({ main: main(), wal: wal(), earlier })
    }
  })
  return { settled, beside, routes }
}

/** Whether the last forecast is in the file itself. */
const isWhole = (file: Buffer, last: number): boolean => file.includes(`"Event ${last} happens"`)

const aForecast = (number: number): ForecastRequest =>
  ForecastRequest.parse({
    analyst: { name: `Ada Invented ${number % 5}` },
    source: {
      title: `Interview ${number}`,
      type: 'interview',
      published: '2026-11-10',
      text: `They spoke at length. "Event ${number} happens," she said. ${'And more was said of it. '.repeat(40)}`,
    },
    quote: `Event ${number} happens`,
    question: {
      title: `Event ${number} happens`,
      criteria: 'It is reported.',
      deadline: { date: number % 3 === 0 ? '2026-11-15' : '2027-06-30', time_zone: 'UTC' },
      tags: [`tag-${number % 4}`],
    },
    probability: (1 + (number % 9)) / 10,
  })

const PLAIN = [
  '/',
  '/ledger?q=happens',
  '/due',
  '/sources',
  '/analysts',
  '/compare',
  '/api/forecasts',
  '/api/forecasts?q=event',
  '/api/forecasts.csv',
  '/api/questions',
  '/api/sources',
  '/api/analysts',
  '/api/statements',
  '/api/due',
  '/api/calibration',
]

async function routesOf({ db }: Ledger): Promise<string[]> {
  const ids = async (table: string) =>
    (await db.read({ sql: `SELECT id FROM ${table} ORDER BY seq` })).map((row) => String(row.id))
  const of = (rows: string[], ...paths: string[]) =>
    rows.flatMap((id) => paths.map((path) => path.replace('*', id)))
  const [{ head } = { head: 0 }] = await db.read({ sql: 'SELECT max(seq) AS head FROM entry' })
  return [
    ...PLAIN,
    ...of(await ids('analyst'), '/analysts/*', '/api/analysts/*/track-record'),
    ...of(await ids('source'), '/sources/*', '/api/sources/*'),
    ...of(await ids('question'), '/questions/*', '/api/questions/*'),
    ...of(await ids('forecast'), '/forecasts/*', '/api/forecasts/*'),
    ...of(await ids('statement'), '/api/statements/*'),
    ...Array.from({ length: Number(head) + 1 }, (_, seq) => `/api/log/entries/${seq}`),
  ]
}
