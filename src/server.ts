import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ScheduledTask, schedule } from 'node-cron'
import { problemAnswer, problemOf } from './api/problem.ts'
import { createApp } from './app.ts'
import { BUILD, SCRIPT, VERSION } from './build.ts'
import { importPredictions, predictionFiles } from './cli/predictions.ts'
import { addressOf, type Config } from './config.ts'
import { LedgerError } from './core/error.ts'
import { type Fetch, httpServer } from './http-server.ts'
import { clock, timetable } from './jobs/timetable.ts'
import type { Host } from './ledger/host.ts'
import type { Ledger } from './ledger/ledger.ts'
import { openSecret } from './ledger/membership.ts'
import { ledgerOn, openDatabase, prepareLedger, watchedHead } from './node.ts'
import { fetchArticle } from './page-fetch.ts'
import type { Database } from './store/database.ts'
import { isEmpty } from './store/records.ts'

/** One line of the log of a running server, as JSON on standard error. */
export type Log = (level: 'info' | 'error', event: string, fields?: Record<string, unknown>) => void

export type ServeOptions = {
  config: Config
  now: () => Date
  log: Log
}

export type Serving = {
  /** Where it listens. */
  address: string
  /** The secret of a one-time sign-in link, when this start founded the ledger. */
  link: string | null
  /** What the first start imported, or null. */
  imported: Record<string, number> | null
  close: () => Promise<void>
}

const CLOSE_WITHIN_MS = 8_000

const starting: Fetch = () =>
  problemAnswer(
    problemOf(
      new LedgerError('rebuilding', 'The ledger is being brought up to date; try again in a moment.'),
    ),
  )

/**
 * Serves the ledger that the settings name: listens first (and answers 503), brings the database up to date, founds
 * and fills a new one, then opens the doors and starts the clock.
 */
export async function serve({ config, now, log }: ServeOptions): Promise<Serving> {
  let answer = starting
  const server = httpServer((request, env) => answer(request, env))
  const port = await listening(server, config)
  const tasks: Clock = { scheduled: [], running: new Set() }
  let db: Database | null = null
  let stopWatching = () => {}

  const close = async () => {
    await stopClock(tasks)
    await stopped(server)
    stopWatching()
    await db?.close()
  }
  try {
    db = await openDatabase(config)
    const ledger = ledgerOn(db)
    const prepared = await prepareLedger(ledger, now, config.RECKONING_FOUR_EYES, (done, of) =>
      log('info', 'rebuilding', { done, of }),
    )
    if (prepared.migrations.length > 0 || prepared.rebuilt > 0)
      log('info', 'prepared', { migrations: prepared.migrations, rebuilt: prepared.rebuilt })
    const imported = await firstImport(ledger, config.RECKONING_IMPORT, now, log)
    const watched = watchedHead(db, config.RECKONING_DATABASE_URL)
    stopWatching = watched.close
    answer = createApp(hostOf(ledger, config, now, watched.head)).fetch as Fetch
    startClock(tasks, ledger, now, log)
    const link = prepared.founded ? await openSecret(ledger, now(), prepared.administrator.id, 'link') : null
    return { address: addressOf(config.HOST, port), link, imported, close }
  } catch (error) {
    await close()
    throw error
  }
}

const hostOf = (ledger: Ledger, config: Config, now: () => Date, head: Host['head']): Host => ({
  ledger,
  now,
  head,
  build: BUILD,
  script: SCRIPT,
  version: VERSION,
  fetchPage: (url) => fetchArticle(url),
  settings: {
    origin: config.RECKONING_ORIGIN === undefined ? null : new URL(config.RECKONING_ORIGIN).origin,
    listens: new URL(addressOf(config.HOST, config.PORT)).hostname,
    public: config.RECKONING_PUBLIC,
    rate_limit: config.RECKONING_RATE_LIMIT,
    banner: config.RECKONING_BANNER ?? null,
  },
})

function listening(server: Server, { HOST, PORT }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new LedgerError(
            'unavailable',
            `Port ${PORT} of ${HOST} is taken; perhaps Reckoning runs already. Another one: PORT=${PORT + 1} reckon serve`,
          ),
        )
      else if (['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(error.code ?? ''))
        reject(new LedgerError('unavailable', `Cannot listen on port ${PORT} of ${HOST}: ${error.message}.`))
      else reject(error)
    })
    server.listen(PORT, HOST, () => resolve((server.address() as AddressInfo).port))
  })
}

/** Lets requests finish that are under way; after a while nobody waits for them any longer. */
function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection whose request is answered stays open for the next one: it is let go as soon as it is idle.
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    const hurry = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(hurry)
      resolve()
    })
  })
}

/** Fills a ledger that holds no source from the folder of predictions; what is wrong there stops nothing. */
async function firstImport(
  ledger: Ledger,
  folder: string,
  now: () => Date,
  log: Log,
): Promise<Record<string, number> | null> {
  if (folder === '' || !(await isEmpty(ledger.db))) return null
  if (!existsSync(folder)) {
    log('info', 'import-skipped', { folder, because: 'there is no such folder' })
    return null
  }
  const { findings, imported } = await importPredictions(ledger, predictionFiles([folder]), { now: now() })
  if (imported !== null && imported.refused.length === 0) return imported.recorded
  log('error', 'import-refused', {
    folder,
    findings: findings.map(
      ({ path, line, column, code, message }) => `${path}:${line}:${column}: ${code}: ${message}`,
    ),
    refused: imported?.refused ?? [],
  })
  return null
}

type Clock = { scheduled: ScheduledTask[]; running: Set<Promise<void>> }

/** Puts every job on the clock, and runs each once now for what came due while nobody was there. */
function startClock({ scheduled, running }: Clock, ledger: Ledger, now: () => Date, log: Log): void {
  const silent = {
    info: () => {},
    debug: () => {},
    warn: (text: string) => log('info', 'clock', { text }),
    error: (text: unknown) => log('error', 'clock', { text: String(text) }),
  }
  for (const { name, cron, run } of timetable) {
    const once = (): Promise<void> => {
      const work = (async () => {
        try {
          const done = await run(ledger, now())
          log('info', 'job', { name, ...done })
        } catch (error) {
          log('error', 'job-failed', {
            name,
            error: error instanceof Error ? (error.stack ?? error.message) : String(error),
          })
        }
      })()
      running.add(work)
      return work.finally(() => running.delete(work))
    }
    scheduled.push(schedule(cron, once, { ...clock, name, logger: silent }))
    void once()
  }
}

async function stopClock({ scheduled, running }: Clock): Promise<void> {
  for (const task of scheduled) await task.destroy()
  await Promise.all(running)
}
