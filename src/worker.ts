import { AsyncLocalStorage } from 'node:async_hooks'
import { createClient } from '@libsql/client/http'
import { createApp } from './app.ts'
import { ASSETS, BUILD, BUILT, VERSION } from './build.ts'
import { type Config, hostSettings, mailOf, modelOf, providerOf, readConfig } from './config.ts'
import { fetchableAddress } from './core/address.ts'
import { WAYBACK } from './core/archive.ts'
import { quarterHour } from './core/calendar.ts'
import { LedgerError } from './core/error.ts'
import type { Endpoint, SecondReader } from './core/second-reading.ts'
import type { Documents } from './http/documents.ts'
import { bundlePacked } from './http/encoding.ts'
import type { Head, Host } from './http/host.ts'
import { problemAnswer, problemOf } from './http/problem.ts'
import { accountsWith } from './identity/accounts.ts'
import type { Job } from './jobs/timetable.ts'
import { clockOf, guarded } from './ledger/clock.ts'
import type { Ledger } from './ledger/ledger.ts'
import { type Guard, holding, type LogKeeper, requirePublished } from './ledger/log-keeper.ts'
import { writeQueue } from './ledger/write-queue.ts'
import { keysIn } from './log/keys.ts'
import type { Renderer } from './picture/renderer.ts'
import { type Database, type Pause, remoteDatabase } from './store/database.ts'
import { currentHead } from './store/migrate.ts'

// What nearly every isolate is asked for is evaluated while it starts, which no request pays.
import './web/analyst/pages.ts'
import './web/front/front.tsx'
import './web/ledger/ledger.tsx'

/** Variables and secrets of the Worker: the settings of config.ts, by the same names. */
type Bindings = Record<string, unknown>
type Trigger = { cron?: string; scheduledTime?: number }

/** What belongs to one request: its connection, and the head of the log that it reads. */
type Visit = { ledger: Ledger; head: () => Promise<Head>; sendSoon: () => void }

const REQUEST_TIMEOUT_MS = 5_000

const now = () => new Date()
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
const pause: Pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms * (0.5 + Math.random())))

// The runtime cancels whatever one request awaits of another's connection: of 150 requests at once to a client of
// all, most failed. So the app is made once, and finds the client of the request that it is answering here.
const visits = new AsyncLocalStorage<Visit>()
const visit = (): Visit => {
  const held = visits.getStore()
  if (held === undefined) throw new Error('outside of a request')
  return held
}

let drawing: Renderer | null = null

/**
 * What draws pictures, loaded with the first of them. It is not awaited together: what one request waits for may end
 * with it, and two that come at once each load it.
 */
async function pictures(): Promise<Renderer> {
  if (drawing !== null) return drawing
  const [{ renderer, unpacked }, wasm, fonts] = await Promise.all([
    import('./picture/renderer.ts'),
    // Modules beside the bundle, of which TypeScript knows nothing; scripts/build.js makes them.
    import('./renderer.wasm' as string) as Promise<{ default: WebAssembly.Module }>,
    import('./fonts.bin' as string) as Promise<{ default: ArrayBuffer }>,
  ])
  drawing = await renderer(wasm.default, unpacked(fonts.default))
  return drawing
}

let documented: Documents | null = null

async function documents(): Promise<Documents> {
  if (documented !== null) return documented
  const { default: text } = (await import('./documents.txt' as string)) as { default: string }
  documented = JSON.parse(text) as Documents
  return documented
}
/** What speaks the protocol of assistants, and what reads files: loaded with the first call that wants it. */
const assistants = () => import('./mcp/server.ts')
const fileReader = () => import('./interchange/tracker/reader.ts')

/** A model, whose module is loaded when it is first asked. */
const readerAt = (endpoint: Endpoint): SecondReader => ({
  model: endpoint.model,
  sent_to: new URL(endpoint.url).host,
  read: async (told) => (await import('./model/second-reader.ts')).secondReader(endpoint).read(told),
})

/** The job that looks for sources in an archive, where the settings ask for it. */
async function archiveJobs({ RECKONING_ARCHIVE: mode }: Config): Promise<Job[]> {
  if (mode === 'off') return []
  const [{ archiveJob }, { fetching }, { pageText }] = await Promise.all([
    import('./jobs/archive.ts'),
    import('./http/guarded-fetch.ts'),
    import('./interchange/page-text.ts'),
  ])
  const fetchPage = fetching((url, init) => fetch(url, init))
  return [archiveJob({ mode, archive: WAYBACK, fetchPage, textOf: pageText })]
}

type Installed = {
  config: Config
  answer: (request: Request, env: object) => Response | Promise<Response>
}
let installed: Installed | null = null

function install(bindings: Bindings): Installed {
  const set = Object.entries(bindings).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
  )
  const config = readConfig(Object.fromEntries(set))
  if (config.RECKONING_DATABASE_URL.startsWith('file:'))
    throw new LedgerError(
      'unavailable',
      'RECKONING_DATABASE_URL is not set to a remote database (libsql:// or https://).',
    )
  const trusted = providerOf(config)
  const endpoint = modelOf(config)
  const host: Host = {
    ...(trusted === null ? {} : { accounts: accountsWith(trusted) }),
    ...(endpoint === null ? {} : { secondReader: readerAt(endpoint) }),
    get ledger() {
      return visit().ledger
    },
    now: () => visit().ledger.clock.now(),
    head: () => visit().head(),
    sendSoon: () => visit().sendSoon(),
    build: BUILD,
    ...(ASSETS === undefined ? {} : { assets: ASSETS }),
    version: VERSION,
    isAlone: true,
    pictures,
    documents,
    assistants,
    fileReader,
    settings: { ...hostSettings(config), letters: serviceOf(config) !== null },
  }
  const app = createApp(host)
  return { config, answer: (request, env) => app.fetch(request, env) }
}

const POST_TIMEOUT_MS = 15_000

/** Nothing here speaks SMTP: letters go through a service that takes them over HTTP. */
function serviceOf(config: Config) {
  const mail = mailOf(config)
  return mail === null || !mail.url.startsWith('http') ? null : { ...mail, key: String(mail.key) }
}

/** The runtime itself leads nowhere that is not public; names of private networks are refused before. */
async function notifying(config: Config): Promise<Job> {
  const [{ notifyJob }, { sendThrough }] = await Promise.all([
    import('./jobs/notify/job.ts'),
    import('./jobs/notify/mail-service.ts'),
  ])
  const { origin, webhooks_anywhere } = hostSettings(config)
  const service = serviceOf(config)
  return notifyJob({
    origin,
    mail: service === null ? null : (mail) => sendThrough(service, mail),
    post: async (url, headers, body) => {
      if (!webhooks_anywhere) fetchableAddress(url)
      const signal = AbortSignal.timeout(POST_TIMEOUT_MS)
      const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
      await answer.body?.cancel()
      return answer.status
    },
  })
}

function connect({ RECKONING_DATABASE_URL: url, RECKONING_DATABASE_TOKEN: authToken }: Config): Database {
  const withinTime = async (input: RequestInfo | URL, init?: RequestInit) => {
    try {
      return await fetch(input, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })
    } catch (error) {
      // The runtime has its own words for a lost connection; the store knows those of Node.
      throw error instanceof Error && error.name === 'TimeoutError'
        ? error
        : new TypeError('fetch failed', { cause: error })
    }
  }
  const client = createClient({ url, ...(authToken === undefined ? {} : { authToken }), fetch: withinTime })
  return remoteDatabase(client, pause)
}

/** The clock is held against the head of the log and the day of the build: nothing here counts on evenly. */
async function ledgerOn(db: Database, head: Head, log: LogKeeper): Promise<Ledger> {
  const clock = clockOf({ now, built: BUILT }, { head: async () => head, word: async () => null })
  await clock.doubt()
  const held = holding(db, log)
  const writes = writeQueue(held, random, pause, clock, () => log.written())
  return { db: guarded(held, clock), random, clock, pause, writes, log }
}

/** A binding of Workers KV, of which this much is used. */
type Kept = {
  get: (name: string) => Promise<string | null>
  put: (name: string, text: string) => Promise<void>
  delete: (name: string) => Promise<void>
}

/** The key is a secret of the Worker; the last checkpoint is kept in a KV namespace, where one is bound. */
function keeperOn(db: Database, { RECKONING_LOG_KEY: key }: Config, kept: unknown): LogKeeper {
  const isSet = key !== undefined && key !== ''
  return {
    db,
    pause,
    keys: async () => (isSet ? keysIn(key, 'RECKONING_LOG_KEY') : UNSET),
    guard: isKept(kept) ? guardIn(kept) : null,
    written: () => {},
    refusal: null,
    note: isSet ? null : UNSET,
  }
}

const UNSET = 'The log is not signed: the secret RECKONING_LOG_KEY is not set.'

const isKept = (binding: unknown): binding is Kept => typeof (binding as Kept | null)?.get === 'function'

const CHECKPOINT = 'checkpoint'
const guardIn = (kept: Kept): Guard => ({
  name: 'The namespace RECKONING_GUARD',
  read: () => kept.get(CHECKPOINT),
  keep: (note) => (note === null ? kept.delete(CHECKPOINT) : kept.put(CHECKPOINT, note)),
})

/** What nobody waits for. */
type Waiting = { waitUntil?: (work: Promise<unknown>) => void }

/** Has the log signed after the answer, where something was recorded; the minute's Cron Trigger sees to what is missed. */
function signingAfterwards(ledger: Ledger, { waitUntil }: Waiting): void {
  if (ledger.log === undefined) return
  ledger.log.written = () =>
    waitUntil?.(
      import('./ledger/log/integrate.ts')
        .then(({ integrate }) => integrate(ledger))
        .catch((error: unknown) => console.error(error)),
    )
}

/** Nothing is recorded on a database that does not hold what was published. */
async function refuseRolledBack({ log }: Ledger): Promise<void> {
  if (log?.guard == null) return
  await requirePublished(log).catch((error: unknown) => {
    if (log.refusal === null) throw error
  })
}

function refused(error: unknown): Response {
  const problem = problemOf(error)
  if (problem.code === 'internal') console.error(error)
  return problemAnswer(problem)
}

export default {
  /** Answers from the database as it is now: the head and the schema are read first, in one query. */
  async fetch(request: Request, bindings: Bindings, context: Waiting = {}): Promise<Response> {
    try {
      installed ??= install(bindings)
      const { config, answer } = installed
      const db = connect(config)
      // A read shows one moment of the ledger; a write asks again.
      const isRead = request.method === 'GET' || request.method === 'HEAD'
      const head = await currentHead(db, isRead ? quarterHour(now()) : null)
      const ledger = await ledgerOn(db, head, keeperOn(db, config, bindings.RECKONING_GUARD))
      signingAfterwards(ledger, { waitUntil: (work) => context.waitUntil?.(work) })
      if (!isRead) await refuseRolledBack(ledger)
      const held: Visit = {
        ledger,
        head: isRead ? async () => head : () => currentHead(db),
        sendSoon: () =>
          context.waitUntil?.(
            notifying(config)
              .then((notify) => notify.run(ledger, ledger.clock.now()))
              .catch((error: unknown) => console.error(error)),
          ),
      }
      const address = request.headers.get('cf-connecting-ip') ?? undefined
      const answered = await visits.run(held, async () => answer(request, { address, routed: true }))
      return bundlePacked(answered, request.headers.get('accept-encoding'))
    } catch (error) {
      return refused(error)
    }
  },

  /** Does what the timetable says for this Cron Trigger; a failure is shown as one. */
  async scheduled({ cron }: Trigger, bindings: Bindings): Promise<void> {
    installed ??= install(bindings)
    const { config } = installed
    const db = connect(config)
    const log = keeperOn(db, config, bindings.RECKONING_GUARD)
    const ledger = await ledgerOn(db, await currentHead(db), log)
    await refuseRolledBack(ledger)
    const { timetable } = await import('./jobs/timetable.ts')
    const jobs = [...timetable, ...(await archiveJobs(config)), await notifying(config)]
    for (const job of jobs) {
      if (cron !== undefined && cron !== '' && cron !== job.cron) continue
      const done = await job.run(ledger, ledger.clock.now())
      if (done === null) continue
      console.log(
        JSON.stringify({ at: now().toISOString(), level: 'info', event: 'job', name: job.name, ...done }),
      )
    }
  },
}
