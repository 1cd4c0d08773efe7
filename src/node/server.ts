import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp, loadFaces } from '../app.ts'
import { ASSETS, BUILD, VERSION } from '../build.ts'
import { addressOf, type Config, hostSettings } from '../config.ts'
import type { Timepiece } from '../core/clock.ts'
import { LedgerError } from '../core/error.ts'
import { commandOf } from '../core/member.ts'
import type { Condition, Host } from '../http/host.ts'
import { problemAnswer, problemOf } from '../http/problem.ts'
import { timetable } from '../jobs/timetable.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { coalesced, integrate } from '../ledger/log/integrate.ts'
import type { LogKeeper } from '../ledger/log-keeper.ts'
import { openLink } from '../ledger/members/membership.ts'
import type { Database } from '../store/database.ts'
import { isEmpty } from '../store/records.ts'
import { providing } from './accounts.ts'
import { anchorJobs } from './anchor-jobs.ts'
import { archiveJobs } from './archive-jobs.ts'
import { type Clock, type Log, startClock, startTending, stopClock, waits } from './clockwork.ts'
import { compress } from './compression.ts'
import { documents } from './documents.ts'
import { forgetting } from './forgetting.ts'
import { type Fetch, httpServer } from './http-server.ts'
import { identityOf, readableByOthers } from './ledger-file.ts'
import { metering } from './metrics.ts'
import { notifying } from './notifying.ts'
import { fetchArticle } from './page-fetch.ts'
import { pictures } from './pictures.ts'
import { importPredictions, predictionFiles } from './predictions.ts'
import { type Instructions, readers } from './readers.ts'
import {
  clockOn,
  databasePath,
  driverVersion,
  keeperOn,
  ledgerOn,
  openDatabase,
  type Prepared,
  pastOn,
  prepareLedger,
  READER_WAITS_MS,
  REQUEST_TIMEOUT_MS,
} from './runtime.ts'
import { asking } from './second-reader.ts'
import { watchedHead } from './watched-head.ts'

export type ServeOptions = Timepiece & {
  config: Config
  /** Whether every start has a link to sign in; otherwise only the one that founds the ledger. */
  invites?: boolean
  log: Log
  /** Where the threads that read and the one that writes begin; null where this one does it all. */
  threads: { reader: URL; writer: URL } | null
  /** Why the last line of the log was lost, or null. */
  unheard: () => string | null
}

export type Serving = {
  /** Where it listens. */
  address: string
  /** The secret of a one-time sign-in link, when this start founded the ledger or invites. */
  link: string | null
  /** Why nothing can be served, where the ledger is damaged: then every request is answered 503 with that. */
  damage: string | null
  /** What the first start imported, or null. */
  imported: Record<string, number> | null
  /** Why nothing is written for now, or null. */
  doubt: string | null
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
 * and fills a new one, then opens the doors and starts the clock. While the clock is in doubt it reads only, and a new
 * ledger is founded and filled when the first job finds the clock right.
 */
export async function serve({
  config,
  invites = false,
  log,
  threads,
  unheard,
  ...timepiece
}: ServeOptions): Promise<Serving> {
  let answer = starting
  const server = httpServer((request, env) => answer(request, env))
  const port = await listening(server, config)
  const tasks: Clock = { scheduled: [], running: new Set() }
  let db: Database | null = null
  let stopWatching = () => {}
  let stopReading = async () => {}
  let forgetRead = () => {}
  let past: Host['past']
  const settled: (() => Promise<void>)[] = []

  const close = async () => {
    await stopClock(tasks)
    await stopped(server)
    for (const each of settled) await each()
    await stopReading()
    await past?.close()
    await db?.close()
    stopWatching()
  }
  try {
    // What is done before the first request, such as rebuilding, may take its time.
    db = await openDatabase(config, {
      patience: () => (answer === starting ? REQUEST_TIMEOUT_MS : READER_WAITS_MS),
      ...(threads === null ? {} : { writer: threads.writer }),
      report: (error) => log('error', 'writer-lost', { error: String(error) }),
    })
    const watched = watchedHead(db, config.RECKONING_DATABASE_URL, timepiece.now)
    stopWatching = watched.close
    const clock = clockOn(db, timepiece, watched.head)
    const keeper = await keeperOn(db, config)
    const ledger = ledgerOn(db, clock, keeper)
    const metrics = metering(ledger, { version: VERSION, build: BUILD, startedAt: timepiece.now() })
    ledger.writes = metrics.queue(ledger.writes)
    settled.push(integratingSoon(ledger, log).settled)
    const begin = beginning(db, ledger, config, log)
    const begun = await begin().catch((error: unknown) => {
      if (waits(error)) return null
      throw error
    })
    if (keeper.refusal !== null) log('error', 'log-rolled-back', { because: keeper.refusal.message })
    const doubt = await clock.doubt()
    if (doubt !== null) log('error', 'clock', { doubt: doubt.why, because: doubt.message })
    const host = hostOf(ledger, config, watched.head)
    const sending = notifying(ledger, config, (error) => log('error', 'not-sent', { error: String(error) }))
    host.sendSoon = sending.soon
    settled.push(sending.settled)
    past = host.past
    host.condition = conditionOf(db, config, unheard, keeper)
    if (threads !== null) {
      const reading = readers(threads.reader, instructions(config), host, (error) =>
        log('error', 'reader-lost', { error: String(error) }),
      )
      stopReading = reading.close
      forgetRead = reading.forget
      host.answerRead = reading.answerRead
      await reading.ready
    }
    const app = createApp(host).fetch as Fetch
    loadFaces().catch((error: unknown) => log('error', 'not-loaded', { error: String(error) }))
    const token = config.RECKONING_METRICS_TOKEN
    answer = token === undefined ? app : metrics.around(app, token)
    const jobs = [...timetable, ...anchorJobs(config), ...archiveJobs(config), sending.job].map(metrics.job)
    startClock(tasks, ledger, jobs, log, begin)
    const forget = forgetting(db, watched.head, async () => {
      forgetRead()
      await past?.forget()
    })
    startTending(tasks, db, log, forget)
    const invited = begun !== null && (begun.founded || invites) ? begun.administrator : null
    return {
      address: addressOf(config.HOST, port),
      link: invited === null ? null : await openLink(ledger, acting(invited, clock.now()), invited.id),
      imported: begun?.imported ?? null,
      doubt: doubt?.message ?? null,
      damage: null,
      close,
    }
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'damaged') {
      log('error', 'damaged', { detail: error.message })
      answer = () => problemAnswer(problemOf(error))
      return {
        address: addressOf(config.HOST, port),
        link: null,
        damage: error.message,
        imported: null,
        doubt: null,
        close,
      }
    }
    await close()
    throw error
  }
}

/** What the threads that read are told: among it which file is open, so that none of them opens another. */
const instructions = (config: Config): Instructions => {
  const { RECKONING_DATABASE_URL: url } = config
  const file = url.startsWith('file:') ? identityOf(databasePath(url)) : null
  return { config, build: BUILD, version: VERSION, file }
}

/** What `/api/ready` tells of the world around a server. */
const conditionOf =
  (db: Database, { RECKONING_DATABASE_URL: url }: Config, unheard: () => string | null, keeper: LogKeeper) =>
  (): Condition => {
    const lost = unheard()
    const readable = url.startsWith('file:') ? readableByOthers(databasePath(url)) : null
    return {
      fault: db.trouble() ?? keeper.refusal,
      notes: [
        ...(lost === null ? [] : [`The log cannot be written, and its lines are lost (${lost}).`]),
        ...(readable === null ? [] : [readable]),
      ],
    }
  }

type Begun = Prepared & { imported: Record<string, number> | null }

/** Brings the database up to date, founds and fills a new one, once; throws `clock` while that must wait. */
function beginning(db: Database, ledger: Ledger, config: Config, log: Log): () => Promise<Begun> {
  let begun: Begun | null = null
  return async () => {
    if (begun !== null) return begun
    const { now } = ledger.clock
    const prepared = await prepareLedger(db, ledger, now, config.RECKONING_FOUR_EYES, (done, of) =>
      log('info', 'rebuilding', { done, of }),
    )
    if (prepared.migrations.length > 0 || prepared.rebuilt > 0)
      log('info', 'prepared', { migrations: prepared.migrations, rebuilt: prepared.rebuilt })
    begun = { ...prepared, imported: await firstImport(ledger, config.RECKONING_IMPORT, now, log) }
    return begun
  }
}

/** Whoever starts the server acts as its first administrator. */
const acting = (administrator: Prepared['administrator'], now: Date) => ({
  now,
  by: commandOf(administrator),
})

const REST_MS = 1_000

/** Signs soon after a write, so that a receipt is there when its reader looks; the clock sees to the rest. */
export function integratingSoon(ledger: Ledger, log: Log): { settled: () => Promise<void> } {
  const rest = () => new Promise<void>((resolve) => setTimeout(resolve, REST_MS).unref())
  const { ask, settled } = coalesced(
    () => integrate(ledger),
    rest,
    (error) =>
      log('error', 'not-integrated', { because: error instanceof Error ? error.message : String(error) }),
  )
  if (ledger.log !== undefined) ledger.log.written = ask
  return { settled }
}

export const hostOf = (ledger: Ledger, config: Config, head: Host['head']): Host => ({
  ...providing(config),
  ...asking(config),
  ledger,
  now: ledger.clock.now,
  head,
  build: BUILD,
  ...(ASSETS === undefined ? {} : { assets: ASSETS }),
  version: VERSION,
  driver: driverVersion(),
  fetchPage: (url) => fetchArticle(url),
  pictures,
  documents,
  assistants: () => import('../mcp/server.ts'),
  fileReader: () => import('../interchange/tracker/reader.ts'),
  compress,
  past: pastOn(ledger.db),
  settings: hostSettings(config),
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
